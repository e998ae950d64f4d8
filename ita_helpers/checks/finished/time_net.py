"""Times that cannot be those of what they are told to be: by the words around, and the heading.

A report of a fiscal year is written after its result is known, in the second half of that year at
the earliest, and what it plans is done in the year after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ita_helpers.checks.finished.reading import day_of, pattern, said, years_in
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.times import FIRST_LINES, all_days, all_windows, written
from ita_helpers.documents.document import Line
from ita_helpers.language.period_words import parse_window
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.language.thai import BUDDHIST_ERA
from ita_helpers.records.spot import Spot

BEFORE, BEHIND = 80, 40
"""Characters around a time in which stands what it is the time of."""
KNOWN, PLANNED = 6, 7
"""Months of the year of a result: it is not known before, and nothing that follows is planned."""
LONGEST_HEAD = 70
"""Characters: a longer line that holds the day of a document is a sentence."""
FEW = 12
"""Lines at the end of a document in which those above decide on it."""
FIRST_HALF, QUARTERS = 6, 3
"""Months of half a fiscal year and of a quarter of it."""
MONTHS = 12
_WINTER = 10
"""The month in which a fiscal year begins."""


def _day(year: int, month: int) -> date:
    return date(year - BUDDHIST_ERA, month, 1)


def _headings(report: Report) -> dict[Spot, str]:
    """Return the heading above each line and each table."""
    found: dict[Spot, str] = {}
    heading = ""
    for block in report.document.blocks:
        if isinstance(block, Line) and block.level:
            heading = squeezed(block.text)
        found[block.spot] = heading
    return found


def _is_planned(report: Report, passage: Passage) -> bool:
    """Whether a line stands under a heading of what is planned."""
    heading = report.once(_headings).get(passage.spot, "")
    return bool(
        said("plan_heading").search(heading) and not said("no_plan_heading").search(heading)
    )


def _around(passage: Passage, start: int, end: int) -> str:
    return passage.text[max(0, start - BEFORE) : start] + passage.text[end : end + BEHIND]


def _told(found: Found, report: Report, way: str = "says") -> Found:
    facts = {"year": report.year, "planned": report.year + 1}
    return Found(found.spot, found.found, found.sentence, facts, way)


def is_follow_up(report: Report) -> bool:
    """Whether a document reports on a plan, whose year is then its own."""
    titles = (each.text for each in report.lines[:FEW])
    return any(pattern("follow_up_title").search(each) for each in titles)


def windows_of_plans(report: Report) -> Iterator[Found]:
    """Yield windows of what is planned that do not lie in the year after the result."""
    if not report.year or report.once(is_follow_up):
        return
    first, last = _day(report.year, PLANNED), _day(report.year + 1, _WINTER)
    for passage, place in report.once(all_windows):
        around = _around(passage, *place.span())
        is_plan = _is_planned(report, passage) or said("of_plan").search(around)
        is_other = said("not_due").search(around) or said("of_answers").search(around)
        try:
            window = parse_window(written(place), report.year + 1)
        except ValueError:
            continue
        if passage.row or not is_plan or is_other:
            continue
        is_long = window.end >= last and said("long_window").search(passage.text)
        if (window.start < first or window.end >= last) and not is_long:
            yield _told(found_in(passage, place.start(), place.group()), report, "window")


def due_days(report: Report) -> Iterator[Found]:
    """Yield days and months by which something is to be done that are past, or years ahead."""
    if not report.year or report.once(is_follow_up):
        return
    first, last = _day(report.year, PLANNED), _day(report.year + 2, 1)
    for passage, start, text, day in _times(report):
        before = passage.text[max(0, start - BEFORE) : start]
        key = "due_in_plan" if _is_planned(report, passage) else "due"
        is_past = said("not_due").search(before[-BEHIND:]) or said("all_done").search(before)
        is_from = said("from_then_on").match(passage.text, start + len(text))
        is_told = (said(key).search(before) or is_from) and not is_past
        if is_told and not passage.row and not first <= day < last:
            yield _told(found_in(passage, start, text), report, "day")


def _times(report: Report) -> Iterator[tuple[Passage, int, str, date]]:
    """Yield days, and months of a year that belong to no window."""
    for passage, place, day in report.once(all_days):
        yield passage, place.start("date"), place["date"], day
    windows = {(p.spot, at) for p, w in report.once(all_windows) for at in range(*w.span())}
    for passage, place in report.places(said("month_year")):
        begin = day_of(f"1 {place['month']} {place['year']}")
        if begin and (passage.spot, place.start()) not in windows:
            yield passage, place.start(), place.group(), begin


def years_of_plans(report: Report) -> Iterator[Found]:
    """Yield fiscal years of what is to be done that are those of the result."""
    if report.once(is_follow_up) or not report.tells_result:
        return
    for passage, place in report.places(said("year_of_plan")) if report.year else ():
        before = passage.text[max(0, place.start() - BEHIND) : place.start()]
        is_other = said("no_year_of_plan").search(place["between"])
        is_other = is_other or said("no_plan_before").search(before)
        if _is_of_last_plan(report, passage.text[: place.start("year")]):
            continue
        if int(place["year"]) == report.year and not is_other and not passage.row:
            yield _told(found_in(passage, place.start("year"), place["year"]), report)


def _is_of_last_plan(report: Report, before: str) -> bool:
    """Whether words name the result of the year before, which led to the plan of this one."""
    return years_in(before)[-1:] == (report.year - 1,)


def years_beside_windows(report: Report) -> Iterator[Found]:
    """Yield fiscal years right before a window that lies in another one."""
    for passage, place in report.once(all_windows) if report.year else ():
        year = said("year_and_window").search(passage.text, 0, place.start())
        try:
            window = parse_window(written(place), report.year + 1)
        except ValueError:
            continue
        known = {fiscal_year_of(window.start), fiscal_year_of(window.end)}
        if year and int(year["year"]) not in known:
            found = found_in(passage, year.start("year"), year["year"])
            yield _told(found, report, "window")


def meetings_of_another_year(report: Report) -> Iterator[Found]:
    """Yield numbers of meetings in a year in which their day is not."""
    for passage, place, day in report.once(all_days):
        told = said("meeting_of_year").search(passage.text, 0, place.start())
        years = {fiscal_year_of(day), day.year + BUDDHIST_ERA}
        if told and int(told["year"]) not in years:
            found = found_in(passage, told.start("number"), told["number"])
            yield Found(found.spot, found.found, found.sentence, {"day": place["date"]}, "meeting")


def parts_of_years(report: Report) -> Iterator[Found]:
    """Yield quarters that no year has, and halves and quarters beside months outside them."""
    for passage, place in report.places(said("bad_quarter")):
        yield found_in(passage, place.start(), place.group()).told("quarter")
    for passage, place in report.once(all_windows):
        part = said("part_of_year").search(passage.text, 0, place.start())
        try:
            window = parse_window(written(place), report.year + 1)
        except ValueError:
            continue
        months = [_month(window.start), _month(window.end)]
        known = _months_of(part["part"]) if part else range(MONTHS)
        if part and not all(each in known for each in months):
            yield found_in(passage, part.start("part"), part["part"]).told("quarter")


def _month(day: date) -> int:
    """Return the month of a fiscal year, from 0."""
    return (day.month - _WINTER) % MONTHS


def _months_of(part: str) -> range:
    names = said("parts_of_year").pattern.split()
    at = next(at for at, each in enumerate(names) if re.search(each, part))
    if at < 2:
        return range(at * FIRST_HALF, (at + 1) * FIRST_HALF)
    return range((at - 2) * QUARTERS, (at - 1) * QUARTERS)


def strange_years(report: Report) -> Iterator[Found]:
    """Yield years that nobody has lived in or will soon."""
    for passage, place in report.places(said("strange_year")):
        yield found_in(passage, place.start("year"), place["year"]).told("strange")


def halves_out_of_order(report: Report) -> Iterator[Found]:
    """Yield the end of a year that is told before its middle, and later times that are earlier."""
    for passage, place in report.places(said("six_then_twelve")):
        one, two = (day_of(f"1 {place[each]}") for each in ("one", "two"))
        if one and two and two < one:
            yield found_in(passage, place.start("two"), place["two"]).told("order")
    for passage, place in report.places(said("then_in_year"), in_lines=True):
        before = re.findall(r"(?<!\d)2[45]\d\d(?!\d)", passage.text[: place.start()])
        if before and int(place["year"]) < int(before[-1]):
            yield found_in(passage, place.start("year"), place["year"]).told("order")


def own_days(report: Report) -> Iterator[Found]:
    """Yield the day of a document, or of what is done with it, at which it cannot have been."""
    if not report.year:
        return
    own: date | None = None
    lines = report.lines
    spots = {each.spot: at for at, each in enumerate(lines)}
    for passage, start, text, day in _times(report):
        at = spots.get(passage.spot, FIRST_LINES)
        before = passage.text[max(0, start - BEFORE) : start]
        is_head = at < FIRST_LINES and len(passage.text) < LONGEST_HEAD
        is_alone = said("month_alone").fullmatch(passage.text) or is_head
        is_due = said("not_due").search(before) or said("due").search(before)
        is_other = bool(passage.row or is_due)
        if is_alone and not is_other and not own:
            own = day
            if not _day(report.year, KNOWN) <= day < _day(report.year + 1, _WINTER):
                yield _told(found_in(passage, start, text), report, "early")
        elif passage.row:
            continue
        elif said("day_announced").search(before) and not re.search(r"2[45]\d\d", before):
            if _day(report.year - 1, KNOWN) <= day < _day(report.year, KNOWN):
                yield _told(found_in(passage, start, text), report, "early")
        elif said("done_on").search(before) and day < _day(report.year, KNOWN):
            is_near = day >= _day(report.year - 1, KNOWN)
            if is_near and not said("not_due").search(before[: -BEHIND // 2]):
                yield _told(found_in(passage, start, text), report, "early")
        elif own and day < own and at >= len(lines) - FEW and said("own_act").search(before):
            yield _told(found_in(passage, start, text), report, "before")


def years_of_title(report: Report) -> Iterator[Found]:
    """Yield years of which a line of the title consists and the report is not."""
    for passage in report.lines[:FEW] if report.year else ():
        place = said("year_line").fullmatch(passage.text)
        if place and int(place["year"]) != report.year:
            found = found_in(passage, place.start("year"), place["year"])
            yield _told(found, report)


def announced_early(report: Report) -> Iterator[Found]:
    """Yield months in which a result is said to have been announced and was not known."""
    for passage, place in report.places(said("month_announced")) if report.year else ():
        day = day_of(f"1 {place['month']} {place['year']}")
        is_near = day and fiscal_year_of(day) == report.year
        is_result = not passage.row or said("of_assessment").search(passage.text)
        if day and is_near and is_result and day < _day(report.year, KNOWN):
            text = passage.text[place.start("month") : place.end()]
            yield _told(found_in(passage, place.start("month"), text), report, "early")


def years_beside(report: Report) -> Iterator[Found]:
    """Yield years told as the next one, or as that of an aim, and are not."""
    for passage, place in report.places(said("next_year_told")) if report.year else ():
        group = "next" if place["next"] else "told"
        if int(place[group]) != report.year + 1:
            yield _told(found_in(passage, place.start(group), place[group]), report)
    for passage, place in report.places(said("aimed_year")) if report.year else ():
        if int(place["year"]) <= report.year and not report.once(is_follow_up):
            yield _told(found_in(passage, place.start("year"), place["year"]), report)
