"""How a table is laid out: two that stand beside each other in it, how far a cell reaches down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.patterns import pattern
from ita_helpers.records.names import normal


def side_by_side(table: Table) -> list[Table]:
    """Return the tables that stand beside each other in one, or the one.

    Their heads are the same, or say anew what has the points in the column behind.
    """
    heads = [normal(cell.text) for cell in table.rows[0]]
    starts = [at for at, each in enumerate(heads) if pattern("columns.what_has").match(each)]
    if any(starts) and heads[-1] and len({len(row) for row in table.rows}) == 1:
        return [
            Table(tuple(row[first:end] for row in table.rows), table.spot)
            for first, end in pairwise(sorted({0, *starts, len(heads)}))
        ]
    half = len(heads) // 2
    is_twice = half > 1 and all(heads) and heads[:half] == heads[half:]
    if not is_twice or any(len(row) != 2 * half for row in table.rows):
        return [table]
    parts = (slice(None, half), slice(half, None))
    return [Table(tuple(row[part] for row in table.rows), table.spot) for part in parts]


def stacked(table: Table, names: Callable[[str], str]) -> Iterator[Table]:
    """Yield the tables that stand below each other in one, each with a row of names as its head.

    ``names`` returns what a cell names and no more. Other tables are whole.
    """
    if not table.rows or not _is_of_names(table.rows[0], names):
        yield table
        return
    starts = [at for at, row in enumerate(table.rows) if _is_of_names(row, names)]
    if any(b - a < 2 for a, b in pairwise([*starts, len(table.rows)])):
        yield table
        return
    for first, last in pairwise([*starts, len(table.rows)]):
        yield Table(table.rows[first:last], table.spot)


def _is_of_names(row: Sequence[Cell], names: Callable[[str], str]) -> bool:
    """Whether all cells of a row name something, not all of them the same."""
    named = set[str]()
    for cell in row:
        if cell.text.strip():
            if not (name := names(cell.text)):
                return False
            named.add(name)
    return len(named) > 1


def depth(below: Sequence[Sequence[Cell]], column: int) -> int:
    """Return over how many of the rows below a cell reaches."""
    going_on = takewhile(lambda row: column < len(row) and row[column].is_continued, below)
    return sum(1 for _ in going_on)
