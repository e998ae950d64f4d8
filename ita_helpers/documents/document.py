"""A finished report as lines and tables in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_helpers.records.spot import Spot
from ita_helpers.values import value


@value(frozen=True)
class Line:
    """A paragraph, a heading or an entry of a list; ``raw`` is its text as the file has it.

    ``text`` has the letters put right and Arabic digits (``documents/letters.py``). ``level`` is
    that of a heading, and 0 for other lines. The number of a line of a text file is that of the
    file.
    """

    text: str
    raw: str
    spot: Spot
    level: int = 0


@value(frozen=True)
class Cell:
    """A cell of a table, with its text as in ``Line``.

    ``is_continued`` if it belongs to the merged cell above it, whose text is not repeated.
    """

    text: str
    raw: str
    spot: Spot
    is_continued: bool = False


@dataclass(frozen=True)
class Table:
    """A table, joined where a page parts it; rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]
    spot: Spot


@dataclass(frozen=True)
class Document:
    """What a file shows a reader; ``losses`` are sentences on what could not be read in it."""

    file: str
    blocks: tuple[Line | Table, ...]
    losses: tuple[str, ...] = field(default=())

    @property
    def texts(self) -> Iterator[str]:
        """The texts of lines and cells in reading order."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.text
            else:
                yield from (cell.text for row in block.rows for cell in row)
