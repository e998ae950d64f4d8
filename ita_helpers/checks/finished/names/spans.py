"""Ranges of indicators and items: that lead backwards, or leave out one end of an instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.passages.signs import Sign, side_of, sign, signs_of
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.records.framework import Framework
from ita_helpers.values import value


@value(frozen=True)
class Span:
    """A range of indicators that is told as those of an instrument."""

    passage: Passage
    place: re.Match[str]
    instrument: str
    codes: frozenset[str]


def backward_ranges(report: Report) -> Iterator[Found]:
    """Yield ranges of indicators that do not end behind their first one."""
    for passage, place in report.places(sign("range")) if report.rules else ():
        if not place["and"] and _is_backward(place):
            yield found_at(passage, place).told("backward")


def backward_items(report: Report) -> Iterator[Found]:
    """Yield ranges of items that do not end behind their first one."""
    for passage, place in report.places(sign("range_of_items")):
        if _is_backward(place):
            yield found_at(passage, place).told("backward")


def _is_backward(place: re.Match[str]) -> bool:
    return int(place["first"]) >= int(place["last"])


def short_ranges(report: Report) -> Iterator[Found]:
    """Yield ranges told as the indicators of an instrument that leave out the first or the last."""
    rules = report.rules
    spans = list(_spans(report, rules)) if rules else []
    for each in spans if rules else ():
        whole = [e.code for e in rules.indicators_of(each.instrument)] if rules else []
        same = [e for e in spans if e.instrument == each.instrument]
        is_split = any(not e.codes & each.codes for e in same)
        is_short = each.codes < {*whole} and each.codes & {whole[0], whole[-1]}
        is_part = is_split or said("by_items").search(each.passage.text)
        if is_short and len(whole) - len(each.codes) == 1 and not is_part:
            facts = {"right": f"{whole[0]}–{whole[-1]}", "under": each.instrument}
            yield found_at(each.passage, each.place, **facts).told("short")


def long_ranges(report: Report) -> Iterator[Found]:
    """Yield ranges told as those of who answers an instrument that have one of another too."""
    rules = report.rules
    for passage, place in report.places(sign("range")) if rules else ():
        side = sign("side_of_range").search(passage.text, 0, place.start())
        told = side_of(side["side"]) if side else ""
        whole = [int(each.code) for each in rules.indicators_of(told)] if rules and told else []
        ends = (int(place["first"]), int(place["last"]))
        if whole and not place["and"] and (ends[0] < whole[0]) != (ends[1] > whole[-1]):
            facts = {"right": f"{whole[0]}–{whole[-1]}", "under": told}
            yield found_at(passage, place, **facts).told("long")


def _spans(report: Report, rules: Framework) -> Iterator[Span]:
    signs = {id(passage): found for passage, found in signs_of(report)}
    for passage, place in report.places(sign("range")):
        told = _told(passage.text, place, signs.get(id(passage), ()))
        first, last = int(place["first"]), int(place["last"])
        if told and first < last and sign("spanned").match(passage.text, place.end()):
            codes = [each.code for each in rules.indicators_of(told)]
            numbers = frozenset(map(str, range(first, last + 1)))
            yield Span(passage, place, told, numbers & {*codes})


def _told(text: str, place: re.Match[str], signs: Sequence[Sign]) -> str:
    """Return the instrument whose indicators a range is told to be, if it surely is."""
    if side := sign("side_of_range").search(text, 0, place.start()):
        return side_of(side["side"])
    before = [each for each in signs if each.end <= place.start()]
    told = before[-1] if before and before[-1].kind == "instrument" else None
    if not told or not sign("spans").fullmatch(text, told.end, place.start()):
        return ""
    is_of_some = sign("no_span").search(text, told.end, place.start())
    return "" if is_of_some else told.codes[0][:3]
