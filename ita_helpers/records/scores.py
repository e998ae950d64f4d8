"""What is known of one organisation: its scores as published, its level, its suggestions.

Plain frozen values that know neither the files nor the arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

Told = Literal["announced", "printed", "reported"]
"""How a figure or a level came to be known: it was announced, stands in the office's own paper, or
was made known by others."""
TOLD: tuple[Told, ...] = get_args(Told)
SCOPES = ("district", "province", "type", "ministry", "country")
"""Among whom a rank is, from the smallest group on."""
PRINTED_SLACK = Fraction(1, 200)
"""How far a figure printed with two decimals may lie from the true one (points)."""
_PLACE = re.compile(r"\s*\[[^\[\]]*\]$")


@dataclass(frozen=True)
class WeightedPoints:
    """What an instrument contributed to the overall score, as some papers print it: 28.04 of 30."""

    points: Decimal
    weight: int

    @property
    def score(self) -> Fraction:
        """The score they stand for (0 to 100 points)."""
        return Fraction(self.points) * 100 / self.weight

    @property
    def slack(self) -> Fraction:
        """How far the true score may lie from it, since the points were rounded."""
        return PRINTED_SLACK * 100 / self.weight

    def __str__(self) -> str:
        return f"{self.points:.2f}/{self.weight}"


@dataclass(frozen=True)
class Score:
    """One score (0 to 100 points) as a source prints it.

    Where it prints ``weighted`` points, ``points`` is the score they give, with two decimals.

    ``status`` is empty for the announced result, ``printed`` for a figure read from the office's
    own paper, ``reported`` for one that others published, ``conflicting`` for a second figure that
    is shown and never used. ``row`` is the line of its table, 0 if it is in none yet.
    """

    code: str
    points: Decimal
    status: str
    source: str
    note: str
    row: int = 0
    weighted: WeightedPoints | None = None

    @property
    def exact(self) -> Decimal | Fraction:
        """The score to calculate with."""
        return self.weighted.score if self.weighted else self.points

    @property
    def slack(self) -> Fraction:
        """How far the true score may lie from it (points)."""
        return self.weighted.slack if self.weighted else PRINTED_SLACK


def told_by(status: str) -> Told:
    """Return how a score is known, from the status of its row; an empty one means announced."""
    return next((each for each in TOLD if each == status), "announced")


@dataclass(frozen=True)
class PublishedResult:
    """The level, with how it is known (``status``), and what is known of the respondents.

    Of a group, how many organisations were ``assessed`` and how many of them ``passed``.
    """

    level: str | None
    announced: date | None
    respondents: Mapping[str, int]
    source: str
    status: Told | Literal[""] = ""
    assessed: int | None = None
    passed: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """An item the assessors named as weak, with their words where known."""

    code: str
    text: str
    source: str

    @property
    def about(self) -> str:
        """The code it is about: ``e4``, whichever part of a survey names it."""
        return self.code.partition("@")[0]

    @property
    def part(self) -> int:
        """The part of the survey it comes from: 2 for ``e4@2``, 0 where none is named."""
        number = self.code.partition("@")[2]
        return int(number) if number else 0


@dataclass(frozen=True)
class Rank:
    """Where an organisation stands in a group: its own district, say, or the group of a ``name``.

    ``scope`` is one of ``SCOPES``; ``out_of`` is 0 where nobody says how many there are.
    """

    scope: str
    name: str
    rank: int
    out_of: int
    source: str


@dataclass(frozen=True)
class YearScores:
    """All the data on one organisation in one fiscal year (B.E.)."""

    organisation: str
    fiscal_year: int
    scores: Mapping[str, Score]
    conflicting: tuple[Score, ...] = ()
    result: PublishedResult | None = None
    suggestions: tuple[Suggestion, ...] = ()
    ranks: tuple[Rank, ...] = ()

    @property
    def overall_told(self) -> Told:
        """How the overall score is known."""
        overall = self.scores.get("ITA")
        return told_by(overall.status if overall else "")

    @property
    def level_told(self) -> Told:
        """How the level is known: like the overall score, unless something else says so."""
        if self.result and self.result.status:
            return self.result.status
        return "announced" if self.result and self.result.announced else self.overall_told


def printed_source(source: str) -> str:
    """Return a source as a page names it: without the file and cell it was imported from.

    >>> printed_source("ประกาศผล ITA 2568 [แบบกรอกคะแนน.xlsx 2568!C20]")
    'ประกาศผล ITA 2568'
    """
    return _PLACE.sub("", source) or source
