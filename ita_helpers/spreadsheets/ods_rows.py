"""Writing texts into cells of an .ods file, leaving everything else in the file as it is.

Rows and cells that the file keeps as one element repeated are parted first.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from ita_helpers.errors import UnreadableSheet
from ita_helpers.files.inert import without_controls
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets.cells import column_letters
from ita_helpers.spreadsheets.ods import CONTENT
from ita_helpers.spreadsheets.rows import Cells, Extended, Rows

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROWS, _COLUMNS = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_STYLE, _FORMULA = f"{_TABLE}style-name", f"{_TABLE}formula"
WIDEST = 200
"""Columns whose looks are taken over by new rows."""
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"


def fill_ods_cells(content: bytes, sheet: str, cells: Cells) -> bytes:
    """Return a file with texts in cells of a sheet; all else in it stays."""
    return _changed(content, sheet, lambda table: _fill(table, cells))


def add_ods_rows(
    content: bytes, shown: str, sheet: str, first: int, rows: Rows, like: int
) -> Extended:
    """Return a file with rows from number ``first`` on; their cells look as those of ``like``.

    Raises ``UnreadableSheet`` for a formula of the sheet without a saved value.
    """
    formulas = 0

    def extend(table: Any) -> None:
        nonlocal formulas
        calculated = [each for each in table.iter(_CELL) if each.get(_FORMULA) is not None]
        formulas = len(calculated)
        for each in calculated:
            if each.get(f"{_OFFICE}value-type") is None:
                raise UnreadableSheet(file=shown, problem="formulas", cell=_address(table, each))
        below = [_number(table, each.getparent()) + 1 for each in calculated]
        _add(table, max([first, *below]), rows, like)

    made = _changed(content, sheet, extend)
    return Extended(made, formulas)


def _changed(content: bytes, sheet: str, change: Callable[[Any], None]) -> bytes:
    """Return a file with one sheet changed; its members keep their order and packing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(buffer, "w") as made:
        for member in package.infolist():
            data = package.read(member)
            if member.filename == CONTENT:
                root = etree.fromstring(data, _parser())
                change(_sheet(root, sheet))
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            made.writestr(member, data, compress_type=member.compress_type)
    return buffer.getvalue()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _sheet(root: Any, name: str) -> Any:
    tables = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return next(each for each in tables if tidy_text(each.get(f"{_TABLE}name", "")) == name)


def _fill(table: Any, cells: Cells) -> None:
    for number, texts in sorted(cells.items()):
        row = _row(table, number)
        for column, text in sorted(texts.items()):
            _put(_cell(row, column), text)


def _add(table: Any, first: int, rows: Rows, like: int) -> None:
    pattern = _row(table, like) if like else None
    styles = {} if pattern is None else _styles(pattern)
    for number, texts in enumerate(rows, start=first):
        row = _row(table, number)
        for column, text in sorted(texts.items()):
            cell = _cell(row, column)
            if styles.get(column):
                cell.set(_STYLE, styles[column])
            _put(cell, text)


def _styles(row: Any) -> dict[int, str]:
    """Return the style of each cell of a row, by its column."""
    styles: dict[int, str] = {}
    column = 1
    for cell in row.iterchildren(_CELL, _COVERED):
        count = _count(cell, _COLUMNS)
        styles |= dict.fromkeys(range(column, min(column + count, WIDEST)), cell.get(_STYLE, ""))
        column += count
    return styles


def _rows(table: Any) -> list[Any]:
    """Return the rows of a sheet, and none of a table inside a cell."""
    found = table.iter(f"{_TABLE}table-row")
    return [each for each in found if next(each.iterancestors(f"{_TABLE}table")) is table]


def _number(table: Any, row: Any) -> int:
    """Return the number of the last row that an element stands for."""
    number = 0
    for each in _rows(table):
        number += _count(each, _ROWS)
        if each is row:
            break
    return number


def _address(table: Any, cell: Any) -> str:
    row = cell.getparent()
    before = cell.itersiblings(_CELL, _COVERED, preceding=True)
    column = 1 + sum(_count(each, _COLUMNS) for each in before)
    return f"{column_letters(column)}{_number(table, row)}"


def _row(table: Any, number: int) -> Any:
    """Return the one row of a number, parted from those repeated with it or added at the end."""
    rows, before = _rows(table), 0
    for each in rows:
        count = _count(each, _ROWS)
        if before + count >= number:
            return _single(each, _ROWS, number - before)
        before += count
    made = etree.Element(f"{_TABLE}table-row")
    if number - before > 1:
        made.set(_ROWS, str(number - before))
        etree.SubElement(made, _CELL)
    rows[-1].addnext(made) if rows else table.append(made)
    return _single(made, _ROWS, number - before)


def _cell(row: Any, column: int) -> Any:
    before = 0
    for each in row.iterchildren(_CELL, _COVERED):
        count = _count(each, _COLUMNS)
        if before + count >= column:
            return _single(each, _COLUMNS, column - before)
        before += count
    gap = column - before
    made = etree.SubElement(row, _CELL)
    if gap > 1:
        made.set(_COLUMNS, str(gap))
    return _single(made, _COLUMNS, gap)


def _single(element: Any, attribute: str, place: int) -> Any:
    """Return what stands at a place of a repeated element, with the rest before and behind it."""
    count = _count(element, attribute)
    for rest, put in ((place - 1, element.addprevious), (count - place, element.addnext)):
        if rest:
            other = copy.deepcopy(element)
            _repeat(other, attribute, rest)
            put(other)
    _repeat(element, attribute, 1)
    return element


def _repeat(element: Any, attribute: str, count: int) -> None:
    element.attrib.pop(attribute, None)
    if count > 1:
        element.set(attribute, str(count))


def _count(element: Any, attribute: str) -> int:
    return int(element.get(attribute, 1))


def _put(cell: Any, text: str) -> None:
    """Put a text into a cell; notes on it stay, its value and formula go."""
    for each in [*cell.iterchildren(f"{_TEXT}p")]:
        cell.remove(each)
    for name in [*cell.attrib]:
        if name == _FORMULA or (name.startswith((_OFFICE, _CALC)) and "value" in name):
            del cell.attrib[name]
    lines = without_controls(text).split("\n") if text else []
    if lines:
        cell.set(f"{_OFFICE}value-type", "string")
    for line in lines:
        etree.SubElement(cell, f"{_TEXT}p").text = line
