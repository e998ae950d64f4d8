"""The lesson: its claims on figures of the data, the what-if, the exercises, the papers."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import re
import shutil
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction

import nbformat
import pytest
from click.testing import CliRunner
from conftest import ROOT, YEARS, assert_helps_the_reader, ita, made_once, write
from hypothesis import assume, given
from hypothesis import strategies as st

from ita_helpers.faces.absent import Absent
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.papers import read_papers
from ita_helpers.records.scores import Score, YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.means import evaluate, means_of
from ita_helpers.scoring.what_if import Trial, find_least_gain, try_out
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import require_year
from ita_helpers.teaching import making, papers
from ita_helpers.teaching.answers import find_answers
from ita_helpers.teaching.exercises import Grading, check
from ita_helpers.teaching.lesson import load_lesson
from ita_helpers.teaching.loading import CASES, EXAMPLE
from ita_helpers.teaching.making import FOLDER, PAGE
from ita_helpers.teaching.typed import NotPoints, read_points
from ita_helpers.words.explain import explain

NOTEBOOK = ROOT / "notebooks/how_scoring_works.ipynb"
WORKSPACE = Workspace(ROOT)
FRAMEWORKS = {year: read_framework(WORKSPACE, year) for year in YEARS}
SCALE = (0, 33, 67, 100)
HUNDREDTHS = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 100))


@pytest.fixture(scope="module")
def lesson():
    return load_lesson(EXAMPLE, 2568, root=ROOT, papers=True)


@pytest.fixture(scope="module")
def exercises(lesson):
    return {each.key: each for each in lesson.data.exercises}


def result(organisation, year):
    framework = FRAMEWORKS[year]
    return assess(framework, require_year(WORKSPACE, organisation, year, framework))


# --- what is claimed -------------------------------------------------------------------------


def test_the_mean_of_ten_indicators_is_not_the_overall_score(lesson):
    scores = result("nong-saeng", 2565)
    indicators = [scores.exact(each.code) for each in scores.framework.indicators.list]
    assert format_score(sum(indicators) / 10) == "98.97"
    assert format_score(scores.exact("ITA")) == "98.47"
    assert scores.reading("ITA").published == Decimal("98.47")
    assert {"98.97", "98.47"} <= numbers_in(lesson.plain_mean())


def test_rounding_the_instruments_first_is_wrong(lesson):
    scores = result("bang-khae", 2568)
    early = sum(
        each.weight * Fraction(to_hundredths(scores.exact(each.code))) / 100
        for each in scores.framework.instruments.list
    )
    assert format_score(early) == "92.87"
    assert format_score(scores.exact("ITA")) == "92.86"
    assert scores.reading("ITA").published == Decimal("92.86")
    assert {"92.87", "92.86"} <= numbers_in(lesson.early_rounding())


def test_an_overall_score_of_96_39_is_only_the_second_level(lesson):
    scores = result("bang-krabue", 2568)
    assert scores.reading("ITA").published == Decimal("96.39")
    assert scores.verdict.level == "ผ่านดี"
    assert scores.next_level.barred_by_components
    assert [each.code for each in scores.next_level.missing] == ["OIT"]
    assert {"96.39", "92.50", "95.00", "90.00"} <= numbers_in(lesson.barred())
    assert "ผ่านดี" in repr(lesson.barred())
    assert "OIT" in lesson.barred_chart().caption


def test_indicators_below_85_need_not_bar_a_level(lesson):
    scores = result("chai-so", 2568)
    assert [format_score(scores.exact(code)) for code in ("4", "9")] == ["84.45", "79.00"]
    assert scores.verdict.level == "ผ่านดี"
    assert all(scores.exact(code) >= 85 for code in scores.framework.levels.components)
    assert {"84.45", "79.00"} <= numbers_in(lesson.low_indicators())


def test_a_higher_overall_score_can_have_a_lower_level(lesson):
    before, after = result("sao", 2567), result("sao", 2568)
    assert (before.reading("ITA").published, before.verdict.level) == (Decimal("92.43"), "ผ่านดี")
    assert (after.reading("ITA").published, after.verdict.level) == (Decimal("94.64"), "ผ่าน")
    table = repr(lesson.higher_but_lower())
    assert "2567 | 92.43 | ผ่านดี" in table
    assert "2568 | 94.64 | ผ่าน\n" in table


def test_a_level_cannot_be_determined_where_a_component_is_not_known(lesson):
    assert result("bang-khae", 2568).verdict.status == "not determined"
    trial = try_out(result("bang-khae", 2568))
    low = 2 * trial.score("EIT") - 100
    assert trial.span("EIT1") == (low, 100)
    assert format_score(low) == "83.85"
    assert [each.name for each in trial.possible] == ["ผ่านดี", "ผ่าน"]
    low = format_score(result("bang-khae", 2568).range("EIT1").low)
    assert {low, "91.93"} <= numbers_in(lesson.undetermined())
    office = find_organisation(Workspace(ROOT), "bang-khae")
    assert f"{low} ถึง 100.00" in explain(office, result("bang-khae", 2568))


def test_one_respondent_of_28_moves_an_indicator_of_three_items_by_1_19(lesson):
    assert len(FRAMEWORKS[2568].items_under("1")) == 3
    assert format_score(Fraction(100, 28) / 3) == "1.19"
    assert format_score(100 - Fraction(100, 28) / 3) == "98.81"
    assert result("bang-khae", 2568).reading("1").published == Decimal("98.81")
    assert "ห้ามใช้สืบหา" in repr(lesson.one_respondent())
    assert "28 | 3.57 | 1.19" in repr(lesson.one_respondent())


def test_ten_points_weigh_differently_in_each_instrument(lesson):
    framework = FRAMEWORKS[2568]
    nothing = {each.code: Fraction(0) for each in framework.indicators.list}
    effects = {
        framework.indicator(code).instrument: format_score(
            evaluate(means_of(framework), {**nothing, code: Fraction(10)}, "ITA")
        )
        for code in nothing
    }
    assert effects == {"IIT": "0.60", "EIT": "1.00", "OIT": "2.00"}
    assert {"0.60", "1.00", "2.00"} <= numbers_in(lesson.ten_points())


def test_answers_are_worth_0_33_67_and_100_and_turn_round(lesson):
    table = repr(lesson.answer_scale())
    assert "น้อยที่สุดหรือไม่มีเลย | 0 | 100" in table
    assert "มาก | 67 | 33" in table
    answers = FRAMEWORKS[2564].answers
    assert answers.yes_points["i4"] == 0
    assert "i9" in answers.reversed


def test_each_step_is_computed_before_the_reader(lesson):
    scores = result(EXAMPLE, 2568)
    counts = re.findall(
        r"^(?:น้อย|มาก)\S* \| (\d+) \| (\d+) ", repr(lesson.item_from_answers()), re.M
    )
    total = sum(int(count) * int(points) for count, points in counts)
    respondents = sum(int(count) for count, _ in counts)
    assert respondents == scores.scores.result.respondents["iit"] == 35
    assert format_score(Fraction(total, respondents)) == format_score(scores.exact("i13"))
    groups = result(EXAMPLE, 2565)
    assert {format_score(groups.exact(f"9.{n}")) for n in range(1, 6)} <= numbers_in(
        lesson.indicator_from_groups()
    )
    overall = {format_score(scores.exact("ITA")), "93.8526"}
    assert overall <= numbers_in(lesson.overall())
    assert {f"{float(scores.exact(code)):.4f}" for code in ("IIT", "EIT", "OIT")} <= numbers_in(
        lesson.instruments()
    )


def test_the_rules_of_every_year_are_told_and_the_assumed_ones_marked(lesson):
    rows = {row[0].text: " ".join(cell.text for cell in row) for row in lesson.rules_by_year().body}
    assert list(rows) == [str(year) for year in YEARS]
    assert "AA A B C D E F" in rows["2565"]
    assert "EIT ส่วนที่ 2" in rows["2568"]
    assert "ยังไม่ได้รับการยืนยัน" in rows["2569"]


def test_the_result_of_a_year_is_evidence_in_the_next(lesson):
    assert FRAMEWORKS[2569].evidence.analysis.item == "o25"
    assert "2568 | 2569 | 2569 | O25" in repr(lesson.evidence())


def numbers_in(shown):
    return set(re.findall(r"\d+\.\d+", repr(shown)))


def test_every_table_of_the_story_names_its_source(lesson):
    for name in CASES:
        assert lesson.data.cases[name].assessment.scores.scores
    for table in (lesson.plain_mean(), lesson.early_rounding(), lesson.low_indicators()):
        assert any(note.startswith("ที่มา: รายงาน") for note in table.notes)


# --- scores ----------------------------------------------------------------------------------


@given(st.integers(1, 200), st.data())
def test_the_score_of_any_answers_is_found_to_have_answers(respondents, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, respondents), min_size=3, max_size=3)))
    counts = [b - a for a, b in itertools.pairwise([0, *cuts, respondents])]
    score = to_hundredths(Fraction(sum(map(int.__mul__, counts, SCALE)), respondents))
    found = find_answers(score, respondents, SCALE)
    assert sum(found) == respondents
    assert to_hundredths(Fraction(sum(map(int.__mul__, found, SCALE)), respondents)) == score


def test_a_score_that_no_answers_give_has_none():
    assert find_answers(Decimal("99.99"), 35, SCALE) is None


@st.composite
def trials(draw, years=tuple(YEARS)):
    """Return indicators of any year, with first parts that leave the second ones possible."""
    framework = FRAMEWORKS[draw(st.sampled_from(years))]
    values = {each.code: draw(HUNDREDTHS) for each in framework.indicators.list}
    trial = Trial(framework, values)
    parts = {}
    for instrument in framework.instruments.list:
        if instrument.parts and draw(st.booleans()):
            low, high = trial.span(instrument.parts[0].code)
            share = Fraction(draw(st.integers(0, 100)), 100)
            parts[instrument.parts[0].code] = low + (high - low) * share
    return Trial(framework, values, parts)


@given(trials())
def test_the_what_if_computes_as_the_report_does(trial):
    scores = {
        code: Score(code, Decimal(str(float(p))), "", "", "") for code, p in trial.values.items()
    }
    assessed = assess(trial.framework, YearScores("x", trial.framework.fiscal_year, scores))
    assert trial.overall == assessed.exact("ITA")
    if not trial.parts:
        assert set(trial.possible) <= set(assessed.verdict.possible)


@given(trials((2568,)), st.sampled_from("678"), HUNDREDTHS)
def test_parts_follow_their_instrument_and_stay_its_mean(trial, code, points):
    assume(trial.parts)
    changed = trial.with_value(code, points)
    parts = [changed.part(part) for part in ("EIT1", "EIT2")]
    assert all(0 <= each <= 100 for each in parts)
    assert sum(parts) / 2 == changed.score("EIT")


@given(trials((2568,)), st.lists(st.tuples(st.sampled_from("678"), HUNDREDTHS), max_size=4))
def test_parts_come_back_with_their_instrument_whatever_the_way(trial, moves):
    assume(trial.parts)
    start = {code: trial.score(code) for code in "678"}
    changed = trial
    for code, points in [*moves, *start.items()]:
        changed = changed.with_value(code, points)
    assert changed.part("EIT1") == trial.part("EIT1")
    assert changed.part("EIT2") == trial.part("EIT2")


@pytest.mark.parametrize("code", ["EIT2", "EIT", "IIT", "1"])
def test_only_a_part_that_is_kept_can_be_changed(code):
    with pytest.raises(KeyError):
        try_out(result(EXAMPLE, 2568)).with_part(code, Fraction(50))


@given(trials((2568,)), HUNDREDTHS)
def test_a_part_is_taken_only_where_the_other_can_be(trial, points):
    assume(trial.parts)
    rest = 2 * trial.score("EIT") - points
    if 0 <= rest <= 100:
        assert trial.with_part("EIT1", points).part("EIT2") == rest
    else:
        with pytest.raises(ValueError, match=str(points)):
            trial.with_part("EIT1", points)


def test_an_item_changes_its_indicator_and_nothing_beside():
    trial = try_out(result(EXAMPLE, 2568))
    changed = trial.with_value("i10", Fraction(50))
    mean = (50 + trial.values["i11"] + trial.values["i12"]) / 3
    assert changed.score("4") == mean
    assert changed.score("IIT") - trial.score("IIT") == (mean - trial.score("4")) / 5
    assert changed.with_value("4", Fraction(60)).score("4") == 60


@pytest.mark.parametrize("points", [Fraction(-1), Fraction(10001, 100), Fraction(10**9)])
def test_no_score_leaves_0_to_100(points):
    with pytest.raises(ValueError, match=str(points)):
        try_out(result(EXAMPLE, 2568)).with_value("1", points)


def test_an_item_without_a_known_rule_cannot_be_changed():
    with pytest.raises(KeyError):
        try_out(result(EXAMPLE, 2568)).with_value("o1", Fraction(0))


def test_only_results_with_all_indicators_can_be_tried_out():
    assert try_out(result("pa-tueng", 2562)) is None
    assert try_out(result("chai-so", 2568)).part("EIT2") is not None


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ({"EIT1": "84"}, ("84.00", "96.00")),
        ({"EIT2": "84"}, ("96.00", "84.00")),
        ({"EIT1": "90.01", "EIT2": "90"}, ("90.01", "90.00")),
        ({"EIT1": "100", "EIT2": "10"}, (None, None)),
        ({"EIT1": "10"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_parts_are_taken_where_they_fit_their_instrument(published, parts):
    scores = {str(code): "90" for code in range(1, 11)} | published
    found = {code: Score(code, Decimal(points), "", "", "") for code, points in scores.items()}
    trial = try_out(assess(FRAMEWORKS[2568], YearScores("x", 2568, found)))
    shown = [trial.part(code) for code in ("EIT1", "EIT2")]
    assert tuple(each and format_score(each) for each in shown) == parts


@pytest.mark.parametrize("organisation", ["chai-so", EXAMPLE])
def test_published_parts_are_shown_as_published(organisation):
    scores = result(organisation, 2568)
    trial = try_out(scores)
    for code in ("EIT1", "EIT2"):
        assert to_hundredths(trial.part(code)) == scores.reading(code).published


# --- the least gain --------------------------------------------------------------------------


def has_level(trial, level):
    """Whether scores have a level, or can have it where parts are not known."""
    levels = trial.framework.levels.list
    return levels.index(trial.possible[0]) <= levels.index(level)


@given(trials(), st.data())
def test_the_least_gain_reaches_its_level_and_less_does_not(trial, data):
    level = data.draw(st.sampled_from(trial.framework.levels.list[:-1]))
    gain = find_least_gain(trial, level)
    assert has_level(gain.trial, level)
    rises = {code: gain.trial.score(code) - trial.score(code) for code in codes_of(trial)}
    assert all(rise >= 0 for rise in rises.values())
    assert sum(rises.values()) == gain.total
    assert all(gain.trial.score(code) <= 100 for code in rises)
    assert gain.total == 0 or not has_level(trial, level)


def codes_of(trial):
    return [each.code for each in trial.framework.indicators.list]


@given(trials(), st.data())
def test_no_cheaper_gains_reach_the_level(trial, data):
    """Try gains of any shape that cost a little less: none of them has the level."""
    level = data.draw(st.sampled_from(trial.framework.levels.list[:-1]))
    least = find_least_gain(trial, level)
    assume(least.total > Fraction(1, 100))
    budget = least.total - Fraction(1, 1000)
    for _ in range(10):
        assert not has_level(spend(trial, budget, data), level)


def spend(trial, budget, data):
    """Spend indicator points on instruments and parts at random, as far as there is room."""
    groups = {}
    for instrument in trial.framework.instruments.list:
        count = len(trial.framework.indicators_of(instrument.code))
        known = [(p.code, Fraction(count * p.weight, instrument.weight)) for p in instrument.parts]
        if trial.parts and known:
            groups |= {code: (instrument, price, trial.part(code)) for code, price in known}
        else:
            score = trial.score(instrument.code)
            groups[instrument.code] = (instrument, Fraction(count), score)
    order = data.draw(st.permutations(sorted(groups)))
    rises = dict.fromkeys(groups, Fraction(0))
    for place, code in enumerate(order):
        _, price, start = groups[code]
        share = 1 if place == len(order) - 1 else Fraction(data.draw(st.integers(0, 100)), 100)
        rises[code] = min(budget * share / price, 100 - start)
        budget -= rises[code] * price
    values = dict(trial.values)
    for code, (instrument, price, _) in groups.items():
        values = spread(trial, instrument, rises[code] * price, values)
    parts = {code: points + rises[code] for code, points in trial.parts.items()}
    return Trial(trial.framework, values, parts)


def spread(trial, instrument, gain, values):
    """Give an instrument's indicators so many points, each as far as it has room."""
    for each in trial.framework.indicators_of(instrument.code):
        taken = min(gain, 100 - values[each.code])
        values = {**values, each.code: values[each.code] + taken}
        gain -= taken
    return values


