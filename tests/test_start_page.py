"""The start page: by its widgets in plain Python, and once by hand in a real JupyterLab."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import ipywidgets
import openpyxl
import pytest
from browsers import AXE, chromium, read, violations, with_browser
from conftest import ROOT, assert_helps_the_reader, ita, write
from pressing import add, as_uploaded, complaint, press, said, upload
from typed import SAMPLE_SCORES, fill, form, sample_entries, scores_of

from ita_helpers.documents.plan_heads import head_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.forms.writer import write_form
from ita_helpers.lab import (
    follow_up_step,
    issue_step,
    lesson_step,
    many_step,
    opening,
    report_step,
    start_page,
    steps,
)
from ita_helpers.lab.batch import start_batch
from ita_helpers.lab.report import links_to_report
from ita_helpers.lab.start_page import StartPage
from ita_helpers.lab.wording import OTHERWISE
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.screen import INTERRUPTED
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params import load_parameters

NAME = "องค์การบริหารส่วนตำบลบางแค"
INDICATORS = ",".join(f"ตัวชี้วัดที่ {number}" for number in range(1, 11))


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "IMPATIENCE", 0)
    monkeypatch.setattr(ipywidgets.Widget, "open", lambda _: None)  # there is no browser to tell
    return make_workspace(tmp_path / "งาน ITA")


@pytest.fixture
def page(own):
    return StartPage(own)


@pytest.fixture
def office(page):
    """Give the page of a workspace that has the sample's office, without scores."""
    add(page, NAME)
    return page


def known_of(plan):
    (output,) = plan.known.outputs
    return output["data"]["text/plain"]


def province_list(folder, *places, name="รายชื่อ.csv"):
    head = f"ชื่อหน่วยงาน,อำเภอ,จังหวัด,{INDICATORS},คะแนน ITA"
    rows = [f"อบต.{place},เมือง,ลำปาง,{'90.00,' * 10}90.00" for place in places]
    file = folder / name
    file.write_text("\n".join([head, *rows]), encoding="utf-8-sig")
    return file


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_file_hides_is_asked_about_by_a_box(page, tmp_path):
    book = openpyxl.Workbook()
    with province_list(tmp_path, "ก", "ข").open(encoding="utf-8-sig") as rows:
        for row in rows:
            book.active.append(row.strip().split(","))
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "ซ่อน.xlsx")
    upload(page, tmp_path / "ซ่อน.xlsx")
    assert page.scores.hidden.layout.display == ""
    assert "องค์การบริหารส่วนตำบลข" in said(page.scores) and "A3" in said(page.scores)
    assert len(page.scores.plan.newcomers) == 1
    page.scores.hidden.value = True
    assert len(page.scores.plan.newcomers) == 2
    press(page.scores, "save")
    assert len(read_organisations(page.office.workspace)) == 2


def test_a_new_workspace_offers_only_what_can_be_done(page):
    assert page.office.organisation == ""
    assert page.office.form.layout.display == ""
    assert page.office.year.value == 2568
    assert page.scores.save.disabled
    assert page.report.make.disabled
    assert label("start.report.no_office") in page.report.ready.value
    assert page.report.progress.layout.display == "none"


def test_an_office_is_added_and_chosen(page, own):
    add(page, "อบต.บางแค")
    assert page.office.organisation == "bang-khae"
    assert said(page.office) == say("start.office.added", name=NAME, code="bang-khae")
    assert page.office.form.layout.display == "none"
    assert page.office.name.value == page.office.district.value == ""
    assert (own.root / "params/2568/bang-khae.yml").exists()
    assert say("start.report.no_scores", year=2568) in page.report.ready.value
    assert page.report.make.disabled


def test_a_code_is_proposed_and_can_be_changed(page, own):
    page.office.name.value = "อบต.บางแค"
    press(page.office, "propose")
    assert page.office.code.value == "bang-khae"
    page.office.code.value = "bangkhae"
    press(page.office, "add")
    assert list(read_organisations(own)) == ["bangkhae"]


@pytest.mark.parametrize(
    ("name", "code", "fact"),
    [("", "", "ชื่อ"), ("อบต.อื่น", "บางแค", "บางแค"), (NAME, "", "bang-khae"), ("ก" * 500, "", 500)],
)
def test_an_office_that_cannot_be_added_is_told_in_one_message(office, own, name, code, fact):
    before = files(own.root)
    add(office, name, code=code)
    assert_one_message(complaint(office.office), fact)
    assert files(own.root) == before


def assert_one_message(message, *facts):
    assert_helps_the_reader(message, *facts)
    assert "--" not in message


def test_a_name_like_a_known_one_is_asked_about_and_added_at_the_second_press(office, own):
    add(office, "อบต.บางแคร")
    assert_one_message(complaint(office.office), NAME, "bang-khae")
    assert len(read_organisations(own)) == 1
    office.office.name.value = "อบต.บางแคก"
    press(office.office, "add")
    assert_one_message(complaint(office.office), "บางแคก")
    press(office.office, "add")
    assert [each.name for each in read_organisations(own).values()][1:] == [f"{NAME}ก"]


