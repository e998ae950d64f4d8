"""The range in which each figure of a result must lie, given all the others.

A printed figure stands for every score that rounds to it, a missing one for 0 to 100, and the means
link them. Limits are carried up and down the means. A year's means form a tree, so both ends of a
remaining range can be reached, and figures are possible together exactly when no range becomes
empty. All in fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product, takewhile
from math import lcm
from typing import TypeVar

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Instrument, Level
from ita_helpers.records.scores import PRINTED_SLACK
from ita_helpers.scoring.means import Parts, means_of

FULL = Fraction(100)
_HUNDREDTH = Decimal("0.01")

End = tuple[Fraction, int]
"""One end of a range (points), and -1 or 1 if the range approaches it without reaching it.

Ends compare and add like numbers with an infinitely small part.
"""
Ends = tuple[End, End]
Whole = tuple[int, int]
"""An end in whole numbers of some unit."""
Number = TypeVar("Number", Fraction, int)
ANY: Ends = ((Fraction(0), 0), (FULL, 0))


@dataclass(frozen=True)
class Range:
    """The two-decimal scores (0 to 100) a figure may have, both ends included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Mean:
    """One rule: ``code`` is the mean of its ``parts``, by their weights."""

    code: str
    parts: Parts


@dataclass(frozen=True)
class Clash:
    """An impossible mean: the printed figures ``below`` leave ``low`` to ``high`` for it.

    These are points; the figure printed for ``code`` itself, or one above it, is outside.
    """

    code: str
    below: tuple[str, ...]
    low: Fraction
    high: Fraction
    is_partial: bool


class Impossible(Exception):
    """No scores fit; ``mean`` is the one whose figures exclude all, ``None`` if a limit does."""

    def __init__(self, mean: Mean | None = None) -> None:
        super().__init__()
        self.mean = mean


@dataclass(frozen=True)
class Bounds:
    """What is known of every figure of a year's result.

    ``clashes`` are the rules that the figures contradict and that were left out.
    """

    ends: Mapping[str, Ends]
    means: tuple[Mean, ...]
    clashes: tuple[Clash, ...]

    def range(self, code: str) -> Range:
        """Return the two-decimal scores a figure may have."""
        return _in_hundredths(self.ends.get(code, ANY))

    def allow(self, limits: Mapping[str, Ends]) -> bool:
        """Whether all these further limits can hold at once."""
        ends = dict(self.ends)
        try:
            for code, limit in limits.items():
                ends[code] = _meet(ends.get(code, ANY), limit)
            _settle(ends, self.means)
        except Impossible:
            return False
        return True


def find_bounds(
    framework: Framework,
    printed: Mapping[str, Decimal] | Mapping[str, Decimal | Fraction],
    slack: Mapping[str, Fraction] | None = None,
) -> Bounds:
    """Return the bounds of every figure of a year, from printed scores (0 to 100) by code.

    ``slack`` gives the maximum distance from the true score where it is not ``PRINTED_SLACK``.

    A mean that contradicts the figures is left out and reported in ``clashes``, the deepest first.
    """
    means = _means(framework, printed)
    slack = slack or {}
    start = {c: _rounding_to(p, slack.get(c, PRINTED_SLACK)) for c, p in printed.items()}
    clashes: list[Clash] = []
    while True:
        ends = dict(start)
        try:
            _settle(ends, means)
            return Bounds(ends, means, tuple(clashes))
        except Impossible as impossible:
            wrong = next((each for each in means if _excludes(start, each)), impossible.mean)
            clashes += [_clash(each, means, start) for each in means if each is wrong]
            means = tuple(each for each in means if each is not wrong)


def _excludes(start: Mapping[str, Ends], mean: Mean) -> bool:
    """Whether the printed figures of a mean and its parts alone make it impossible."""
    try:
        _narrow(dict(start), mean)
    except Impossible:
        return True
    return False


