"""Levels that do not fit their score, and names of levels that the year does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ita_helpers.checks.finished.levels.level_bounds import (
    FULL,
    alone,
    band_of,
    names_of,
    possible_of,
)
from ita_helpers.checks.finished.levels.level_names import pattern
from ita_helpers.checks.finished.levels.levelled import AROUND, Levelled, levelled
from ita_helpers.checks.finished.levels.levels_ahead import supposed_levels
from ita_helpers.checks.finished.levels.table_levels import foreign_of_years
from ita_helpers.checks.finished.names.agencies import agencies_in, scores_of_agencies
from ita_helpers.checks.finished.reading import bare, said, years_in
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import short_types
from ita_helpers.scoring.bounds import grade

FAR = 10
"""Points: a score further off than this from the report's own is a slip of its own."""


@dataclass(frozen=True)
class _Judged:
    """A level that the scores exclude, or that no rules of its year have, with what they allow."""

    told: Levelled
    year: int
    score: Decimal | None
    possible: Sequence[str]
    is_foreign: bool

    def found(self, way: str = "says") -> Found:
        """Return the words at fault."""
        facts: dict[str, object] = {"year": self.year, "levels": list(self.possible)}
        if self.score is not None:
            facts["score"] = format_score(self.score)
        level = self.told.level
        return found_in(self.told.spoken.passage, level.start, level.name, **facts).told(way)


def _judged(report: Report) -> tuple[_Judged, ...]:
    """Return the levels told of results that are wrong."""
    told = (e for e in levelled(report) if e.is_of_result and (e.years or _is_of_score(report, e)))
    return tuple(found for each in told if (found := _judge(report, each)))


def _is_of_score(report: Report, each: Levelled) -> bool:
    """Whether a level stands beside the overall score of a year, if nothing says of which."""
    return each.is_own and each.points is not None and bool(_years_of(report, each.points))


def _judge(report: Report, each: Levelled) -> _Judged | None:
    """Return a level as wrong if none of the years and scores it may be told of has it."""
    name, allowed = each.level.name, dict[int, tuple[Decimal | None, list[str]]]()
    if each.spoken.has_left_year(each.level.begin):
        each = replace(each, points=None)
    for year in _years(report, each):
        rules = report.rules_of(year)
        if year < min(report.all_rules):
            continue
        if not rules:
            return None
        if name not in names_of(rules):
            allowed[year] = (None, names_of(rules))
            continue
        options = [
            (points, _allowed(report, rules, each, points))
            for points in _scores(report, each, year)
        ]
        possible = [level for _, levels in options for level in levels]
        if not possible or name in possible:
            return None
        allowed[year] = (options[0][0], list(dict.fromkeys(possible)))
    return _worst(report, each, allowed)


def _worst(
    report: Report, each: Levelled, allowed: dict[int, tuple[Decimal | None, list[str]]]
) -> _Judged | None:
    year = next(iter(allowed), 0)
    score, possible = allowed.get(year, (None, []))
    is_known = each.level.name in report.level_names or is_of_assessment(report, each)
    if not allowed or not is_known:
        return None
    return _Judged(each, year, score, possible, is_foreign=score is None)


def is_of_assessment(report: Report, each: Levelled) -> bool:
    """Whether a name that no year gives to a level is surely told of the result."""
    if each.level.name.startswith(label("levelled.passed")) and each.is_own:
        return True
    if each.is_own and each.points is not None and _years_of(report, each.points):
        return True
    text, at = each.spoken.text, each.level.begin
    around = text[max(0, at - AROUND) : each.level.end + AROUND]
    is_of_whole = each.code == OVERALL and each.is_own and not each.spoken.passage.under
    is_other = said("another_survey").search(around)
    return bool(is_of_whole and not is_other and pattern("of_assessment").search(around))


def _years(report: Report, each: Levelled) -> tuple[int, ...]:
    """Return the years (B.E.) of which a level may be told: those of the score beside it."""
    if not each.is_own or each.points is None:
        return each.years
    of_score = _years_of(report, each.points)
    both = tuple(year for year in of_score if year in each.years)
    return both or (*each.years, *of_score)


