"""The figures over many reports of one fiscal year: counts, mean, median, distribution, lists.

Exact: the two-decimal scores are added as whole hundredths and rounded half up once. The page's
script does the same, so that its figures are these ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from ita_helpers.index.entries import Entry
from ita_helpers.language.points import to_hundredths

BIN_EDGES = (0, *range(50, 100, 5))
"""Where the bins of the distribution begin (points); each ends under the next, the last at 100."""


@dataclass(frozen=True)
class Bin:
    """The count of overall scores from ``low`` to below ``high`` points; 100 is in the last bin."""

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Summary:
    """Figures and lists of one year's reports; ``mean`` and ``median`` are points, two decimals.

    ``reports``, ``made_up`` and ``failed`` count all, the others only results that are not made up.
    ``levels`` counts from the highest level down, ``attention`` are those below the target or
    barred by a component, ``fell`` those with less than a year before.
    """

    reports: int
    scored: int
    levelled: int
    made_up: int
    mean: Decimal | None
    median: Decimal | None
    levels: tuple[tuple[str, int], ...]
    bins: tuple[Bin, ...]
    attention: tuple[Entry, ...]
    fell: tuple[Entry, ...]
    failed: tuple[Entry, ...]


def summarise(entries: Sequence[Entry]) -> Summary:
    """Return the figures of the reports of one fiscal year, leaving out made-up results."""
    real = [each for each in entries if not each.is_made_up]
    scores = [each.overall for each in real if each.overall is not None]
    counted = Counter(each.level for each in real if each.level)
    return Summary(
        reports=len(entries),
        scored=len(scores),
        levelled=counted.total(),
        made_up=sum(each.is_made_up for each in entries),
        mean=mean_of(scores),
        median=median_of(scores),
        levels=tuple((level, counted[level]) for level in order_levels(entries)),
        bins=count_bins(scores),
        attention=tuple(each for each in real if each.needs_attention),
        fell=tuple(each for each in real if each.has_fallen),
        failed=tuple(each for each in entries if each.is_failed),
    )


def mean_of(scores: Sequence[Decimal]) -> Decimal | None:
    """Return the mean, rounded half up to two decimals; nothing of no scores.

    >>> mean_of([Decimal("92.86"), Decimal("92.87")])
    Decimal('92.87')
    """
    return to_hundredths(Fraction(sum(scores)) / len(scores)) if scores else None


def median_of(scores: Sequence[Decimal]) -> Decimal | None:
    """Return the median, the mean of the two in the middle where they are even in number.

    >>> median_of([Decimal("80.00"), Decimal("90.01"), Decimal("99.00"), Decimal("90.00")])
    Decimal('90.01')
    """
    return to_hundredths(median(map(Fraction, scores))) if scores else None


def count_bins(scores: Iterable[Decimal]) -> tuple[Bin, ...]:
    """Return how many scores lie in each bin."""
    counted = Counter(max(edge for edge in BIN_EDGES if edge <= score) for score in scores)
    ends = (*BIN_EDGES[1:], 100)
    return tuple(Bin(low, high, counted[low]) for low, high in zip(BIN_EDGES, ends, strict=True))


def order_levels(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the levels of a year from the highest down, unknown ones at the end."""
    known: dict[str, None] = {}
    found: dict[str, None] = {}
    for each in entries:
        known.update(dict.fromkeys(each.levels))
        if each.level:
            found[each.level] = None
    return (*known, *sorted(level for level in found if level not in known))
