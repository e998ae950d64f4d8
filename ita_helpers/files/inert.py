"""Keeping other people's text from becoming formulas in the tables and workbooks we write.

In a CSV file, a cell that a spreadsheet would compute is prefixed with ``'``, and reading removes
it again, so that what was written is what is read. In a workbook, cells have the type text, and
keep it when somebody edits them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

MARK = "'"
_COMPUTED = re.compile(r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n]")
_NUMBER = re.compile(r"-\d+(\.\d+)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_csv_cell(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet computes.

    A negative number stays one.

    >>> as_csv_cell("=1+1"), as_csv_cell("-5.00"), as_csv_cell("'-"), as_csv_cell("กขค")
    ("'=1+1", '-5.00', "''-", 'กขค')
    """
    is_computed = _COMPUTED.match(text) and not _NUMBER.fullmatch(text)
    return MARK + text if is_computed else text


def csv_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""Return a CSV file (UTF-8 with a mark) of which spreadsheets compute nothing.

    >>> csv_table(("a", "b"), [("=1+1", "2")]).decode("utf-8-sig")
    "a,b\r\n'=1+1,2\r\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(map(as_csv_cell, row) for row in (head, *rows))
    return text.getvalue().encode("utf-8-sig")


def of_csv_cell(cell: str) -> str:
    """Return the text of a cell, whether it carries the mark or not.

    >>> of_csv_cell("'=1+1"), of_csv_cell("=1+1"), of_csv_cell("''-"), of_csv_cell("'กขค")
    ('=1+1', '=1+1', "'-", "'กขค")
    """
    is_marked = cell.startswith(MARK) and _COMPUTED.match(cell, 1)
    return cell[1:] if is_marked else cell


def without_controls(text: str) -> str:
    """Return a text without the characters that no workbook can hold."""
    return _CONTROLS.sub("", text)


def put_text(cell: Any, text: str) -> None:
    """Give a cell of openpyxl a text that stays text; an empty one leaves it empty."""
    cell.value = without_controls(text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = bool(_COMPUTED.match(text))
