"""Facts chosen from the scores: the lowest, the largest, what is below the target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import assessed, indicators, rules, year_scores

from ita_helpers.scoring.assessment import Assessment, assess
from ita_helpers.scoring.findings import (
    Extreme,
    below_target,
    find_highest,
    find_level_change,
    find_lowest,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.scoring.history import History, build_history


def assess_points(*points: object) -> Assessment:
    return assess(rules(2568), year_scores(**indicators(*points)))


def codes(extreme: Extreme | None) -> list[str]:
    return [each.code for each in extreme.indicators] if extreme else []


def test_the_lowest_and_highest_indicator_are_found() -> None:
    assessment = assess_points(90, 91, 92, 93, 94, 95, 96, 97, 98, "88.8")
    lowest, highest = find_lowest(assessment), find_highest(assessment)
    assert (codes(lowest), codes(highest)) == (["10"], ["9"])
    assert lowest is not None
    assert lowest.score == Decimal("88.80")


def test_ties_share_the_place() -> None:
    assessment = assess_points(80, 100, 100, 80, 100, 90, 90, 90, 90, 90)
    assert codes(find_lowest(assessment)) == ["1", "4"]
    assert codes(find_highest(assessment)) == ["2", "3", "5"]


def test_scores_that_are_printed_alike_tie() -> None:
    tied = year_scores(i1=90, i2=90, i3="90.01", **{"2": 90, "3": "90.01"})
    assert codes(find_lowest(assess(rules(2568), tied))) == ["1", "2"]


@pytest.mark.parametrize(
    ("instrument", "lowest", "highest"),
    [("IIT", ["1"], ["5"]), ("EIT", ["6"], ["8"]), ("OIT", ["10"], ["9"])],
)
def test_each_instrument_has_its_own_lowest_and_highest(
    instrument: str, lowest: list[str], highest: list[str]
) -> None:
    assessment = assess_points(90, 91, 92, 93, 94, 95, 96, 97, 98, "88.8")
    assert codes(find_lowest(assessment, instrument)) == lowest
    assert codes(find_highest(assessment, instrument)) == highest


def test_without_scores_nothing_is_lowest() -> None:
    assessment = assess(rules(2568), year_scores(ITA=90, **{"1": 90}))
    assert find_lowest(assessment, "OIT") is None
    assert codes(find_lowest(assessment)) == ["1"]


@pytest.mark.parametrize(
    ("items", "below"),
    [(("84.99", "85", "85"), []), (("84.98", "85", "85"), ["1"]), (("85", "85", "85"), [])],
)
def test_the_target_is_held_against_the_printed_score(
    items: tuple[str, str, str], below: list[str]
) -> None:
    scores = year_scores(**{f"i{number}": each for number, each in enumerate(items, start=1)})
    assert [each.code for each in below_target(assess(rules(2568), scores))] == below


def test_chai_so_has_two_indicators_below_the_target() -> None:
    assert [each.code for each in below_target(assessed("chai-so", 2568))] == ["4", "9"]


def test_losses_are_ranked_by_the_points_they_cost_not_by_the_score() -> None:
    assessment = assess_points(80, 100, 100, 100, 100, 85, 100, 100, 90, 100)
    losses = [(each.indicator.code, each.points) for each in largest_losses(assessment)]
    assert losses == [("9", 2), ("6", Decimal("1.5")), ("1", Decimal("1.2"))]


def test_equal_losses_stay_in_the_order_of_the_indicators() -> None:
    assessment = assess_points(90, 90, 90, 90, 90, 100, 100, 100, 97, 97)
    assert [each.indicator.code for each in largest_losses(assessment)] == [
        *("1", "2", "3", "4", "5"),
        *("9", "10"),
    ]


def test_a_component_that_bars_a_level_is_found() -> None:
    way = find_way_up(assessed("bang-krabue", 2568))
    assert way is not None
    assert [each.code for each in way.barring] == ["OIT"]


def test_a_conflicting_figure_is_taken_for_no_score() -> None:
    scores = year_scores(2568, conflicting={"IIT": 50}, **indicators(*[90] * 10), IIT=90)
    result = assess(rules(2568), scores)
    standing = stand(result, "IIT")
    assert standing is not None
    assert standing.score == 90
    assert not below_target(result)


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ({"EIT1": 90, "EIT2": 90}, {"EIT1": 95, "EIT2": 80}, ("ผ่านดี", "ผ่าน", True, ["EIT2"])),
        ({"EIT1": 95, "EIT2": 80}, {"EIT1": 90, "EIT2": 90}, ("ผ่าน", "ผ่านดี", False, ["EIT2"])),
        ({"EIT1": 90, "EIT2": 90}, {"EIT1": 88, "EIT2": 91}, None),
    ],
)
def test_a_level_that_changed_is_found_with_what_missed_the_higher(
    before: dict[str, object], now: dict[str, object], found: tuple[object, ...] | None
) -> None:
    years = {
        year: assess(rules(2568), year_scores(year, IIT=99, OIT=99, **parts))
        for year, parts in ((2567, before), (2568, now))
    }
    years = {year: replace(each, scores=year_scores(year)) for year, each in years.items()}
    history = build_history(years, {})
    listed = History(
        tuple(
            replace(each, fiscal_year=year) for each, year in zip(history.years, years, strict=True)
        )
    )
    change = find_level_change(years[2568], listed)
    told = change and (
        change.previous,
        change.current,
        change.has_fallen,
        [each.code for each in change.missed],
    )
    assert told == found


def test_levels_of_other_names_are_not_compared() -> None:
    years = {year: assess(rules(year), year_scores(year, ITA=90)) for year in (2565, 2566)}
    assert find_level_change(years[2566], build_history(years, {})) is None
