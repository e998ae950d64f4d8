"""Tables in Word: their rows and cells, and how wide their columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum
from typing import Any

from ita_helpers.documents.corrected import MARK
from ita_helpers.publish.table_fit import NORMAL, Fit
from ita_helpers.publish.table_grid import column_shares, place_cells
from ita_helpers.publish.tree import (
    Cell,
    Inlines,
    Table,
    plain,
)
from ita_helpers.publish.word.pen import Pen
from ita_helpers.publish.word.pictures import pixel_size
from ita_helpers.publish.word.styles import element, twips

TABLE_TEXT = 14.0
WIDE_CHARACTER, CELL_PADDING = 0.66, 12.0
"""Width of a character as a share of its size where another font must stand in, and of the
margins of a cell in points."""
LONGEST_PIECE, SHORT_WORD = 14, 6
_MARK = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_PIECE = re.compile(r"[^\s/\u0e00-\u0e4f]+")
_LETTERS = re.compile(r"[\u0e00-\u0e4f]+")


def table_of(fit: Fit, room: float, pen: Pen) -> Any:
    """Return a Word table for a given width in points."""
    table = fit.table
    size = TABLE_TEXT * fit.size / NORMAL
    widths = column_widths(table, room, size)
    made = element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblStyle", val=pen.styles["TableGrid"]),
            element("w:tblW", w=twips(fsum(widths)), type="dxa"),
            element("w:tblLayout", type="fixed"),
            _look(table),
            *_described(table),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=twips(each)) for each in widths)),
    )
    for rows, is_head in ((table.head, True), (table.body, False)):
        made.extend(_rows(rows, widths, size, is_head, pen))
    return made


def _look(table: Table) -> Any:
    """Return which row and column are headers."""
    has_names = any(cell.scope == "row" for row in table.body for cell in row[:1])
    marks = {"firstRow": bool(table.head), "firstColumn": has_names, "noVBand": True}
    bits = 0x20 * marks["firstRow"] + 0x80 * has_names + 0x400
    others = ("lastRow", "lastColumn", "noHBand")
    said = {name: str(int(marks.get(name, False))) for name in (*marks, *others)}
    return element("w:tblLook", val=f"{bits:04X}", **said)


def _described(table: Table) -> list[Any]:
    """Return the caption as the alternative text of a table."""
    caption = plain(table.caption)
    if not caption:
        return []
    return [
        element("w:tblCaption", val=table.label or caption),
        element("w:tblDescription", val=caption),
    ]


def _rows(
    rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float, is_head: bool, pen: Pen
) -> Iterable[Any]:
    """Yield the rows, with an empty cell wherever one spans down from above."""
    reaching: dict[int, tuple[int, int]] = {}
    for row in place_cells([tuple(row) for row in rows]):
        cells: dict[int, Any] = {}
        for place, (left, wide) in list(reaching.items()):
            cells[place] = _covered(widths, place, wide, pen)
            reaching[place] = (left - 1, wide)
            if left == 1:
                del reaching[place]
        for place, cell in row:
            cells[place] = _cell(cell, widths, place, size, is_head, pen)
            if cell.rowspan > 1:
                reaching[place] = (cell.rowspan - 1, cell.colspan)
        properties = [element("w:cantSplit")] + ([element("w:tblHeader")] if is_head else [])
        ordered = (cells[place] for place in sorted(cells))
        yield element("w:tr", element("w:trPr", *properties), *ordered)


def _covered(widths: Sequence[float], place: int, wide: int, pen: Pen) -> Any:
    properties = _cell_properties(widths, place, wide, element("w:vMerge"))
    return element("w:tc", properties, pen.paragraph("TableText", []))


def _cell(
    cell: Cell, widths: Sequence[float], place: int, size: float, is_head: bool, pen: Pen
) -> Any:
    is_group = cell.scope == "rowgroup" and cell.colspan > 1
    merge = [element("w:vMerge", val="restart")] if cell.rowspan > 1 else []
    fill = "E6EDF4" if is_head else "F3F6F8" if is_group else ""
    shade = [element("w:shd", val="clear", color="auto", fill=fill)] if fill else []
    properties = _cell_properties(widths, place, cell.colspan, *merge, *shade)
    strong = is_head or is_group
    inlines = tuple(replace(run, strong=run.strong or strong) for run in cell.inlines)
    with pen.marking(cell.slot):
        runs = pen.runs(inlines, size if size != TABLE_TEXT else 0)
    runs = pen.marked(f"{MARK}{cell.slot}" if cell.slot else "", runs)
    align = {"center": "center", "right": "right"}.get(cell.align, "")
    keep = [element("w:keepNext")] if strong else []
    return element("w:tc", properties, pen.paragraph("TableText", runs, *keep, align=align))


def _cell_properties(widths: Sequence[float], place: int, wide: int, *more: Any) -> Any:
    span = [element("w:gridSpan", val=str(wide))] if wide > 1 else []
    width = element("w:tcW", w=twips(fsum(widths[place : place + wide])), type="dxa")
    return element("w:tcPr", width, *span, *more)


def column_widths(table: Table, room: float, size: float) -> list[float]:
    """Return the width of each column in points: room for its numbers, the rest shared.

    No number breaks before the words around it do, even in a font wider than ours.
    """
    _, longest = column_shares(table)
    character = size * WIDE_CHARACTER
    least = [each * character + CELL_PADDING for each in _unbroken(table)]
    rest = room - fsum(least)
    if rest <= 0:
        return [each * room / fsum(least) for each in least]
    lacking = (
        max(0.0, characters * character + CELL_PADDING - width)
        for characters, width in zip(longest, least, strict=True)
    )
    shares = [each**0.7 for each in lacking]
    shares = shares if any(shares) else [1.0] * len(least)
    return [width + rest * share / fsum(shares) for width, share in zip(least, shares, strict=True)]


def _unbroken(table: Table) -> list[int]:
    """Return the characters of each column that must stand on one line."""
    longest = [1] * table.columns
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            for place, cell in row:
                if cell.colspan == 1:
                    longest[place] = max(longest[place], _longest_piece(cell.inlines))
    return longest


def _longest_piece(inlines: Inlines) -> int:
    """Return the length of the longest number or Latin word, or of a short Thai one."""
    written = _MARK.sub("", " ".join(run.text for run in inlines))
    pieces = (min(len(each), LONGEST_PIECE) for each in _PIECE.findall(written))
    words = (min(len(each), SHORT_WORD) for each in _LETTERS.findall(written))
    return max((*pieces, *words), default=1)


def natural_width(content: bytes) -> float:
    """Return the width of a picture at 96 pixels an inch."""
    return pixel_size(content)[0] * 72 / 96
