"""A plan is read as people keep it, drafted beside their words, and held against the result."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction

import openpyxl
import pytest
from conftest import (
    ROOT,
    assert_helps_the_reader,
    data_of,
    examples,
    ita,
    rules,
    write,
    write_scores,
)
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import needs_calc
from lxml import etree
from ods_files import save_ods

from ita_helpers import errors
from ita_helpers.checks.plan import check_plan
from ita_helpers.documents.parting import without_number
from ita_helpers.documents.plan_heads import head_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.plans.book import cells_of, render_book
from ita_helpers.plans.draft import draft_measures
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.reports.report import Report
from ita_helpers.scoring.coverage import is_late
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.loading import load_data
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.plans import read_plan
from ita_helpers.store.rules import read_advice, read_framework
from ita_helpers.tables.measures import COLUMNS
from ita_helpers.words.coverage import coverage_of
from ita_helpers.words.measures import measure_name

SAMPLE = Workspace(ROOT)
PLAN = "data/plans/2568/ban-rai.csv"
ENDED = ("ดำเนินการแล้ว", "ยกเลิก")


def plan_of(workspace, text, name=PLAN, encoding="utf-8"):
    write(workspace, name, text.encode(encoding))
    return read_plan(workspace, "ban-rai", 2568, rules(2568))


THAI = "ตัวชี้วัด,มาตรการ,ระยะเวลา,ผู้รับผิดชอบ\n"


def test_what_the_real_plans_forgot_is_found():
    found = {name: coverage_of(data_of(name)) for name in ("bang-khae", "chai-so")}
    assert round(found["bang-khae"].share) == 34
    for coverage in found.values():
        assert [each.code for each in coverage.lowest_uncovered] == ["9"]
        assert coverage.uncovered[0].indicator.code == "9"
    assert str(round(float(found["bang-khae"].addressed), 2)) == "2.42"
    assert found["bang-khae"].lost == 100 - data_of("bang-khae").assessment.reading("ITA").computed


def test_coverage_counts_an_indicator_once_and_items_as_their_indicator():
    data = data_of("made-up-example")
    coverage = coverage_of(data)
    addressed = [e for e in data.assessment.losses if e not in coverage.uncovered and e.points]
    assert coverage.addressed == sum((e.points for e in addressed), Fraction(0))
    assert not coverage.aimless
    assert {each.code for each in coverage.items} == {"e5", "e6", "e9"}


def test_without_all_indicators_there_is_no_coverage():
    assert coverage_of(data_of("pa-tueng", 2562)) is None
    report = Report(data_of("pa-tueng", 2562))
    assert "ไม่มีข้อมูล" in repr(report.coverage())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_thai_headings_and_names_are_read_in_any_encoding(small_workspace, encoding):
    text = THAI + "9. การเปิดเผยข้อมูล,ตรวจเว็บไซต์,ม.ค. - ก.ย.๖๙,สำนักปลัด;กองคลัง\n"
    (measure,) = plan_of(small_workspace, text, encoding=encoding).measures
    assert measure.indicators == ("9",)
    assert measure.owners == ("สำนักปลัด", "กองคลัง")
    assert (measure.start, measure.end) == (date(2026, 1, 1), date(2026, 9, 30))


INDICATORS = {
    "7": ("7",),
    "๖, 9": ("6", "9"),
    "ตัวชี้วัดที่ 7": ("7",),
    "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร": ("7",),
    "ประสิทธิภาพการสื่อสาร": ("7",),
    "8 การปรับปรุงการทำงาน": ("8",),
    "6 7": ("6", "7"),
    "10": ("10",),
    "": (),
    "ไม่จำกัดตัวชี้วัด": (),
}


@pytest.mark.parametrize("text", INDICATORS)
def test_indicators_are_read_by_number_and_name(small_workspace, text):
    made = plan_of(small_workspace, f'{THAI}"{text}",ก,,\n')
    assert made.measures[0].indicators == INDICATORS[text]


WRONG = {
    "nameless": (THAI + "6,ก,,\n7,,,กองช่าง\n", errors.BadCell, ["แถวที่ 3"]),
    "foreign": (
        "แผนของ (ban-rao)\n" + THAI + "6,ก,,\n",
        errors.ForeignPlan,
        ["ban-rao", "ban-rai"],
    ),
    "no table": ("เรียน ท่านนายก\n", errors.NoPlan, [PLAN]),
    "empty": ("", errors.InputError, [PLAN]),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_with_a_plan_is_told_with_its_place(small_workspace, kind):
    text, error, facts = WRONG[kind]
    with pytest.raises(error) as caught:
        plan_of(small_workspace, text)
    assert_helps_the_reader(caught.value, *facts)


def test_two_plans_of_one_report_are_told(small_workspace):
    write(small_workspace, PLAN, THAI + "6,ก,,\n")
    shutil.copy(small_workspace.root / PLAN, small_workspace.root / PLAN.replace("csv", "ods"))
    with pytest.raises(errors.TwoPlans) as caught:
        read_plan(small_workspace, "ban-rai", 2568, rules(2568))
    assert_helps_the_reader(caught.value, "ban-rai.csv", "ban-rai.ods")


def test_columns_of_ones_own_are_kept_and_named(small_workspace):
    made = plan_of(small_workspace, "มาตรการ,ตัวชี้วัด,งบประมาณ\nก,6,5000\n")
    assert made.extra == ("งบประมาณ",)


def test_cells_merged_downwards_hold_for_each_row(small_workspace, tmp_path):
    book = openpyxl.Workbook()
    rows = [
        ["แผนปี 2569"],
        ["ตัวชี้วัด", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"],
        [6, "ก", "หนึ่ง", "สำนักปลัด"],
        [None, None, "สอง", "กองช่าง"],
        [None, "ข", "สาม", "กองคลัง"],
    ]
    for row in rows:
        book.active.append(row)
    for merged in ("A1:D1", "A3:A5", "B3:B4"):
        book.active.merge_cells(merged)
    path = small_workspace.root / PLAN.replace("csv", "xlsx")
    path.parent.mkdir(parents=True)
    book.save(path)
    first, second = read_plan(small_workspace, "ban-rai", 2568, rules(2568)).measures
    assert (first.steps, first.owners) == (("หนึ่ง", "สอง"), ("สำนักปลัด", "กองช่าง"))
    assert first.indicators == second.indicators == ("6",)


def test_what_looks_like_a_formula_is_text(small_workspace):
    made = plan_of(small_workspace, "มาตรการ,ตัวชี้วัด\n=1+1,6\n+cmd,7\n@x,8\n")
    assert [each.name for each in made.measures] == ["=1+1", "+cmd", "@x"]
    sheet = Report(data_of("ban-rai", workspace=small_workspace)).measures()
    assert "=1+1" in repr(sheet)


@pytest.fixture
def own(tmp_path):
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Workspace(tmp_path)


def test_a_drafted_plan_covers_what_is_lowest_and_checks_clean(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    done = ita("plan", "บางแค", "--year", "2568", root=own.root)
    assert done.exit_code == 0, done.output
    data = data_of("bang-khae", workspace=own)
    coverage = coverage_of(data)
    assert not coverage.lowest_uncovered
    losses = {each.indicator.code: each.points for each in data.assessment.losses}
    order = [losses[each.indicators[0]] for each in data.plan.measures]
    assert order == sorted(order, reverse=True)
    assert all(each.owners and each.start and each.end for each in data.plan.measures)
    assert check_plan(data, OfficeNames(())) == []
    assert ita("plan", "บางแค", "--year", "2568", root=own.root).exit_code == 0
    assert data_of("bang-khae", workspace=own).plan == data.plan


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_nothing_a_person_wrote_is_overwritten(own, kind):
    path = own.root / "data/plans/2568/bang-khae.csv"
    if kind == "ods":
        with path.open(encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        path.unlink()
        path = path.with_suffix(".ods")
        save_ods(path, rows)
    if kind == "xlsx":
        data = data_of("bang-khae", workspace=own)
        content = render_book(data.organisation, data.framework, data.plan.measures, [])
        path.unlink()
        path = path.with_suffix(".xlsx")
        path.write_bytes(content)
    before, written = data_of("bang-khae", workspace=own).plan.measures, path.read_bytes()
    assert ita("plan", "บางแค", root=own.root).exit_code == 0
    after = data_of("bang-khae", workspace=own).plan.measures
    assert after[: len(before)] == before
    assert {code for each in after[len(before) :] for code in each.indicators} == {
        "1",
        "2",
        "4",
        "9",
    }
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.read_bytes() == written


def test_a_plan_that_names_no_indicator_gets_no_drafts_but_is_told_what_wants_measures(own):
    path = own.root / "data/plans/2568/bang-khae.csv"
    path.write_text("ที่,มาตรการ,ระยะเวลา,ผู้รับผิดชอบ\n1,อบรมเรื่องการยืม,ตลอดปี,กองช่าง\n", "utf-8")
    before = path.read_bytes()
    told = ita("plan", "บางแค", "--year", "2568", root=own.root)
    assert (told.exit_code, path.read_bytes()) == (0, before)
    assert "ตัวชี้วัดที่ 9 7 1 2 และ 4 " in told.output
    plan = data_of("bang-khae", workspace=own).plan
    assert not plan.names_indicators
    assert plan.extra == ()


def test_full_scores_need_no_draft():
    data = data_of("made-up-example")
    full = [e.code for e in data.framework.indicators.list if data.assessment.value(e.code) == 100]
    drafted = draft_measures(data, None)
    assert full
    assert not {code for each in drafted for code in each.indicators} & set(full)


def measures():
    signs = st.characters(exclude_categories=("C", "Z"))
    text = st.text(signs, min_size=1, max_size=12).filter(lambda t: without_number(t) == t)
    letters = st.text(st.characters(categories=("L",)), min_size=1, max_size=12)
    lines = st.lists(letters, max_size=3, unique=True).map(tuple)
    days = st.dates(date(2025, 10, 1), date(2026, 9, 30))
    codes = [each.code for each in rules(2568).indicators.list]
    return st.builds(
        Measure,
        name=text,
        indicators=st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple),
        items=st.lists(st.sampled_from(["e4", "o20", "i1"]), unique=True).map(tuple),
        finding=text,
        steps=lines,
        owners=lines,
        start=days.filter(lambda day: day < date(2026, 3, 1)),
        end=days.filter(lambda day: day >= date(2026, 3, 1)),
        status=st.sampled_from(["", *label("plan.statuses").split()]),
    )


@examples(1 / 3)
@given(st.lists(measures(), min_size=1, max_size=4))
def test_a_plan_written_as_a_workbook_reads_as_the_same(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("plan")
    workspace = Workspace(folder)
    organisation = find_organisation(SAMPLE, "bang-khae")
    path = workspace.new_plan("bang-khae", 2568)
    path.parent.mkdir(parents=True)
    path.write_bytes(render_book(organisation, rules(2568), made, ["สำนักปลัด"]))
    read = read_plan(workspace, "bang-khae", 2568, rules(2568)).measures
    cells = [cells_of(each, rules(2568)) for each in read]
    grid = read_grids(path, "x")[0]
    assert [cells_of(each, rules(2568)) for each in made] == cells or _but_for_spaces(made, read)
    assert len(grid.rows) == 3 + len(made)


def _but_for_spaces(made, read):
    from ita_helpers.language.thai import tidy_text

    def texts(measure):
        return {key: tidy_text(text) for key, text in cells_of(measure, rules(2568)).items()}

    return [texts(each) for each in made] == [texts(each) for each in read]


@needs_calc
@pytest.mark.libreoffice
def test_a_plan_goes_through_libreoffice_without_loss(tmp_path, convert):
    data = data_of("made-up-example")
    start = tmp_path / "made-up-example.xlsx"
    start.write_bytes(
        render_book(data.organisation, data.framework, data.plan.measures, ["กองช่าง"])
    )
    wanted = [cells_of(each, data.framework) for each in data.plan.measures]
    for kind in ("xlsx", "ods", "csv"):
        filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1" if kind == "csv" else kind
        (saved,) = convert(filter_, start)
        (tmp_path / kind / "data/plans/2568").mkdir(parents=True)
        shutil.copy(saved, tmp_path / kind / "data/plans/2568")
        plan = read_plan(Workspace(tmp_path / kind), "made-up-example", 2568, data.framework)
        assert [cells_of(each, data.framework) for each in plan.measures] == wanted, kind


CHECKED = {
    "window": "6,ก,ต.ค.66-ก.ย.67,สำนักปลัด",
    "no_window": "6,ก,,สำนักปลัด",
    "unread": "6,ก,ภายใน 30 วัน,สำนักปลัด",
    "reversed": "6,ก,ก.ย.69-ต.ค.68,สำนักปลัด",
    "no_owner": "6,ก,ตลอดปีงบประมาณ,",
    "common_era": "6,ก,ต.ค. 2025 - ก.ย. 2026,สำนักปลัด",
}


@pytest.mark.parametrize("kind", CHECKED)
def test_what_is_to_be_looked_at_is_told_with_its_row(own, kind):
    path = own.root / "data/plans/2568/bang-khae.csv"
    path.write_text(THAI + "9,ข,ตลอดปีงบประมาณ,สำนักปลัด\n" + CHECKED[kind] + "\n", encoding="utf-8")
    (problem,) = check_plan(data_of("bang-khae", workspace=own), OfficeNames(()))
    assert (problem.kind, problem.row) == (kind, 3)
    done = ita("check", "บางแค", "--year", "2568", root=own.root)
    assert done.exit_code == 1
    assert "แถวที่ 3" in done.output


def test_a_measure_twice_and_a_lowest_indicator_forgotten_are_told(own):
    path = own.root / "data/plans/2568/bang-khae.csv"
    row = "6,ก ข,ตลอดปีงบประมาณ,สำนักปลัด\n"
    path.write_text(THAI + row + row.replace("ก ข", "กข"), encoding="utf-8")
    problems = check_plan(data_of("bang-khae", workspace=own), OfficeNames(()))
    assert [(each.kind, each.row) for each in problems] == [("lowest", 0), ("twice", 3)]


def test_a_finding_that_contradicts_the_result_is_told(own):
    path = own.root / "data/plans/2568/bang-khae.csv"
    heads = THAI.replace("ระยะเวลา", "ข้อค้นพบ,ระยะเวลา")
    rows = "9,ก,ได้ 97.64 คะแนน,ตลอดปีงบประมาณ,สำนักปลัด\n7,ข,ของ อบต.ไชยสอ,ตลอดปี,กองช่าง\n"
    path.write_text(heads + rows, encoding="utf-8")
    problems = check_plan(data_of("bang-khae", workspace=own), OfficeNames(["อบต.ไชยสอ"]))
    assert [(each.kind, each.row) for each in problems] == [("number", 2), ("organisation", 3)]


def test_the_one_measure_is_for_the_lowest_indicator_that_loses_most(small_workspace):
    scores = (70, 80, 80, 80, 80, 70, 80, 80, 90, 90)
    write_scores(small_workspace, *(f"{n},{each},,s," for n, each in enumerate(scores, 1)))
    data = data_of("ban-rai", workspace=small_workspace, plan_layout="one-measure")
    (draft,) = draft_measures(data, None)
    assert (draft.indicators, bool(draft.steps), bool(draft.owners)) == (("6",), True, True)
    assert "ต่ำที่สุดในตัวชี้วัดทั้งหมด" in draft.finding
    assert "70.00" in draft.expected
    assert "2569" in draft.expected
    chosen = plan_of(small_workspace, THAI + "9,ก,ตลอดปี,กองช่าง\n")
    assert draft_measures(data, chosen) == []
    write_scores(small_workspace, *(f"{code},100,,s," for code in range(1, 11)))
    full = data_of("ban-rai", workspace=small_workspace, plan_layout="one-measure")
    assert draft_measures(replace(full, plan=None), None) == []


def test_a_plan_of_one_measure_is_drafted_printed_and_checks_clean(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    params = own.root / "params/2568/bang-khae.yml"
    params.write_text(f"{params.read_text()}plan_layout: one-measure\n", encoding="utf-8")
    assert ita("plan", "บางแค", "--year", "2568", root=own.root).exit_code == 0
    data = data_of("bang-khae", workspace=own, plan_layout="one-measure")
    assert check_plan(data, OfficeNames(())) == []
    table = Report(data).measures()
    cells = [[cell.text for cell in row] for row in table.body]
    for head in ("ตัวชี้วัดที่เลือก", "มาตรการป้องกัน", "ผู้รับผิดชอบ", "ผลที่คาดว่าจะได้รับ"):
        assert head in [name for name, _ in cells]
    assert "การเปิดเผยข้อมูล" in cells[0][1]
    assert [text for _, text in cells if not text] == []
    assert "87.50" in cells[-1][1]


def test_the_layout_of_one_measure_loses_no_other_and_tells_of_it(own):
    path = own.root / "data/plans/2568/bang-khae.csv"
    heads = THAI.replace("ระยะเวลา", "ผลที่คาดหวัง,ระยะเวลา")
    rows = "7,มาตรการหนึ่ง,ดีขึ้น,ตลอดปี,กองช่าง\n8,มาตรการสอง,,ตลอดปี,กองช่าง\n"
    path.write_text(heads + rows, encoding="utf-8")
    data = data_of("bang-khae", workspace=own, plan_layout="one-measure")
    problems = check_plan(data, OfficeNames(()))
    assert [(each.kind, each.row) for each in problems] == [("several", 0), ("no_expected", 3)]
    assert "7 และ 8" in problems[0].text
    printed = repr(Report(data).measures())
    assert "มาตรการหนึ่ง" in printed
    assert "มาตรการสอง" in printed


LAYOUTS = {
    "by-measure": set(),
    "by-indicator": set(),
    "one-measure": set(),
    "with-follow-up": {"ผลการวิเคราะห์"},
}


@pytest.mark.parametrize("layout", [*LAYOUTS, "tracking"])
def test_a_layout_that_lacks_an_element_of_the_evidence_warns_by_name(layout):
    data = data_of("made-up-example", plan_layout=layout)
    told = [each.text for each in check_plan(data, OfficeNames(())) if each.kind == "elements"]
    if layout == "tracking":
        assert "ขั้นตอน" in told[0]
        assert "O25" in told[0]
    else:
        assert bool(told) == bool(LAYOUTS[layout])


def test_late_follows_from_the_dates():
    measure = Measure("ก", end=date(2026, 3, 31), status="อยู่ระหว่างดำเนินการ")
    assert is_late(measure, date(2026, 4, 1), ENDED)
    assert not is_late(measure, date(2026, 3, 31), ENDED)
    assert not is_late(Measure("ก", end=date(2020, 1, 1), status="ยกเลิก"), date(2026, 4, 1), ENDED)


def test_the_months_of_the_measures_are_drawn_for_the_fiscal_year():
    figure = Report(data_of("made-up-example")).measures_chart()
    for name in ("ต.ค.", "ม.ค.", "ก.ย.", "2568", "2569", "1. ตัวชี้วัดที่ 7"):
        assert name in figure.svg
    assert "5 รายการ เริ่มดำเนินการตั้งแต่เดือน ต.ค. 2568 และแล้วเสร็จภายในเดือน ก.ย. 2569" in figure.alt


def test_every_column_of_the_plan_has_a_thai_heading_and_an_explanation():
    for column in columns_of("plans"):
        assert head_of(column)
        assert label(f"plan.book.explain.{column}")
    with (ROOT / "data/plans/2568/made-up-example.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.reader(file)) == list(columns_of("plans"))


def plan_book(workspace, rows, merged):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    path = workspace.root / "data/plans/2568/bang-khae.xlsx"
    book.save(path)
    return path


def test_a_heading_of_two_rows_is_no_measure(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    heads = [["มาตรการ", "ตัวชี้วัด", "ระยะเวลา", None, "ผู้รับผิดชอบ"]]
    rows = [*heads, [None, None, "เริ่ม", "สิ้นสุด", None], ["ก", 9, "ต.ค.68", "ก.ย.69", "กองช่าง"]]
    plan_book(own, rows, ["A1:A2", "B1:B2", "C1:D1", "E1:E2"])
    (measure,) = data_of("bang-khae", workspace=own).plan.measures
    assert (measure.start, measure.end) == (date(2025, 10, 1), date(2026, 9, 30))
    months = [None, None, "ต.ค.", "พ.ย.", None]
    plan_book(
        own, [*heads, months, ["ก", 9, "✓", None, "กองช่าง"]], ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]
    )
    (measure,) = data_of("bang-khae", workspace=own).plan.measures
    assert (measure.name, measure.start, measure.end) == (
        "ก",
        date(2025, 10, 1),
        date(2025, 10, 31),
    )


def test_rows_are_added_below_whatever_is_merged(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    rows = [["มาตรการ", "ตัวชี้วัด", "ผู้รับผิดชอบ"], ["ก", 6, "กองช่าง"], ["ข", 7, "กองช่าง"]]
    plan_book(own, rows, ["C2:C6"])
    assert ita("plan", "บางแค", root=own.root).exit_code == 0
    names = [each.name for each in data_of("bang-khae", workspace=own).plan.measures]
    assert names[:2] == ["ก", "ข"]
    assert len(names) > 2


SHAPE = b'<xdr:wsDr xmlns:xdr="x"><xdr:sp><xdr:txBody>box</xdr:txBody></xdr:sp></xdr:wsDr>'


def with_shape(path, *, implicit):
    """Put a text box beside the table, and rows and cells without their places."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(buffer, "w") as made:
        for name in package.namelist():
            content = package.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</worksheet>", b'<drawing id="rId9"/></worksheet>')
                if implicit:
                    content = re.sub(rb'(<(?:row|c)) r="[A-Z0-9]+"', rb"\1", content)
            made.writestr(name, content)
        made.writestr("xl/drawings/drawing1.xml", SHAPE)
        made.writestr("xl/media/box.emf", b"any picture")
    path.write_bytes(buffer.getvalue())


