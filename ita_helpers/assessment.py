"""The arithmetic of one result: totals, level, points lost, the way to the next level.

Pure and exact: fractions from the printed figures to the last step, rounded half up to two
decimals only for display and for the level. Rounding in between turns a real 92.86 into 92.87.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ita_helpers.bounds import (
    FULL,
    Bounds,
    Clash,
    Range,
    find_bounds,
    possible_levels,
)
from ita_helpers.framework import Framework, Indicator, Instrument, Level
from ita_helpers.means import Means, Parts, mean_of, means_of, weighted_mean
from ita_helpers.scores import PRINTED_SLACK, WeightedPoints, YearScores
from ita_helpers.thai import to_hundredths


@dataclass(frozen=True)
class Reading:
    """One figure of the assessment as published and as computed from the figures below it.

    ``computed`` is exact; ``None`` where a figure below is missing or the rule is unknown.
    ``conflicting`` holds further published figures, shown and never used. ``weighted`` are the
    points that were published instead of a score; ``published`` is then the score they give.
    ``computed_slack`` says how far the true score may lie from the computed one (points).
    """

    code: str
    published: Decimal | Fraction | None
    computed: Fraction | None
    conflicting: tuple[Decimal, ...] = ()
    weighted: WeightedPoints | None = None
    computed_slack: Fraction = PRINTED_SLACK

    @property
    def value(self) -> Fraction | None:
        """The figure the report uses: the published one, else the computed one.

        Points are a score only nearly, so one computed of scores goes before them.
        """
        return self.computed if self._uses_computed else Fraction(self.published or 0)

    @property
    def _uses_computed(self) -> bool:
        is_better = self.computed is not None and self.computed_slack < self.slack
        return self.published is None or is_better

    @property
    def is_computed(self) -> bool:
        """Whether the figure used is ours and was not published."""
        return self.computed is not None and self._uses_computed

    @property
    def is_about(self) -> bool:
        """Whether the figure used is known only nearly: it comes from weighted points."""
        return self.value is not None and self.used_slack > PRINTED_SLACK

    @property
    def used_slack(self) -> Fraction:
        """How far the true score may lie from the figure used (points)."""
        return self.computed_slack if self._uses_computed else self.slack

    @property
    def slack(self) -> Fraction:
        """How far the true score may lie from the published one (points)."""
        return self.weighted.slack if self.weighted else PRINTED_SLACK


@dataclass(frozen=True)
class PublishedAgainstComputed:
    """A published figure beside ours; ``difference`` is published less computed, in points.

    ``agrees`` when rounding alone explains the difference: the published figure and each figure
    below it may be off by half a hundredth, or by what weighted points leave open (``slack``,
    both together).
    """

    code: str
    published: Decimal | Fraction
    computed: Fraction
    is_used: bool
    slack: Fraction = 2 * PRINTED_SLACK

    @property
    def difference(self) -> Decimal:
        """Published less computed as a reader sees them, with two decimals (points)."""
        return to_hundredths(self.published) - to_hundredths(self.computed)

    @property
    def agrees(self) -> bool:
        """Whether rounding explains the difference of the exact figures."""
        return abs(Fraction(self.published) - self.computed) <= self.slack


@dataclass(frozen=True)
class Loss:
    """The points of the overall score that one indicator leaves open.

    ``points`` = ``weight`` (share of the overall score, 0 to 1) x ``shortfall`` (100 less the
    score).
    """

    indicator: Indicator
    weight: Fraction
    shortfall: Fraction

    @property
    def points(self) -> Fraction:
        """Points missing from the overall score."""
        return self.weight * self.shortfall


@dataclass(frozen=True)
class Verdict:
    """What the numbers say of the published level.

    ``determined``: only one level fits, and it is the published one or none is published.
    ``not determined``: several levels fit. ``in conflict``: the published level fits none of
    them. ``no score``: there is no overall score. ``open_components`` are those whose scores are
    missing and leave the level open.
    """

    status: Literal["determined", "not determined", "in conflict", "no score"]
    published: str | None
    possible: tuple[Level, ...]
    open_components: tuple[str, ...] = ()

    @property
    def level(self) -> str | None:
        """The level to print: the published one, else the only one the numbers allow."""
        if self.published is None and len(self.possible) == 1:
            return self.possible[0].name
        return self.published


@dataclass(frozen=True)
class Way:
    """One indicator that alone would bring its component to a score: ``start`` to ``end``."""

    indicator: Indicator
    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class Requirement:
    """One condition of a level: the overall score or a component at least ``needed`` points.

    ``state`` is ``met``, ``short`` or ``open`` (the numbers do not tell). ``gap`` is what is
    missing where the score is known. ``ways`` are the indicators that could close it alone.
    """

    code: str
    needed: Fraction
    value: Fraction | None
    range: Range
    state: Literal["met", "short", "open"]
    ways: tuple[Way, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        """Points missing; nothing where met or not known."""
        known_short = self.state == "short" and self.value is not None
        return self.needed - self.value if known_short and self.value is not None else None


@dataclass(frozen=True)
class NextLevel:
    """The level above and each of its conditions, the overall score first."""

    level: Level
    requirements: tuple[Requirement, ...]

    @property
    def overall(self) -> Requirement:
        """The condition on the overall score."""
        return self.requirements[0]

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """The conditions that are not met."""
        return tuple(each for each in self.requirements if each.state == "short")

    @property
    def barred_by_components(self) -> bool:
        """Whether the overall score would do and only a component stands in the way."""
        return self.overall.state == "met" and bool(self.missing)


@dataclass(frozen=True)
class Assessment:
    """One organisation's result under one year's rules."""

    framework: Framework
    scores: YearScores
    readings: Mapping[str, Reading]
    verdict: Verdict
    losses: tuple[Loss, ...]
    next_level: NextLevel | None
    comparisons: tuple[PublishedAgainstComputed, ...]
    bounds: Bounds

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """The means that the published figures contradict."""
        return self.bounds.clashes

    @property
    def fiscal_year(self) -> int:
        """Year of the result (B.E.)."""
        return self.framework.fiscal_year

    def reading(self, code: str) -> Reading:
        """Return the figure of this code, empty where the data hold none."""
        return self.readings.get(code) or Reading(code, None, None)

    def value(self, code: str) -> Fraction | None:
        """Return the figure the report uses for this code, in points."""
        return self.reading(code).value

    def exact(self, code: str) -> Fraction:
        """Return the computed figure where there is one, else the published one, unrounded.

        Totals are made of these; raises ``KeyError`` where the data hold neither.
        """
        points = _most_exact(self.reading(code))
        if points is None:
            raise KeyError(code)
        return points

    def requirements(self, level: Level) -> tuple[Requirement, ...]:
        """Return each condition of a level and how the scores stand to it."""
        return _requirements(self.framework, self.readings, self.bounds, level)

    def range(self, code: str) -> Range:
        """Return the scores (two decimals) that a figure may have, given all others."""
        return self.bounds.range(code)

    @property
    def scored_indicators(self) -> tuple[Indicator, ...]:
        """The indicators whose score is known."""
        return tuple(
            each for each in self.framework.indicators.list if self.value(each.code) is not None
        )

    @property
    def missing_indicators(self) -> tuple[Indicator, ...]:
        """The indicators whose score is not known."""
        return tuple(
            each for each in self.framework.indicators.list if self.value(each.code) is None
        )

    @property
    def unavailable_components(self) -> tuple[str, ...]:
        """The components of the level rule whose score is neither published nor computed."""
        return tuple(code for code in self.framework.levels.components if self.value(code) is None)


def assess(framework: Framework, scores: YearScores) -> Assessment:
    """Apply one year's rules to one organisation's scores."""
    readings = read_all(framework, scores)
    bounds = bounds_of(framework, readings)
    verdict = judge_level(framework, scores, readings, bounds)
    return Assessment(
        framework=framework,
        scores=scores,
        readings=readings,
        verdict=verdict,
        losses=find_losses(framework, readings),
        next_level=find_next_level(framework, readings, verdict, bounds),
        comparisons=compare_published(readings),
        bounds=bounds,
    )


def bounds_of(framework: Framework, readings: Mapping[str, Reading]) -> Bounds:
    """Return between which scores each figure lies, given the published ones."""
    printed = {
        code: each.published for code, each in readings.items() if each.published is not None
    }
    slack = {code: each.slack for code, each in readings.items() if each.weighted}
    return find_bounds(framework, printed, slack)


def read_all(framework: Framework, scores: YearScores) -> dict[str, Reading]:
    """Return a reading for every code, each computed from the readings below it."""
    readings: dict[str, Reading] = {}

    def read(code: str, computed: Fraction | None = None, made_of: Parts = ()) -> Fraction | None:
        published = scores.scores.get(code)
        readings[code] = Reading(
            code=code,
            published=published.exact if published else None,
            computed=computed,
            conflicting=tuple(each.points for each in scores.conflicting if each.code == code),
            weighted=published.weighted if published else None,
            computed_slack=_mean_slack(readings, made_of),
        )
        return readings[code].value

    means = means_of(framework)
    below = {item: read(item) for item in framework.codes if item in framework.item_codes}
    groups = [each.code for each in framework.all_sub_indicators]
    for code in (*groups, *(each.code for each in framework.indicators.list)):
        below[code] = read(code, mean_of(means.get(code, ()), below), means.get(code, ()))
    for instrument in framework.instruments.list:
        for part in instrument.parts:
            below[part.code] = read(part.code)
        made_of = _made_of(means, instrument, below)
        below[instrument.code] = read(instrument.code, mean_of(made_of, below), made_of)
    exact = {code: _most_exact(each) for code, each in readings.items()}
    read("ITA", mean_of(means["ITA"], exact), means["ITA"])
    return readings


def judge_level(
    framework: Framework, scores: YearScores, readings: Mapping[str, Reading], bounds: Bounds
) -> Verdict:
    """Compare the published level with the levels the numbers allow."""
    published = scores.result.level if scores.result else None
    if readings["ITA"].value is None:
        return Verdict("no score", published, ())
    possible = possible_levels(framework, bounds)
    if published is not None and published not in [each.name for each in possible]:
        return Verdict("in conflict", published, possible)
    if len(possible) == 1:
        return Verdict("determined", published, possible)
    return Verdict("not determined", published, possible, _open(framework, readings, bounds))


def _open(framework: Framework, readings: Mapping[str, Reading], bounds: Bounds) -> tuple[str, ...]:
    """Return the components without a score that may lie on both sides of a level's condition."""
    conditions = [each.every_component or 0 for each in framework.levels.list]
    unknown = [code for code in framework.levels.components if readings[code].value is None]
    within = {code: bounds.range(code) for code in unknown}
    return tuple(
        code
        for code in unknown
        if any(within[code].low < each <= within[code].high for each in conditions)
    )


