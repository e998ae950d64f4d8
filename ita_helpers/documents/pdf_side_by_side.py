"""Columns of text that stand side by side on a page: the second is read below the first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from ita_helpers.documents.pdf_columns import Grid, leading_of, parted
from ita_helpers.documents.pdf_page import Letter
from ita_helpers.documents.pdf_words import Words, lines_of, run_of

_GUTTER, _STEP = 8.0, 2.0
"""Points: the least room between two columns of text, and between the places it is looked for."""
_FEWEST, _WIDEST = 4, 0.3
"""Lines of each column at least, and the share of the text's width that each has."""
_MIDDLE = (0.35, 0.65)
"""Between which shares of the text's width the room stands."""
_APART, _LEVELLED = (0.7, 0.35), (0.9, 0.5)
"""The share of a column's width of a line that is full, and that of lines which are: where lines
stand at other heights on the other side, and where they may be rows of a table.
"""
_LEVEL, _FEW = 2.0, 2
"""Points: lines of both sides at heights nearer than this may be of one row; so many are not."""
_WORDS = re.compile(r"(?:[\u0e01-\u0e4eA-Za-z].*){8}", re.DOTALL)
_TOLD = 0.6
"""The share of a column's lines that hold words, and no figures alone."""
Room = tuple[float, float]


