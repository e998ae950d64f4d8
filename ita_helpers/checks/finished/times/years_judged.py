"""Years that cannot be those of what they are told to be the year of: a result, a plan, a table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ita_helpers.checks.finished.reading import any_of, pattern, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.times.time_cases import Case, Judged
from ita_helpers.checks.finished.times.times_read import (
    is_follow_up,
    time_words,
    times_of,
)
from ita_helpers.checks.finished.times.windows_judged import beside_window
from ita_helpers.checks.finished.times.years_ahead import ahead
from ita_helpers.checks.finished.times.years_aimed import aimed_again, is_met
from ita_helpers.checks.finished.times.years_of_tables import (
    captioned,
    compared,
    years_with_figures,
)
from ita_helpers.checks.finished.times.years_planned import planned
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score
from ita_helpers.language.thai import BUDDHIST_ERA

AHEAD = ("plan", "evidence", "due")
"""What years to come are of."""
FAR = 90
"""Characters from a year to its score."""


def _misdated(case: Case) -> Judged | None:
    """Judge the year of a heading over figures that are those of the report's year."""
    is_left = case.time.kind == "year" and case.time.passage.spot in case.report.claims.misdated
    return case.tell("ITA611", "heading") if is_left else None


def _of_two_eras(case: Case) -> Judged | None:
    """Judge a year of the common era right behind another year."""
    time, year = case.time, case.former
    if time.kind != "year" or not time.text.startswith("20") or not year or year.kind != "year":
        return None
    is_same = time_words("in_era").fullmatch(time.passage.text, year.end, time.start)
    if not is_same or time.years == year.years:
        return None
    return case.tell("ITA618", "common", right=year.years[0] - BUDDHIST_ERA)


def of_round(case: Case) -> Judged | None:
    """Judge the year in the name of a round beside that of the result it is told of."""
    time = case.time
    if time.kind != "year" or case.around("past"):
        return None
    beside = {year for each in case.others for year in each.years}
    rounds = case.report.once(_rounds)
    is_other = time.years[0] not in (case.year, *beside)
    is_known = case.year in beside or case.year in rounds
    right = case.year - BUDDHIST_ERA
    return case.tell("ITA618", "round", right=right) if is_other and is_known else None


def _rounds(report: Report) -> set[int]:
    """Return the years (B.E.) in the names of rounds."""
    return {
        time.years[0]
        for _, times in times_of(report)
        for time in times
        if time.kind == "year" and time_words("round_named").search(time.before)
    }


def _in_order(case: Case) -> Judged | None:
    """Judge a later year that is told before, and a span that ends before it begins."""
    time = case.time
    is_backward = time.kind == "years" and time.years[-1] < time.years[0]
    is_apart = time.kind == "years" and not case.before("difference_of")
    if is_apart and time.is_span and is_backward:
        return case.tell("ITA617")
    if is_apart and time.years[-1] == time.years[-2]:
        return case.tell("ITA617", "same")
    known = [e.years[-1] for e in case.others if e.end <= time.start and e.years]
    is_later = time.kind == "year" and known and case.before("then")
    return case.tell("ITA617", "order") if is_later and time.years[0] < known[-1] else None


def _result(case: Case) -> Judged | None:
    """Judge the year of a result that is the report's own."""
    time = case.time
    if time.kind != "year" or time.passage.row or case.report.once(is_follow_up):
        return None
    year = time.years[0]
    is_title = case.place.kind in ("title", "last") and time.role in ("result", "")
    if is_title and time_words("year_alone").fullmatch(time.passage.text):
        return None if year in (case.year, case.year + 1) else case.tell("ITA611")
    is_title = is_title and bool(time_words("title").search(time.passage.text, 0, time.start))
    is_title = is_title and not case.says("no_title") and not _is_over_its_scores(case)
    is_title = is_title and not (case.before("from_year") and case.behind("to_another"))
    is_told = case.before("own_result") or case.behind("own_behind")
    is_told = is_told and time.role in ("result", "announced", "act") and not _is_of_past(case)
    is_told = is_told or case.before("made_from")
    if not (is_title or is_told) or year == case.year or case.behind("scored"):
        return None
    if _is_told_of_former(case):
        return None
    if time_words("year_in_which").search(time.passage.text, 0, time.start):
        return None
    if not is_told and case.place.kind == "last" and year > case.year:
        return None
    is_evidence = case.before("evidence_for") or time.role == "act"
    is_to_come = any(case.before(e) for e in ("wished_before", "raised_before", "told_next"))
    is_to_come = is_to_come or case.near("to_come")
    if year == case.year + 1 and (is_to_come or is_evidence):
        return None
    named = {
        year
        for each in case.others
        if each.role not in AHEAD and each.kind in ("year", "years")
        for year in each.years
    }
    return None if not is_title and case.year in named else case.tell("ITA611")


def _is_of_past(case: Case) -> bool:
    """Whether words around say that a result is an earlier one, and do not compare it with one."""
    behind = time_words("than_before").sub("", case.time.behind)
    return case.led_by("past") or bool(time_words("past").search(behind))


