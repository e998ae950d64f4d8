"""Years of captions and comparisons, held against those that tables have."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.times.time_cases import Case, Judged
from ita_helpers.checks.finished.times.times_read import place_of, time_words, years_written
from ita_helpers.documents.document import Table
from ita_helpers.language.number_words import number_of

FEW = 2
"""Years of which a table is a comparison."""
LONGEST_YEAR = 12
"""Characters: a longer line holds more than a year."""
LONGEST_HEAD = 70
"""Characters: a longer cell is no head of a column or row."""


def years_with_figures(report: Report) -> set[int]:
    """Return the earlier years of which tables, lines, or headings of charts give figures."""
    told = {each.fiscal_year for each in report.claims.claims if each.is_of_table}
    told |= {year for each in report.tables for year in _years_in_heads(each)}
    short = (each for each in report.lines if len(each.text) < LONGEST_YEAR)
    told |= {year for each in short for year in years_written(each.text)}
    listed = {int(place["year"]) for _, place in report.find("year_and_score", in_lines=True)}
    return told | (listed if len(listed) >= FEW else set())


def _years_in_heads(table: Table) -> set[int]:
    heads = (squeezed(cell.text) for row in table.rows[:2] for cell in row)
    return {year for text in heads for year in years_written(text)}


def captioned(case: Case) -> Judged | None:
    """Judge the years of a caption, and how many, by those in the heads of the table below."""
    time = case.time
    if time.kind not in ("year", "years") or case.place.kind != "caption":
        return None
    is_remark = case.before("in_remark") and case.behind("remark_goes_on")
    if is_remark or time.role in ("plan", "source", "law"):
        return None
    told, known = set(time.years), _years_of(case.place.below)
    if not known:
        known = {case.year, case.year + 1} | case.report.once(years_with_figures)
        is_named = time_words("caption").match(time.passage.text) and not case.around("past")
        is_named = is_named and case.year not in years_written(time.passage.text)
        return case.tell("ITA619") if is_named and told - known else None
    is_wrong = told - known or (time.is_span and told != {min(known), max(known)})
    return case.tell("ITA619", "columns", years=sorted(known)) if is_wrong else None


def _years_of(table: Table | None) -> set[int]:
    """Return the years of which a table has columns or rows, nothing where it is of one."""
    if not table or not table.rows:
        return set()
    heads = [squeezed(cell.text) for row in table.rows[:2] for cell in row]
    found = {e for text in heads if len(text) < LONGEST_HEAD for e in years_written(text)}
    if len(found) < FEW:
        first = [squeezed(row[0].text) for row in table.rows if row]
        found = {e for text in first if len(text) < LONGEST_HEAD for e in years_written(text)}
    return found if len(found) >= FEW else set()


def compared(case: Case) -> Judged | None:
    """Judge years that a result is compared with by those of the tables."""
    time = case.time
    known = case.report.once(_years_of_tables)
    is_listed = time.role == "result" and not time.is_span and case.year in time.years
    if time.kind != "years" or not (case.before("compared") or is_listed):
        return None
    if case.year not in known:
        return None
    if set(time.years) <= known or time.passage.row:
        return None
    return case.tell("ITA611", "compared", years=sorted(known))


def _years_of_tables(report: Report) -> set[int]:
    return {year for each in report.tables for year in _years_of(each)}


def captions(report: Report) -> Iterator[Found]:
    """Yield captions that count other years than the table below has."""
    for passage in report.that_may_hold(time_words("years_back"), in_lines=True):
        place = place_of(report, passage)
        told = time_words("years_back").search(passage.text)
        known = _years_of(place.below) if place.kind == "caption" else set()
        if told and known and number_of(told["count"]) not in (len(known), len(known) - 1):
            found = found_at(passage, told, "count", years=sorted(known))
            yield found.told("number")
