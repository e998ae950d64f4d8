"""Where an office stands among its peers: ranks and quarters of its scores, computed from data.

Only offices whose score is known are counted, and of fewer than five nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.scores import Rank
from ita_helpers.scoring.ranking import FEWEST, quartile_of, rank_among, share_rank

OVERALL = "ITA"
Why = Literal["", "other_count", "ties", "other_rank"]


@dataclass(frozen=True)
class PeerGroup:
    """Offices of a ``province``, ``district``, ``type`` or ``list``, with their scores of a year.

    ``belonging`` counts its offices, with and without scores; ``scores`` are points in rising order
    by code. ``digest`` changes with any of them.
    """

    kind: str
    name: str
    belonging: int
    scores: Mapping[str, tuple[Decimal, ...]]
    digest: str = ""


@dataclass(frozen=True)
class Standing:
    """One score of the office among those of its peers: ``rank`` of ``count`` known scores.

    ``sharing`` have this score, the office included; ``quartile`` is 1 for the highest quarter;
    ``middle`` is the median and ``all`` are the scores (points, rising).
    """

    code: str
    score: Decimal
    rank: int
    sharing: int
    count: int
    quartile: int
    middle: Decimal
    all: tuple[Decimal, ...]


@dataclass(frozen=True)
class PeerRanking:
    """The peers of an office, its ``own`` scores (points by code), and its rank as published."""

    group: PeerGroup
    own: Mapping[str, Decimal]
    published: Rank | None = None

    def standing(self, code: str) -> Standing | None:
        """Return how a score stands; nothing without a score, or among fewer than five."""
        rising, score = self.group.scores.get(code, ()), self.own.get(code)
        if score is None or len(rising) < FEWEST:
            return None
        rank = rank_among(score, rising)
        return Standing(
            code,
            score,
            rank,
            share_rank(score, rising),
            len(rising),
            quartile_of(rank, len(rising)),
            _median(rising),
            rising,
        )

    @property
    def known(self) -> int:
        """How many of the group have an overall score."""
        return len(self.group.scores.get(OVERALL, ()))

    @property
    def contradicted(self) -> Why:
        """Why the published rank is not the one computed here; empty where it is, or neither is."""
        computed = self.standing(OVERALL)
        if not computed or not self.published or self.published.rank == computed.rank:
            return ""
        if self.published.out_of and self.published.out_of != computed.count:
            return "other_count"
        is_within = 0 <= self.published.rank - computed.rank < computed.sharing
        return "ties" if is_within else "other_rank"


def _median(rising: tuple[Decimal, ...]) -> Decimal:
    middle = len(rising) // 2
    if len(rising) % 2:
        return rising[middle]
    return to_hundredths((rising[middle - 1] + rising[middle]) / 2)
