"""Sharing what is left of a table's width among its columns so that its rows are low."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, fsum

TALLEST = 12
"""So many rows decide: those with the most text."""
STEPS = 16
RAGGED = 1.08
"""Lines end before their room does: so much more of it is needed for their text."""
Row = Sequence[float]
"""How wide the text of each cell of a row is on one line; 0 where there is none."""


def widen(
    least: Sequence[float], room: float, rows: Iterable[Row], growing: Sequence[int]
) -> list[float]:
    """Return the widths of the columns: the least, and the rest of the room for ``growing`` ones.

    It goes where it saves most lines, as much as they need; what is left is shared by them all.
    """
    widths = list(least)
    tallest = sorted(rows, key=sum, reverse=True)[:TALLEST]
    step = (room - fsum(widths)) / STEPS
    left = STEPS
    while left:
        saved, steps, column = _best(widths, tallest, growing, step, left)
        if saved <= 0:
            break
        widths[column] += step * steps
        left -= steps
    share = step * left / fsum(widths[each] for each in growing)
    return [
        width * (1 + share) if place in growing else width for place, width in enumerate(widths)
    ]


def _best(
    widths: Sequence[float], rows: Sequence[Row], growing: Sequence[int], step: float, left: int
) -> tuple[float, int, int]:
    """Return the lines saved by a step, the steps, and the column that is best widened by them.

    A column saves lines only in rows of which it has the most.
    """
    lines = [[*map(line_count, row, widths)] for row in rows]
    tries: list[tuple[float, int, int]] = []
    for column in growing:
        others = [max(row[:column] + row[column + 1 :], default=0) for row in lines]
        deciding = [
            (row[column], own[column], other)
            for row, own, other in zip(rows, lines, others, strict=True)
            if own[column] > other
        ]
        for steps in range(1, left + 1) if deciding else ():
            wider = widths[column] + step * steps
            fewer = sum(own - max(other, line_count(text, wider)) for text, own, other in deciding)
            tries.append((fewer / steps, -steps, -column))
    saved, steps, column = max(tries, default=(0.0, 0, 0))
    return saved, -steps, -column


def line_count(text: float, room: float) -> int:
    """Return about how many lines a text of some width takes."""
    return 1 if text <= room else ceil(text * RAGGED / room)
