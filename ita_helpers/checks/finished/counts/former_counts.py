"""Numbers that sentences compare with those of another year, and by how much they have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.counts.counting_parts import Part
from ita_helpers.checks.finished.counts.many import FEWER, MORE, Quantified
from ita_helpers.checks.finished.passages.shared import pattern
from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.report import Report
from ita_helpers.language.number_words import number_of
from ita_helpers.values import replace

OF_RESULT = ("points", "level")
"""What indicators are counted by in one year and in another."""


def formerly(report: Report, spoken: Spoken, told: Sequence[Quantified]) -> Iterator[Quantified]:
    """Yield how many are said to have had last year what so many are told to have before."""
    for place in pattern("formerly").finditer(spoken.text) if told else ():
        before = [e for e in told if e.end <= place.start() and e.told and e.told.of == "points"]
        number = number_of(place["n"])
        part = Part("quantifier", place.start("n"), place.end(), "count", "indicator", number)
        for each in before[-1:]:
            part = replace(part, kind=each.part.kind, at=part.start)
            parts, year = [part], int(place["year"] or report.year - 1)
            yield replace(each, part=part, listed=None, whole=0, parts=parts, year=year)


def changes(
    report: Report, spoken: Spoken, part: Part, parts: Sequence[Part], told: Sequence[Quantified]
) -> Iterator[Quantified]:
    """Yield by how many a number has changed, if that is what a part may tell.

    The number is told right before, or it is only said what it counts.
    """
    counted = [(claim, claim.end) for claim in _of_result(told, part)]
    before = [e for e in parts if e.told and e.told.of in OF_RESULT and e.end <= part.start][-1:]
    for each in before:
        if pattern("restricting_noun").search(spoken.text, 0, each.start):
            counted.append((Quantified(spoken, part, each.told), each.end))
    for claim, end in counted if part.how == "count" else ():
        place = pattern("changed_by").fullmatch(spoken.text, end, part.start)
        if place:
            year = int(place["year"] or report.year - 1)
            changed = replace(part, how=MORE if place["up"] else FEWER, whole=0)
            yield replace(claim, part=changed, listed=None, whole=0, parts=[part], year=year)


def was(
    report: Report, part: Part, told: Sequence[Quantified], ways: Sequence[Quantified]
) -> Iterator[Quantified]:
    """Yield how many there were the year before, where words right before a number say that."""
    own = [each for each in ways if each.told and each.told.of in OF_RESULT]
    for claim in (own or _of_result(told, part))[:1] if part.how == "count" else ():
        text = claim.spoken.text
        if not pattern("was_before").search(text, 0, part.start):
            continue
        behind = pattern("in_year").match(text, part.end)
        year = int(behind["year"]) if behind else report.year - 1
        listed = next((e.listed for e in ways if e.listed and e.listed.start >= part.end), None)
        parts = [part, listed] if listed else [part]
        yield replace(claim, part=part, listed=listed, whole=0, parts=parts, year=year)


def moved_from(report: Report, spoken: Spoken, parts: Sequence[Part]) -> Iterator[Quantified]:
    """Yield both numbers where one is told to have become another one."""
    told = [e for e in parts if e.told and e.told.of in OF_RESULT]
    known = pattern("moved_from")
    for place in known.finditer(spoken.text) if told else ():
        before = [e for e in told if e.end <= place.start()][-1:]
        for each in before:
            if not pattern("filler").fullmatch(spoken.text, each.end, place.start()):
                continue
            behind = pattern("in_year").match(spoken.text, place.end())
            now = int(behind["year"]) if behind else report.year
            years = (int(place["year"] or now - 1), now)
            for number, kind, year in zip("nm", "kl", years, strict=True):
                start, end = place.start(number), place.end(kind)
                part = Part("quantifier", start, end, "count", "indicator", 0, at=start)
                part = replace(part, number=number_of(place[number]))
                yield Quantified(spoken, part, each.told, parts=[part], year=year)


def _of_result(told: Sequence[Quantified], part: Part) -> Sequence[Quantified]:
    """Return the last number that tells how many had some result, if it counts the same things."""
    kept = [e for e in told if e.told and e.told.of in OF_RESULT and e.end <= part.start]
    return [e for e in kept[-1:] if e.part.kind == part.kind]
