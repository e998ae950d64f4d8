from __future__ import annotations

import pytest
from composed import KINDS, compose
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st
from wordings import found_of, names

SEEDS = st.integers(min_value=0, max_value=10**6)


@pytest.mark.parametrize("kind", KINDS)
@examples(1 / 15)
@given(seed=SEEDS)
def test_a_right_sentence_of_any_kind_is_left_alone(kind, seed):
    made = compose(kind, seed, wrong=False)
    assert [(each.rule, made.text) for each in found_of(made.text)] == []


@pytest.mark.parametrize("kind", KINDS)
@examples(1 / 15)
@given(seed=SEEDS)
def test_one_wrong_value_gives_one_finding_that_names_it(kind, seed):
    made = compose(kind, seed, wrong=True)
    (problem,) = found_of(made.text)
    assert names(problem, made.wrong), made.text
