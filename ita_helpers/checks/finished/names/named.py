"""Whether the signs of one mention agree: its number, its name, and its place in a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.passages.signs import (
    REACH,
    Sign,
    home_of,
    sign,
    signs_of,
)
from ita_helpers.checks.finished.passages.speaking import own_prefixes
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.number_words import number_of
from ita_helpers.records.framework import Framework

FEWEST = 4
"""Names with their own numbers in one text: then plain numbers are those of indicators."""
Beside = Sequence[tuple[Sign, re.Match[str]]]
"""Names with the numbers beside them."""


def numbers_of_others(report: Report) -> Iterator[Found]:
    """Yield names of indicators with the number of another one, or of none, beside them."""
    rules = report.rules
    for passage, beside in report.once(_beside) if rules else ():
        for each, place in beside:
            is_other = str(number_of(place["number"])) not in each.codes
            if rules and is_other and _is_certain(report, beside, each, place):
                yield _pair(rules, passage, each, place)
    for passage, signs in signs_of(report) if rules else ():
        yield from _lists(rules, passage, signs) if rules else ()
    last = rules.indicators.list[-1].code if rules else ""
    for passage, place in report.places(sign("no_indicator")) if rules else ():
        if rules and not rules.find_indicator(str(number_of(place["number"]))):
            yield found_at(passage, place, last=last).told("none")


def _beside(report: Report) -> list[tuple[Passage, Beside]]:
    """Return the passages with names of indicators that have a number beside them."""
    found = list[tuple[Passage, Beside]]()
    for passage, signs in signs_of(report):
        pairs = [(each, _number(passage.text, signs, each)) for each in signs]
        beside = [(each, place) for each, place in pairs if place]
        found += [(passage, beside)] if beside else []
    return found


def _number(text: str, signs: Sequence[Sign], name: Sign) -> re.Match[str] | None:
    """Return the number that stands beside a name as its own."""
    if name.kind != "name":
        return None
    if place := sign("ahead").search(text, max(0, name.start - REACH), name.start):
        start = place.start("number")
        in_list = any(e.start < start < e.end and len(e.codes) > 1 for e in signs)
        return None if in_list else place
    place = sign("behind").match(text, name.end)
    return None if place and place["list"] else place


def _is_certain(report: Report, beside: Beside, name: Sign, place: re.Match[str]) -> bool:
    """Whether a number is surely meant as that of an indicator, and not as one of a count."""
    if place["sure"]:
        return True
    numbers = [number_of(each["number"]) for _, each in beside]
    agreeing = sum(str(number) in e.codes for number, (e, _) in zip(numbers, beside, strict=True))
    if place["order"] is None:
        return agreeing >= FEWEST
    if place["order"].strip() in report.once(own_prefixes):
        return True
    if len(numbers) > 1:
        return agreeing > 0 and numbers != list(range(1, len(numbers) + 1))
    is_counted = 1 in report.once(_counts)[place["order"].strip()]
    return not (is_counted or _is_rank(report, name.codes[0], numbers[0]))


def _counts(report: Report) -> dict[str, set[int]]:
    """Return the numbers that a report writes behind each word for an order."""
    found = defaultdict[str, set[int]](set)
    for _passage, place in report.places(said("own_number")):
        found[place["prefix"].strip()].add(int(place["number"]))
    if report.has(sign("first_of_count")):
        found["("].add(1)
    return found


def _is_rank(report: Report, code: str, number: int) -> bool:
    """Whether an indicator has this place from the highest or the lowest, among all or its own."""
    scores = {each: p for each, p in report.points().items() if each.isdigit()}
    if code not in scores or not report.rules:
        return True
    home = report.rules.indicator(code).instrument
    own = {e: p for e, p in scores.items() if home_of(report.rules, e) == home}
    places = set[int]()
    for group in (scores, own):
        ordered = sorted(group.values())
        for listed in (ordered, ordered[::-1]):
            places |= {at + 1 for at, each in enumerate(listed) if each == scores[code]}
    return number in places


def _pair(rules: Framework, passage: Passage, name: Sign, place: re.Match[str]) -> Found:
    start, end = min(place.start(), name.start), max(place.end(), name.end)
    number, known = str(number_of(place["number"])), rules.indicator(name.codes[0])
    meant = rules.find_indicator(number)
    facts = {"code": number, "right": meant.name if meant else "", "meant": known.code}
    found = passage.text[start:end].strip()
    return found_in(passage, start, found, **facts, name=known.name)


def _lists(rules: Framework, passage: Passage, signs: Sequence[Sign]) -> Iterator[Found]:
    """Yield the first name of a list that is not that of its number in a list before it."""
    for at, each in enumerate(signs):
        if each.kind != "number" or len(each.codes) < 2:
            continue
        names = [e for e in signs[at + 1 : at + 1 + len(each.codes)] if e.kind == "name"]
        joints = zip([each, *names], names, strict=False)
        is_list = len(names) == len(each.codes) and all(
            sign("names_follow").fullmatch(passage.text, one.end, other.start)
            for one, other in joints
        )
        for code, name in zip(each.codes, names, strict=True) if is_list else ():
            if code not in name.codes:
                known, meant = rules.indicator(name.codes[0]), rules.indicator(code)
                facts = {"code": code, "right": meant.name, "meant": known.code}
                yield found_in(passage, name.start, name.words, **facts, name=known.name)
