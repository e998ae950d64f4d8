"""Years beside changes told in words, and in titles that stand in two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from ita_helpers.checks.finished.passages.gaps import of_years
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, places
from ita_helpers.checks.finished.passages.standing import may_be
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


def years_since_changes(report: Report) -> Iterator[Found]:
    """Yield the year since which the result changed, if what is told of it is another year's."""
    for key in ("year_changed_since", "year_changed_by"):
        for spoken, place in places(report, key) if report.rules else ():
            if spoken.passage.row or names_another(spoken, place.start()):
                continue
            if right := _year_meant(report, spoken, place):
                yield found_at(spoken.passage, place, "old", right=right).told("same")


def _year_meant(report: Report, spoken: Spoken, place: re.Match[str]) -> int:
    """Return the one other year of which score and change are, 0 if they may be of the told one."""
    old, told = int(place["old"]), place.groupdict()
    if old >= report.year:
        return 0
    named = spoken.last_named(place.start())
    codes = {named.code if named else spoken.passage.under or OVERALL, OVERALL}
    fits: set[int] = set()
    for code in codes:
        now = _told_of(report, spoken, code, report.year, old)
        for year in sorted({year for _, year in report.scores if year < report.year}):
            points = _told_of(report, spoken, code, year, old)
            is_score = told.get("score") and Decimal(told["score"]) in points
            is_change = told.get("by") and any(
                abs(abs(one - other) - Decimal(told["by"])) <= CLOSE
                for one in now
                for other in points
            )
            fits |= {year} if is_score or is_change else set()
    return fits.pop() if len(fits) == 1 and old not in fits else 0


def _told_of(report: Report, spoken: Spoken, code: str, year: int, old: int) -> set[Decimal]:
    """Return the points of a code in a year, but not what a sentence tells of the year it names."""
    told = {
        each.points
        for each in report.claimed(code, year)
        if each.points is not None and (year != old or each.spot != spoken.passage.spot)
    }
    return told or ({*may_be(report, code, year)} if year != old else set())