def possible_levels(framework: Framework, bounds: Bounds) -> tuple[Level, ...]:
    """Return the levels, the highest first, that some scores within the bounds have.

    Overall score and components are judged with two decimals (facts of the year, block
    ``levels``).
    """
    levels = framework.levels.list
    surely = _grade_of_corners(framework, bounds)
    if surely:
        return (surely,)
    return tuple(
        level
        for place, level in enumerate(levels)
        if any(
            bounds.allow(_all_of([_conditions(level), *missed]))
            for missed in product(*(_misses(each) for each in _lowest(levels[:place])))
        )
    )


def _grade_of_corners(framework: Framework, bounds: Bounds) -> Level | None:
    """Return the level if all scores at their minimum and all at their maximum share one."""
    ranges = {code: bounds.range(code) for code in ("ITA", *framework.levels.judged)}
    least = grade(framework, {code: each.low for code, each in ranges.items()})
    most = grade(framework, {code: each.high for code, each in ranges.items()})
    return least if least == most else None


def grade(framework: Framework, scores: Mapping[str, Decimal]) -> Level:
    """Return the level of scores (0 to 100 points) by code; what is not given bars no level.

    They are judged with two decimals (facts of the year, block ``levels``).
    """
    return next(
        level
        for level in framework.levels.list
        if all(scores.get(code, FULL) >= points for code, points in level.conditions.items())
    )


def _conditions(level: Level) -> dict[str, Ends]:
    """Return the limits of a level: each judged figure at its condition or above."""
    return {code: (_judged_from(points), ANY[1]) for code, points in level.conditions.items()}


def _misses(level: Level) -> list[dict[str, Ends]]:
    """Return the ways to miss a level: one figure below its condition is enough."""
    conditions = _conditions(level).items()
    return [{code: (ANY[0], (low, -1))} for code, ((low, _), _) in conditions if low > 0]


def _lowest(above: tuple[Level, ...]) -> list[Level]:
    """Return the least demanding levels: missing these means missing all of them."""
    return [
        each
        for place, each in enumerate(above)
        if not any(each.asks_as_much_as(other) for other in above[place + 1 :])
    ]


