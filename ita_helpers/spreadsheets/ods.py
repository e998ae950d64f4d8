"""Reading .ods files, from the one XML that holds all sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from lxml import etree

from ita_helpers.files.packages import Package, local
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets.cells import calls_out, iso_date_text, iso_duration_text, number_text
from ita_helpers.spreadsheets.sheets import Allowance, Aside, Sheet, Words

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
_MOST_SPACES = 1000


def is_ods(package: Package) -> bool:
    """Tell whether a package holds a spreadsheet, locked or not."""
    if "mimetype" in package:
        return package.read("mimetype").startswith(SHEETS)
    return CONTENT in package


def read_ods(package: Package, allowance: Allowance) -> list[Sheet]:
    """Read every sheet, including hidden ones, but not cached sheets of other files."""
    sheets: list[Sheet] = []
    hidden: set[str] = set()
    looks: dict[str, str] = {}
    row = depth = column = 0
    tags = ("style", "table", "shapes", "table-column", "table-row")
    for event, element in package.elements(CONTENT, *tags, events=("start", "end")):
        name = local(element)
        if name == "style":
            hidden |= _hidden_style(element)
            looks |= _look_of(element)
        elif name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1 and _is_own(element):
                is_hidden = element.get(f"{_TABLE}style-name", "") in hidden
                name = tidy_text(element.get(f"{_TABLE}name", ""))
                sheets.append(Sheet(name, allowance, is_hidden=is_hidden))
                row = column = 0
        elif name == "shapes":
            if event == "end" and depth == 1 and sheets:
                _read_shapes(element, sheets[-1])
        elif name == "table-column":
            if event == "end" and depth == 1 and sheets and _is_own(_table_of(element)):
                columns = range(column, column + _count(element, _COLUMNS_REPEATED))
                column = columns.stop
                if _is_hidden(element):
                    sheets[-1].hide_columns(columns)
        elif event == "end" and depth == 1 and sheets and _is_own(_table_of(element)):
            rows = range(row, row + _count(element, _ROWS_REPEATED))
            _read_row(element, sheets[-1], rows, looks)
            if _is_hidden(element):
                sheets[-1].hide_rows(rows)
            row = rows.stop
    return sheets


def _hidden_style(style: etree._Element) -> set[str]:
    """Return the name of a style that shows no table."""
    properties = style.iterchildren("{*}table-properties")
    is_hidden = any(each.get(f"{_TABLE}display") == "false" for each in properties)
    return {style.get(f"{_STYLE}name", "")} if is_hidden else set()


def _look_of(style: etree._Element) -> dict[str, str]:
    """Return the name of a style that strikes words out or raises them, and which it does."""
    name = style.get(f"{_STYLE}name", "")
    for each in style.iterchildren("{*}text-properties"):
        if each.get(f"{_STYLE}text-line-through-style", "none") != "none":
            return {name: "struck"}
        if each.get(f"{_STYLE}text-position", "").startswith("super"):
            return {name: "marks"}
    return {}


def _read_shapes(parent: etree._Element, sheet: Sheet) -> None:
    """Read the text of pictures and text boxes."""
    for each in parent.iterchildren("{*}frame", "{*}custom-shape"):
        paragraphs = each.iter(f"{_TEXT}p")
        words = " ".join(text for p in paragraphs for text, _ in _pieces(p, {}))
        sheet.add_aside(Aside("drawings", tidy_text(words)))


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _is_own(table: etree._Element) -> bool:
    """Return whether a sheet is the file's own, and not cached from a link or reference."""
    parent = table.getparent()
    is_sheet = parent is not None and local(parent) == "spreadsheet"
    return is_sheet and not table.get(f"{_TABLE}name", "").startswith("'")


def _table_of(row: etree._Element) -> etree._Element:
    return next(row.iterancestors(f"{_TABLE}table"))


def _read_row(element: etree._Element, sheet: Sheet, rows: range, looks: Mapping[str, str]) -> None:
    column = 0
    for cell in element.iterchildren(*_CELLS):
        repeated = _count(cell, _COLUMNS_REPEATED)
        _read_cell(cell, sheet, rows, range(column, column + repeated), looks)
        column += repeated


def _read_cell(
    cell: etree._Element,
    sheet: Sheet,
    rows: range,
    columns: range,
    looks: Mapping[str, str],
) -> None:
    words, reaches_outside = _cell_words(cell, looks), _calls_out(cell)
    has_value = bool(words.text or cell.get(f"{_OFFICE}value-type"))
    lacks_value = not has_value and cell.get(f"{_TABLE}formula") is not None
    if words.text or reaches_outside or lacks_value:
        sheet.expect(len(rows) * len(columns))
        for row, column in product(rows, columns):
            sheet.put_words(row, column, words)
            if reaches_outside:
                sheet.mark_call(row, column)
            if lacks_value:
                sheet.mark_without_value(row, column)
    for note in cell.iterchildren(f"{_OFFICE}annotation"):
        comment = tidy_text(_paragraphs(note))
        sheet.add_aside(Aside("comments", comment, rows[0], columns[0]))
    _read_shapes(cell, sheet)
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


def _cell_words(cell: etree._Element, looks: Mapping[str, str]) -> Words:
    """Return what a cell holds, and what of it is struck out or raised."""
    text = _cell_text(cell)
    if text and looks.get(cell.get(f"{_TABLE}style-name", "")) == "struck":
        return Words(text, struck=text)
    words = Words.of(_runs(cell, looks)) if looks and len(cell) else Words(text)
    return words if words.text == text else Words(text)


def _runs(cell: etree._Element, looks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(cell.iterchildren(f"{_TEXT}p")):
        yield "\n" if number else "", ""
        yield from _pieces(each, looks)


def _cell_text(cell: etree._Element) -> str:
    """Return what a cell holds; LibreOffice keeps Excel's booleans as 0 or 1 shown in words."""
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
    """Check a cell's formula, or the range of another file it is filled from."""
    if any(child.tag == _RANGE_SOURCE for child in cell):
        return True
    formula = cell.get(f"{_TABLE}formula")
    return formula is not None and calls_out(formula)


def _paragraphs(cell: etree._Element) -> str:
    paragraphs = cell.iterchildren(f"{_TEXT}p")
    return "\n".join("".join(text for text, _ in _pieces(each, {})) for each in paragraphs)


def _pieces(
    element: etree._Element, looks: Mapping[str, str], look: str = ""
) -> Iterator[tuple[str, str]]:
    """Walk through the text of a paragraph: spaces and line ends are elements of their own.

    Beside each piece stands how it looks: struck out, raised, or as usual.
    """
    yield element.text or "", look
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(int(child.get(f"{_TEXT}c", 1)), _MOST_SPACES), look
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n", look
        elif name not in ("annotation", "note", "ruby-text"):
            own = looks.get(child.get(f"{_TEXT}style-name", ""), look)
            yield from _pieces(child, looks, own)
        yield child.tail or "", look
