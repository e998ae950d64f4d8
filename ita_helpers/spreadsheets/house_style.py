"""The look of the workbooks we write for people to fill in: fonts, fills, frames, pages."""

from __future__ import annotations

from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = Font(name="TH Sarabun New", size=16)
BOLD = Font(name="TH Sarabun New", size=16, bold=True)
TITLE = Font(name="TH Sarabun New", size=20, bold=True)
GREY = Font(name="TH Sarabun New", size=16, color="44515C")
BAND = PatternFill("solid", fgColor="E6EDF4")
"""Behind the heads of columns and blocks."""
FRAME = Border(*(Side("thin", color="B8C4D0"),) * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")

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


def fit_on_pages(sheet: Any) -> None:
    """Print a sheet of openpyxl lying, its columns on one page, its rows on as many as needed."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