@pytest.mark.parametrize("seed", range(4))
def test_brute_force_over_a_grid_never_beats_the_least_gain(seed):
    """Every combination of gains in steps of two points of indicators, over all groups."""
    chance = random.Random(seed)
    framework = FRAMEWORKS[2567]
    values = {
        e.code: Fraction(chance.randrange(8000, 10_001, 50), 100) for e in framework.indicators.list
    }
    trial = Trial(framework, values)
    level = framework.levels.list[chance.randrange(2)]
    least = find_least_gain(trial, level).total
    rooms = {
        each.code: sum(100 - values[i.code] for i in framework.indicators_of(each.code))
        for each in framework.instruments.list
    }
    cheapest = None
    for gains in itertools.product(*(range(0, int(room) + 1, 2) for room in rooms.values())):
        if cheapest is not None and sum(gains) >= cheapest:
            continue
        changed = values
        for instrument, gain in zip(framework.instruments.list, gains, strict=True):
            changed = spread(trial, instrument, Fraction(gain), changed)
        if has_level(Trial(framework, changed), level):
            cheapest = sum(gains)
    assert cheapest is None or least <= cheapest


def test_the_least_gain_of_the_made_up_office_lies_in_its_weak_part():
    trial = try_out(result(EXAMPLE, 2568))
    good = trial.framework.level("ผ่านดี")
    assert [each.code for each in trial.barred_by(good)] == ["EIT2"]
    gain = find_least_gain(trial, good)
    assert list(gain.by_group) == ["EIT2"]
    assert not gain.assumes_equal_parts
    assert find_least_gain(try_out(result("bang-khae", 2568)), good).total == 0


