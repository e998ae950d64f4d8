"""What levels ask for, and how far the scores are from it, against the rules of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.level_net import (
    foreign_in_lists,
    foreign_short,
    passed_or_failed,
    wrong_bands,
    wrong_thresholds,
)
from ita_helpers.checks.finished.level_steps import wrong_steps
from ita_helpers.checks.finished.levels import Graded, graded_at, levels_named, possible_of, year_of
from ita_helpers.checks.finished.reading import CLOSE, pattern, said, words
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.standing import values
from ita_helpers.checks.finished.table_levels import foreign_of_tables, levels_of_tables
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Level

NEAR = 55
"""Characters between a level and the points that it asks for."""


def _wrong_conditions(report: Report) -> Iterator[Found]:
    """Yield points said to be asked by a level of the year that are not."""
    rules = report.rules
    if not rules:
        return
    asked = {each.name: set(each.conditions.values()) for each in rules.levels.list}
    known = levels_named((*report.level_names, *words("foreign_levels")))
    for passage, place in report.find("asked_points"):
        near = [
            each
            for each in known.finditer(passage.text)
            if _distance(each, place) < NEAR
            and not said("other_limit").search(passage.text, *_between(each, place))
        ]
        graded = [graded_at(passage, each) for each in near]
        if len({each.level for each in graded}) != 1 or graded[0].level not in asked:
            continue
        level = graded[0].level
        others = pattern("asked_points").finditer(passage.text)
        if any(_distance(near[0], each) < _distance(near[0], place) for each in others):
            continue
        points = Fraction(place["points"])
        if points < min(asked[level] - {0}, default=0) and _is_ahead(report, graded[0]):
            right = [format_score(each) for each in sorted(asked[level])]
            facts = {"level": level, "right": right, "year": report.year}
            yield found_in(passage, place.start("points"), place["points"], **facts)


def _wrong_gaps(report: Report) -> Iterator[Found]:
    """Yield levels from which the scores are not as far as a sentence says."""
    rules = report.rules
    longest = "|".join(map(re.escape, report.level_names))
    known = compiled(label("said.lacking").replace("LEVELS", longest))
    for passage, place in report.places(known) if rules else ():
        gaps = (
            {each.name: set(_gaps_to(report, each)) for each in rules.levels.list} if rules else {}
        )
        by = Decimal(place["by"])
        fits = [name for name, found in gaps.items() if any(abs(e - by) <= CLOSE for e in found)]
        if fits and place["level"] not in fits:
            facts = {"by": place["by"], "right": fits[0]}
            found = found_in(passage, place.start("level"), place["level"], **facts)
            yield found.told("gap")


def _denied(report: Report) -> Iterator[Found]:
    """Yield levels that the result is said not to have, and has."""
    score = report.scores.get((OVERALL, report.year))
    longest = "|".join(map(re.escape, report.level_names))
    known = compiled(label("said.denied").replace("LEVELS", longest))
    if not report.rules or score is None:
        return
    for passage, place in report.places(known):
        has = report.once_of(possible_of, (report.year, score))
        if has == [place["level"]]:
            found = found_in(
                passage, place.start("level"), place["level"], score=format_score(score)
            )
            yield found.told("denied")


def _gaps_to(report: Report, level: Level) -> Iterator[Decimal]:
    """Yield what each score lacks to the condition of a level."""
    for code, asked in level.conditions.items():
        for points in values(report, code, report.year):
            yield Decimal(str(float(asked))) - points


def _between(one: re.Match[str], other: re.Match[str]) -> tuple[int, int]:
    return min(one.end(), other.end()), max(one.start(), other.start())


def _distance(one: re.Match[str], other: re.Match[str]) -> int:
    return max(one.start() - other.end(), other.start() - one.end())


def _is_ahead(report: Report, graded: Graded) -> bool:
    return year_of(report, graded) >= report.year


RULES = (
    Rule("ITA304", "error", all_of(wrong_thresholds, _wrong_conditions, _wrong_gaps, _denied)),
    Rule(
        "ITA305",
        "error",
        all_of(
            wrong_bands,
            foreign_in_lists,
            foreign_short,
            foreign_of_tables,
            levels_of_tables,
            wrong_steps,
            passed_or_failed,
        ),
    ),
)