def find_losses(framework: Framework, readings: Mapping[str, Reading]) -> tuple[Loss, ...]:
    """Return the loss of each scored indicator, in the order of the indicators.

    With all indicators scored the losses add up to 100 less the computed overall score.
    """
    return tuple(
        Loss(each, framework.weight_of(each.code), FULL - value)
        for each in framework.indicators.list
        if (value := readings[each.code].value) is not None
    )


def find_next_level(
    framework: Framework, readings: Mapping[str, Reading], verdict: Verdict, bounds: Bounds
) -> NextLevel | None:
    """Return the conditions of the level above; nothing at the top or without a level."""
    if verdict.level is None or verdict.status in ("in conflict", "no score"):
        return None
    level = framework.level_above(verdict.level)
    if level is None:
        return None
    return NextLevel(level, _requirements(framework, readings, bounds, level))


def _requirements(
    framework: Framework, readings: Mapping[str, Reading], bounds: Bounds, level: Level
) -> tuple[Requirement, ...]:
    """Return each condition of a level, the overall score's first."""
    codes = framework.levels.components if level.every_component else ()
    component = Fraction(level.every_component or 0)
    return (
        _require(framework, readings, bounds, "ITA", Fraction(level.overall)),
        *(_require(framework, readings, bounds, code, component) for code in codes),
    )


