from __future__ import annotations

import random

import pytest
from slips import KINDS, Held


@pytest.fixture(scope="module")
def held(rendered):
    return Held(rendered / "2568/made-up-example.html")


def test_a_report_of_ours_breaks_no_rule(held):
    assert held.usual == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_of_each_kind_is_found(kind, held):
    dice = random.Random(kind)
    for slip in held.slips(dice, {kind: KINDS[kind]}):
        assert held.new_problems(slip), (slip.before, slip.after)
