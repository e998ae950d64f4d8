"""Years by what they are told to be the year of: this one, the last, an aim, a title, a plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.signs import sign
from ita_helpers.checks.finished.time_net import is_follow_up
from ita_helpers.documents.naming import OVERALL

FIRST = 3
"""Lines in which the title stands."""


def results_of_other_years(report: Report) -> Iterator[Found]:
    """Yield years told as this one, the last, or that of the result, that are not."""
    for passage, place in report.places(sign("year_by_role")) if report.year else ():
        year = int(place["year"])
        if year > report.year if place["last"] else year != report.year:
            yield found_in(passage, place.start("year"), place["year"], year=report.year)
    for passage, place in report.places(sign("year_of_report")) if report.year else ():
        if int(place["year"]) > report.year and not place["before"]:
            yield found_in(passage, place.start("year"), place["year"], year=report.year)
    own = report.points().get(OVERALL) if report.year else None
    for passage, place in report.places(sign("year_with_score")) if own else ():
        is_later = int(place["year"]) > report.year and not place["before"]
        if is_later and Decimal(place["points"]) in report.points().values():
            yield found_in(passage, place.start("year"), place["year"], year=report.year)
    yield from _title(report)


def _title(report: Report) -> Iterator[Found]:
    """Yield the year of a title that is the one before or after that of the result."""
    for passage in report.lines[:FIRST] if report.year else ():
        place = sign("year_of_title").fullmatch(passage.text)
        if not place or sign("no_title").search(passage.text) or report.once(is_follow_up):
            continue
        if abs(int(place["year"]) - report.year) == 1:
            yield found_in(passage, place.start("year"), place["year"], year=report.year)


def plans_of_other_years(report: Report) -> Iterator[Found]:
    """Yield years of aims, and of plans in headings, that are not after the result."""
    if not (report.year and report.tells_result) or report.once(is_follow_up):
        return
    facts = {"year": report.year, "planned": report.year + 1}
    for passage, place in report.places(sign("year_of_aim"), in_lines=True):
        if int(place["year"]) < report.year and not said("last_year").search(passage.text):
            yield found_in(passage, place.start("year"), place["year"], **facts)
    for passage in report.lines:
        heading = sign("plan_of_year").fullmatch(passage.text)
        if heading and int(heading["year"]) <= report.year:
            yield found_in(passage, heading.start("year"), heading["year"], **facts)
