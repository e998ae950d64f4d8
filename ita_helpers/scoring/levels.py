"""Which levels a result can have, and what is missing for the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator, Level
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.bounds import FULL, Bounds, Range, possible_levels
from ita_helpers.scoring.readings import Reading, most_exact


@dataclass(frozen=True)
class Verdict:
    """What the numbers say about the published level.

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
    """One indicator that alone could lift its component to a score, rising ``start`` to ``end``."""

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
        """Whether the overall score suffices and only a component stands in the way."""
        return self.overall.state == "met" and bool(self.missing)


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
    """Return what has no score and may lie on both sides of a level's condition."""
    unknown = [code for code in framework.levels.judged if readings[code].value is None]
    within = {code: bounds.range(code) for code in unknown}
    return tuple(
        code
        for code in unknown
        if any(
            within[code].low < each.conditions.get(code, 0) <= within[code].high
            for each in framework.levels.list
        )
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
    return NextLevel(level, requirements_of(framework, readings, bounds, level))


def requirements_of(
    framework: Framework, readings: Mapping[str, Reading], bounds: Bounds, level: Level
) -> tuple[Requirement, ...]:
    """Return each condition of a level, the overall score's first."""
    return tuple(
        _require(framework, readings, bounds, code, needed)
        for code, needed in level.conditions.items()
    )


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
    current = most_exact(readings[code])
    if not indicators or current is None:
        return ()
    rise = (needed - current) * len(indicators)
    ways = (
        Way(each, value, value + rise)
        for each in indicators
        if (value := readings[each.code].value) is not None
    )
    return tuple(way for way in ways if way.end <= FULL)
