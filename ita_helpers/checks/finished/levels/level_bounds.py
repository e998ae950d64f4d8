"""Which levels scores allow, by the rules of a year."""

from __future__ import annotations

from decimal import Decimal

from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import possible_levels

FULL = Decimal(100)


def names_of(rules: Framework | None) -> list[str]:
    """Return the names of the levels of a year, the highest first."""
    return [each.name for each in rules.levels.list] if rules else []


def possible_of(report: Report, of: tuple[int, Decimal]) -> list[str]:
    """Return the levels that an overall score of a year (B.E.) allows beside all others."""
    year, points = of
    rules = report.all_rules[year]
    scores = {**report.points(year), OVERALL: min(points, FULL)}
    judged = (OVERALL, *rules.levels.judged)
    known = {code: each for code, each in scores.items() if code in rules.codes and each <= FULL}
    bounds = report.bounds(rules, known)
    if bounds.wrong:
        bounds = report.bounds(rules, {code: known[code] for code in judged if code in known})
    return [each.name for each in possible_levels(rules, bounds)]


def alone(report: Report, of: tuple[int, Decimal]) -> list[str]:
    """Return the levels that an overall score of a year (B.E.) allows of which no more is known."""
    year, points = of
    rules = report.all_rules[year]
    return [e.name for e in possible_levels(rules, report.bounds(rules, {OVERALL: points}))]


def band_of(rules: Framework, points: Decimal) -> list[str]:
    """Return the levels that an overall score may have, whatever the components are."""
    reached = [e for e in rules.levels.list if Decimal(str(e.overall)) <= points]
    top = max((each.overall for each in reached), default=None)
    lower = {each.overall for each in rules.levels.list if len(each.conditions) == 1}
    least = max((e.overall for e in reached if e.overall in lower), default=None)
    return [e.name for e in reached if top is not None and e.overall >= (least or 0)]
