"""Reading and writing dates as Thai papers do, in B.E. years: the only reader of dates.

With a B.E. year the day always comes before the month. A C.E. date may come from a spreadsheet that
swapped day and month: it is read only where a single order gives a valid day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache

from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import BUDDHIST_ERA, tidy_text, to_arabic

FIRST_BUDDHIST = 2400
"""A year from here on is B.E."""
NEAR = 12
"""Years: a two-digit year this near the expected one is meant."""
LATEST = 2
"""A result is announced at most so many years after its fiscal year has ended."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[\s-]*([^\d\s-]+?)[\s-]*(\d{4}|\d{2})")
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*$")
_ENGLISH = "january february march april may june july august september october november december"
_HUNDRED_YEARS = range(50, 100)
THAILAND = timezone(timedelta(hours=7))
"""Has no summer time."""


class BadDate(ValueError):
    """A text that is no date to be used.

    ``problem`` says why: it is no ``date``, its ``date_order`` is ambiguous, or it is ``date_far``
    from what it should date. ``like`` are the dates that may be meant.
    """

    def __init__(self, text: str, problem: str = "date", like: str = "") -> None:
        super().__init__(text)
        self.problem, self.like = problem, like


def today_in_thailand() -> date:
    """Return today's date in Thailand, whatever the machine's time zone."""
    return datetime.now(THAILAND).date()


def day_in_thailand(moment: float) -> date:
    """Return the date in Thailand at a moment (seconds since 1970)."""
    return datetime.fromtimestamp(moment, THAILAND).date()


def format_date(day: date) -> str:
    """Write a date in Thai with its B.E. year.

    >>> format_date(date(2025, 8, 15))
    '15 สิงหาคม 2568'
    """
    month = label("words.months").split()[day.month - 1]
    return f"{day.day} {month} {day.year + BUDDHIST_ERA}"


def parse_date(text: str, planned: int = 0) -> date:
    """Read a date with its month as a name or a number, in Thai or Arabic digits.

    A year of two digits is one near ``planned`` (B.E.), or B.E. where nothing is. Raises
    ``BadDate`` for anything else, a day that does not exist included, and for one far from
    ``planned``.

    >>> parse_date("๓๑ ต.ค. ๒๕๖๘"), parse_date("15/8/68"), parse_date("8/15/2025")
    (datetime.date(2025, 10, 31), datetime.date(2025, 8, 15), datetime.date(2025, 8, 15))
    """
    day = _read(text, planned)
    if planned and not _is_near(day, planned):
        raise _far(text, day, _is_near, planned)
    return day


def parse_announcement(text: str, fiscal_year: int) -> date:
    """Read the day on which the result of a fiscal year (B.E.) was announced.

    Raises ``BadDate`` too for a day before that year began or long after it.
    """
    day = _read(text, fiscal_year)
    if not _is_announcement(day, fiscal_year):
        raise _far(text, day, _is_announcement, fiscal_year)
    return day


def _read(text: str, planned: int) -> date:
    plain = to_arabic(tidy_text(text))
    for word in (label("words.era"), *label("words.date_words").split()):
        plain = plain.replace(word, " ")
    plain = _CLOCK.sub("", plain).strip()
    if found := _YEAR_FIRST.fullmatch(plain):
        year = _common_year(text, int(found[1]), planned)
        return _day(text, year, int(found[3]), int(found[4]))
    if found := _NAMED.fullmatch(plain):
        month = month_names().get(found[2].replace(".", "").lower(), 0)
        return _day(text, _common_year(text, int(found[3]), planned), month, int(found[1]))
    if found := _YEAR_LAST.fullmatch(plain):
        return _day_of_either_order(text, int(found[1]), int(found[3]), int(found[4]), planned)
    raise BadDate(text)


def is_buddhist(text: str) -> bool:
    """Return whether a date that ``parse_date`` reads has a year B.E.

    >>> is_buddhist("5 มกราคม ๒๕๖๙"), is_buddhist("2026-01-05"), is_buddhist("5/1/69")
    (True, False, True)
    """
    plain = to_arabic(text)
    years = re.findall(r"\d{4}", plain) or re.findall(r"\d{2}(?!.*\d)", plain)
    return any(int(year) > FIRST_BUDDHIST or int(year) in _HUNDRED_YEARS for year in years)


def full_year(year: int, planned: int) -> tuple[int, bool]:
    """Return a year as B.E., and whether it was written in C.E.

    Raises ``ValueError`` for a year that is far from the planned one in both.
    """
    for written, is_common_era in ((2500, False), (2000 + BUDDHIST_ERA, True)):
        full = year + written if year < 100 else year + (BUDDHIST_ERA if is_common_era else 0)
        if abs(full - planned) <= NEAR:
            return full, is_common_era
    raise ValueError(year)


@cache
def month_names() -> Mapping[str, int]:
    """Return the numbers of the months by their names, full and short, without points."""
    names = [label(f"words.{key}").split() for key in ("months", "months_short")]
    english = _ENGLISH.split()
    names += [english, [each[:3] for each in english]]
    return {
        name.replace(".", ""): number for each in names for number, name in enumerate(each, start=1)
    }


def _common_year(text: str, year: int, planned: int) -> int:
    if year >= 100:
        return year - BUDDHIST_ERA if year > FIRST_BUDDHIST else year
    if planned:
        try:
            return full_year(year, planned)[0] - BUDDHIST_ERA
        except ValueError as error:
            raise BadDate(text, "date_far") from error
    if year not in _HUNDRED_YEARS:
        raise BadDate(text)
    return 2500 + year - BUDDHIST_ERA


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadDate(text) from error


def _day_of_either_order(text: str, first: int, second: int, written: int, planned: int) -> date:
    year = _common_year(text, written, planned)
    if year + BUDDHIST_ERA in (written, 2500 + written):
        return _day(text, year, second, first)
    orders = {(second, first), (first, second)}
    days = sorted(date(year, month, day) for month, day in orders if _is_day(year, month, day))
    if len(days) > 1:
        raise BadDate(text, "date_order", " / ".join(map(format_date, days)))
    if not days:
        raise BadDate(text)
    return days[0]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _far(text: str, day: date, is_near: Callable[[date, int], bool], planned: int) -> BadDate:
    """Return the error for a day far from a year, suggesting the same day in another century."""
    slip = 2500 + day.year % 100 - BUDDHIST_ERA
    meant = day.replace(year=slip) if _is_day(slip, day.month, day.day) else day
    return BadDate(text, "date_far", format_date(meant) if is_near(meant, planned) else "")


def _is_near(day: date, planned: int) -> bool:
    return abs(day.year + BUDDHIST_ERA - planned) <= NEAR


def _is_announcement(day: date, fiscal_year: int) -> bool:
    year = fiscal_year - BUDDHIST_ERA
    return date(year - 1, 10, 1) <= day <= date(year + LATEST, 9, 30)