# --- typing and exercises --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("92.86", "92.86"),
        ("๙๒.๘๖", "92.86"),
        (" 100 ", "100"),
        ("0", "0"),
        ("๙2.8๖", "92.86"),
        ("86.06 คะแนน", "86.06"),
    ],
)
def test_points_are_read_in_thai_and_arabic_digits(typed, points):
    assert read_points(typed) == Fraction(points)


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("", ["92.86"]),
        ("   ", ["92.86"]),
        ("เก้าสิบ", ["เก้าสิบ"]),
        ("1e9", ["1e9"]),
        ("1000000000", ["1000000000", "100"]),
        ("-5", ["-5", "0"]),
        ("100.01", ["100.01"]),
        ("92,86", ["92.86", "จุด"]),
        ("๙๒,๘๖", ["92.86", "จุด"]),
        ("92.86 บาท", ["92.86 บาท"]),
        ("คะแนน", ["92.86"]),
        ("nan", ["nan"]),
    ],
)
def test_what_is_no_points_is_told_what_would_be(typed, facts, exercises):
    with pytest.raises(NotPoints) as caught:
        read_points(typed)
    assert_helps_the_reader(str(caught.value), *facts)
    reply = check(exercises["indicator"], typed)
    assert not reply.is_right
    assert reply.text == str(caught.value)


