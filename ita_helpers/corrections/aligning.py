"""Aligning the lines of a corrected file with those it was written with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

ALIKE = 0.45
"""Two lines are one that was changed by this share of letters in common."""
MOST_PAIRS = 4000
"""In a stretch with more pairs than this, only lines in the same place are compared."""


def align(
    before: Sequence[str], after: Sequence[str], steady: Collection[int] = frozenset()
) -> dict[int, int]:
    """Return the line each line of ``after`` was: places in ``before`` by places in ``after``.

    Lines keep their order; one that was moved whole is found again where nothing else claims it.
    ``steady`` are places in ``before`` (cells of tables, words of slots): one that was changed
    alone is still what it was, however unlike it is now.
    """
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.update(zip(range(j1, j2), range(i1, i2), strict=True))
        elif tag == "replace":
            is_same = i2 - i1 == j2 - j1 == 1 and i1 in steady
            pairs = [(j1, i1)] if is_same else _alike(before, after, range(i1, i2), range(j1, j2))
            found.update(pairs)
    left: dict[str, list[int]] = {}
    taken = set(found.values())
    for place, text in enumerate(before):
        if place not in taken:
            left.setdefault(text, []).append(place)
    for place, text in enumerate(after):
        if place not in found and left.get(text):
            found[place] = left[text].pop(0)
    return found


def _alike(
    before: Sequence[str], after: Sequence[str], rows: range, columns: range
) -> Iterator[tuple[int, int]]:
    """Yield the best pairs of a stretch in which no line is as it was, in order."""
    if len(rows) == len(columns) and (len(rows) == 1 or len(rows) * len(columns) > MOST_PAIRS):
        yield from (
            pair
            for pair in zip(columns, rows, strict=True)
            if _likeness(before[pair[1]], after[pair[0]]) >= ALIKE
        )
        return
    if len(rows) * len(columns) > MOST_PAIRS:
        return
    best = _best(before, after, rows, columns)
    i, j = 0, 0
    while i < len(rows) and j < len(columns):
        likeness = _likeness(before[rows[i]], after[columns[j]])
        if likeness >= ALIKE and best[i][j] == best[i + 1][j + 1] + likeness:
            yield columns[j], rows[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _best(
    before: Sequence[str], after: Sequence[str], rows: range, columns: range
) -> list[list[float]]:
    """Return the greatest likeness of the rest from each pair of places on."""
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(columns))):
            likeness = _likeness(before[rows[i]], after[columns[j]])
            paired = best[i + 1][j + 1] + likeness if likeness >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return best


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= ALIKE else 0
