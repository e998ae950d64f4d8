"""The letter O that stands for a zero in the figures of a document that is imported.

The checker calls it a slip, so documents keep it; an import reads the figure and says so.
"""

from __future__ import annotations

import re

from ita_helpers.documents.document import Cell, Document, Line
from ita_helpers.importing.found import Place
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

_FIGURE = re.compile(r"(?<![\w.,])(?=[\d.]*[Oo])[1-9][\dOo]{0,2}\.[\dOo]{2}(?![\w.])")


def with_zeros(document: Document) -> tuple[Document, tuple[str, ...]]:
    """Return a document whose figures have digits only, and a remark if it had others."""
    told: list[str] = []
    blocks = tuple(
        _line(each, told)
        if isinstance(each, Line)
        else replace(each, rows=tuple(tuple(_cell(e, told) for e in row) for row in each.rows))
        for each in document.blocks
    )
    return replace(document, blocks=blocks), tuple(told[:1])


def _line(line: Line, told: list[str]) -> Line:
    text = _put(line.text, line.spot, told)
    return line if text == line.text else replace(line, text=text)


def _cell(cell: Cell, told: list[str]) -> Cell:
    text = _put(cell.text, cell.spot, told)
    return cell if text == cell.text else replace(cell, text=text)


def _put(text: str, spot: Spot, told: list[str]) -> str:
    if "O" not in text and "o" not in text:
        return text
    if found := _FIGURE.search(text):
        facts = {"found": found[0], "read": _digits(found)}
        told.append(say("import.remarks.letter_o", place=str(Place.in_report(spot)), **facts))
    return compiled(label("import.letter_for_ten")).sub("10", _FIGURE.sub(_digits, text))


def _digits(figure: re.Match[str]) -> str:
    return figure[0].replace("O", "0").replace("o", "0")