def test_the_right_answers_are_those_of_the_data(exercises):
    items, totals = result(EXAMPLE, 2564), result(EXAMPLE, 2566)
    assert exercises["reversed"].answer == format_score(items.exact("i10"))
    assert exercises["yes_no"].answer == format_score(items.exact("i4"))
    assert exercises["indicator"].answer == format_score(items.exact("3"))
    assert exercises["grouped"].answer == format_score(items.exact("9"))
    assert exercises["overall"].answer == str(totals.reading("ITA").published)
    assert exercises["level"].answer == "ผ่าน"
    assert result(EXAMPLE, 2567).verdict.level == "ผ่านดี"
    assert exercises["effect"].answer == "0.50"
    assert exercises["respondent"].answer == format_score(Fraction(100, 35) / 3)


def test_right_answers_are_praised_in_both_digits_and_wrong_ones_get_their_hint(exercises):
    for each in exercises.values():
        assert check(each, each.answer).is_right
        assert check(each, with_numerals(each.answer, "thai")).is_right or each.choices
        replies = {check(each, mistake.answer).text for mistake in each.mistakes.values()}
        assert replies == {each.hint(key) for key in each.mistakes}
        assert len(replies) == len(each.mistakes)
        offered = [choice for choice in each.choices if choice != each.answer] or ["12.34"]
        wrong = check(each, offered[-1])
        assert wrong.text == each.hint()
        assert not wrong.is_right
        assert each.answer not in (wrong.text, *replies)


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("reversed", "13.94", "กลับคะแนน"),
        ("yes_no", "32.26", "สลับ"),
        ("indicator", "65.61", "กลับคะแนนซ้ำ"),
        ("grouped", "84.85", "33 ข้อ"),
        ("overall", "76.62", "สิบตัวชี้วัด"),
        ("overall", "75.84", "สามเครื่องมือเท่า ๆ กัน"),
        ("level", "ผ่านดี", "เฉพาะเงื่อนไขของคะแนนภาพรวม"),
        ("effect", "5.00", "ของตัวชี้วัดเอง"),
        ("effect", "1.67", "น้ำหนักของเครื่องมือ"),
        ("respondent", "2.86", "ของข้อคำถาม"),
    ],
)
def test_each_mistake_gets_the_hint_that_fits_it(exercises, key, typed, said):
    assert said in check(exercises[key], typed).text


