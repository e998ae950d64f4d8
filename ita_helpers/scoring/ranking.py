"""Ranks of scores: the highest is first, equal scores share a rank, and the next one skips.

After two that share rank 2 comes rank 4: a rank is one more than the scores that are higher.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

FEWEST = 5
"""Of fewer than so many scores no quartile is told."""


def rank_all(scores: Mapping[str, Decimal]) -> dict[str, int]:
    """Return the rank of each score (points) by its name, the first being 1.

    >>> rank_all({"a": Decimal(80), "b": Decimal(90), "c": Decimal(90), "d": Decimal(95)})
    {'a': 4, 'b': 2, 'c': 2, 'd': 1}
    """
    rising = sorted(scores.values())
    return {name: rank_among(score, rising) for name, score in scores.items()}


def rank_among(score: Decimal, rising: Sequence[Decimal]) -> int:
    """Return the rank of a score among scores in rising order (points)."""
    return len(rising) - bisect_right(rising, score) + 1


def share_rank(score: Decimal, rising: Sequence[Decimal]) -> int:
    """Return how many of some scores in rising order are the same as one of them."""
    return bisect_right(rising, score) - bisect_left(rising, score)


def quartile_of(rank: int, count: int) -> int:
    """Return the quarter a rank is in, 1 for the highest; 0 among too few to tell.

    >>> [quartile_of(rank, 8) for rank in (1, 2, 3, 8)], quartile_of(1, 4)
    ([1, 1, 2, 4], 0)
    """
    return 0 if count < FEWEST else (rank - 1) * 4 // count + 1


def mean_of(values: Iterable[Decimal]) -> Fraction | None:
    """Return the exact mean of points; nothing of none."""
    known = [*values]
    return Fraction(sum(known)) / len(known) if known else None
