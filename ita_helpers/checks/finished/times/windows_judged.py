"""Windows that cannot be those of what is planned, of when answers were collected, of a year."""

from __future__ import annotations

from datetime import timedelta

from ita_helpers.checks.finished.rule import around, found_in
from ita_helpers.checks.finished.times.time_cases import OCTOBER, Case, Judged, month
from ita_helpers.checks.finished.times.times_read import Time, time_words
from ita_helpers.language.periods import fiscal_year_of

JULY, SEPTEMBER = 7, 9
NEAR = 60
"""Characters between a year that nothing is told to be of and a window in it."""
PLANNED, PAST = ("plan", "evidence", "due", ""), ("answers", "done", "past", "compared", "asof")
"""What times of the entries of a plan are of."""
MEASURE = 20
"""Letters of a measure that name it."""
YEAR_LONG = timedelta(days=366)
"""At most; a window in which answers were collected is no longer."""


def beside_window(case: Case) -> Judged | None:
    """Judge the fiscal year right before a window that lies in another one, or is of several."""
    time, year = case.time, case.former
    if time.kind != "window" or not year or year.kind != "year" or not (time.first and time.last):
        return None
    text = time.passage.text
    is_beside = time_words("then_window").fullmatch(text, year.end, time.start)
    is_beside = is_beside and time_words("fiscal").search(year.before)
    is_of_measures = time_words("measures_of").search(text, 0, year.start)
    is_of_measures = is_of_measures and time_words("spans").fullmatch(text, year.end, time.start)
    known = {fiscal_year_of(time.first), fiscal_year_of(time.last)}
    if not is_beside and not is_of_measures:
        return None
    if year.years[0] in known:
        return case.tell("ITA613", "window") if _is_of_whole_years(time) else None
    found = found_in(year.passage, year.start, year.text, **case.facts)
    return Judged("ITA613", found.told("window"))


def _is_of_whole_years(time: Time) -> bool:
    """Whether a window is of several fiscal years from the beginning to the end."""
    first, last = time.first, time.last
    if not (first and last) or last - first <= YEAR_LONG:
        return False
    return first.month == OCTOBER and last.month == SEPTEMBER


def window(case: Case) -> Judged | None:
    """Judge a window in which something is to be done, or answers were collected."""
    time = case.time
    if time.kind != "window" or not (time.first and time.last):
        return None
    if time.last < time.first:
        return None if _is_of_plan(case) else case.tell("ITA617")
    if time.passage.row:
        return None
    years = {fiscal_year_of(time.first), fiscal_year_of(time.last)}
    if case.wide("answers") and time.last - time.first > YEAR_LONG:
        return case.tell("ITA611", "answers")
    if case.wide("answers"):
        told = [each.years[0] for each in case.others if each.kind == "year"]
        if len(told) == 1 and told[0] not in years and case.year in years and case.former:
            found = found_in(time.passage, case.former.start, case.former.text, **case.facts)
            return Judged("ITA611", found)
        is_wrong = case.year not in years and set(told) <= {case.year}
        return case.tell("ITA611", "answers") if is_wrong else None
    is_told = time.role in ("plan", "due") or case.place.kind == "plan"
    is_other = time.role in PAST or (time.role in PLANNED and case.near("not_planned"))
    is_other = is_other or case.before("all_done") or case.plans_nothing
    is_other = is_other or _is_in_its_year(case) or _is_of_what_was_done(case)
    is_out = time.first < month(case.year, JULY) or time.last >= month(case.year + 1, OCTOBER)
    if not is_told or is_other or not is_out or case.around("long"):
        return None
    if case.place.kind == "plan" and time_words("entry").match(time.passage.text):
        measure = around(time.passage.text, 0, MEASURE)
        return case.tell("ITA701", years=sorted(years - {case.year + 1}), measure=measure)
    return case.tell("ITA613", "window")


def _is_in_its_year(case: Case) -> bool:
    """Whether a window is only the time, or part of it, of the year told before as past.

    The year of a result is so alone if nothing else stands between; what is done about it is of
    another one.
    """
    time, text = case.time, case.time.passage.text
    before = (e for e in reversed(case.others) if e.kind == "year" and e.end <= time.start)
    year = next(before, None)
    if not year or year.years[0] > case.year:
        return False
    if {fiscal_year_of(day) for day in (time.first, time.last) if day} != {year.years[0]}:
        return False
    if time_words("spans").fullmatch(text, year.end, time.start) and year.role != "evidence":
        return True
    is_far = not year.role and time.start - year.end > NEAR
    if is_far or year.role in ("result", "announced", "evidence", "due"):
        return False
    return not time_words("turns_to_plan").search(text, year.end, time.start)


def _is_of_what_was_done(case: Case) -> bool:
    """Whether words behind a window that is over, or before it, tell that all was done in it."""
    time = case.time
    if not time.last or time.last >= month(case.year, OCTOBER):
        return False
    is_done = time_words("done_in_it").match(time.passage.text, time.end)
    return bool(is_done) or case.wide("had_effect") or case.wide("of_what_is_done")


def _is_of_plan(case: Case) -> bool:
    """Whether a time stands in a row of a plan, whose periods are judged as such."""
    spot = case.time.passage.spot
    rows = {(each.spot.table, each.spot.row) for each in case.report.claims.plan}
    return bool(case.time.passage.row) and (spot.table, spot.row) in rows
