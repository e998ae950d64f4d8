"""When a measure is carried out: from the cells of a plan, or from its columns of months."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import month_names
from ita_helpers.language.period_words import parse_window
from ita_helpers.language.periods import Window
from ita_helpers.language.thai import to_arabic

FEWEST = 2
"""Columns of months or quarters that make a calendar."""
_DASHES = "-\u2013\u2014. "
_QUARTERS = range(1, 5)


@dataclass(frozen=True)
class Time:
    """First and last day as far as they are known, and the words where those do not say all.

    ``problem`` is why days are missing: the words are ``unread``, or ``reversed``.
    """

    start: date | None = None
    end: date | None = None
    words: str = ""
    problem: str = ""
    is_common_era: bool = False


@lru_cache(maxsize=1_000)
def read_time(first: str, last: str, planned: int, *, has_start: bool = True) -> Time:
    """Read the cells of first and last day; each may hold a whole period.

    ``planned`` is the fiscal year (B.E.) expected, ``has_start`` whether there is a column of first
    days. What cannot be read is kept as it is printed.
    """
    written = [text for text in (first, last) if text.strip(_DASHES)]
    words = " \u2013 ".join(" ".join(each.split()) for each in written)
    begun, problem = _read(first, planned)
    ended, other = _read(last, planned)
    problem = problem or other
    if begun and ended and ended.end < begun.start:
        return Time(words=words, problem="reversed")
    if ended and not has_start and ended.start.month != ended.end.month:
        begun = ended
    start = begun.start if begun and not begun.is_due else None
    end = ended.end if ended else begun.end if begun else None
    windows = [each for each in (begun, ended) if each]
    is_more = problem or any(each.says_more for each in windows) or (begun and begun.is_due)
    is_common_era = any(each.is_common_era for each in windows)
    return Time(start, end, words if is_more else "", problem, is_common_era)


def calendar_of(heads: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """Return the month or quarter that each column stands for; nothing if there is no calendar.

    ``above`` are the headings over them: below one of quarters their numbers are enough.
    """
    names = {at: _name(text, above.get(at, "")) for at, text in heads.items()}
    found = {at: name for at, name in names.items() if name}
    return found if len(found) >= FEWEST else {}


def period_of(calendar: Mapping[int, str], filled: Collection[int]) -> str:
    """Return the period of the columns in which a row has a mark, as one would write it."""
    order = list(calendar)
    places = [at for at, column in enumerate(order) if column in filled]
    if not places:
        return ""
    first, last = calendar[order[places[0]]], calendar[order[places[-1]]]
    if len(places) == 1:
        return first
    if places[-1] - places[0] == len(places) - 1:
        return f"{first} - {last}"
    return ", ".join(calendar[order[at]] for at in places)


def _read(text: str, planned: int) -> tuple[Window | None, str]:
    """Return the window of a cell, or why there is none."""
    if not text.strip(_DASHES):
        return None, ""
    try:
        return parse_window(text, planned), ""
    except ValueError as error:
        return None, "reversed" if str(error) == "reversed" else "unread"


def _name(text: str, above: str) -> str:
    bare = to_arabic(re.sub(r"\s+", "", text))
    quarter = label("words.period.quarter")
    if bare.isdigit() and int(bare) in _QUARTERS and quarter in re.sub(r"\s+", "", above):
        return f"{quarter} {bare}"
    return " ".join(text.split()) if _heads().fullmatch(bare.replace(".", "")) else ""


@cache
def _heads() -> re.Pattern[str]:
    """Return what months and quarters are called over their columns."""
    months = "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))
    return re.compile(rf"(?:{months})(?:\d{{4}}|\d{{2}})?|{label('words.period.one_quarter')}")
