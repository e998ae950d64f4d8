"""Reading .xls files, as Excel wrote them until 2003, with xlrd.

python-calamine is faster but knows neither formats, so that 92.86 % would be 0.9286, nor what is
hidden or struck out. xlrd drops formulas: which of them reach outside is read from their records.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import xlrd
from xlrd.book import SUPBOOK_DDEOLE, SUPBOOK_EXTERNAL

from ita_helpers.files.packages import BROKEN
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets.number_kinds import (
    BUILT_IN,
    EPOCH,
    EPOCH_OF_MAC,
    Kind,
    kind_of,
    text_of,
)
from ita_helpers.spreadsheets.sheets import Allowance, Aside, Sheet, Source, Words

_UNSOUND = (*BROKEN, xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, TypeError)
_EXCEL_97 = 80
_HEADER, _FORMULA_HEAD = struct.Struct("<HH"), struct.Struct("<HHH8xH4xH")
_FORMULA, _BEGIN, _END = 0x0006, 0x0809, 0x000A
_OTHER_SHEETS = frozenset(
    first + kind for first in (0x20, 0x40, 0x60) for kind in (0x19, 0x1A, 0x1B, 0x1C, 0x1D)
)
"""Tokens of formulas that name a cell of another sheet: a name, a cell, an area, lost ones."""


def read_xls(source: Source, allowance: Allowance) -> list[Sheet]:
    """Read every worksheet, including hidden ones.

    Raises what ``source.refused`` returns for a file that is locked or damaged.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=source.content,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        return [_Reader(book, at, allowance).sheet() for at in range(book.nsheets)]
    except _UNSOUND as error:
        is_locked = "encrypted" in str(error)
        raise source.refused("locked" if is_locked else "broken") from error


class _Reader:
    """Reads one sheet of a book."""

    def __init__(self, book: Any, number: int, allowance: Allowance) -> None:
        self.book, self.number = book, number
        self.found = book.sheet_by_index(number)
        is_hidden = bool(self.found.visibility)
        self._sheet = Sheet(tidy_text(self.found.name), allowance, is_hidden=is_hidden)

    def sheet(self) -> Sheet:
        """Return the sheet with all that it shows."""
        for row in range(self.found.nrows):
            for column, cell in enumerate(self.found.row(row)):
                self._sheet.put_words(row, column, self._words(row, column, cell))
        for top, bottom, left, right in self.found.merged_cells:
            self._sheet.merge((top, left, bottom - 1, right - 1))
        for row, each in self.found.rowinfo_map.items():
            if each.hidden:
                self._sheet.hide_rows(range(row, row + 1))
        for column, each in self.found.colinfo_map.items():
            if each.hidden:
                self._sheet.hide_columns(range(column, column + 1))
        for (row, column), note in self.found.cell_note_map.items():
            if words := tidy_text(note.text):
                self._sheet.add_aside(Aside("comments", words, row, column))
        for row, column in self._calls_out():
            self._sheet.mark_call(row, column)
        return self._sheet

    def _words(self, row: int, column: int, cell: Any) -> Words:
        text = self._text(cell)
        if not text:
            return Words("")
        if self._font(self.book.xf_list[cell.xf_index].font_index).struck_out:
            return Words(text, struck=text)
        runs = self.found.rich_text_runlist_map.get((row, column), ())
        return Words.of(self._runs(str(cell.value), runs)) if runs else Words(text)

    def _text(self, cell: Any) -> str:
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return text_of(self._kind(cell.xf_index), repr(cell.value), self._epoch)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        return tidy_text(str(cell.value))

    def _kind(self, style: int) -> Kind:
        key = self.book.xf_list[style].format_key
        code = self.book.format_map[key].format_str if key in self.book.format_map else ""
        return BUILT_IN.get(key) or kind_of(code)

    @property
    def _epoch(self) -> datetime:
        return EPOCH_OF_MAC if self.book.datemode else EPOCH

    def _font(self, number: int) -> Any:
        return self.book.font_list[number]

    def _runs(self, text: str, runs: Any) -> Iterator[tuple[str, str]]:
        """Yield the pieces of a text, each struck out, raised or plain."""
        starts = [(0, -1), *runs, (len(text), -1)]
        for (start, font), (end, _) in pairwise(starts):
            yield text[start:end], self._look(font) if font >= 0 else ""

    def _look(self, number: int) -> str:
        font = self._font(number)
        if font.struck_out:
            return "struck"
        return "marks" if font.escapement == 1 else ""

    def _calls_out(self) -> Iterator[tuple[int, int]]:
        """Yield the cells whose formula names another file, as far as the book names any."""
        outside = {
            at
            for at, (book, *_) in enumerate(self.book._externsheet_info)
            if self.book._supbook_types[book] in (SUPBOOK_EXTERNAL, SUPBOOK_DDEOLE)
        }
        if outside and self.book.biff_version == _EXCEL_97:
            for row, column, formula in self._formulas():
                if any(sheet in outside for sheet in _sheets_in(formula)):
                    yield row, column

    def _formulas(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield each formula of the sheet as it was compiled, with its cell."""
        content, at, depth = self.book.mem, self.book._sh_abs_posn[self.number], 0
        while at + _HEADER.size <= len(content):
            kind, length = _HEADER.unpack_from(content, at)
            begins, at = at + _HEADER.size, at + _HEADER.size + length
            depth += (kind == _BEGIN) - (kind == _END)
            if kind == _FORMULA and length >= _FORMULA_HEAD.size:
                row, column, *_, size = _FORMULA_HEAD.unpack_from(content, begins)
                start = begins + _FORMULA_HEAD.size
                yield row, column, bytes(content[start : start + size])
            if depth <= 0:
                return


def _sheets_in(formula: bytes) -> Iterator[int]:
    """Yield the numbers that may be those of other sheets; a byte of another token may be one."""
    for at, token in enumerate(formula[:-2]):
        if token in _OTHER_SHEETS:
            yield int.from_bytes(formula[at + 1 : at + 3], "little")
