"""What was done of a plan is told as the plan says it, of a day that is written down."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from conftest import ROOT, assert_helps_the_reader, ita, write

from ita_helpers.errors import BadValue, PlanMissing
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.records.problem import Problem
from ita_helpers.rendering.loading import load
from ita_helpers.reports.follow_up import load_follow_up
from ita_helpers.store.params import load_parameters
from ita_helpers.words import follow_up as words

SAMPLE = ("made-up-example", 2568)
FOLLOW_UP = "organisation: bang-khae\nfiscal_year: 2568\nreport: follow-up\n"
HEADS = "มาตรการ,ตัวชี้วัด,ระยะเวลา,ผู้รับผิดชอบ,สถานะ,หลักฐาน\n"


@pytest.fixture
def own(tmp_path):
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Workspace(tmp_path)


def follow_up(workspace, rows, **options):
    path = workspace.root / "data/plans/2568/bang-khae.csv"
    path.write_text(HEADS + rows, encoding="utf-8")
    return load_follow_up("bang-khae", 2568, numerals="arabic", root=workspace.root, **options)


def cells(table):
    return [[cell.text for cell in row] for row in table.body]


def test_measures_are_counted_by_status_owner_and_indicator():
    report = load_follow_up(*SAMPLE, numerals="arabic", root=ROOT)
    assert cells(report.by_status()) == [
        ["ยังไม่ดำเนินการ", "1"],
        ["อยู่ระหว่างดำเนินการ", "2"],
        ["ดำเนินการแล้ว", "2"],
    ]
    owners = {row[0]: row[1:] for row in cells(report.by_owner())}
    assert owners["กองคลัง"] == ["2", "1", "0"]
    assert len(cells(report.by_indicator())) == 6
    assert [row[0] for row in cells(report.tracked())] == ["1", "2", "3", "4", "5"]


def test_late_is_of_the_day_the_report_speaks_of():
    report = load_follow_up(*SAMPLE, numerals="arabic", root=ROOT)
    assert [row[0] for row in cells(report.late())] == ["1", "2"]
    assert "ไม่มี" in repr(load_follow_up(*SAMPLE, report="half-year").late())
    early = load_follow_up(*SAMPLE, report="half-year", as_of="1 เมษายน 2569", numerals="arabic")
    assert [row[0] for row in cells(early.late())] == ["1"]
    assert early.as_of == date(2026, 4, 1)


def test_a_status_later_than_the_day_is_questioned(own):
    rows = "ก,6,ก.ค.-ก.ย.69,สำนักปลัด,ดำเนินการแล้ว,บันทึก\nข,7,ต.ค.-ธ.ค.68,สำนักปลัด,ดำเนินการแล้ว,\n"
    rows += "ค,8,ตลอดปี,สำนักปลัด,,\n"
    report = follow_up(own, rows, report="half-year")
    said = list(report.list_questions())
    assert [each.row for each in said] == [2, 3, 4]
    assert "31 มีนาคม 2569" in said[0].text
    full = follow_up(own, rows, report="follow-up").list_questions()
    assert [each.row for each in full] == [3, 4]


def test_check_tells_them_with_file_and_row(own):
    follow_up(own, "ก,9,ตลอดปี,สำนักปลัด,ดำเนินการแล้ว,\n")
    path = write(own, "params/2568/bang-khae-follow-up.yml", FOLLOW_UP)
    done = ita("check", path, root=own.root)
    assert done.exit_code == 1
    assert "data/plans/2568/bang-khae.csv แถวที่ 2" in done.output


def test_a_question_of_the_list_stands_in_the_report_and_is_told_by_check(own, monkeypatch):
    def ask(number, measure, data):
        yield Problem("costs", f"รายการที่ {number} ของปี {data.year} ใช้เงินเท่าใด", row=measure.row)

    monkeypatch.setattr(words, "RULES", (*words.RULES, ask))
    report = follow_up(own, "ก,9,ตลอดปี,สำนักปลัด,ดำเนินการแล้ว,บันทึก\n")
    told = "รายการที่ 1 ของปี 2569 ใช้เงินเท่าใด"
    assert report.questions().paragraphs == (told,)
    path = write(own, "params/2568/bang-khae-follow-up.yml", FOLLOW_UP)
    assert (
        f"data/plans/2568/bang-khae.csv แถวที่ 2: {told}" in ita("check", path, root=own.root).output
    )


@pytest.mark.parametrize("period", ["follow-up", "half-year"])
@pytest.mark.processes
def test_a_follow_up_is_made_in_every_format_beside_the_analysis(own, period):
    place = own.params / f"2568/made-up-example-{period}.yml"
    done = ita("render", place, "--to", "html,pdf,docx", root=own.root)
    assert done.exit_code == 0, done.output
    stem = own.rendered / f"2568/made-up-example-{period}"
    page = stem.with_suffix(".html").read_text(encoding="utf-8")
    assert label("follow_up.evidence_title")[:40] in page
    assert ("รอบหกเดือนแรก" in page) == (period == "half-year")
    assert "ข้อที่ควรตรวจสอบ" not in page
    assert stem.with_suffix(".pdf").exists() and stem.with_suffix(".docx").exists()
    index = (own.rendered / "index.html").read_text(encoding="utf-8")
    assert "made-up-example" not in index


def test_a_report_on_no_plan_is_told(own):
    path = own.params / "2565/nong-saeng-follow-up.yml"
    path.write_text("organisation: nong-saeng\nfiscal_year: 2565\nreport: follow-up\n")
    with pytest.raises(PlanMissing) as caught:
        load(own, load_parameters(path, own))
    assert_helps_the_reader(caught.value, "nong-saeng.xlsx")


def test_a_day_that_is_none_is_told(own):
    path = own.params / "2568/made-up-example-follow-up.yml"
    path.write_text(
        "organisation: made-up-example\nfiscal_year: 2568\nreport: follow-up\nas_of: 31 ก.พ. 2569\n"
    )
    with pytest.raises(BadValue) as caught:
        load_parameters(path, own)
    assert_helps_the_reader(caught.value, "as_of", "31 ก.พ. 2569")


def test_only_the_analysis_has_words_to_edit(own):
    done = ita("edit", own.params / "2568/made-up-example-follow-up.yml", "--no-lab", root=own.root)
    assert done.exit_code == 2
    assert "แผน" in done.output
