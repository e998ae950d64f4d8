"""What levels ask for, how far the scores are from it, and what is said of passing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.levels.band_ladders import (
    broken_ladders,
    levels_listed_twice,
    limits_with_swaps,
)
from ita_helpers.checks.finished.levels.level_bounds import names_of, possible_of
from ita_helpers.checks.finished.levels.level_limits import (
    wrong_bands,
    wrong_limits,
    wrong_numbers_of_levels,
    wrong_schemes,
    wrong_supposed,
)
from ita_helpers.checks.finished.levels.level_names import pattern, with_levels
from ita_helpers.checks.finished.levels.level_steps import wrong_steps
from ita_helpers.checks.finished.levels.levelled import Levelled, levelled
from ita_helpers.checks.finished.levels.levels import foreign_to_all
from ita_helpers.checks.finished.levels.levels_apart import (
    wrong_floors_named,
    wrong_levels_apart,
    wrong_lists,
)
from ita_helpers.checks.finished.levels.levels_wished import wishes_not_above
from ita_helpers.checks.finished.levels.table_levels import foreign_of_tables, levels_of_tables
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import CLOSE, said, years_in
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.checks.finished.scores.many_offices import wrongly_passed
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

NEAR, BEFORE = 65, 40
"""Characters around a list of levels; before what is said of passing, in which stands who has."""
MANY = 3
"""Levels of the year in a list, beside which another word is taken for a level too."""


def _next_level(report: Report, each: Levelled) -> str:
    """Return the level that is told as the next one right behind one that is left."""
    text, level = each.spoken.text, each.level
    is_left = said("from_level").search(text, 0, level.start)
    place = said("to_level").match(text, level.end) if is_left else None
    name = place["name"] if place else ""
    return next((known for known in report.level_names if name.startswith(known)), "")


def _wrong_gaps(report: Report) -> Iterator[Found]:
    """Yield levels from which the scores are not as far as a sentence says."""
    for each in levelled(report):
        years = [year for year in each.years if report.rules_of(year)]
        years += [report.year] if years and report.year not in years else []
        place = _distance_of(each) if each.how in ("far", "left") and years else None
        if place is None:
            continue
        by = Decimal(place["by"])
        gaps: dict[str, set[Decimal]] = {}
        for year in years:
            for name, of_year in _gaps(report, year, each):
                gaps[name] = gaps.get(name, set()) | of_year
        fits = [name for name, found in gaps.items() if any(abs(e - by) <= CLOSE for e in found)]
        if fits and each.level.name not in fits and _next_level(report, each) not in fits:
            found = found_in(
                each.spoken.passage, each.level.start, each.level.name, by=str(by), right=fits[0]
            )
            yield found.told("gap")
        elif not fits and _is_of_whole(each, place) and (right := gaps.get(each.level.name)):
            facts = {"right": format_score(max(right)), "level": each.level.name}
            found = found_at(each.spoken.passage, place, "by", **facts)
            yield found.told("lack")


def _is_of_whole(each: Levelled, place: re.Match[str]) -> bool:
    """Whether a distance from a level can only be that of the office's overall score."""
    text, first = each.spoken.text, min(each.level.begin, place.start("by"))
    start = max((e.end() for e in said("clause_begins").finditer(text, 0, first)), default=0)
    end = max(each.level.end, place.end("by"))
    named = {mention.code for mention in each.spoken.named if start <= mention.start < end}
    return each.how == "far" and each.is_own and named <= {OVERALL}


def _distance_of(each: Levelled) -> re.Match[str] | None:
    """Return where it stands how far something is said to be from a level."""
    text, level = each.spoken.text, each.level
    found = pattern("lacked").search(text, 0, level.begin)
    return found or pattern("lacked_behind").match(text, level.end)


