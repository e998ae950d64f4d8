"""What all readers of spreadsheets share: the file in hand, its limits, a sheet being filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ita_helpers.errors import UnreadableSheet
from ita_helpers.language.thai import tidy_text

MOST_CELLS = 3_000_000
"""More cells than the ITA of all organisations of the country, sixteen times over."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""No program of today keeps larger sheets."""

MOST_HIDDEN = 100_000
"""More hidden rows in one piece are the rest of a sheet."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 0, inclusive."""

AsideKind = Literal["comments", "struck", "marks", "drawings", "macros"]


@dataclass(frozen=True)
class Aside:
    """What a sheet shows besides the text of its cells.

    A comment, words that are struck out or raised, or what has no cell (row and column are -1): a
    picture, a text box, the macros of the file. ``rest`` is what a cell says without its struck and
    raised words.
    """

    kind: AsideKind
    text: str
    row: int = -1
    column: int = -1
    rest: str = ""


@dataclass(frozen=True)
class Words:
    """The text of a cell, and what of it is ``struck`` out or ``raised`` beside the rest."""

    text: str
    struck: str = ""
    raised: str = ""
    rest: str = ""

    @classmethod
    def of(cls, runs: Iterable[tuple[str, str]]) -> Words:
        """Join runs of text with their kinds; what is raised alone stands as it is."""
        runs = list(runs)
        text = tidy_text("".join(run for run, _ in runs))
        if not any(kind for _, kind in runs):
            return cls(text)
        kinds = ("struck", "marks", "")
        struck, raised, rest = ("".join(r for r, k in runs if k == kind) for kind in kinds)
        if not rest.strip() and not struck.strip():
            return cls(text)
        return cls(text, *map(tidy_text, (struck, raised, rest)))


@dataclass(frozen=True)
class Source:
    """A file as it was read, and its path for messages."""

    shown: str
    content: bytes

    def refused(self, problem: str, **facts: Any) -> UnreadableSheet:
        """Return the error for a file that cannot be used."""
        return UnreadableSheet(file=self.shown, problem=problem, **facts)


class Allowance:
    """How many more cells a file may have, over all its sheets."""

    def __init__(self, source: Source) -> None:
        self._source, self._left = source, MOST_CELLS

    def expect(self, cells: int) -> None:
        """Refuse as many as a file may not have, without counting them."""
        if cells > MOST_CELLS:
            self.take(cells, "")

    def take(self, cells: int, sheet: str) -> None:
        """Count cells that need room. Raises ``UnreadableSheet`` when there are too many."""
        self._left -= cells
        if self._left < 0:
            raise self._source.refused("too_many", sheet=sheet, limit=MOST_CELLS)


class Sheet:
    """A sheet while it is being read.

    Empty cells before the last one of a row count like others; those after it do not.
    """

    def __init__(self, name: str, allowance: Allowance, *, is_hidden: bool = False) -> None:
        self.name, self.is_hidden = name, is_hidden
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._allowance = allowance
        self._rows: dict[int, list[str]] = {}
        self._merged: set[Area] = set()
        self._calls_out: set[tuple[int, int]] = set()
        self.without_value: set[tuple[int, int]] = set()
        self.asides: list[Aside] = []

    def expect(self, cells: int) -> None:
        """Refuse early if more cells are announced than a file may have."""
        if cells > MOST_CELLS:
            self._take(cells)

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell; an empty text writes nothing."""
        if not text:
            return
        self._check_place(row, column)
        cells = self._rows.setdefault(row, [])
        missing = column + 1 - len(cells)
        if missing > 0:
            self._take(missing)
            cells.extend([""] * missing)
        cells[column] = text

    def put_words(self, row: int, column: int, words: Words) -> None:
        """Write a cell of which some words may be struck out or raised."""
        self.put(row, column, words.text)
        if words.struck:
            self.add_aside(Aside("struck", words.struck, row, column, words.rest))
        if words.raised:
            self.add_aside(Aside("marks", words.raised, row, column, words.rest))

    def add_aside(self, aside: Aside) -> None:
        """Remember what the sheet shows besides its cells."""
        self._take(1)
        self.asides.append(aside)

    def mark_without_value(self, row: int, column: int) -> None:
        """Remember that no value was saved with the cell's formula."""
        self._check_place(row, column)
        self._take(1)
        self.without_value.add((row, column))

    def mark_call(self, row: int, column: int) -> None:
        """Remember that the cell's formula reaches outside."""
        self._check_place(row, column)
        self._take(1)
        self._calls_out.add((row, column))

    def hide_rows(self, rows: range) -> None:
        """Remember rows as hidden; empty ones to the end of the sheet are none."""
        if len(rows) <= MOST_HIDDEN and rows.stop <= MOST_ROWS:
            self.hidden_rows.update(rows)

    def hide_columns(self, columns: range) -> None:
        """Remember columns as hidden."""
        if len(columns) <= MOST_HIDDEN:
            self.hidden_columns.update(columns)

    def merge(self, area: Area) -> None:
        """Remember an area of several cells as merged."""
        row, column, last_row, last_column = area
        self._check_place(row, column)
        clipped = (row, column, min(last_row, MOST_ROWS - 1), min(last_column, MOST_COLUMNS - 1))
        if clipped[:2] != clipped[2:]:
            self._take(1)
            self._merged.add(clipped)

    @property
    def merged(self) -> tuple[Area, ...]:
        """The merged areas from the top down."""
        return tuple(sorted(self._merged))

    @property
    def calls_out(self) -> frozenset[tuple[int, int]]:
        """The cells whose formula reaches outside."""
        return frozenset(self._calls_out)

    def finish(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows up to the last one that holds something."""
        end = max(self._rows, default=-1) + 1
        for area in self._merged:
            self._empty_covered(area, end)
        rows = {row: _trimmed(cells) for row, cells in self._rows.items()}
        last = max((row for row, cells in rows.items() if cells), default=-1)
        self._take(last + 1 - len(rows))
        return tuple(rows.get(row, ()) for row in range(last + 1))

    def _empty_covered(self, area: Area, end: int) -> None:
        first, left, last, right = area
        for row in range(first, min(last + 1, end)):
            cells = self._rows.get(row, [])
            start = left + (row == first)
            covered = max(0, min(right + 1, len(cells)) - start)
            self._take(1 + covered)
            cells[start : start + covered] = [""] * covered

    def _check_place(self, row: int, column: int) -> None:
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            self._take(MOST_CELLS + 1)

    def _take(self, cells: int) -> None:
        self._allowance.take(max(0, cells), self.name)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])
