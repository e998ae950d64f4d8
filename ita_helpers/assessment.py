"""The arithmetic of one result: totals, level, points lost, the way to the next level.

Pure and exact: fractions from the printed figures to the last step, rounded half up to two
decimals only for display and for the level. Rounding in between turns a real 92.86 into 92.87.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ita_helpers.framework import Framework, Indicator, Instrument, Level
from ita_helpers.means import Means, mean_of, means_of
from ita_helpers.scores import YearScores
from ita_helpers.thai import to_hundredths

PRINTED_SLACK = Fraction(1, 200)
"""How far a figure printed with two decimals may lie from the true one (points)."""

FULL = Fraction(100)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Range:
    """The two-decimal scores (0 to 100) a figure may have, both ends included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Reading:
    """One figure of the assessment as published and as computed from the figures below it.

    ``computed`` is exact; ``None`` where a figure below is missing or the rule is unknown.
    ``conflicting`` holds further published figures, shown and never used.
    """

    code: str
    published: Decimal | None
    computed: Fraction | None
    conflicting: tuple[Decimal, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The figure the report uses: the published one, else the computed one."""
        return self.computed if self.published is None else Fraction(self.published)

    @property
    def is_computed(self) -> bool:
        """Whether the figure used is ours and was not published."""
        return self.published is None and self.computed is not None

    @property
    def range(self) -> Range | None:
        """The two-decimal scores the figure may have; one score when it is published."""
        if self.published is not None:
            return Range(to_hundredths(self.published), to_hundredths(self.published))
        if self.computed is None:
            return None
        return _round_range(self.computed - PRINTED_SLACK, self.computed + PRINTED_SLACK)


@dataclass(frozen=True)
class PublishedAgainstComputed:
    """A published figure beside ours; ``difference`` is published less computed, in points.

    ``agrees`` when rounding alone explains the difference: the published figure and each figure
    below it may be off by half a hundredth.
    """

    code: str
    published: Decimal
    computed: Fraction
    is_used: bool

    @property
    def difference(self) -> Decimal:
        """Published less computed as a reader sees them, with two decimals (points)."""
        return to_hundredths(self.published) - to_hundredths(self.computed)

    @property
    def agrees(self) -> bool:
        """Whether rounding explains the difference of the exact figures."""
        return abs(Fraction(self.published) - self.computed) <= 2 * PRINTED_SLACK


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

    def part_range(self, code: str) -> Range:
        """Return the scores (two decimals) that a component may have."""
        return component_range(self.framework, self.readings, code)

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
    verdict = judge_level(framework, scores, readings)
    return Assessment(
        framework=framework,
        scores=scores,
        readings=readings,
        verdict=verdict,
        losses=find_losses(framework, readings),
        next_level=find_next_level(framework, readings, verdict),
        comparisons=compare_published(readings),
    )


def read_all(framework: Framework, scores: YearScores) -> dict[str, Reading]:
    """Return a reading for every code, each computed from the readings below it."""
    readings: dict[str, Reading] = {}

    def read(code: str, computed: Fraction | None = None) -> Fraction | None:
        published = scores.scores.get(code)
        readings[code] = Reading(
            code=code,
            published=published.points if published else None,
            computed=computed,
            conflicting=tuple(each.points for each in scores.conflicting if each.code == code),
        )
        return readings[code].value

    means = means_of(framework)
    below = {item: read(item) for item in framework.codes if item in framework.item_codes}
    groups = [each.code for each in framework.all_sub_indicators]
    for code in (*groups, *(each.code for each in framework.indicators.list)):
        below[code] = read(code, mean_of(means.get(code, ()), below))
    for instrument in framework.instruments.list:
        for part in instrument.parts:
            below[part.code] = read(part.code)
        below[instrument.code] = read(instrument.code, _instrument(means, instrument, below))
    read("ITA", mean_of(means["ITA"], {c: _most_exact(r) for c, r in readings.items()}))
    return readings


def grade(framework: Framework, overall: Decimal, lowest_component: Decimal) -> Level:
    """Return the level of an overall score when the lowest component has that score.

    Both are judged with two decimals (facts of the year, block ``levels``).
    """
    return next(
        level
        for level in framework.levels.list
        if overall >= Decimal(str(level.overall))
        and lowest_component >= Decimal(str(level.every_component or 0))
    )


def judge_level(
    framework: Framework, scores: YearScores, readings: Mapping[str, Reading]
) -> Verdict:
    """Compare the published level with the levels the numbers allow."""
    published = scores.result.level if scores.result else None
    overall = readings["ITA"].range
    if overall is None:
        return Verdict("no score", published, ())
    possible = possible_levels(framework, overall, _lowest_component(framework, readings))
    if published is not None and published not in [each.name for each in possible]:
        return Verdict("in conflict", published, possible)
    if len(possible) == 1:
        return Verdict("determined", published, possible)
    unknown = tuple(c for c in framework.levels.components if readings[c].value is None)
    return Verdict("not determined", published, possible, unknown)


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
    framework: Framework, readings: Mapping[str, Reading], verdict: Verdict
) -> NextLevel | None:
    """Return the conditions of the level above; nothing at the top or without a level."""
    if verdict.level is None or verdict.status == "in conflict" or readings["ITA"].range is None:
        return None
    level = framework.level_above(verdict.level)
    if level is None:
        return None
    codes = framework.levels.components if level.every_component else ()
    return NextLevel(
        level,
        (
            _require(framework, readings, "ITA", Fraction(level.overall)),
            *(
                _require(framework, readings, code, Fraction(level.every_component or 0))
                for code in codes
            ),
        ),
    )


def component_range(framework: Framework, readings: Mapping[str, Reading], code: str) -> Range:
    """Return the scores a component may have.

    An unknown part lies where the score of its instrument leaves it: with two equal parts and an
    EIT of 91.93 neither can be below 2 x 91.92 - 100.
    """
    known = readings[code].range
    if known is not None:
        return known
    owner = framework.part_owner(code)
    whole = readings[owner.code].range if owner else None
    if owner is None or whole is None:
        return Range(Decimal(0), Decimal(100))
    weight = next(part.weight for part in owner.parts if part.code == code)
    others = [(part.weight, readings[part.code]) for part in owner.parts if part.code != code]
    low = owner.weight * _exact_low(readings[owner.code]) - sum(
        share * _exact_high(each) for share, each in others
    )
    high = owner.weight * _exact_high(readings[owner.code]) - sum(
        share * _exact_low(each) for share, each in others
    )
    if high < 0 or low > FULL * weight:
        return Range(Decimal(0), Decimal(100))
    return _round_range(low / weight, high / weight)


def compare_published(readings: Mapping[str, Reading]) -> tuple[PublishedAgainstComputed, ...]:
    """Set each published figure beside the computed one, where there are both."""
    pairs = []
    for reading in readings.values():
        if reading.computed is None:
            continue
        if reading.published is not None:
            pairs.append((reading, reading.published, True))
        pairs += [(reading, other, False) for other in reading.conflicting]
    return tuple(
        PublishedAgainstComputed(reading.code, published, reading.computed, used)
        for reading, published, used in pairs
        if reading.computed is not None
    )


def _instrument(
    means: Means, instrument: Instrument, below: Mapping[str, Fraction | None]
) -> Fraction | None:
    from_indicators = mean_of(means[instrument.code], below)
    if from_indicators is not None:
        return from_indicators
    return mean_of(tuple((part.weight, part.code) for part in instrument.parts), below)


def _most_exact(reading: Reading) -> Fraction | None:
    return reading.value if reading.computed is None else reading.computed


def _exact_low(reading: Reading) -> Fraction:
    points = _most_exact(reading)
    return Fraction(0) if points is None else max(Fraction(0), points - PRINTED_SLACK)


def _exact_high(reading: Reading) -> Fraction:
    points = _most_exact(reading)
    return FULL if points is None else min(FULL, points + PRINTED_SLACK)


def _round_range(low: Fraction, high: Fraction) -> Range:
    """Round both ends; the upper one is not reached itself, unless it is the full score."""
    low, high = (min(max(end, Fraction(0)), FULL) for end in (low, high))
    top = to_hundredths(high)
    if high < FULL and Fraction(top) - high == PRINTED_SLACK:
        top -= _HUNDREDTH
    bottom = to_hundredths(low)
    return Range(min(bottom, top), max(bottom, top))


def _lowest_component(framework: Framework, readings: Mapping[str, Reading]) -> Range:
    codes = framework.levels.components
    if not codes:
        return Range(Decimal(100), Decimal(100))
    ranges = {code: component_range(framework, readings, code) for code in codes}
    highs = [each.high for each in ranges.values()]
    highs += [
        best
        for instrument in framework.instruments.list
        if (best := _best_unknown_part(readings, instrument)) is not None
    ]
    return Range(min(each.low for each in ranges.values()), min(highs))


def _best_unknown_part(readings: Mapping[str, Reading], instrument: Instrument) -> Decimal | None:
    """Return the most the lowest of the unknown parts can be: all of them alike."""
    unknown = [part for part in instrument.parts if readings[part.code].value is None]
    if not unknown or readings[instrument.code].value is None:
        return None
    taken = sum(
        part.weight * _exact_low(readings[part.code])
        for part in instrument.parts
        if readings[part.code].value is not None
    )
    left = instrument.weight * _exact_high(readings[instrument.code]) - taken
    high = left / sum(part.weight for part in unknown)
    if high < 0:
        return None
    return _round_range(high, high).high


def possible_levels(framework: Framework, overall: Range, lowest: Range) -> tuple[Level, ...]:
    """Return the levels, the highest first, that scores within these ranges can have."""
    cuts = [Decimal(str(each.overall)) for each in framework.levels.list]
    component_cuts = [Decimal(str(each.every_component or 0)) for each in framework.levels.list]
    possible = {
        grade(framework, score, component).name
        for score in _candidates(overall, cuts)
        for component in _candidates(lowest, component_cuts)
    }
    return tuple(each for each in framework.levels.list if each.name in possible)


def _candidates(within: Range, cuts: Iterable[Decimal]) -> list[Decimal]:
    return [within.low, within.high, *(cut for cut in cuts if within.low < cut <= within.high)]


def _require(
    framework: Framework, readings: Mapping[str, Reading], code: str, needed: Fraction
) -> Requirement:
    within = (
        readings["ITA"].range if code == "ITA" else component_range(framework, readings, code)
    ) or Range(Decimal(0), Decimal(100))
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
