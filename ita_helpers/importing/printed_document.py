"""The sheet of a spreadsheet as a document: titles are lines, tables have cells with their spots.

Rows that are empty part tables; what stands above and below one, alone in its row, is a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.letters import put_right
from ita_helpers.documents.patterns import pattern
from ita_helpers.importing.own_year import years_in
from ita_helpers.language.catalogue import section
from ita_helpers.records.names import normal
from ita_helpers.records.spot import Spot
from ita_helpers.spreadsheets.grids import Grid

FACTS = ("name", "type", "district", "province", "fiscal_year")
"""What a row of two cells above a table may say of it."""


def document_of(grid: Grid) -> Document:
    """Return what a sheet shows a reader."""
    return Document(grid.file, tuple(_blocks(grid)))


def spot_of(grid: Grid, row: int, column: int, table: int = 0) -> Spot:
    """Return the spot of a cell of a grid (0-based row and column)."""
    address = grid.address(row, column)
    place = {"table": table} if table else {"line": row + 1}
    return Spot(grid.file, row=row + 1, column=column + 1, sheet=grid.sheet, cell=address, **place)


def _blocks(grid: Grid) -> Iterator[Line | Table]:
    tables = 0
    for is_filled, group in groupby(range(len(grid.rows)), key=lambda row: any(grid.rows[row])):
        rows = list(group)
        if not is_filled:
            continue
        first, last = _table_rows(grid, rows)
        yield from _lines(grid, rows[:first])
        if first < last:
            tables += 1
            yield _table(grid, rows[first:last], tables)
        yield from _lines(grid, rows[last:])


def _table_rows(grid: Grid, rows: Sequence[int]) -> tuple[int, int]:
    """Return where the table among some rows begins and ends (exclusive)."""
    first, last = 0, len(rows)
    while first < last and (len(_filled(grid, rows[first])) == 1 or _is_fact(grid, rows[first])):
        first += 1
    while last > first and len(_filled(grid, rows[last - 1])) == 1:
        last -= 1
    return first, last


def _filled(grid: Grid, row: int) -> list[int]:
    return [column for column, text in enumerate(grid.rows[row]) if text]


def _is_fact(grid: Grid, row: int) -> bool:
    """Whether a row of two cells names the office, its place or the year, and is no heading."""
    texts = [text for text in grid.rows[row] if text]
    if len(texts) != 2:
        return False
    key = _heading_key(texts[0].strip(" :"))
    if key == "fiscal_year":
        return bool(years_in(texts[1])) and not pattern("columns.score").search(texts[1])
    is_head = _heading_key(texts[1]) or pattern("columns.score").search(texts[1])
    return key in FACTS and not is_head and not any(each.isdigit() for each in texts[1])


def _heading_key(text: str) -> str:
    """Return what a heading means, or an empty string."""
    for key, words in section("import.headings").items():
        if normal(text) in (normal(each) for each in words.split("|")):
            return str(key)
    return ""


def _lines(grid: Grid, rows: Sequence[int]) -> Iterator[Line]:
    for row in rows:
        columns = _filled(grid, row)
        raw = " ".join(grid.cell(row, column).strip(" :") for column in columns)
        yield Line(put_right(" ".join(raw.split())), raw, spot_of(grid, row, columns[0]), level=1)


def _table(grid: Grid, rows: Sequence[int], number: int) -> Table:
    """Return rows as a table without columns that are empty in all of them."""
    columns = sorted({column for row in rows for column in _filled(grid, row)})
    continued = _continued(grid)
    made = tuple(
        tuple(_cell(grid, row, column, number, continued) for column in columns) for row in rows
    )
    return Table(made, spot_of(grid, rows[0], columns[0], number))


def _cell(
    grid: Grid, row: int, column: int, table: int, continued: frozenset[tuple[int, int]]
) -> Cell:
    raw = grid.cell(row, column)
    text = "\n".join(filter(None, map(put_right, raw.split("\n"))))
    spot = spot_of(grid, row, column, table)
    return Cell(text, raw, spot, is_continued=(row, column) in continued)


def _continued(grid: Grid) -> frozenset[tuple[int, int]]:
    """Return the cells that belong to a merged one above them."""
    return frozenset(
        (row, first)
        for top, first, bottom, last in grid.merged
        if first == last
        for row in range(top + 1, min(bottom + 1, len(grid.rows)))
    )
