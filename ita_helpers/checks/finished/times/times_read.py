"""What times a report names, each with what it is the time of: the one reader of years and days.

A time is a year, years joined or from one to another, a month, a day, or a window of these. What it
is the time of is told by the last word before it that says so, or by the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from ita_helpers.checks.finished.passages.standing import is_slip
from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.documents.document import Line, Table
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import month_names
from ita_helpers.language.periods import fiscal_year_of, last_of_month
from ita_helpers.language.thai import BUDDHIST_ERA
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace, value

CENTURY, HUNDRED, SECOND_THOUSAND = 2500, 100, 2100
BEFORE, BEHIND = 130, 60
"""Characters before a time, and behind it, in which stands what it is the time of."""
REACH = 62
"""Characters between the word that says what a time is of and the time."""
TITLE, LAST = 12, 12
"""Lines at the beginning of a document in which its title stands, and at its end a footer."""
SHORT = 110
"""Characters: a longer line is a sentence and no heading."""
FEWEST_LISTED = 3
LABEL = 30
"""Letters of the first cell of a row that may name what the next one holds."""
LONGEST_TITLE, FIRST = 200, 12
"""Characters: a longer line is no title; those before the words by which one begins."""
LISTED = 14
"""Lines behind the beginning of a plan in words that may be its entries."""
NEAR_YEARS = 15
"""Years before the report's and behind it that a page may be dated in."""
LOST = 3
"""Marks that stand where none can in a text whose letters have lost their order."""


@value(frozen=True)
class Time:
    """A time as it stands in a passage.

    ``kind`` is year, years (joined or a span), month, day, window or none (a day no calendar has).
    ``years`` are B.E. as written; ``first`` and ``last`` are days, of years none. ``role`` is what
    it is the time of, empty if nothing says so, and ``at`` where the word that says so begins;
    ``since`` is where the time before it ends.
    """

    passage: Passage
    start: int
    end: int
    kind: str
    years: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    is_span: bool = False
    role: str = ""
    at: int = 0
    since: int = 0

    @property
    def text(self) -> str:
        """The time as printed."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The words before it, since the time before it."""
        return self.passage.text[max(self.since, self.start - BEFORE) : self.start]

    @property
    def behind(self) -> str:
        """The words behind it."""
        return self.passage.text[self.end : self.end + BEHIND]


@value(frozen=True)
class Place:
    """Where a passage stands: ``kind`` is title, caption, last, plan or text; the table below."""

    kind: str
    heading: str = ""
    below: Table | None = None
    is_end: bool = False


@cache
def time_words(key: str) -> re.Pattern[str]:
    """Return the pattern ``times.<key>`` of the catalogue."""
    return compiled(label(f"times.{key}").replace("MONTHS", _months()))


def _months() -> str:
    names = [*label("words.months").split(), *label("words.months_short").split()]
    latin = [name.capitalize() for name in month_names() if name.isascii()]
    written = [re.escape(each) for each in names]
    words = [f"(?<![A-Za-z]){each}(?![a-z])" for each in latin]
    return "|".join(sorted(written, key=len, reverse=True) + sorted(words, key=len, reverse=True))


def times_of(report: Report) -> tuple[tuple[Passage, tuple[Time, ...]], ...]:
    """Return the passages that name times, each with its times in order."""
    return report.once(_all_times)


def _all_times(report: Report) -> tuple[tuple[Passage, tuple[Time, ...]], ...]:
    known = report.that_may_hold(time_words("time"))
    legible = (each for each in known if not _has_lost_order(each.text))
    read = ((each, tuple(_read(each, report.year))) for each in legible)
    return tuple((passage, times) for passage, times in read if times)


def _has_lost_order(text: str) -> bool:
    """Whether the letters of a text stand where they cannot, so that its words say nothing."""
    return sum(1 for _ in time_words("lost_order").finditer(text)) >= LOST


def _read(passage: Passage, year: int) -> Iterator[Time]:
    """Yield the times of a passage, those that belong together as one."""
    last: Time | None = None
    done: Time | None = None
    for place in time_words("time").finditer(passage.text):
        time = _time(passage, place, year)
        if last and time and (both := _together(last, time)):
            last = both
            continue
        if last:
            done = _with_role(last, done)
            yield done
        last = time
    if last:
        yield _with_role(last, done)


