"""The head and the end of a memo in Word: names over dotted lines, signatures side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.oxml.ns import qn

from ita_helpers.publish.tree import Block, Inlines, Text, Together, pairs_of
from ita_helpers.publish.word.pen import Pen
from ita_helpers.publish.word.runs import give, style_of
from ita_helpers.publish.word.styles import element, twips

SIDES = ("left", "right")
NAME = 20.0
"""Points: what official memos have for the names on the lines of their heads."""


def line_of(inlines: Inlines, room: float, pen: Pen) -> Any:
    """Return a line of a memo's head; the dots run on behind each text, up to ``room`` points."""
    pairs = pairs_of(inlines)
    runs: list[Any] = []
    for name, text in pairs:
        runs += [*pen.runs(name, NAME), pen.run(Text(" "))]
        runs += [_dotted(each) for each in pen.runs(text)]
        runs.append(_dotted(element("w:r", element("w:rPr"), element("w:tab"))))
    stops = (
        element("w:tab", val="left", pos=twips(room * place / len(pairs)))
        for place in range(1, len(pairs) + 1)
    )
    return pen.paragraph("ItaLine", runs, element("w:tabs", *stops))


def _dotted(run: Any) -> Any:
    """Put dots under a run."""
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        language = properties.find(qn("w:lang"))
        dots = element("w:u", val="dotted")
        properties.append(dots) if language is None else language.addprevious(dots)
    return run


def together_of(block: Together, room: float, write: Callable[[Sequence[Block]], list[Any]]) -> Any:
    """Return what stays together as a table without lines that no page breaks.

    ``write`` returns blocks as Word's; ``room`` is the width in points.
    """
    columns = max(len(row) for row in block.rows)
    widths = [twips(room / columns)] * columns
    rows = []
    for place, row in enumerate(block.rows, start=1):
        cells = [_cell(write(blocks), room / len(row), columns // len(row)) for blocks in row]
        if place < len(block.rows):
            _keep(cells)
        rows.append(element("w:tr", element("w:trPr", element("w:cantSplit")), *cells))
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", w=twips(room), type="dxa"),
            element("w:tblLayout", type="fixed"),
            element("w:tblCellMar", *(element(f"w:{side}", w="0", type="dxa") for side in SIDES)),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        *rows,
    )


def _cell(blocks: Sequence[Any], width: float, span: int) -> Any:
    for each in blocks:
        if style_of(each).startswith("ItaSignature"):
            give(each, element("w:ind", left="0"))
    spanning = [element("w:gridSpan", val=str(span))] if span > 1 else []
    size = element("w:tcW", w=twips(width), type="dxa")
    return element("w:tc", element("w:tcPr", size, *spanning), *(blocks or [element("w:p")]))


def _keep(cells: Sequence[Any]) -> None:
    """Let the paragraphs of cells stay on the page of what follows."""
    for cell in cells:
        for paragraph in cell.iter(qn("w:p")):
            give(paragraph, element("w:keepNext"))