def _judged_from(condition: Fraction) -> End:
    """Return the lowest score that, with two decimals, meets a condition (points)."""
    hundredths = condition * 100
    whole = Fraction(-(-hundredths.numerator // hundredths.denominator), 100)
    return max(whole - PRINTED_SLACK, Fraction(0)), 0


def _all_of(limits: Iterable[Mapping[str, Ends]]) -> dict[str, Ends]:
    """Combine limits. Raises ``Impossible``."""
    together: dict[str, Ends] = {}
    for each in limits:
        for code, ends in each.items():
            low = max(ends[0], together.get(code, ANY)[0])
            together[code] = (low, min(ends[1], together.get(code, ANY)[1]))
    return together


def _means(framework: Framework, printed: Iterable[str]) -> tuple[Mean, ...]:
    """Return the means of a year from below, those of an instrument's parts among them.

    Figures below an indicator count only where one of them is printed.
    """
    parts = [mean_of_parts(each) for each in framework.instruments.list if each.parts]
    *means, overall = (Mean(code, below) for code, below in means_of(framework).items() if below)
    always, telling, kept = {each.code for each in framework.instruments.list}, set(printed), []
    for mean in means:
        if mean.code in always or telling.intersection(code for _, code in mean.parts):
            kept.append(mean)
            telling.add(mean.code)
    return (*kept, *parts, overall)


def mean_of_parts(instrument: Instrument) -> Mean:
    """Return an instrument as the mean of its parts."""
    return Mean(instrument.code, tuple((part.weight, part.code) for part in instrument.parts))


def _settle(ends: dict[str, Ends], means: Sequence[Mean]) -> None:
    """Narrow the ranges by the means, up and then down: further rounds would change nothing.

    That is so because two means share at most one figure and form no cycle. Raises ``Impossible``.
    """
    for mean in (*means, *reversed(means)):
        try:
            _narrow(ends, mean)
        except Impossible as error:
            raise Impossible(mean) from error


def _narrow(ends: dict[str, Ends], mean: Mean) -> None:
    """Let a mean and its parts narrow each other.

    Each range is taken times its weight and as whole numbers of one small unit: reckoning with
    fractions is several times as slow.
    """
    weighted = [(sum(weight for weight, _ in mean.parts), mean.code), *mean.parts]
    before = [ends.get(code, ANY) for _, code in weighted]
    unit = lcm(*(points.denominator for pair in before for points, _ in pair))
    sizes = [weight * unit for weight, _ in weighted]
    whole, *parts = map(_in_units, before, sizes)
    low, high = _sum(low for low, _ in parts), _sum(high for _, high in parts)
    whole = _meet(whole, (_marked(low), _marked(high)))
    found = [whole]
    for part in parts:
        least = _less(whole[0], _less(high, part[1]))
        most = _less(whole[1], _less(low, part[0]))
        found.append(_meet(part, (_marked(least), _marked(most))))
    for (_, code), size, (lowest, highest) in zip(weighted, sizes, found, strict=True):
        ends[code] = _in_points(lowest, size), _in_points(highest, size)


def _clash(wrong: Mean, means: Sequence[Mean], start: Mapping[str, Ends]) -> Clash:
    """Return what the figures below a mean leave for it."""
    ends = dict(start)
    for mean in takewhile(lambda each: each is not wrong, means):
        with suppress(Impossible):
            _narrow(ends, mean)
    total = sum(weight for weight, _ in wrong.parts)
    low, high = (
        sum((weight * ends.get(code, ANY)[side][0] for weight, code in wrong.parts), Fraction(0))
        for side in (0, 1)
    )
    below = tuple(code for _, part in wrong.parts for code in _printed_in(part, means, start))
    is_partial = any(ends.get(code, ANY) == ANY for _, code in wrong.parts)
    return Clash(wrong.code, below, low / total, high / total, is_partial)


def _printed_in(code: str, means: Sequence[Mean], start: Mapping[str, Ends]) -> list[str]:
    """Return a figure, or what is printed of those it is the mean of."""
    if code in start:
        return [code]
    parts = [part for mean in means if mean.code == code for _, part in mean.parts]
    return [each for part in parts for each in _printed_in(part, means, start)]


def _meet(
    one: tuple[tuple[Number, int], tuple[Number, int]],
    other: tuple[tuple[Number, int], tuple[Number, int]],
) -> tuple[tuple[Number, int], tuple[Number, int]]:
    """Return the intersection of two ranges. Raises ``Impossible`` if it is empty."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if low > high:
        raise Impossible
    return low, high


@lru_cache(maxsize=1 << 14)
def _rounding_to(points: Decimal | Fraction, slack: Fraction) -> Ends:
    """Return the scores that round to a printed figure; the upper end is excluded."""
    low, high = Fraction(points) - slack, Fraction(points) + slack
    return _meet(ANY, ((low, 0), (high, -1)))


def _in_hundredths(ends: Ends) -> Range:
    (low, _), (high, open_) = ends
    top = to_hundredths(high)
    if open_ and Fraction(top) - high == PRINTED_SLACK:
        top -= _HUNDREDTH
    return Range(to_hundredths(low), top)


def _in_units(ends: Ends, units: int) -> tuple[Whole, Whole]:
    """Return a range in so many whole units a point."""
    (low, above), (high, below) = ends
    return (
        (units // low.denominator * low.numerator, above),
        (units // high.denominator * high.numerator, below),
    )


def _in_points(end: Whole, units: int) -> End:
    return Fraction(end[0], units), end[1]


def _sum(ends: Iterable[Whole]) -> Whole:
    points, near = zip(*ends, strict=True)
    return sum(points), sum(near)


def _less(one: Whole, other: Whole) -> Whole:
    return one[0] - other[0], one[1] - other[1]


def _marked(end: Whole) -> Whole:
    """Return an end with the mark of a sum of ends made that of one."""
    return end[0], (end[1] > 0) - (end[1] < 0)
