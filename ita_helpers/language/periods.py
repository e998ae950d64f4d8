"""Periods of measures as papers print them, and the fiscal years they lie in.

A window is whole days, first and last included. It is printed so that ``parse_window`` reads it as
the same window again.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import BUDDHIST_ERA

FIRST_MONTH, LAST_MONTH = 10, 9
"""The fiscal year N (B.E.) runs from October of N - 1 to September of N."""


@dataclass(frozen=True)
class Window:
    """From ``start`` to ``end``, both included.

    ``is_common_era`` if a Thai date has a C.E. year: a slip to be asked about. ``says_more`` if
    the words say more than the days, as "every month" does. ``is_due`` if they only say by when.
    """

    start: date
    end: date
    is_common_era: bool = False
    says_more: bool = False
    is_due: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("reversed")


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (B.E.) of a day."""
    return day.year + BUDDHIST_ERA + (1 if day.month >= FIRST_MONTH else 0)


def day_in(fiscal_year: int, month: int, day: int) -> date:
    """Return a day of a fiscal year (B.E.).

    >>> day_in(2569, 3, 31), day_in(2569, 12, 31)
    (datetime.date(2026, 3, 31), datetime.date(2025, 12, 31))
    """
    return date(fiscal_year - BUDDHIST_ERA - (month >= FIRST_MONTH), month, day)


def fiscal_window(fiscal_year: int) -> Window:
    """Return the window of a whole fiscal year (B.E.)."""
    year = fiscal_year - BUDDHIST_ERA
    return Window(date(year - 1, FIRST_MONTH, 1), date(year, LAST_MONTH, 30))


def format_window(start: date | None, end: date | None) -> str:
    """Write a period by its months, each with its year; a whole fiscal year by its name.

    A day is written where it is not the first or last of its month.

    >>> format_window(date(2025, 10, 1), date(2026, 3, 31))
    'ต.ค. 2568 – มี.ค. 2569'
    >>> format_window(date(2025, 10, 1), date(2026, 9, 30))
    'ตลอดปีงบประมาณ พ.ศ. 2569'
    >>> format_window(date(2025, 10, 15), date(2026, 3, 31))
    '15 ต.ค. 2568 – 31 มี.ค. 2569'
    """
    if start is None or end is None:
        known = start or end
        return _month(known) if known else ""
    if Window(start, end) == fiscal_window(end.year + BUDDHIST_ERA):
        return say("words.whole_year", year=end.year + BUDDHIST_ERA)
    by_months = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    write = _month if by_months else _day
    first, last = write(start), write(end)
    if not by_months and _month(start) == _month(end) and start != end:
        first = str(start.day)
    return first if first == last else f"{first} – {last}"


def months_of(fiscal_year: int) -> list[tuple[str, date]]:
    """Return the twelve months of a fiscal year (B.E.): short name and first day."""
    names = label("words.months_short").split()
    first = fiscal_year - BUDDHIST_ERA - 1
    days = [date(first + (month > 12), (month - 1) % 12 + 1, 1) for month in range(10, 22)]
    return [(names[day.month - 1], day) for day in days]


def last_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month(day: date) -> str:
    return f"{label('words.months_short').split()[day.month - 1]} {day.year + BUDDHIST_ERA}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"