def _time(passage: Passage, place: re.Match[str], planned: int) -> Time | None:
    """Return one time, of which a part may still follow."""
    if not place["month"]:
        group = "year" if place["year"] else "bare"
        written = int(place[group])
        return Time(passage, *place.span(group), "year", (_full(written),))
    month = month_names().get(place["month"].replace(".", "").lower(), 0)
    start = place.start("day") if place["day"] else place.start("month")
    written = _full(int(place["of"] or 0)) if place["of"] and not _is_count(place, planned) else 0
    year = (written,) if written else ()
    time = Time(passage, start, place.end(), "day" if place["day"] else "month", year)
    return _dated(time, int(place["day"] or 0), month, year[0] if year else planned)


def _is_count(place: re.Match[str], year: int) -> bool:
    """Whether a number behind a day on a line of its own is how often a page was read.

    It is then no year near the report's, nor one with a digit changed or two swapped.
    """
    if len(place["of"]) < len(str(CENTURY)) or place.group() != place.string:
        return False
    near = range(year - NEAR_YEARS, year + NEAR_YEARS)
    told = _full(int(place["of"]))
    return told not in near and not any(is_slip(Decimal(told), Decimal(each)) for each in near)


def _dated(time: Time, day: int, month: int, year: int) -> Time | None:
    try:
        first = date(max(1, year - BUDDHIST_ERA), month, day or 1)
    except ValueError:
        return replace(time, kind="none") if time.years and month else None
    return replace(time, first=first, last=first if day else last_of_month(first))


def _full(year: int) -> int:
    if year < HUNDRED:
        return CENTURY + year
    return year + BUDDHIST_ERA if year < SECOND_THOUSAND else year


def _together(one: Time, two: Time) -> Time | None:
    """Return two times as one, if they are the ends of a window or years of a list."""
    text = one.passage.text
    is_span = bool(time_words("from_to").fullmatch(text, one.end, two.start))
    between = re.sub(time_words("year_words"), "", text[one.end : two.start])
    dated = {"month", "day"}
    if one.kind in dated and two.kind in dated and is_span and two.years:
        return _window(one, two)
    if one.kind in ("year", "years") and two.kind == "year":
        is_span = bool(time_words("from_to").fullmatch(between))
        if is_span or time_words("joined").fullmatch(between):
            years = one.years + two.years
            return replace(one, end=two.end, kind="years", years=years, is_span=is_span)
    return None


def _window(one: Time, two: Time) -> Time | None:
    if not (one.first and two.last):
        return None
    first = one.first
    if not one.years:
        earlier = (first.month, first.day) > (two.last.month, two.last.day)
        first = first.replace(year=two.last.year - earlier)
    return replace(one, end=two.end, kind="window", first=first, last=two.last, years=two.years)


def _with_role(time: Time, former: Time | None) -> Time:
    """Return a time with what the last word before it says that it is the time of.

    Where nothing does since the time before, and it only goes on, it is the time of the same.
    """
    text, since = time.passage.text, former.end if former else 0
    told = list(time_words("role").finditer(text, max(since, time.start - BEFORE), time.start))
    if told and time.start - told[-1].end() <= REACH and told[-1].lastgroup:
        return replace(time, role=told[-1].lastgroup, at=told[-1].start(), since=since)
    is_same = (
        former
        and former.kind == "year"
        and former.role in ("announced", "result")
        and time.kind in ("day", "month")
    )
    if former and is_same and time_words("goes_on").fullmatch(text, since, time.start):
        return replace(time, role=former.role, at=former.at, since=since)
    label_of = passage_label(time)
    told = list(time_words("role").finditer(label_of)) if label_of else []
    if told and told[-1].lastgroup:
        return replace(time, role=told[-1].lastgroup, at=time.start, since=since)
    return replace(time, since=since)


def passage_label(time: Time) -> str:
    """Return what the first cell of a row calls a cell that is a day."""
    passage = time.passage
    is_whole = time.kind == "day" and passage.text == time.text
    first = squeezed(passage.row[0].text) if passage.row and is_whole else ""
    return first if first != passage.text and len(first) < LABEL else ""