def test_a_level_is_to_be_chosen_first(exercises):
    assert check(exercises["level"], "").text == label("teaching.typed.choose")


def test_the_mistyped_score_is_the_one_that_no_answers_give(exercises):
    mistyped, items = exercises["mistyped"], result(EXAMPLE, 2564)
    points = tuple(each.points for each in items.framework.answers.scale)
    respondents = items.scores.result.respondents["iit"]
    true = {format_score(items.exact(code)) for code in ("i2", "i7")}
    possible = [
        each
        for each in mistyped.choices
        if find_answers(Decimal(each), respondents, points) is not None
    ]
    assert set(possible) == set(mistyped.choices) & true
    assert [each for each in mistyped.choices if each not in possible] == [mistyped.answer]
    product = Fraction(mistyped.answer) * respondents
    assert f"× {respondents} = {float(product):.2f} " in mistyped.asked.working
    for total in (int(product), int(product) + 1):
        mean = format_score(Fraction(total, respondents))
        assert mean != mistyped.answer
        assert f"{total} ÷ {respondents} = {mean}" in mistyped.asked.working


def test_no_exercise_shows_an_answer(exercises):
    """Neither its own nor that of another: questions, tables and hints are all of them shown."""
    shown = [
        [each.question, *map(repr, each.tables), each.hint(), *map(each.hint, each.mistakes)]
        for each in exercises.values()
    ]
    words = " ".join(itertools.chain(*shown))
    for each in exercises.values():
        if not each.choices:
            assert each.answer not in re.findall(r"[\d.]*\d", words), each.key


