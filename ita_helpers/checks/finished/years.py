"""Fiscal years and dates that cannot be, or are another year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ita_helpers.checks.finished.days_beside import (
    announced_beside,
    compared_with_later,
    days_of_week,
    lonely_years,
)
from ita_helpers.checks.finished.reading import any_of, day_of, figures, pattern, said, years_in
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.source_years import (
    eras_that_differ,
    quarters_out_of_order,
    spans_of_sources,
    years_of_aims,
    years_of_sources,
)
from ita_helpers.checks.finished.time_net import (
    announced_early,
    due_days,
    halves_out_of_order,
    meetings_of_another_year,
    own_days,
    parts_of_years,
    strange_years,
    windows_of_plans,
    years_beside,
    years_beside_windows,
    years_of_plans,
    years_of_title,
)
from ita_helpers.checks.finished.times import (
    announced_in_another_year,
    another_report,
    answered_in_another_year,
    dates_out_of_order,
    decided_too_early,
    later_letters,
    planned_in_the_past,
    reversed_months,
    years_of_what_follows,
)
from ita_helpers.checks.finished.year_roles import plans_of_other_years, results_of_other_years
from ita_helpers.checks.finished.years_beside import of_another_year
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.dates import BadDate, format_date, parse_date
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.language.points import format_score

FEWEST_LISTED = 2
"""Lines that each begin with another year and its score are a list of earlier results."""
FAR = 90
"""Characters from a year to its score."""
FIRST_LINES = 40
"""Lines: the date of a memo stands in one of the first."""


def _other_year(report: Report) -> Iterator[Found]:
    """Yield fiscal years of a result that are neither assessed, planned nor compared with."""
    if not report.year:
        return
    allowed = {report.year, report.year + 1, *_years_of_tables(report)}
    titled = {report.year, report.year + 1}
    for passage in report.passages:
        text = passage.text
        is_told = any_of("assessment_words").search(text)
        if passage.row or not is_told or any_of("other_year_words").search(text):
            continue
        is_title = bool(pattern("title").match(text))
        for place in _years_of_results(text):
            is_known = int(place["year"]) in (titled if is_title else allowed)
            is_aim = int(place["year"]) > report.year and _is_a_later_step(report, text)
            if not is_known and not is_aim and not _is_beside_own(report, place):
                yield found_in(passage, place.start("year"), place["year"], year=report.year)


def _is_beside_own(report: Report, place: re.Match[str]) -> bool:
    """Whether an earlier year, with a score behind it, is told after the report's own score."""
    text, start = place.string, place.start()
    own = report.scores.get((OVERALL, report.year))
    _, year, told = text[:start].rpartition(str(report.year))
    figure = pattern("figure")
    behind = figure.search(text, place.end(), place.end() + FAR)
    if int(place["year"]) > report.year or not behind:
        return False
    is_own = own is not None and format_score(own) in told
    return bool(year and figure.search(told)) or (is_own and Decimal(behind.group()) != own)


def _years_of_results(text: str) -> list[re.Match[str]]:
    """Return where a text names a fiscal year, or a year of a result without that word."""
    keys = ("fiscal_year", "result_year")
    found = [place for key in keys for place in pattern(key).finditer(text)]
    return list({place.start("year"): place for place in found}.values())


def _years_ahead(report: Report) -> Iterator[Found]:
    """Yield fiscal years after the next one, outside plans of several years and sources."""
    if not report.year:
        return
    for passage, place in report.find("fiscal_year"):
        text = passage.text
        is_source = any_of("long_plans").search(text) or pattern("source_year").search(text)
        is_other = is_source or _is_a_later_step(report, text)
        if int(place["year"]) > report.year + 1 and not is_other:
            facts = {"year": report.year, "planned": report.year + 1}
            yield found_in(passage, place.start("year"), place["year"], **facts)


def _is_a_later_step(report: Report, text: str) -> bool:
    """Whether words tell of aims for the next year and for later ones."""
    return report.year + 1 in years_in(text) and bool(said("aim_of_years").search(text))


def _years_of_tables(report: Report) -> set[int]:
    """Return the earlier years of which tables, or headings of charts, give figures."""
    told = {each.fiscal_year for each in report.claims.claims if each.is_of_table}
    for table in report.tables:
        heads = " ".join(squeezed(cell.text) for row in table.rows[:2] for cell in row)
        told |= set(years_in(heads))
    told |= {year for each in report.lines if len(each.text) < 12 for year in years_in(each.text)}
    listed = {int(place["year"]) for _, place in report.find("year_and_score", in_lines=True)}
    told |= listed if len(listed) >= FEWEST_LISTED else set()
    return {year for year in told if year < report.year}


def _figures_of_another_year(report: Report) -> Iterator[Found]:
    """Yield sentences that give a figure of the year to another year."""
    in_tables = {(e.code, e.fiscal_year) for e in report.own if e.is_of_table}
    for claim in report.own:
        year, points = claim.fiscal_year, claim.points
        if points is None or claim.is_of_table or year in (report.year, 0) or points == 100:
            continue
        own = report.scores.get((claim.code, report.year))
        others = [e for e in report.claimed(claim.code, year) if e.points != points]
        if sum(each.points == points for each in figures(claim.words)) > 1:
            continue
        if own == points and not others and (claim.code, year) not in in_tables:
            yield Found(claim.spot, str(year), claim.words, {"year": report.year})


def _plan_year(report: Report) -> Iterator[Found]:
    """Yield headings and sentences that put the plan into another year than the next."""
    if not report.year:
        return
    for passage, place in report.find("planned_year", in_lines=True):
        year = int(place["year"])
        if year not in (report.year, report.year + 1):
            facts = {"year": report.year, "planned": report.year + 1}
            yield found_in(passage, place.start("year"), place["year"], **facts)