def place_of(report: Report, passage: Passage) -> Place:
    """Return where a passage stands."""
    return report.once(_places).get(passage.spot, Place("text"))


def _places(report: Report) -> dict[Spot, Place]:
    """Return where lines and tables stand, by the headings above and the tables below them."""
    blocks, planned = report.document.blocks, report.once(_planned_entries)
    lines = [each for each in blocks if isinstance(each, Line) and squeezed(each.text)]
    ends = {each.spot for each in lines[-LAST:]}
    found: dict[Spot, Place] = {}
    heading, begun, number = "", -LISTED, 0
    for block, below in zip(blocks, _below(blocks), strict=True):
        if not isinstance(block, Line):
            continue
        text = squeezed(block.text)
        number += bool(text)
        is_heading = bool(block.level) or bool(time_words("heading").match(text))
        if is_heading and len(text) < SHORT:
            heading, begun = text, -LISTED
        is_caption = bool(time_words("caption").match(text))
        is_caption |= isinstance(below, Table) and bool(time_words("headline").match(text))
        is_short = len(text) < SHORT and not time_words("told").search(text)
        kind = "text"
        if is_caption and is_short:
            kind = "caption"
        elif number <= TITLE and is_short and not time_words("entry").match(text):
            kind = "title"
        elif (
            block.spot in planned
            or is_plan(heading)
            or (number - begun < LISTED and time_words("entry").match(text))
        ):
            kind = "plan"
        elif block.spot in ends and is_short:
            kind = "last"
        begun = number if time_words("plan_begins").search(text) else begun
        found[block.spot] = Place(
            kind, heading, below if isinstance(below, Table) else None, block.spot in ends
        )
    return found


def _below(blocks: Sequence[Line | Table]) -> list[Line | Table | None]:
    """Return what stands below each block: the next that is no empty line."""
    found: list[Line | Table | None] = []
    below: Line | Table | None = None
    for block in reversed(blocks):
        found.append(below)
        if not isinstance(block, Line) or block.text.strip():
            below = block
    return found[::-1]


def _planned_entries(report: Report) -> frozenset[Spot]:
    """Return entries of a list that has windows, of which most lie in the year after the result."""
    entries = [
        (passage, [each for each in times if each.kind == "window" and each.last])
        for passage, times in times_of(report)
        if not passage.row and len(passage.text) < SHORT
    ]
    listed = [(passage, windows[-1]) for passage, windows in entries if windows]
    planned = [_touches(each, report.year + 1) for _, each in listed]
    is_plan_of_year = len(listed) >= FEWEST_LISTED and 2 * sum(planned) > len(listed)
    return frozenset(passage.spot for passage, _ in listed if is_plan_of_year)


def _touches(window: Time, year: int) -> bool:
    """Whether a window begins or ends in a fiscal year (B.E.)."""
    return any(fiscal_year_of(day) == year for day in (window.first, window.last) if day)


def is_plan(heading: str) -> bool:
    """Whether a heading is of what is planned."""
    if time_words("no_plan_heading").search(heading):
        return False
    return bool(time_words("plan_heading").search(heading))


def years_written(text: str) -> tuple[int, ...]:
    """Return the years (B.E.) that stand in a text."""
    return tuple(int(each.group()) for each in time_words("written").finditer(text))


def is_follow_up(report: Report) -> bool:
    """Whether a document reports on a plan, whose year is then its own."""
    titles = (each.text for each in report.lines[:TITLE] if len(each.text) < LONGEST_TITLE)
    return any(_is_title_of_follow_up(each) for each in titles)


def _is_title_of_follow_up(text: str) -> bool:
    """Whether words for what became of a plan begin a text, or it is no longer than a title.

    What is told as a purpose is no title.
    """
    place = pattern("follow_up_title").search(text)
    if place and time_words("purpose").search(text, 0, place.start()):
        return False
    is_first = place and (place.start() < FIRST or len(text) < SHORT + FIRST)
    return bool(is_first) and not time_words("told").search(text)
