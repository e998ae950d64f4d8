"""How many years running an office is told to have had a level or a place, twice and otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.passages.speaking import names_another, spoken_with
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.times.times_read import time_words
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.language.number_words import number_of

COUNTS = ("count", "order", "order2", "count2")
FAR = 40
"""Characters behind a number of years in which stands what they are of."""
REACH = 260
"""Characters before a number of years in which stands what the office has had."""


def wrong_streaks(report: Report) -> Iterator[Found]:
    """Yield numbers of years running of which the report has told another one for the same."""
    told: list[tuple[re.Match[str], int]] = []
    for spoken in spoken_with(report, time_words("years_running")):
        text, last = spoken.text, 0
        for place in time_words("years_running").finditer(text):
            had = list(time_words("had_for_years").finditer(text, last, place.start()))[-1:]
            had = had or _had_behind(text, place.end())
            last = place.end()
            is_far = not had or place.start() - had[0].end() > REACH or had[0].start() > FAR + last
            is_former = time_words("former_streak").search(text, 0, place.start())
            is_other = is_former or names_another(spoken, place.start())
            if is_far or is_other or not _is_of_office(report, had[0]):
                continue
            number = number_of(next(filter(None, map(place.group, COUNTS))))
            years = _years_running(report, had[0]["level"] or "")
            if years and number != years:
                yield found_at(spoken.passage, place, right=years).told("running")
                continue
            same = [years for each, years in told if _is_same(each, had[0])]
            if same and number not in same:
                facts = {"right": same[0]}
                yield found_at(spoken.passage, place, **facts).told("streak")
            told.append((had[0], number))


def _had_behind(text: str, start: int) -> list[re.Match[str]]:
    """Return what is told right behind years running as what the office has had for them."""
    opens = time_words("had_behind").match(text, start)
    had = time_words("had_for_years").search(text, start, start + FAR) if opens else None
    return [had] if had else []


def _years_running(report: Report, level: str) -> int:
    """Return for how many years the office has had a level, 0 where the report does not tell."""
    told: dict[int, set[str]] = {}
    for each in report.claims.claims:
        if each.code == OVERALL and each.of == OWN and each.level:
            told.setdefault(each.fiscal_year, set()).add(each.level)
    years = 0
    while level in told.get(report.year - years, ()):
        years += 1
    return years if years and told.get(report.year - years) else 0


def _is_of_office(report: Report, had: re.Match[str]) -> bool:
    """Whether what is told is the result of the office; no indicator is given a level."""
    subject = report.subject_before(had.string, had.start())
    return subject in ("", OVERALL) or bool(had["level"] and subject.isdigit())


def _is_same(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether an office has had the same twice: a level, or a place among those of one group."""
    groups = {each["of"] for each in (one, other) if each["of"]}
    return (one["place"], one["level"]) == (other["place"], other["level"]) and len(groups) < 2
