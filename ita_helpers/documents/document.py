"""A finished report as lines and tables in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from ita_helpers.records.spot import Spot


@dataclass(frozen=True)
class Line:
    """A paragraph, a heading or an entry of a list; ``raw`` is its text as the file has it.

    ``text`` has the letters put right and Arabic digits (``documents/letters.py``). ``level`` is
    that of a heading, and 0 for other lines.
    """

    text: str
    raw: str
    spot: Spot
    level: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with its text as in ``Line``."""

    text: str
    raw: str
    spot: Spot


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
