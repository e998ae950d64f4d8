"""Levels that are wished as higher ones and are not, or as those of before that never were."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.levels.level_bounds import names_of, possible_of
from ita_helpers.checks.finished.levels.level_names import pattern
from ita_helpers.checks.finished.levels.levelled import WISHES, Levelled, levelled
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.times.times_read import is_follow_up
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

BEFORE = 60
"""Characters before words for a rise in which it is told as one that is wished."""


def wishes_not_above(report: Report) -> Iterator[Found]:
    """Yield levels to which a result is to rise that are not above the one it has."""
    names, score = names_of(report.rules), report.scores.get((OVERALL, report.year))
    if not report.rules or score is None or report.once(is_follow_up):
        return
    has = report.once_of(possible_of, (report.year, score))
    for each in levelled(report) if len(has) == 1 else ():
        if each.level.name not in names or not _is_own_wish(report, each):
            continue
        text, level = each.spoken.text, each.level
        place = pattern("rises_to").search(text, 0, level.start)
        if not place or pattern("reached_behind").match(text, level.end):
            continue
        since = max(0, place.start() - BEFORE)
        if not pattern("rise_wished").search(text, since, place.end()):
            continue
        if pattern("others_rise").search(text, 0, place.start()):
            continue
        facts = {"score": format_score(score), "level": has[0]}
        found = found_in(each.spoken.passage, level.start, level.name, **facts)
        below = names.index(level.name) - names.index(has[0])
        if below == 0 or (below > 0 and not place["again"]):
            yield found.told("risen")
        elif below < 0 and place["again"] and level.name not in report.once(_before):
            yield found.told("again")


def _is_own_wish(report: Report, each: Levelled) -> bool:
    """Whether a level is surely wished for the whole result of the office, from this year on."""
    is_whole = each.code == OVERALL or bool(report.rules and report.rules.levels.judged)
    is_later = not each.years or min(each.years) >= report.year
    return each.how in WISHES and each.is_own and is_whole and is_later


def _before(report: Report) -> set[str]:
    """Return the levels that earlier years may have had, all where no year's is known."""
    years = {year for code, year in report.scores if code == OVERALL and year < report.year}
    names = names_of(report.rules)
    if not years or any(names_of(report.rules_of(year)) != names for year in years):
        return set(names)
    overall = ((year, report.scores[OVERALL, year]) for year in years)
    return {name for of in overall for name in report.once_of(possible_of, of)}
