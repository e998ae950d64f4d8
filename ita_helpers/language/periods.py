"""Periods of measures as people write them, and as papers print them.

A window is whole days, first and last included. Whatever is read here is printed so that it reads
as the same window again.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import full_year, month_names
from ita_helpers.language.thai import BUDDHIST_ERA, tidy_text, to_arabic

FIRST_MONTH, LAST_MONTH = 10, 9
"""The fiscal year N (B.E.) runs from October of N - 1 to September of N."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_TO = re.compile(r"[-\u2013\u2014~\u2212]")


@dataclass(frozen=True)
class Window:
    """From ``start`` to ``end``, both included.

    ``is_common_era`` if a Thai date has a C.E. year: a slip to be asked about.
    """

    start: date
    end: date
    is_common_era: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("reversed")


@dataclass(frozen=True)
class _End:
    """One end of a window as written: what is missing is 0."""

    day: int
    month: int
    year: int
    is_common_era: bool = False


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


def parse_window(text: str, planned: int) -> Window:
    """Read a period; ``planned`` is the fiscal year (B.E.) it is expected in.

    Months and days in Thai, quarters, whole fiscal years, dates with dashes or slashes; spaces,
    points, Thai digits and two-digit years as people put them. A year that is left out is that of
    the other end, or the planned one. Raises ``ValueError``, with "reversed" for an end before the
    start.

    >>> parse_window("ม.ค. - ก.ย.๖๙", 2569) == parse_window("มกราคม 2569 – กันยายน 2569", 2569)
    True
    """
    plain = _bare(text)
    if whole := _whole_year(plain, planned):
        return whole
    if dates := _ISO.findall(plain):
        rest = _TO.sub("", _ISO.sub("", plain))
        if rest or len(dates) > 2:
            raise ValueError(text)
        ends = [_End(int(d), int(m), full_year(int(y), planned)[0]) for y, m, d in dates]
        return _join(ends, planned)
    if quarters := _quarters(plain, planned):
        return quarters
    pieces = _TO.split(plain.replace(label("words.until"), "-"))
    if not 1 <= len(pieces) <= 2:
        raise ValueError(text)
    return _join([_read_end(piece, planned) for piece in pieces], planned)


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


def _bare(text: str) -> str:
    plain = re.sub(r"\s+", "", to_arabic(tidy_text(text)))
    for word in label("words.window_fillers").split():
        plain = plain.replace(word, "")
    return plain


def _whole_year(plain: str, planned: int) -> Window | None:
    for word in label("words.whole_year_words").split():
        if plain.startswith(word):
            year = plain.removeprefix(word)
            if not year:
                return fiscal_window(planned)
            if not year.isdigit():
                raise ValueError(plain)
            return fiscal_window(full_year(int(year), planned)[0])
    return None


def _quarters(plain: str, planned: int) -> Window | None:
    word = label("words.quarter")
    for each in label("words.quarter_words").split():
        plain = plain.replace(each, word)
    if not plain.startswith(word):
        return None
    found = re.fullmatch(rf"{word}(\d)(?:-(?:{word})?(\d))?(?:/(\d{{2}}|\d{{4}}))?", plain)
    if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]) <= 4:
        raise ValueError(plain)
    year = full_year(int(found[3]), planned)[0] if found[3] else planned
    days = [day for _, day in months_of(year)]
    last = days[3 * int(found[2] or found[1]) - 1]
    return Window(days[3 * int(found[1]) - 3], _last_of(last))


def _read_end(piece: str, planned: int) -> _End:
    if piece.isdigit() and len(piece) <= 2:
        return _End(int(piece), 0, 0)
    if slashed := _SLASHED.fullmatch(piece):
        day, month, year = map(int, slashed.groups())
        return _End(day, month, *full_year(year, planned))
    bare = piece.replace(".", "")
    for name, month in month_names().items():
        found = re.fullmatch(rf"(\d{{0,2}}){name}(\d{{4}}|\d{{2}})?", bare)
        if found:
            written = full_year(int(found[2]), planned) if found[2] else (0, False)
            return _End(int(found[1] or 0), month, *written)
    raise ValueError(piece)


def _join(ends: list[_End], planned: int) -> Window:
    first, last = ends[0], ends[-1]
    if not last.month:
        raise ValueError("month")
    if not first.month:
        first = replace(last, day=first.day)
    is_common_era = first.is_common_era or last.is_common_era
    last_year = last.year or _year_in(planned, last.month)
    if not last.year and first.year:
        last_year = first.year + (1 if last.month < first.month else 0)
    first_year = first.year or last_year - (1 if first.month > last.month else 0)
    start = date(first_year - BUDDHIST_ERA, first.month, first.day or 1)
    end = date(last_year - BUDDHIST_ERA, last.month, last.day or 1)
    return Window(start, end if last.day else _last_of(end), is_common_era)


def _year_in(planned: int, month: int) -> int:
    """Return the calendar year (B.E.) of a month in a fiscal year."""
    return planned - 1 if month >= FIRST_MONTH else planned


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month(day: date) -> str:
    return f"{label('words.months_short').split()[day.month - 1]} {day.year + BUDDHIST_ERA}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"
