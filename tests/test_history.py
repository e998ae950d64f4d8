"""Which years may be compared with which."""

from __future__ import annotations

from fractions import Fraction

import pytest
from conftest import rules, year_scores

from ita_helpers.files.workspace import Workspace
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.history import History, build_history
from ita_helpers.store.scores import read_year, score_years


def join(*years: YearScores) -> History:
    """Assess the years that have rules and keep the others as they are."""
    return build_history(
        {y.fiscal_year: assess(rules(y.fiscal_year), y) for y in years if y.fiscal_year >= 2562},
        {y.fiscal_year: y for y in years if y.fiscal_year < 2562},
    )


def history_of(workspace: Workspace, organisation: str, last: int) -> History:
    """Read all years of the real data up to ``last``."""
    years = [year for year in score_years(workspace) if year <= last]
    read = (
        read_year(workspace, organisation, year, rules(year) if year >= 2562 else None)
        for year in years
    )
    return join(*(each for each in read if each))


@pytest.mark.parametrize(
    ("previous", "current", "verdict"),
    [
        (2563, 2564, "same"),
        (2564, 2565, "changed"),
        (2567, 2568, "changed"),
    ],
)
def test_a_change_tells_whether_the_rules_changed(
    previous: int, current: int, verdict: str
) -> None:
    history = join(year_scores(previous, ITA="80.5"), year_scores(current, ITA=79))
    change = history.change("ITA")
    assert change is not None
    assert (change.points, change.verdict) == (Fraction("-1.5"), verdict)


@pytest.mark.parametrize(
    ("years", "code"),
    [
        ([2564], "ITA"),
        ([2564, 2566], "ITA"),
        ([2561, 2562], "ITA"),
        ([2560, 2561], "ITA"),
        ([2564, 2565], "IIT"),
    ],
    ids=["first year", "a year between is missing", "other rules", "no rules", "no score"],
)
def test_no_change_without_a_comparable_year_directly_before(years: list[int], code: str) -> None:
    assert join(*(year_scores(year, ITA=80) for year in years)).change(code) is None


def test_years_stand_in_their_order_whatever_order_they_come_in() -> None:
    history = join(*(year_scores(year, ITA=80) for year in (2565, 2561, 2567, 2564)))
    assert [each.fiscal_year for each in history.years] == [2561, 2564, 2565, 2567]
    assert history.current.fiscal_year == 2567
    assert history.previous is None


def test_the_last_years_are_fiscal_years_not_rows() -> None:
    history = join(*(year_scores(year, ITA=80) for year in (2562, 2565, 2567)))
    assert [each.fiscal_year for each in history.last(3)] == [2565, 2567]
    assert [each.fiscal_year for each in history.last(10)] == [2562, 2565, 2567]


def test_only_years_with_one_of_the_scores_are_kept() -> None:
    history = join(
        year_scores(2564, ITA=80),
        year_scores(2565, IIT=81),
        year_scores(2566, OIT=82, ITA=80),
        year_scores(2567, ITA=83),
    )
    kept = history.years_with(["IIT", "OIT"], 3)
    assert [each.fiscal_year for each in kept] == [2565, 2566]
    assert history.years_with(["IIT"], 1) == ()


def test_a_year_of_other_rules_has_only_its_overall_score_and_level() -> None:
    (year,) = join(year_scores(2561, level="สูงมาก", ITA=91)).years
    assert (year.overall, year.level, year.since_previous) == (91, "สูงมาก", "broken")
    assert (year.value("ITA"), year.value("IIT"), year.assessment) == (91, None, None)


def test_ipst_has_ten_years_of_which_the_first_four_are_of_other_rules(
    workspace: Workspace,
) -> None:
    history = history_of(workspace, "ipst", 2567)
    assert [each.fiscal_year for each in history.years] == list(range(2558, 2568))
    assert [y.fiscal_year for y in history.years if not y.assessment] == [2558, 2559, 2560, 2561]
    assert all(each.overall is not None for each in history.years)
    change = history.change("ITA")
    assert change is not None
    assert (change.previous, change.current) == (Fraction("86.78"), Fraction("91.15"))


def test_the_made_up_office_rises_from_2567_to_2568_under_changed_rules(
    workspace: Workspace,
) -> None:
    change = history_of(workspace, "made-up-example", 2568).change("ITA")
    assert change is not None
    assert (change.points, change.verdict) == (Fraction("1.53"), "changed")
