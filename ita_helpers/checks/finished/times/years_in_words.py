"""Years beside changes told in words, and in titles that stand in two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from ita_helpers.checks.finished.passages.gaps import of_years
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, places
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.sentences import full_year

LATEST = 1
"""Years by which the title of a report that was copied is behind."""


def years_of_titles(report: Report) -> Iterator[Found]:
    """Yield the year alone in the line below the title of the report, if it is the one before."""
    for above, below in pairwise(report.lines):
        place = said("year_of_title").fullmatch(below.text)
        if not place or not said("report_title").match(above.text):
            continue
        if full_year(place["year"]) == report.year - LATEST:
            yield found_at(below, place, "year", year=report.year)


def years_of_changes(report: Report) -> Iterator[Found]:
    """Yield the year from or in which a change is told, if it is that of two other years."""
    for spoken, place in places(report, "year_changed_from"):
        new, old = int(place["new"]), int(place["old"])
        if names_another(spoken, place.start()):
            continue
        if new == old:
            yield found_at(spoken.passage, place, "old", right=new - 1).told("same")
        elif place["by"] and (wrong := _wrong_of(report, spoken, place)):
            key, right = wrong
            yield found_at(spoken.passage, place, key, right=right).told("same")


def _wrong_of(report: Report, spoken: Spoken, place: re.Match[str]) -> tuple[str, int] | None:
    """Return which of two years is wrong and the right one, if just one other fits the change."""
    named = spoken.last_named(place.start())
    code = named.code if named else spoken.passage.under or OVERALL
    new, old, by = int(place["new"]), int(place["old"]), Decimal(place["by"])
    years = sorted({year for of, year in report.scores if of == code and year <= report.year})
    fits = [
        (last, first)
        for first, last in combinations(years, 2)
        if any(abs(abs(gap.by) - by) <= CLOSE for gap in of_years(report, code, last, first))
    ]
    if len(fits) != 1 or (new, old) in fits or new not in years:
        return None
    last, first = fits[0]
    if last == new:
        return "old", first
    return ("new", last) if first == old else None
