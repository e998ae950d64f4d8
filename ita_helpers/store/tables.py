"""Reading the tables of ``data/`` as rows, with file, line and column for messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
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
from ita_helpers.files.remembered import found_once, remembered
from ita_helpers.files.text import find_separator, read_text
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.store.dictionary import added_columns, columns_of

T = TypeVar("T")
_Numbered = tuple[int, list[str]]
"""A row's number in a spreadsheet, and its cells."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its cells by column, and its number in a spreadsheet."""

    places: dict[str, int]
    cells: tuple[str, ...]
    number: int

    def __getitem__(self, column: str) -> str:
        place = self.places.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""


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

    def written(self, organisation: str) -> list[tuple[tuple[str, str], ...]]:
        """Return the rows of an organisation as sorted cells that hold something, sorted.

        So neither the order of the rows nor that of the columns counts.
        """
        flat, width = self.rows.get(organisation, ()), 1 + len(self.places)
        return sorted(
            tuple([(column, cell) for column, place in self._sorted if (cell := flat[at + place])])
            for at in range(0, len(flat), width)
        )

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        """The columns by their names, with where they stand behind the number of a row."""
        return sorted((column, place + 1) for column, place in self.places.items())


def rows_of(path: Path, table: str, workspace: Workspace, organisation: str) -> Sequence[TableRow]:
    """Return the rows of one organisation; none where there is no file. Raises ``BadCell``."""
    known = _table_with(path, table, workspace, organisation)
    return known.of(organisation) if known else ()


def written_in(
    path: Path, table: str, workspace: Workspace, organisation: str
) -> list[tuple[tuple[str, str], ...]]:
    """Return the rows of one organisation as they stand in a file, unparsed, in no order of theirs.

    None where there is no file. Raises ``BadCell``.
    """
    known = _table_with(path, table, workspace, organisation)
    return known.written(organisation) if known else []


def _table_with(path: Path, table: str, workspace: Workspace, organisation: str) -> _Table | None:
    """Return a table for the rows of an organisation, whose code must not be in the wrong case."""

    def find() -> _Table | None:
        return table_of(path, table, workspace) if is_there(path) else None

    known = found_once((path, table), find)
    if known and organisation in known.misspelt:
        raise bad_cell(workspace, path, known.misspelt[organisation], "organisation", "slug")
    return known


def table_of(path: Path, table: str, workspace: Workspace) -> _Table:
    """Return a table of the workspace, read once while its file does not change."""
    return remembered(path, table, lambda: _by_organisation(*_read(path, table, workspace)))


def _by_organisation(places: dict[str, int], rows: Iterable[_Numbered]) -> _Table:
    by_code: dict[str, list[Any]] = {}
    misspelt: dict[str, TableRow] = {}
    at, width = places["organisation"], len(places)
    for number, cells in rows:
        code = cells[at] if at < len(cells) else ""
        flat = by_code.get(code)
        if flat is None:
            flat = by_code[code] = []
            if code != code.lower():
                misspelt.setdefault(code.lower(), TableRow(places, tuple(cells), number))
        flat.append(number)
        flat.extend(cells[:width])
        flat.extend([""] * (width - len(cells)))
    return _Table(places, {code: tuple(flat) for code, flat in by_code.items()}, misspelt)


def read_table(path: Path, table: str, workspace: Workspace) -> Iterator[TableRow]:
    """Yield the rows of a CSV file that has the columns of ``table`` in the data dictionary.

    Raises ``BadColumns``, ``BadCell`` or ``UnreadableFile``.
    """
    places, rows = _read(path, table, workspace)
    for number, cells in rows:
        yield TableRow(places, tuple(cells), number)


class _Cells(dict[str, str]):
    """The texts of cells by how the file has them, most of which stand in it many times."""

    def __missing__(self, written: str) -> str:
        text = self[written] = intern(of_csv_cell(written.strip()))
        return text


def _read(
    path: Path, table: str, workspace: Workspace
) -> tuple[dict[str, int], Iterator[_Numbered]]:
    """Return the places of a table's columns, and its rows with their numbers."""
    shown = workspace.shown(path)
    text = read_text(path, shown)
    separator = find_separator(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _lines_of(reader, shown)
    heads = [head.strip() for head in next(rows, [])]
    while heads and not heads[-1]:
        heads.pop()
    _check_heads(heads, table, shown)
    return {head: place for place, head in enumerate(heads)}, _numbered(rows, len(heads), shown)


def _numbered(rows: Iterable[list[str]], width: int, shown: str) -> Iterator[_Numbered]:
    """Yield the rows that hold something; none may be wider than the heads."""
    texts = _Cells()
    for number, cells in enumerate(rows, start=2):
        values = [texts[cell] for cell in cells]
        if len(values) > width and any(values[width:]):
            value = values[width]
            raise BadCell(file=shown, row=number, column="", value=value, problem="overflow")
        if any(values):
            yield number, values


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
