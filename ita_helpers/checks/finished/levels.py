"""Levels that do not fit their score, and names of levels that the year does not have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ita_helpers.checks.finished.quantified import is_told_of_many
from ita_helpers.checks.finished.reading import (
    SMALL,
    any_of,
    figures,
    pattern,
    said,
    words,
    years_in,
)
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, Rule, found_in
from ita_helpers.checks.finished.side_by_side import is_misprint, levels_beside
from ita_helpers.checks.finished.speaking import Spoken, names_another
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.sentence_walk import OWN
from ita_helpers.documents.sentences import full_year
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import grade, possible_levels

BEFORE = 45
"""Characters before a level in which a word makes it a condition or another year's level."""
FAR = 10
"""Points: an overall score further off than this from the report's own is a slip of its own."""
MANY = 4
"""A passage that names so many levels explains them."""


_TOLD = ("level", "level_is", "level_told", "level_run", "level_scored")
"""The ways to tell a level, each with a group of its name."""


@dataclass(frozen=True)
class Graded:
    """A level named in a passage; the words that tell it begin at ``begin``."""

    passage: Passage
    start: int
    level: str
    begin: int


@lru_cache(16)
def levels_named(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds levels of these names, however they are told."""
    longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    told = (label(f"finished.patterns.{key}") for key in _TOLD)
    return compiled("|".join(told).replace("LEVELS", longest))


def _named_levels(report: Report) -> list[Graded]:
    """Return the levels that passages give to results, those of conditions left out."""
    return list(_find_levels(report))


def _find_levels(report: Report) -> Iterator[Graded]:
    for graded in report.once(_all_levels):
        if is_told_of_many(report, graded.passage, graded.start, ("office", "year")):
            continue
        before = graded.passage.text[max(0, graded.begin - BEFORE - 8) : graded.begin]
        before = pattern("clause_begins").split(before)[-1]
        is_told = said("level_reached").search(before) and not said("level_wished").search(before)
        is_condition = any_of("level_conditions").search(before) and not is_told
        behind = graded.start + len(graded.level)
        is_old = bool(said("level_of_old_rules").match(graded.passage.text, behind))
        is_denied = bool(said("not_level").search(before))
        is_passed = bool(said("passed_and_graded").match(graded.passage.text, graded.start))
        is_listed = said("levels_listed").match(graded.passage.text, behind) or said(
            "listed_levels"
        ).search(graded.passage.text, 0, graded.begin)
        is_asked = bool(said("level_asks").match(graded.passage.text, behind))
        is_other = (
            is_old
            or is_asked
            or (is_listed and not figures(graded.passage.text))
            or is_denied
            or is_passed
            or names_another(Spoken(report, graded.passage), graded.begin)
        )
        if not is_other and (not is_condition or _is_beside(report, graded)):
            yield graded


def _is_beside(report: Report, graded: Graded) -> bool:
    """Whether the overall score of the year stands right before a level."""
    found = said("graded_number").search(graded.passage.text, 0, graded.begin)
    score = report.scores.get((OVERALL, report.year))
    return bool(found and Decimal(found["points"]) == score)


def _all_levels(report: Report) -> list[Graded]:
    """Return the levels that passages name and do not explain, those of conditions too."""
    known = levels_named((*report.level_names, *words("foreign_levels")))
    listed = []
    for passage in report.that_hold(any_of("level_words")):
        found = [graded_at(passage, each) for each in known.finditer(passage.text)]
        if len({each.level for each in found}) < MANY and not _explains(passage):
            listed += found
    return listed


def graded_at(passage: Passage, place: re.Match[str]) -> Graded:
    """Return the level that was found at a place."""
    key = next(each for each in (*_TOLD, "level_letter") if place[each])
    begin = place.start() if key == "level_told" else place.start(key)
    return Graded(passage, place.start(key), place[key], begin)


def _explains(passage: Passage) -> bool:
    return bool(any_of("level_explained").search(passage.text))


def _foreign(report: Report) -> Iterator[Found]:
    """Yield names of levels that the rules of the year do not have."""
    for each in report.once(_named_levels):
        rules = report.rules_of(year_of(report, each))
        if not rules or each.level in [level.name for level in rules.levels.list]:
            continue
        if each.level in words("foreign_levels") and not _is_of_result(each):
            continue
        listed = [level.name for level in rules.levels.list]
        year = rules.fiscal_year
        yield found_in(each.passage, each.start, each.level, year=year, levels=listed)


def _foreign_in_rows(report: Report) -> Iterator[Found]:
    """Yield levels beside the overall score of a year, in a table, that the year does not have."""
    for claim in report.own:
        rules = report.rules_of(claim.fiscal_year)
        if not (rules and claim.level and claim.is_of_table and claim.points is not None):
            continue
        listed = [level.name for level in rules.levels.list]
        if claim.code == OVERALL and claim.level not in listed:
            facts = {"year": claim.fiscal_year, "levels": listed}
            yield Found(claim.spot, claim.level, claim.words, facts)


def _foreign_aims(report: Report) -> Iterator[Found]:
    """Yield levels that somebody aims at and that neither this year nor the next one has."""
    known = {
        level.name
        for year in (report.year, report.year + 1)
        if (rules := report.rules_of(year))
        for level in rules.levels.list
    }
    told = {(each.passage.spot, each.start) for each in report.once(_named_levels)}
    listed = [level.name for level in report.rules.levels.list] if report.rules else []
    for each in report.once(_all_levels) if listed else ():
        is_foreign = each.level in (*report.level_names, *words("never_levels"))
        is_foreign = is_foreign and each.level not in known
        is_told = (each.passage.spot, each.start) in told
        before = each.passage.text[max(0, each.start - BEFORE) : each.start]
        years = years_in(before)
        is_of_other = any(year < report.year for year in years) or _is_compared_year(each)
        is_of_other = is_of_other or bool(any_of("formerly").search(before))
        if is_foreign and not is_told and not is_of_other:
            facts = {"year": report.year, "levels": listed}
            yield found_in(each.passage, each.start, each.level, **facts)


def _is_compared_year(graded: Graded) -> bool:
    before = graded.passage.text[max(0, graded.start - BEFORE) : graded.start]
    return bool(any_of("other_year_words").search(before))


def _all_foreign(report: Report) -> Iterator[Found]:
    yield from _foreign(report)
    yield from _foreign_aims(report)
    told = {(each.spot.table, each.spot.row) for each in _foreign(report) if each.spot.table}
    rows = _foreign_in_rows(report)
    yield from (each for each in rows if (each.spot.table, each.spot.row) not in told)
    yield from _foreign_beside(report)


def _is_of_result(graded: Graded) -> bool:
    """Whether a level is told of scores of the assessment, or right behind one."""
    text = graded.passage.text
    is_beside = said("graded_number").search(text, 0, graded.start)
    return bool(figures(text)) and bool(is_beside or any_of("result_words").search(text))


def year_of(report: Report, graded: Graded) -> int:
    """Return the year (B.E.) that a level is told of: the one named last before it."""
    text = graded.passage.text
    named = list(pattern("any_year").finditer(text, 0, graded.start))
    of_last_year = [each.start() for each in said("told_last_year").finditer(text, 0, graded.start)]
    if named and of_last_year and of_last_year[-1] >= named[-1].end():
        return full_year(named[-1]["year"]) - 1
    before = [full_year(each["year"]) for each in named]
    if before and not (
        before[-1] > report.year and said("back_to_now").search(text, 0, graded.begin)
    ):
        return before[-1]
    if before:
        return report.year
    if of_last_year:
        return report.year - 1
    return report.year if years_in(text) else min(graded.passage.year or report.year, report.year)


def _unfitting(report: Report) -> Iterator[Found]:
    """Yield levels of overall scores that the scores exclude."""
    for each in report.once(_named_levels):
        year = year_of(report, each)
        rules = report.rules_of(year)
        if not rules or each.level not in [level.name for level in rules.levels.list]:
            continue
        points = _points(report, each, year)
        if points is None:
            continue
        possible = report.once_of(possible_of, (year, points))
        if each.level not in possible:
            facts = {"score": format_score(points), "levels": possible, "year": year}
            yield found_in(each.passage, each.start, each.level, **facts)


def _differing(report: Report) -> Iterator[Found]:
    """Yield levels of the report's result that differ from the one it gives most often."""
    named = [each for each in report.once(_named_levels) if _is_of_own_result(report, each)]
    of_tables = (each for each in report.own if each.is_of_table and each.code == OVERALL)
    claimed = (each.level for each in of_tables if each.fiscal_year == report.year)
    known = {each.name for each in report.rules.levels.list} if report.rules else set()
    counts = Counter(e for e in (*claimed, *(each.level for each in named)) if e in known)
    if len(counts) < 2 or not named:
        return
    usual = counts.most_common(1)[0][0]
    differing = [each for each in named if each.level != usual]
    told = {(each.spot, each.found) for each in report.once(_all_unfitting_ones)}
    for each in differing or named[:1]:
        if (each.passage.spot, each.level) in told:
            continue
        other = usual if differing else next(level for level in counts if level != usual)
        yield found_in(each.passage, each.start, each.level, usual=other)


def _is_of_own_result(report: Report, graded: Graded) -> bool:
    rules = report.rules
    if not rules or graded.level not in [each.name for each in rules.levels.list]:
        return False
    subject = [e.code for e in report.mentions.before(graded.passage.text, graded.start)]
    is_overall = not subject or subject[-1] == OVERALL
    is_told = graded.passage.under in ("", OVERALL) and not graded.passage.row
    return year_of(report, graded) == report.year and is_overall and is_told


def possible_of(report: Report, of: tuple[int, Decimal]) -> list[str]:
    """Return the levels that an overall score of a year (B.E.) allows beside all others."""
    year, points = of
    rules = report.all_rules[year]
    scores = {**report.points(year), OVERALL: min(points, Decimal(100))}
    judged = (OVERALL, *rules.levels.judged)
    known = {code: each for code, each in scores.items() if code in rules.codes and each <= 100}
    bounds = report.bounds(rules, known)
    if bounds.clashes:
        bounds = report.bounds(rules, {code: known[code] for code in judged if code in known})
    return [each.name for each in possible_levels(rules, bounds)]


def _points(report: Report, graded: Graded, year: int) -> Decimal | None:
    """Return the overall score that a level is said of, nothing if it is of something else."""
    text = graded.passage.text
    subject = report.mentions.before(text, graded.start)
    rules = report.rules_of(year)
    if subject and subject[-1].code != OVERALL:
        is_of_whole = rules and rules.levels.judged and not graded.passage.row
        return report.scores.get((OVERALL, year)) if is_of_whole else None
    if graded.passage.row and not any_of("result_words").search(text):
        return _of_row(report, graded, year)
    if beside := said("score_in_brackets").search(
        text, max(0, graded.begin - BEFORE), graded.begin
    ):
        return Decimal(beside["points"])
    start = max(subject[-1].end if subject else 0, _bracket_of_year(text, graded.start))
    before = [e for e in figures(text) if start <= e.start and e.end <= graded.start]
    told = [e.points for e in before if e.points > SMALL and not _is_compared(text, e.start)]
    beside = pattern("points_beside").match(text, graded.start + len(graded.level))
    if beside and not told:
        return Decimal(beside["points"])
    score = report.scores.get((OVERALL, year))
    means = [each.points for each in report.claims.claims if each.of != OWN]
    is_of_others = bool(told) and told[-1] in means
    is_far = told and score is not None and abs(told[-1] - score) > FAR and not is_of_others
    return told[-1] if told and not is_far else score


def _bracket_of_year(text: str, end: int) -> int:
    """Return where the bracket with a year begins that holds a place, 0 if none does."""
    opened = text.rfind("(", 0, end)
    is_held = opened >= 0 and ")" not in text[opened:end]
    return opened if is_held and pattern("any_year").match(text, opened + 1) else 0


def _is_compared(text: str, start: int) -> bool:
    """Whether a figure is a difference or a target."""
    return bool(any_of("not_a_score").search(text[max(0, start - BEFORE // 2) : start]))


def _of_row(report: Report, graded: Graded, year: int) -> Decimal | None:
    claims = report.claimed(OVERALL, year)
    row = (graded.passage.spot.table, graded.passage.spot.row)
    beside = [each.points for each in claims if (each.spot.table, each.spot.row) == row]
    return beside[0] if beside else None


def _unfitting_in_tables(report: Report) -> Iterator[Found]:
    """Yield levels in a row of a table that the points beside them exclude."""
    for claim in report.own:
        rules = report.rules_of(claim.fiscal_year)
        if not (rules and claim.level and claim.is_of_table and claim.points is not None):
            continue
        if claim.level not in [each.name for each in rules.levels.list]:
            continue
        possible = _levels_of(report, rules, claim.code, min(claim.points, Decimal(100)))
        if possible and claim.level not in possible:
            score = format_score(claim.points)
            facts = {"score": score, "levels": possible, "year": claim.fiscal_year}
            yield Found(claim.spot, claim.level, claim.words, facts)


def _levels_of(report: Report, rules: Framework, code: str, points: Decimal) -> list[str]:
    """Return the levels of points; of a single code only where no component is looked at."""
    if code == OVERALL:
        return report.once_of(possible_of, (rules.fiscal_year, points))
    return [] if rules.levels.judged else [grade(rules, {OVERALL: points}).name]


def _foreign_beside(report: Report) -> Iterator[Found]:
    """Yield levels right beside points, of whatever office, that the year does not have."""
    for passage, start, level, _ in levels_beside(report):
        rules = report.rules_of(year_of(report, Graded(passage, start, level, start)))
        listed = [each.name for each in rules.levels.list] if rules else [level]
        if rules and level not in listed:
            facts = {"year": rules.fiscal_year, "levels": listed}
            yield found_in(passage, start, level, **facts)


def _unfitting_beside(report: Report) -> Iterator[Found]:
    """Yield levels right beside points that lead to another one, of whatever office."""
    for passage, start, level, points in levels_beside(report):
        year = year_of(report, Graded(passage, start, level, start))
        rules = report.rules_of(year)
        if not rules or level not in [each.name for each in rules.levels.list]:
            continue
        named = report.mentions.before(passage.text, start)
        score = report.scores.get((OVERALL, year))
        is_slip_of_own = score is not None and is_misprint(points, score)
        is_of_part = named and named[-1].code != OVERALL and rules.levels.judged
        if is_of_part or is_slip_of_own:
            continue
        bounds = report.bounds(rules, {OVERALL: points})
        possible = [each.name for each in possible_levels(rules, bounds)]
        if level not in possible:
            facts = {"score": format_score(points), "levels": possible, "year": year}
            yield found_in(passage, start, level, **facts)


def _all_unfitting_ones(report: Report) -> list[Found]:
    found = [*_unfitting(report), *_unfitting_in_tables(report)]
    told = {(each.spot, each.found) for each in found}
    others = (e for e in _unfitting_beside(report) if (e.spot, e.found) not in told)
    return [*found, *others]


RULES = (
    Rule("ITA301", "error", lambda report: report.once(_all_unfitting_ones)),
    Rule("ITA302", "error", _all_foreign),
    Rule("ITA303", "error", _differing),
)
