"""Adding rows to a sheet of an Excel file, leaving everything else in the file as it is.

Formulas keep the values that were saved with them; the new rows go below the last formula.

The XML of the one sheet is changed and every other member of the package copied: openpyxl would
drop the shapes, pictures and settings it does not know.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ita_helpers.errors import UnreadableSheet
from ita_helpers.files.inert import without_controls
from ita_helpers.files.packages import Package
from ita_helpers.spreadsheets.cells import column_letters, column_number
from ita_helpers.spreadsheets.sheets import Source
from ita_helpers.spreadsheets.xlsx import sheet_parts

Rows = Sequence[Mapping[int, str]]
"""Texts of cells by column, the first column being 1, row for row."""
Cells = Mapping[int, Mapping[int, str]]
"""Texts of cells by row and column, both counted from 1."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Extended:
    """A file with further rows, and how many formulas their sheet has."""

    content: bytes
    formulas: int = 0


def add_rows(content: bytes, shown: str, sheet: str, first: int, rows: Rows, like: int) -> Extended:
    """Return a workbook with rows from number ``first`` on; their cells look as those of ``like``.

    Raises ``UnreadableSheet`` for a formula of the sheet without a saved value: what it says is
    not known.
    """
    formulas = 0

    def extend(root: Any) -> None:
        nonlocal formulas
        formulas = _extend(root, shown, first, rows, like)

    made = _changed(content, shown, sheet, extend)
    return Extended(made, formulas)


def fill_cells(content: bytes, shown: str, sheet: str, cells: Cells) -> bytes:
    """Return a workbook with texts in cells of a sheet; all else in it stays."""
    return _changed(content, shown, sheet, lambda root: _fill(root, cells))


def _changed(content: bytes, shown: str, sheet: str, change: Callable[[Any], None]) -> bytes:
    """Return a workbook with the XML of one sheet changed."""
    parts = sheet_parts(Package(Source(shown, content)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(buffer, "w") as made:
        for member in package.infolist():
            data = package.read(member)
            if parts.get(member.filename.lower()) == sheet:
                root = _parse(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            made.writestr(member, data, compress_type=member.compress_type)
    return buffer.getvalue()


def _fill(root: Any, cells: Cells) -> None:
    for dimension in root.findall("{*}dimension"):
        root.remove(dimension)
    data = root.find("{*}sheetData")
    _name_places(data)
    for number, texts in cells.items():
        _add(data, number, [texts], like=0)


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _extend(root: Any, shown: str, first: int, rows: Rows, like: int) -> int:
    """Add the rows, and return how many formulas the sheet has."""
    for dimension in root.findall("{*}dimension"):
        root.remove(dimension)
    data = root.find("{*}sheetData")
    _name_places(data)
    calculated = [each.getparent() for each in data.iterfind("{*}row/{*}c/{*}f")]
    for cell in calculated:
        _refuse_unknown(cell, shown)
        first = max(first, int(cell.getparent().get("r")) + 1)
    _add(data, first, rows, like)
    return len(calculated)


def _refuse_unknown(cell: Any, shown: str) -> None:
    """Refuse a cell whose formula was never computed, as in files written by programs."""
    if not cell.findtext("{*}v") and cell.get("t") != "str":
        raise UnreadableSheet(file=shown, problem="formulas", cell=cell.get("r"))


def _add(data: Any, first: int, rows: Rows, like: int) -> None:
    pattern = next((each for each in data if each.get("r") == str(like)), ())
    styles = {_column(cell): cell.get("s") for cell in pattern if cell.get("s")}
    for number, cells in enumerate(rows, start=first):
        row = _within(data, "row", str(number), number, lambda each: int(each.get("r", 0)))
        row.attrib.pop("spans", None)
        for column, text in sorted(cells.items()):
            reference = f"{column_letters(column)}{number}"
            cell = _within(row, "c", reference, column, _column)
            if column in styles:
                cell.set("s", styles[column])
            _put(cell, without_controls(text))


def _name_places(data: Any) -> None:
    """Add explicit references to rows and cells that only have an implicit position."""
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        column = 0
        for cell in row:
            column = _column(cell) if cell.get("r") else column + 1
            cell.set("r", f"{column_letters(column)}{number}")


def _within(parent: Any, tag: str, reference: str, place: int, place_of: Any) -> Any:
    """Return the row or cell at a place, inserting it if there is none."""
    at = 0
    for at, each in enumerate(parent, start=1):
        if place_of(each) == place:
            return each
        if place_of(each) > place:
            at -= 1
            break
    made = etree.Element(f"{{{etree.QName(parent).namespace}}}{tag}", {"r": reference})
    parent.insert(at, made)
    return made


def _put(cell: Any, text: str) -> None:
    for each in list(cell):
        cell.remove(each)
    cell.attrib.pop("t", None)
    if text:
        namespace = etree.QName(cell).namespace
        cell.set("t", "inlineStr")
        held = etree.SubElement(cell, f"{{{namespace}}}is")
        written = etree.SubElement(held, f"{{{namespace}}}t", {_SPACE: "preserve"})
        written.text = text


def _column(cell: Any) -> int:
    return column_number(cell.get("r").rstrip("0123456789"))