# --- the organisation chosen -----------------------------------------------------------------


def test_an_organisation_without_items_keeps_its_totals_and_says_so():
    lesson = load_lesson("bang-khae", 2568, root=ROOT)
    assert "บางแค" in lesson.source
    assert "92.8638" in repr(lesson.overall())
    assert "อบต.ตัวอย่าง" in repr(lesson.notice())
    assert "บางแค" in repr(lesson.notice())
    assert "ตัวอย่าง" in repr(lesson.indicator_from_items())


@pytest.mark.parametrize(("organisation", "year"), [("pa-tueng", 2562), ("sao", 2568)])
def test_an_organisation_with_only_an_overall_score_gives_way_to_the_made_up_one(
    organisation, year
):
    lesson = load_lesson(organisation, year, root=ROOT)
    assert "ตัวอย่าง" in lesson.source
    name = find_organisation(WORKSPACE, organisation).name
    assert_helps_the_reader(repr(lesson.notice()), name, year, "อบต.ตัวอย่าง")


def test_the_made_up_organisation_teaches_in_every_workspace(small_workspace):
    lesson = load_lesson(EXAMPLE, 2568, root=small_workspace.root)
    assert isinstance(lesson.notice(), Absent)
    assert "98.97" in repr(lesson.plain_mean())


def test_years_whose_levels_look_at_the_overall_score_alone_borrow_the_others():
    lesson = load_lesson("nong-saeng", 2565, root=ROOT, papers=True)
    assert "98.4720" in repr(lesson.overall())
    assert "AA" not in repr(lesson.levels())
    assert "2568" in lesson.handout_levels().caption


@pytest.mark.parametrize("year", [2564, 2566, 2567])
def test_a_year_of_the_exercises_is_told_to_give_some_away(year):
    assert str(year) in repr(load_lesson(EXAMPLE, year, root=ROOT).notice())


def test_only_papers_with_made_up_figures_say_so(taught):
    import pypdfium2

    for name in papers.PAPERS:
        page = pypdfium2.PdfDocument(taught / FOLDER / f"{name}.pdf")[0]
        assert ("ข้อมูลสมมติ" in page.get_textpage().get_text_range()) == (name != "questions")


def test_an_unknown_organisation_is_one_clear_error():
    done = ita("teach", "ไม่มีหน่วยงานนี้")
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), "ไม่มีหน่วยงานนี้", "organisations.csv")


def test_rules_that_are_only_assumed_put_a_banner_on_every_page(small_workspace):
    rows = "".join(f"ban-rai,{code},9{code[-1]}.00,,ข้อมูลสมมติ,\n" for code in map(str, range(1, 11)))
    head = "organisation,code,score,status,source,note\n"
    write(small_workspace, "data/scores/2569.csv", head + rows)
    lesson = load_lesson("ban-rai", 2569, root=small_workspace.root)
    assert "2568" in repr(lesson.title_page())
    assert "ยังไม่ได้รับการยืนยัน" in repr(lesson.title_page())


# --- the notebook ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = made_once(tmp_path_factory, "lesson-by-papermill", _run_by_papermill)
    return nbformat.read(folder / "out.ipynb", as_version=4)


