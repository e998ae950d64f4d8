"""Dates as Thai papers write and read them, in years B.E."""

from __future__ import annotations

import re
from datetime import date

from ita_helpers.catalogue import label, say
from ita_helpers.thai import BUDDHIST_ERA, to_arabic

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(r"(\d{1,2})\s*([^\d\s]+?)\s*(\d{4})")
FIRST_BUDDHIST = 2400
"""A year from here on is B.E."""


def format_date(day: date) -> str:
    """Write a date in Thai with its B.E. year.

    >>> format_date(date(2025, 8, 15))
    '15 สิงหาคม 2568'
    """
    month = label("words.months").split()[day.month - 1]
    return f"{day.day} {month} {day.year + BUDDHIST_ERA}"


def format_window(start: date | None, end: date | None) -> str:
    """Write a period by its months, each with its year; a whole fiscal year by its name.

    >>> format_window(date(2025, 10, 1), date(2026, 3, 31))
    'ต.ค. 2568 – มี.ค. 2569'
    >>> format_window(date(2025, 10, 1), date(2026, 9, 30))
    'ตลอดปีงบประมาณ พ.ศ. 2569'
    """
    if start is None or end is None:
        known = start or end
        return _month(known) if known else ""
    whole_year = (start.month, start.day, end.month, end.day) == (10, 1, 9, 30)
    if whole_year and end.year == start.year + 1:
        return say("words.whole_year", year=end.year + BUDDHIST_ERA)
    first, last = _month(start), _month(end)
    return first if first == last else f"{first} – {last}"


def parse_date(text: str) -> date:
    """Read ``2568-10-31`` or a day, a month's Thai name and a year, in Thai or Arabic digits.

    Raises ``ValueError`` for anything else, a day that does not exist included.

    >>> parse_date("๓๑ ต.ค. ๒๕๖๘")
    datetime.date(2025, 10, 31)
    """
    plain = to_arabic(text).replace(label("words.era"), " ").strip()
    if iso := _ISO.fullmatch(plain):
        year, month, day = map(int, iso.groups())
    elif written := _WRITTEN.fullmatch(plain):
        day, month, year = int(written[1]), _month_number(written[2]), int(written[3])
    else:
        raise ValueError(text)
    return date(year - BUDDHIST_ERA if year > FIRST_BUDDHIST else year, month, day)


def _month(day: date) -> str:
    return f"{label('words.months_short').split()[day.month - 1]} {day.year + BUDDHIST_ERA}"


def _month_number(name: str) -> int:
    bare = name.replace(".", "")
    for key in ("words.months", "words.months_short"):
        names = [each.replace(".", "") for each in label(key).split()]
        if bare in names:
            return names.index(bare) + 1
    raise ValueError(name)
