"""The arithmetic: what must come out of the real data, and the laws that hold for any scores."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import YEARS, assessed, indicators, rules, year_scores
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.assessment import Assessment, Range, assess
from ita_helpers.scoring.levels import Requirement

POINTS = st.integers(0, 10_000).map(lambda each: Decimal(each).scaleb(-2))
HIGH_POINTS = st.integers(8_000, 10_000).map(lambda each: Decimal(each).scaleb(-2))
TEN_POINTS = st.lists(POINTS | HIGH_POINTS, min_size=10, max_size=10)
TRUE_POINTS = st.integers(0, 1_000_000).map(lambda each: Fraction(each, 10_000))
A_YEAR = st.sampled_from(YEARS)
MADE_UP = "made-up-example"


def assess_points(fiscal_year: int, points: list[Decimal]) -> Assessment:
    return assess(rules(fiscal_year), year_scores(fiscal_year, **indicators(*points)))


def printed(assessment: Assessment, code: str) -> str:
    value = assessment.value(code)
    assert value is not None
    return format_score(value)


def possible(assessment: Assessment) -> list[str]:
    return [each.name for each in assessment.verdict.possible]


def requirement(assessment: Assessment, code: str) -> Requirement:
    assert assessment.next_level is not None
    return next(each for each in assessment.next_level.requirements if each.code == code)


@pytest.mark.parametrize(
    ("organisation", "year", "figures", "status", "level"),
    [
        (
            "bang-khae",
            2568,
            {"ITA": "92.86", "IIT": "99.29", "EIT": "91.93", "OIT": "88.75"},
            "not determined",
            "ผ่านดี",
        ),
        ("bang-krabue", 2568, {"ITA": "96.39", "OIT": "92.50"}, "determined", "ผ่านดี"),
        (
            "chai-so",
            2568,
            {"ITA": "88.37", "IIT": "89.40", "EIT1": "89.90", "EIT2": "88.45", "OIT": "87.00"},
            "determined",
            "ผ่านดี",
        ),
        (
            "nong-saeng",
            2565,
            {"ITA": "98.47", "IIT": "99.38", "EIT": "99.69", "OIT": "96.88"},
            "determined",
            "AA",
        ),
        ("pa-tueng", 2562, {"ITA": "94.89"}, "determined", "A"),
        ("ipst", 2567, {"ITA": "91.15"}, "not determined", "ผ่าน"),
        (MADE_UP, 2564, {"ITA": "83.27"}, "determined", "B"),
        (MADE_UP, 2565, {"ITA": "91.12"}, "determined", "A"),
        (MADE_UP, 2566, {"ITA": "75.76"}, "determined", "ต้องปรับปรุง"),
        (MADE_UP, 2567, {"ITA": "92.32"}, "determined", "ผ่านดี"),
        (MADE_UP, 2568, {"ITA": "93.85"}, "determined", "ผ่าน"),
    ],
)
def test_the_real_figures_come_out(
    organisation: str, year: int, figures: dict[str, str], status: str, level: str
) -> None:
    assessment = assessed(organisation, year)
    assert {code: printed(assessment, code) for code in figures} == figures
    assert (assessment.verdict.status, assessment.verdict.level) == (status, level)


def test_rounding_in_between_would_turn_92_86_into_92_87() -> None:
    computed = assessed("bang-khae", 2568).reading("ITA").computed
    assert computed == Fraction("92.8638")
    early = sum(
        Fraction(weight) * Fraction(points)
        for weight, points in (("0.3", "99.29"), ("0.3", "91.93"), ("0.4", "88.75"))
    )
    assert to_hundredths(early) == Decimal("92.87")


def test_unpublished_parts_leave_the_level_of_bang_khae_open() -> None:
    verdict = assessed("bang-khae", 2568).verdict
    assert verdict.open_components == ("EIT1", "EIT2")
    assert [each.name for each in verdict.possible] == ["ผ่านดี", "ผ่าน"]


def test_bang_krabue_is_barred_only_by_its_oit() -> None:
    next_level = assessed("bang-krabue", 2568).next_level
    assert next_level is not None
    assert next_level.level.name == "ผ่านดีเยี่ยม"
    assert next_level.barred_by_components
    (missing,) = next_level.missing
    assert (missing.code, missing.value, missing.gap) == ("OIT", Fraction("92.5"), Fraction("2.5"))
    assert [(way.indicator.code, way.start, way.end) for way in missing.ways] == [("9", 85, 90)]


def test_the_level_does_not_look_at_single_indicators() -> None:
    assessment = assessed("chai-so", 2568)
    below = [
        each.code
        for each in assessment.scored_indicators
        if (value := assessment.value(each.code)) is not None and value < 85
    ]
    assert below == ["4", "9"]
    assert assessment.verdict.level == "ผ่านดี"


def test_wrongly_printed_figures_are_shown_and_not_used() -> None:
    comparisons = assessed("nong-saeng", 2565).comparisons
    conflicting = {each.code: each for each in comparisons if not each.is_used}
    assert {code: str(each.published) for code, each in conflicting.items()} == {
        "EIT": "90.09",
        "OIT": "100.00",
    }
    assert not any(each.agrees for each in conflicting.values())
    assert all(each.agrees for each in comparisons if each.is_used)


def test_a_second_overall_score_stands_beside_the_used_one() -> None:
    reading = assessed("pa-tueng", 2562).reading("ITA")
    assert reading.published == Decimal("94.89")
    assert reading.conflicting == (Decimal("95.89"),)


def test_one_empty_oit_item_of_2564_costs_a_ninth_of_its_sub_indicator() -> None:
    items = {item.code: 100 for item in rules(2564).items_of("9")} | {"o1": 0}
    assessment = assess(rules(2564), year_scores(2564, **items))
    assert assessment.value("9.1") == Fraction(800, 9)
    assert assessment.value("9") == (Fraction(8, 9) + 4) / 5 * 100
    assert printed(assessment, "9") == "97.78"


def test_oit_items_of_2568_are_never_averaged() -> None:
    items = {item.code: 50 for code in ("9", "10") for item in rules(2568).items_of(code)}
    assessment = assess(rules(2568), year_scores(2568, **items))
    computed = [assessment.value(code) for code in ("9", "10", "9.1", "10.1", "OIT", "ITA")]
    assert computed == [None] * 6


def test_iit_items_make_their_indicator() -> None:
    assessment = assess(rules(2568), year_scores(i1=80, i2=90, i3=95))
    assert assessment.value("1") == Fraction(265, 3)
    assert assessment.reading("1").is_computed


def test_an_indicator_with_a_missing_item_is_not_computed() -> None:
    assert assess(rules(2568), year_scores(i1=80, i2=90)).value("1") is None


def test_the_made_up_office_fell_and_failed_in_2566() -> None:
    before, after = assessed(MADE_UP, 2565), assessed(MADE_UP, 2566)
    assert before.exact("ITA") > after.exact("ITA")
    assert after.verdict.level == "ต้องปรับปรุง"


def test_the_made_up_office_is_held_back_in_2568_by_one_part() -> None:
    before, after = assessed(MADE_UP, 2567), assessed(MADE_UP, 2568)
    assert after.exact("ITA") > before.exact("ITA")
    assert (before.verdict.level, after.verdict.level) == ("ผ่านดี", "ผ่าน")
    assert after.next_level is not None
    assert [each.code for each in after.next_level.missing] == ["EIT2"]
    assert after.next_level.barred_by_components


@pytest.mark.parametrize(
    ("year", "overall", "published", "status", "allowed"),
    [
        (2565, "94.99", None, "determined", ["A"]),
        (2565, "94.99", "A", "determined", ["A"]),
        (2565, "94.99", "AA", "in conflict", ["A"]),
        (2565, "95.00", "AA", "determined", ["AA"]),
        (2568, "69.99", None, "determined", ["ต้องปรับปรุงโดยด่วน"]),
        (2568, "84.99", "ผ่าน", "in conflict", ["ต้องปรับปรุง"]),
        (2568, "90", "ผ่าน", "not determined", ["ผ่านดี", "ผ่าน"]),
        (2568, "90", "ผ่านดีเยี่ยม", "in conflict", ["ผ่านดี", "ผ่าน"]),
    ],
)
def test_the_published_level_is_held_against_the_overall_score(
    year: int, overall: str, published: str | None, status: str, allowed: list[str]
) -> None:
    assessment = assess(rules(year), year_scores(year, level=published, ITA=overall))
    assert (assessment.verdict.status, possible(assessment)) == (status, allowed)


@pytest.mark.parametrize("level", [None, "ผ่านดี"])
def test_without_an_overall_score_there_is_no_verdict(level: str | None) -> None:
    verdict = assess(rules(2568), year_scores(level=level, **{"1": 90})).verdict
    assert (verdict.status, verdict.level, verdict.possible) == ("no score", level, ())


@pytest.mark.parametrize(
    ("eit", "lowest_part", "highest_part"),
    [("91.93", "83.85", "100.00"), ("40", "0.00", "80.01"), ("100", "99.99", "100.00")],
)
def test_an_unknown_part_lies_where_the_whole_leaves_it(
    eit: str, lowest_part: str, highest_part: str
) -> None:
    assessment = assess(rules(2568), year_scores(EIT=eit))
    for code in ("EIT1", "EIT2"):
        within = assessment.range(code)
        assert (within.low, within.high) == (Decimal(lowest_part), Decimal(highest_part))


def test_one_known_part_leaves_the_other_hardly_open() -> None:
    within = assess(rules(2568), year_scores(EIT=90, EIT1=85)).range("EIT2")
    assert within.low <= 95 <= within.high
    assert within.high - within.low <= Decimal("0.04")


@pytest.mark.parametrize(
    ("scores", "published", "agrees"),
    [
        (dict.fromkeys("12345", 90), "90.00", True),
        (dict.fromkeys("12345", 90), "90.01", True),
        (dict.fromkeys("12345", 90), "90.02", False),
        (dict.fromkeys("12345", 90), "89.98", False),
    ],
)
def test_only_what_rounding_explains_agrees(
    scores: dict[str, object], published: str, agrees: bool
) -> None:
    (comparison,) = assess(rules(2568), year_scores(IIT=published, **scores)).comparisons
    assert comparison.agrees is agrees
    assert comparison.difference == Fraction(published) - 90


@given(year=A_YEAR, points=TEN_POINTS)
def test_losses_add_up_to_what_is_missing_from_100(year: int, points: list[Decimal]) -> None:
    assessment = assess_points(year, points)
    assert sum(each.points for each in assessment.losses) == 100 - assessment.exact("ITA")


@given(year=A_YEAR, points=TEN_POINTS, place=st.integers(0, 9), better=POINTS)
def test_a_higher_indicator_never_costs_anything(
    year: int, points: list[Decimal], place: int, better: Decimal
) -> None:
    raised = [*points]
    raised[place] = max(better, points[place])
    before, after = assess_points(year, points), assess_points(year, raised)
    names = [each.name for each in rules(year).levels.list]
    ranks_before, ranks_after = (
        [names.index(name) for name in possible(each)] for each in (before, after)
    )
    assert after.exact("ITA") >= before.exact("ITA")
    assert min(ranks_after) <= min(ranks_before)
    assert max(ranks_after) <= max(ranks_before)
    assert all(
        new.points <= old.points for old, new in zip(before.losses, after.losses, strict=True)
    )


@given(year=A_YEAR, points=TEN_POINTS, order=st.permutations(range(1, 11)))
def test_the_order_of_the_scores_does_not_matter(
    year: int, points: list[Decimal], order: list[int]
) -> None:
    shuffled = year_scores(year, **{str(code): points[code - 1] for code in order})
    assert assess(rules(year), shuffled).readings == assess_points(year, points).readings


@given(year=A_YEAR, points=TEN_POINTS, hidden=st.integers(1, 10))
def test_a_missing_indicator_leaves_no_computed_total(
    year: int, points: list[Decimal], hidden: int
) -> None:
    known = {code: each for code, each in indicators(*points).items() if code != str(hidden)}
    assessment = assess(rules(year), year_scores(year, **known))
    owner = rules(year).indicator(str(hidden)).instrument
    assert assessment.reading("ITA").computed is None
    assert assessment.reading(owner).computed is None
    assert [each.code for each in assessment.missing_indicators] == [str(hidden)]


@given(
    year=A_YEAR,
    truth=st.lists(TRUE_POINTS, min_size=10, max_size=10),
)
def test_the_true_overall_score_always_agrees(year: int, truth: list[Fraction]) -> None:
    framework = rules(year)
    overall = sum(
        framework.weight_of(each.code) * points
        for each, points in zip(framework.indicators.list, truth, strict=True)
    )
    points = indicators(*(to_hundredths(each) for each in truth))
    assessment = assess(framework, year_scores(year, ITA=to_hundredths(overall), **points))
    assert [each.agrees for each in assessment.comparisons] == [True]


@given(
    parts=st.tuples(TRUE_POINTS, TRUE_POINTS),
    spread=st.integers(0, 100).map(lambda each: Fraction(each, 37)),
    others=st.lists(HIGH_POINTS, min_size=7, max_size=7),
)
def test_hiding_the_parts_never_rules_out_the_level_they_give(
    parts: tuple[Fraction, Fraction], spread: Fraction, others: list[Decimal]
) -> None:
    whole = sum(parts) / 2
    spread = min(spread, whole, 100 - whole)
    eit = [to_hundredths(each) for each in (whole - spread, whole, whole + spread)]
    scores = indicators(*others[:5], *eit, *others[5:])
    known = dict(zip(("EIT1", "EIT2"), map(to_hundredths, parts), strict=True))
    open_, hidden = (assess(rules(2568), year_scores(**scores, **shown)) for shown in (known, {}))
    assert set(possible(open_)) <= set(possible(hidden))


@given(
    year=st.sampled_from([2566, 2567, 2568]), points=st.lists(HIGH_POINTS, min_size=10, max_size=10)
)
def test_a_way_leads_to_its_condition(year: int, points: list[Decimal]) -> None:
    names = [each.name for each in rules(year).levels.list]
    parts = {code: 90 for code in rules(year).levels.components if code.startswith("EIT")}
    scores = indicators(*points) | (parts if year == 2568 else {})
    level = max(possible(assess(rules(year), year_scores(year, **scores))), key=names.index)
    before = assess(rules(year), year_scores(year, level=level, **scores))
    for missing in before.next_level.missing if before.next_level else ():
        for way in missing.ways:
            end = Decimal(way.end.numerator) / Decimal(way.end.denominator)
            raised = scores | {way.indicator.code: end}
            after = assess(rules(year), year_scores(year, level=level, **raised))
            assert way.start < way.end <= 100
            assert after.exact(missing.code) == missing.needed


def test_contradictory_parts_leave_the_level_open_and_stop_nothing():
    framework = rules(2568)
    typo = assess(framework, year_scores(ITA=70, EIT=40, EIT1=100))
    assert typo.range("EIT2") == Range(Decimal(0), Decimal(100))
    assert [level.name for level in typo.verdict.possible] == ["ต้องปรับปรุง"]
    mixed = assess(framework, year_scores(ITA="96.93", EIT=99, EIT1=90, IIT=97, OIT=95))
    assert mixed.range("EIT2").high <= 100


def test_the_rounding_of_a_known_part_counts_for_the_other():
    given_scores = indicators(96, 96, 96, 96, 96, 90, 90, "90.01", 96, 96)
    result = assess(rules(2568), year_scores(EIT1=95, IIT=96, OIT=96, **given_scores))
    assert result.range("EIT2").low == Decimal("84.99")
    assert result.verdict.status == "not determined"
