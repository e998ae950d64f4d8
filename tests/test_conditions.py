"""A rule that no year has yet is taken up from its file alone, wherever levels are spoken of."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache

import pytest
import yaml
from conftest import (
    ROOT,
    assert_helps_the_reader,
    indicators,
    rules,
    write,
    write_scores,
    year_scores,
)
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.errors import FrameworkError
from ita_helpers.faces.absent import Absent
from ita_helpers.figures.scores import plot_condition
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.bounds import grade
from ita_helpers.scoring.what_if import Trial, find_least_gain, try_out
from ita_helpers.store.loading import load_data
from ita_helpers.store.rules import read_framework
from ita_helpers.tables.losses import tabulate_next_level
from ita_helpers.tables.rules import tabulate_levels
from ita_helpers.teaching.posing import _conditions
from ita_helpers.words.bottom_line import describe_next_level
from ita_helpers.words.contradictions import check_result
from ita_helpers.words.explain import explain
from ita_helpers.words.rules import describe_rules

RULE = "ผ่านดี, overall: 85, every_component: 85"
MADE_UP = 'ผ่านดี, overall: 85, every_component: 85, at_least: {OIT: 90, "9": 85, EIT: 88}'
"""A floor of its own for one component, one for a whole instrument, one for an indicator."""


def made_up_text() -> str:
    text = (ROOT / "data/frameworks/2568.yml").read_text(encoding="utf-8")
    assert RULE in text
    return text.replace(RULE, MADE_UP)


@cache
def made_up() -> Framework:
    return Framework.model_validate(yaml.safe_load(made_up_text()))


def good():
    return made_up().level("ผ่านดี")


def test_what_a_level_asks_are_pairs_of_code_and_points_the_overall_score_first() -> None:
    asked = {"ITA": 85, "IIT": 85, "EIT1": 85, "EIT2": 85, "OIT": 90, "9": 85, "EIT": 88}
    assert list(good().conditions.items()) == list(asked.items())
    assert made_up().levels.judged == ("IIT", "EIT1", "EIT2", "OIT", "9", "EIT")
    every = dict.fromkeys(("ITA", "IIT", "EIT1", "EIT2", "OIT"), 85)
    assert rules(2568).level("ผ่านดี").conditions == every
    assert rules(2565).levels.list[0].conditions == {"ITA": 95}


@pytest.mark.parametrize(
    ("changed", "level", "missing"),
    [
        ({}, "ผ่านดี", None),
        ({"9": 84, "10": 98}, "ผ่าน", ["9"]),
        ({"9": 89, "10": 90}, "ผ่าน", ["OIT"]),
        ({"6": 87, "7": 87, "8": 87, "EIT1": 87, "EIT2": 87}, "ผ่าน", ["EIT"]),
        ({"9": 84, "10": 90, "1": 70}, "ผ่าน", ["OIT", "9"]),
    ],
)
def test_verdict_next_level_and_what_if_take_up_conditions_of_any_code(
    changed: dict[str, object], level: str, missing: list[str] | None
) -> None:
    scores = {**indicators(*[91] * 10), "EIT1": 91, "EIT2": 91} | changed
    found = assess(made_up(), year_scores(**scores))
    assert found.verdict.level == level
    shown = {code: to_hundredths(found.value(code)) for code in ("ITA", "EIT", "OIT", *scores)}
    assert grade(made_up(), shown).name == level
    trial = try_out(found)
    assert trial is not None
    assert [each.name for each in trial.possible] == [level]
    short = [each.code for each in trial.barred_by(good())]
    if missing is not None:
        assert found.next_level is not None
        assert [each.code for each in found.next_level.missing] == missing == short
    gain = find_least_gain(trial, good())
    assert gain.trial.barred_by(good()) == ()
    assert (gain.total == 0) == (not short)


def test_a_score_that_is_missing_leaves_its_condition_open() -> None:
    scores = {"ITA": 91, "IIT": 91, "EIT": 91, "EIT1": 91, "EIT2": 91, "OIT": 91}
    verdict = assess(made_up(), year_scores(**scores)).verdict
    assert [each.name for each in verdict.possible] == ["ผ่านดี", "ผ่าน"]
    assert verdict.open_components == ("9",)


def random_trial(chance: random.Random) -> Trial:
    values = {
        str(code): Fraction(chance.choice([chance.randint(7500, 10_000), 8500, 9000, 7995]), 100)
        for code in range(1, 11)
    }
    trial = Trial(made_up(), values)
    if chance.random() < 0.5:
        return trial
    low, high = trial.span("EIT1")
    return Trial(
        made_up(), values, {"EIT1": low + (high - low) * Fraction(chance.randint(0, 9), 9)}
    )


@given(st.randoms(use_true_random=False))
def test_the_least_gain_meets_every_condition_and_less_meets_not_all(chance: random.Random) -> None:
    trial = random_trial(chance)
    level = chance.choice(made_up().levels.list[:-1])
    gain = find_least_gain(trial, level)
    place = made_up().levels.list.index
    assert place(gain.trial.possible[0]) <= place(level)
    codes = [str(code) for code in range(1, 11)]
    rises = {code: gain.trial.score(code) - trial.score(code) for code in codes}
    assert all(rise >= 0 for rise in rises.values())
    assert sum(rises.values()) == gain.total
    assert all(gain.trial.score(code) <= 100 for code in codes)
    for code in chance.sample(codes, 10):
        if rises[code] > Fraction(1, 50) and not trial.parts:
            less = {**gain.trial.values, code: gain.trial.values[code] - Fraction(1, 50)}
            fallen = Trial(made_up(), less)
            assert place(fallen.possible[0]) > place(level)


def written(workspace: Workspace) -> Workspace:
    write(workspace, "data/frameworks/2568.yml", made_up_text())
    scores = {**indicators(*[91] * 10), "EIT1": 91, "EIT2": 91, "9": 84, "10": 98}
    write_scores(workspace, *(f"{code},{each},,ข้อมูลสมมติ," for code, each in scores.items()))
    return workspace


def test_tables_and_words_take_up_conditions_of_any_code(small_workspace: Workspace) -> None:
    data = load_data(written(small_workspace), "ban-rai", 2568, "arabic")
    levels = tabulate_levels(data)._repr_html_()
    further = "คะแนน OIT ไม่น้อยกว่า 90.00 คะแนนตัวชี้วัดที่ 9 ไม่น้อยกว่า 85.00 และคะแนน EIT ไม่น้อยกว่า 88.00"
    assert "เงื่อนไขอื่น" in levels
    assert further in levels
    assert "ตัวชี้วัดที่ 9 ไม่น้อยกว่า 85.00" in tabulate_next_level(data)._repr_html_()
    assert "ตัวชี้วัดที่ 9" in describe_next_level(data)
    assert further in _conditions(data.framework)._repr_html_()
    assert any(line.endswith(f"และ{further}") for line in describe_rules(data.framework))
    assert isinstance(plot_condition(data, data.framework.level("ผ่านดี")), Absent)
    said = explain(data.organisation, data.assessment)
    assert f"และ{further}" in said
    assert "ตัวชี้วัดที่ 9 84.00 ต้องการ 85.00 ยังขาด 1.00" in said


def test_a_level_that_an_indicator_excludes_contradicts_it() -> None:
    scores = {**indicators(*[91] * 10), "EIT1": 91, "EIT2": 91, "9": 84, "10": 98}
    (problem,) = check_result(assess(made_up(), year_scores(level="ผ่านดี", **scores)))
    assert {"level", "9"} <= {*problem.codes}


@pytest.mark.parametrize(
    ("wrong", "fact"),
    [
        ("ผ่านดี, overall: 85, every_component: 85, at_least: {X9: 90}", "X9"),
        (
            "ผ่านดี, overall: 85, every_component: 85, at_least: {OIT: 900}",
            "levels.list.ผ่านดี.at_least.OIT",
        ),
        ("ผ่านดี, overall: 95, every_component: 95, at_least: {OIT: 96}", "ผ่านดีเยี่ยม"),
    ],
)
def test_conditions_that_nothing_can_be_said_of_are_refused(
    small_workspace: Workspace, wrong: str, fact: str
) -> None:
    write(small_workspace, "data/frameworks/2568.yml", made_up_text().replace(MADE_UP, wrong))
    with pytest.raises(FrameworkError) as caught:
        read_framework(small_workspace, 2568)
    assert_helps_the_reader(caught.value, "data/frameworks/2568.yml", fact)
