"""How a table is laid out: two that stand beside each other in it, how far a cell reaches down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ita_helpers.documents.document import Cell, Table
from ita_helpers.records.names import normal


def side_by_side(table: Table) -> list[Table]:
    """Return the tables that stand beside each other in one under the same heads, or the one."""
    heads = [normal(cell.text) for cell in table.rows[0]]
    half = len(heads) // 2
    is_twice = half > 1 and all(heads) and heads[:half] == heads[half:]
    if not is_twice or any(len(row) != 2 * half for row in table.rows):
        return [table]
    parts = (slice(None, half), slice(half, None))
    return [Table(tuple(row[part] for row in table.rows), table.spot) for part in parts]


def depth(below: Sequence[Sequence[Cell]], column: int) -> int:
    """Return over how many of the rows below a cell reaches."""
    going_on = takewhile(lambda row: column < len(row) and row[column].is_continued, below)
    return sum(1 for _ in going_on)
