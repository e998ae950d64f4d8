"""One cell as the text a person would have typed, whatever program saved it.

Every kind of spreadsheet goes through here, so the same cell gives the same text from each.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache

from ita_helpers.language.thai import tidy_text

DIGITS = 12
"""Significant digits kept of a fraction; anything beyond is floating-point noise."""

_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?", re.ASCII
)
_LITERALS = re.compile(r'"[^"]*"')
_SHEET_IN_QUOTES = re.compile(r"'[^']*'([!#])")
_OUTSIDE = re.compile(
    r"""(?x)
    (?<![A-Z0-9_]) (?: WEBSERVICE | IMPORT(?:XML|HTML|DATA|FEED|RANGE) | IMAGE | STOCKHISTORY
        | GOOGLEFINANCE | RTD | DDE | CALL | REGISTER(?:\.ID)? | EXEC | SQL\.REQUEST
        | CUBE[A-Z]+ ) \s* \(
    | \[ [^\[\]]+ \] [^\s'!()\[\],;+*/&=<>^-]* ! (?!\[)
    | \w \| [^|{}]* !
    """,
    re.IGNORECASE,
)
_LONGEST_FORMULA = 65536


def column_letters(number: int) -> str:
    """Return what a sheet calls its column of a number, counted from 1.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Return the number of a column from its letters. Raises ``ValueError``.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@lru_cache(maxsize=65536)
def number_text(written: str, is_percent: bool = False) -> str:
    """Return a number as a person types it; what is no number comes back as it is.

    >>> number_text("92.859999999999999"), number_text("90.0"), number_text("0.9286", True)
    ('92.86', '90', '92.86')
    """
    if _WHOLE.fullmatch(written) and not is_percent:
        return str(int(written))
    try:
        value = float(written)
    except ValueError:
        return tidy_text(written)
    if not math.isfinite(value):
        return tidy_text(written)
    exact = Decimal(repr(value)) * (100 if is_percent else 1)
    return f"{_without_noise(exact):f}"


def _without_noise(value: Decimal) -> Decimal:
    """Round to the digits told, never left of the decimal point, and drop closing zeros."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    decimals = max(0, DIGITS - 1 - value.adjusted())
    rounded = round(value, decimals) if decimals else value.to_integral_value(ROUND_HALF_EVEN)
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded.normalize()


def moment_text(moment: datetime) -> str:
    """Return an ISO date, with the time behind it where there is one, to the second.

    >>> moment_text(datetime(2025, 8, 15)), moment_text(datetime(2025, 8, 15, 10, 29, 59, 999999))
    ('2025-08-15', '2025-08-15T10:30:00')
    """
    rounded = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    if (rounded.hour, rounded.minute, rounded.second) == (0, 0, 0):
        return rounded.date().isoformat()
    return rounded.isoformat()


def iso_date_text(written: str) -> str:
    """Return an ISO date or moment in one way; what is neither comes back as it is."""
    try:
        return moment_text(datetime.fromisoformat(written).replace(tzinfo=None))
    except (ValueError, OverflowError):
        return tidy_text(written)


def seconds_text(seconds: float) -> str:
    """Return a time of day or a length of time: hours may pass 24.

    >>> seconds_text(37800), seconds_text(-95400)
    ('10:30:00', '-26:30:00')
    """
    minutes, rest = divmod(round(abs(seconds)), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def iso_duration_text(written: str) -> str:
    """Return an ISO duration as hours, minutes, seconds; any other text unchanged.

    >>> iso_duration_text("PT10H30M00S")
    '10:30:00'
    """
    found = _DURATION.fullmatch(written)
    if not found:
        return tidy_text(written)
    sign, days, hours, minutes, seconds = found.groups("0")
    total = int(days) * 86400 + int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return seconds_text(-total if sign == "-" else total)


def calls_out(formula: str) -> bool:
    """Return whether a formula names another file or the network; nothing is looked up.

    Quoted text is only text, except where ``INDIRECT`` turns it into a reference.

    >>> calls_out("[1]Sheet1!A1"), calls_out('HYPERLINK("http://a","b")'), calls_out("SUM(A1:B9)")
    (True, False, False)
    """
    if len(formula) > _LONGEST_FORMULA:
        return True
    if "INDIRECT" not in formula.upper():
        formula = _LITERALS.sub('""', formula)
    quoted = _SHEET_IN_QUOTES.finditer(formula)
    if any(each[1] == "#" or "[" in each[0] for each in quoted):
        return True
    return bool(_OUTSIDE.search(formula))
