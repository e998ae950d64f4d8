"""The arithmetic of one result: totals, level, points lost, the way to the next level.

Pure and exact: fractions from the printed figures to the last step, rounded half up to two decimals
only for display and for the level. Rounding earlier turns a real 92.86 into 92.87.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator, Level
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.bounds import Bounds, Clash, Range
from ita_helpers.scoring.levels import (
    NextLevel,
    Requirement,
    Verdict,
    find_next_level,
    judge_level,
    requirements_of,
)
from ita_helpers.scoring.readings import (
    Loss,
    PublishedAgainstComputed,
    Reading,
    bounds_of,
    compare_published,
    find_losses,
    most_exact,
    read_all,
)


@dataclass(frozen=True)
class Assessment:
    """One organisation's result under one year's rules."""

    framework: Framework
    scores: YearScores
    readings: Mapping[str, Reading]
    verdict: Verdict
    bounds: Bounds

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """The points of the overall score that each scored indicator loses."""
        return find_losses(self.framework, self.readings)

    @cached_property
    def next_level(self) -> NextLevel | None:
        """The level above and its conditions; nothing at the top or without a level."""
        return find_next_level(self.framework, self.readings, self.verdict, self.bounds)

    @cached_property
    def comparisons(self) -> tuple[PublishedAgainstComputed, ...]:
        """The published figures beside those computed from their parts."""
        return compare_published(self.readings)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """The means that the published figures contradict."""
        return self.bounds.clashes

    @property
    def fiscal_year(self) -> int:
        """Year of the result (B.E.)."""
        return self.framework.fiscal_year

    def reading(self, code: str) -> Reading:
        """Return the figure of this code, empty if the data have none."""
        return self.readings.get(code) or Reading(code, None, None)

    def value(self, code: str) -> Fraction | None:
        """Return the figure the report uses for this code, in points."""
        return self.reading(code).value

    def printed(self, code: str) -> Decimal | None:
        """Return that figure as a reader sees it: with two decimals."""
        return self.reading(code).printed

    def exact(self, code: str) -> Fraction:
        """Return the computed figure where there is one, else the published one, unrounded.

        Totals are made of these; raises ``KeyError`` if the data have neither.
        """
        points = most_exact(self.reading(code))
        if points is None:
            raise KeyError(code)
        return points

    def requirements(self, level: Level) -> tuple[Requirement, ...]:
        """Return each condition of a level and whether the scores meet it."""
        return requirements_of(self.framework, self.readings, self.bounds, level)

    def range(self, code: str) -> Range:
        """Return the scores (two decimals) that a figure may have, given all others."""
        return self.bounds.range(code)

    @cached_property
    def scored_indicators(self) -> tuple[Indicator, ...]:
        """The indicators whose score is known."""
        return tuple(
            each for each in self.framework.indicators.list if self.value(each.code) is not None
        )

    @cached_property
    def missing_indicators(self) -> tuple[Indicator, ...]:
        """The indicators whose score is not known."""
        return tuple(
            each for each in self.framework.indicators.list if self.value(each.code) is None
        )


def assess(framework: Framework, scores: YearScores) -> Assessment:
    """Apply one year's rules to one organisation's scores."""
    readings = read_all(framework, scores)
    bounds = bounds_of(framework, readings)
    verdict = judge_level(framework, scores, readings, bounds)
    return Assessment(framework, scores, readings, verdict, bounds)
