"""How many years running an office is told to have had a level or a place, twice and otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.speaking import names_another, spoken_with
from ita_helpers.checks.finished.times_read import time_words
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.number_words import number_of

REACH = 260
"""Characters before a number of years in which stands what the office has had."""


def wrong_streaks(report: Report) -> Iterator[Found]:
    """Yield numbers of years running of which the report has told another one for the same."""
    told: list[tuple[re.Match[str], int]] = []
    for spoken in spoken_with(report, time_words("years_running")):
        text, last = spoken.text, 0
        for place in time_words("years_running").finditer(text):
            had = list(time_words("had_for_years").finditer(text, last, place.start()))[-1:]
            last = place.end()
            is_far = not had or place.start() - had[0].end() > REACH
            is_former = time_words("former_streak").search(text, 0, place.start())
            is_other = is_former or names_another(spoken, place.start())
            if is_far or is_other or not _is_of_office(report, text[: had[0].start()]):
                continue
            number = number_of(place["count"] or place["order"] or place["order2"])
            same = [years for each, years in told if _is_same(each, had[0])]
            if same and number not in same:
                facts = {"right": same[0]}
                yield found_at(spoken.passage, place, **facts).told("streak")
            told.append((had[0], number))


def _is_of_office(report: Report, before: str) -> bool:
    """Whether what is told is the result of the office, and of none of its parts."""
    return report.subject_before(before, len(before)) in ("", OVERALL)


def _is_same(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether an office has had the same twice: a level, or a place among those of one group."""
    groups = {each["of"] for each in (one, other) if each["of"]}
    return (one["place"], one["level"]) == (other["place"], other["level"]) and len(groups) < 2
