"""Years that are compared with themselves, and days told as past that are yet to come."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.times.times_read import time_words, times_of
from ita_helpers.language.dates import format_date


def compared_with_themselves(report: Report) -> Iterator[Found]:
    """Yield years with which a result of the same year is compared."""
    for passage, place in report.places(time_words("with_itself")):
        yield found_at(passage, place, "year").told("itself")


def later_than_today(report: Report) -> Iterator[Found]:
    """Yield days on which something was, behind the one day that a text calls today."""
    told = [(passage, time) for passage, times in times_of(report) for time in times]
    days = [(passage, time) for passage, time in told if time.kind == "day" and time.years]
    now = {time.first for _, time in days if time_words("today").search(time.before)} - {None}
    today = now.pop() if len(now) == 1 else None
    for passage, time in days if today else ():
        is_past = time_words("on_the_day").search(time.before)
        if is_past and today and time.first and time.first > today:
            facts = {"day": format_date(today)}
            yield found_in(passage, time.start, time.text, **facts).told("later")
