from __future__ import annotations

import pytest
from conftest import ROOT
from finished import claim

from ita_helpers.checks.finished.usual import usual_points
from ita_helpers.files.workspace import Workspace
from ita_helpers.scoring.bounds import find_bounds
from ita_helpers.store.rules import read_framework

YEAR = 2568
TABLE = {"9": "79.00", "10": "84.00", "OIT": "86.50"}
"""The mean of 79 and 84 is 81.50, that of 89 and 84 is 86.50."""


@pytest.fixture(scope="module")
def rules():
    return read_framework(Workspace(ROOT), YEAR)


def meant(rules, *others):
    claims = [claim(code, points) for code, points in TABLE.items()]
    claimed = {(each.code, YEAR): [each] for each in claims}
    found = usual_points(
        claimed,
        [*claims, *others],
        {},
        lambda year: rules if year == YEAR else None,
        find_bounds,
    )
    return {code: str(points) for (code, _), points in found.items()}


def test_a_value_hardly_claimed_is_meant_if_the_year_recomputes_with_it_only(rules):
    assert meant(rules, claim("9", "89.00")) == {**TABLE, "9": "89.00"}


def test_nothing_is_put_in_place_of_what_is_told_where_that_explains_nothing(rules):
    assert meant(rules, claim("9", "88.00")) == TABLE


def test_of_two_ways_to_recompute_none_is_taken(rules):
    assert meant(rules, claim("9", "89.00"), claim("9", "89.01")) == TABLE
