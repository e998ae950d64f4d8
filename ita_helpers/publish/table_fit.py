"""Fitting a table to a page: as it is, set smaller, turned, or cut by columns.

Decided once from the text, so that the PDF and the Word file agree; nothing is ever cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum

from ita_helpers.publish.letter_widths import text_width
from ita_helpers.publish.table_grid import cells_by_column, place_cells
from ita_helpers.publish.thai_words import words_in
from ita_helpers.publish.tree import Cell, Table

PORTRAIT = 453.0
LANDSCAPE = 699.0
"""Points: the width between the margins of an A4 page, upright and turned."""
NORMAL, SMALL = 10.0, 9.5
"""Points: the size of a table's text, and the smallest for a paper that is signed."""
PADDING = 10.0
WIDEST_WORD = 20.0
"""Ems: what is wider breaks anywhere."""
_TOKEN = re.compile(r"[^\s\u00a0\u200b]+")
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_PIECE = re.compile(r"[\u0e01-\u0e4e]+|[^\u0e01-\u0e4e]+")


@dataclass(frozen=True)
class Fit:
    """One page's piece of a table: its text size in points, and whether its page is turned."""

    table: Table
    size: float
    is_turned: bool


def least_widths(table: Table) -> list[float]:
    """Return the width of the widest word of each column, in ems."""
    return [
        max([1.0, *(_widest_word(run.text) for cell in cells for run in cell.inlines)])
        for cells in cells_by_column(table)
    ]


def fit_table(table: Table) -> tuple[Fit, ...]:
    """Return the table as one or more pieces that fit between the margins."""
    needed = least_widths(table)
    if _width(needed, NORMAL) <= PORTRAIT:
        return (Fit(table, NORMAL, is_turned=False),)
    if _width(needed, SMALL) <= PORTRAIT:
        return (Fit(table, SMALL, is_turned=False),)
    for size in (NORMAL, SMALL):
        if _width(needed, size) <= LANDSCAPE:
            return (Fit(table, size, is_turned=True),)
    return tuple(Fit(piece, SMALL, is_turned=True) for piece in _cut(table, needed))


def _width(needed: Sequence[float], size: float) -> float:
    return fsum(width * size + PADDING for width in needed)


@lru_cache(maxsize=20_000)
def _widest_word(text: str) -> float:
    words = (word for token in _TOKEN.findall(text) for word in _words(token))
    return max((min(text_width(word), WIDEST_WORD) for word in words), default=0.0)


def _words(token: str) -> Iterator[str]:
    """Yield the words of text without spaces, a number or foreign word with the one before it."""
    before = ""
    for piece in _PIECE.findall(token):
        if _THAI.match(piece):
            *words, before = words_in(piece)
            yield from words
        else:
            before += piece
        yield before


def _cut(table: Table, needed: Sequence[float]) -> list[Table]:
    """Cut a table into groups of columns, the first column repeated in each."""
    room = LANDSCAPE - _width(needed[:1], SMALL)
    groups: list[list[int]] = [[]]
    used = 0.0
    for column in range(1, table.columns):
        width = _width([needed[column]], SMALL)
        if groups[-1] and used + width > room:
            groups.append([])
            used = 0.0
        groups[-1].append(column)
        used += width
    return [_columns(table, [0, *group]) for group in groups]


def _columns(table: Table, kept: Sequence[int]) -> Table:
    """Return a table of some columns; what spans others shrinks to those that stay."""

    def rows(section: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(
                replace(cell, colspan=len(covered))
                for place, cell in row
                if (covered := [each for each in kept if place <= each < place + cell.colspan])
            )
            for row in place_cells(section)
        )

    return replace(table, head=rows(table.head), body=rows(table.body), columns=len(kept))
