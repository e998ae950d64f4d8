"""The look of the workbooks we write for people to fill in: fonts, fills, frames, pages."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = Font(name="TH Sarabun New", size=16)
BOLD = Font(name="TH Sarabun New", size=16, bold=True)
TITLE = Font(name="TH Sarabun New", size=20, bold=True)
GREY = Font(name="TH Sarabun New", size=16, color="44515C")
BAND = PatternFill("solid", fgColor="E6EDF4")
"""Behind the heads of columns and blocks."""
FRAME = Border(*(Side("thin", color="B8C4D0"),) * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def fit_on_pages(sheet: Any) -> None:
    """Print a sheet of openpyxl lying, its columns on one page, its rows on as many as needed."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
