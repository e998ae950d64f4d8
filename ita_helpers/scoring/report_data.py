"""All that one report is made from, loaded and checked: the input of tables, figures and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ita_helpers.language.periods import fiscal_window
from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.records.advice import Advice
from ita_helpers.records.editions import Edition
from ita_helpers.records.framework import Framework
from ita_helpers.records.layout import Layout, choose_layout
from ita_helpers.records.office import Office
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.plan import Plan
from ita_helpers.records.regulations import Regulation
from ita_helpers.records.rules import Evidence, Item
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.history import History
from ita_helpers.scoring.peer_ranking import PeerRanking

WEAK_BELOW = 90
"""The score (points) under which an item is weak in years without advice."""


@dataclass(frozen=True)
class Peers:
    """A group that the office belongs to, with its figures by fiscal year (B.E.)."""

    group: Organisation
    years: Mapping[int, YearScores]

    def score(self, fiscal_year: int, code: str) -> Decimal | None:
        """Return the group's mean for a code in a year (points)."""
        year = self.years.get(fiscal_year)
        score = year.scores.get(code) if year else None
        return score.points if score else None


@dataclass(frozen=True)
class ReportData:
    """One organisation's result with its history and the figures it is compared with.

    ``reference`` holds the means of all agencies by fiscal year (B.E.), ``peers`` those of the
    groups that the office belongs to, the nearest first; ``ranking`` is how it stands among the
    offices that its parameter file names; ``evidence`` is what next year's
    assessment asks to see of this result.
    """

    organisation: Organisation
    assessment: Assessment
    history: History
    reference: dict[int, YearScores]
    numerals: Numerals
    own_framework: bool = False
    layout: Layout = field(default_factory=choose_layout)
    office: Office = field(default_factory=Office)
    plan: Plan | None = None
    last_plan: Plan | None = None
    evidence: Evidence | None = None
    regulations: tuple[Regulation, ...] = ()
    advice: Advice | None = None
    peers: tuple[Peers, ...] = ()
    ranking: PeerRanking | None = None
    edition: Edition = "internal"

    def digits(self, text: str) -> str:
        """Return the text in the report's digits."""
        return with_numerals(text, self.numerals)

    @property
    def issued(self) -> date:
        """The day of the paper: the memo's, the result's, else the end of its fiscal year."""
        result = self.assessment.scores.result
        announced = result.announced if result else None
        given = self.office.year(self.fiscal_year).date
        return given or announced or fiscal_window(self.fiscal_year).end

    @property
    def framework(self) -> Framework:
        """The rules of the year of the report."""
        return self.assessment.framework

    @property
    def target(self) -> Fraction:
        """The target of the overall score (points)."""
        return Fraction(self.framework.target.overall)

    @property
    def fiscal_year(self) -> int:
        """The year of the result (B.E.)."""
        return self.framework.fiscal_year

    @property
    def weak_below(self) -> int:
        """The score (points) under which an item is weak, as the year's advice says if any."""
        return self.advice.improve_below if self.advice else WEAK_BELOW

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items whose score is known."""
        return tuple(
            item
            for item in self.framework.all_items
            if self.assessment.value(item.code) is not None
        )

    @property
    def nearest(self) -> Peers | None:
        """The nearest group whose overall mean of the year is known."""
        known = (each for each in self.peers if each.score(self.fiscal_year, "ITA") is not None)
        return next(known, None)

    def reference_score(self, fiscal_year: int, code: str) -> Decimal | None:
        """Return the mean of all agencies for a code in a year (points)."""
        year = self.reference.get(fiscal_year)
        score = year.scores.get(code) if year else None
        return score.points if score else None