def _years_of(report: Report, points: Decimal) -> list[int]:
    own = report.scores.items()
    return [year for (code, year), each in own if code == OVERALL and each == points]


def _scores(report: Report, each: Levelled, year: int) -> list[Decimal]:
    """Return the scores that a level may be told of in a year (B.E.)."""
    if _is_of_others(report, each) and each.points is not None:
        return [each.points]
    if not each.is_own:
        return [each.points] if each.points is not None else _of_others(report, each, year)
    score, points = report.scores.get((OVERALL, year)), each.points
    if points is None or points == score or _is_of_part(report, points):
        return [score] if score is not None else []
    if score is None:
        return [points]
    if each.is_beside:
        return [score, points] if abs(points - score) > FAR else [points]
    return [score] if abs(points - score) > FAR else [points]


def _is_of_others(report: Report, each: Levelled) -> bool:
    """Whether the points with a level are a mean or another office's."""
    if each.points is None or each.points in report.scores.values():
        return False
    of = {claim.of for claim in report.claims.claims if claim.points == each.points}
    return bool(of) and OWN not in of


def _is_of_part(report: Report, points: Decimal | None) -> bool:
    """Whether points are those of an instrument or an indicator, and of no whole result."""
    of = {code for (code, _), each in report.scores.items() if each == points}
    return bool(of) and OVERALL not in of


def _of_others(report: Report, each: Levelled, year: int) -> list[Decimal]:
    """Return the overall score that the report gives for the office named last before a level."""
    before = bare(each.spoken.text[: each.level.begin])
    found = [
        (before.rfind(name), len(name), claim.points)
        for claim in report.claims.claims
        if claim.of not in ("own", "all") and claim.code == OVERALL and claim.fiscal_year == year
        for name in _called(claim.of)
    ]
    last = max((each[:2] for each in found), default=(-1, 0))
    points = {of for *at, of in found if tuple(at) == last and last[0] >= 0 and of is not None}
    points = points or set(_got(report, each, year))
    return list(points) if len(points) == 1 else []


def _got(report: Report, each: Levelled, year: int) -> Iterator[Decimal]:
    """Yield what sentences say that the office named last before a level has got."""
    named = agencies_in(report, each.spoken.text)
    before = [e.code for e in named if each.level.begin - AROUND < e.end <= each.level.begin]
    for got in scores_of_agencies(report) if before else ():
        if got.office == before[-1] and got.year == year:
            yield got.number.points


def _called(name: str) -> list[str]:
    """Return how an office may be called: by its name, or with its kind abbreviated."""
    kinds = short_types().items()
    short = [bare(f"{each}{name[len(kind) :]}") for kind, each in kinds if name.startswith(kind)]
    return [bare(name), *short]


def _allowed(report: Report, rules: Framework, each: Levelled, points: Decimal) -> list[str]:
    """Return the levels that points may have, whatever they are told of."""
    if not each.is_own or _is_of_others(report, each):
        return report.once_of(alone, (rules.fiscal_year, min(points, FULL)))
    if each.code != OVERALL and not rules.levels.judged and _is_of_part(report, each.points):
        return band_of(rules, min(each.points or points, FULL))
    found = report.once_of(possible_of, (rules.fiscal_year, points))
    part = each.points if each.is_beside else report.scores.get((each.code, rules.fiscal_year))
    is_of_part = each.code != OVERALL and (each.is_beside or not rules.levels.judged)
    if is_of_part and part is not None:
        return [*found, *band_of(rules, min(part, FULL))]
    return found


def _unfitting(report: Report) -> Iterator[Found]:
    """Yield levels of overall scores that the scores exclude."""
    for each in report.once(_judged):
        if not each.is_foreign:
            yield each.found()
    yield from _unfitting_in_tables(report)


def _foreign(report: Report) -> Iterator[Found]:
    """Yield names of levels that the rules of the year do not have, told or wished."""
    for each in report.once(_judged):
        if each.is_foreign and each.told.level.name in report.level_names:
            yield each.found()
    yield from _wished(report, report.level_names)
    yield from foreign_of_years(report)


