"""What a paper claims: nothing but what was read, and nothing an office could not sign."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import lxml.html
import pytest
from conftest import ita, write_scores

from ita_helpers.files.workspace import find_workspace
from ita_helpers.publish.pieces import attachment_of
from ita_helpers.records.layout import ANALYSES, PRESETS, choose_layout
from ita_helpers.records.scores import Score, Suggestion
from ita_helpers.reports.record import paper_facts, result_facts
from ita_helpers.reports.report import Report
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.store.loading import load_data
from ita_helpers.words.explain import explain
from ita_helpers.words.rules import trail_of
from ita_helpers.words.slots import draft, slots_of
from ita_helpers.words.summary import describe_result

SAMPLES = (
    ("pa-tueng", 2562),
    ("made-up-example", 2564),
    ("nong-saeng", 2565),
    ("made-up-example", 2566),
    ("ipst", 2567),
    ("sao", 2568),
    ("bang-khae", 2568),
    ("bang-krabue", 2568),
    ("chai-so", 2568),
    ("made-up-example", 2568),
)
CALLS = (
    "headline components_at_once to_do to_keep bottom_line foreword background principles "
    "purpose composition rules levels overall "
    "overall_history components component_history indicator_scores points_lost next_level "
    "score_list overview lowest_items last_measures coverage coverage_table measures "
    "all_scores unplaced_items comparisons method sources notes memo"
).split()
UNSIGNABLE = re.compile(
    "github|Bangkok Post|The Nation|mgronline|แฟ้มสาธารณะ|โปรแกรมคำนวณ|anyflip"
    "|sme.go.th|แหล่งข้อมูลขัดกัน|ข่าวผลการประเมิน"
)
REMINDERS = re.compile("โปรดตรวจสอบ|ไม่พบข้อความ|สมุดงาน|ita-helpers|รุ่น [0-9๐-๙]")


@cache
def loaded(organisation, year, numerals="arabic"):
    return load_data(find_workspace(), organisation, year, numerals)


def words_of(data):
    report = Report(data)
    said = [repr(getattr(report, call)()) for call in CALLS]
    said += [repr(report.items(f"{number:02}")) for number in range(1, 11)]
    return "\n".join([*said, *(line for slot in slots_of(data) for line in draft(data, slot))])


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_no_paper_has_an_authority_nobody_can_sign_for_or_a_word_to_its_writer(organisation, year):
    data = loaded(organisation, year)
    own = {each.source for past in data.history.years for each in past.scores.scores.values()}
    own.add(data.assessment.scores.result.source if data.assessment.scores.result else "")
    words = words_of(data)
    for source in sorted(own, key=len, reverse=True):
        words = words.replace(source, "") if source else words
    assert not UNSIGNABLE.search(words)
    assert not REMINDERS.search(words)
    assert all(each["source"] not in words for each in trail_of(data.framework))


def test_the_appendix_says_once_what_the_rules_rest_on():
    assert words_of(loaded("bang-khae", 2568)).count("ยังมิได้ตรวจเทียบกับคู่มือ") == 1


def test_the_whole_trail_stands_in_the_explanation_and_in_the_attached_scores():
    data = loaded("bang-khae", 2568)
    told = explain(data.organisation, data.assessment)
    attached = attachment_of(paper_facts(data), result_facts(data).as_scrap())
    assert trail_of(data.framework) == json.loads(attached)["rules"]
    for each in trail_of(data.framework):
        assert each["source"] in told
    early = loaded("nong-saeng", 2565)
    caveats = {each.caveat for each in early.framework.levels.list if each.caveat}
    told = explain(early.organisation, early.assessment)
    assert caveats and all(caveat in told for caveat in caveats)


def test_numbers_under_which_a_source_is_looked_up_keep_their_digits():
    shown = Report(loaded("sao", 2568, "thai")).sources()._repr_html_()
    assert "9680000079675" in shown


ANNOUNCEMENT = re.compile("ตามที่ประกาศ|(?<!มิใช่)ผลที่ประกาศ|ระดับที่ประกาศ")


@pytest.mark.parametrize("organisation", ["bang-khae", "bang-krabue", "chai-so"])
def test_no_announcement_is_named_where_only_the_offices_paper_was_read(organisation):
    words = words_of(loaded(organisation, 2568))
    assert not ANNOUNCEMENT.search(words)
    assert "คะแนนที่คำนวณได้ตรงกับเอกสารของหน่วยงาน" in words


def test_what_others_made_known_is_neither_an_announcement_nor_the_offices_paper():
    words = words_of(loaded("sao", 2568))
    assert not ANNOUNCEMENT.search(words)
    assert "เอกสารของหน่วยงาน" not in words
    assert "อยู่ในระดับ “ผ่าน” ตามข้อมูลที่เผยแพร่ต่อสาธารณะ" in words


@pytest.mark.parametrize(
    ("overall", "level", "announced", "told"),
    [
        ("", "", None, ("announced", "announced")),
        ("printed", "", None, ("printed", "printed")),
        ("printed", "", date(2025, 8, 1), ("printed", "announced")),
        ("printed", "announced", None, ("printed", "announced")),
        ("", "reported", None, ("announced", "reported")),
        ("reported", "", None, ("reported", "reported")),
        ("reported", "printed", date(2025, 8, 1), ("reported", "printed")),
        (None, "", None, ("announced", "announced")),
        (None, "printed", None, ("announced", "printed")),
    ],
)
def test_a_level_is_known_as_its_row_says_else_by_its_day_else_as_the_score(
    overall, level, announced, told
):
    scores = loaded("bang-khae", 2568).assessment.scores
    result = replace(scores.result, status=level, announced=announced)
    given = {} if overall is None else {"ITA": replace(scores.scores["ITA"], status=overall)}
    year = replace(scores, result=result, scores=given)
    assert (year.overall_told, year.level_told) == told


@pytest.mark.parametrize("standing", ["bang-khae", "bang-krabue", "made-up-example"])
def test_the_source_of_a_level_is_said_once_in_the_result(standing):
    data = loaded(standing, 2568)
    lines = list(describe_result(data))
    (said,) = [line for line in lines if "และอยู่ในระดับ “" in line]
    assert said.count("ตามเอกสาร") + said.count("ตามที่ประกาศ") == 1
    assert not any("รายงานฉบับนี้ใช้ระดับผลการประเมิน" in line for line in lines)


def without_plan(data):
    return replace(data, plan=None, last_plan=None)


def test_a_report_without_measures_promises_none():
    words = words_of(without_plan(loaded("bang-khae", 2568)))
    assert "กำหนดมาตรการ" in words_of(loaded("bang-khae", 2568))
    assert not re.search("กำหนดมาตรการสำหรับ|มาตรการที่จัดทำจากผลการประเมิน|วิเคราะห์ข้างต้น", words)


@pytest.mark.parametrize("preset", PRESETS)
def test_measures_follow_from_an_analysis_only_where_one_stands_before_them(preset):
    data = loaded("made-up-example", 2568)
    bare = tuple(part for part in choose_layout(preset).parts if part not in ANALYSES)
    lead = "จากผลการวิเคราะห์ข้างต้น"
    for parts, has in ((choose_layout(preset).parts, True), (bare, False)):
        given = replace(data, layout=replace(choose_layout(preset), parts=parts))
        assert (lead in repr(Report(given).measures_lead())) is has
    forgetful = replace(loaded("bang-khae", 2568), layout=choose_layout(preset))
    assert lead not in repr(Report(forgetful).measures_lead())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_report_lists_the_elements_that_its_measures_show_and_no_other(preset):
    data = replace(loaded("made-up-example", 2568), layout=choose_layout(preset))
    told, *_ = re.findall(r"ประกอบด้วยข้อมูล (\d) ประการ", repr(Report(data).composition()))
    shown = {"tracking": 3, "with-follow-up": 4}.get(data.layout.plan_layout, 5)
    assert int(told) == shown
    lead = repr(Report(data).measures_lead())
    assert ("O25" in lead) is (shown == 5)


def test_a_comparison_with_years_before_is_promised_where_there_are_some():
    assert "กับผลของปีก่อน" in repr(Report(loaded("made-up-example", 2568)).purpose())
    assert "กับผลของปีก่อน" not in repr(Report(loaded("bang-khae", 2568)).purpose())


@pytest.mark.parametrize(("year", "said"), [(2568, True), (2565, False)])
def test_a_target_that_the_rules_do_not_set_is_said_to_be_the_reports_own(year, said):
    data = loaded("made-up-example" if year == 2568 else "nong-saeng", year)
    notes = " ".join(Report(data).indicator_scores().notes)
    assert "ใช้ค่าเดียวกันกับ" in notes
    assert ("คะแนนภาพรวมและคะแนนรายเครื่องมือ รายงานฉบับนี้" in notes) is said
    assert (data.framework.target.every_component is not None) is said


def test_guidance_to_keep_a_level_stands_beside_no_missing_points():
    for organisation, year in SAMPLES:
        data = loaded(organisation, year)
        for indicator in data.assessment.scored_indicators:
            words = " ".join(draft(data, f"{int(indicator.code):02}"))
            is_full = data.assessment.value(indicator.code) == 100
            assert ("เพื่อรักษาระดับ" in words) <= is_full, words


def test_finished_papers_have_no_word_to_their_writer_and_no_source_to_be_ashamed_of(
    rendered, presets
):
    pages = {*rendered.glob("*/*.html"), *(each.with_suffix(".html") for each in presets.values())}
    assert len(pages) > 15
    for page in pages:
        root = lxml.html.parse(page).getroot()
        for each in root.xpath("//script|//style|//table[contains(., 'แหล่งที่มา')]"):
            each.drop_tree()
        words = " ".join(root.text_content().split())
        assert not UNSIGNABLE.search(words), (page, UNSIGNABLE.search(words))
        assert not REMINDERS.search(words), (page, REMINDERS.search(words))


@pytest.mark.parametrize(("organisation", "year"), SAMPLES)
def test_all_items_are_claimed_only_of_a_list_that_was_read_whole(organisation, year):
    data = loaded(organisation, year)
    for slot in slots_of(data):
        if slot.isdigit() and (said := re.search("ทั้ง [0-9]+ ข้อ", " ".join(draft(data, slot)))):
            instrument = data.framework.indicator(str(int(slot))).instrument
            assert data.framework.knows_items_of(instrument), said.group()


@pytest.mark.parametrize(
    ("code", "slot", "name"),
    [
        ("7", "07", "ตัวชี้วัดที่ 7"),
        ("10.1", "10", "ตัวชี้วัดย่อยที่ 10.1"),
        ("EIT", "eit", " EIT"),
        ("EIT2", "eit", " EIT ส่วนที่ 2"),
        ("ITA", "summary", "คะแนนภาพรวม"),
    ],
)
@pytest.mark.parametrize("text", ["ควรเผยแพร่ผลการใช้งบประมาณ", ""])
def test_a_suggestion_for_more_than_an_item_is_passed_on_where_it_belongs(code, slot, name, text):
    data = loaded("made-up-example", 2568)
    scores = replace(data.assessment.scores, suggestions=(Suggestion(code, text, "s"),))
    data = replace(data, assessment=replace(data.assessment, scores=scores))
    said = {each: " ".join(draft(data, each)) for each in slots_of(data)}
    sentence = f"สำหรับ{name} คือ {text}" if text else f"ข้อเสนอแนะจากผลการประเมินระบุ{name}"
    assert [each for each in said if sentence in said[each]] == [slot]


def test_the_lowest_indicators_table_shows_an_item_whose_score_is_in_conflict():
    data = loaded("made-up-example", 2568)
    (lowest,) = find_lowest(data.assessment).indicators
    item = data.framework.items_of(lowest.code)[0]
    given = data.assessment.scores.scores
    scores = replace(
        data.assessment.scores,
        scores={code: score for code, score in given.items() if code != item.code},
        conflicting=(Score(item.code, Decimal("12.34"), "conflicting", "s", ""),),
    )
    assessment, book = assess(data.framework, scores), choose_layout("book")
    shown = Report(replace(data, assessment=assessment, layout=book)).lowest_items()
    row = next(row for row in shown.body if row[0].text.startswith(item.code.upper()))
    assert "12.34 (ขัดกับตัวชี้วัด" in row[1].text


CONFIRMED = ("--document", "คู่มือ", "--page", "12", "--date", "5 มกราคม 2569")


def test_papers_claim_nothing_of_rules_that_nobody_confirmed(small_workspace):
    for year in (2568, 2569):
        rows = [f"{code},{year - 2490 + code},,s," for code in range(1, 11)]
        write_scores(small_workspace, *rows, fiscal_year=year)
    words = words_of(load_data(small_workspace, "ban-rai", 2569, "arabic"))
    assert not re.search("พ.ศ. 2569 กำหนด|บางส่วนเปลี่ยน|26 ข้อ|หลักเกณฑ์ปีงบประมาณ พ.ศ. 2569", words)
    assert "เครื่องมือ ตัวชี้วัด และน้ำหนัก ปีงบประมาณ พ.ศ. 2568" in words
    assert words.count("* หลักเกณฑ์ของปีงบประมาณ พ.ศ. 2569 ยังไม่ได้รับการยืนยัน") == 2
    ita("confirm-rules", 2569, *CONFIRMED, root=small_workspace.root)
    words = words_of(load_data(small_workspace, "ban-rai", 2569, "arabic"))
    assert not re.search("ยังไม่ได้รับการยืนยัน|ถือตาม", words)
    assert "พ.ศ. 2569 กำหนด" in words
    assert "ทั้งนี้ หลักเกณฑ์บางส่วนเปลี่ยนไปจากปีก่อน" in words


def test_where_all_share_a_score_none_is_called_lowest(small_workspace):
    write_scores(small_workspace, *(f"{code},100,,s," for code in range(1, 11)))
    report = Report(load_data(small_workspace, "ban-rai", 2568, "arabic"))
    memo = repr(report.memo())
    assert memo.count("ทุกตัวชี้วัดได้ 100.00 คะแนนเท่ากัน") == 3
    for words in (memo, repr(report.bottom_line()), report.indicators_chart().caption):
        assert "ต่ำที่สุด" not in words
    assert "ทุกตัวชี้วัดได้ 100.00 คะแนนเท่ากัน" in repr(report.bottom_line())


def test_a_report_without_analysis_promises_none(small_workspace):
    write_scores(small_workspace, "ITA,90,,s,")
    only_overall = Report(load_data(small_workspace, "ban-rai", 2568, "arabic"))
    analysed = Report(loaded("bang-khae", 2568))
    for call, promise in (("foreword", "ประเด็นที่ควรพัฒนา"), ("method", "แนวทางพัฒนาเสนอสำหรับ")):
        assert promise not in repr(getattr(only_overall, call)())
        assert promise in repr(getattr(analysed, call)())
