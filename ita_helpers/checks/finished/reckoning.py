"""Counts in sentences against each other and against the report: sums and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ita_helpers.checks.finished.arithmetic import off_by
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.number_words import number_of

FEWEST, MOST = 2, 7
"""Counts that are added up in one sentence."""
MOST_TOLD, PARTS = 12, 4
"""Counts of a report of which a total may be the sum, and how many of them."""
BEFORE = 110
"""Characters before a share in which its counts stand."""


@dataclass(frozen=True)
class Count:
    """A number of things of one unit in a passage."""

    start: int
    end: int
    value: Fraction
    unit: str
    text: str


def counts_in(text: str) -> list[Count]:
    """Return the numbers of people, measures and other things that a text counts."""
    return [
        Count(each.start("value"), each.end(), Fraction(value), each["unit"], each["value"])
        for each in said("count").finditer(text)
        if (value := number_of(each["value"]))
    ]


def wrong_sums(report: Report) -> Iterator[Found]:
    """Yield totals of counts that are not the sum of those before them in the sentence."""
    for passage in report.that_may_hold(said("total"), in_lines=True):
        listed = counts_in(passage.text) if said("total").search(passage.text) else []
        for at, total in enumerate(listed):
            if said("total_before").search(passage.text, 0, total.start):
                before = [each for each in listed[:at] if each.unit == total.unit]
                if not may_be_sum(report, passage, total.text):
                    yield from _sum(passage, before, total)


def may_be_sum(report: Report, passage: Passage, total: str) -> bool:
    """Whether some counts of the report, in this passage or before, add up to a total."""
    aim = number_of(total)
    told = dict.fromkeys(each for each in report.once(_all_counts) if each[0] <= passage.spot.line)
    counts = [value for _, value in told if FEWEST <= value < aim][-MOST_TOLD:]
    sums = {0: 0}
    for value in counts:
        for known, parts in list(sums.items()):
            if known + value <= aim and parts < PARTS:
                sums.setdefault(known + value, parts + 1)
    return sums.get(aim, 0) >= FEWEST


def _all_counts(report: Report) -> list[tuple[int, int]]:
    """Return the lines of a report with the counts in them."""
    return [
        (passage.spot.line, int(each.value))
        for passage in report.lines
        for each in counts_in(passage.text)
        if each.value.denominator == 1
    ]


def _sum(passage: Passage, before: Sequence[Count], total: Count) -> Iterator[Found]:
    """Yield a total unless some of the last counts before it, or all, add up to it."""
    for count in range(FEWEST, min(len(before), MOST) + 1):
        parts = before[-count:]
        if sum(each.value for each in parts) == total.value:
            return
    parts = [e for e in before if not said("whole_before").search(passage.text, 0, e.start)]
    larger = [each for each in before if each.value >= total.value]
    if len(parts) < FEWEST or larger or any(e.value == total.value for e in before):
        return
    right = sum(each.value for each in parts)
    found = passage.text[total.start : total.end]
    yield found_in(passage, total.start, found, right=str(right))


def wrong_shares(report: Report) -> Iterator[Found]:
    """Yield shares in per cent that no two counts before them in the sentence have."""
    for passage, place in report.places(said("share"), in_lines=True):
        listed = counts_in(passage.text)
        near = [e for e in listed if place.start() - BEFORE < e.start < place.start()]
        if near and not said("share_apart").search(passage.text, near[-1].end, place.start()):
            yield from _share(passage, place, near, listed)


def _share(
    passage: Passage, place: re.Match[str], near: Sequence[Count], listed: Sequence[Count]
) -> Iterator[Found]:
    part = near[-1]
    wholes = [e for e in listed if e.unit == part.unit and e.value >= part.value and e != part]
    ratios = [part.value / each.value * 100 for each in wholes if each.value]
    before = [e for e in near if e in wholes]
    if before and all(off_by(each, place["share"]) for each in ratios):
        right = off_by(part.value / before[-1].value * 100, place["share"])
        yield found_in(passage, place.start("share"), place["share"], right=right)
