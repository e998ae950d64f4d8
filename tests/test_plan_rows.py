"""Rows of printed plans: headings among measures, cells that list several, months as columns."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from conftest import data_of, rules, write

from ita_helpers.checks.plan import check_plan
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.parting import owners_of
from ita_helpers.documents.reading import read_document
from ita_helpers.importing.report_plan import measures_of
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Plan
from ita_helpers.records.spot import Spot
from ita_helpers.store.plans import read_plan

FOLDER = "data/plans/2568"
YEAR = (date(2025, 10, 1), date(2026, 9, 30))
HEADS = "ที่ | มาตรการ | ขั้นตอน | ระยะเวลา | ผู้รับผิดชอบ"


def cells(rows):
    return [[cell.strip().replace("/n", "\n") for cell in row.split("|")] for row in rows]


def plan_of(workspace, *rows: str) -> Plan:
    """Return the plan of a table; a bar parts its cells, /n the lines of a cell."""
    text = io.StringIO()
    csv.writer(text).writerows(cells(rows))
    write(workspace, f"{FOLDER}/ban-rai.csv", text.getvalue().encode())
    return read_plan(workspace, "ban-rai", 2568, rules(2568))


def book_of(workspace, sheets, merged=()) -> Plan:
    """Return the plan of a workbook: the rows of each sheet, cells merged in the first."""
    book = openpyxl.Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.create_sheet(name, number)
        for row in cells(rows):
            sheet.append([cell or None for cell in row])
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = workspace.root / FOLDER / "ban-rai.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return read_plan(workspace, "ban-rai", 2568, rules(2568))


def names(plan):
    return [each.name for each in plan.measures]


def kinds(plan):
    return [each.kind for each in plan.remarks]


SECTIONS = {
    "in the column of numbers": "แบบวัดการรับรู้ (IIT) | | | |",
    "in the column of measures": " | มิติที่ 1 ปลูกฝังความซื่อสัตย์ | | |",
    "in every cell": "ด้านบุคลากร | ด้านบุคลากร | ด้านบุคลากร | ด้านบุคลากร | ด้านบุคลากร",
    "numbered": " | ๑. ยุทธศาสตร์การพัฒนาระบบ | | |",
}


@pytest.mark.parametrize("kind", SECTIONS)
def test_what_measures_are_grouped_by_is_no_measure_and_is_told(small_workspace, kind):
    measure = "1 | ตั้งศูนย์รับเรื่อง | ตั้งศูนย์ | ตลอดปี | กองช่าง"
    plan = plan_of(small_workspace, HEADS, SECTIONS[kind], measure, measure.replace("ศูนย์", "ตู้"))
    assert names(plan) == ["ตั้งศูนย์รับเรื่อง", "ตั้งตู้รับเรื่อง"]
    (told,) = plan.remarks
    assert (told.kind, "แถวที่ 2 " in told.text) == ("sections", True)


def test_a_heading_merged_across_the_columns_is_no_measure(small_workspace):
    rows = [HEADS, " | เสริมสร้างวัฒนธรรม | | |", "1 | ตั้งศูนย์ | ตั้ง | ตลอดปี | กองช่าง"]
    plan = book_of(small_workspace, {"แผน": rows}, ["B2:E2"])
    assert (names(plan), kinds(plan)) == (["ตั้งศูนย์"], ["sections"])


def test_a_heading_that_names_an_indicator_gives_it_to_the_rows_below(small_workspace):
    plan = plan_of(
        small_workspace,
        HEADS,
        "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร | | | |",
        "1 | ทำเพจ | เปิดเพจ | ตลอดปี | กองช่าง",
        "แบบวัดการรับรู้ (IIT) | | | |",
        "2 | ทำคู่มือ | ร่างคู่มือ | ตลอดปี | กองคลัง",
    )
    assert [each.indicators for each in plan.measures] == [("7",), ()]


def test_a_measure_without_owner_and_time_is_one_all_the_same(small_workspace):
    plan = plan_of(small_workspace, "มาตรการ | สถานะ", "จัดทำคู่มือ |", "เปิดเพจ |")
    assert (names(plan), plan.remarks) == (["จัดทำคู่มือ", "เปิดเพจ"], ())


def test_sums_numbers_of_columns_and_signatures_are_no_measures(small_workspace):
    plan = plan_of(
        small_workspace,
        "มาตรการ | ระยะเวลา | ผู้รับผิดชอบ | งบประมาณ",
        "(1) | (2) | (3) | (4)",
        "ทำเพจ | ตลอดปี | กองช่าง | 500",
        "รวมทั้งสิ้น | | | 500",
        "หมายเหตุ ปรับได้ตามสถานการณ์ | | |",
        "(ลงชื่อ) | | ปลัด |",
    )
    assert names(plan) == ["ทำเพจ"]


def test_a_measure_repeated_for_each_of_its_steps_is_one(small_workspace):
    plan = plan_of(
        small_workspace,
        HEADS,
        "1 | อบรม | ขออนุมัติ | ต.ค. 68 | กองช่าง",
        "1 | อบรม | จัดอบรม | ม.ค. 69 | กองคลัง",
        " | | สรุปผล | ก.ย. 69 | กองคลัง",
    )
    (measure,) = plan.measures
    assert measure.steps == ("ขออนุมัติ", "จัดอบรม", "สรุปผล")
    assert measure.owners == ("กองช่าง", "กองคลัง")
    assert (measure.start, measure.end) == YEAR


def test_measures_listed_in_a_cell_are_parted_with_what_is_listed_beside_them(small_workspace):
    plan = plan_of(
        small_workspace,
        HEADS,
        "1 | ๑. ลดขั้นตอน/n๒. ทำคู่มือ | ๑. สำรวจ/n๒. ร่าง | ตลอดปี | 1.กองช่าง 2.กองคลัง",
        "2 | - ทำเพจ/n- ทำวารสาร | | ม.ค. 69 | สำนักปลัด",
    )
    assert names(plan) == ["ลดขั้นตอน", "ทำคู่มือ", "ทำเพจ", "ทำวารสาร"]
    assert [each.steps for each in plan.measures] == [("สำรวจ",), ("ร่าง",), (), ()]
    assert [each.owners for each in plan.measures] == [
        ("กองช่าง",),
        ("กองคลัง",),
        ("สำนักปลัด",),
        ("สำนักปลัด",),
    ]
    assert plan.remarks == ()


def test_measures_whose_steps_cannot_be_told_apart_stay_one_and_are_told_once(small_workspace):
    row = "1 | 1. ลดขั้นตอน 2. ทำคู่มือ | สำรวจ | ภายใน 30 วัน | กองช่าง"
    plan = plan_of(small_workspace, HEADS, row)
    assert names(plan) == ["1. ลดขั้นตอน 2. ทำคู่มือ"]
    assert kinds(plan) == ["in_one_cell", "unread"]


def test_a_period_that_is_not_known_is_kept_as_printed_and_told_with_its_cell(small_workspace):
    plan = plan_of(small_workspace, HEADS, "1 | ก | ข | เมื่อได้รับงบประมาณ | กองช่าง")
    (measure,), (told,) = plan.measures, plan.remarks
    assert (measure.start, measure.end, measure.time) == (None, None, "เมื่อได้รับงบประมาณ")
    assert told.row == 2
    assert "ระยะเวลา คือ “เมื่อได้รับงบประมาณ”" in told.text


def test_words_that_say_more_than_days_are_printed_and_stay_dated(small_workspace):
    (measure,) = plan_of(small_workspace, HEADS, "1 | ก | ข | ทุกเดือน | กองช่าง").measures
    assert (measure.start, measure.end, measure.time) == (*YEAR, "ทุกเดือน")


def test_a_period_that_goes_beyond_the_year_is_kept_and_told(small_workspace):
    write(small_workspace, f"{FOLDER}/ban-rai.csv", "มาตรการ,ระยะเวลา\nก,พ.ศ. 2569 - 2570\n")
    data = data_of("ban-rai", workspace=small_workspace)
    assert data.plan.measures[0].time == "พ.ศ. 2569 - 2570"
    (told,) = [each for each in check_plan(data, OfficeNames(())) if each.kind == "window"]
    assert "“พ.ศ. 2569 - 2570” บางส่วนอยู่ในปีงบประมาณ พ.ศ. 2570" in told.text


MONTHS = "ต.ค. | พ.ย. | ธ.ค. | ม.ค. | ก.พ. | มี.ค. | เม.ย. | พ.ค. | มิ.ย. | ก.ค. | ส.ค. | ก.ย."
CALENDARS = {
    "months below a heading": (
        ["กิจกรรม | ผู้รับผิดชอบ | ระยะเวลา (พ.ศ. 2568 - 2569)", f" | | {MONTHS}"],
        "ก | กองช่าง | | | | ✓ | ✓ | ✓",
        (date(2026, 1, 1), date(2026, 3, 31), "ม.ค. 2569 – มี.ค. 2569"),
    ),
    "quarters in the heading": (
        ["กิจกรรม | ไตรมาส 1 | ไตรมาส 2 | ไตรมาส 3 | ไตรมาส 4"],
        "ก | / | | - |",
        (YEAR[0], date(2025, 12, 31), "ต.ค. 2568 – ธ.ค. 2568"),
    ),
    "numbers below the word": (
        ["กิจกรรม | ผู้รับผิดชอบ | ไตรมาส | | |", " | | 1 | 2 | 3 | 4"],
        "ก | กองช่าง | | x | x | x",
        (date(2026, 1, 1), YEAR[1], "ม.ค. 2569 – ก.ย. 2569"),
    ),
    "months apart": (
        ["กิจกรรม | ผู้รับผิดชอบ", f" | | {MONTHS}"],
        "ก | กองช่าง | ✓ | | | | | ✓",
        (YEAR[0], date(2026, 3, 31), "ต.ค., มี.ค."),
    ),
}


@pytest.mark.parametrize("kind", CALENDARS)
def test_marks_in_columns_of_months_are_the_period(small_workspace, kind):
    heads, row, period = CALENDARS[kind]
    plan = plan_of(small_workspace, *heads, row)
    (measure,) = plan.measures
    assert (measure.start, measure.end, measure.time) == period
    assert plan.extra == ()


def test_the_first_table_with_measures_counts_and_the_others_are_told(small_workspace):
    heads = "มาตรการ | ผู้รับผิดชอบ | ระยะเวลา"
    sheets = {
        "แบบ": [heads],
        "แผน": [heads, "ก | กองช่าง | ตลอดปี", "โครงการ | ผลการดำเนินการ", "ข | ทำแล้ว"],
        "ปีก่อน": [heads, "ค | กองช่าง | ตลอดปี"],
    }
    plan = book_of(small_workspace, sheets)
    assert (names(plan), kinds(plan)) == (["ก"], ["left", "left"])
    assert "แผ่นงาน แผน หัวตารางอยู่แถวที่ 3" in plan.remarks[0].text
    assert "แผ่นงาน ปีก่อน หัวตารางอยู่แถวที่ 1" in plan.remarks[1].text


def test_the_heading_again_over_each_group_goes_on_with_the_plan(small_workspace):
    plan = plan_of(
        small_workspace,
        "มาตรการ | ผู้รับผิดชอบ | ระยะเวลา",
        "ก | กองช่าง | ตลอดปี",
        "",
        "มาตรการ | ผู้รับผิดชอบ | ระยะเวลา",
        "ข | กองคลัง | ตลอดปี",
    )
    assert (names(plan), plan.remarks) == (["ก", "ข"], ())


MARKS = {
    "√ |": ("ดำเนินการแล้ว", ""),
    " | \u2612": ("ยังไม่ดำเนินการ", ""),
    "\uf0fc | -": ("ดำเนินการแล้ว", ""),
    "จัดแล้ว 2 ครั้ง |": ("ดำเนินการแล้ว", "จัดแล้ว 2 ครั้ง"),
    " |": ("", ""),
    "✓ | ✓": ("", ""),
}


@pytest.mark.parametrize("marks", MARKS)
def test_a_mark_or_words_under_done_or_not_yet_are_the_status(small_workspace, marks):
    heads = "มาตรการ | ผู้รับผิดชอบ | การติดตาม |"
    below = " | | ดำเนินการแล้ว | ยังไม่ดำเนินการ"
    (measure,) = plan_of(small_workspace, heads, below, f"ก | กองช่าง | {marks}").measures
    assert (measure.status, measure.result) == MARKS[marks]


OWNERS = {
    "กองช่างและกองคลัง": ("กองช่าง", "กองคลัง"),
    "สำนักปลัด กองช่าง และ กองคลัง": ("สำนักปลัด", "กองช่าง", "กองคลัง"),
    "สำนักปลัด / กองคลัง": ("สำนักปลัด", "กองคลัง"),
    "สำนักปลัด\nกองคลัง": ("สำนักปลัด", "กองคลัง"),
    "กองสาธารณสุขและสิ่งแวดล้อม": ("กองสาธารณสุขและสิ่งแวดล้อม",),
    "กองการศึกษา ศาสนาและวัฒนธรรม, กองช่าง": ("กองการศึกษา ศาสนาและวัฒนธรรม", "กองช่าง"),
    "นายก อบต. และปลัด อบต.": ("นายก อบต.", "ปลัด อบต."),
    "-": (),
}


@pytest.mark.parametrize("text", OWNERS)
def test_owners_are_parted_however_they_are_joined(text):
    assert owners_of(text) == OWNERS[text]


def test_who_leads_and_who_helps_are_owners_alike(small_workspace):
    heads = "มาตรการ | ผู้รับผิดชอบหลัก | ผู้รับผิดชอบร่วม"
    (measure,) = plan_of(small_workspace, heads, "ก | สำนักปลัด | กองช่าง กองคลัง").measures
    assert measure.owners == ("สำนักปลัด", "กองช่าง", "กองคลัง")


def test_owners_that_the_offices_list_lacks_are_told_once(small_workspace):
    rows = ["ก,กองคลงั,ตลอดปี", "ข,กองคลงั,ตลอดปี", "ค,ผู้อำนวยการกองช่าง,ตลอดปี", "ง,ทุกส่วนราชการ,ตลอดปี"]
    text = "\n".join(["มาตรการ,ผู้รับผิดชอบ,ระยะเวลา", *rows])
    write(small_workspace, f"{FOLDER}/ban-rai.csv", text)
    units = "units:\n  กค.: กองคลัง\n  กช.: กองช่าง\n"
    write(small_workspace, "data/offices/ban-rai.yml", units)
    data = data_of("ban-rai", workspace=small_workspace)
    (told,) = [e for e in check_plan(data, OfficeNames(())) if e.kind == "unknown_owner"]
    assert "ได้แก่ กองคลงั อาจหมายถึง กองคลัง" in told.text


def row_of(measure, table=1, columns="measure owners start", **more):
    spot = Spot("แผน.docx", table=table, row=2)
    return PlanRow("", measure, spot, columns=frozenset(columns.split()), **more)


def test_the_plan_of_a_report_is_its_fullest_table_and_those_with_its_heading():
    rows = [row_of("ก"), row_of("ข", table=2), row_of("ค", table=3, columns="measure done")]
    measures, remarks = measures_of(rows, rules(2568))
    assert [(e.measure.name, e.place.cell) for e in measures] == [
        ("ก", "ตารางที่ 1 แถวที่ 2"),
        ("ข", "ตารางที่ 2 แถวที่ 2"),
    ]
    (told,) = remarks
    assert "ตารางที่ 3" in told


def test_a_table_that_only_sums_the_plan_up_is_left_without_a_word():
    summary = [row_of("มาตรการ ก", owner="กองคลัง และอีก 3 หน่วย", columns="measure owners end")]
    whole = [
        row_of("มาตรการ ก", 5, "measure finding steps owners start", owner="1. กองคลัง 2. กองช่าง")
    ]
    (found,), remarks = measures_of(summary + whole, rules(2568))
    assert found.measure.owners == ("กองคลัง", "กองช่าง")
    assert not remarks


def test_a_finding_says_what_its_measure_is_for_and_a_name_its_kind():
    rows = [
        row_of("โครงการ ก", finding="ตัวชี้วัดที่ 9 และ 10: ได้ 90.00: ยังขาด"),
        row_of("ข", finding="ตัวชี้วัดนี้ต่ำ: ควรแก้", method="ไม่ระบุ"),
    ]
    one, two = (each.measure for each in measures_of(rows, rules(2568))[0])
    assert (one.kind, one.indicators, one.finding) == ("โครงการ", ("9", "10"), "ได้ 90.00: ยังขาด")
    assert (two.kind, two.indicators, two.finding) == ("", (), "ตัวชี้วัดนี้ต่ำ: ควรแก้")
    assert not two.steps


def test_days_under_what_is_done_are_when_it_is_due(tmp_path):
    heads = "มาตรการ\tผู้รับผิดชอบ\tแล้วเสร็จ"
    (tmp_path / "ก.txt").write_text(f"{heads}\nทำคู่มือ\tกองคลัง\tก.ย. 2569\n", encoding="utf-8")
    (tmp_path / "ข.txt").write_text(f"{heads}\nทำคู่มือ\tกองคลัง\t✓\n", encoding="utf-8")
    read = [read_document(tmp_path / f"{each}.txt", each) for each in "กข"]
    plans = [claims_of(each, {2568: rules(2568)}, fiscal_year=2568).plan for each in read]
    assert [(e.period, e.status) for plan in plans for e in plan] == [
        ("ก.ย. 2569", ""),
        ("", "ดำเนินการแล้ว"),
    ]


def test_cells_of_a_report_are_parted_and_its_periods_kept_as_in_a_plan():
    rows = [row_of("- ก\n- ข", period="เมื่อพร้อม"), row_of("ค", period="พ.ศ. 2569 - 2571")]
    measures, remarks = measures_of(rows, rules(2568))
    assert [(each.measure.name, each.measure.time) for each in measures] == [
        ("ก", "เมื่อพร้อม"),
        ("ข", "เมื่อพร้อม"),
        ("ค", "พ.ศ. 2569 - 2571"),
    ]
    assert len(remarks) == 2
    assert "“เมื่อพร้อม”" in remarks[0]
    assert "อยู่นอกปีงบประมาณ พ.ศ. 2569 ที่วางแผนบางส่วน" in remarks[1]


MERGED = """<table><tr><th>ตัวชี้วัด<th>มาตรการ<th>ขั้นตอน<th>ผู้รับผิดชอบ
<tr><td>๗. ประสิทธิภาพการสื่อสาร<td rowspan=3>ปรับเว็บไซต์<td>๑.ทำ ๒.แจ้ง<td rowspan=3>สำนักปลัด
<tr><td>๘. การปรับปรุงระบบการทำงาน<td>๓.ตรวจ<tr><td>๙. การเปิดเผยข้อมูล<td>
<tr><td>๑๐. การป้องกันการทุจริต<td>อบรม<td>จัดอบรม<td>กองคลัง</table>"""


def test_a_measure_merged_over_several_indicators_is_for_all_of_them_in_a_report(tmp_path):
    (tmp_path / "ก.html").write_text(MERGED, encoding="utf-8")
    document = read_document(tmp_path / "ก.html", "ก.html")
    plan = claims_of(document, {2568: rules(2568)}, fiscal_year=2568).plan
    measures = [each.measure for each in measures_of(plan, rules(2568))[0]]
    assert [(e.name, e.indicators, e.steps) for e in measures] == [
        ("ปรับเว็บไซต์", ("7", "8", "9"), ("ทำ", "แจ้ง", "ตรวจ")),
        ("อบรม", ("10",), ("จัดอบรม",)),
    ]


def test_a_measure_merged_over_several_indicators_is_for_all_of_them_in_a_workbook(small_workspace):
    book = openpyxl.Workbook()
    rows = [("7", "ปรับเว็บไซต์"), ("8", None), ("ตัวชี้วัดที่ 9", None), ("10", "อบรม")]
    for row in (("ตัวชี้วัด", "มาตรการ"), *rows):
        book.active.append([*row, "สำนักปลัด"])
    book.active["C1"] = "ผู้รับผิดชอบ"
    book.active.merge_cells("B2:B4")
    folder = small_workspace.root / "data/plans/2568"
    folder.mkdir(parents=True)
    book.save(folder / "sao.xlsx")
    plan = read_plan(small_workspace, "sao", 2568, rules(2568))
    assert plan is not None
    assert [each.indicators for each in plan.measures] == [("7", "8", "9"), ("10",)]
