"""Reading .ods files, from the one XML that holds all sheets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from lxml import etree

from ita_helpers.importing.cells import (
    calls_out,
    iso_date_text,
    iso_duration_text,
    number_text,
)
from ita_helpers.importing.packages import Package, local
from ita_helpers.importing.sheets import Allowance, Sheet
from ita_helpers.thai import tidy_text

CONTENT = "content.xml"
SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROWS_REPEATED, _COLUMNS_REPEATED, _ROWS_SPANNED, _COLUMNS_SPANNED = (
    f"{_TABLE}number-{name}"
    for name in ("rows-repeated", "columns-repeated", "rows-spanned", "columns-spanned")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_RANGE_SOURCE = f"{_TABLE}cell-range-source"
_MANIFEST = "META-INF/manifest.xml"
_MOST_SPACES = 1000


def is_ods(package: Package) -> bool:
    """Tell whether a package holds a spreadsheet, locked or not."""
    if "mimetype" in package:
        return package.read("mimetype").startswith(SHEETS)
    return CONTENT in package


def is_locked(package: Package) -> bool:
    """Tell whether the spreadsheet can be opened by its password only."""
    return _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST)


def read_ods(package: Package, allowance: Allowance) -> list[Sheet]:
    """Read every sheet, hidden ones too; what is kept of other files is none."""
    sheets: list[Sheet] = []
    hidden: set[str] = set()
    row = depth = column = 0
    tags = ("style", "table", "table-column", "table-row")
    for event, element in package.elements(CONTENT, *tags, events=("start", "end")):
        name = local(element)
        if name == "style":
            hidden |= _hidden_style(element)
        elif name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1 and _is_own(element):
                is_hidden = element.get(f"{_TABLE}style-name", "") in hidden
                name = tidy_text(element.get(f"{_TABLE}name", ""))
                sheets.append(Sheet(name, allowance, is_hidden=is_hidden))
                row = column = 0
        elif name == "table-column":
            if event == "end" and depth == 1 and sheets and _is_own(_table_of(element)):
                columns = range(column, column + _count(element, _COLUMNS_REPEATED))
                column = columns.stop
                if _is_hidden(element):
                    sheets[-1].hide_columns(columns)
        elif event == "end" and depth == 1 and sheets and _is_own(_table_of(element)):
            rows = range(row, row + _count(element, _ROWS_REPEATED))
            _read_row(element, sheets[-1], rows)
            if _is_hidden(element):
                sheets[-1].hide_rows(rows)
            row = rows.stop
    return sheets


def _hidden_style(style: etree._Element) -> set[str]:
    """Return the name of a style that shows no table."""
    properties = style.iterchildren("{*}table-properties")
    is_hidden = any(each.get(f"{_TABLE}display") == "false" for each in properties)
    return {style.get(f"{_STYLE}name", "")} if is_hidden else set()


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _is_own(table: etree._Element) -> bool:
    """Tell a sheet from what a link or a reference has brought along."""
    parent = table.getparent()
    is_sheet = parent is not None and local(parent) == "spreadsheet"
    return is_sheet and not table.get(f"{_TABLE}name", "").startswith("'")


def _table_of(row: etree._Element) -> etree._Element:
    return next(row.iterancestors(f"{_TABLE}table"))


def _read_row(element: etree._Element, sheet: Sheet, rows: range) -> None:
    column = 0
    for cell in element.iterchildren(*_CELLS):
        repeated = _count(cell, _COLUMNS_REPEATED)
        _read_cell(cell, sheet, rows, range(column, column + repeated))
        column += repeated


def _read_cell(cell: etree._Element, sheet: Sheet, rows: range, columns: range) -> None:
    text, reaches_outside = _cell_text(cell), _calls_out(cell)
    if text or reaches_outside:
        sheet.expect(len(rows) * len(columns))
        for row, column in product(rows, columns):
            sheet.put(row, column, text)
            if reaches_outside:
                sheet.mark_call(row, column)
    height, width = _count(cell, _ROWS_SPANNED), _count(cell, _COLUMNS_SPANNED)
    if height * width > 1:
        row, column = rows[0], columns[0]
        sheet.merge((row, column, row + height - 1, column + width - 1))


def _count(element: etree._Element, attribute: str) -> int:
    written = element.get(attribute)
    number = 1 if written is None else int(written)
    if number < 1:
        raise ValueError(f"{attribute}={number}")
    return number


def _cell_text(cell: etree._Element) -> str:
    """Return what a cell holds; LibreOffice keeps a truth from Excel as 0 or 1 shown in words."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    value = cell.get(f"{_OFFICE}value", "")
    if value in ("0", "1") and (shown := _paragraphs(cell)) in ("TRUE", "FALSE"):
        return shown
    if kind == "float" and value and _is_padded(shown := _paragraphs(cell)):
        return shown
    if kind in ("float", "currency", "percentage") and value:
        return number_text(value, kind == "percentage")
    if kind == "date" and (written := cell.get(f"{_OFFICE}date-value", "")):
        return iso_date_text(written)
    if kind == "time" and (written := cell.get(f"{_OFFICE}time-value", "")):
        return iso_duration_text(written)
    if kind == "boolean" and (written := cell.get(f"{_OFFICE}boolean-value", "")):
        return written.upper()
    return tidy_text(cell.get(f"{_OFFICE}string-value", "") or _paragraphs(cell))


def _is_padded(shown: str) -> bool:
    """Whether a number is shown as a code with zeros before it."""
    return shown.isdecimal() and shown.isascii() and shown.startswith("0") and len(shown) > 1


def _calls_out(cell: etree._Element) -> bool:
    """Judge a cell by its formula, or by the range of another file it is filled from."""
    if any(child.tag == _RANGE_SOURCE for child in cell):
        return True
    formula = cell.get(f"{_TABLE}formula")
    return formula is not None and calls_out(formula)


def _paragraphs(cell: etree._Element) -> str:
    return "\n".join("".join(_pieces(each)) for each in cell.iterchildren(f"{_TEXT}p"))


def _pieces(element: etree._Element) -> Iterator[str]:
    """Walk through the text of a paragraph: spaces and line ends are elements of their own."""
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(int(child.get(f"{_TEXT}c", 1)), _MOST_SPACES)
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name not in ("annotation", "note", "ruby-text"):
            yield from _pieces(child)
        yield child.tail or ""
