"""One thing named twice where different ones are listed, told of in turn, or compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from re import Pattern

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.signs import Sign, signs_of
from ita_helpers.checks.finished.reading import bare
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label

AROUND, FAR = 30, 70
"""Characters behind what is compared in which stands that it is meant at another time; between two
things of which the same is told.
"""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def twice(key: str) -> Pattern[str]:
    """Return the pattern ``twice.<key>`` of the catalogue."""
    return compiled(label(f"twice.{key}"))


def named_twice(report: Report) -> Iterator[Found]:
    """Yield what is named twice in a list, or told apart from itself, or compared with it."""
    for passage, signs in signs_of(report):
        things = _things(passage.text, signs)
        for one, other in pairwise(things):
            if one.codes == other.codes and _is_again(passage.text, one, other):
                found = passage.text[one.start : other.end].strip()
                yield _twice(report, passage, one.start, found, one.codes[0])
    for passage, place in report.places(twice("number_again")) if report.rules else ():
        if report.rules and report.rules.find_indicator(place["again"]):
            yield _twice(report, passage, place.start(), place.group(), place["again"])
    yield from _compared_with_this(report)
    for passage, place in report.places(twice("rises_and_stays")):
        yield _twice(report, passage, place.start("again"), place["again"], place["again"])


def _compared_with_this(report: Report) -> Iterator[Found]:
    """Yield an instrument that is spoken of as this one and compared with itself."""
    for passage, place in report.places(twice("this")):
        text, end = passage.text, place.end()
        before = [e for e in report.mentions.before(text, place.start()) if e.code.isalpha()]
        subject = before[-1].code if before else passage.under
        while other := twice("than").match(text, end):
            end = other.end()
            if other["code"] == subject and not twice("goes_on").match(text, end):
                found = text[place.start() : end]
                yield _twice(report, passage, place.start(), found, subject)


def _twice(report: Report, passage: Passage, start: int, found: str, code: str) -> Found:
    return found_in(passage, start, found, right=name_of(report, code))


def _things(text: str, signs: Sequence[Sign]) -> list[Sign]:
    """Return what a text names, a number with its name as one; lists are left apart."""
    found: list[Sign] = []
    for each in signs:
        last = found[-1] if found else None
        is_same = last and last.codes == each.codes and last.kind != each.kind
        if last and is_same and twice("beside").fullmatch(text, last.end, each.start):
            found[-1] = Sign(last.start, each.end, each.kind, each.codes, last.words + each.words)
        else:
            found.append(each)
    return found


def _is_again(text: str, one: Sign, other: Sign) -> bool:
    """Whether a second thing surely should be another one than the first, which it is not."""
    if len(one.codes) > 1 or twice("goes_on").match(text, other.end):
        return False
    if one.kind == "instrument" and not all(twice("letters").search(e.words) for e in (one, other)):
        return False
    if joined := twice("joined").fullmatch(text, one.end, other.start):
        return not joined["prefix"] or text[: one.start].rstrip().endswith(joined["prefix"])
    if twice("besides").search(text, 0, one.start):
        return bool(twice("but_also").fullmatch(text, one.end, other.start))
    is_so = (_is_told, _is_compared, _is_parallel)
    return one.kind != "item" and any(each(text, one, other) for each in is_so)


def _is_parallel(text: str, one: Sign, other: Sign) -> bool:
    """Whether words with numbers between two things stand again behind the second."""
    between = text[one.end : other.start]
    if len(between) > FAR or twice("at_another").search(between):
        return False
    start = max(one.start, text.rfind(one.codes[0], one.start, one.end))
    before = twice("noun").search(text, 0, start)
    prefix = before.group().strip() if before else ""
    body = between.rstrip().removesuffix(prefix).strip(label("twice.between"))
    shape, behind = (_NUMBER.sub("#", each) for each in (body, text[other.end :]))
    return "#" in shape and len(shape) > 1 and bare(behind).startswith(bare(shape))


def _is_told(text: str, one: Sign, other: Sign) -> bool:
    """Whether the same is said, with a number each, of one thing and right behind of the other."""
    first = twice("told").fullmatch(text, one.end, other.start)
    second = twice("number").match(text, other.end) if first else None
    if not first or not second or bare(first["said"]) != bare(second["said"]):
        return False
    is_alike = text[: one.start].rstrip().endswith(first["prefix"])
    return is_alike and not twice("at_another").search(first["said"] + first["prefix"])


def _is_compared(text: str, one: Sign, other: Sign) -> bool:
    """Whether a thing is told to be more or less than itself, or told apart from itself."""
    between, behind = text[one.end : other.start], text[other.end : other.end + AROUND]
    before = text[max(0, one.start - AROUND) : one.start]
    if twice("of_another").search(behind):
        return False
    if twice("compared").fullmatch(between):
        return not twice("elsewhere").search(f"{before} {between}")
    is_apart = bool(twice("whereas").fullmatch(between))
    return is_apart and not twice("of_another").search(f"{before} {between}")
