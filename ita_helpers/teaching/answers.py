"""Finding answers that give the score of an item."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ita_helpers.scoring.possibility import sums_of

Counts = tuple[int, ...]
"""How many gave each answer, in the order of their points."""


def find_answers(score: Decimal, respondents: int, points: Sequence[int]) -> Counts | None:
    """Return answers of this many respondents whose mean is the score (points, two decimals).

    ``points`` are those of each answer, rising. Of several solutions the one with the most top
    answers; nothing if no answers give the score.

    >>> find_answers(Decimal("94.31"), 35, (0, 33, 67, 100))
    (1, 0, 3, 31)
    """
    found = _spread(tuple(reversed(points)), respondents, *sums_of(score, respondents))
    return found[::-1] if found else None


def _spread(points: Counts, respondents: int, low: int, high: int) -> Counts | None:
    """Return how many give each answer, from the highest, for a sum between low and high."""
    first, *rest = points
    if not rest:
        return (respondents,) if low <= first * respondents <= high else None
    for count in range(min(respondents, max(high, 0) // max(first, 1)), -1, -1):
        if low > count * first + (respondents - count) * rest[0]:
            return None
        taken = count * first
        found = _spread(tuple(rest), respondents - count, low - taken, high - taken)
        if found:
            return (count, *found)
    return None
