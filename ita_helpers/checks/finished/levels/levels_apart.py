"""How far the result is from a level, and lists of levels: each stands once, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.levels.level_bounds import names_of
from ita_helpers.checks.finished.levels.level_limits import rules_naming
from ita_helpers.checks.finished.levels.level_names import pattern, with_levels
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import CLOSE
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework

FEWEST = 4
"""Levels of a list that tells all there are, or how many have each."""


def wrong_levels_apart(report: Report) -> Iterator[Found]:
    """Yield levels told to be so far away as another one is."""
    years = (report.year, report.year - 1)
    for passage, place, rules in _places(report, "levelled.so_far_from"):
        least, by = _floors(rules), Decimal(place["by"])
        own = [each for year in years for each in values(report, OVERALL, year)]
        gaps = {name: [each - points - by for points in own] for name, each in least.items()}
        away = [name for name, of in gaps.items() if any(abs(each) <= CLOSE for each in of)]
        if away and place["level"] in least and place["level"] not in away:
            facts = {"by": place["by"], "right": away[0], "year": rules.fiscal_year}
            yield found_at(passage, place, "level", **facts).told("gap")


def wrong_floors_named(report: Report) -> Iterator[Found]:
    """Yield points told to be the least of a level that are those of another one."""
    for passage, place, rules in _places(report, "levelled.floor_named"):
        least, points = _floors(rules), Decimal(place["points"])
        right = least.get(place["level"], points)
        if right != points and points in least.values():
            facts = {"right": [format_score(right)], "year": rules.fiscal_year}
            yield found_at(passage, place, level=place["level"], **facts).told("set")


def _places(report: Report, key: str) -> Iterator[tuple[Passage, re.Match[str], Framework]]:
    """Yield where a pattern stands that names a level, with the rules that have it."""
    known = with_levels(key, report.level_names)
    for passage in report.whole.that_hold(known) if report.rules else ():
        for place in known.finditer(passage.text):
            if rules := rules_naming(report, place["level"]):
                yield passage, place, rules


def _floors(rules: Framework) -> dict[str, Decimal]:
    """Return the least overall score that each level asks for."""
    return {each.name: Decimal(str(each.overall)) for each in rules.levels.list}


def wrong_lists(report: Report) -> Iterator[Found]:
    """Yield levels that stand twice in a list of them all, or of how many have each."""
    known = with_levels("levelled.in_a_row", report.level_names)
    one = with_levels("levelled.of_a_row", report.level_names)
    for passage in report.whole.that_hold(known) if report.rules else ():
        for place in known.finditer(passage.text):
            if pattern("of_years_in_row").search(passage.text):
                continue
            listed = list(one.finditer(place.group()))
            rules = rules_naming(report, listed[-1]["level"])
            if rules and (told := _out_of_row([e["level"] for e in listed], names_of(rules))):
                at, right = told
                start = place.start() + listed[at].start("level")
                facts = {"level": listed[at]["level"], "right": right, "year": rules.fiscal_year}
                yield found_in(passage, start, listed[at]["level"], **facts).told("in_row")


def _out_of_row(told: Sequence[str], known: Sequence[str]) -> tuple[int, str] | None:
    """Return the place of the one level of a list that is not the next one, and which that is."""
    places = [known.index(each) for each in told if each in known]
    is_in_order = any(sorted({*places}, reverse=way) == places for way in (False, True))
    if len(told) < FEWEST or len(places) < len(told) or is_in_order:
        return None
    for listed in (known, known[::-1]):
        for first in range(len(listed) - len(told) + 1):
            right = listed[first : first + len(told)]
            wrong = [
                at for at, pair in enumerate(zip(told, right, strict=True)) if len({*pair}) > 1
            ]
            if not wrong:
                return None
            if len(wrong) == 1:
                return wrong[0], right[wrong[0]]
    return None
