"""The look of all workbooks we write: fonts, fills, frames, pages."""

from __future__ import annotations

from copy import copy
from math import ceil
from typing import Any
from unicodedata import category
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

FONT = Font(name="TH Sarabun New", size=16)
BOLD = Font(name="TH Sarabun New", size=16, bold=True)
TITLE = Font(name="TH Sarabun New", size=20, bold=True)
LINK = Font(name="TH Sarabun New", size=16, color="1F5A92", underline="single")
GREY = Font(name="TH Sarabun New", size=16, color="44515C")
BAND = PatternFill("solid", fgColor="E6EDF4")
"""Behind the heads of columns and blocks."""
FRAME = Border(*(Side("thin", color="B8C4D0"),) * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
RIGHT = Alignment(horizontal="right", vertical="top", indent=1)
HEAD_RIGHT = Alignment(horizontal="right", vertical="top", indent=1, wrap_text=True)

LINE = 25.0
"""Points of a row of one line."""
ROOM = 0.95
"""Letters for each character of a column's width: lines end at words, before they are full."""
A4 = 9
"""The number of this size of paper in a workbook."""

_DRESSED: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()
"""Styles of cells by workbook: the one before, and what was put on it."""


def dress(cell: Any, **look: Any) -> None:
    """Give a cell of openpyxl its font, fill and so on (constants), as setting each would do.

    openpyxl digests a whole font each time one is set; here each look is looked up once a workbook.
    """
    known = _DRESSED.setdefault(cell.parent.parent, {})
    key = (*(cell._style or ()), *look, *map(id, look.values()))
    if key not in known:
        for name, each in look.items():
            setattr(cell, name, each)
        known[key] = (copy(cell._style), look)
    cell._style = copy(known[key][0])


def set_default_font(book: Any) -> None:
    """Let a new workbook of openpyxl have the usual font wherever no other is set."""
    book._fonts = IndexedList([FONT])
    book._named_styles["Normal"].font = FONT


def set_line(sheet: Any) -> None:
    """Let the rows of a sheet of openpyxl have the height of a line wherever no other is set."""
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE, True


def make_room(sheet: Any, row: int, lines: int, font: Font) -> None:
    """Give a row the height of so many lines; office programs do not find it by themselves."""
    height = lines * LINE * font.size / FONT.size
    if height > LINE:
        sheet.row_dimensions[row].height = height


def lines_of(text: str, width: int, font: Font) -> int:
    """Return how many lines a text takes in a column of so many characters.

    >>> lines_of("จังหวัดที่ตั้ง", 14, FONT), lines_of("ก" * 41, 20, FONT)
    (1, 3)
    """
    if len(text) <= width and font is FONT:
        return 1
    room = width * ROOM * FONT.size / font.size
    letters = (sum(category(each) != "Mn" for each in line) for line in text.splitlines())
    return sum(max(1, ceil(count / room)) for count in letters)


def fit_on_pages(sheet: Any, across: int = 1) -> None:
    """Print a sheet of openpyxl lying, its columns on so many pages, its rows on as needed."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
