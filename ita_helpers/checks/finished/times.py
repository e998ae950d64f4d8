"""Days, months and years that are not those of what they are told to be the time of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ita_helpers.checks.finished.reading import day_of, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.dates import format_date
from ita_helpers.language.period_words import parse_window
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.language.thai import BUDDHIST_ERA

BEFORE, BEHIND = 90, 40
"""Characters around a time in which stands what it is the time of."""
MAY = 5
FIRST_LINES = 40
"""Lines: the date of a document stands in one of the first, or in the last ones."""


def reversed_months(report: Report) -> Iterator[Found]:
    """Yield windows in months that end before they begin, outside the rows of a plan."""
    rows = {(each.spot.table, each.spot.row) for each in report.claims.plan}
    for passage, place in report.once(all_windows):
        if passage.row and (passage.spot.table, passage.spot.row) in rows:
            continue
        try:
            parse_window(written(place), report.year + 1)
        except ValueError as error:
            if str(error) == "reversed":
                yield found_in(passage, place.start(), place.group())


def written(place: re.Match[str]) -> str:
    """Return a window as windows are usually written."""
    return f"{place['first']} {place['year'] or ''} – {place['last']} {place['end']}"


def all_windows(report: Report) -> list[tuple[Passage, re.Match[str]]]:
    """Return the windows in months, each with its passage."""
    return list(report.places(said("months")))


def _near(text: str, place: re.Match[str]) -> str:
    return text[max(0, place.start() - BEFORE) : place.end() + BEHIND]


def _fiscal_years(words: str, planned: int) -> set[int]:
    try:
        window = parse_window(words, planned)
    except ValueError:
        return set()
    return {fiscal_year_of(window.start), fiscal_year_of(window.end)}


def windows_apart(report: Report) -> Iterator[Found]:
    """Yield windows in a table that is no plan of ours where the others are in the year after."""
    planned, listed = report.year + 1, dict[int, list[tuple[Passage, re.Match[str]]]]()
    known = {each.spot.table for each in report.claims.plan}
    for passage, place in report.once(all_windows) if report.year else ():
        if passage.row and passage.spot.table not in known and len(passage.text) < BEHIND:
            listed.setdefault(passage.spot.table, []).append((passage, place))
    for windows in listed.values():
        years = [_fiscal_years(written(place), planned) for _, place in windows]
        if not any(planned in each for each in years):
            continue
        for (passage, place), each in zip(windows, years, strict=True):
            if each and planned not in each:
                facts = {"planned": planned, "years": sorted(each), "measure": ""}
                facts["measure"] = " ".join(passage.row[0].text.split())[:20]
                yield found_in(passage, place.start(), place.group(), **facts)


def answered_in_another_year(report: Report) -> Iterator[Found]:
    """Yield windows in which answers were collected that are not in the year of the result."""
    for passage, place in report.once(all_windows) if report.year else ():
        before = passage.text[max(0, place.start() - BEFORE) : place.start()]
        window = _fiscal_years(written(place), report.year)
        others = {int(each) for each in re.findall(r"2[45]\d\d", before)} - {report.year}
        is_of_answers = said("of_answers").search(_near(passage.text, place))
        if is_of_answers and window and not others and report.year not in window:
            found = found_in(passage, place.start(), place.group(), year=report.year)
            yield found.told("answers")


def announced_in_another_year(report: Report) -> Iterator[Found]:
    """Yield the month of an announcement that is not in the year of the result."""
    for passage, place in report.places(said("month_announced")) if report.year else ():
        named = [int(each) for each in re.findall(r"2[45]\d\d", place["between"])]
        before = passage.text[max(0, place.start() - BEHIND) : place.start()]
        named += [int(each) for each in re.findall(r"2[45]\d\d", before)]
        on = int(place["year"])
        if on not in (named or [report.year]):
            facts = {"on": named[-1] if named else report.year}
            yield found_in(passage, place.start("year"), place["year"], **facts).told("day")


def dates_out_of_order(report: Report) -> Iterator[Found]:
    """Yield days on which something was decided before the result of the year was announced."""
    announced = _announced(report)
    for passage, place, day in _days(report, "day_after"):
        if announced and day < announced and fiscal_year_of(day) >= report.year:
            yield found_in(passage, place.start("date"), place["date"], day=format_date(announced))


def _announced(report: Report) -> date | None:
    days = [day for _, _, day in _days(report, "day_announced")]
    return min((day for day in days if fiscal_year_of(day) >= report.year), default=None)


def decided_too_early(report: Report) -> Iterator[Found]:
    """Yield days of an approval in the year of the result before answers were collected."""
    told = list(_days(report, "approved"))
    analysed = said("day_then_analysis")
    told += [e for e in report.once(all_days) if analysed.match(e[0].text, e[1].end())]
    for passage, place, day in told:
        is_near = report.year and report.year - 1 <= fiscal_year_of(day) <= report.year
        if is_near and day < _collected(report):
            found = found_in(passage, place.start("date"), place["date"], year=report.year)
            yield found.told("early")


def _collected(report: Report) -> date:
    """Return the day from which on a result of the year can be spoken of."""
    return date(report.year - BUDDHIST_ERA, MAY, 1)


def years_of_what_follows(report: Report) -> Iterator[Found]:
    """Yield years for which a report is evidence, or to which it leads, that are not the next."""
    planned = report.year + 1
    for key in ("carried_on", "evidence") if report.year else ():
        for passage, place in report.places(said(key), in_lines=True):
            if int(place["year"]) != planned:
                facts = {"year": report.year, "planned": planned}
                yield found_in(passage, place.start("year"), place["year"], **facts)


def another_report(report: Report) -> Iterator[Found]:
    """Yield years of which a report says itself that it is, and is not."""
    for passage, place in report.places(said("this_report")) if report.year else ():
        if int(place["year"]) != report.year:
            yield found_in(passage, place.start("year"), place["year"], year=report.year)


def later_letters(report: Report) -> Iterator[Found]:
    """Yield letters and meetings before a document that are dated after it."""
    own = _own_day(report)
    for key in ("day_of_letter", "day_of_last_meeting") if own else ():
        for passage, place, day in _days(report, key):
            if own and day > own:
                yield found_in(passage, place.start("date"), place["date"], day=format_date(own))


def _own_day(report: Report) -> date | None:
    """Return the day of a document: that of a line which consists of it, or nearly."""
    for passage in report.lines[:FIRST_LINES]:
        place = said("day").search(passage.text)
        if place and len(passage.text) < BEHIND and (day := day_of(place["date"])):
            return day
    return None


def _days(report: Report, key: str) -> Iterator[tuple[Passage, re.Match[str], date]]:
    for passage, place, day in report.once(all_days):
        if said(key).search(passage.text, max(0, place.start() - BEFORE), place.start("date")):
            yield passage, place, day


def all_days(report: Report) -> list[tuple[Passage, re.Match[str], date]]:
    """Return the days that a calendar has, each with its passage."""
    return [
        (passage, place, day)
        for passage, place in report.places(said("day"))
        if (day := day_of(place["date"]))
    ]


def planned_in_the_past(report: Report) -> Iterator[Found]:
    """Yield years of what is still to be done that are not after the result."""
    for passage, place in report.places(said("will"), in_lines=True) if report.year else ():
        year = int(place["year"])
        if year <= report.year and not said("will_past").search(place.group()):
            facts = {"year": report.year, "planned": report.year + 1}
            yield found_in(passage, place.start("year"), place["year"], **facts)
