"""Placing the cells of a table in a grid, and evening out ragged rows.

HTML lets spans run over the edge and over each other; the PDF compiler and a Word file do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from ita_helpers.publish.tree import Cell, Table

Row = tuple[Cell, ...]
NARROW = 12
"""A column of no more characters is as wide as its text."""


def place_cells(rows: Sequence[Row]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row's cells with their column, with spans cut to the available space."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        if not taken and all(cell.colspan == 1 == cell.rowspan for cell in row):
            yield list(enumerate(row))
            continue
        placed: list[tuple[int, Cell]] = []
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            wide = 1
            while wide < cell.colspan and (number, column + wide) not in taken:
                wide += 1
            deep = min(cell.rowspan, len(rows) - number)
            taken.update(product(range(number, number + deep), range(column, column + wide)))
            fits = (wide, deep) == (cell.colspan, cell.rowspan)
            placed.append((column, cell if fits else replace(cell, colspan=wide, rowspan=deep)))
            column += wide
        taken = {each for each in taken if each[0] > number}
        yield placed


def _are_single(rows: Sequence[Row]) -> bool:
    """Whether each cell takes one place."""
    return all(cell.colspan == 1 == cell.rowspan for row in rows for cell in row)


def cells_by_column(table: Table) -> list[list[Cell]]:
    """Return the different cells of each column that reach into no other; equal ones may be two."""
    found: list[dict[int, Cell]] = [{} for _ in range(table.columns)]
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            for place, cell in row:
                if cell.colspan == 1:
                    found[place][id(cell)] = cell
    return [[*cells.values()] for cells in found]


def count_columns(rows: Sequence[Row]) -> int:
    """Return the number of columns the cells of the rows reach."""
    if _are_single(rows):
        return max(map(len, rows), default=0)
    ends = [place + cell.colspan for row in place_cells(rows) for place, cell in row]
    return max(ends, default=0)


def even_out(rows: Sequence[Row], columns: int) -> tuple[Row, ...]:
    """Return the rows with spans cut and every row filled up to ``columns``."""
    if _are_single(rows) and all(len(row) == columns for row in rows):
        return tuple(rows)
    placed = list(place_cells(rows))
    free = [set(range(columns)) for _ in placed]
    for number, row in enumerate(placed):
        for place, cell in row:
            for line in free[number : number + cell.rowspan]:
                line -= set(range(place, place + cell.colspan))
    return tuple(
        (*(cell for _, cell in row), *(Cell(()) for _ in gaps))
        for row, gaps in zip(placed, free, strict=True)
    )


def column_shares(table: Table) -> tuple[list[float], list[int]]:
    """Return each column's share of the width, and the characters of its longest text.

    A share of 0 is a column as wide as its text. A share grows with the root of the longest
    text, so that a long column wraps more than a short one without crushing it.
    """
    longest = [
        max((sum(len(run.text) for run in cell.inlines) for cell in cells), default=0)
        for cells in cells_by_column(table)
    ]
    shares = [0.0 if length <= NARROW else length**0.5 for length in longest]
    return (shares if any(shares) else [1.0] * table.columns), longest
