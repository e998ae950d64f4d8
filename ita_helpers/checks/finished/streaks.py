"""How many years running an office is told to have had a level or a place, twice and otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.times_read import count_of, time_words

REACH = 260
"""Characters before a number of years in which stands what the office has had."""


def wrong_streaks(report: Report) -> Iterator[Found]:
    """Yield numbers of years running of which the report has told another one for the same."""
    told, known = dict[str, int](), time_words("had_for_years")
    for passage, place in report.places(time_words("years_running"), in_lines=True):
        before = passage.text[max(0, place.start() - REACH) : place.start()]
        had = [each["place"] or each["level"] for each in known.finditer(before)]
        if not had or time_words("former_streak").search(before):
            continue
        number = count_of(place["count"] or place["order"] or place["order2"])
        right = told.setdefault(had[-1], number)
        if right != number:
            yield found_in(passage, place.start(), place.group(), right=right).told("streak")
