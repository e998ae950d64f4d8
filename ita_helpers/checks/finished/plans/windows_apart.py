"""Windows and months in a table of which the others lie in another fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, around, found_in
from ita_helpers.checks.finished.times.times_read import Time, times_of
from ita_helpers.language.period_words import fiscal_years_in
from ita_helpers.language.periods import fiscal_year_of

LONG, MEASURE = 40, 20
"""Characters: a longer cell holds no window alone; letters of a measure that name it."""
FEWEST = 2
"""Windows in one year beside which another is a slip."""


def windows_apart(report: Report) -> Iterator[Found]:
    """Yield windows and months in a table that lie apart from the others.

    They begin before the year in which most lie, which is the year after the result, or of what was
    done its own; or others lie in the year after. Periods of a plan that are read as such are
    judged as such.
    """
    planned = report.year + 1
    rows = [(e.spot, fiscal_years_in(e.period, planned)) for e in report.claims.plan]
    known = {(spot.table, spot.row) for spot, years in rows if years}
    plans = {spot.table for spot, _ in rows}
    for table, times in _listed(report).items() if report.year else ():
        windows = [_years(each) for each in times if each.kind == "window"]
        usual = _usual(report.year, windows)
        is_planned = table not in plans and any(planned in each for each in windows)
        for time in times:
            years = _years(time)
            is_apart = is_planned and planned not in years and time.kind == "window"
            is_apart |= bool(usual) and min(years) < usual
            if is_apart and (table, time.passage.spot.row) not in known:
                measure = around(squeezed(time.passage.row[0].text), 0, MEASURE)
                facts = {"planned": usual or planned, "years": sorted(years), "measure": measure}
                yield found_in(time.passage, time.start, time.text, **facts)


def _listed(report: Report) -> dict[int, list[Time]]:
    """Return the windows and months that stand alone in cells, by table."""
    listed: dict[int, list[Time]] = {}
    for passage, times in times_of(report):
        if passage.row and len(passage.text) < LONG and len(times) == 1:
            (time,) = times
            if time.first and time.years and time.kind in ("window", "month"):
                listed.setdefault(passage.spot.table, []).append(time)
    return listed


def _years(time: Time) -> set[int]:
    return {fiscal_year_of(day) for day in (time.first, time.last) if day}


def _usual(year: int, years: list[set[int]]) -> int:
    """Return the year of the result or the next in which most windows lie, 0 if neither."""
    for usual in (year + 1, year):
        count = years.count({usual})
        if count >= FEWEST and 2 * count > len(years):
            return usual
    return 0
