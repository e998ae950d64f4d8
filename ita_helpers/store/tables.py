"""Reading the tables of ``data/`` as rows, with file, line and column for messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from ita_helpers.errors import (
    BadCell,
    BadColumns,
    UnknownCode,
    UnreadableFile,
    nearest,
)
from ita_helpers.files.inert import of_csv_cell
from ita_helpers.files.presence import is_there
from ita_helpers.files.remembered import remembered
from ita_helpers.files.text import find_separator, read_text
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.store.dictionary import added_columns, columns_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its cells by column, and its number in a spreadsheet."""

    places: dict[str, int]
    cells: tuple[str, ...]
    number: int

    def __getitem__(self, column: str) -> str:
        place = self.places.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    def by_column(self) -> tuple[tuple[str, str], ...]:
        """Return the cells that hold something, whatever order the columns have."""
        named = zip(self.places, self.cells, strict=False)
        return tuple(sorted((column, cell) for column, cell in named if cell))


def read_code(
    workspace: Workspace, path: Path, row: TableRow, codes: tuple[str, ...], fiscal_year: int
) -> str:
    """Return a code as the rules write it. Raises ``UnknownCode``."""
    written = to_arabic(row["code"])
    by_folded = {code.lower(): code for code in codes}
    if written.lower() not in by_folded:
        raise UnknownCode(
            file=workspace.shown(path),
            row=row.number,
            code=row["code"],
            fiscal_year=fiscal_year,
            nearest=nearest(written, codes),
        )
    return by_folded[written.lower()]


def parse_cell(
    workspace: Workspace, path: Path, row: TableRow, column: str, parse: Callable[[str], T]
) -> T | None:
    """Return what a cell holds, nothing where it is empty. Raises ``BadCell``."""
    if not row[column]:
        return None
    try:
        return parse(to_arabic(row[column]))
    except ValueError as error:
        raise bad_cell(workspace, path, row, column, column.split("_")[0]) from error


def bad_cell(
    workspace: Workspace, path: Path, row: TableRow, column: str, problem: str, **facts: object
) -> BadCell:
    """Return the error for a cell, with its file, row and column."""
    return BadCell(
        file=workspace.shown(path),
        row=row.number,
        column=column,
        value=row[column],
        problem=problem,
        **facts,
    )


@dataclass(frozen=True)
class _Table:
    """The rows of a table by organisation, and those whose code is in the wrong case.

    To save memory, each organisation's rows are one tuple, of numbers and cells in turn.
    """

    places: dict[str, int]
    rows: dict[str, tuple[Any, ...]]
    misspelt: dict[str, TableRow]

    def of(self, organisation: str) -> list[TableRow]:
        """Return the rows of an organisation."""
        flat, width = self.rows.get(organisation, ()), 1 + len(self.places)
        starts = range(0, len(flat), width)
        return [TableRow(self.places, flat[at + 1 : at + width], flat[at]) for at in starts]


def rows_of(path: Path, table: str, workspace: Workspace, organisation: str) -> Sequence[TableRow]:
    """Return the rows of one organisation; none where there is no file. Raises ``BadCell``."""
    if not is_there(path):
        return ()
    known = table_of(path, table, workspace)
    if organisation in known.misspelt:
        raise bad_cell(workspace, path, known.misspelt[organisation], "organisation", "slug")
    return known.of(organisation)


def table_of(path: Path, table: str, workspace: Workspace) -> _Table:
    """Return a table of the workspace, read once while its file does not change."""
    return remembered(path, table, lambda: _by_organisation(read_table(path, table, workspace)))


def _by_organisation(rows: Iterable[TableRow]) -> _Table:
    by_code: dict[str, list[Any]] = {}
    misspelt: dict[str, TableRow] = {}
    places: dict[str, int] = {}
    for row in rows:
        places, code = row.places, row["organisation"]
        missing = ("",) * (len(places) - len(row.cells))
        by_code.setdefault(code, []).extend((row.number, *row.cells[: len(places)], *missing))
        if code != code.lower():
            misspelt.setdefault(code.lower(), row)
    return _Table(places, {code: tuple(flat) for code, flat in by_code.items()}, misspelt)


def read_table(path: Path, table: str, workspace: Workspace) -> Iterator[TableRow]:
    """Yield the rows of a CSV file that has the columns of ``table`` in the data dictionary.

    Raises ``BadColumns``, ``BadCell`` or ``UnreadableFile``.
    """
    shown = workspace.shown(path)
    text = read_text(path, shown)
    separator = find_separator(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _lines_of(reader, shown)
    heads = [head.strip() for head in next(rows, [])]
    while heads and not heads[-1]:
        heads.pop()
    _check_heads(heads, table, shown)
    places = {head: place for place, head in enumerate(heads)}
    for number, cells in enumerate(rows, start=2):
        values = tuple(intern(of_csv_cell(cell.strip())) for cell in cells)
        if any(values[len(heads) :]):
            raise BadCell(
                file=shown, row=number, column="", value=values[len(heads)], problem="overflow"
            )
        if any(values):
            yield TableRow(places, values, number)


def _lines_of(reader: Any, shown: str) -> Iterator[list[str]]:
    """Yield the rows, refusing an unclosed quotation mark, which would swallow all that follow."""
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableFile(file=shown, problem="not_csv", line=reader.line_num) from error


def _check_heads(heads: list[str], table: str, shown: str) -> None:
    known = columns_of(table)
    missing = [each for each in known if each not in heads and each not in added_columns(table)]
    unknown = [head for head in heads if head not in known or heads.count(head) > 1]
    if missing or unknown:
        raise BadColumns(file=shown, missing=missing, unknown=unknown, known=list(known))