def foreign_to_all(report: Report) -> Iterator[Found]:
    """Yield names that no year gives to a level."""
    for each in report.once(_judged):
        if each.is_foreign and each.told.level.name not in report.level_names:
            yield each.found()
    yield from _wished(report, ())
    for told in levelled(report):
        if told.how == "listed":
            yield _Judged(told, report.year, None, names_of(report.rules), True).found()


def _wished(report: Report, names: Sequence[str]) -> Iterator[Found]:
    """Yield levels aimed at that neither this year nor the next has: of these, or no year's."""
    known = {name for year in (0, 1) for name in names_of(report.rules_of(report.year + year))}
    for each in levelled(report) if known else ():
        name = each.level.name
        is_asked = each.how == "asked" and name not in report.level_names
        if (
            not (each.how in ("wished", "by", "far") or is_asked)
            or name in known
            or not each.years
            or min(each.years) < report.year
        ):
            continue
        if (
            name in names
            if names
            else name not in report.level_names and is_of_assessment(report, each)
        ):
            yield _Judged(each, report.year, None, names_of(report.rules), True).found()


def _differing(report: Report) -> Iterator[Found]:
    """Yield levels of the report's result that differ from the one it gives most often."""
    known, told = names_of(report.rules), report.once(_all_unfitting)
    wrong = {(each.spot, each.found) for each in told}
    named = [
        each
        for each in levelled(report)
        if each.is_of_result
        and each.is_own
        and each.level.name in known
        and each.code == OVERALL
        and each.spoken.passage.under in ("", OVERALL)
        and not each.spoken.passage.row
        and (each.spoken.passage.spot, each.level.name) not in wrong
        and (_years(report, each) == (report.year,) or _is_left(report, each))
        and (each.points is None or _years_of(report, each.points))
        and not (each.level.way == "joined" and not each.is_beside)
    ]
    of_tables = (each for each in report.own if each.is_of_table and each.code == OVERALL)
    claimed = (each.level for each in of_tables if each.fiscal_year == report.year)
    counts = Counter(e for e in (*claimed, *(each.level.name for each in named)) if e in known)
    if len(counts) < 2 or not named:
        return
    usual = counts.most_common(1)[0][0]
    differing = [each for each in named if each.level.name != usual]
    for each in differing or named[:1]:
        other = usual if differing else next(name for name in counts if name != usual)
        level = each.level
        yield found_in(each.spoken.passage, level.start, level.name, usual=other)


def _is_left(report: Report, each: Levelled) -> bool:
    """Whether a level stands with another year's score right behind the year of the report."""
    before = each.spoken.text[max(0, each.level.start - AROUND) : each.level.start]
    return each.years == (report.year,) and years_in(before) == (report.year,)


def _unfitting_in_tables(report: Report) -> Iterator[Found]:
    """Yield levels in a row of a table that the points beside them exclude."""
    for claim in report.own:
        rules = report.rules_of(claim.fiscal_year)
        if not (rules and claim.level and claim.is_of_table and claim.points is not None):
            continue
        if claim.level not in names_of(rules):
            continue
        possible = _levels_of(report, rules, claim.code, min(claim.points, FULL))
        if possible and claim.level not in possible:
            score = format_score(claim.points)
            facts = {"score": score, "levels": possible, "year": claim.fiscal_year}
            yield Found(claim.spot, claim.level, claim.words, facts)


def _levels_of(report: Report, rules: Framework, code: str, points: Decimal) -> list[str]:
    """Return the levels of points; of a single code only where no component is looked at."""
    if code == OVERALL:
        return report.once_of(possible_of, (rules.fiscal_year, points))
    return [] if rules.levels.judged else [grade(rules, {OVERALL: points}).name]


def _all_unfitting(report: Report) -> list[Found]:
    return list(_unfitting(report))


RULES = (
    Rule("ITA301", "error", all_of(lambda report: report.once(_all_unfitting), supposed_levels)),
    Rule("ITA302", "error", _foreign),
    Rule("ITA303", "error", _differing),
)
