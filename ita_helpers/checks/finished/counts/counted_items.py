"""How many groups of items an indicator has, and how many items a group has, meets or lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.names.items_told import with_bare_groups
from ita_helpers.checks.finished.passages.signs import Sign, sign, signs_of
from ita_helpers.checks.finished.reading import years_in
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework

FULL, REACH = 100, 110
"""Full points; characters from a group to how many of its items are counted."""


def wrong_groups_counted(report: Report) -> Iterator[Found]:
    """Yield numbers of the groups of an indicator's items that the year does not have."""
    rules = report.rules
    for passage, place in report.places(sign("groups_counted")) if rules else ():
        told = _last(report, passage, place.start(), ("number", "name"))
        code = told.codes[0] if told else passage.under
        known = [e for e in rules.all_sub_indicators if e.indicator == code] if rules else []
        if known and number_of(place["count"] or place["number"]) != len(known):
            yield found_at(passage, place, right=str(len(known))).told("groups")


def wrong_items_counted(report: Report) -> Iterator[Found]:
    """Yield numbers of a group's items that it does not have, or that its score contradicts."""
    rules = report.rules
    for passage, place in report.places(sign("items_of_group")) if rules else ():
        told = _last(report, passage, place.start(), ("group",))
        is_near = told and place.start() - told.end < REACH
        if rules and told and is_near and not _is_of_another(report, passage.text, told, place):
            yield from _judged(report, rules, passage, told.codes[0], place)
            yield from _unlike_the_rest(passage, place)


def _last(report: Report, passage: Passage, end: int, kinds: tuple[str, ...]) -> Sign | None:
    """Return the last of some kinds of things that is named before a place."""
    signs = {id(each): found for each, found in signs_of(report)}.get(id(passage), ())
    listed = with_bare_groups(report.rules, passage.text, signs) if report.rules else []
    before = [each for each in listed if each.end <= end and each.kind != "item"]
    last = before[-1] if before else None
    return last if last and last.kind in kinds and len(last.codes) == 1 else None


def _is_of_another(report: Report, text: str, told: Sign, place: re.Match[str]) -> bool:
    """Whether what is counted is told of another year, or of something else than a group."""
    is_aside = sign("aside_before").search(text, 0, told.start)
    years = {*years_in(text[: place.end()])} - {report.year}
    return bool(is_aside or years or sign("not_of_group").search(text, told.end, place.start()))


def _judged(
    report: Report, rules: Framework, passage: Passage, code: str, place: re.Match[str]
) -> Iterator[Found]:
    size = sum(1 for each in rules.all_items if each.under == code)
    whole = place["whole"] or place["of"] or place["all"]
    if not size:
        return
    if whole and number_of(whole) != size:
        group = next(each for each in ("whole", "of", "all") if place[each])
        yield found_at(passage, place, group, right=str(size)).told("groups")
        return
    count = place["met"] or place["lacking"]
    points = report.scores.get((code, report.year)) if count else None
    met = None if points is None else _met(points, size)
    if met is not None:
        right = met if place["met"] else size - met
        if number_of(count) != right:
            group = "met" if place["met"] else "lacking"
            yield found_at(passage, place, group, right=str(right)).told("scores")


def _unlike_the_rest(passage: Passage, place: re.Match[str]) -> Iterator[Found]:
    """Yield how many items are lacking that do not make all with those told to be met behind."""
    met = sign("rest_met").match(passage.text, place.end())
    if met and place["lacking"] and not place["of"]:
        right = number_of(met["of"]) - number_of(met["met"])
        if number_of(place["lacking"]) != right:
            yield found_at(passage, place, "lacking", right=str(right)).told("scores")


def _met(points: Decimal, size: int) -> int | None:
    """Return how many of so many items have full points, if the points can only come from that."""
    ways = [at for at in range(size + 1) if to_hundredths(Fraction(FULL * at, size)) == points]
    return ways[0] if len(ways) == 1 else None