def _later_source(report: Report) -> Iterator[Found]:
    """Yield manuals and rules of a year that the document is too early for."""
    day = report.once(_date_of)
    latest = fiscal_year_of(day) if day else report.year + 1
    if not report.year:
        return
    for passage, place in report.find("source_year"):
        if int(place["year"]) > latest or int(place["year"]) < min(report.all_rules) - 5:
            yield found_in(passage, place.start(), place.group(), latest=latest)


def _date_of(report: Report) -> date | None:
    for passage in report.lines[:FIRST_LINES]:
        found = pattern("date_line").match(passage.text)
        if found:
            try:
                return parse_date(found["date"], report.year)
            except BadDate:
                return None
    return None


def _too_early(report: Report) -> Iterator[Found]:
    """Yield the date of a memo before the year of the result has ended."""
    for passage in report.lines[:FIRST_LINES]:
        found = pattern("date_line").match(passage.text)
        day = report.once(_date_of)
        if found and day and report.year and fiscal_year_of(day) < report.year:
            yield found_in(passage, found.start("date"), found["date"], year=report.year)
            return


def _announced(report: Report) -> Iterator[Found]:
    """Yield years of results whose announcement is dated in another year."""
    for passage, place in report.find("announced_on"):
        year, on = int(place["year"]), int(place["on"])
        if report.year and year != on and year in (report.year - 1, report.year + 1):
            yield found_in(passage, place.start("year"), place["year"], on=on)


def _before_announcement(report: Report) -> Iterator[Found]:
    """Yield the date of a document that is before the day on which the result was announced."""
    days = [day_of(place["date"]) for _, place in report.find("announcement_day")]
    known = [each for each in days if each and fiscal_year_of(each) >= report.year]
    announced = min(known, default=None)
    for passage in report.lines if announced and report.year else ():
        found = pattern("date_alone").fullmatch(passage.text)
        day = day_of(found["date"]) if found else None
        if found and day and announced and day < announced:
            yield found_in(passage, found.start("date"), found["date"], day=format_date(announced))


def _no_date(report: Report) -> Iterator[Found]:
    """Yield dates that no calendar has."""
    for passage, place in report.find("date"):
        try:
            parse_date(place.group())
        except BadDate:
            yield found_in(passage, place.start(), place.group())


def _reversed(report: Report) -> Iterator[Found]:
    """Yield spans of dates or years that end before they begin, or are not so many years."""
    for passage, place in report.find("years_from_to"):
        first, last = int(place["first"]), int(place["last"])
        count = int(place["count"] or 0)
        if last < first:
            yield found_in(passage, place.start(), place.group())
        elif count and count != last - first + 1:
            right = last - first + 1
            yield found_in(passage, place.start(), place.group(), right=right).told("count")
    for passage, place in report.find("dates_from_to"):
        if _is_reversed(place["first"], place["last"]):
            yield found_in(passage, place.start(), place.group())


def _is_reversed(first: str, last: str) -> bool:
    try:
        return parse_date(last) < parse_date(first)
    except BadDate:
        return False


def _common_era(report: Report) -> Iterator[Found]:
    """Yield years C.E. behind the words for a year B.E."""
    for passage, place in report.find("common_era"):
        right = int(place["year"]) + 543
        yield found_in(passage, place.start(), place.group(), right=right)


def _title_year(report: Report) -> Iterator[Found]:
    """Yield captions of tables and charts that name a year the report is not about."""
    told = {report.year, report.year + 1, *_years_of_tables(report)}
    for passage in report.lines:
        found = pattern("caption").match(passage.text)
        years = years_in(passage.text) if found and report.year else ()
        for year in years if report.year not in years else ():
            if year not in told and not _is_history(passage):
                start = passage.text.find(str(year))
                yield found_in(passage, start, str(year), year=report.year)


def _is_history(passage: Passage) -> bool:
    return bool(any_of("other_year_words").search(passage.text))


RULES = (
    Rule(
        "ITA611",
        "error",
        all_of(
            _other_year,
            answered_in_another_year,
            another_report,
            years_of_title,
            results_of_other_years,
            compared_with_later,
            lonely_years,
        ),
    ),
    Rule("ITA612", "error", all_of(_figures_of_another_year, of_another_year)),
    Rule(
        "ITA613",
        "error",
        all_of(
            _plan_year,
            planned_in_the_past,
            years_of_what_follows,
            windows_of_plans,
            due_days,
            years_of_plans,
            years_beside_windows,
            years_beside,
            plans_of_other_years,
        ),
    ),
    Rule(
        "ITA614",
        "warning",
        all_of(_later_source, years_of_sources, spans_of_sources, years_of_aims),
    ),
    Rule("ITA615", "error", _too_early),
    Rule("ITA616", "error", all_of(_no_date, parts_of_years, strange_years, days_of_week)),
    Rule(
        "ITA617",
        "error",
        all_of(_reversed, reversed_months, halves_out_of_order, quarters_out_of_order),
    ),
    Rule("ITA618", "error", all_of(_common_era, eras_that_differ)),
    Rule("ITA619", "warning", _title_year),
    Rule("ITA620", "error", _years_ahead),
    Rule("ITA621", "error", all_of(_announced, announced_in_another_year, announced_beside)),
    Rule(
        "ITA622",
        "error",
        all_of(
            _before_announcement,
            dates_out_of_order,
            decided_too_early,
            own_days,
            announced_early,
            meetings_of_another_year,
        ),
    ),
    Rule("ITA623", "error", later_letters),
)
