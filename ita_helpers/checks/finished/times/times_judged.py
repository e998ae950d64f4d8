"""Whether a time can be that of what it is told to be the time of: the one judge of times.

A result is of the report's year, known in its second half at the earliest; what follows from it is
planned for the year after. A time that is not surely of one of these is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found
from ita_helpers.checks.finished.times import days_judged, years_judged
from ita_helpers.checks.finished.times.time_cases import Case, Judged
from ita_helpers.checks.finished.times.times_read import place_of, times_of

JUDGES = (*years_judged.JUDGES, *days_judged.JUDGES)


def judged(code: str) -> Callable[[Report], Iterator[Found]]:
    """Return what finds the times that are wrong by a rule."""

    def find(report: Report) -> Iterator[Found]:
        return (each.found for each in report.once(_all_judged) if each.code == code)

    return find


def _all_judged(report: Report) -> tuple[Judged, ...]:
    return tuple(_judge(report)) if report.year else ()


def _judge(report: Report) -> Iterator[Judged]:
    """Yield what is wrong with each time by the first judge that finds anything."""
    begun, own = _own_days(report)
    for passage, times in times_of(report):
        place = place_of(report, passage)
        for time in times:
            others = tuple(each for each in times if each is not time)
            case = Case(report, time, place, others, begun, own)
            judges = (years_judged.of_round,) if case.before("round_named") else JUDGES
            if wrong := next(filter(None, (judge(case) for judge in judges)), None):
                yield wrong


def _own_days(report: Report) -> tuple[date | None, date | None]:
    """Return the day of the document, or the first and last of its month, told in its title."""
    for passage, times in times_of(report):
        if place_of(report, passage).kind == "title":
            for time in times:
                is_day = time.kind in ("day", "month") and time.years
                if is_day and days_judged.is_own_line(time):
                    return time.first, time.last
    return None, None