def test_the_second_click_of_a_double_click_does_nothing(office, own, monkeypatch):
    monkeypatch.setattr(steps, "IMPATIENCE", 5)
    fresh = StartPage(own)
    for _ in range(2):
        press(fresh.scores, "form")
    assert len(list(own.root.glob("*.xlsx"))) == 1


def test_the_form_is_linked_as_a_download_and_never_overwritten(office, own):
    for count in (1, 2):
        press(office.scores, "form")
        assert len(list(own.root.glob("แบบกรอกคะแนน*.xlsx"))) == count
    shown = office.scores.said.outputs[0]["data"]["text/html"]
    assert re.search(r'<a href="[^"]+xlsx" target="_blank" download>', shown)


def test_what_was_read_is_shown_and_saved_by_one_press(office, own):
    file = form(own, sample_entries())
    before = files(own.root)
    upload(office, file)
    assert "ค่าใหม่" in said(office.scores)
    assert file.name in said(office.scores)
    assert files(own.root) == before
    press(office.scores, "save")
    assert scores_of(own) == SAMPLE_SCORES
    assert office.scores.save.disabled
    assert "2568" in office.scores.known.value
    assert not office.report.make.disabled
    assert say("start.report.of", name=NAME, year=2568) in office.report.ready.value
    upload(office, file)
    assert label("start.scores.nothing") in said(office.scores)
    assert office.scores.save.disabled


def test_a_day_is_shown_in_thai_before_it_is_saved(office, own):
    upload(office, form(own, {**sample_entries(), "announced": "15 ส.ค. 68"}))
    assert "15 สิงหาคม 2568" in said(office.scores) and "2025" not in said(office.scores)


def test_what_contradicts_is_saved_only_when_the_box_is_ticked(office, own):
    upload(office, form(own, sample_entries()))
    press(office.scores, "save")
    assert office.scores.force.layout.display == "none"
    upload(office, form(own, {**sample_entries(), "1": 50.0}, name="ต่าง.xlsx"))
    assert "50.00" in said(office.scores)
    assert office.scores.force.layout.display == ""
    assert office.scores.save.disabled
    office.scores.force.value = True
    press(office.scores, "save")
    assert scores_of(own)["1"] == 50
    assert said(office.scores) == say("start.scores.saved", count=1)
    assert list(own.root.glob("data/scores/backups/*.csv"))
    assert not office.scores.force.value


def test_what_contradicts_in_a_list_leaves_the_others_to_be_saved(page, own, tmp_path):
    upload(page, province_list(tmp_path, "พิชัย"))
    press(page.scores, "save")
    longer = province_list(tmp_path, "พิชัย", "ทุ่งฝาย")
    longer.write_text(longer.read_text("utf-8-sig").replace("90", "91", 1), encoding="utf-8-sig")
    upload(page, longer)
    press(page.scores, "save")
    assert "พิชัย (2568)" in said(page.scores)
    assert page.scores.save.disabled
    page.scores.force.value = True
    press(page.scores, "save")
    assert said(page.scores) == say("start.scores.saved", count=1)


def test_the_offices_of_a_list_can_be_chosen_and_a_single_one_is(page, own, tmp_path):
    upload(page, province_list(tmp_path, "พิชัย"))
    press(page.scores, "save")
    assert page.office.organisation == "phichai"
    assert not page.report.make.disabled
    upload(page, province_list(tmp_path, "พิชัย", "ทุ่งฝาย", "ปงแสนทอง"))
    press(page.scores, "save")
    assert page.office.organisation == "phichai"
    assert len(page.office.list.options) == 4


def test_what_may_be_accepted_is_asked_about_by_a_box(page, own, tmp_path):
    upload(page, province_list(tmp_path, "ทุ่งแสนทอง"))
    press(page.scores, "save")
    page.office.list.value = ""
    accept = page.scores.accept
    assert accept.layout.display == "none"
    upload(page, province_list(tmp_path, "ทุ่งแสนทองก"))
    assert label("start.scores.accept") in complaint(page.scores)
    assert accept.layout.display == "" and page.scores.save.disabled
    accept.value = True
    assert "องค์การบริหารส่วนตำบลทุ่งแสนทองก" in said(page.scores)
    accept.value = False
    assert page.scores.save.disabled
    accept.value = True
    press(page.scores, "save")
    assert len(read_organisations(own)) == 2
    assert accept.layout.display == "none" and not accept.value


def test_a_level_that_the_scores_exclude_is_saved_only_when_accepted(office, own):
    upload(office, form(own, {**sample_entries(), "level": "ผ่านดีเยี่ยม", "ITA": 50.0}))
    assert_one_message(complaint(office.scores), label("start.scores.accept"), "ผ่านดีเยี่ยม")
    office.scores.accept.value = True
    press(office.scores, "save")
    assert scores_of(own)["ITA"] == 50


