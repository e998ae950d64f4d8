"""What a number of a cell is by its format: the same number is 92.86, 92.86 %, or a day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

from ita_helpers.spreadsheets.cells import moment_text, number_text, seconds_text

Kind = Literal["number", "percent", "date", "time"] | int
"""What the number of a cell is; a code of so many digits, zeros before it, is an ``int``."""

BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((9, 10, 67, 68), "percent"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), "date"),
    **dict.fromkeys((71, 72, 73, 74, 77, 81), "date"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48), 75, 76, 78, 79, 80), "time"),
}
"""Formats known by number alone; 59 to 81 are those of a Thai Excel."""

_SECONDS = 86400
EPOCH, EPOCH_OF_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_THAT_NEVER_WAS = 60
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")


def kind_of(code: str) -> Kind:
    """Return what a number format makes of a number; a percent sign in quotes only decorates.

    >>> kind_of("0.00%"), kind_of('0.00"%"'), kind_of("[$-D07041E]d mmm bbbb"), kind_of("[h]:mm")
    ('percent', 'number', 'date', 'time')
    >>> kind_of("00000")
    5
    """
    bare = _LITERAL.sub("", code).lower()
    if zeros := _ZEROS.fullmatch(bare.partition(";")[0]):
        return len(zeros[0])
    if "%" in bare:
        return "percent"
    first = bare.partition(";")[0]
    if re.search("[dyb]", first):
        return "date"
    if re.search("[hs]", first):
        return "time"
    return "date" if "m" in first else "number"


def text_of(kind: Kind, value: str, epoch: datetime) -> str:
    """Return a number as a person reads it in its cell; days count from the ``epoch``."""
    if isinstance(kind, int):
        text = number_text(value)
        return text.zfill(kind) if text.isdecimal() else text
    if kind in ("number", "percent"):
        return number_text(value, kind == "percent")
    try:
        serial = float(value)
        if kind == "time":
            return seconds_text(serial * _SECONDS)
        return moment_text(_moment(serial, epoch))
    except (ValueError, OverflowError):
        return number_text(value)


def _moment(serial: float, epoch: datetime) -> datetime:
    """Return the moment of a serial number; Excel's 1900 had a 29 February."""
    if epoch == EPOCH and 0 < serial < _LEAP_THAT_NEVER_WAS:
        serial += 1
    return epoch + timedelta(seconds=round(serial * _SECONDS))
