"""Our own reports, read like anybody's, say what they were made of, and have no slips."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain, cycle, product
from pathlib import Path

import pytest
from conftest import PRESETS, ROOT, SAMPLES, rules, spanning

from ita_helpers.checks.finished.rules import RULES
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked, Found
from ita_helpers.records.plan import Measure
from ita_helpers.rendering.finished import Basis, check_document
from ita_helpers.store.plans import read_plan
from ita_helpers.store.scores import read_year
from ita_helpers.words.measures import measure_name

OURS = Workspace(ROOT)
ENDINGS = ("docx", "pdf", "html")
SAMPLE = ("made-up-example", 2568)
FILES = list(product(SAMPLES, ENDINGS))
SOME = list(dict.fromkeys(chain(zip(SAMPLES, cycle(ENDINGS)), product([SAMPLE], ENDINGS))))
OF_PRESETS = list(product(PRESETS, ENDINGS))
TEXTS = ("finding", "guideline", "steps", "owners", "follow_up", "time", "indicators", "kind")
"""What a plan prints of a measure; a preset may leave some of it out."""
LEFT_OUT = ("ITA703",)
"""The rule that finds what a preset does not print of a plan."""


def read(path: Path) -> Found:
    return read_file(path, Asked(OURS), path.name)


def scores(code: str, year: int) -> set[tuple[str, str]]:
    """Return the scores of the project's data, those too that contradict them."""
    known = read_year(OURS, code, year, rules(year))
    assert known is not None
    return {(e.code, f"{e.points:.2f}") for e in (*known.scores.values(), *known.conflicting)}


def found_scores(found: Found) -> set[tuple[str, str]]:
    return {(each.code, f"{each.points:.2f}") for each in found.years[0].scores}


def bare(value: object) -> str:
    """Return a value without blanks, which a PDF has none of where its lines end."""
    lines = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    return "|".join("".join(str(each).split()) for each in lines)


def assert_the_plan_is(found: Found, code: str, year: int) -> None:
    plan = read_plan(OURS, code, year, rules(year))
    measures = [each.measure for each in found.years[0].plan]
    made_of = {bare(measure_name(each)): each for each in (plan.measures if plan else ())}
    assert {bare(each.name) for each in measures} == set(made_of)
    for each in measures:
        assert_agrees(each, made_of[bare(each.name)])


def assert_agrees(found: Measure, measure: Measure) -> None:
    """Hold what was read of a measure against what it is; its owners are always printed."""
    assert bare(found.owners) == bare(measure.owners)
    for key in TEXTS:
        value = getattr(found, key)
        assert not value or bare(value) == bare(getattr(measure, key)), key
    if found.status:
        assert found.status == measure.status


@cache
def basis() -> Basis:
    return Basis.of(OURS)


def assert_nothing_is_wrong(path: Path, *but: str) -> None:
    checked = check_document(basis(), path, RULES)
    assert not checked.failure
    assert [each for each in checked.problems if each.rule not in but] == []


@pytest.mark.hypothesis
@pytest.mark.parametrize(("sample", "ending"), spanning(FILES, *SOME), ids=str)
def test_a_report_gives_the_data_it_was_made_of_and_has_no_slips(rendered, sample, ending):
    code, year = sample
    path = rendered / f"{year}/{code}.{ending}"
    found = read(path)
    plan = compare(OURS, [found])
    assert [(each.what, each.old, each.new) for each in plan.changes] == []
    assert found_scores(found) == scores(code, year)
    known = read_year(OURS, code, year, rules(year))
    named = {each.about for each in known.suggestions} if known else set()
    assert {each.code for each in found.years[0].suggestions} == named
    assert_the_plan_is(found, code, year)
    assert_nothing_is_wrong(path)


@pytest.mark.hypothesis
@pytest.mark.parametrize(
    ("preset", "ending"), spanning(OF_PRESETS, *zip(PRESETS, cycle(ENDINGS))), ids=str
)
def test_a_preset_gives_no_other_data_and_has_no_slips(presets, preset, ending):
    path = presets[preset].with_suffix(f".{ending}")
    found = read(path)
    plan = compare(OURS, [found])
    assert [(each.what, each.old, each.new) for each in plan.changes] == []
    assert found_scores(found) <= scores(*SAMPLE)
    assert len(found_scores(found)) > 10
    assert_the_plan_is(found, *SAMPLE)
    assert_nothing_is_wrong(path, *LEFT_OUT)
