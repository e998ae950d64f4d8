"""The comma that stands for the point in the scores of a finished report that is imported.

A comma before two digits parts no thousands, but may part two numbers of a list. So it is read as
a point where the words around say a score, in a column of such figures, and anywhere in a report
that writes all its scores so. In spreadsheets it is refused, since there it is a slip of one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.importing.found import Place
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

FEWEST = 3
"""Scores with a comma, and none with a point, of a report that writes all so."""
LOWEST = 50
"""A number before the comma from which on a cell holds a score and no list of numbers."""
_FIGURE = re.compile(r"(?<![\w.,])(\d{1,2}|100),(\d{2})(?![\w,]|\.\d)")
_CELL = re.compile(r"\s*(\d{1,2}|100),(\d{1,2})\s*%?\s*")
_POINT = re.compile(r"(?<![\d.,])\d{2,3}\.\d{2}(?![\d.,])")


def with_points(document: Document) -> tuple[Document, tuple[str, ...]]:
    """Return a document whose scores have points, and a remark if some had commas."""
    if not any(_FIGURE.search(text) for text in document.texts):
        return document, ()
    told: list[str] = []
    blocks = tuple(_block(each, told, is_all=False) for each in document.blocks)
    are_points = any(map(_POINT.search, document.texts))
    if len(told) >= FEWEST and not are_points:
        blocks = tuple(_block(each, told, is_all=True) for each in blocks)
    return replace(document, blocks=blocks), tuple(told[:1])


def _block(block: Line | Table, told: list[str], *, is_all: bool) -> Line | Table:
    if isinstance(block, Line):
        text = _put(block.text, block.spot, told, is_all=is_all)
        return block if text == block.text else replace(block, text=text)
    columns = set(_columns_of_scores(block.rows))
    rows = tuple(
        tuple(
            _cell(cell, told, is_score=at in columns, is_all=is_all) for at, cell in enumerate(row)
        )
        for row in block.rows
    )
    return block if rows == block.rows else replace(block, rows=rows)


def _columns_of_scores(rows: Iterable[Iterable[Cell]]) -> Iterator[int]:
    """Yield the columns in which a cell holds nothing but a score with a comma."""
    for row in rows:
        for at, cell in enumerate(row):
            found = _CELL.fullmatch(cell.text)
            if found and int(found[1]) >= LOWEST:
                yield at


def _cell(cell: Cell, told: list[str], *, is_score: bool, is_all: bool) -> Cell:
    if is_score and (found := _CELL.fullmatch(cell.text)):
        text = cell.text.replace(",", ".")
        _tell(found, cell.spot, told)
    else:
        text = _put(cell.text, cell.spot, told, is_all=is_all)
    return cell if text == cell.text else replace(cell, text=text)


def _put(text: str, spot: Spot, told: list[str], *, is_all: bool) -> str:
    def point(found: re.Match[str]) -> str:
        before, behind = text[: found.start()], text[found.end() :]
        is_listed = compiled(label("import.comma.list_before")).search(before)
        is_told = compiled(label("import.comma.score_before")).search(before)
        is_told = is_told or compiled(label("import.comma.score_behind")).match(behind)
        if is_listed or not (is_told or is_all):
            return found[0]
        _tell(found, spot, told)
        return f"{found[1]}.{found[2]}"

    return _FIGURE.sub(point, text) if "," in text else text


def _tell(figure: re.Match[str], spot: Spot, told: list[str]) -> None:
    facts = {"found": figure[0].strip(), "read": ".".join(figure.groups())}
    told.append(say("import.remarks.decimal_comma", place=str(Place.in_report(spot)), **facts))
