from __future__ import annotations

import gc
import json
from dataclasses import replace
from pathlib import Path

import pytest
from browsers import assert_readable_for_everyone, with_browser
from conftest import ROOT, assert_helps_the_reader, ita
from finished import OFFICE, SCORES

from ita_helpers.checks.finished.outcome import CheckedDocument, Tally, as_json, json_of
from ita_helpers.checks.finished.page import marked, page_of, write_page
from ita_helpers.checks.finished.rules import RULES
from ita_helpers.cli.places import documents_in
from ita_helpers.files.spooled import spooled
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.problem import Problem
from ita_helpers.records.spot import Spot
from ita_helpers.rendering.finished import Basis, check_document

FEW = 100
"""Objects: what is made of a report that names it are many more."""
NAMES = "การปฏิบัติหน้าที่ การใช้งบประมาณ การใช้อำนาจ การใช้ทรัพย์สินของราชการ การแก้ไขปัญหาการทุจริต"
NAMES += " คุณภาพการดำเนินงาน ประสิทธิภาพการสื่อสาร การปรับปรุงระบบการทำงาน การเปิดเผยข้อมูล การป้องกันการทุจริต"
ROWS = "".join(
    f"{number}\t{name}\t{SCORES[str(number)]}\n" for number, name in enumerate(NAMES.split(), 1)
)
REPORT = f"""รายงานการวิเคราะห์ผลการประเมิน ITA
{OFFICE} ประจำปีงบประมาณ พ.ศ. 2568

{OFFICE} ได้คะแนนภาพรวม 92.86 คะแนน อยู่ในระดับ “ผ่านดี”

ตัวชี้วัดที่\tตัวชี้วัด\tคะแนน
{ROWS}
ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล ได้ 87.50 คะแนน สูงกว่าค่าเป้าหมาย 2.50 คะแนน
"""
"""A made-up report that is right."""


@pytest.fixture
def report(tmp_path):
    return saved(tmp_path, REPORT)


@pytest.fixture
def wrong(tmp_path):
    return saved(tmp_path, REPORT.replace("92.86", "93.86").replace("2.50 คะแนน", "3.50 คะแนน"))


def saved(folder, text, name="รายงาน.txt"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_report_that_is_right_passes(report):
    run = ita("check", report)
    assert run.exit_code == 0, run.output
    assert "ตรวจ 1 เอกสาร" in run.output


def test_what_is_wrong_is_told_with_file_place_rule_sentence_and_remedy(wrong):
    run = ita("check", wrong)
    assert run.exit_code == 1
    for fact in ("รายงาน.txt บรรทัดที่ 4", "ITA201 ผิด", "93.86", "“", "ITA513"):
        assert fact in run.output


def test_a_warning_alone_is_no_failure(tmp_path):
    file = saved(tmp_path, REPORT.replace("92.86 คะแนน", "ร้อยละ 92.86 คะแนน"))
    run = ita("check", file)
    assert "ITA901" in run.output and run.exit_code == 0


def test_rules_are_selected_and_ignored_by_their_codes(wrong):
    assert "ITA513" not in ita("check", wrong, "--select", "ITA2,ITA101").output
    assert ita("check", wrong, "--ignore", "ITA2", "--ignore", "ITA5").exit_code == 0
    run = ita("check", wrong, "--select", "ITA999")
    assert run.exit_code == 2 and "ITA999" in run.output


def test_json_holds_every_problem_with_its_place(wrong):
    told = json.loads(ita("check", wrong, "--format", "json").output)
    (document,) = told["documents"]
    assert document["office"] == OFFICE and document["fiscal_year"] == 2568
    problem = next(each for each in document["problems"] if each["rule"] == "ITA201")
    assert problem["place"] == {"line": 4} and problem["severity"] == "error"
    assert told["counts"]["error"] == 2


def test_many_documents_end_in_a_table_over_all(report, tmp_path):
    folder = tmp_path / "more"
    folder.mkdir()
    saved(folder, REPORT, "ก.txt")
    saved(folder, "", "ข.txt")
    run = ita("check", report, folder)
    assert "ตรวจ 3 เอกสาร (อ่านไม่ได้ 1)" in run.output
    assert sum("\t" in line for line in run.output.splitlines()) == 4
    assert run.exit_code == 1


def test_rules_explain_themselves_with_an_example():
    run = ita("check", "--explain", "ita401")
    assert run.exit_code == 0 and "ตัวอย่าง" in run.output
    assert ita("check", "--explain", "all").output.count("ตัวอย่าง:") == len(RULES)
    run = ita("check", "--explain", "ITA40x")
    assert run.exit_code == 2 and "ITA40" in run.output


def test_the_page_marks_the_words_at_fault_and_escapes_the_rest(wrong, tmp_path):
    out = tmp_path / "ผลตรวจ.html"
    run = ita("check", wrong, "--format", "html", "--out", out)
    page = out.read_text(encoding="utf-8")
    assert str(out.name) in run.output and run.exit_code == 1
    assert str(tmp_path) not in page
    assert "<mark>93.86</mark>" in page and "<script" not in page and "http" not in page[300:]
    assert marked(Problem("x", "", found="<b>", sentence="ก <b> ข")) == "ก <mark>&lt;b&gt;</mark> ข"


def test_a_cell_is_shown_in_its_row_with_its_own_words_marked(small_workspace, tmp_path):
    """A limit in the row has the letters of the level that is wrong."""
    rows = "ปี\tเกณฑ์\tคะแนนภาพรวม\tระดับ\n2564\tAA ถึง F\t88.94\tAA\n2568\t5 ระดับ\t92.86\tผ่านดี\n"
    file = saved(tmp_path, f"{REPORT}\n{rows}")

    checked = check_document(Basis.of(Workspace(small_workspace.root)), file, RULES)

    (level,) = (each for each in checked.problems if each.found == "AA")
    assert level.sentence == "2564 | AA ถึง F | 88.94 | AA"
    assert marked(level) == "2564 | AA ถึง F | 88.94 | <mark>AA</mark>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ปี\tคะแนนภาพรวม\tระดับ\n2564\t88.94\tAA\n2568\t92.86\tผ่านดี\n", "AA"),
        ("หน่วยงานจะแก้ไขข้อ O47 การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ\n", "O47"),
    ],
)
def test_words_at_one_place_are_called_wrong_once(text, found, small_workspace, tmp_path):
    file = saved(tmp_path, f"{REPORT}\n{text}")

    checked = check_document(Basis.of(Workspace(small_workspace.root)), file, RULES)

    assert [each.found for each in checked.problems if each.severity != "hint"] == [found]


