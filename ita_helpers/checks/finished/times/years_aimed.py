"""Aims that are set for the year of the result, where they can only be those of the next one."""

from __future__ import annotations

from decimal import Decimal

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.times.time_cases import Case, Judged
from ita_helpers.checks.finished.times.times_read import time_words, times_of
from ita_helpers.documents.naming import OVERALL


def aimed_again(case: Case) -> Judged | None:
    """Judge the report's own year as that of an aim above its result.

    An aim that was set before is told as reached or missed somewhere in the report.
    """
    time = case.time
    if time.kind != "year" or time.years[0] != case.year or time.passage.row or case.plans_nothing:
        return None
    place = time_words("aim_of_year").search(time.before)
    if not place or case.says("aim_of_others") or is_met(case):
        return None
    if not place["now"] and (case.says("aim_of_before") or _is_any_missed(case)):
        return None
    behind = (each for each in case.others if each.start > time.end)
    is_other = case.year + 1 in {year for each in behind for year in each.years}
    if is_other or case.report.once(_aims_at_next) or not _is_above(case):
        return None
    return case.tell("ITA613")


def is_met(case: Case) -> bool:
    """Whether an aim of a year is told, behind the year, as one that was reached or missed."""
    time = case.time
    return bool(time_words("aim_met").search(time.passage.text, time.end))


def _is_any_missed(case: Case) -> bool:
    """Whether a report tells that its result is below an aim, which may be this one.

    The aim that the rules set for all is another one, if this is of other points.
    """
    aim = time_words("aim_told").match(case.time.behind)
    told = (each.text for each in case.report.that_hold(time_words("below_aim")))
    points = Decimal(aim["points"]) if aim and aim["points"] else None
    target = case.report.rules.target.overall if case.report.rules else None
    is_of_all = points != target and target is not None
    return any(not (is_of_all and str(target) in each) for each in told)


def _aims_at_next(report: Report) -> bool:
    """Whether an aim is told for the next year, so that the report's own may be one set before."""
    return any(
        report.year + 1 in time.years and time_words("aim_of_year").search(time.before)
        for _, times in times_of(report)
        for time in times
        if time.kind == "year"
    )


def _is_above(case: Case) -> bool:
    """Whether what is aimed at is above what the report has got."""
    aim = time_words("aim_told").match(case.time.behind)
    if not aim:
        return False
    own = case.report.scores.get((OVERALL, case.year))
    if aim["points"]:
        return own is not None and Decimal(aim["points"]) > own
    names = [each.name for each in case.report.rules.levels.list] if case.report.rules else []
    told = (e for e in case.report.claims.claims if e.spot != case.time.passage.spot)
    got = {each.level for each in told if each.fiscal_year == case.year} & {*names}
    return bool(got) and aim["level"] in names[: min(map(names.index, got))]
