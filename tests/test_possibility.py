"""Which printed scores some people's answers can give, and which digit was mistyped."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from conftest import ROOT, YEARS, rules
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.files.workspace import Workspace
from ita_helpers.language.points import to_hundredths
from ita_helpers.scoring.possibility import find_doubts, is_possible, nearest_possible
from ita_helpers.store.scores import organisations_with_scores, require_year

POINTS = (0, 33, 67, 100)
ALL = [Decimal(each) / 100 for each in range(10_001)]


def share_from_95(answers: int) -> float:
    """Return which part of the scores from 95.00 to 100.00 so many answers can give."""
    scores = [each for each in ALL if each >= 95]
    return sum(is_possible(each, answers, POINTS) for each in scores) / len(scores)


def as_scores(scores: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(score) for code, score in scores.items()}


@pytest.mark.parametrize("answers", range(1, 8))
def test_the_possible_scores_are_those_of_all_ways_to_answer(answers: int) -> None:
    ways = combinations_with_replacement(POINTS, answers)
    means = {to_hundredths(Fraction(sum(each), answers)) for each in ways}
    assert {each for each in ALL if is_possible(each, answers, POINTS)} == means


def test_few_scores_near_the_top_are_possible() -> None:
    assert round(share_from_95(28), 3) == 0.018
    assert round(share_from_95(3 * 28), 3) == 0.098


@given(st.lists(st.sampled_from(POINTS), min_size=1, max_size=400))
def test_a_score_that_answers_gave_is_never_doubted(answers: list[int]) -> None:
    mean = to_hundredths(Fraction(sum(answers), len(answers)))
    assert is_possible(mean, len(answers), POINTS)


def test_the_nearest_possible_scores_are_told() -> None:
    assert nearest_possible(Decimal("98.82"), 3 * 28, POINTS) == (Decimal("98.81"), Decimal("99.2"))
    assert nearest_possible(Decimal("99.99"), 28, POINTS) == (Decimal("98.82"), Decimal(100))


def test_with_the_number_of_respondents_each_score_is_judged_by_itself() -> None:
    scores = as_scores({"1": "98.81", "2": "98.91", "i1": "98.82", "i4": "98.28"})
    doubts = find_doubts(rules(2568), scores, {"iit": 28})
    assert [(each.code, each.respondents) for each in doubts] == [("i4", 28), ("2", 28)]


def test_without_it_the_one_score_is_doubted_that_fits_no_number_of_the_others() -> None:
    printed = {"1": "98.81", "2": "98.81", "3": "100", "4": "98.81", "5": "99.21"}
    assert not find_doubts(rules(2568), as_scores(printed), {})
    (doubt,) = find_doubts(rules(2568), as_scores(printed | {"5": "99.99"}), {})
    assert (doubt.code, doubt.respondents) == ("5", None)
    assert 28 in doubt.numbers


@pytest.mark.parametrize(
    ("year", "scores", "respondents"),
    [
        (2568, {"6": "12.34", "EIT": "98.76"}, {"eit1": 7, "eit2": 5}),
        (2566, {"1": "98.91"}, {"iit": 28}),
        (2568, {"1": "98.91"}, {"iit": 0}),
        (2568, {"1": "98.91"}, {}),
        (2568, {"1": "98.91", "2": "61.37"}, {"iit": 10_000}),
        (2568, {}, {"iit": 28}),
    ],
)
def test_what_is_not_known_well_enough_is_not_doubted(
    year: int, scores: Mapping[str, str], respondents: Mapping[str, int]
) -> None:
    assert not find_doubts(rules(year), as_scores(scores), respondents)


def test_no_score_of_the_samples_is_doubted() -> None:
    workspace, judged = Workspace(ROOT), 0
    for year in YEARS:
        for organisation in organisations_with_scores(workspace, year):
            found = require_year(workspace, organisation, year, rules(year))
            scores = {code: each.points for code, each in found.scores.items()}
            counts = found.result.respondents if found.result else {}
            assert not find_doubts(rules(year), scores, counts), (organisation, year)
            judged += len(scores)
    assert judged > 100