@with_browser
def test_the_page_is_readable_for_everyone_at_every_width(tmp_path):
    problem = Problem(
        "x", "ผิด", "แก้", "92.86", rule="ITA101", spot=Spot("ก.txt", line=1), sentence="ได้ 92.86"
    )
    checked = [CheckedDocument(f"{name}.txt", OFFICE, 2568, (problem,)) for name in "กข"]
    file = saved(tmp_path, write_page(checked), "page.html")
    assert_readable_for_everyone(file)


def test_what_is_kept_on_disk_gives_the_same_page_and_json_as_in_memory():
    problem = Problem("x", "ผิด", "แก้", "92.86", rule="ITA101", spot=Spot("ก.txt", line=1))
    checked = [CheckedDocument(f"{n}.txt", OFFICE, 2568, (problem,) * n) for n in range(3)]
    tally = Tally()
    with spooled(tally.over(checked)) as kept:
        assert "".join(page_of(kept, tally)) == write_page(checked)
    assert json.loads("".join(json_of(Tally().over([]), Tally())))["documents"] == []
    tally = Tally()
    assert json.loads("".join(json_of(tally.over(checked), tally))) == as_json(checked)


def test_a_folder_of_parameter_files_holds_no_documents():
    workspace = Workspace(ROOT)
    assert documents_in(workspace, [Path("params"), Path("bang-khae")]) == []
    assert documents_in(workspace, [Path("README.md")]) == [ROOT / "README.md"]


def test_a_folder_is_searched_for_what_may_be_a_report(tmp_path):
    reports = {"ก.txt", "ข.DOCX", "ค.doc", "ย่อย/ง.pdf"}
    others = {".ซ่อน.txt", "~$ข.docx", "ภาพ.png", "ตาราง.xlsx", ".git/จ.md"}
    for name in (*reports, *others):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(REPORT, encoding="utf-8")
    found = documents_in(Workspace(ROOT), [tmp_path, tmp_path / "ก.txt"])
    assert {each.relative_to(tmp_path).as_posix() for each in found} == reports


def test_a_report_is_checked_once_by_whatever_path(report, tmp_path):
    link = tmp_path / "ลิงก์.txt"
    link.symlink_to(report)
    assert len(documents_in(Workspace(ROOT), [report, link, tmp_path])) == 1


def test_a_place_without_a_report_beside_one_is_named_before_anything_is_checked(report, tmp_path):
    empty = tmp_path / "ว่าง"
    empty.mkdir()
    run = ita("check", report, empty)
    assert run.exit_code == 2
    assert_helps_the_reader(run.output.strip(), "ว่าง", "ยังไม่ได้ตรวจ")


def test_a_report_of_another_kind_of_file_is_named_with_how_to_save_it(report, tmp_path):
    (tmp_path / "เก่า.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    run = ita("check", tmp_path)
    assert run.exit_code == 1
    assert "เก่า.doc" in run.output and ".docx" in run.output and report.name in run.output


def test_a_report_in_another_language_is_told_to_be_unchecked(tmp_path):
    run = ita(
        "check", saved(tmp_path, "Integrity and Transparency Assessment, 2024\n\n92.10 points")
    )
    assert run.exit_code == 1
    assert "ภาษาไทย" in run.output


def test_a_rule_that_fails_is_told_and_the_others_hold(wrong, small_workspace):
    def fail(_):
        raise ZeroDivisionError

    whole = check_document(Basis.of(small_workspace), wrong, RULES)
    broken = [replace(RULES[0], find=fail), *RULES[1:]]
    found = check_document(Basis.of(small_workspace), wrong, broken)
    (told,) = set(found.losses) - set(whole.losses)
    assert RULES[0].code in told and "ZeroDivisionError" in told
    others = [each for each in whole.problems if each.rule != RULES[0].code]
    assert [*found.problems] == others and others


def test_a_report_that_was_checked_leaves_nothing_for_a_search_for_garbage(wrong, small_workspace):
    basis = Basis.of(small_workspace)
    check_document(basis, wrong, RULES)
    gc.collect()
    gc.disable()
    try:
        check_document(basis, wrong, RULES)
        assert gc.collect() < FEW
    finally:
        gc.enable()
