"""The range in which each figure of a result must lie, given all the others.

A printed figure stands for every score that rounds to it, a missing one for 0 to 100, and the means
link them. Limits are carried up and down the means. A year's means form a tree, so both ends of a
remaining range can be reached, and figures are possible together exactly when no range becomes
empty. All is exact: ends are counted in parts of a point so small that every one is whole, which
takes less than half the time of fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product, takewhile
from math import lcm, prod
from typing import TypeVar

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Instrument, Level
from ita_helpers.records.scores import PRINTED_SLACK
from ita_helpers.scoring.means import Parts, means_of

FULL = Fraction(100)
_HUNDREDTH = Decimal("0.01")

_FINEST = PRINTED_SLACK.denominator
MOST_KEPT, ROUNDS = 512, 2
"""Kinds of results of which the means are kept; how often a range goes through a mean: up, and
down or once more up with further limits.
"""

Limit = tuple[Fraction, int]
"""One end of a range (points), and -1 or 1 if the range approaches it without reaching it.

Ends compare and add like numbers with an infinitely small part.
"""
Limits = tuple[Limit, Limit]
ANY: Limits = ((Fraction(0), 0), (FULL, 0))
End = tuple[int, int]
"""The same in parts of a point."""
Ends = tuple[End, End]
Both = TypeVar("Both", Limits, Ends)


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

    @cached_property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(weight for weight, _ in self.parts)

    @property
    def finer(self) -> int:
        """Into how many parts one is divided at most where a range goes through the mean."""
        return self.total * lcm(*(weight for weight, _ in self.parts))


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


@dataclass(frozen=True)
class _Wrong:
    """A mean that was left out, with the printed figures, their ranges and the means at that time.

    ``scale`` is that of the ranges.
    """

    mean: Mean
    start: Mapping[str, Ends]
    means: tuple[Mean, ...]
    scale: int
    printed: Collection[str]


class Impossible(Exception):
    """No scores fit; ``mean`` is the one whose figures exclude all, ``None`` if a limit does."""

    def __init__(self, mean: Mean | None = None) -> None:
        super().__init__()
        self.mean = mean


@dataclass(frozen=True)
class Bounds:
    """What is known of every figure of a year's result.

    ``wrong`` are the means that the figures contradict and that were left out, the deepest first.
    ``ends`` are in parts of a point, of which one has ``scale``, and carried up the means if
    ``is_carried``.
    """

    ends: Mapping[str, Ends]
    means: tuple[Mean, ...]
    scale: int
    wrong: tuple[_Wrong, ...] = ()
    is_carried: bool = False

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What the figures below each wrong mean leave for it."""
        return tuple(map(_clash, self.wrong))

    @classmethod
    def of(cls, limits: Mapping[str, Limits], means: tuple[Mean, ...], finer: int) -> Bounds:
        """Return limits as they are given, and what is not given as open.

        ``finer`` is ``parts_of_one`` of the means.
        """
        given = {code: _whole(each) for code, each in limits.items()}
        ends, scale = _ends_of(given, _codes(means), finer)
        return cls(ends, means, scale)

    def range(self, code: str) -> Range:
        """Return the two-decimal scores a figure may have."""
        ends = self._settled.get(code)
        return _in_hundredths(_in_points(ends, self.scale) if ends else ANY)

    @cached_property
    def _settled(self) -> Mapping[str, Ends]:
        """The ends carried down the means too, if they were carried up."""
        ends = dict(self.ends)
        _carry(ends, reversed(self.means) if self.is_carried else ())
        return ends

    def allow(self, limits: Mapping[str, Limits]) -> bool:
        """Whether all these further limits can hold at once."""
        ends = dict(self.ends)
        try:
            for code, limit in limits.items():
                further = _in_parts(limit, self.scale)
                ends[code] = _meet(ends.get(code, further), further)
            _carry(ends, self.means)
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
    slack = slack or {}
    given = {
        code: _whole(_rounding_to(points, slack[code])) if code in slack else _as_printed(points)
        for code, points in printed.items()
    }
    means, codes, finer = _means(_Rules(framework), frozenset(printed))
    start, scale = _ends_of(given, codes, finer)
    wrong: list[_Wrong] = []
    excluded: list[Mean] | None = None
    while True:
        ends = dict(start)
        try:
            _carry(ends, means)
            return Bounds(ends, means, scale, tuple(wrong), is_carried=True)
        except Impossible as impossible:
            if excluded is None:
                excluded = [each for each in means if _excludes(start, each)]
            left_out = excluded.pop(0) if excluded else impossible.mean
            wrong += [_Wrong(e, start, means, scale, printed) for e in means if e is left_out]
            means = tuple(each for each in means if each is not left_out)