def _run_by_papermill(folder):
    from papermill.cli import papermill

    files = [str(NOTEBOOK), str(folder / "out.ipynb")]
    with contextlib.chdir(ROOT):
        run = CliRunner().invoke(papermill, [*files, "--no-progress-bar"])
    assert run.exit_code == 0, run.output


@pytest.mark.processes
def test_bare_papermill_runs_it_from_top_to_bottom(executed):
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not [out for cell in code for out in cell.outputs if out.output_type == "error"]


def test_on_the_screen_inputs_are_hidden_and_no_answer_is_in_sight(executed, exercises):
    shown = json.dumps(executed, ensure_ascii=False)
    for cell in executed.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            assert cell.metadata["jupyter"]["source_hidden"]
    for each in exercises.values():
        if not each.choices and each.key not in ("effect", "respondent"):
            assert each.answer not in re.findall(r"[\d.]*\d", shown), each.key


@pytest.mark.processes
def test_the_story_stands_apart_from_the_papers(executed):
    documents = read_papers(executed)
    assert set(documents) == {"", *papers.PAPERS}
    headings = [part.tag for part in documents[""].parts]
    assert headings[-2:] == ["part-what-if", "part-exercises"]


def test_a_cell_is_a_call_and_never_a_program():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.cell_type == "markdown" or not cell.outputs
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            assert len(cell.source.splitlines()) <= 2


# --- the trainer's papers --------------------------------------------------------------------


@pytest.fixture(scope="module")
def lesson_run(tmp_path_factory):
    """Return the folder of page and papers, and the notebook they were made from."""
    folder = made_once(tmp_path_factory, "lesson", _teach)
    return folder / "rendered", nbformat.read(folder / "executed.ipynb", as_version=4)


def _teach(folder):
    run, notebooks = making.execute_notebook, []

    def remember(*given, **named):
        notebooks.append(deepcopy(executed := run(*given, **named)))
        return executed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "execute_notebook", remember)
        done = ita("teach", "--out", folder / "rendered")
    assert done.exit_code == 0, done.output
    nbformat.write(notebooks[0], folder / "executed.ipynb")


@pytest.fixture(scope="module")
def taught(lesson_run):
    return lesson_run[0]


def test_one_command_makes_page_and_papers(taught):
    assert {file.name for file in (taught / FOLDER).iterdir()} == {
        f"{name}.{ending}" for name in papers.PAPERS for ending in ("pdf", "docx")
    }
    assert 100_000 < (taught / PAGE).stat().st_size <= 400_000


def test_the_lesson_plan_fills_two_hours_and_every_exercise(lesson):
    steps = section("teaching.plan.steps").values()
    assert sum(int(each["minutes"]) for each in steps) == 120
    assert "108–120" in repr(lesson.lesson_plan())
    said = " ".join(f"{each['topic']} {each['how']}" for each in steps)
    assert all(f"ส่วนที่ {part}" in said for part in range(1, 7))
    assert len(lesson.data.exercises) == 9
    for named in ("ข้อ 1 ถึง 4", "ข้อ 5", "ข้อ 6", "ข้อ 7 ถึง 9"):
        assert named in said


def test_worksheet_and_key_are_made_of_the_same_exercises(lesson, exercises):
    sheet, key = repr(lesson.worksheet()), repr(lesson.answer_key())
    for place, each in enumerate(exercises.values(), start=1):
        assert each.question in sheet
        assert each.way not in sheet
        assert f"{place} | {each.answer} | " in key
        if not isinstance(each.asked, Grading):
            assert each.asked.working in key
            assert each.asked.working not in sheet
        if not each.choices:
            assert f" = {each.answer}" in key


def test_ten_questions_have_one_right_choice_each(lesson):
    asked = list(papers.ask(lesson.data))
    assert len(asked) == 10
    assert len({each.text for each in asked}) == 10
    for each in asked:
        assert len(set(each.choices)) == 4
        assert each.choices[each.right] in repr(lesson.question_key())
        assert each.why not in repr(lesson.questions())
    assert len({each.right for each in asked}) == 4
    ten = next(each for each in asked if "เพิ่มขึ้น 10 คะแนน" in each.text)
    assert ten.choices[ten.right] == "2.00 คะแนน"
    evidence = next(each for each in asked if "หลักฐาน" in each.text)
    assert "2565" in evidence.text
    assert evidence.choices[evidence.right].endswith("2566")


def test_without_papers_the_notebook_shows_none():
    lesson = load_lesson(EXAMPLE, 2568, root=ROOT)
    names = ("lesson_plan", "worksheet", "answer_key", "questions", "question_key")
    assert all(isinstance(getattr(lesson, name)(), Absent) for name in names)


