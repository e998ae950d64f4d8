"""One organisation's results over the years, and which years may be compared.

Kept apart from the arithmetic of one year because it answers another question: whether two years
were judged by the same rules at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.assessment import Assessment

Comparability = Literal["same", "changed", "assumed", "broken"]
"""How two years' rules compare; ``assumed``: those of the later one are not confirmed, so that
nobody knows whether they changed."""


@dataclass(frozen=True)
class HistoryYear:
    """One fiscal year (B.E.) of the history.

    ``since_previous`` tells how its rules compare with the year before; a year of another
    framework has no assessment and is comparable with nothing.
    """

    fiscal_year: int
    overall: Fraction | None
    level: str | None
    since_previous: Comparability
    changes: tuple[str, ...]
    scores: YearScores
    assessment: Assessment | None = None

    def value(self, code: str) -> Fraction | None:
        """Return the score of a code in this year (points)."""
        if code == "ITA":
            return self.overall
        return self.assessment.value(code) if self.assessment else None


@dataclass(frozen=True)
class Change:
    """The difference from the fiscal year before, in points.

    ``verdict`` says how the two years' rules compare; across a broken framework no change is
    made.
    """

    code: str
    previous: Fraction
    current: Fraction
    verdict: Comparability

    @property
    def points(self) -> Decimal:
        """Current less previous as a reader sees them, with two decimals."""
        return to_hundredths(self.current) - to_hundredths(self.previous)


@dataclass(frozen=True)
class History:
    """The years in their order, the year of the report last."""

    years: tuple[HistoryYear, ...]

    @property
    def current(self) -> HistoryYear:
        """The year of the report."""
        return self.years[-1]

    @property
    def previous(self) -> HistoryYear | None:
        """The fiscal year just before, where the data hold it."""
        year = self.current.fiscal_year - 1
        return next((each for each in self.years if each.fiscal_year == year), None)

    def last(self, count: int) -> tuple[HistoryYear, ...]:
        """Return the years within the last ``count`` fiscal years."""
        first = self.current.fiscal_year - count + 1
        return tuple(each for each in self.years if each.fiscal_year >= first)

    def change(self, code: str) -> Change | None:
        """Return the change of a score since last year.

        Nothing where a score is missing or the two years' rules have nothing in common.
        """
        verdict = self.current.since_previous
        if self.previous is None or verdict == "broken":
            return None
        previous, current = self.previous.value(code), self.current.value(code)
        if previous is None or current is None:
            return None
        return Change(code, previous, current, verdict)

    def years_with(self, codes: Sequence[str], count: int) -> tuple[HistoryYear, ...]:
        """Return those of the last ``count`` years that hold a score of any of the codes."""
        return tuple(
            year for year in self.last(count) if any(year.value(code) is not None for code in codes)
        )


def build_history(
    assessments: Mapping[int, Assessment], others: Mapping[int, YearScores]
) -> History:
    """Join the assessed years with the years of other frameworks (``others``)."""
    years = [_assessed(each) for each in assessments.values()]
    years += [_unassessed(each) for each in others.values()]
    return History(tuple(sorted(years, key=lambda each: each.fiscal_year)))


def _assessed(assessment: Assessment) -> HistoryYear:
    comparison = assessment.framework.compared_with_previous
    return HistoryYear(
        fiscal_year=assessment.fiscal_year,
        overall=assessment.value("ITA"),
        level=assessment.verdict.level,
        since_previous=_verdict(assessment.framework),
        changes=tuple(change.text for change in comparison.changes),
        scores=assessment.scores,
        assessment=assessment,
    )


def _verdict(framework: Framework) -> Comparability:
    verdict = framework.compared_with_previous.verdict
    return "assumed" if framework.is_assumed and verdict != "broken" else verdict


def _unassessed(scores: YearScores) -> HistoryYear:
    overall = scores.scores.get("ITA")
    return HistoryYear(
        fiscal_year=scores.fiscal_year,
        overall=Fraction(overall.points) if overall else None,
        level=scores.result.level if scores.result else None,
        since_previous="broken",
        changes=(),
        scores=scores,
    )
