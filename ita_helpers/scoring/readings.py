"""Each figure of a result as published and as computed from its parts, and the points it loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator, Instrument
from ita_helpers.records.scores import PRINTED_SLACK, WeightedPoints, YearScores
from ita_helpers.scoring.bounds import FULL, Bounds, find_bounds
from ita_helpers.scoring.means import Means, Parts, mean_of, means_of, weighted_mean
from ita_helpers.values import value


@value(frozen=True)
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

    @cached_property
    def value(self) -> Fraction | None:
        """The figure the report uses: the published one, else the computed one.

        Weighted points give only an approximate score, so one computed from scores is preferred.
        """
        return self.computed if self._uses_computed else Fraction(self.published or 0)

    @cached_property
    def printed(self) -> Decimal | None:
        """The figure the report uses, as a reader sees it: with two decimals."""
        return None if self.value is None else to_hundredths(self.value)

    @cached_property
    def _uses_computed(self) -> bool:
        is_better = self.computed is not None and self.computed_slack < self.slack
        return self.published is None or is_better

    @property
    def is_computed(self) -> bool:
        """Whether the figure used is computed and was not published."""
        return self.computed is not None and self._uses_computed

    @property
    def is_about(self) -> bool:
        """Whether the figure used is approximate, because it comes from weighted points."""
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
    """The points of the overall score that one indicator loses.

    ``points`` = ``weight`` (share of the overall score, 0 to 1) x ``shortfall`` (100 less the
    score).
    """

    indicator: Indicator
    weight: Fraction
    shortfall: Fraction

    @cached_property
    def points(self) -> Fraction:
        """Points missing from the overall score."""
        return self.weight * self.shortfall

    @cached_property
    def printed(self) -> Decimal:
        """These points as a reader sees them: with two decimals."""
        return to_hundredths(self.points)


def bounds_of(framework: Framework, readings: Mapping[str, Reading]) -> Bounds:
    """Return the range of each figure, given the published ones."""
    printed = {
        code: each.published for code, each in readings.items() if each.published is not None
    }
    slack = {code: each.slack for code, each in readings.items() if each.weighted}
    return find_bounds(framework, printed, slack)


def read_all(framework: Framework, scores: YearScores) -> dict[str, Reading]:
    """Return a reading for every code, each computed from the readings below it."""
    readings: dict[str, Reading] = {}

    conflicting = {each.code for each in scores.conflicting}

    def read(code: str, computed: Fraction | None = None, made_of: Parts = ()) -> Fraction | None:
        published = scores.scores.get(code)
        if published is None and computed is None and code not in conflicting and not made_of:
            readings[code] = _nothing_of(code)
            return None
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
    exact = {code: most_exact(each) for code, each in readings.items()}
    read("ITA", mean_of(means["ITA"], exact), means["ITA"])
    return readings


def find_losses(framework: Framework, readings: Mapping[str, Reading]) -> tuple[Loss, ...]:
    """Return the loss of each scored indicator, in the order of the indicators.

    With all indicators scored the losses add up to 100 less the computed overall score.
    """
    return tuple(
        Loss(each, framework.weight_of(each.code), FULL - value)
        for each in framework.indicators.list
        if (value := readings[each.code].value) is not None
    )


def compare_published(readings: Mapping[str, Reading]) -> tuple[PublishedAgainstComputed, ...]:
    """Compare each published figure with the computed one, where both exist."""
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


@cache
def _nothing_of(code: str) -> Reading:
    """Return the reading of a figure of which nothing is known."""
    return Reading(code, None, None)


def _mean_slack(readings: Mapping[str, Reading], parts: Parts) -> Fraction:
    """Return how far a mean may lie from the true score, for the figures it is made of."""
    known = [(weight, read.used_slack) for weight, c in parts if (read := readings.get(c))]
    if all(slack == PRINTED_SLACK for _, slack in known):
        return PRINTED_SLACK
    return weighted_mean(known)


def _made_of(means: Means, instrument: Instrument, below: Mapping[str, Fraction | None]) -> Parts:
    """Return what an instrument's score is computed of: its indicators, else its parts."""
    indicators = means[instrument.code]
    if indicators and all(below.get(code) is not None for _, code in indicators):
        return indicators
    return tuple((part.weight, part.code) for part in instrument.parts)


def most_exact(reading: Reading) -> Fraction | None:
    """Return the figure computed from its parts if there is one, else the published one."""
    return reading.value if reading.computed is None else reading.computed
