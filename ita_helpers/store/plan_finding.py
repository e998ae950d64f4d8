"""Finding the plan of measures in a spreadsheet, and what the columns of its heading mean.

Headings may stand in several rows: first and last day, months, or ticks under done and not yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from ita_helpers.documents.plan_heads import TICK_COLUMNS, head_of, is_usual
from ita_helpers.documents.plan_time import calendar_of
from ita_helpers.errors import TwoPlanHeads
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.store.plan_table import FEWEST, PlanTable, places_of

SEARCHED = 20
"""Rows from the top in which the heading is looked for."""
LOWER = ("start", "end", *TICK_COLUMNS)
"""Columns whose headings may stand in a second row."""
MOST_HEADS = 3
"""Rows of a heading."""
JOINED = ("owners",)
"""Columns of which a plan may have several: who leads and who helps."""


def find_plan(grids: Iterable[Grid]) -> PlanTable | None:
    """Return the first table with measures, else the first table, or nothing.

    Raises ``TwoPlanHeads`` where two headings may mean the same column.
    """
    first: PlanTable | None = None
    for grid in grids:
        for table in tables_of(grid):
            if table.has_measures:
                return table
            first = first or table
    return first


def tables_left(grids: Iterable[Grid], read: PlanTable) -> list[PlanTable]:
    """Return the tables with measures beside the one that is read."""
    found: list[PlanTable] = []
    for grid in grids:
        with suppress(TwoPlanHeads):
            found += [e for e in tables_of(grid) if e.is_certain and e.has_measures]
    own = (read.grid.sheet, read.head)
    return [each for each in found if (each.grid.sheet, each.head) != own]


def tables_of(grid: Grid) -> Iterator[PlanTable]:
    """Yield the tables of a sheet, each with a heading of its own."""
    table = find_table(grid)
    while table:
        yield table
        rows = range(table.last + 1, len(grid.rows))
        again = next((row for row in rows if table.heads_again(row) == "other"), None)
        table = None if again is None else _table_at(grid, again)


def find_table(grid: Grid) -> PlanTable | None:
    """Return the first table of measures of a sheet, or nothing.

    Raises ``TwoPlanHeads`` where two headings may mean the same column.
    """
    rows = range(min(SEARCHED, len(grid.rows)))
    return next((table for row in rows if (table := _table_at(grid, row))), None)


def _table_at(grid: Grid, row: int) -> PlanTable | None:
    """Return the table whose heading is in a row, or nothing."""
    places = places_of(grid, row)
    if "measure" not in places and "guideline" in places:
        places["measure"] = places.pop("guideline")
    heads = dict(enumerate(grid.rows[row]))
    if "measure" not in places or (len(places) < FEWEST and not calendar_of(heads, {})):
        return None
    others = {key: tuple(places[key][1:]) for key in JOINED if len(places.get(key, ())) > 1}
    columns = {
        key: each[0] if key in others else _only(grid, row, key, each)
        for key, each in places.items()
    }
    return _with_rows_below(PlanTable(grid, row, columns, row, others))


def _only(grid: Grid, row: int, column: str, places: list[int]) -> int:
    """Return where a column is; of several headings the program's own counts."""
    usual = [at for at in places if is_usual(grid.cell(row, at), column)]
    if len(usual) == 1:
        return usual[0]
    if len(places) == 1:
        return places[0]
    cells = [f"{grid.address(row, at)} “{grid.cell(row, at)}”" for at in places]
    raise TwoPlanHeads(file=grid.file, sheet=grid.sheet, cells=cells, usual=head_of(column))


def _with_rows_below(table: PlanTable) -> PlanTable:
    """Return the table with the rest of a heading of several rows: days, months, ticks."""
    grid, head = table.grid, table.head
    merged = max((bottom for top, _, bottom, _ in grid.merged if top == head), default=head)
    last = merged if merged > head else _last_head(table)
    named = _lower(grid, head, last)
    calendar = max((_calendar(grid, head, row) for row in range(head, last + 1)), key=len)
    taken = {*named.values(), *calendar}
    columns = {key: at for key, at in table.columns.items() if at not in taken}
    start = columns.get("start")
    is_parted = last > head and start is not None and _width(grid, head, start) > start
    if is_parted and not named:
        del columns["start"]
    return replace(table, columns=columns | named, last=last, calendar=calendar)


def _last_head(table: PlanTable) -> int:
    """Return the last row of a heading without merged cells."""
    grid, last = table.grid, table.head
    for row in range(table.head + 1, min(table.head + MOST_HEADS, len(grid.rows))):
        parts = _lower(grid, row - 1, row) or _calendar(grid, table.head, row)
        if not parts or grid.cell(row, table.columns["measure"]):
            break
        last = row
    return last


def _lower(grid: Grid, head: int, last: int) -> dict[str, int]:
    """Return the headings below the first row that part one above them."""
    return {
        key: places[0]
        for row in range(head + 1, min(last + 1, len(grid.rows)))
        for key, places in places_of(grid, row).items()
        if key in LOWER
    }


def _calendar(grid: Grid, head: int, row: int) -> dict[int, str]:
    """Return the months or quarters that the cells of a row of headings stand for."""
    if row >= len(grid.rows):
        return {}
    above, over = "", {}
    for at in range(len(grid.rows[row])):
        above = grid.cell(head, at) or above
        over[at] = above if row > head else ""
    return calendar_of(dict(enumerate(grid.rows[row])), over)


def _width(grid: Grid, row: int, column: int) -> int:
    """Return the last column of the merged cell that begins at a cell."""
    return next(
        (right for top, left, _, right in grid.merged if (top, left) == (row, column)), column
    )
