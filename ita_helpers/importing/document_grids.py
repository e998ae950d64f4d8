"""A document as a sheet: a row for each line and each row of its tables.

So lists of offices are read alike in spreadsheets and in documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_helpers.documents.document import Cell, Document, Line
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import say
from ita_helpers.records.spot import Spot
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.spreadsheets.sheets import Area


@dataclass(frozen=True)
class DocumentGrid(Grid):
    """A document as a grid; ``spots`` are where its rows stand."""

    spots: tuple[Spot, ...] = ()

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands in the document, in words."""
        spot = self.spots[row]
        where = Place.in_report(spot).cell
        return say("import.spot_cell", where=where, column=column + 1) if spot.table else where


def grid_of(document: Document) -> Grid:
    """Return a document as one sheet whose places are those of the document."""
    rows = list(_rows(document))
    texts = tuple(tuple(cell.text for cell in cells) for _, cells in rows)
    spots = tuple(spot for spot, _ in rows)
    return DocumentGrid(document.file, "", texts, tuple(_merged(rows)), spots=spots)


def _rows(document: Document) -> Iterator[tuple[Spot, Sequence[Cell]]]:
    """Yield the cells of each line and row; an empty row ends a table."""
    for block in document.blocks:
        if isinstance(block, Line):
            yield block.spot, (Cell(block.text, block.raw, block.spot),)
        else:
            yield from ((row[0].spot, row) for row in block.rows if row)
            yield block.spot, ()


def _merged(rows: Sequence[tuple[Spot, Sequence[Cell]]]) -> Iterator[Area]:
    """Yield the cells that go on below; one column each."""
    begun: dict[int, int] = {}
    for at in range(len(rows) + 1):
        cells = rows[at][1] if at < len(rows) else ()
        going_on = {column for column, cell in enumerate(cells) if cell.is_continued}
        for column, first in list(begun.items()):
            if column not in going_on:
                if at - 1 > first:
                    yield first, column, at - 1, column
                del begun[column]
        for column in range(len(cells)):
            begun.setdefault(column, at)
