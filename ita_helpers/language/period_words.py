"""Reading periods as people write them.

Days are taken only from what the words say for certain; what they say besides is marked, so that
papers can print the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import full_year, month_names
from ita_helpers.language.periods import (
    FIRST_MONTH,
    Window,
    fiscal_window,
    fiscal_year_of,
    last_of_month,
    months_of,
)
from ita_helpers.language.thai import BUDDHIST_ERA, tidy_text, to_arabic

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_TO = re.compile(r"[-\u2013\u2014~\u2212]")
_IN_MONTH = re.compile(r"(?P<day>\d{0,2})(?P<name>\D+)(?P<year>\d{4}|\d{2})?")
_BRACKETED = re.compile(r"(.*)\((.+)\)")
_LEFT = "-,;/()."
"""What may be left around a period when the words beside it are taken away."""
_LAST_DAY, _FULL_YEAR = 31, 4


@dataclass(frozen=True)
class _End:
    """One end of a window as written: what is missing is 0."""

    day: int
    month: int
    year: int
    is_common_era: bool = False


def parse_window(text: str, planned: int) -> Window:
    """Read a period; ``planned`` is the fiscal year (B.E.) it is expected in.

    Months and days in Thai, quarters, halves, fiscal years, dates with dashes or slashes, how often
    something is done; spaces, points, Thai digits and two-digit years as people put them. A year
    that is left out is that of the other end, or the planned one. Raises ``ValueError``, with
    "reversed" for an end before the start.

    >>> parse_window("ม.ค. - ก.ย.๖๙", 2569) == parse_window("มกราคม 2569 – กันยายน 2569", 2569)
    True
    """
    try:
        return _said(_without_blanks(text), planned)
    except ValueError as error:
        if str(error) == "reversed" or not (listed := _listed(text, planned)):
            raise
        return listed


def fiscal_years_in(text: str, planned: int) -> set[int]:
    """Return the fiscal years (B.E.) in which a period begins and ends, nothing if it is none.

    ``planned`` is the year of what is planned, as for ``parse_window``.
    """
    try:
        window = parse_window(text, planned)
    except ValueError:
        return set()
    return {fiscal_year_of(window.start), fiscal_year_of(window.end)}


def _without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", to_arabic(tidy_text(text)))


def _said(plain: str, planned: int) -> Window:
    """Read a period with what may stand around it."""
    if found := _BRACKETED.fullmatch(plain):
        return _either(found.groups(), planned)
    rest = _pattern("often").sub("", plain)
    if rest != plain:
        rest = rest.strip(_LEFT)
        window = _said(rest, planned) if rest else fiscal_window(planned)
        return replace(window, says_more=True)
    if found := _pattern("onward").search(plain):
        window = _said(plain[: found.start()], planned)
        end = fiscal_window(fiscal_year_of(window.start)).end
        return replace(window, end=end, says_more=True)
    if _pattern("twelve_months").fullmatch(plain):
        return fiscal_window(planned)
    window = _days(plain, planned)
    is_short = (window.start.year, window.start.month) == (window.end.year, window.end.month)
    return replace(window, is_due=is_short and bool(_pattern("due").match(plain)))


def _either(parts: Sequence[str], planned: int) -> Window:
    """Read a period said twice, the second time in brackets: the narrower one counts."""
    read: list[Window] = []
    for each in parts:
        try:
            read.append(_said(each, planned))
        except ValueError:
            continue
    if not read:
        raise ValueError(parts)
    narrow = min(read, key=lambda each: each.end - each.start)
    is_same = len(read) == len(parts) and len({(each.start, each.end) for each in read}) == 1
    return replace(narrow, says_more=narrow.says_more or not is_same)


def _listed(text: str, planned: int) -> Window | None:
    """Read periods one after the other as the window around them all; nothing if one is none."""
    plain = re.sub(r"\s*\n\s*", ",", to_arabic(tidy_text(text)))
    pieces = [each for each in _pattern("between").split(_without_blanks(plain)) if each]
    if len(pieces) < 2:
        return None
    try:
        windows = [_said(each, planned) for each in pieces]
    except ValueError:
        return None
    start, end = min(each.start for each in windows), max(each.end for each in windows)
    return Window(start, end, any(each.is_common_era for each in windows), says_more=True)


def _days(plain: str, planned: int) -> Window:
    for read in _READERS:
        if window := read(plain, planned):
            return window
    return _from_to(_bare(plain), planned)


def _bare(plain: str) -> str:
    for word in label("words.window_fillers").split():
        plain = plain.replace(word, "")
    return plain.replace(label("words.until"), "-")


def _whole_year(plain: str, planned: int) -> Window | None:
    bare = _bare(plain)
    for word in label("words.whole_year_words").split():
        if bare.startswith(word):
            year = bare.removeprefix(word)
            if not year:
                return fiscal_window(planned)
            return _year(year, planned) if year.isdigit() else None
    return None


def _years(plain: str, planned: int) -> Window | None:
    """Read bare years as fiscal years; that is certain only where the words call them so."""
    found = _pattern("years").fullmatch(plain.replace(label("words.until"), "-"))
    if not found or not (found["word"] or _is_year(found["first"], found["last"])):
        return None
    first, last = (
        _year(each, planned) for each in (found["first"], found["last"] or found["first"])
    )
    says_more = label("words.period.fiscal") not in found["word"]
    is_common_era = first.is_common_era or last.is_common_era
    return Window(first.start, last.end, is_common_era, says_more=says_more)


def _is_year(first: str, last: str | None) -> bool:
    """Whether a number is a year and no day: by its four digits, or two of a range of years."""
    return len(first) == _FULL_YEAR or (last is not None and int(first) > _LAST_DAY)


def _year(written: str, planned: int) -> Window:
    year, is_common_era = full_year(int(written), planned)
    return replace(fiscal_window(year), is_common_era=is_common_era)


def _half(plain: str, planned: int) -> Window | None:
    """Read the first or second half of a fiscal year."""
    found = _pattern("half").fullmatch(plain)
    if not found:
        return None
    year = full_year(int(found["year"]), planned)[0] if found["year"] else planned
    days = [day for _, day in months_of(year)]
    is_first = found["which"] == label("words.period.first")
    return Window(days[0 if is_first else 6], last_of_month(days[5 if is_first else 11]))


def _quarters(plain: str, planned: int) -> Window | None:
    found = _pattern("quarters").fullmatch(_bare(plain))
    if not found:
        return None
    numbers = [int(each) for each in re.findall(r"\d", found["numbers"])]
    if numbers != sorted(set(numbers)) or not 1 <= numbers[0] <= numbers[-1] <= 4:
        raise ValueError(plain)
    year = full_year(int(found["year"]), planned)[0] if found["year"] else planned
    days = [day for _, day in months_of(year)]
    is_range = "-" in found["numbers"] or len(numbers) == numbers[-1] - numbers[0] + 1
    end = last_of_month(days[3 * numbers[-1] - 1])
    return Window(days[3 * numbers[0] - 3], end, says_more=not is_range)


def _iso(plain: str, planned: int) -> Window | None:
    dates = _ISO.findall(plain)
    if not dates:
        return None
    if _TO.sub("", _ISO.sub("", _bare(plain))) or len(dates) > 2:
        raise ValueError(plain)
    ends = [_End(int(d), int(m), *full_year(int(y), planned)) for y, m, d in dates]
    return _join([replace(each, is_common_era=False) for each in ends], planned)


def _from_to(plain: str, planned: int) -> Window:
    pieces = _TO.split(plain)
    if not 1 <= len(pieces) <= 2:
        raise ValueError(plain)
    return _join([_read_end(piece, planned) for piece in pieces], planned)


def _read_end(piece: str, planned: int) -> _End:
    if piece.isdigit() and len(piece) <= 2:
        return _End(int(piece), 0, 0)
    if slashed := _SLASHED.fullmatch(piece):
        day, month, year = map(int, slashed.groups())
        return _End(day, month, *full_year(year, planned))
    found = _IN_MONTH.fullmatch(piece.replace(".", ""))
    month = month_names().get(found["name"], 0) if found else 0
    if not found or not month:
        raise ValueError(piece)
    written = full_year(int(found["year"]), planned) if found["year"] else (0, False)
    return _End(int(found["day"] or 0), month, *written)


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
    return Window(start, end if last.day else last_of_month(end), is_common_era)


def _year_in(planned: int, month: int) -> int:
    """Return the calendar year (B.E.) of a month in a fiscal year."""
    return planned - 1 if month >= FIRST_MONTH else planned


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(label(f"words.period.{name}"))


_READERS: tuple[Callable[[str, int], Window | None], ...] = (
    _whole_year,
    _half,
    _iso,
    _quarters,
    _years,
)
"""Readers of a period that is no day or month to another; the first that knows its words counts."""
