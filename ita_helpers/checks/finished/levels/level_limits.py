"""Points beside a level that are not what it asks for, whatever words join the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.levels.level_bounds import band_of, names_of
from ita_helpers.checks.finished.levels.level_names import (
    Level,
    levels_in,
    named,
    pattern,
    with_levels,
)
from ita_helpers.checks.finished.levels.levelled import Levelled, levelled
from ita_helpers.checks.finished.passages.shared import limits_of
from ita_helpers.checks.finished.reading import pattern as finished_pattern
from ita_helpers.checks.finished.reading import said, years_in
from ita_helpers.checks.finished.report import Passage, Report, of_cell, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Level as Rule

NEAR, BEFORE = 65, 40
"""Characters between a level and its points; before points, in which stands of what they are."""
CLOSER = 55
"""Characters between a level and the points that it is said to ask for."""


def rules_naming(report: Report, name: str) -> Framework | None:
    """Return the rules that have a level of a name: the report's, else the nearest year's."""
    if name in names_of(report.rules):
        return report.rules
    having = [year for year, rules in report.all_rules.items() if name in names_of(rules)]
    nearest = min(having, key=lambda year: abs(year - report.year), default=0)
    return report.all_rules[nearest] if nearest else None


def rule_of(rules: Framework, name: str) -> Rule:
    """Return a level of some rules by its name."""
    return next(each for each in rules.levels.list if each.name == name)


def wrong_limits(report: Report) -> Iterator[Found]:
    """Yield points and a level side by side of which the one does not lead to the other."""
    last = ""
    gates = (named(report.level_names, "found"), said("this_level"))
    for passage in report.whole.that_may_hold(*gates) if report.rules else ():
        levels = list(_levels(report, passage, last))
        last = levels[-1].name if levels else last
        if not levels:
            continue
        points = list(said("threshold").finditer(passage.text))
        for place in points:
            if _is_missed(passage.text, place):
                continue
            if told := _nearest(place, levels, points):
                yield from _limit(report, passage, place, told)
        yield from _asked(report, passage, levels)


def _is_missed(text: str, place: re.Match[str]) -> bool:
    """Whether points were not reached, and a level came of it, or several levels follow them."""
    if said("several_levels").match(text, place.end()):
        return True
    is_missed = said("not_reached").search(text, 0, place.start())
    return bool(is_missed and said("so_it_became").match(text, place.end()))


def _levels(report: Report, passage: Passage, last: str) -> Iterator[Level]:
    """Yield the levels that a text names; "this level" is the one named last, here or before."""
    found = [e for e in levels_in(report, passage.text) if e.name in report.level_names]
    for place in said("this_level").finditer(passage.text):
        before = [each.name for each in found if each.end <= place.start()]
        if level := before[-1] if before else last:
            found.append(Level(place.start(), *place.span(), level, "this"))
    yield from sorted(found, key=lambda each: each.start)


def _nearest(
    place: re.Match[str], levels: Sequence[Level], points: Sequence[re.Match[str]]
) -> Level | None:
    """Return the level that some points define, or the one beside them if they are beside it."""
    behind = next((each for each in levels if each.begin >= place.end()), None)
    if behind and said("makes_level").fullmatch(place.string, place.end(), behind.begin):
        return behind
    if defined := _defined(place, levels):
        return defined
    if governing := _governing(place, levels):
        return governing
    near = sorted(_joined_with(place, levels), key=lambda each: _distance(each, place))
    is_near = near and _distance(near[0], place) < NEAR
    if not is_near or min(points, key=lambda each: _distance(near[0], each)) is not place:
        return None
    return near[0]


def _governing(place: re.Match[str], levels: Sequence[Level]) -> Level | None:
    """Return the level for which a sentence asks points of each instrument, or gives as reason."""
    before = [each for each in levels if each.end <= place.start()]
    keys = ("and_of_each", "because_of") if before else ()
    known = (pattern(key).search(place.string, before[-1].end, place.start()) for key in keys)
    return before[-1] if any(known) else None


def _joined_with(place: re.Match[str], levels: Sequence[Level]) -> list[Level]:
    keys = ("parts_of_sentence", "other_limit")
    known = (*map(said, keys), pattern("other_level"))
    text = place.string
    if not said("must_before").search(text, max(0, place.start() - BEFORE), place.start()):
        known = (*known, said("next_condition"))
    return [e for e in levels if not any(k.search(text, *_gap(e, place)) for k in known)]


def _defined(place: re.Match[str], levels: Sequence[Level]) -> Level | None:
    """Return the level right before points that it is said to be set at."""
    before = [each for each in levels if each.end <= place.start()]
    known = (said("set_at"), pattern("asks_until")) if before else ()
    is_set = any(each.fullmatch(place.string, before[-1].end, place.start()) for each in known)
    return before[-1] if is_set else None


def _gap(level: Level, place: re.Match[str]) -> tuple[int, int]:
    first, last = min(level.end, place.end()), max(level.start, place.start())
    return first, max(first, last)


def _distance(level: Level, place: re.Match[str]) -> int:
    return max(level.start - place.end(), place.start() - level.end)


def _limit(report: Report, passage: Passage, place: re.Match[str], told: Level) -> Iterator[Found]:
    rules = rules_naming(report, told.name)
    before = passage.text[max(0, place.start() - BEFORE) : place.start()]
    first = min(place.start(), max(0, told.begin - BEFORE))
    denied = pattern("denied").search(passage.text, first, told.begin)
    is_denied = denied and told.way != "this" and not _defined(place, [told])
    if rules is None or is_denied or said("no_threshold").search(before):
        return
    start, end = min(place.start(), told.start), max(place.end(), told.end)
    if said("target_and_level").search(passage.text, start, end):
        return
    wide = passage.text[max(0, place.start() - NEAR) : place.start()]
    level, is_of_parts = rule_of(rules, told.name), bool(said("of_parts").search(wide))
    points, asked = Fraction(place["up"] or place["least"] or place["down"]), set[Fraction]()
    is_left = pattern("left").search(passage.text, 0, told.begin)
    if place["down"] and is_of_parts and pattern("whole_reached").search(before):
        asked = _ends_told(rules, level, place, told) and {Fraction(str(level.overall))}
        fits = not asked or (len(level.conditions) == 1 and asked == {points})
    elif place["down"] and is_of_parts:
        parts = {e for code, e in level.conditions.items() if code != OVERALL}
        asked = parts if _ends_told(rules, level, place, told) else set()
        fits = not asked or max(asked) < points
    elif place["down"]:
        asked = _ends_told(rules, level, place, told)
        fits = is_of_parts or (points in asked if asked else _is_below(level, points))
    elif is_left:
        asked = {max(ends_of(rules, level))}
        fits = points in asked
    else:
        asked = set(level.conditions.values())
        is_set = _defined(place, [told]) and not level.caveat
        fits = points in asked if is_set else _reaches(rules, level, points, is_of_parts)
    if not fits and not _is_higher_aim(report, passage.text, (start, place.end()), points, asked):
        right = [format_score(each) for each in sorted(asked or level.conditions.values())]
        facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
        found = found_in(passage, start, passage.text[start:end].rstrip("“"), **facts)
        yield found.told("below" if place["down"] and asked else "set")


def _is_higher_aim(
    report: Report, text: str, span: tuple[int, int], points: Fraction, asked: set[Fraction]
) -> bool:
    """Whether points are an aim beyond what a level asks, and no limit of the year."""
    start, end = span
    is_aim = said("aims_higher").search(text, max(0, start - NEAR), end)
    is_above = points > max(asked, default=points)
    return bool(is_aim) and is_above and all(Fraction(e) != points for e in limits_of(report))


def _ends_told(rules: Framework, level: Rule, place: re.Match[str], told: Level) -> set[Fraction]:
    """Return below which points a level ends, where these are told to lead to it."""
    is_end = said("then_level").fullmatch(place.string, place.end(), max(place.end(), told.begin))
    return {max(ends_of(rules, level))} if is_end and told.begin >= place.end() else set()


def _is_below(level: Rule, points: Fraction) -> bool:
    return Fraction(str(level.overall)) < points


def _reaches(rules: Framework, level: Rule, points: Fraction, is_of_parts: bool) -> bool:
    """Whether points, and all above up to the next level, lead to a level."""
    asked = {Fraction(each) for each in level.conditions.values()}
    if is_of_parts and len(level.conditions) > 1:
        return points in asked
    higher = [Fraction(str(each.overall)) for each in rules.levels.list]
    above = [each for each in higher if each > min(asked)]
    return min(asked) <= points < min(above, default=Fraction(101))


def ends_of(rules: Framework, level: Rule) -> set[Fraction]:
    """Return the points before which a level ends, as they may be written."""
    above = [Fraction(str(each.overall)) for each in rules.levels.list]
    limit = min((each for each in above if each > Fraction(str(level.overall))), default=None)
    if limit is None:
        return {Fraction(100)}
    return {limit, limit - Fraction(1, 100), limit - Fraction(1, 10), limit - 1}


def _asked(report: Report, passage: Passage, levels: Sequence[Level]) -> Iterator[Found]:
    """Yield points lower than all that the one level beside them asks for."""
    places = list(finished_pattern("asked_points").finditer(passage.text))
    for place in places:
        near = [e for e in _joined_with(place, levels) if _distance(e, place) < CLOSER]
        is_of_several = said("several_levels").match(passage.text, place.end())
        if is_of_several or len({each.name for each in near}) != 1:
            continue
        if any(_distance(near[0], each) < _distance(near[0], place) for each in places):
            continue
        if not (rules := rules_naming(report, near[0].name)):
            continue
        asked = set(rule_of(rules, near[0].name).conditions.values())
        points = Fraction(place["points"])
        if points < min(asked - {0}, default=0):
            right = [format_score(each) for each in sorted(asked)]
            facts = {"level": near[0].name, "right": right, "year": rules.fiscal_year}
            yield found_at(passage, place, "points", **facts)


def wrong_supposed(report: Report) -> Iterator[Found]:
    """Yield levels that supposed points would not lead to."""
    for each in levelled(report):
        rules = rules_naming(report, each.level.name)
        if not rules or each.code != OVERALL or not (points := _supposed(each)):
            continue
        text, level = each.spoken.text, each.level
        place = pattern("supposed_points").search(text, 0, level.begin)
        possible = band_of(rules, points)
        if place and pattern("part_fails").search(text, place.start(), level.begin):
            parted = {e.name for e in rules.levels.list if len(e.conditions) > 1}
            possible = [name for name in possible if name not in parted]
        if possible and level.name not in possible:
            facts = {"score": format_score(points), "levels": possible, "year": rules.fiscal_year}
            yield found_in(each.spoken.passage, level.start, level.name, **facts).told("row")


def wrong_schemes(report: Report) -> Iterator[Found]:
    """Yield levels told as the last of those that rules have, or so many steps from another."""
    for passage, place in report.places(pattern("scheme")) if report.rules else ():
        listed = names_of(rules_naming(report, place["first"]))
        if place["first"] in listed[:1] and place["last"] != listed[-1]:
            facts = {"year": report.year, "levels": listed}
            yield found_at(passage, place, "last", **facts)
    for passage, place in report.places(named(report.level_names, "end_of_scheme")):
        listed = names_of(report.rules)
        end = listed[0 if place["end"] == label("levelled.highest") else -1] if listed else ""
        if place["level"] in listed and place["level"] != end:
            facts = {"year": report.year, "levels": [end]}
            yield found_at(passage, place, "level", **facts)
    for passage, place in report.places(named(report.level_names, "relation")):
        listed = names_of(rules_naming(report, place["level"]))
        before = [e for e in levels_in(report, passage.text) if e.end <= place.start()]
        if not before or before[-1].name not in listed:
            continue
        by = listed.index(place["level"]) - listed.index(before[-1].name)
        way = 1 if place["way"] in label("levelled.upward").split() else -1
        if by * way != number_of(place["count"]):
            facts = {"year": report.year, "levels": listed}
            yield found_at(passage, place, **facts)


def wrong_numbers_of_levels(report: Report) -> Iterator[Found]:
    """Yield how many levels results are said to be parted into, if no year named has so many."""
    counts = {year: len(rules.levels.list) for year, rules in report.all_rules.items()}
    for passage, place in report.places(pattern("levels_counted")) if report.rules else ():
        group = "count" if place["count"] else "told"
        years = {report.year, *years_in(passage.text)}
        known = {counts[year] for year in years if year in counts}
        is_own = pattern("levels_of_result").search(passage.text, 0, place.start(group))
        if is_own and number_of(place[group]) not in known:
            facts = {"year": report.year, "levels": names_of(report.rules)}
            found = passage.text[place.start(group) : place.end()]
            yield found_in(passage, place.start(group), found, **facts).told("parted")


def _supposed(each: Levelled) -> Decimal | None:
    """Return the points that are supposed for a level, or compared with it."""
    if each.how == "compared":
        return each.points
    known = pattern("supposed_points") if each.how == "wished" else None
    text, end = each.spoken.text, each.level.begin
    place = known.search(text, 0, end) if known else None
    place = place or pattern("points_or_level").search(text, 0, end)
    return Decimal(place["points"]) if place else None


def wrong_bands(report: Report) -> Iterator[Found]:
    """Yield bands of a level that end elsewhere than before the next level."""
    for passage, place, name in _bands_told(report) if report.rules else ():
        rules = rules_naming(report, name)
        level = rule_of(rules, name) if rules else None
        if not rules or not level or level.caveat:
            continue
        low, high = sorted(Fraction(place[each]) for each in ("one", "other"))
        ends = ends_of(rules, level)
        if high not in ends and ends and low == Fraction(str(level.overall)):
            right = format_score(max(ends, key=lambda each: (each % 1 != 0, -each)))
            facts = {"level": level.name, "right": right, "year": rules.fiscal_year}
            found = passage.text[place.start("one") : place.end("other")]
            yield found_in(passage, place.start("one"), found, **facts).told("end")


def _bands_told(report: Report) -> Iterator[tuple[Passage, re.Match[str], str]]:
    """Yield bands with the level they are of: in one passage, or in two cells of a row."""
    known = with_levels("said.level_band", report.level_names)
    for passage, place in report.whole.places(known):
        yield passage, place, place["level"] or place["behind"]
    for row in (row for table in report.tables for row in table.rows):
        texts = [squeezed(cell.text) for cell in row]
        levels = [each for each in texts if each in report.level_names]
        for cell, text in zip(row, texts, strict=True) if len(levels) == 1 else ():
            if band := said("band_alone").fullmatch(text):
                yield of_cell(cell), band, levels[0]
