"""Years that cannot be those of what is planned, in words or in the heads of a plan's columns."""

from __future__ import annotations

from ita_helpers.checks.finished.times.time_cases import OCTOBER, Case, Judged, month
from ita_helpers.checks.finished.times.times_read import is_follow_up, time_words
from ita_helpers.language.period_words import fiscal_years_in

FEW = 2
"""Windows that show of which year a plan is."""


def planned(case: Case) -> Judged | None:
    """Judge the year of what is planned, or for which a report is evidence."""
    time = case.time
    year = time.years[0] if time.kind == "year" else 0
    if not year or year == case.year + 1:
        return None
    if year == case.year + 2 and case.before("next_round"):
        return None
    is_own = year == case.year and case.place.kind == "caption"
    is_done = is_own and case.report.once(is_follow_up)
    is_ready = time.role == "evidence" and not case.near("prepares")
    if is_done or (case.plans_nothing and not is_ready):
        return None
    return _plan_of_table(case) if time.passage.row else _plan_in_words(case, year)


def _is_over_later_windows(case: Case) -> bool:
    """Whether a heading stands over a plan of which most windows lie in the year after."""
    table = case.place.below.spot.table if case.place.below else 0
    periods = [e.period for e in case.report.claims.plan if table and e.spot.table == table]
    later = sum(case.year + 1 in fiscal_years_in(each, case.year + 1) for each in periods)
    return later >= FEW and 2 * later > len(periods)


def _is_end_to_come(case: Case, year: int) -> bool:
    """Whether a report that tells of days behind the end of a year means it to come."""
    days = (e.last for e in case.others if e.kind in ("day", "month") and e.end <= case.time.start)
    is_later = any(day and day >= month(year, OCTOBER) for day in days)
    return is_later and case.before("at_the_end")


def _plan_in_words(case: Case, year: int) -> Judged | None:
    """Judge the year of what a sentence says is planned."""
    time = case.time
    is_told = case.before("will_before") or _is_end_to_come(case, year)
    if year <= case.year and (is_told or (case.before("ready_for") and case.behind("onwards"))):
        return case.tell("ITA613")
    if year <= case.year and time.role == "plan" and _is_over_later_windows(case):
        return case.tell("ITA613")
    if not time.role and year <= case.year and case.place.kind == "plan":
        is_first = time_words("begins_line").fullmatch(time.passage.text, 0, time.start)
        return case.tell("ITA613") if is_first and case.behind("yet_to_do") else None
    if year <= case.year and case.before("begins_clause") and case.behind("will_behind"):
        return case.tell("ITA613")
    if case.before("begins_clause") and _goes_on(case, "has_done"):
        return None
    if case.before("led_from"):
        return None if year in (case.year - 1, case.year) else case.tell("ITA613")
    if time.role not in ("plan", "evidence", "due") or not case.before("planned"):
        return None
    if time.role == "plan" and time_words("result_of").search(time.passage.text, 0, time.at):
        return None
    if year > case.year + 1 and not case.before("planned_surely"):
        return None
    ahead = (time.passage.text, 0, time.start)
    is_title = year == case.year and case.place.kind in ("title", "caption")
    if is_title and time_words("title_of_use").fullmatch(*ahead):
        return None
    if year < case.year and time_words("measures_of_past").fullmatch(*ahead):
        return None
    if year <= case.year and _goes_on(case, "has_helped"):
        return None
    is_other = any(case.near(each) for each in ("not_planned", "of_what_is_done"))
    is_other = time.role != "evidence" and (is_other or case.before("law"))
    if is_other or case.near("past") or _goes_on(case, "done") or case.behind("scored"):
        return None
    if time.role != "evidence" and year <= case.year and case.near("no_plan"):
        return None
    is_last = case.around("of_last_plan") and not case.before("led_to")
    is_last = is_last or (case.before("yearly") and not case.before("yearly_plan"))
    if year == case.year and (is_last or _follows_last(case)):
        return None
    return case.tell("ITA613")


def _goes_on(case: Case, key: str) -> bool:
    """Whether the words behind a year, or behind its window, begin with a pattern."""
    text, end = case.time.passage.text, case.time.end
    own = next((each for each in case.others if each.start >= end), None)
    if own and own.kind == "window" and time_words("spans").fullmatch(text, end, own.start):
        end = own.end + text.startswith(")", own.end)
    return bool(time_words(key).match(text, end)) or case.behind(key)


def _follows_last(case: Case) -> bool:
    """Whether the result of the year before is named before the year of a plan."""
    earlier = [each for each in case.others if each.end <= case.time.start]
    before = [each.years[0] for each in earlier if each.kind == "year"]
    return before[-1:] == [case.year - 1]


def _plan_of_table(case: Case) -> Judged | None:
    """Judge the year in the head of a column of a plan."""
    time = case.time
    rows = {each.spot.table for each in case.report.claims.plan}
    spot = time.passage.spot
    if spot.row != 1 or not case.before("head_of_plan"):
        return None
    if case.around("past"):
        return case.tell("ITA613") if time.years[0] < case.year - 1 else None
    if spot.table in rows and not case.around("of_last_plan"):
        return case.tell("ITA613")
    return None if time.years[0] == case.year else case.tell("ITA613")
