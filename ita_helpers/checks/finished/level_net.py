"""Points beside a level that are not what it asks for, whatever words join the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.levels import graded_at, levels_named
from ita_helpers.checks.finished.reading import said, words, years_in
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Level

NEAR, BEFORE = 65, 40
"""Characters between a level and its points; before points, in which stands of what they are."""
MANY = 3
"""Levels of the year in a list, beside which another word is taken for a level too."""


@dataclass(frozen=True)
class _Named:
    """Where a level stands in a text, or words for the one named before."""

    start: int
    end: int
    level: str


def wrong_thresholds(report: Report) -> Iterator[Found]:
    """Yield points and a level side by side of which the one does not lead to the other."""
    rules, last = report.rules, ""
    known = levels_named((*report.level_names, *words("foreign_levels")))
    for passage in report.whole.that_may_hold(known, said("this_level")) if rules else ():
        levels = list(_levels_in(passage, known, last))
        last = levels[-1].level if levels else last
        points = list(said("threshold").finditer(passage.text)) if levels else []
        if not points or any(year < report.year for year in years_in(passage.text)):
            continue
        for place in points:
            if (told := _nearest(place, levels, points)) and rules:
                yield from _threshold(rules, passage, place, told)


def _levels_in(passage: Passage, known: re.Pattern[str], last: str) -> Iterator[_Named]:
    """Yield the levels that a text names; "this level" is the one named last, here or before."""
    graded = [(each.span(), graded_at(passage, each)) for each in known.finditer(passage.text)]
    named = [_Named(*span, each.level) for span, each in graded]
    for place in said("this_level").finditer(passage.text):
        before = [each.level for each in named if each.end <= place.start()]
        if level := before[-1] if before else last:
            named.append(_Named(*place.span(), level))
    yield from sorted(named, key=lambda each: each.start)


def _nearest(
    place: re.Match[str], levels: list[_Named], points: list[re.Match[str]]
) -> _Named | None:
    """Return the level that some points define, or the one beside them if they are beside it."""
    if defined := _defined(place, levels):
        return defined
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


def _defined(place: re.Match[str], levels: list[_Named]) -> _Named | None:
    """Return the level right before points that it is said to be set at."""
    before = [each for each in levels if each.end <= place.start()]
    is_set = before and said("set_at").fullmatch(place.string, before[-1].end, place.start())
    return before[-1] if is_set else None


def _gap(level: _Named, place: re.Match[str]) -> tuple[int, int]:
    first, last = min(level.end, place.end()), max(level.start, place.start())
    return first, max(first, last)


def _distance(level: _Named, place: re.Match[str]) -> int:
    return max(level.start - place.end(), place.start() - level.end)


def _threshold(
    rules: Framework, passage: Passage, place: re.Match[str], told: _Named
) -> Iterator[Found]:
    level = next((each for each in rules.levels.list if each.name == told.level), None)
    before = passage.text[max(0, place.start() - BEFORE) : place.start()]
    is_of_parts = bool(said("of_parts").search(before))
    if level is None or said("no_threshold").search(before):
        return
    points, asked = Fraction(place["up"] or place["least"] or place["down"]), set[Fraction]()
    if place["down"]:
        asked = _ends_told(rules, level, place, told)
        fits = is_of_parts or (points in asked if asked else _is_below(level, points))
    else:
        asked = set(level.conditions.values())
        is_set = _defined(place, [told]) and not level.caveat
        fits = points in asked if is_set else _reaches(rules, level, points, is_of_parts)
    if not fits:
        start, end = min(place.start(), told.start), max(place.end(), told.end)
        right = [format_score(each) for each in sorted(asked or level.conditions.values())]
        facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
        found = found_in(passage, start, passage.text[start:end].rstrip("“"), **facts)
        yield found.told("below" if place["down"] and asked else "set")


def _ends_told(rules: Framework, level: Level, place: re.Match[str], told: _Named) -> set[Fraction]:
    """Return below which points a level ends, where these are told to lead to it."""
    is_end = said("then_level").fullmatch(place.string, place.end(), max(place.end(), told.start))
    return {max(_ends(rules, level))} if is_end and told.start >= place.end() else set()


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
    pattern = compiled(label("said.level_band").replace("LEVELS", named))
    for passage, place in report.whole.places(pattern):
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
