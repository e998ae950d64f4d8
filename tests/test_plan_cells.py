"""Cells of indicators and statuses are read where they are certain, else kept in their words."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date

import docx
import pytest
from conftest import ROOT, data_of, rules, write

from ita_helpers.checks.plan import check_plan
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.plan_aims import read_aims, read_printed_aims
from ita_helpers.documents.plan_status import read_status
from ita_helpers.documents.reading import read_document
from ita_helpers.importing.report_plan import measures_of
from ita_helpers.language.catalogue import label
from ita_helpers.plans.book import cells_of
from ita_helpers.plans.change import describe_changes
from ita_helpers.plans.filling import propose_indicators
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.reports.follow_up import load_follow_up
from ita_helpers.reports.report import Report
from ita_helpers.store.plans import read_plan

FILE = "data/plans/2568/ban-rai.csv"
HEADS = ("ตัวชี้วัด", "มาตรการ", "ระยะเวลา", "ผู้รับผิดชอบ", "สถานะ")

BY_CODE = {
    "7": "7",
    "1-5": "1 2 3 4 5",
    "๑ - ๕": "1 2 3 4 5",
    "6 ถึง 8": "6 7 8",
    "7/8": "7 8",
    "6 7": "6 7",
    "๗)": "7",
    "ตัวชี้วัดที่ 1 และ 2": "1 2",
    "ตัวชี้วัดที่ 7, 8": "7 8",
    "ตัวชี้วัดที่ 1 - ตัวชี้วัดที่ 3": "1 2 3",
    "IIT ตัวชี้วัดที่ 3": "3",
    "ตัวชี้วัดที่ 3 (IIT)": "3",
    "IIT: 1, 2 EIT: 6, 8": "1 2 6 8",
    "ITA ตัวชี้วัดที่ 7": "7",
    "การเปิดเผยข้อมูล": "9",
    "ด้านการใช้อำนาจ": "3",
    "ประสิทธิภาพการสื่อสาร และการใช้อำนาจ": "7 3",
    "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล": "9",
    "ตัวชี้วัดที่ ๗ : ประสิทธิภาพการสื่อสาร": "7",
    "7 ประสิทธิภาพการสื่อสาน": "7",
    "ตัวชี้วัดที่ 7 ประสิทธิภาพในการสื่อสาร": "7",
    "1. การปฏิบัติหน้าที่\n2. การใช้งบประมาณ": "1 2",
}
"""Cells of which the codes of indicators say all."""

IN_WORDS = {
    "ทุกตัวชี้วัด": "",
    "ทั้ง 10 ตัวชี้วัด": "",
    "ภาพรวม": "",
    "IIT": "1 2 3 4 5",
    "EIT": "6 7 8",
    "OIT": "9 10",
    "EIT ส่วนที่ 1": "6 7 8",
    "IIT และ EIT": "1 2 3 4 5 6 7 8",
    "ทุกตัวชี้วัดของ IIT": "1 2 3 4 5",
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)": "1 2 3 4 5",
    "9.1": "9",
    "ตัวชี้วัดที่ 10.2 การส่งเสริมคุณธรรมและความโปร่งใส": "10",
    "O7, O8": "9 o7 o8",
    "O7-O9": "9 o7 o8 o9",
    "ข้อ E2": "6 e2",
    "OIT O7": "9 o7",
    "O8 คู่มือปฏิบัติงาน พ.ศ. 2569": "9 o8",
    "ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน (e9)": "8 e9",
    "ตัวชี้วัดที่ 7 การสื่อสารของกองช่าง": "7",
}
"""Cells that are certain and say more than codes of indicators, and so are printed in words."""

NONE = ("", "-", "–", "ไม่จำกัดตัวชี้วัด", "ไม่ระบุ")

DOUBTED = {
    "11": ("aim_code", ""),
    "99": ("aim_code", ""),
    "7, 11": ("aim_code", "7"),
    "8-12": ("aim_code", "8 9 10"),
    "9.9": ("aim_code", ""),
    "O99": ("aim_code", ""),
    "E2, E99": ("aim_code", "6 e2"),
    "6 การปรับปรุงระบบการทำงาน": ("aim_pair", ""),
    "ตัวชี้วัดที่ 7 การเปิดเผยข้อมูล": ("aim_pair", ""),
    "EIT ตัวชี้วัดที่ 1": ("aim_pair", ""),
    "ตัวชี้วัดที่ 7 (e9)": ("aim_pair", ""),
    "IIT O7": ("aim_pair", ""),
    "ทั้ง 9 ตัวชี้วัด": ("aim_unread", ""),
    "ทุกตัวชี้วัดยกเว้น 3": ("aim_unread", ""),
    "ทุกตัวชี้วัด โดยเฉพาะตัวชี้วัดที่ 7": ("aim_unread", ""),
    "3 ตัวชี้วัด": ("aim_unread", ""),
    "5 ด้าน": ("aim_unread", ""),
    "7 ครั้ง": ("aim_unread", ""),
    "1-5 ข้อ": ("aim_unread", ""),
    "ตัวชี้วัดที่ 7 จำนวน 3 ครั้ง": ("aim_unread", ""),
    "O7, 8": ("aim_unread", ""),
    "ข้อ 3": ("aim_unread", ""),
    "5-1": ("aim_unread", ""),
    "50%": ("aim_unread", ""),
    "การใช้อำนาจหน้าที่": ("aim_unread", ""),
    "ความโปร่งใส": ("aim_unread", ""),
}
"""Cells that are slips or not certain, and the codes that are."""

CELLS = [*BY_CODE, *IN_WORDS, *NONE, *DOUBTED]


@pytest.fixture(scope="module")
def naming():
    return Naming(rules(2568))


def words(cell: str) -> str:
    return " ".join(cell.split())


def meant(cell: str) -> tuple[str, str]:
    """Return the codes that a cell means, and the words that are printed instead."""
    codes = {**BY_CODE, **IN_WORDS, **{key: each[1] for key, each in DOUBTED.items()}}
    return codes.get(cell, ""), words(cell) if cell in IN_WORDS or cell in DOUBTED else ""


def codes_of(read) -> str:
    return " ".join((*read.indicators, *read.items))


@pytest.mark.parametrize("cell", CELLS)
def test_the_indicators_of_a_cell_are_read_or_its_words_kept(naming, cell):
    aims = read_aims(cell, naming)
    assert (codes_of(aims), words(aims.words)) == meant(cell)
    assert aims.problem == DOUBTED.get(cell, ("",))[0]


def test_a_number_with_a_dot_is_that_of_a_row_only_in_a_report(naming):
    cell = "3. การใช้ทรัพย์สินของราชการ"
    assert read_aims(cell, naming).problem == "aim_pair"
    assert read_printed_aims(cell, naming).indicators == ("4",)
    assert read_printed_aims("3 การใช้ทรัพย์สินของราชการ", naming).problem == "aim_pair"


@pytest.mark.parametrize("year", range(2562, 2570))
def test_every_name_and_code_of_a_year_is_read_by_its_rules(year):
    framework = rules(year)
    naming = Naming(framework)
    for each in framework.indicators.list:
        for cell in (
            each.code,
            each.name,
            f"{each.code}. {each.name}",
            f"{each.name} ({each.code})",
        ):
            assert read_aims(cell, naming).indicators == (each.code,), cell
    for item in framework.all_items:
        assert read_aims(item.code.upper(), naming).items == (item.code,)


def plan_of(workspace, *rows) -> Plan:
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *rows])
    write(workspace, FILE, text.getvalue().encode())
    return read_plan(workspace, "ban-rai", 2568, rules(2568))


def row(aims: str, status: str = "", name: str = "ก"):
    return (aims, name, "ตลอดปี", "สำนักปลัด", status)


def test_a_plan_in_a_spreadsheet_is_read_whole_and_each_doubt_told_with_its_row(small_workspace):
    plan = plan_of(small_workspace, *(row(each, name=f"ม{at}") for at, each in enumerate(CELLS)))
    read = [(codes_of(each), words(each.aimed_at)) for each in plan.measures]
    assert dict(zip(CELLS, read, strict=True)) == {each: meant(each) for each in CELLS}
    told = {CELLS[each.row - 2]: (each.kind, each.text) for each in plan.remarks}
    assert {cell: kind for cell, (kind, _) in told.items()} == {
        cell: kind for cell, (kind, _) in DOUBTED.items()
    }
    for cell, (_, text) in told.items():
        assert f"คอลัมน์ ตัวชี้วัด คือ “{cell}”" in text
    assert "พ.ศ. 2568 ไม่มีรหัส 11 และ 12" in told["8-12"][1]


def test_a_plan_in_a_document_is_read_whole_and_each_doubt_told_with_its_row(tmp_path):
    cells = [each for each in CELLS if each]
    book = docx.Document()
    table = book.add_table(0, len(HEADS))
    for texts in (HEADS, *(row(each, name=f"ม{at}") for at, each in enumerate(cells))):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    book.save(tmp_path / "แผน.docx")
    document = read_document(tmp_path / "แผน.docx", "แผน.docx")
    claims = claims_of(document, {2568: rules(2568)}, fiscal_year=2568)
    measures, remarks = measures_of(claims.plan, rules(2568))
    read = [(codes_of(e.measure), words(e.measure.aimed_at)) for e in measures]
    assert dict(zip(cells, read, strict=True)) == {each: meant(each) for each in cells}
    assert len(remarks) == len(DOUBTED)
    for cell, text in zip(DOUBTED, remarks, strict=True):
        assert f"“{cell}”" in text
        assert f"แถวที่ {cells.index(cell) + 2}" in text


STATUSES = {
    "เรียบร้อยแล้ว": "ดำเนินการแล้ว",
    "ดำเนินการแล้วเสร็จ": "ดำเนินการแล้ว",
    "เสร็จสิ้น": "ดำเนินการแล้ว",
    "กำลังทำ": "อยู่ระหว่างดำเนินการ",
    "กำลังดำเนินการ": "อยู่ระหว่างดำเนินการ",
    "ยังไม่ได้ดำเนินการ": "ยังไม่ดำเนินการ",
    "ยังไม่เริ่ม": "ยังไม่ดำเนินการ",
    "ยกเลิกโครงการ": "ยกเลิก",
    "-": "",
    "": "",
}
MORE = {
    "อยู่ระหว่างจัดจ้าง": "อยู่ระหว่างดำเนินการ",
    "50%": "อยู่ระหว่างดำเนินการ",
    "ดำเนินการแล้วร้อยละ ๖๐": "อยู่ระหว่างดำเนินการ",
    "ดำเนินการแล้วบางส่วน": "อยู่ระหว่างดำเนินการ",
    "100%": "ดำเนินการแล้ว",
    "0%": "ยังไม่ดำเนินการ",
}
UNSURE = (
    *("✓", "ดำเนินการ", "ยังไม่แล้วเสร็จ", "ไม่เรียบร้อย", "กำลังจะเริ่ม", "150%", "0.5"),
    *("อยู่ระหว่างขอยกเลิก", "ขอยกเลิก", "ต่อเนื่อง", "รอผู้บริหาร"),
)


@pytest.mark.parametrize("cell", [*STATUSES, *MORE, *UNSURE])
def test_a_status_is_read_where_its_words_are_certain(cell):
    read = read_status(cell)
    assert read.status == {**STATUSES, **MORE}.get(cell, "")
    assert read.words == ("" if cell in STATUSES else cell)
    assert read.is_unread is (cell in UNSURE)


def test_a_status_that_is_none_is_told_printed_and_counted_as_unknown(small_workspace):
    plan = plan_of(small_workspace, row("7", "✓"), row("8", "50%", "ข"), row("9", "", "ค"))
    assert [each.shown_status for each in plan.measures] == ["✓", "50%", ""]
    (told,) = plan.remarks
    assert (told.kind, told.row) == ("status_unread", 2)
    assert "คอลัมน์ สถานะ คือ “✓”" in told.text


def test_words_of_a_status_stand_in_the_follow_up_and_count_as_unknown(own_follow_up):
    report = own_follow_up("ตัวชี้วัด,มาตรการ,สถานะ\nทุกตัวชี้วัด,ก,รอผู้บริหาร\n9,ข,50%\n")
    shown = repr(report.tracked())
    assert "รอผู้บริหาร" in shown
    assert "50%" in shown
    assert "ไม่ระบุสถานะ 1 รายการ" in repr(report.progress())
    assert "ทุกตัวชี้วัด" in repr(report.by_indicator())


@pytest.fixture
def own_follow_up(tmp_path):
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)

    def made(text):
        for each in (tmp_path / "data/plans/2568").glob("bang-khae.*"):
            each.unlink()
        (tmp_path / "data/plans/2568/bang-khae.csv").write_text(text, encoding="utf-8")
        facts = {"report": "follow-up", "numerals": "arabic"}
        return load_follow_up("bang-khae", 2568, root=tmp_path, **facts)

    return made


WINDOW = {"start": date(2025, 10, 1), "end": date(2026, 9, 30)}


def with_measures(*measures: Measure, layout: str = "by-indicator"):
    data = data_of("made-up-example")
    plan = Plan(tuple(replace(each, **WINDOW) for each in measures))
    return replace(data, plan=plan, layout=replace(data.layout, plan_layout=layout))


GENERAL = Measure("อบรม", aimed_at="ทุกตัวชี้วัด")


def test_a_measure_for_all_indicators_covers_none_and_is_not_called_aimless():
    named = Measure("เปิดเพจ", indicators=("7",))
    alone, both = (Report(with_measures(*each)) for each in ([named], [named, GENERAL]))
    assert repr(alone.coverage_table().body) == repr(both.coverage_table().body)
    said = repr(both.coverage())
    assert "ไม่ได้ระบุตัวชี้วัดหรือข้อ" not in said
    assert "ไม่นับมาตรการลำดับที่ 2 ซึ่งไม่เจาะจงตัวชี้วัดใด" in said.replace("๒", "2")


def test_a_plan_for_all_indicators_alone_has_no_coverage_and_is_printed_as_written():
    data = with_measures(GENERAL)
    assert "ทุกตัวชี้วัด" in repr(Report(data).measures())
    assert "ร้อยละ" not in repr(Report(data).coverage())
    assert "unnamed" in [each.kind for each in check_plan(data, OfficeNames(()))]


@pytest.mark.parametrize("layout", ["by-measure", "by-indicator", "one-measure", "tracking"])
def test_words_of_indicators_are_printed_as_written_in_each_layout(layout):
    items = Measure("ตรวจเว็บไซต์", ("9",), ("o7", "o8"), aimed_at="O7, O8")
    shown = repr(Report(with_measures(GENERAL, items, layout=layout)).measures())
    assert "ทุกตัวชี้วัด" in shown
    assert "O7, O8" in shown.translate(str.maketrans("๗๘", "78"))
    assert "สำหรับO7" not in shown


@pytest.mark.parametrize("layout", ["by-indicator", "one-measure"])
def test_a_measure_for_items_alone_is_not_called_one_for_any_indicator(layout):
    measure = Measure("ตรวจเว็บไซต์", items=("o7", "o8"))
    shown = repr(Report(with_measures(measure, layout=layout)).measures())
    assert "ข้อ O7 และ O8" in shown.translate(str.maketrans("๗๘", "78"))
    assert label("plan.general") not in shown


def test_words_are_written_back_compared_and_never_overwritten():
    measure = Measure("ตรวจประสิทธิภาพการสื่อสาร", aimed_at="ทุกตัวชี้วัด", status_said="✓", row=2)
    cells = cells_of(measure, rules(2568))
    assert (cells["indicators"], cells["status"]) == ("ทุกตัวชี้วัด", "✓")
    assert propose_indicators(Plan((measure,)), rules(2568)) == []
    old = Plan((replace(measure, aimed_at="ภาพรวม"),))
    (change,) = describe_changes(old, Plan((measure,)))
    assert "ภาพรวม" in change
    assert "ทุกตัวชี้วัด" in change


@pytest.mark.parametrize("cell", ["O99", "4", "IIT", "ทุกข้อ"])
def test_a_cell_of_items_that_names_none_is_told_and_stops_nothing(small_workspace, cell):
    write(small_workspace, FILE, f"มาตรการ,ตัวชี้วัด,ข้อ\nก,9,{cell}\nข,9,O7 ข้อ O8\n")
    plan = read_plan(small_workspace, "ban-rai", 2568, rules(2568))
    assert [each.items for each in plan.measures] == [(), ("o7", "o8")]
    (told,) = plan.remarks
    assert (told.kind, told.row, f"“{cell}”" in told.text) == ("items_unread", 2, True)