def _ends_of(
    given: Mapping[str, tuple[Ends, int]], codes: Iterable[str], finer: int
) -> tuple[dict[str, Ends], int]:
    """Return the ranges given, each with how many parts its points have, in parts of one size.

    What is not given is open. How many parts of that size a point has stands beside them.
    """
    scale = lcm(_FINEST, *(parts for _, parts in given.values())) * finer
    ends: dict[str, Ends] = dict.fromkeys(codes, _in_parts(ANY, scale))
    for code, (((low, above), (high, below)), parts) in given.items():
        by = scale // parts
        ends[code] = (low * by, above), (high * by, below)
    return ends, scale


def _codes(means: Iterable[Mean]) -> tuple[str, ...]:
    """Return the codes of means and of their parts, each once."""
    parted = (code for mean in means for code in (mean.code, *(part for _, part in mean.parts)))
    return tuple(dict.fromkeys(parted))


@lru_cache(maxsize=1 << 14)
def _as_printed(points: Decimal | Fraction) -> tuple[Ends, int]:
    """Return the scores that round to a printed figure, and how many parts its points have."""
    return _whole(_rounding_to(points, PRINTED_SLACK))


def _whole(limits: Limits) -> tuple[Ends, int]:
    """Return limits in the largest parts of a point in which they are whole, and how many."""
    parts = lcm(*(points.denominator for points, _ in limits))
    return _in_parts(limits, parts), parts