def _is_told_of_former(case: Case) -> bool:
    """Whether an earlier year than the report's is told before, of which a result may be told."""
    return bool(case.former and case.former.years and case.former.years[-1] < case.year)


def _is_over_its_scores(case: Case) -> bool:
    """Whether a heading stands over a table of scores of its year, of which the report has its own.

    One that was left over the report's scores is judged before (``_misdated``).
    """
    scores = case.report.scores
    told = {code for code, year in scores if year == case.time.years[0]}
    return case.place.below is not None and any((code, case.year) in scores for code in told)


def _unknown(case: Case) -> Judged | None:
    """Judge the year of a result that is not compared and of which no figures are given."""
    time = case.time
    year = time.years[0] if time.kind == "year" else 0
    if not year or year >= case.year or time.passage.row or not case.before("fiscal"):
        return None
    text = time.passage.text
    if not case.says("assessed") or any_of("other_year_words").search(text):
        return None
    if _is_told_of_former(case) and case.former and case.former.years[-1] == year + 1:
        return None
    if said("level_names_told").search(text):
        return None
    if time.role not in ("result", "announced", "") or case.near("past") or _is_beside_own(case):
        return None
    return None if year in case.report.once(years_with_figures) else case.tell("ITA611")


def _named(case: Case) -> Judged | None:
    """Judge the year right behind the assessment's own name, where no other is told beside it."""
    time = case.time
    if time.kind != "year" or time.passage.row or not case.before("named_for"):
        return None
    year = time.years[0]
    beside = {other for each in case.others if each.kind != "day" for other in each.years}
    is_evidence = year == case.year + 1 and case.before("evidence_for")
    if year == case.year or is_evidence or beside - {year} or case.around("other_round"):
        return None
    is_history = case.behind("result_behind") and not _is_of_now(case)
    return None if is_history or year in case.report.once(_years_known) else case.tell("ITA611")


def _is_of_now(case: Case) -> bool:
    """Whether the score told for another year is that of the report's own, or the only one."""
    scores, year = case.report.scores, case.time.years[0]
    own, told = (scores.get((OVERALL, each)) for each in (case.year, year))
    behind = pattern("figure").search(case.time.behind)
    return (told is not None and own in (None, told)) or bool(
        behind and own == Decimal(behind.group())
    )


def _years_known(report: Report) -> set[int]:
    """Return the years with figures of their own: none of the report's, and not the only ones."""
    own = report.scores.get((OVERALL, report.year))
    scored = {year for code, year in report.scores if code != OVERALL}
    told = {year: each for (code, year), each in report.scores.items() if code == OVERALL}
    scored |= {year for year, points in told.items() if own is not None and points != own}
    return (report.once(years_with_figures) | scored) - {report.year}


def _is_beside_own(case: Case) -> bool:
    """Whether an earlier year with a score behind it is told after the report's own score."""
    text, start = case.time.passage.text, case.time.start
    own = case.report.scores.get((OVERALL, case.year))
    _, year, told = text[:start].rpartition(str(case.year))
    figure = pattern("figure")
    behind = figure.search(text, case.time.end, case.time.end + FAR)
    if not behind:
        return False
    is_own = own is not None and format_score(own) in told
    return bool(year and figure.search(told)) or (is_own and Decimal(behind.group()) != own)


def _by_role(case: Case) -> Judged | None:
    """Judge a year told as this one, the last or the next one, or as that of an aim."""
    time = case.time
    if time.kind != "year" or case.plans_nothing:
        return None
    year, told = time.years[0], time_words("told_as").search(time.before)
    if told and told["last"] and year > case.year:
        return case.tell("ITA611")
    if told and told["this"] and year != case.year:
        return case.tell("ITA611")
    is_next = (told and told["next"]) or case.behind("is_next")
    if is_next and year not in (case.year + 1, case.year + 2):
        return case.tell("ITA613")
    if told and told["aim"] and year <= case.year and not is_met(case):
        return case.tell("ITA613")
    is_goal = told and told["goal"] and case.behind("to_reach")
    return case.tell("ITA613") if is_goal and year < case.year else None


def _counted(case: Case) -> Judged | None:
    """Judge how many years a span is told to be of."""
    time = case.time
    place = time_words("so_many_years").search(time.before) if time.is_span else None
    if not place:
        return None
    first, last = time.years[0], time.years[-1]
    count = number_of(place["count"])
    if first < last and count != last - first + 1:
        return case.tell("ITA617", "count", right=last - first + 1)
    return None


def _source(case: Case) -> Judged | None:
    """Judge the year of the manual by which a result was found."""
    time = case.time
    if time.kind != "year" or time.role != "source" or case.around("past"):
        return None
    named = {year for each in case.others for year in each.years}
    if time.years[0] in (case.year, case.year + 1) or case.year in named:
        return None
    return case.tell("ITA614", "manual", years=[case.year, case.year + 1])


JUDGES: tuple[Callable[[Case], Judged | None], ...] = (
    _misdated,
    beside_window,
    _of_two_eras,
    _in_order,
    _by_role,
    aimed_again,
    planned,
    _result,
    captioned,
    compared,
    _counted,
    _source,
    ahead,
    _unknown,
    _named,
)
"""The judges of years, of which the first that finds something wrong counts."""
