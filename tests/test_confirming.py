"""Rules that are assumed: what papers say of them, and how an office confirms them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
import yaml
from conftest import ROOT, assert_helps_the_reader, ita, write, write_scores
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.errors import (
    BadConfirmation,
    ChangedMeanwhile,
    FrameworkError,
    RulesConfirmed,
    RulesNotAssumed,
    YearWithoutFramework,
)
from ita_helpers.forms.writer import render_form
from ita_helpers.records.rules import Confirmation
from ita_helpers.reports.record import paper_facts
from ita_helpers.reports.report import Report
from ita_helpers.store.confirming import check_fact, confirm, read_assumed
from ita_helpers.store.loading import load_data
from ita_helpers.store.rules import has_own_rules, read_framework

RULES = "data/frameworks/2569.yml"
PROGRAMS = (ROOT / RULES).read_text(encoding="utf-8")
FACTS = ("--document", "คู่มือการประเมิน ITA", "--page", "12", "--date", "5 มกราคม 2569")
WRITTEN = {"document": "คู่มือการประเมิน ITA", "page": "12", "date": "2569-01-05"}
SOURCE = "คู่มือการประเมิน ITA ลงวันที่ 5 มกราคม 2569 หน้า 12"
TODAY = date(2026, 11, 28)


@pytest.fixture
def scored(small_workspace):
    """Give the office of the small workspace a result of 2569."""
    rows = [f"{code},{80 + code}.50,,ข้อมูลสมมติ," for code in range(1, 11)]
    write_scores(small_workspace, *rows, fiscal_year=2569)
    return small_workspace


def report_of(workspace):
    return Report(load_data(workspace, "ban-rai", 2569, "arabic"))


def own_rules(workspace):
    return (workspace.root / RULES).read_bytes().decode()


def test_a_confirmation_takes_the_banner_away_and_stands_as_the_source(scored):
    banner = paper_facts(report_of(scored).data).banners[-1]
    assert "ยังไม่ได้รับการยืนยัน" in banner
    assert "2568" in banner
    shown = ita("confirm-rules", 2569, *FACTS, root=scored.root)
    assert shown.exit_code == 0
    for fact in ("ร้อยละ 40", "26 ข้อ", "10. การป้องกันการทุจริต", "ไม่น้อยกว่า 95", "O25", SOURCE):
        assert fact in shown.output
    report = report_of(scored)
    assert not [each for each in paper_facts(report.data).banners if "ยืนยัน" in each]
    for table in (report.rules(), report.levels(), report.sources()):
        assert SOURCE in repr(table)
    assert "หน่วยงานกำหนดเอง" not in repr(report.rules())
    assert "ถือตาม" not in repr(report.rules()) + repr(report.levels())


def test_the_form_of_a_year_says_that_its_rules_are_assumed_until_they_are_confirmed(scored):
    assert ASSUMED in texts_of_form(scored)
    ita("confirm-rules", 2569, *FACTS, root=scored.root)
    assert ASSUMED not in texts_of_form(scored)


ASSUMED = "หลักเกณฑ์ของปีนี้ยังไม่ได้รับการยืนยัน ถือตามปีงบประมาณ พ.ศ. 2568"


def texts_of_form(workspace):
    form = io.BytesIO(render_form(workspace, 2569, None))
    sheet = openpyxl.load_workbook(form)["2569"]
    return [cell.value for row in sheet for cell in row]


def test_what_is_confirmed_goes_under_the_year_and_nothing_else_changes(scored):
    ita("confirm-rules", 2569, *FACTS, root=scored.root)
    block = yaml.safe_dump({"confirmed_by": WRITTEN}, allow_unicode=True, sort_keys=False)
    line = next(each for each in PROGRAMS.splitlines() if each.startswith("assumed_from"))
    assert own_rules(scored) == PROGRAMS.replace(f"{line}\n", f"{line}\n{block}")


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (("\n", "\r\n"), "\r\n"),
        (("fiscal_year:", "\ufefffiscal_year:"), "\ufeff"),
        (("assumed_because:", "confirmed_by:   # ใส่เมื่อมีคู่มือ\nassumed_because:"), "# ใส่เมื่อมีคู่มือ"),
        (("assumed_because:", "confirmed_by: null\nassumed_because:"), "confirmed_by:\n"),
        (("assumed_from: 2568 ", "'assumed_from': 2568 "), "'assumed_from': 2568 "),
    ],
)
def test_an_own_file_keeps_its_form_and_the_version_before(scored, found, wanted):
    text = PROGRAMS.split("\n", 1)[1] if "\ufeff" in wanted else PROGRAMS
    write(scored, RULES, text.replace(*found))
    before = own_rules(scored)
    done = ita("confirm-rules", 2569, *FACTS, root=scored.root)
    assert done.exit_code == 0, done.output
    after = own_rules(scored)
    assert wanted in after
    assert after.count("confirmed_by") == 1
    assert after.count("\n") == before.count("\n") + (3 if "confirmed_by" in before else 4)
    assert ("\r\n" in after) == ("\r\n" in before)
    backup = scored.root / "data/frameworks/backups/2569-1.yml"
    assert backup.read_bytes().decode() == before
    assert read_framework(scored, 2569).confirmed_by == Confirmation(**WRITTEN)
    assert not has_own_rules(scored, 2569)


def test_a_file_it_cannot_be_written_into_stays_as_it_is(scored):
    write(scored, RULES, yaml.safe_dump(yaml.safe_load(PROGRAMS), default_flow_style=True))
    before = own_rules(scored)
    done = ita("confirm-rules", 2569, *FACTS, root=scored.root)
    assert done.exit_code == 1
    assert RULES in done.output
    assert own_rules(scored) == before


def test_other_rules_are_still_the_offices_own_when_they_are_confirmed(scored):
    write(scored, RULES, PROGRAMS.replace("overall: 70", "overall: 60"))
    assert ita("confirm-rules", 2569, *FACTS, root=scored.root).exit_code == 0
    assert "หน่วยงานกำหนดเอง" in repr(report_of(scored).rules())


def test_words_of_questions_do_not_hinder_confirming(scored):
    write(scored, "data/questions/2569.csv", "code,text,source\ne5,คำถาม,เอกสาร\n")
    assert ita("confirm-rules", 2569, *FACTS, root=scored.root).exit_code == 0


def test_what_is_not_said_is_asked_until_it_can_be_used(scored):
    typed = "\nคู่มือ\n12\n2569-02-30\n๕ มกราคม ๒๕๖๙\n"
    done = ita("confirm-rules", 2569, root=scored.root, answers=typed)
    assert done.exit_code == 0
    assert read_framework(scored, 2569).confirmed_by == Confirmation(
        document="คู่มือ", page="12", date="2569-01-05"
    )
    assert "2569-02-30" in done.stderr


@pytest.mark.parametrize(
    ("key", "typed", "fact"),
    [
        ("document", " \t\n", "ว่าง"),
        ("page", "\x00\x1b", "ว่าง"),
        ("date", "", "ว่าง"),
        ("document", "ค\udce0\udcb8", "อ่านไม่ได้"),
        ("document", "ก" * 301, "300"),
        ("date", "เมื่อวาน", "เมื่อวาน"),
        ("date", "2569", "2569"),
        ("date", "31 กุมภาพันธ์ 2569", "31 กุมภาพันธ์"),
        ("date", "2026-01-05", "พ.ศ. 2569"),
        ("date", "5 มกราคม 2026", "พ.ศ. 2569"),
        ("date", "29 พฤศจิกายน 2569", "ยังไม่ถึง"),
    ],
)
def test_what_confirms_nothing_is_refused(key, typed, fact):
    with pytest.raises(BadConfirmation) as caught:
        check_fact(key, typed, TODAY)
    assert_helps_the_reader(caught.value, fact)
    assert str(caught.value) == str(caught.value).strip()


@given(st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_every_day_that_has_come_is_taken_and_no_other(day):
    written = f"{day.year + 543}-{day:%m-%d}"
    assert check_fact("date", written, day) == written
    with pytest.raises(BadConfirmation):
        check_fact("date", written, day - timedelta(days=1))


def test_a_bad_option_stops_before_anything_is_asked_or_written(scored):
    done = ita("confirm-rules", 2569, "--date", "2599-01-01", root=scored.root)
    assert done.exit_code == 1
    assert "2599-01-01" in done.output
    assert not (scored.root / RULES).exists()


def test_a_year_with_nothing_to_confirm_is_told(scored):
    with pytest.raises(RulesNotAssumed) as caught:
        read_assumed(scored, 2568)
    assert_helps_the_reader(caught.value, 2568, 2569)
    with pytest.raises(YearWithoutFramework):
        read_assumed(scored, 2571)
    ita("confirm-rules", 2569, *FACTS, root=scored.root)
    with pytest.raises(RulesConfirmed) as again:
        read_assumed(scored, 2569)
    assert_helps_the_reader(again.value, SOURCE, RULES)
    with pytest.raises(RulesNotAssumed) as caught:
        read_assumed(scored, 2568)
    assert_helps_the_reader(caught.value)


def test_only_what_was_shown_is_confirmed(scored):
    write(scored, RULES, PROGRAMS)
    shown = read_assumed(scored, 2569)
    write(scored, RULES, PROGRAMS.replace("overall: 70", "overall: 60"))
    with pytest.raises(ChangedMeanwhile):
        confirm(scored, shown, Confirmation(**WRITTEN))
    assert "confirmed_by" not in own_rules(scored)


@pytest.mark.parametrize("written", ["page: 12, date: 2569-01-05", "page: 12, date: '5 ม.ค. 2569'"])
def test_a_confirmation_written_by_hand_is_read_as_yaml_has_it(scored, written):
    write(scored, RULES, f"{PROGRAMS}confirmed_by: {{document: คู่มือการประเมิน ITA, {written}}}\n")
    assert SOURCE in repr(report_of(scored).levels())


@pytest.mark.parametrize("written", ["page: '', date: '2569-01-05'", "page: 1, date: '2569-13-05'"])
def test_a_confirmation_by_hand_that_confirms_nothing_is_refused(scored, written):
    write(scored, RULES, f"{PROGRAMS}confirmed_by: {{document: ก, {written}}}\n")
    with pytest.raises(FrameworkError) as caught:
        read_framework(scored, 2569)
    assert_helps_the_reader(caught.value, RULES, "confirmed_by.")


def test_papers_tell_why_rules_are_assumed_and_only_what_is_verified(scored):
    known = read_framework(scored, 2569).assumed_because
    (banner,) = (each for each in paper_facts(report_of(scored).data).banners if "2568" in each)
    assert {each.text in banner for each in known if each.confidence == "verified"} == {True}
    assert {each.text in banner for each in known if each.confidence != "verified"} == {False}
    said = ita("explain", "ban-rai", "--year", 2569, root=scored.root).output
    assert [each for each in known if each.text not in said or each.source not in said] == []


def test_check_names_the_command_once_for_each_year_nobody_confirmed(scored):
    for name in ("ban-rai", "ban-rao"):
        write(scored, f"params/2569/{name}.yml", f"organisation: {name}\nfiscal_year: 2569\n")
    scores = scored.root / "data/scores/2569.csv"
    scores.write_text(scores.read_text(encoding="utf-8") + "ban-rao,ITA,90,,s,\n", encoding="utf-8")
    assert ita("check", root=scored.root).output.count("ita confirm-rules 2569") == 1
    ita("confirm-rules", 2569, *FACTS, root=scored.root)
    assert "confirm-rules" not in ita("check", root=scored.root).output