def compare_published(readings: Mapping[str, Reading]) -> tuple[PublishedAgainstComputed, ...]:
    """Set each published figure beside the computed one, where there are both."""
    pairs: list[tuple[Reading, Decimal | Fraction, bool]] = []
    for reading in readings.values():
        if reading.computed is None:
            continue
        if reading.published is not None:
            pairs.append((reading, reading.published, True))
        pairs += [(reading, other, False) for other in reading.conflicting]
    return tuple(
        PublishedAgainstComputed(
            reading.code,
            published,
            reading.computed,
            used,
            slack=reading.slack + reading.computed_slack,
        )
        for reading, published, used in pairs
        if reading.computed is not None
    )


def _mean_slack(readings: Mapping[str, Reading], parts: Parts) -> Fraction:
    """Return how far a mean may lie from the true score, for the figures it is made of."""
    known = [(weight, read.used_slack) for weight, c in parts if (read := readings.get(c))]
    return weighted_mean(known) if known else PRINTED_SLACK


def _made_of(means: Means, instrument: Instrument, below: Mapping[str, Fraction | None]) -> Parts:
    """Return what an instrument's score is computed of: its indicators, else its parts."""
    indicators = means[instrument.code]
    if indicators and all(below.get(code) is not None for _, code in indicators):
        return indicators
    return tuple((part.weight, part.code) for part in instrument.parts)


def _most_exact(reading: Reading) -> Fraction | None:
    return reading.value if reading.computed is None else reading.computed


def _require(
    framework: Framework,
    readings: Mapping[str, Reading],
    bounds: Bounds,
    code: str,
    needed: Fraction,
) -> Requirement:
    within = bounds.range(code)
    state: Literal["met", "short", "open"] = (
        "met" if within.low >= needed else "short" if within.high < needed else "open"
    )
    value = readings[code].value
    ways = _ways(framework, readings, code, needed) if state == "short" else ()
    return Requirement(code, needed, value, within, state, ways)


def _ways(
    framework: Framework, readings: Mapping[str, Reading], code: str, needed: Fraction
) -> tuple[Way, ...]:
    indicators = framework.indicators_of(code)
    current = _most_exact(readings[code])
    if not indicators or current is None:
        return ()
    rise = (needed - current) * len(indicators)
    ways = (
        Way(each, value, value + rise)
        for each in indicators
        if (value := readings[each.code].value) is not None
    )
    return tuple(way for way in ways if way.end <= FULL)
