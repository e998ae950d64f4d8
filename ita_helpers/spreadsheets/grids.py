"""Spreadsheets as plain grids of text, whichever program and office they come from.

The content of a file decides its type, not its ending. Nothing is computed, followed or opened on
the way: a formula counts as the value that was saved with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ita_helpers.errors import FileMissing, UnreadableFile, UnreadableSheet
from ita_helpers.files.packages import BROKEN, Package, problem_of
from ita_helpers.files.text import is_delimited, read_text
from ita_helpers.spreadsheets.delimited import read_delimited
from ita_helpers.spreadsheets.ods import is_ods, read_ods
from ita_helpers.spreadsheets.sheets import Allowance, Area, Aside, Sheet, Source
from ita_helpers.spreadsheets.xlsx import is_xlsx, read_xlsx

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
"""The files that can be read."""
MOST_BYTES = 50 * 1024 * 1024

_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OWNER = re.compile(r"(?:~\$|\.~lock\.)(.+?)#?")
_WEB_PAGE = re.compile(
    rb"\W*(?:<(?:!doctype|html|head|meta|table|style|div|!--|\?xml)|mime-version:)", re.IGNORECASE
)
_LOOKED_AT = 2048
_MACROS = "vbaproject.bin"
_WORDS = ("struck", "marks")


@dataclass(frozen=True)
class Grid:
    """One sheet as text: file as shown to people, sheet name ("" for CSV), rows of cells.

    Rows and columns count from 0. Rows are as long as their last cell that holds something, and the
    last row holds something. In a merged area (first row, first column, last row, last column,
    inclusive) only the first cell has text. ``calls_out`` names the cells whose formula reaches
    outside the file, ``without_value`` those whose formula was never computed. ``asides`` is what
    it shows besides the text of its cells. Hidden is what a person does not see: the whole sheet,
    some rows, or some columns.
    """

    file: str
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    calls_out: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    without_value: frozenset[tuple[int, int]] = frozenset()
    asides: tuple[Aside, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, empty outside the sheet."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def without_asides(self) -> Grid:
        """Return the sheet without the words that are struck out or raised in its cells."""
        rests = {(each.row, each.column): each.rest for each in self.asides if each.kind in _WORDS}
        if not rests:
            return self
        rows = [list(row) for row in self.rows]
        for (row, column), rest in rests.items():
            if self.cell(row, column):
                rows[row][column] = rest
        return replace(self, rows=tuple(map(tuple, rows)))

    def address(self, row: int, column: int) -> str:
        """Return the name people know a cell by.

        >>> Grid("", "", ()).address(7, 2), Grid("", "", ()).address(0, 26)
        ('C8', 'AA1')
        """
        letters, number = "", column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{row + 1}"


def read_grids(path: Path, shown: str) -> list[Grid]:
    """Read all sheets of a spreadsheet, hidden ones too; ``shown`` is its path for messages.

    Numbers are as a person types them, those of percent cells times 100; dates are ISO. Raises
    ``FileMissing``, ``UnreadableFile`` for what may not be opened or is no text, and
    ``UnreadableSheet`` for whatever else is no spreadsheet that can be used.
    """
    source = Source(shown, _read_bytes(path, shown))
    try:
        sheets = _read_sheets(source, path)
        grids = [_grid(shown, each) for each in sheets]
    except BROKEN as error:
        raise source.refused(problem_of(error)) from error
    if not any(grid.rows for grid in grids):
        raise source.refused("empty")
    return grids


def _grid(shown: str, sheet: Sheet) -> Grid:
    return Grid(
        shown,
        sheet.name,
        sheet.finish(),
        sheet.merged,
        sheet.calls_out,
        sheet.is_hidden,
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        frozenset(sheet.without_value),
        tuple(sheet.asides),
    )


def _read_bytes(path: Path, shown: str) -> bytes:
    _check_name(path, shown)
    try:
        _check_file(path, shown)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(file=shown, problem="denied", line="") from error
    if len(content) > MOST_BYTES:
        raise _too_big(shown)
    return content


def _check_name(path: Path, shown: str) -> None:
    owner = _OWNER.fullmatch(path.name)
    if owner:
        raise UnreadableSheet(file=shown, problem="owner", meant=owner[1])
    if path.suffix.lower() not in ENDINGS and not path.is_dir():
        raise UnreadableSheet(file=shown, problem="ending", known=ENDINGS)


def _check_file(path: Path, shown: str) -> None:
    if path.is_dir():
        raise UnreadableFile(file=shown, problem="folder", line="")
    if not path.is_file():
        raise FileMissing(file=shown)
    if path.stat().st_size > MOST_BYTES:
        raise _too_big(shown)


def _too_big(shown: str) -> UnreadableSheet:
    megabytes = MOST_BYTES // 1024**2
    return UnreadableSheet(file=shown, problem="too_big", limit=megabytes)


def _read_sheets(source: Source, path: Path) -> list[Sheet]:
    if source.content.startswith(_ZIP):
        return _read_package(source)
    if source.content.startswith(_OLE):
        if _LOCKED in source.content:
            raise source.refused("locked")
        return _read_old(source)
    if not source.content.strip():
        raise source.refused("empty")
    if _WEB_PAGE.match(source.content[:_LOOKED_AT].replace(b"\0", b"")):
        raise source.refused("web_page")
    is_named_text = path.suffix.lower() in _TEXT_ENDINGS
    if not (is_named_text or _is_text(source.content)):
        raise source.refused("broken")
    text = read_text(path, source.shown)
    if not (is_named_text or is_delimited(text)):
        raise source.refused("text")
    return [read_delimited(text, source.shown, Allowance(source))]


def _read_old(source: Source) -> list[Sheet]:
    """Return the sheets of an old workbook; its reader is loaded only for one."""
    from ita_helpers.spreadsheets.xls import read_xls

    return read_xls(source, Allowance(source))


def _read_package(source: Source) -> list[Sheet]:
    package = Package(source)
    if is_ods(package):
        if package.is_open_locked:
            raise source.refused("locked")
        return read_ods(package, Allowance(source))
    if is_xlsx(package):
        sheets = read_xlsx(package, Allowance(source))
        if sheets and any(each.endswith(_MACROS) for each in package.names):
            sheets[0].add_aside(Aside("macros", ""))
        return sheets
    raise source.refused("archive")


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8", "cp874"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
