"""Values typed into a workbook that openpyxl has saved, and stored as it stores them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Typed:
    """A workbook whose cells take numbers and texts; all else in it stays byte for byte.

    openpyxl writes every sheet anew, which takes longer than all that a test does with them.
    """

    def __init__(self, content: bytes, sheet: str) -> None:
        self._parts = dict(_parts(content))
        self._name = _part_of(sheet, content)
        self._sheet = etree.fromstring(self._parts[self._name])
        self._rows = {int(row.get("r")): row for row in self._sheet.iter(f"{MAIN}row")}

    def column(self, letter: str) -> dict[str, int]:
        """Return the rows of a column by the texts that stand there."""
        cells = {
            row: element.find(f"{MAIN}c[@r='{letter}{row}']") for row, element in self._rows.items()
        }
        return {"".join(cell.itertext()): row for row, cell in cells.items() if cell is not None}

    def put(self, row: int, column: int, value: Any) -> None:
        """Write a number or a text into a cell, or leave it empty; its style stays."""
        cell = self._cell(row, column)
        del cell[:]
        cell.attrib.pop("t", None)
        if value is None:
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            text.set(SPACE, "preserve")
            text.text = value
        else:
            etree.SubElement(cell, f"{MAIN}v").text = repr(value)

    def _cell(self, row: int, column: int) -> Any:
        place = 0
        for cell in self._rows[row]:
            at = column_index_from_string(re.sub("[0-9]", "", cell.get("r")))
            if at == column:
                return cell
            place += at < column
        made = etree.Element(f"{MAIN}c", r=f"{get_column_letter(column)}{row}")
        self._rows[row].insert(place, made)
        return made

    def save(self, path: Path) -> None:
        """Write the workbook."""
        self._parts[self._name] = etree.tostring(self._sheet)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
            for name, part in self._parts.items():
                package.writestr(name, part)


@lru_cache(4)
def _parts(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return tuple((name, package.read(name)) for name in package.namelist())


def _part_of(sheet: str, content: bytes) -> str:
    """Return the name of a sheet's part: workbooks of openpyxl number them in order."""
    book = etree.fromstring(dict(_parts(content))["xl/workbook.xml"])
    names = [each.get("name") for each in book.iter(f"{MAIN}sheet")]
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
