"""A workbook for readers, as values: cover, notes, and tables whose columns say what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from ita_helpers.language.catalogue import label

Kind = Literal["text", "code", "year", "count", "points", "change"]
"""What a column holds: words, words of one line, a year (B.E.), a number of things, points with two
decimals, a difference of points."""
Blank = Literal["unknown", "none", "no", "other"]
"""Why a cell has no value: it is not known, there is none, it is not so, its row has no such."""
BLANKS: tuple[Blank, ...] = ("unknown", "none", "no", "other")


@dataclass(frozen=True)
class Link:
    """Words that lead to a file beside the workbook, or to one of its sheets."""

    text: str
    target: str = ""
    sheet: str = ""


Value = str | int | float | Decimal | Link | None


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in characters, what it means, why a cell may be empty."""

    head: str
    width: int
    meaning: str
    kind: Kind = "text"
    blank: Blank = "unknown"


@dataclass(frozen=True)
class Sheet:
    """One table. ``key`` names it for programs (ASCII), ``name`` is on its tab.

    ``about`` says what a row is, and over what. The first ``kept`` columns stay in sight.
    """

    key: str
    name: str
    title: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    kept: int = 1


@dataclass(frozen=True)
class Book:
    """A workbook: ``cover`` has headings with what is told under each, ``notes`` their subjects."""

    title: str
    cover: Sequence[tuple[str, str]]
    notes: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]

    def as_scrap(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        return asdict(self)


def read_book(scrap: Mapping[str, Any]) -> Book:
    """Return the book that ``as_scrap`` left. Raises ``KeyError`` or ``TypeError`` for another."""
    sheets = [
        Sheet(**{**each, "columns": [Column(**column) for column in each["columns"]]})
        for each in scrap["sheets"]
    ]
    return Book(**{**scrap, "sheets": sheets})


def mark(blank: Blank) -> str:
    """Return what stands in a cell that has no value."""
    return label(f"sheets.blank.{blank}.mark")