@dataclass(frozen=True)
class _Part:
    """Lines from ``top`` down to ``foot`` with room between two columns at ``gutter``."""

    top: float
    foot: float
    gutter: float
    right: float
    down: float

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Return how far something at a place goes to the left and down."""
        if y < self.foot:
            return 0.0, self.down
        return (self.right, self.down) if y <= self.top and x > self.gutter else (0.0, 0.0)


@dataclass(frozen=True)
class SideBySide:
    """The words of a page with second columns below first ones.

    ``ends`` are the heights at which columns begin or end, as the words stand now.
    """

    words: list[Words]
    ends: tuple[float, ...]
    parts: tuple[_Part, ...] = ()

    def height(self, x: float, y: float) -> float:
        """Return the height at which something at a place of the page is read."""
        return y - sum(each.moved(x, y)[1] for each in self.parts)


def read_down(words: Sequence[Words]) -> SideBySide:
    """Return words as they are read: of two columns of text the second below the first.

    Tables stay as they are, also those without rulings.
    """
    lines = lines_of(words)
    parts = tuple(part for each in _outside_tables(lines) for part in _parts(each))
    if not parts:
        return SideBySide(list(words), ())
    whole = [piece for each in words for piece in _cut(each, parts)]
    moved = [_moved(each, parts) for each in whole]
    made = SideBySide(moved, (), parts)
    above = [made.height(0.0, each.top) for each in parts]
    below = [made.height(0.0, each.foot) - each.down for each in parts]
    return replace(made, ends=tuple(sorted((*above, *below))))


def _outside_tables(lines: Sequence[list[Words]]) -> Iterator[Sequence[list[Words]]]:
    """Yield lines that stand together, without those of tables, if any may be columns of text."""
    if not _longest(lines):
        return
    first = at = 0
    for block in parted(lines, leading_of([lines])):
        if isinstance(block, Grid):
            yield lines[first:at]
            first = at + len(block.lines)
        at += len(block.lines) if isinstance(block, Grid) else 1
    yield lines[first:]


def _parts(lines: Sequence[list[Words]]) -> Iterator[_Part]:
    found = _longest(lines)
    if not found:
        return
    first, last, gutter = found
    yield from _parts(lines[:first])
    yield _part(lines[first:last], gutter)
    yield from _parts(lines[last:])


def _part(lines: Sequence[list[Words]], gutter: float) -> _Part:
    """Return what goes where: the second column begins one line below the end of the first."""
    left, right = (_column(lines, gutter, is_right=side) for side in (False, True))
    bases = sorted({each[0].base for each in left}, reverse=True)
    leading = median(one - other for one, other in pairwise(bases))
    top = max(letter.top for line in (*left, *right) for letter in line) + 1
    foot = min(letter.bottom for line in (*left, *right) for letter in line) - 1
    across = min(line[0].left for line in right) - min(line[0].left for line in left)
    down = max(line[0].base for line in right) - (bases[-1] - leading)
    return _Part(top, foot, gutter, across, max(down, 0.0))


def _longest(lines: Sequence[list[Words]]) -> tuple[int, int, float] | None:
    """Return from where to where most lines have room at one place, and the place."""
    if len(lines) < _FEWEST:
        return None
    start = min(line[0].left for line in lines)
    width = max(line[-1].right for line in lines) - start
    best: tuple[int, int, float] | None = None
    most = _FEWEST - 1
    rooms, seen = [list(_rooms(line)) for line in lines], set[tuple[float, ...]]()
    for step in range(int(width * _MIDDLE[0] / _STEP), int(width * _MIDDLE[1] / _STEP)):
        place = start + step * _STEP
        for first, found in _runs(rooms, place):
            run = lines[first : first + len(found)]
            common = first, len(run), max(e[0] for e in found), min(e[1] for e in found)
            if common in seen:
                continue
            seen.add(common)
            beside = _lines_beside(run, place)
            if beside > most and _are_columns(run, place, width):
                best, most = (first, first + len(run), place), beside
    return best


def _runs(rooms: Sequence[list[Room]], place: float) -> Iterator[tuple[int, list[Room]]]:
    """Yield from where on lines have room at a place, and the room of each."""
    low, high = place - _GUTTER / 2, place + _GUTTER / 2
    run: list[Room] = []
    for at, each in enumerate([*rooms, []]):
        if room := next((e for e in each if e[0] <= low and high <= e[1]), None):
            run.append(room)
            continue
        if len(run) >= _FEWEST:
            yield at - len(run), run
        run = []


def _rooms(line: Sequence[Words]) -> Iterator[Room]:
    """Yield from where to where a line has nothing, wide enough to stand between columns."""
    right = -math.inf
    for each in sorted((e for words in line for e in _drawn(words)), key=lambda e: e.left):
        if each.left - right >= _GUTTER:
            yield right, each.left
        right = max(right, each.right)
    yield right, math.inf


def _lines_beside(lines: Sequence[list[Words]], place: float) -> int:
    """Return how many lines stand on that side of a place that has fewer."""
    left = sum(line[0].left < place for line in lines)
    return min(left, sum(line[-1].right > place for line in lines))


def _are_columns(lines: Sequence[list[Words]], gutter: float, width: float) -> bool:
    """Whether both sides are columns of text: wide, full of words, and of one piece."""
    sides = [_column(lines, gutter, is_right=side) for side in (False, True)]
    share, least = _APART if _are_apart(*sides) else _LEVELLED
    for found in sides:
        if len(found) < _FEWEST:
            return False
        start, end = min(e[0].left for e in found), max(e[-1].right for e in found)
        if end - start < _WIDEST * width:
            return False
        full = sum(line[-1].right - line[0].left > share * (end - start) for line in found)
        told = sum(bool(_WORDS.search("".join(e.text for e in line))) for line in found)
        if full < least * len(found) or told < _TOLD * len(found):
            return False
        if _is_parted(found, start, end):
            return False
    return True


def _are_apart(left: Sequence[list[Letter]], right: Sequence[list[Letter]]) -> bool:
    """Whether both sides have lines beside which none stands on the other, as rows have not."""
    heights = [[line[0].base for line in side] for side in (left, right)]
    alone = [
        sum(all(abs(each - other) > _LEVEL for other in others) for each in own)
        for own, others in (heights, heights[::-1])
    ]
    return min(alone) >= _FEW


def _is_parted(lines: Sequence[list[Letter]], start: float, end: float) -> bool:
    """Whether the lines of a column have room at one place with letters on both sides of it."""
    for step in range(1, int((end - start) / _STEP)):
        place = start + step * _STEP
        low, high = place - _GUTTER / 2, place + _GUTTER / 2
        if any(e.left < high and e.right > low for line in lines for e in line):
            continue
        if 2 * sum(line[0].left < place < line[-1].right for line in lines) > len(lines):
            return True
    return False


def _column(lines: Sequence[list[Words]], gutter: float, *, is_right: bool) -> list[list[Letter]]:
    """Return the letters of the lines on one side."""
    found = (
        sorted(
            (e for words in line for e in _drawn(words) if (e.left > gutter) == is_right),
            key=lambda letter: letter.left,
        )
        for line in lines
    )
    return [line for line in found if line]


def _drawn(words: Words) -> Iterator[Letter]:
    return (each for each in words.letters if not each.text.isspace() and each.right > each.left)


def _cut(words: Words, parts: Sequence[_Part]) -> Iterator[Words]:
    """Yield words, in two where they reach over the room between columns."""
    for part in parts:
        is_over = words.left < part.gutter < words.right and part.foot < words.base <= part.top
        if is_over:
            sides = (
                [each for each in words.letters if (each.left > part.gutter) == side]
                for side in (False, True)
            )
            yield from (each for side in sides for each in run_of(side))
            return
    yield words


def _moved(words: Words, parts: Sequence[_Part]) -> Words:
    x, y = (words.left + words.right) / 2, words.base
    shifts = [each.moved(x, y) for each in parts]
    left, down = (sum(each[at] for each in shifts) for at in (0, 1))
    if not (left or down):
        return words
    letters = [replace(each, **_place(each, left, down)) for each in words.letters]
    return replace(words, letters=letters, **_place(words, left, down))


def _place(each: Words | Letter, left: float, down: float) -> dict[str, Any]:
    """Return where something stands when it has gone so far to the left and down."""
    return {
        "left": each.left - left,
        "right": each.right - left,
        "bottom": each.bottom - down,
        "top": each.top - down,
        "base": each.base - down,
    }