def _gaps(report: Report, year: int, each: Levelled) -> Iterator[tuple[str, set[Decimal]]]:
    """Yield what each score of a year lacks to the conditions of each level, or to leave it."""
    how, other = each.how, [] if each.is_own or each.points is None else [each.points]
    rules = report.rules_of(year)
    listed = list(rules.levels.list) if rules else []
    for number, level in enumerate(listed):
        asked = listed[number - 1] if how == "left" else level
        if how == "left" and not number:
            continue
        yield (
            level.name,
            {
                Decimal(str(float(least))) - points
                for code, least in asked.conditions.items()
                for points in (values(report, code, year) if each.is_own else other)
            },
        )


def _denied(report: Report) -> Iterator[Found]:
    """Yield levels that the result is said not to have, and has."""
    for each in levelled(report):
        year = each.years[-1] if each.years else 0
        score = report.scores.get((OVERALL, year))
        if each.how != "denied" or not each.is_own or score is None or not report.rules_of(year):
            continue
        if report.once_of(possible_of, (year, score)) == [each.level.name]:
            passage, level = each.spoken.passage, each.level
            found = found_in(passage, level.start, level.name, score=format_score(score))
            yield found.told("denied")


def _foreign_in_lists(report: Report) -> Iterator[Found]:
    """Yield words in a list of the year's levels that are none of them."""
    listed = names_of(report.rules)
    known = with_levels("said.level_in_list", tuple(listed))
    for passage, place in report.places(said("foreign_listed")) if listed else ():
        near = passage.text[max(0, place.start() - 2 * NEAR) : place.end() + 2 * NEAR]
        if len(set(known.findall(near))) >= MANY:
            facts = {"year": report.year, "levels": listed}
            yield found_at(passage, place, "level", **facts)


def _passed_or_failed(report: Report) -> Iterator[Found]:
    """Yield what is said of passing that the overall score contradicts."""
    rules = report.rules
    score = report.scores.get((OVERALL, report.year))
    if not rules or score is None:
        return
    has_passed = score >= Decimal(str(rules.target.overall))
    for passage, place in report.places(said("failed"), in_lines=True):
        before = passage.text[max(0, place.start() - BEFORE) : place.start()]
        is_own = said("of_office_passed").search(before)
        is_other = said("not_stated").search(before[-BEFORE // 2 :]) or years_in(before)
        if is_own and not is_other and has_passed == bool(place["not"]):
            facts = {"score": format_score(score), "levels": [], "year": report.year}
            yield found_in(passage, place.start(), place.group().strip(), **facts).told("passed")


def _passed_beside(report: Report) -> Iterator[Found]:
    """Yield what is said of passing right behind a score that says the contrary."""
    target = Decimal(str(report.rules.target.overall)) if report.rules else None
    for passage, place in report.places(said("score_and_passed"), in_lines=True):
        score = Decimal(place["points"])
        is_its = pattern("of_assessment").search(passage.text, 0, place.start())
        if not is_its or said("another_survey").search(passage.text):
            continue
        if target is not None and (score >= target) == bool(place["not"]):
            facts = {"score": format_score(score), "levels": [], "year": report.year}
            words = passage.text[place.start("told") : place.end()]
            yield found_in(passage, place.start("told"), words, **facts).told("passed_beside")


RULES = (
    Rule(
        "ITA304",
        "error",
        all_of(
            wrong_limits,
            _wrong_gaps,
            wrong_levels_apart,
            wrong_floors_named,
            _denied,
            wishes_not_above,
        ),
    ),
    Rule(
        "ITA305",
        "error",
        all_of(
            wrong_bands,
            wrongly_passed,
            wrong_schemes,
            wrong_lists,
            wrong_numbers_of_levels,
            wrong_supposed,
            _foreign_in_lists,
            foreign_to_all,
            foreign_of_tables,
            levels_of_tables,
            broken_ladders,
            limits_with_swaps,
            levels_listed_twice,
            wrong_steps,
            _passed_or_failed,
            _passed_beside,
        ),
    ),
)