def test_a_preview_shows_every_value_however_many_there_are(page, tmp_path):
    places = [f"ทุ่ง{name}" for name in ("ฝาย", "แสน", "ยาว")]
    upload(page, province_list(tmp_path, *places))
    for place in places:
        assert f"องค์การบริหารส่วนตำบล{place}" in said(page.scores)
    assert said(page.scores).count("ตัวชี้วัดที่ 10 90.00") == 3


def test_the_page_names_its_folder_and_the_form_its_office_and_year(office, own):
    assert str(own.root) in office.box.children[0].value
    press(office.scores, "form")
    assert "แบบกรอกคะแนน อบต.บางแค (bang-khae) 2568.xlsx" in said(office.scores)


def test_a_year_of_assumed_rules_is_chosen_with_its_warning(office):
    assert office.office.rules.value == ""
    office.office.year.value = 2569
    assert 'role="note"' in office.office.rules.value and "2568" in office.office.rules.value


def test_a_file_that_cannot_be_used_is_told_in_one_message(office, own, tmp_path):
    good = form(own, sample_entries())
    broken = tmp_path / "เสีย.xlsx"
    broken.write_bytes(good.read_bytes()[:3000])
    nothing = province_list(tmp_path, name="ว่าง.csv")
    foreign = fill(write_form(own, 2568, None, tmp_path / "อื่น.xlsx"), sample_entries())
    fill(foreign, {"name": "องค์การบริหารส่วนตำบลป่าตึง"})
    older = fill(write_form(own, 2567, None, tmp_path / "2567.xlsx"), {"1": 90.0}, sheet="2567")
    fill(older, {"name": NAME}, sheet="2567")
    wrong = form(own, {"1": 900.0}, name="เกิน.xlsx")
    known = (
        (broken, ""),
        (nothing, ""),
        (foreign, NAME),
        (older, 2567),
        (wrong, "900"),
        (broken, ""),
    )
    for file, fact in known:
        upload(office, file)
        assert_one_message(complaint(office.scores), file.name, fact)
        assert office.scores.save.disabled
        assert office.scores.upload.value == ()
    upload(office, good)
    assert not office.scores.save.disabled


def test_a_list_with_a_misspelt_office_says_what_can_be_done_on_the_page(page, own, tmp_path):
    upload(page, province_list(tmp_path, "ทุ่งแสนทอง"))
    press(page.scores, "save")
    page.office.list.value = ""
    upload(page, province_list(tmp_path, "ทุ่งแสนทองก"))
    assert_one_message(complaint(page.scores), "ทุ่งแสนทองก", "ขั้นที่ 1")


@pytest.mark.parametrize("name", sorted(OTHERWISE))
def test_the_page_has_its_own_words_for_errors_that_name_options(name):
    assert "--" in label(f"messages.{name}")
    assert "--" not in label(f"start.otherwise.{name}")


def test_another_office_or_year_forgets_what_was_read_and_said(office, own):
    upload(office, form(own, sample_entries()))
    office.office.year.value = 2567
    assert office.scores.save.disabled
    assert office.scores.upload.value == ()
    assert said(office.scores) == ""
    assert say("start.report.no_scores", year=2567) in office.report.ready.value


def ready(office, own):
    upload(office, form(own, sample_entries()))
    press(office.scores, "save")


