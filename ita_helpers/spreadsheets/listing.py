"""Lists as a workbook for whoever sorts and counts there: a sheet each, with heads that filter.

Names come from files people wrote: no cell is ever taken for a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ita_helpers.files.inert import put_text
from ita_helpers.spreadsheets.house_style import BAND, WRAPPED
from ita_helpers.spreadsheets.workbooks import saved

Value = str | int | float | Decimal | None
_BOLD = Font(bold=True)


def add_sheet(book: Any, name: str, widths: Sequence[int]) -> Any:
    """Add a sheet with columns of some widths, in characters, and a first row that stays."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def add_heads(sheet: Any, heads: Sequence[str], lines: int) -> None:
    """Write the heads of the columns, by which so many lines below can be filtered."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{lines + 1}"
    sheet.append([_head(sheet, text) for text in heads])


def _head(sheet: Any, text: str) -> Any:
    cell = as_cell(sheet, text)
    cell.font, cell.fill, cell.alignment = _BOLD, BAND, WRAPPED
    return cell


def as_cell(sheet: Any, value: Value) -> Any:
    """Return a cell: points with two decimals, and text that stays text whatever it begins with."""
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "0.00"
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    put_text(cell, value)
    return None if cell.value is None else cell


def write_listing(sheets: Any) -> bytes:
    """Return the workbook of some sheets as JSON holds them: ``name``, ``columns``, ``rows``.

    A column is a heading, its width, and whether it holds points. What somebody changed into
    something else by hand is left out.
    """
    book = Workbook(write_only=True)
    for each in sheets if isinstance(sheets, list) else ():
        columns, rows = each["columns"], each["rows"]
        sheet = add_sheet(book, each["name"], [width for _, width, _ in columns])
        add_heads(sheet, [heading for heading, _, _ in columns], len(rows))
        points = [is_points for _, _, is_points in columns]
        for row in rows:
            sheet.append([*_cells(sheet, row, points)])
    if not book.worksheets:
        book.create_sheet()
    return saved(book)


def _cells(sheet: Any, row: Sequence[Value], points: Sequence[bool]) -> Iterable[Any]:
    for value, is_points in zip(row, points, strict=True):
        is_score = is_points and isinstance(value, int | float)
        yield as_cell(sheet, Decimal(str(value)) if is_score else value)
