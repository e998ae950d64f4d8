"""Days of the week beside their date, and the day of an announcement beside its year."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import BadDate, parse_date


def days_of_week(report: Report) -> Iterator[Found]:
    """Yield days of the week that a date does not fall on."""
    names = label("said.days_of_week").split()
    for passage, place in report.places(said("day_of_week")):
        try:
            right = names[parse_date(place["date"]).weekday()]
        except BadDate:
            continue
        if not right.startswith(place["name"]):
            facts = {"right": right, "date": place["date"]}
            yield found_in(passage, place.start(), place.group(), **facts).told("weekday")


def compared_with_later(report: Report) -> Iterator[Found]:
    """Yield years after the result's from whose score it is said to have risen or fallen."""
    for passage, place in report.places(said("compared_with_year")) if report.year else ():
        if int(place["year"]) > report.year:
            yield found_in(passage, place.start("year"), place["year"], year=report.year)


def announced_beside(report: Report) -> Iterator[Found]:
    """Yield years of a day on which the result of another fiscal year was announced."""
    for key in ("day_then_result", "result_then_day"):
        for passage, place in report.places(said(key)):
            of, on = int(place["of"]), int(place["year"])
            if of != on and report.rules_of(of):
                found = found_in(passage, place.start("year"), place["year"], on=of)
                yield found.told("day")
