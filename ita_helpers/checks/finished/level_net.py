"""Points beside a level that are not what it asks for, whatever words join the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.bands import whole_passages
from ita_helpers.checks.finished.levels import graded_at, levels_named
from ita_helpers.checks.finished.reading import said, words, years_in
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Level

NEAR, BEFORE = 65, 40
"""Characters between a level and its points; before points, in which stands of what they are."""
MANY = 3
"""Levels of the year in a list, beside which another word is taken for a level too."""


def wrong_thresholds(report: Report) -> Iterator[Found]:
    """Yield points and a level side by side of which the one does not lead to the other."""
    rules = report.rules
    known = levels_named((*report.level_names, *words("foreign_levels")))
    for passage in report.once(whole_passages) if rules else ():
        points = list(said("threshold").finditer(passage.text))
        levels = list(known.finditer(passage.text)) if points else []
        if not levels or any(year < report.year for year in years_in(passage.text)):
            continue
        for place in points:
            if (told := _nearest(place, levels, points)) and rules:
                yield from _threshold(rules, passage, place, told)


def _nearest(
    place: re.Match[str], levels: list[re.Match[str]], points: list[re.Match[str]]
) -> re.Match[str] | None:
    """Return the one level beside some points, if these are the points beside it too."""
    text = place.string
    levels = [
        each
        for each in levels
        if not any(
            said(key).search(text, *_gap(each, place))
            for key in ("parts_of_sentence", "other_limit")
        )
    ]
    near = sorted(levels, key=lambda each: _distance(each, place))
    is_near = near and _distance(near[0], place) < NEAR
    if not is_near or min(points, key=lambda each: _distance(near[0], each)) is not place:
        return None
    return near[0]


def _gap(one: re.Match[str], other: re.Match[str]) -> tuple[int, int]:
    first, last = sorted((one, other), key=lambda each: each.start())
    return first.end(), max(first.end(), last.start())


def _distance(one: re.Match[str], other: re.Match[str]) -> int:
    return max(one.start() - other.end(), other.start() - one.end())


def _threshold(
    rules: Framework, passage: Passage, place: re.Match[str], told: re.Match[str]
) -> Iterator[Found]:
    graded = graded_at(passage, told)
    level = next((each for each in rules.levels.list if each.name == graded.level), None)
    before = passage.text[max(0, place.start() - BEFORE) : place.start()]
    is_of_parts = bool(said("of_parts").search(before))
    if level is None or said("no_threshold").search(before):
        return
    points = Fraction(place["up"] or place["least"] or place["down"])
    fits = (
        _is_below(level, points) if place["down"] else _reaches(rules, level, points, is_of_parts)
    )
    if not fits and not (place["down"] and is_of_parts):
        start, end = (
            min(place.start(), graded.start),
            max(place.end(), graded.start + len(level.name)),
        )
        right = [format_score(each) for each in sorted(set(level.conditions.values()))]
        facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
        yield found_in(passage, start, passage.text[start:end], **facts)


def _is_below(level: Level, points: Fraction) -> bool:
    return Fraction(str(level.overall)) < points


def _reaches(rules: Framework, level: Level, points: Fraction, is_of_parts: bool) -> bool:
    """Whether points, and all above up to the next level, lead to a level."""
    asked = {Fraction(each) for each in level.conditions.values()}
    if is_of_parts and len(level.conditions) > 1:
        return points in asked
    higher = [Fraction(str(each.overall)) for each in rules.levels.list]
    above = [each for each in higher if each > min(asked)]
    return min(asked) <= points < min(above, default=Fraction(101))


def wrong_bands(report: Report) -> Iterator[Found]:
    """Yield bands of a level that end elsewhere than before the next level."""
    rules = report.rules
    if not rules:
        return
    known = {each.name: each for each in rules.levels.list if not each.caveat}
    named = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(said("level_band").pattern.replace("LEVELS", named))
    for passage in report.once(whole_passages):
        for place in pattern.finditer(passage.text):
            level = known[place["level"] or place["behind"]]
            low, high = sorted(Fraction(place[each]) for each in ("one", "other"))
            ends = _ends(rules, level)
            if high not in ends and ends and low == Fraction(str(level.overall)):
                right = format_score(max(ends, key=lambda each: (each % 1 != 0, -each)))
                facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
                found = passage.text[place.start("one") : place.end("other")]
                yield found_in(passage, place.start("one"), found, **facts).told("end")


def _ends(rules: Framework, level: Level) -> set[Fraction]:
    above = [Fraction(str(each.overall)) for each in rules.levels.list]
    limit = min((each for each in above if each > Fraction(str(level.overall))), default=None)
    if limit is None:
        return {Fraction(100)}
    return {limit, limit - Fraction(1, 100), limit - Fraction(1, 10), limit - 1}


def foreign_in_lists(report: Report) -> Iterator[Found]:
    """Yield words in a list of the year's levels that are none of them."""
    rules = report.rules
    listed = [each.name for each in rules.levels.list] if rules else []
    named = "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))
    known = label("said.level_in_list").replace("LEVELS", named)
    for passage, place in report.places(said("foreign_listed")) if rules else ():
        near = passage.text[max(0, place.start() - 2 * NEAR) : place.end() + 2 * NEAR]
        if len(set(re.findall(known, near))) >= MANY:
            facts = {"year": report.year, "levels": listed}
            yield found_in(passage, place.start("level"), place["level"], **facts)


def foreign_short(report: Report) -> Iterator[Found]:
    """Yield levels that somebody has or wants, in sentences, that no year has."""
    rules = report.rules
    listed = [each.name for each in rules.levels.list] if rules else []
    for passage, place in report.places(said("foreign_short"), in_lines=True) if rules else ():
        around = passage.text[max(0, place.start() - 2 * NEAR) : place.end() + NEAR]
        if said("of_assessment").search(around) and not said("another_survey").search(around):
            facts = {"year": report.year, "levels": listed}
            yield found_in(passage, place.start("level"), place["level"], **facts)


def passed_or_failed(report: Report) -> Iterator[Found]:
    """Yield what is said of passing that the overall score contradicts."""
    rules = report.rules
    score = report.scores.get(("ITA", report.year))
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
