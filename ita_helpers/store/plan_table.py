"""Where a plan of measures is on a sheet, and what its columns are.

Headings may stand in two rows: first and last day, or ticks under done and not yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from ita_helpers.documents.plan_heads import TICK_COLUMNS, column_of, head_of, is_usual
from ita_helpers.errors import TwoPlanHeads
from ita_helpers.spreadsheets.grids import Grid

SEARCHED = 20
"""Rows from the top in which the heading is looked for."""
FEWEST = 2
"""Known columns, the measure among them, that make a heading."""
LOWER = ("start", "end", *TICK_COLUMNS)
"""Columns whose headings may stand in a second row."""


class PlanTable:
    """Where a plan is on a sheet: first and last row of its heading, column of each heading."""

    def __init__(self, grid: Grid, head: int, columns: Mapping[str, int], last: int) -> None:
        self.grid, self.head, self.columns, self.last = grid, head, columns, last
        self.merged = {
            (row, first): top
            for top, first, bottom, _ in grid.merged
            for row in range(top + 1, bottom + 1)
        }

    def text(self, row: int, column: str) -> str:
        """Return a cell; a cell merged downwards holds for each of its rows."""
        at = self.columns.get(column)
        if at is None:
            return ""
        return self.grid.cell(self.merged.get((row, at), row), at)

    def is_empty(self, row: int) -> bool:
        """Whether a row has nothing of its own under the headings."""
        return not any(self.grid.cell(row, at) for at in self.columns.values())

    def continues(self, row: int, column: str) -> bool:
        """Whether a cell belongs to the one above."""
        return (row, self.columns.get(column)) in self.merged

    def heading(self, column: str) -> str:
        """Return the heading of a column in the file, else the usual one."""
        at = self.columns.get(column)
        if at is None:
            return head_of(column)
        return self.grid.cell(self.head, at) or self.grid.cell(self.last, at)

    @property
    def extra(self) -> tuple[str, ...]:
        """The headings that the program does not use."""
        known = set(self.columns.values())
        cells = enumerate(self.grid.rows[self.head])
        return tuple(text for at, text in cells if text and at not in known)


def find_table(grid: Grid) -> PlanTable | None:
    """Return the table of measures of a sheet, or nothing.

    Raises ``TwoPlanHeads`` where two headings may mean the same column.
    """
    for row in range(min(SEARCHED, len(grid.rows))):
        places = _places(grid, row)
        if "measure" not in places and "guideline" in places:
            places["measure"] = places.pop("guideline")
        if "measure" in places and len(places) >= FEWEST:
            columns = {key: _only(grid, row, key, each) for key, each in places.items()}
            return _with_rows_below(grid, row, columns)
    return None


def _places(grid: Grid, row: int) -> dict[str, list[int]]:
    """Return the columns that the headings of a row mean, each with where it may be."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(grid.rows[row]):
        if column := column_of(text):
            places.setdefault(column, []).append(at)
    return places


def _only(grid: Grid, row: int, column: str, places: list[int]) -> int:
    """Return where a column is; of several headings the program's own counts."""
    usual = [at for at in places if is_usual(grid.cell(row, at), column)]
    if len(usual) == 1:
        return usual[0]
    if len(places) == 1:
        return places[0]
    cells = [f"{grid.address(row, at)} “{grid.cell(row, at)}”" for at in places]
    raise TwoPlanHeads(file=grid.file, sheet=grid.sheet, cells=cells, usual=head_of(column))


def _with_rows_below(grid: Grid, head: int, columns: dict[str, int]) -> PlanTable:
    """Return the table with the rest of a heading of several rows: days, months, ticks."""
    last = max((bottom for top, _, bottom, _ in grid.merged if top == head), default=head)
    named = _lower(grid, head, max(last, head + 1))
    if last == head and named and not grid.cell(head + 1, columns["measure"]):
        last = head + 1
    if last > head:
        wide = _width(grid, head, columns.get("start", 0))
        kept = {key: at for key, at in columns.items() if at not in named.values()}
        if not named and "start" in columns and wide > columns["start"]:
            del kept["start"]
        columns = kept | named
    return PlanTable(grid, head, columns, last)


def _lower(grid: Grid, head: int, last: int) -> dict[str, int]:
    """Return the headings below the first row that part one above them."""
    return {
        key: places[0]
        for row in range(head + 1, min(last + 1, len(grid.rows)))
        for key, places in _places(grid, row).items()
        if key in LOWER
    }


def _width(grid: Grid, row: int, column: int) -> int:
    """Return the last column of the merged cell that begins at a cell."""
    return next(
        (right for top, left, _, right in grid.merged if (top, left) == (row, column)), column
    )
