"""How wide the columns of a table are in Word."""

from __future__ import annotations

import re

from ita_helpers.publish.table_grid import column_shares, place_cells
from ita_helpers.publish.tree import (
    Inlines,
    Table,
)
from ita_helpers.publish.word.pictures import pixel_size

TABLE_TEXT = 14.0
WIDE_CHARACTER, CELL_PADDING = 0.66, 12.0
"""Width of a character as a share of its size where another font must stand in, and of the
margins of a cell in points."""
LONGEST_PIECE, SHORT_WORD = 14, 6
_MARK = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_PIECE = re.compile(r"[^\s/\u0e00-\u0e4f]+")
_LETTERS = re.compile(r"[\u0e00-\u0e4f]+")


def column_widths(table: Table, room: float, size: float) -> list[float]:
    """Return the width of each column in points: room for its numbers, the rest shared.

    No number breaks before the words around it do, even in a font wider than ours.
    """
    _, longest = column_shares(table)
    character = size * WIDE_CHARACTER
    least = [each * character + CELL_PADDING for each in _unbroken(table)]
    rest = room - sum(least)
    if rest <= 0:
        return [each * room / sum(least) for each in least]
    lacking = (
        max(0.0, characters * character + CELL_PADDING - width)
        for characters, width in zip(longest, least, strict=True)
    )
    shares = [each**0.7 for each in lacking]
    shares = shares if any(shares) else [1.0] * len(least)
    return [width + rest * share / sum(shares) for width, share in zip(least, shares, strict=True)]


def _unbroken(table: Table) -> list[int]:
    """Return the characters of each column that must stand on one line."""
    longest = [1] * table.columns
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            for place, cell in row:
                if cell.colspan == 1:
                    longest[place] = max(longest[place], _longest_piece(cell.inlines))
    return longest


def _longest_piece(inlines: Inlines) -> int:
    """Return the length of the longest number or Latin word, or of a short Thai one."""
    written = _MARK.sub("", " ".join(run.text for run in inlines))
    pieces = (min(len(each), LONGEST_PIECE) for each in _PIECE.findall(written))
    words = (min(len(each), SHORT_WORD) for each in _LETTERS.findall(written))
    return max((*pieces, *words), default=1)


def natural_width(content: bytes) -> float:
    """Return the width of a picture at 96 pixels an inch."""
    return pixel_size(content)[0] * 72 / 96