def edited_plan(path, change):
    """Write an office's plan as somebody saved it elsewhere, one cell of its first row changed."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    (head,) = [row for row in sheet.iter_rows() if head_of("measure") in {c.value for c in row}]
    for cell in head:
        for column, value in change.items():
            if cell.value == head_of(column):
                sheet.cell(cell.row + 1, cell.column).value = value
    book.save(path)
    return path


def test_indicators_that_a_plans_words_name_are_shown_and_filled_in_by_a_button(office, own):
    ready(office, own)
    shown = office.plan.fill.layout
    assert shown.display == "none"
    measures = "มาตรการ,จุดอ่อน\nเปิดเพจ,ประสิทธิภาพการสื่อสารต่ำ\nอบรม,ความรู้น้อย\n"
    path = own.root / "data/plans/2568/bang-khae.csv"
    write(own, "data/plans/2568/bang-khae.csv", measures)
    office.plan.reset()
    assert shown.display == ""
    assert "แถวที่ 2 เปิดเพจ: ตัวชี้วัดที่ 7" in known_of(office.plan)
    before = path.read_bytes()
    press(office.plan, "fill")
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].endswith(",7")
    (backup,) = path.parent.glob("backups/*")
    assert backup.read_bytes() == before
    assert backup.name in said(office.plan)
    assert shown.display == "none"
    assert label("start.plan.fillable") not in known_of(office.plan)


def test_a_plan_changed_since_it_was_shown_is_not_filled_in(office, own):
    ready(office, own)
    write(own, "data/plans/2568/bang-khae.csv", "มาตรการ,จุดอ่อน\nก,ประสิทธิภาพการสื่อสารต่ำ\n")
    office.plan.reset()
    changed = "มาตรการ,จุดอ่อน\nข,คุณภาพการดำเนินงานต่ำ\n"
    write(own, "data/plans/2568/bang-khae.csv", changed)
    press(office.plan, "fill")
    assert_one_message(complaint(office.plan), "bang-khae.csv")
    assert (own.root / "data/plans/2568/bang-khae.csv").read_text(encoding="utf-8") == changed


def test_a_plan_whose_words_name_no_indicator_says_so(office, own):
    ready(office, own)
    write(own, "data/plans/2568/bang-khae.csv", "มาตรการ,จุดอ่อน\nอบรม,ความรู้น้อย\n")
    office.plan.reset()
    assert label("start.plan.unnamed") in known_of(office.plan)
    assert office.plan.fill.layout.display == "none"


def upload_plan(page, file):
    page.plan.upload.value = (as_uploaded(file),)


def test_a_plan_is_drafted_and_taken_back_with_every_change_shown_first(office, own, tmp_path):
    assert office.plan.draft.disabled and office.plan.upload.disabled
    assert label("start.report.no_office") not in known_of(office.plan)
    ready(office, own)
    press(office.plan, "draft")
    plan = own.root / "data/plans/2568/bang-khae.xlsx"
    assert str(plan) in said(office.plan) and str(plan.parent) in known_of(office.plan)
    drafted = plan.read_bytes()
    copied = tmp_path / "แผนแก้แล้ว.xlsx"
    copied.write_bytes(drafted)
    upload_plan(office, copied)
    assert said(office.plan) == say("start.plan.same", file=copied.name)
    assert office.plan.save.disabled
    done = label("plan.done")
    upload_plan(office, edited_plan(copied, {"status": done, "measure": "อบรมผู้ให้บริการ"}))
    assert "+ อบรมผู้ให้บริการ" in said(office.plan)
    assert plan.read_bytes() == drafted
    press(office.plan, "save")
    assert plan.read_bytes() == copied.read_bytes()
    assert [each.read_bytes() for each in plan.parent.glob("backups/*")] == [drafted]
    upload_plan(office, edited_plan(copied, {"result": "ผู้เข้าอบรม 40 คน"}))
    assert "อบรมผู้ให้บริการ: ผลการดำเนินการ เดิม (ว่าง) ใหม่ ผู้เข้าอบรม 40 คน" in said(office.plan)
    plan.write_bytes(drafted)
    press(office.plan, "save")
    assert_one_message(complaint(office.plan), "bang-khae.xlsx")
    assert plan.read_bytes() == drafted
    upload_plan(office, form(own, {}))
    assert_one_message(complaint(office.plan), label("form.file")[:12])
    other = write(own, "แผน.csv", "มาตรการ,สถานะ\nจัดทำคู่มือ,\n")
    upload_plan(office, other)
    press(office.plan, "save")
    assert [each.name for each in plan.parent.iterdir() if each.is_file()] == ["bang-khae.csv"]


def test_a_follow_up_asks_for_a_day_alone(office, own, monkeypatch):
    rendered = []
    monkeypatch.setattr(
        follow_up_step, "run_render", lambda _, file: rendered.append(file) or outcome(0)()
    )
    monkeypatch.setattr(follow_up_step, "today_in_thailand", lambda: date(2026, 5, 2))
    ready(office, own)
    assert label("start.follow_up.no_plan") in office.follow_up.ready.value
    assert office.follow_up.make.disabled
    write(own, "data/plans/2568/bang-khae.csv", "มาตรการ,สถานะ\nจัดทำคู่มือ,\n")
    office.office.year.value = 2567
    office.office.year.value = 2568
    assert office.follow_up.day.value == "2 พฤษภาคม 2569"
    for day, file in (("2 พฤษภาคม 2569", "follow-up"), ("๓๑ มี.ค. ๖๙", "half-year")):
        office.follow_up.day.value = day
        press(office.follow_up, "make")
        assert rendered[-1] == own.params / f"2568/bang-khae-{file}.yml"
        assert office.follow_up.bar.bar_style == "success"
    assert load_parameters(rendered[-1], own).as_of == "2026-03-31"
    noted = rendered[-1].read_text("utf-8") + "# ของเรา\n"
    rendered[-1].write_text(noted, encoding="utf-8")
    office.follow_up.day.value = "30/3/2569"
    press(office.follow_up, "make")
    assert rendered[-1].read_text("utf-8") == noted.replace("03-31", "03-30")
    for wrong in ("วันนี้", "3 พฤษภาคม 2569", "30 กันยายน 2568", "31 กุมภาพันธ์ 2569"):
        office.follow_up.day.value = wrong
        assert wrong in office.follow_up.ready.value
        press(office.follow_up, "make")
        assert_one_message(complaint(office.follow_up), wrong, "2569")
    assert len(rendered) == 3


def test_the_public_edition_is_made_after_the_report_where_it_is_ticked(office, own, monkeypatch):
    made = []

    def render(_, params, edition=None):
        made.append(edition)
        suffix = "-public" if edition else ""
        write(own, f"rendered/2568/bang-khae{suffix}.pdf", "")
        return outcome(0, err=f"บอกของ {edition}")()

    monkeypatch.setattr(report_step, "make_anew", lambda where, params, _: render(where, params))
    monkeypatch.setattr(report_step, "run_render", render)
    ready(office, own)
    assert not office.report.public.value
    office.report.public.value = True
    press(office.report, "make")
    assert made == [None, "public"]
    assert all(each in said(office.report) for each in ("บอกของ None", "บอกของ public"))
    assert "bang-khae-public.pdf" in said(office.report)
    assert StartPage(own).report.public.value
    monkeypatch.setattr(report_step, "make_anew", outcome(1, err="ไม่สำเร็จ"))
    press(office.report, "make")
    assert len(made) == 2


def test_a_version_is_issued_as_the_command_issues_it(office, own, monkeypatch):
    ran = []

    def run(_, *words):
        ran.append(words)
        write(own, f"issued/2568/bang-khae/{len(ran)}/รายงาน.pdf", "")
        return outcome(0, out="ออกแล้ว: ฉบับที่ 1")()

    monkeypatch.setattr(issue_step, "run_ita", run)
    assert office.issue.make.disabled
    ready(office, own)
    assert office.issue.which.label == label("handing_out.kinds.analysis")
    press(office.issue, "make")
    write(own, "params/2568/bang-khae-follow-up.yml", "")
    office.issue.opener.value = True
    office.issue.which.value = "-follow-up"
    office.issue.day.value = " 5 มกราคม 2569 "
    press(office.issue, "make")
    file = str(own.params / "2568/bang-khae-follow-up.yml")
    asked = ("issue", "bang-khae", "--year", "2568")
    assert ran == [asked, ("issue", file, "--date", "5 มกราคม 2569")]
    assert "ออกแล้ว" in said(office.issue)


def test_evidence_keeps_addresses_and_says_what_is_lacking(office, own):
    assert office.evidence.make.disabled
    ready(office, own)
    first, second = office.evidence.fields.children
    assert "O25" in first.description and "O26" in second.description
    first.value = "www.example.org"
    press(office.evidence, "make")
    assert_one_message(complaint(office.evidence), "O25", "https://")
    first.value = " https://www.example.org/o25 "
    press(office.evidence, "make")
    assert_one_message(complaint(office.evidence), "rendered/2568/bang-khae.pdf", "ขั้นที่ 3")
    table = own.yearly("evidence", 2568)
    assert "bang-khae,o25,https://www.example.org/o25" in table.read_text("utf-8-sig")
    office.office.year.value = 2567
    assert office.evidence.make.disabled and office.evidence.fields.children == ()
    office.office.year.value = 2568
    assert office.evidence.fields.children[0].value == "https://www.example.org/o25"
    write(own, "data/evidence/2568.csv", "organisation,item,address\nbang-khae,o25,ftp://a\n")
    office.evidence.reset()
    assert_one_message(complaint(office.evidence), "data/evidence/2568.csv", "แถวที่ 2")


@pytest.mark.parametrize("preset", ["standard", "memo-and-tracking"])
def test_a_memo_is_chosen_by_a_box_and_the_rest_of_the_file_stays(office, own, monkeypatch, preset):
    monkeypatch.setattr(report_step, "make_anew", outcome(0))
    ready(office, own)
    file = own.params / "2568/bang-khae.yml"
    text = file.read_text("utf-8") + f"# ของเรา\npreset: {preset}  # แบบ\nnumerals: arabic\n"
    file.write_text(text, encoding="utf-8")
    fresh = StartPage(own)
    before = load_parameters(file, own)
    has = fresh.report.memo.value
    assert has == ("memo" in before.layout.parts)
    for wanted in (not has, has):
        fresh.report.memo.value = wanted
        press(fresh.report, "make")
        parts = load_parameters(file, own).layout.parts
        assert ("memo" in parts) == wanted
        assert set(parts) - {"memo"} == set(before.layout.parts) - {"memo"}
        assert StartPage(own).report.memo.value == wanted
    assert file.read_text("utf-8") == text


def test_a_check_says_what_the_command_says(office, own):
    ready(office, own)
    press(office.report, "check")
    assert said(office.report).startswith(say("start.report.checked", count=0, drafts=17)[:20])
    write(own, "data/plans/2568/bang-khae.csv", "มาตรการ,สถานะ\nจัดทำคู่มือ,\n")
    press(office.report, "check")
    lines = ita("check", "bang-khae", "--year", "2568", root=own.root).output.splitlines()[:-1]
    assert lines
    for line in lines:
        assert line in said(office.report)


@pytest.mark.processes
def test_a_batch_tells_how_far_it_is_and_what_failed(page, own, tmp_path):
    upload(page, province_list(tmp_path, "พิชัย", "ทุ่งฝาย"))
    press(page.scores, "save")
    names = [name for name, _ in page.many.which.options]
    assert [name.split(" (")[-1] for name in names] == ["2 แห่ง)"] * 3
    assert "จังหวัดลำปาง" in names[-1]
    for code in ("phichai", "thung-fai"):
        write(own, f"params/2568/{code}.yml", "organisation: none\nfiscal_year: 2568\n")
    press(page.many, "make")
    assert page.many.make.disabled
    page.many.thread.join(60)
    assert page.many.step.value == say("start.many.count", done=2, total=2)
    assert "phichai.yml" in said(page.many) and "thung-fai.yml" in said(page.many)
    assert "failures.csv" in said(page.many)
    assert 'role="alert"' in page.many.said.outputs[0]["data"]["text/html"]
    assert not page.many.make.disabled
    page.many.which.value = page.many.which.options[-1][1]
    press(page.many, "compare")
    page.many.thread.join(60)
    asked = (own.params / "2568/lampang-comparison.yml").read_text(encoding="utf-8")
    assert 'province: "ลำปาง"' in asked and "2 แห่ง" in said(page.many)
    assert not page.many.compare.disabled


@pytest.mark.processes
@pytest.mark.skipif(os.name == "nt", reason="a process is ended there, not asked")
def test_a_batch_is_stopped_also_from_a_kernel_which_ignores_interrupts(own):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        running = start_batch(own, [own.params / f"2568/{n}.yml" for n in range(3000)])
    finally:
        signal.signal(signal.SIGINT, before)
    counts = []

    def tell(told):
        counts.append(int(told.partition("/")[0]))
        if len(counts) == 1:
            running.stop()

    assert running.follow(tell) == INTERRUPTED
    assert counts[-1] < 3000
    assert label("cli.render.interrupted") in running.told


def test_lists_and_lesson_are_made_as_the_commands_make_them(office, own, monkeypatch):
    ran = []
    for step in (many_step, lesson_step):
        monkeypatch.setattr(step, "run_ita", lambda _, *words: ran.append(words) or outcome(0)())
    assert "ตัวอย่าง" in office.lesson.ready.value
    press(office.lesson, "make")
    ready(office, own)
    for file in ("index.html", "index.xlsx", "teaching.html", "teaching/worksheet.pdf"):
        write(own, f"rendered/{file}", "")
    press(office.lesson, "make")
    press(office.many, "index")
    assert ran == [("teach",), ("teach", "bang-khae", "--year", "2568"), ("index",)]
    shown = office.lesson.said.outputs[0]["data"]["text/html"]
    assert shown.count("<a ") == 2
    assert "index.xlsx" in said(office.many)


def test_later_steps_are_opened_by_their_headings(page):
    later = (page.plan, page.follow_up, page.issue, page.evidence, page.many, page.lesson)
    for step in later:
        opener, body = step.box.children
        assert body.layout.display == "none" and step.label() in opener.description
        opener.value = True
        assert body.layout.display == ""


def outcome(status, out="", err=""):
    return lambda *_: subprocess.CompletedProcess([], status, out, err)


def test_a_report_that_fails_shows_the_reason_and_no_links(office, own, monkeypatch):
    ready(office, own)
    monkeypatch.setattr(report_step, "make_anew", outcome(1, "สำเร็จ 0", "เนื้อที่ดิสก์เต็ม"))
    write(own, "rendered/2568/bang-khae.html", "ฉบับก่อน")
    press(office.report, "make")
    assert complaint(office.report) == "เนื้อที่ดิสก์เต็ม"
    assert "<a" not in office.report.said.outputs[0]["data"]["text/html"]
    assert office.report.bar.bar_style == "danger"
    assert office.report.step.value == label("start.report.stopped")
    monkeypatch.setattr(report_step, "make_anew", outcome(0, "สำเร็จ 1", "โปรดทบทวน"))
    press(office.report, "make")
    assert office.report.bar.bar_style == "success"
    assert "bang-khae.html" in said(office.report)
    assert "โปรดทบทวน" in said(office.report)
    assert not office.report.make.disabled


def test_code_from_elsewhere_is_asked_about_until_the_button_is_pressed(own, monkeypatch, tmp_path):
    monkeypatch.delenv("ITA_TRUST")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    write(own, "notebooks/edited/2568/random.py", "")
    report = StartPage(own).report
    assert report.trust.layout.display == report.foreign.layout.display == ""
    assert "notebooks/edited/2568/random.py" in report.foreign.value
    press(report, "trust")
    assert report.trust.layout.display == report.foreign.layout.display == "none"
    assert label("start.report.trusted") in said(report)
    assert StartPage(own).report.trust.layout.display == "none"


def test_what_nobody_foresaw_and_what_is_printed_is_shown(office, own, monkeypatch):
    ready(office, own)

    def fail(*_):
        print("กำลังเขียน")
        raise RuntimeError("สายหลุด")

    monkeypatch.setattr(report_step, "make_anew", fail)
    press(office.report, "make")
    assert "สายหลุด" in said(office.report)
    assert "กำลังเขียน" in said(office.report)
    assert "<details>" in office.report.said.outputs[0]["data"]["text/html"]
    assert office.report.bar.bar_style == "danger"
    assert not office.report.make.disabled


def test_a_report_made_before_is_shown_with_its_office(office, own):
    ready(office, own)
    for ending in ("html", "pdf", "docx"):
        write(own, f"rendered/2568/bang-khae.{ending}", "")
    fresh = StartPage(own)
    assert label("start.report.earlier") in said(fresh.report)
    links = str(links_to_report(own, Path("2568/bang-khae")))
    assert links.count("<a ") == links.count(" download") == 3
    assert links.count("onclick") == 2
    fresh.office.year.value = 2567
    assert said(fresh.report) == ""


def test_the_office_chosen_shows_how_its_report_stands_and_what_it_lacks(office, own):
    assert not office.report.standing.value
    ready(office, own)
    fresh = StartPage(own)
    assert "สถานะ: ร่าง · ไม่มีแผนมาตรการ" in fresh.report.standing.value
    assert "ยังไม่ได้จัดทำรายงาน" in fresh.report.standing.value
    fresh.office.year.value = 2567
    assert not fresh.report.standing.value


def test_a_table_that_is_damaged_is_told_where_an_office_is_chosen(office, own):
    write(own, "data/scores/2568.csv", "organisation,score\nbang-khae,1\n")
    office.office.year.value = 2567
    assert_one_message(complaint(office.office), "2568.csv")
    write(own, "data/organisations.csv", "organisation\n")
    with pytest.raises(Exception, match="organisations"):
        StartPage(own)


def test_a_page_that_cannot_be_shown_says_why(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(start_page, "display", shown.append)
    monkeypatch.setenv("ITA_ROOT", str(tmp_path))
    start_page.show()
    assert "organisations.csv" in shown[0].value


@pytest.fixture
def opened(monkeypatch):
    """Keep JupyterLab from being opened, and give what would have been."""
    calls = []

    def run(command, env, check):
        calls.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(opening.subprocess, "run", run)
    return calls


def test_ita_start_makes_a_workspace_and_opens_the_page(tmp_path, opened):
    folder = tmp_path / "งาน ITA"
    done = ita("start", folder)
    assert done.exit_code == 0, done.output
    (command, environment) = opened[0]
    assert f"--ServerApp.root_dir={folder}" in command
    assert "--LabApp.default_url=/lab/tree/notebooks/start.ipynb" in command
    assert environment["ITA_ROOT"] == str(folder)
    page = (folder / "notebooks/start.ipynb").read_bytes()
    assert page == (ROOT / "notebooks/start.ipynb").read_bytes()


def test_ita_start_renews_its_page_and_nothing_else(tmp_path, opened):
    folder = tmp_path / "งาน ITA"
    ita("start", folder)
    workspace = Workspace(folder)
    older = write(workspace, "notebooks/start.ipynb", "{}")
    for name in ("notebooks/ของเรา.ipynb", "notebooks/edited/2568/bang-khae.ipynb"):
        write(workspace, name, "{}")
    kept = {path: content for path, content in files(folder).items() if path != older}
    assert ita("start", folder).exit_code == 0
    assert older.read_bytes() == (ROOT / "notebooks/start.ipynb").read_bytes()
    assert files(folder) == {**kept, older: older.read_bytes()}


def test_ita_start_says_in_one_message_where_it_cannot_write(tmp_path, opened):
    (tmp_path / "แฟ้ม").write_text("")
    done = ita("start", tmp_path / "แฟ้ม" / "ITA")
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), "แฟ้ม")
    folder = make_workspace(tmp_path / "งาน").root
    shutil.rmtree(folder / "notebooks")
    (folder / "notebooks").write_text("")
    done = ita("start", folder)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), "notebooks")
    assert opened == []


@contextmanager
def started(folder, tmp_path):
    """Run ``ita start`` as it is, with a browser that opens nothing; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"ServerApp": {"port": port, "allow_root": True}, "IdentityProvider": {"token": "t"}}
    config = tmp_path / "config"
    config.mkdir()
    (config / "jupyter_server_config.json").write_text(json.dumps(settings))
    process = subprocess.Popen(
        [sys.executable, "-m", "ita_helpers", "start", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(config), "BROWSER": "true"},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                read(f"{address}/api/status?token=t")
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        stop_server(config, process)


def stop_server(config, process):
    """End JupyterLab, which ``ita start`` waits for."""
    import psutil

    for child in psutil.Process(process.pid).children():
        child.terminate()
    process.wait(20)


@with_browser
def test_an_analyst_goes_from_an_empty_folder_to_a_report_by_buttons(tmp_path):
    folder = tmp_path / "งาน ITA"
    with started(folder, tmp_path) as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/?token=t")
        page.wait_for_url("**/lab/tree/notebooks/start.ipynb")
        make_report(page, folder, tmp_path)


def make_report(page, folder, tmp_path):
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
    press_shown(page, "เปิดหน้าเริ่มต้น")
    page.get_by_label("ชื่อเต็ม").fill(NAME)
    page.get_by_label("อำเภอ/เขต").fill("อัมพวา")
    page.get_by_label("จังหวัด").fill("สมุทรสงคราม")
    page.get_by_role("button", name="เพิ่มหน่วยงาน").dblclick()
    message(page, "status").get_by_text("(รหัส bang-khae)").wait_for()
    press_shown(page, "สร้างแบบกรอกคะแนน")
    with page.expect_download() as download:
        page.locator(".jp-OutputArea a", has_text="xlsx").click()
    file = tmp_path / "กรอกแล้ว.xlsx"
    download.value.save_as(file)
    with page.expect_file_chooser() as chooser:
        press_shown(page, "เลือกแฟ้มคะแนน")
    chooser.value.set_files(fill(file, sample_entries()))
    message(page, "alert").get_by_text("คะแนนภาพรวม 92.86").wait_for()
    save = page.get_by_role("button", name="บันทึกคะแนน").bounding_box()
    assert save["y"] + save["height"] < 740, "above the status bar of a window of 768 px"
    press_shown(page, "บันทึกคะแนน")
    message(page, "status").get_by_text("บันทึกแล้ว").wait_for()
    press_shown(page, "สร้างรายงาน")
    with page.expect_popup() as popup:
        page.locator(".jp-OutputArea a", has_text="2568 รายงานผลการประเมิน.html").click()
    report = popup.value
    report.locator("h1").wait_for()
    assert "/files/rendered/" in report.url
    text = report.locator("body").inner_text()
    assert NAME in text
    assert "๙๒.๘๖" in text
    report.close()
    for ending in ("pdf", "docx"):
        assert (folder / f"rendered/2568/bang-khae.{ending}").stat().st_size > 10_000
    press_shown(page, "แผนมาตรการ")
    press_shown(page, "ร่างแผนเป็นแฟ้ม Excel")
    with page.expect_download() as download:
        page.locator(".jp-OutputArea a", has_text="bang-khae.xlsx").first.click()
    download.value.save_as(tmp_path / "แผน.xlsx")
    assert openpyxl.load_workbook(tmp_path / "แผน.xlsx").active.max_row > 3
    fill_in_indicators(page, tmp_path)
    press_shown(page, "ติดตามผลการดำเนินการ")
    page.get_by_label("ข้อมูล ณ วันที่").fill("31 มีนาคม 2569")
    press_shown(page, "สร้างรายงานติดตามผล")
    page.locator(".jp-OutputArea a", has_text="รายงานผลการดำเนินการหกเดือน.pdf").wait_for()
    page.evaluate(AXE)
    assert violations(page, ".jp-OutputArea") == []
    page.locator(".jp-OutputArea a", has_text="สมุดงาน").click()
    page.wait_for_url("**/lab/tree/notebooks/edited/2568/bang-khae.ipynb")
    assert (folder / "notebooks/edited/2568/bang-khae.ipynb").exists()


def fill_in_indicators(page, tmp_path):
    """Bring a plan that names no indicators, and fill in those that its words name, on a phone."""
    bare = tmp_path / "แผนของเรา.csv"
    bare.write_text("มาตรการ,จุดอ่อน\nเปิดเพจ,ประสิทธิภาพการสื่อสารต่ำ\n", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        press_shown(page, "เลือกแฟ้มแผนที่แก้แล้ว")
    chooser.value.set_files(bare)
    press_shown(page, "บันทึกแผน")
    button = page.get_by_role("button", name="เติมตัวชี้วัดในแผน")
    button.wait_for()
    page.locator(".jp-SideBar [data-id=filebrowser]").click()
    page.set_viewport_size({"width": 360, "height": 740})
    right = "getBoundingClientRect().right"
    fits = f"e => e.{right} <= e.closest('.jp-OutputArea').{right}"
    page.wait_for_function(fits, arg=button.element_handle())
    page.evaluate(AXE)
    assert violations(page, ".jp-OutputArea") == []
    button.click()
    page.set_viewport_size({"width": 1366, "height": 768})
    message(page, "status").get_by_text("เติมตัวชี้วัดแล้ว 1 มาตรการ").wait_for()


def press_shown(page, name):
    page.get_by_role("button", name=name).click()


def message(page, role):
    return page.locator(f".jp-OutputArea [role={role}]")