def test_the_handout_has_two_pages(taught):
    import pypdfium2

    pages = {
        name: len(pypdfium2.PdfDocument(taught / FOLDER / f"{name}.pdf")) for name in papers.PAPERS
    }
    assert pages["handout"] == 2
    assert pages["lesson-plan"] <= 2


def test_the_page_to_send_at_once_is_what_the_program_makes(taught, request):
    sample = ROOT / "rendered" / PAGE
    if request.config.getoption("--update-golden"):
        sample.write_bytes((taught / PAGE).read_bytes())
    assert sample.read_bytes() == (taught / PAGE).read_bytes()


@pytest.fixture
def run_before(lesson_run, monkeypatch):
    """Let ``ita teach`` write what the notebook showed when it was run: only the files matter."""
    monkeypatch.setattr(making, "execute_notebook", lambda *_, **__: deepcopy(lesson_run[1]))


def test_a_word_file_that_may_be_edited_is_kept(taught, run_before, caplog):
    file = taught / FOLDER / "worksheet.docx"
    file.write_bytes(b"edited")
    assert ita("teach", "--out", taught, "--to", "docx").exit_code == 0
    kept = taught / FOLDER / "worksheet.edited-1.docx"
    assert kept.read_bytes() == b"edited"
    assert str(kept) in caplog.text
    assert file.stat().st_size > 10_000


def test_the_same_earlier_file_is_kept_once(taught, run_before):
    file = taught / FOLDER / "worksheet.docx"
    before = sorted(file.parent.glob("*.edited-*"))
    file.write_bytes(b"edited")
    assert ita("teach", "--out", taught, "--to", "docx").exit_code == 0
    assert sorted(file.parent.glob("*.edited-*")) == before


def test_what_cannot_be_written_leaves_all_as_it_was(taught, run_before, tmp_path):
    shutil.copytree(taught, tmp_path, dirs_exist_ok=True)
    (tmp_path / PAGE).unlink()
    (tmp_path / PAGE).mkdir()
    file = tmp_path / FOLDER / "worksheet.docx"
    file.write_bytes(b"edited")
    done = ita("teach", "--out", tmp_path, "--to", "docx")
    assert done.exit_code == 1
    assert file.read_bytes() == b"edited"


@pytest.mark.parametrize(
    ("lost", "fact"), [("record", "lesson-plan"), ("parameters", "parameters")]
)
def test_a_notebook_of_ones_own_that_lost_something_is_named(small_workspace, lost, fact):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.id == lost and lost == "record":
            cell.source = "pass"
        elif cell.id == lost:
            cell.metadata["tags"] = []
    write(small_workspace, "notebooks/how_scoring_works.ipynb", nbformat.writes(notebook))
    rows = "".join(f"ban-rai,{code},90.00,,ข้อมูลสมมติ,\n" for code in range(1, 11))
    head = "organisation,code,score,status,source,note\n"
    write(small_workspace, "data/scores/2568.csv", head + rows)
    done = ita("teach", "ban-rai", root=small_workspace.root)
    assert done.exit_code == 1
    message = done.output.strip().splitlines()[-1]
    assert_helps_the_reader(message, "how_scoring_works.ipynb", fact)


def test_an_organisation_without_scores_is_told_so(small_workspace):
    done = ita("teach", "ban-rao", root=small_workspace.root)
    assert done.exit_code == 1
    assert "0.yml" not in done.output
    assert "บ้านเรา" in done.output


def test_only_true_fills_the_papers_and_only_two_kinds_of_digits_are_known():
    assert not load_lesson(EXAMPLE, 2568, root=ROOT, papers="no").with_papers
    with pytest.raises(ValueError, match="roman"):
        load_lesson(EXAMPLE, 2568, root=ROOT, numerals="roman")


def test_a_total_that_is_not_the_published_one_is_explained():
    table = repr(load_lesson(EXAMPLE, 2565, root=ROOT).overall())
    assert "91.13" in table
    assert label("teaching.overall.rounded") in table
    assert label("teaching.overall.rounded") not in repr(
        load_lesson(EXAMPLE, 2568, root=ROOT).overall()
    )


def test_a_format_that_is_not_made_is_refused():
    done = ita("teach", "--to", "html")
    assert done.exit_code == 2
    assert "“html”" in done.output
    assert "docx" in done.output


def test_thai_digits_reach_the_papers():
    lesson = load_lesson(EXAMPLE, 2568, root=ROOT, numerals="thai", papers=True)
    assert "๙๖.๓๙" in repr(lesson.questions())
    assert not re.search(r"[0-9]", repr(lesson.ten_points()).partition("ที่มา")[0])
