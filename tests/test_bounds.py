"""What every figure says of every other: the bounds, and the levels within them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from operator import ge

import pytest
from conftest import examples, rules
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import Range, find_bounds, possible_levels
from ita_helpers.scoring.means import evaluate, means_of

UNIT = 120 * 10**7
"""A point in whole numbers, so that brute force divides by 3, 4 and 10 without a rest."""
SLACK = UNIT // 200
TINY = UNIT // 10**7
"""Less than any two different ends lie apart: stands for an end that is not reached."""
Span = tuple[int, int]


def printed(**scores: str | float) -> dict[str, Decimal]:
    return {code: Decimal(str(points)) for code, points in scores.items()}


def levels_of(year: int, figures: Mapping[str, Decimal]) -> list[str]:
    bounds = find_bounds(rules(year), figures)
    return [each.name for each in possible_levels(rules(year), bounds)]


@pytest.mark.parametrize(
    ("year", "figures", "levels"),
    [
        (2566, printed(ITA=99.72), ["ผ่านดีเยี่ยม"]),
        (2566, printed(ITA=95.86), ["ผ่านดีเยี่ยม", "ผ่านดี"]),
        (2566, printed(ITA="98.51"), ["ผ่านดีเยี่ยม"]),
        (2566, printed(ITA="98.50"), ["ผ่านดีเยี่ยม", "ผ่านดี"]),
        (2566, printed(ITA="95.51"), ["ผ่านดีเยี่ยม", "ผ่านดี"]),
        (2566, printed(ITA="95.50"), ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"]),
        (2568, printed(ITA=95, IIT=90, EIT=95), ["ผ่านดี"]),
        (2568, printed(ITA=92.86, IIT=96, OIT=90, EIT1=95), ["ผ่านดี"]),
        (2565, printed(IIT=10), ["C", "D", "E", "F"]),
    ],
)
def test_an_overall_score_bounds_its_components_and_so_the_level(
    year: int, figures: Mapping[str, Decimal], levels: list[str]
) -> None:
    assert levels_of(year, figures) == levels


def test_two_instruments_and_the_overall_score_give_the_third() -> None:
    bounds = find_bounds(rules(2568), printed(ITA=95, IIT=90, EIT=95))
    assert bounds.range("OIT") == Range(Decimal("98.73"), Decimal("98.77"))


def test_an_indicator_is_bounded_by_its_instrument_and_its_items() -> None:
    items = {f"i{n}": 100 for n in (1, 2)}
    bounds = find_bounds(rules(2568), printed(IIT=99, **items))
    assert bounds.range("1") == Range(Decimal("94.98"), Decimal("100.00"))
    assert bounds.range("i3") == Range(Decimal("84.93"), Decimal("100.00"))


def test_a_mean_that_its_figures_contradict_is_told_with_what_they_leave() -> None:
    (clash,) = find_bounds(rules(2568), printed(ITA=95, IIT=95, EIT=95, OIT=99)).clashes
    assert (clash.code, round(float(clash.low), 3), round(float(clash.high), 3)) == (
        "ITA",
        96.595,
        96.605,
    )


def uneven() -> Framework:
    """Return the rules of 2568 with floors that differ by component."""
    written = rules(2568).model_dump()
    written["levels"]["list"][1]["at_least"] = {"OIT": 95, "EIT2": 70}
    return Framework.model_validate(written)


figures = st.sets(st.sampled_from(["ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT"]))
points = st.one_of(
    st.sampled_from([Fraction(n) for n in (0, 70, 85, 95, 100)]),
    st.integers(60_000, 100_000).map(lambda n: Fraction(n, 1000)),
)
frameworks = st.sampled_from([*map(rules, (2565, 2566, 2567, 2568)), uneven()])


@given(frameworks, figures, st.lists(points, min_size=4, max_size=4), st.data())
@examples(1 / 8)
def test_the_levels_are_those_that_brute_force_finds(
    framework: Framework, known: set[str], true: list[Fraction], data: st.DataObject
) -> None:
    shown = {code: to_hundredths(_figure(code, true)) for code in known}
    if shown and data.draw(st.integers(0, 3)) == 0:
        wrong = data.draw(st.sampled_from(sorted(shown)))
        shown[wrong] = to_hundredths(data.draw(points))
    has_parts = bool(framework.instrument("EIT").parts)
    shown = {
        code: each for code, each in shown.items() if has_parts or code not in ("EIT1", "EIT2")
    }
    bounds = find_bounds(framework, shown)
    found = brute_force(framework, shown)
    assert bool(bounds.clashes) == (not found)
    if found:
        assert {each.name for each in possible_levels(framework, bounds)} == found


@given(st.lists(points, min_size=45, max_size=45), st.randoms())
def test_what_is_true_lies_within_the_bounds_of_what_is_printed(
    values: list[Fraction], random: st.random.Random
) -> None:
    framework = rules(2568)
    means = means_of(framework)
    items = [code for code in framework.codes if code not in means and "@" not in code]
    true = dict(zip(items, values, strict=False)) | {"EIT1": Fraction(0), "EIT2": Fraction(0)}
    true |= {c: points for c in means if (points := evaluate(means, true, c)) is not None}
    true["EIT1"] = true["EIT2"] = true["EIT"]
    known = random.sample(sorted(true), random.randrange(len(true)))
    bounds = find_bounds(framework, {code: to_hundredths(true[code]) for code in known})
    assert not bounds.clashes
    for code, exact in true.items():
        assert bounds.range(code).low <= to_hundredths(exact) <= bounds.range(code).high


def _figure(code: str, true: list[Fraction]) -> Fraction:
    iit, first, second, oit = true
    eit = (first + second) / 2
    figures = {"IIT": iit, "EIT": eit, "EIT1": first, "EIT2": second, "OIT": oit}
    return figures.get(code, (3 * iit + 3 * eit + 4 * oit) / 10)


def brute_force(framework: Framework, shown: Mapping[str, Decimal]) -> set[str]:
    """Return the levels at the corners of all results that print so, and of each level's share.

    All scores but one or two stand at an end or at a level's condition; means give the others.
    """
    box = {code: _cell(shown.get(code)) for code in ("ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT")}
    edge = {code: _edges(framework, span) for code, span in box.items()}
    judged = ("ITA", *framework.levels.judged)
    levels = [
        (each.name, [_judged(each.conditions.get(code, Fraction(0))) for code in judged])
        for each in framework.levels.list
    ]
    found = {tuple(map(scores.__getitem__, judged)) for scores in _corners(box, edge)}
    return {next(n for n, asked in levels if all(map(ge, scores, asked))) for scores in found}


def _corners(box: Mapping[str, Span], edge: Mapping[str, set[int]]) -> Iterator[dict[str, int]]:
    iits, oits, totals = (edge[code] for code in ("IIT", "OIT", "ITA"))
    eits = edge["EIT"] | {(a + b) // 2 for a, b in product(edge["EIT1"], edge["EIT2"])}
    triples = {
        *product(iits, eits, oits),
        *((i, e, (10 * t - 3 * i - 3 * e) // 4) for i, e, t in product(iits, eits, totals)),
        *((i, (10 * t - 3 * i - 4 * o) // 3, o) for i, o, t in product(iits, oits, totals)),
        *(((10 * t - 3 * e - 4 * o) // 3, e, o) for e, o, t in product(eits, oits, totals)),
    }
    for iit, eit, oit in triples:
        scores = {"IIT": iit, "EIT": eit, "OIT": oit, "ITA": (3 * iit + 3 * eit + 4 * oit) // 10}
        if all(box[code][0] <= each <= box[code][1] for code, each in scores.items()):
            for first in {*edge["EIT1"], *(2 * eit - each for each in edge["EIT2"]), eit}:
                parts = {"EIT1": first, "EIT2": 2 * eit - first}
                if all(box[code][0] <= each <= box[code][1] for code, each in parts.items()):
                    yield scores | parts


def _cell(figure: Decimal | None) -> Span:
    if figure is None:
        return 0, 100 * UNIT
    middle = int(figure * 100) * UNIT // 100
    return max(middle - SLACK, 0), min(middle + SLACK - TINY, 100 * UNIT)


def _judged(condition: Fraction) -> int:
    return round(condition * 100) * UNIT // 100 - SLACK


def _edges(framework: Framework, span: Span) -> set[int]:
    asked = [each for level in framework.levels.list for each in level.conditions.values()]
    conditions = {_judged(each) for each in (*asked, Fraction(0))}
    ends = conditions | {each - TINY for each in conditions}
    return {*span, *(each for each in ends if span[0] < each < span[1])}