@pytest.mark.parametrize("implicit", [False, True])
def test_rows_are_added_to_a_workbook_and_all_else_in_it_stays(own, implicit):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    path = plan_book(own, [["มาตรการ", "ตัวชี้วัด"], ["ก", 6], ["ข", 7]], [])
    with_shape(path, implicit=implicit)
    before = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    assert ita("plan", "บางแค", root=own.root).exit_code == 0
    with zipfile.ZipFile(path) as after:
        assert after.namelist() == before.namelist()
        for name in set(before.namelist()) - {"xl/worksheets/sheet1.xml"}:
            assert after.read(name) == before.read(name), name
        assert b"<drawing" in after.read("xl/worksheets/sheet1.xml")
    names = [each.name for each in data_of("bang-khae", workspace=own).plan.measures]
    assert names[:2] == ["ก", "ข"]
    assert len(names) > 2
    written = path.read_bytes()
    assert ita("plan", "บางแค", root=own.root).exit_code == 0
    assert path.read_bytes() == written


def test_a_plan_with_a_formula_that_was_never_worked_out_is_left_alone(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    path = plan_book(own, [["มาตรการ", "ตัวชี้วัด"], ["ก", 6], ["ข", "=3+4"]], [])
    before = path.read_bytes()
    done = ita("plan", "บางแค", root=own.root)
    assert done.exit_code == 1
    assert "B3" in done.output
    assert path.read_bytes() == before


def test_formulas_of_a_plan_stay_with_their_saved_values_and_are_told(own):
    (own.root / "data/plans/2568/bang-khae.csv").unlink()
    prepared = [['=IF(1=2,"ง","")', None, None]] * 3
    rows = [["มาตรการ", "ตัวชี้วัด", "งบ"], ['="ข"', 7, 1], ["ก", 6, "=C2*2"], *prepared]
    path = plan_book(own, rows, [])
    values = {"A2": "ข", "C3": "2", "A4": "", "A5": "", "A6": ""}
    save_values(path, values)
    before = formulas_in(path)
    done = ita("plan", "บางแค", root=own.root)
    assert done.exit_code == 0, done.output
    assert "สูตร 5 เซลล์" in done.output
    assert formulas_in(path) == before
    names = [each.name for each in data_of("bang-khae", workspace=own).plan.measures]
    assert names[:2] == ["ข", "ก"]
    assert len(names) > 2
    assert openpyxl.load_workbook(path)["Sheet"]["A7"].value == names[2]


def save_values(path, values):
    """Put values beside formulas, as a spreadsheet program does when it saves."""
    with zipfile.ZipFile(path) as package:
        members = {each: package.read(each) for each in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    root = etree.fromstring(members[sheet])
    for cell in root.iterfind(".//{*}c"):
        if cell.get("r") in values:
            cell.set("t", "n" if values[cell.get("r")].isdigit() else "str")
            cell.find("{*}v").text = values[cell.get("r")]
    members[sheet] = etree.tostring(root)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)


def formulas_in(path):
    """Return formula and saved value of each cell that has one."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    cells = [each.getparent() for each in root.iterfind(".//{*}f")]
    return {each.get("r"): (each.findtext("{*}f"), each.findtext("{*}v")) for each in cells}


def test_a_signature_below_the_table_is_no_measure(small_workspace):
    made = plan_of(small_workspace, THAI + "6,ก,ตลอดปี,กองช่าง\n\n,,,ลงชื่อ ผู้รายงาน\n")
    assert [each.name for each in made.measures] == ["ก"]


def test_units_are_written_in_full_by_the_offices_own_list_alone(small_workspace):
    write(small_workspace, PLAN, "มาตรการ,ผู้รับผิดชอบ\nก,สป.;กค.;สำนักปลัด\n")
    write(small_workspace, "data/offices/ban-rai.yml", "units:\n  กค.: กองคลัง\n")
    (measure,) = data_of("ban-rai", workspace=small_workspace).plan.measures
    assert measure.owners == ("สป.", "กองคลัง", "สำนักปลัด")


def test_assumed_advice_goes_with_an_item_and_not_with_its_number():
    after, before = (read_advice(SAMPLE, year, rules(year)) for year in (2569, 2568))
    names = [{e.code: e.name or "" for e in rules(year).all_items} for year in (2569, 2568)]
    for code, advice in after.items.items():
        earlier = rules(2569).codes_before(rules(2568))[code]
        assert advice.meaning == before.items[earlier].meaning
        shared = SequenceMatcher(None, names[0][code], names[1][earlier]).find_longest_match()
        assert shared.size >= len("E-Service"), code
    assert "o11" not in after.items, "the monthly purchases are no statistics of services"
    assert after.items["e7"].evidence == ("o19",)
    assert after.items["e1"].evidence == ("o9",)


def test_an_item_that_was_none_is_refused(small_workspace):
    text = (ROOT / "data/frameworks/2569.yml").read_text(encoding="utf-8")
    write(small_workspace, "data/frameworks/2569.yml", text.replace("was: o20", "was: o99"))
    with pytest.raises(errors.FrameworkError) as caught:
        read_advice(small_workspace, 2569, read_framework(small_workspace, 2569))
    assert_helps_the_reader(caught.value, "2569.yml", "o19", "o99")


def test_a_year_of_assumed_rules_has_advice_steps_and_elements_assumed_too(
    small_workspace: Workspace,
) -> None:
    write_scores(small_workspace, "1,99,,s,", "e4,60,,s,", "7,80,,s,", fiscal_year=2569)
    data = load_data(small_workspace, "ban-rai", 2569, "arabic")
    assert data.advice is not None
    assert (data.advice.fiscal_year, "e4" in data.advice.items) == (2569, True)
    assert data.evidence is not None
    assert (data.evidence.confidence, bool(data.evidence.required_elements)) == ("assumed", True)
    with_plan = Report(replace(data, plan=Plan((Measure("ก"),))))
    for text in (with_plan.background(), with_plan.memo()):
        assert "หากการประเมินปีงบประมาณ พ.ศ. 2570 ใช้รายการข้อเช่นเดียวกับปีงบประมาณ พ.ศ. 2569" in repr(
            text
        )
    assert "O25" not in repr(with_plan.measures_lead())
    assert "ข้อ O25" in repr(Report(data_of("bang-khae")).measures_lead())
    drafts = draft_measures(data, None)
    assert [each.steps for each in drafts if not each.steps] == []


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        ("โครงการ", "โครงการอบรม", "โครงการอบรม"),
        ("โครงการ", "อบรม", "โครงการอบรม"),
        ("โครงการ", "E-Service", "โครงการ E-Service"),
        ("มาตรการ", "โครงการอบรม", "มาตรการ โครงการอบรม"),
        ("", "อบรม", "อบรม"),
    ],
)
def test_the_kind_of_a_measure_is_said_once(kind, name, shown):
    assert measure_name(Measure(name, kind=kind)) == shown


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (("ก", "ข"), "1. ก\n2. ข"),
        (("1. ก", "2. ข"), "1. ก\n2. ข"),
        (("๑) ก", "๒) ข"), "๑) ก\n๒) ข"),
        (("(1) ก", "(2) ข"), "(1) ก\n(2) ข"),
        (("1.5 ล้านบาท", "2568 ก"), "1. 1.5 ล้านบาท\n2. 2568 ก"),
    ],
)
def test_steps_that_were_typed_with_numbers_are_not_numbered_again(steps, shown):
    column = dict(COLUMNS["by-measure"])["steps"]
    assert column(Measure("ก", steps=steps)) == shown