def _in_parts(limits: Limits, scale: int) -> Ends:
    (low, above), (high, below) = limits
    return (
        (low.numerator * (scale // low.denominator), above),
        (high.numerator * (scale // high.denominator), below),
    )


def _in_points(ends: Ends, scale: int) -> Limits:
    (low, above), (high, below) = ends
    return (Fraction(low, scale), above), (Fraction(high, scale), below)


def _excludes(start: Mapping[str, Ends], mean: Mean) -> bool:
    """Whether the printed figures of a mean and its parts alone make it impossible."""
    try:
        _narrowed(start, mean)
    except Impossible:
        return True
    return False


def possible_levels(framework: Framework, bounds: Bounds) -> tuple[Level, ...]:
    """Return the levels, the highest first, that some scores within the bounds have.

    Overall score and components are judged with two decimals (facts of the year, block
    ``levels``).
    """
    surely = _grade_of_corners(framework, bounds)
    if surely:
        return (surely,)
    ways = zip(framework.levels.list, _ways(_Rules(framework)), strict=True)
    return tuple(level for level, limits in ways if any(map(bounds.allow, limits)))


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


def _conditions(level: Level) -> dict[str, Limits]:
    """Return the limits of a level: each judged figure at its condition or above."""
    return {code: (_judged_from(points), ANY[1]) for code, points in level.conditions.items()}


def _misses(level: Level) -> list[dict[str, Limits]]:
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


def _judged_from(condition: Fraction) -> Limit:
    """Return the lowest score that, with two decimals, meets a condition (points)."""
    hundredths = condition * 100
    whole = Fraction(-(-hundredths.numerator // hundredths.denominator), 100)
    return max(whole - PRINTED_SLACK, Fraction(0)), 0


def _all_of(limits: Iterable[Mapping[str, Limits]]) -> dict[str, Limits]:
    """Combine limits. Raises ``Impossible``."""
    together: dict[str, Limits] = {}
    for each in limits:
        for code, ends in each.items():
            low = max(ends[0], together.get(code, ANY)[0])
            together[code] = (low, min(ends[1], together.get(code, ANY)[1]))
    return together


class _Rules:
    """The rules of a year, told from others by being the same and not by what is in them."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and self.framework is other.framework

    def __hash__(self) -> int:
        return id(self.framework)


@lru_cache(MOST_KEPT)
def _ways(rules: _Rules) -> tuple[tuple[Mapping[str, Limits], ...], ...]:
    """Return for each level of a year the limits within which scores have it and none above."""
    levels = rules.framework.levels.list
    return tuple(
        tuple(
            _all_of([_conditions(level), *missed])
            for missed in product(*(_misses(each) for each in _lowest(levels[:place])))
        )
        for place, level in enumerate(levels)
    )


@lru_cache(MOST_KEPT)
def _all_means(rules: _Rules) -> tuple[Mean, ...]:
    return tuple(Mean(code, parts) for code, parts in means_of(rules.framework).items() if parts)


@lru_cache(MOST_KEPT)
def _means(rules: _Rules, printed: frozenset[str]) -> tuple[tuple[Mean, ...], tuple[str, ...], int]:
    """Return the means of a year from below, those of an instrument's parts among them.

    Figures below an indicator count only where one of them is printed. Beside them stand the codes
    they are of, and ``parts_of_one``.
    """
    *means, overall = _all_means(rules)
    instruments = rules.framework.instruments.list
    always, telling, kept = {each.code for each in instruments}, set(printed), []
    for mean in means:
        if mean.code in always or telling.intersection(code for _, code in mean.parts):
            kept.append(mean)
            telling.add(mean.code)
    parts = (mean_of_parts(each) for each in instruments if each.parts)
    made = (*kept, *parts, overall)
    return made, _codes(made), parts_of_one(made)


def parts_of_one(means: Iterable[Mean]) -> int:
    """Return into how many parts ranges that go through means divide one at most."""
    return int(prod(mean.finer for mean in means) ** ROUNDS)


def mean_of_parts(instrument: Instrument) -> Mean:
    """Return an instrument as the mean of its parts."""
    return Mean(instrument.code, tuple((part.weight, part.code) for part in instrument.parts))


def _carry(ends: dict[str, Ends], means: Iterable[Mean]) -> None:
    """Narrow the ranges by the means, from below, then from above.

    Further rounds would change nothing, because two means share at most one figure and form no
    cycle; so what is possible all the way up stays so on the way down. Raises ``Impossible``.
    """
    for mean in means:
        try:
            _narrow(ends, mean)
        except Impossible as error:
            raise Impossible(mean) from error


def _narrow(ends: dict[str, Ends], mean: Mean) -> None:
    """Let a mean and its parts narrow each other."""
    ends.update(_narrowed(ends, mean))


def _narrowed(ends: Mapping[str, Ends], mean: Mean) -> dict[str, Ends]:
    """Return the ranges of a mean, and of its parts where that narrows them.

    Raises ``Impossible``.
    """
    low = lower = high = upper = 0
    for weight, code in mean.parts:
        (own_low, own_lower), (own_high, own_upper) = ends[code]
        low += weight * own_low
        lower += own_lower
        high += weight * own_high
        upper += own_upper
    total = mean.total
    whole = _meet(ends[mean.code], (_over(low, lower, total), _over(high, upper, total)))
    (least, above), (most, below) = whole
    found = {mean.code: whole}
    left, right = total * least - high, total * most - low
    for weight, code in mean.parts:
        (own_low, own_lower), (own_high, own_upper) = ends[code]
        lowest, highest = own_high + left // weight, own_low + right // weight
        if lowest >= own_low or highest <= own_high:
            limits = (
                (lowest, _sign(above - upper + own_upper)),
                (highest, _sign(below - lower + own_lower)),
            )
            found[code] = _meet(ends[code], limits)
    return found


def _clash(of: _Wrong) -> Clash:
    """Return what the figures below a mean leave for it."""
    wrong, ends = of.mean, dict(of.start)
    for mean in takewhile(lambda each: each is not wrong, of.means):
        with suppress(Impossible):
            _narrow(ends, mean)
    low, high = (
        Fraction(sum(weight * ends[code][side][0] for weight, code in wrong.parts), wrong.total)
        for side in (0, 1)
    )
    below = tuple(c for _, part in wrong.parts for c in _printed_in(part, of.means, of.printed))
    is_partial = any(ends[code] == _in_parts(ANY, of.scale) for _, code in wrong.parts)
    return Clash(wrong.code, below, low / of.scale, high / of.scale, is_partial)


def _printed_in(code: str, means: Sequence[Mean], printed: Collection[str]) -> list[str]:
    """Return a figure, or what is printed of those it is the mean of."""
    if code in printed:
        return [code]
    parts = [part for mean in means if mean.code == code for _, part in mean.parts]
    return [each for part in parts for each in _printed_in(part, means, printed)]


def _meet(one: Both, other: Both) -> Both:
    """Return the intersection of two ranges. Raises ``Impossible`` if it is empty."""
    low = one[0] if one[0] >= other[0] else other[0]
    high = one[1] if one[1] <= other[1] else other[1]
    if low > high:
        raise Impossible
    return low, high


@lru_cache(maxsize=1 << 14)
def _rounding_to(points: Decimal | Fraction, slack: Fraction) -> Limits:
    """Return the scores that round to a printed figure; the upper end is excluded."""
    low, high = Fraction(points) - slack, Fraction(points) + slack
    return _meet(ANY, ((low, 0), (high, -1)))


def _in_hundredths(limits: Limits) -> Range:
    (low, _), (high, open_) = limits
    top = to_hundredths(high)
    if open_ and Fraction(top) - high == PRINTED_SLACK:
        top -= _HUNDREDTH
    return Range(to_hundredths(low), top)


def _over(parts: int, nearly: int, weight: int) -> End:
    return parts // weight, _sign(nearly)


def _sign(nearly: int) -> int:
    return (nearly > 0) - (nearly < 0)
