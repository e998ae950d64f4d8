"""Counts in sentences against each other and against the report: sums and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.checks.finished.counts.counts import (
    Count,
    all_counts,
    counts_in,
    is_alike,
    shares,
)
from ita_helpers.checks.finished.counts.tallies import sums_of_totals
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.sums.arithmetic import add_up, off_by
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score

FEWEST, MOST, FULL = 2, 7, 100
"""Counts that are added up in one sentence; a whole in per cent."""
MOST_TOLD, PARTS = 12, 4
"""Counts of a report of which a total may be the sum, and how many of them."""


def wrong_sums(report: Report) -> Iterator[Found]:
    """Yield totals of counts that are not the sum of those before them in the sentence."""
    for passage in report.that_may_hold(said("total"), in_lines=True):
        listed = counts_in(passage.text) if said("total").search(passage.text) else []
        for at, total in enumerate(listed):
            if said("total_before").search(passage.text, 0, total.start):
                before = [each for each in listed[:at] if is_alike(each, total)]
                if place := said("each_times").search(passage.text):
                    yield from _product(passage, place)
                elif not (may_be_sum(report, passage, total) or is_of_table(report, total)):
                    yield from _sum(passage, before, total)


def _product(passage: Passage, place: re.Match[str]) -> Iterator[Found]:
    """Yield a total of so many of one kind that is not so often what each has."""
    count, each, total = (number_of(place[key]) for key in ("count", "each", "total"))
    if count * each != total:
        found = passage.text[place.start("total") : place.end()]
        yield found_in(passage, place.start("total"), found, right=str(count * each))


def may_be_sum(report: Report, passage: Passage, total: Count) -> bool:
    """Whether some counts of the report, in this passage or before, add up to a total."""
    aim = int(total.value)
    alike = [(line, each) for line, each in report.once(all_counts) if is_alike(each, total)]
    told = dict.fromkeys((n, int(each.value)) for n, each in alike if n <= passage.spot.line)
    counts = [value for _, value in told if FEWEST <= value < aim][-MOST_TOLD:]
    return add_up(counts, aim, most=PARTS)


def is_of_table(report: Report, total: Count) -> bool:
    """Whether a number is the total of a table that counts groups, or of several."""
    return int(total.value) in sums_of_totals(report)


def _sum(passage: Passage, before: Sequence[Count], total: Count) -> Iterator[Found]:
    """Yield a total unless some of the last counts before it, or all, add up to it."""
    for count in range(FEWEST, min(len(before), MOST) + 1):
        parts = before[-count:]
        if sum(each.value for each in parts) == total.value:
            return
    if said("some_groups").search(passage.text, 0, total.start):
        return
    larger = [at for at, each in enumerate(before) if each.value > total.value]
    behind = before[larger[-1] + 1 :] if larger else before
    parts = [e for e in behind if not said("whole_before").search(passage.text, 0, e.start)]
    if len(parts) < FEWEST or any(e.value == total.value for e in before):
        return
    right = sum(each.value for each in parts)
    if right == total.value:
        return
    found = passage.text[total.start : total.end]
    yield found_in(passage, total.start, found, right=str(right))


def wrong_shares(report: Report) -> Iterator[Found]:
    """Yield shares that no two counts around them have."""
    for each in shares(report):
        if any(each.holds(part, whole) for part, whole in each.pairs):
            continue
        part, whole = each.told
        is_grown = said("of_changes_near").search(each.passage.text, 0, each.start)
        if is_grown and any(each.holds(abs(part - whole), of) for of in (part, whole)):
            continue
        facts = {"right": format_score(part / whole * 100), "part": part, "whole": whole}
        found = found_in(each.passage, each.start, each.text, **facts)
        yield found if each.percent else found.told("fraction")
    for passage in report.that_may_hold(said("share_gate"), in_lines=True):
        yield from _listed_shares(passage)
    yield from _scores_of_items(report)


def _scores_of_items(report: Report) -> Iterator[Found]:
    """Yield scores that are neither the share of items that have got their points nor its rest."""
    for passage, place in report.places(said("items_of_items")):
        part, whole = int(place["part"]), int(place["whole"])
        if not part <= whole or not whole:
            continue
        ways = [Fraction(each * FULL, whole) for each in (part, whole - part)]
        if all(off_by(way, place["points"]) for way in ways):
            facts = {"right": format_score(ways[0]), "part": part, "whole": whole}
            yield found_at(passage, place, "points", **facts)


def _listed_shares(passage: Passage) -> Iterator[Found]:
    """Yield the one of several shares, each behind its count, that all counts together show wrong.

    The others must be those of the same whole.
    """
    counts = counts_in(passage.text)
    told = [
        (count, place)
        for place in said("share").finditer(passage.text)
        for count in counts
        if place["share"] and 0 <= place.start() - count.end <= 1
    ]
    units = {count.unit for count, _ in told}
    whole = sum((count.value for count, _ in told), Fraction(0))
    if len(told) < FEWEST or len(units) > 1 or not whole:
        return
    wrong = [(c, p) for c, p in told if off_by(c.value / whole * FULL, p["share"])]
    if len(wrong) == 1:
        count, place = wrong[0]
        right = format_score(count.value / whole * FULL)
        facts = {"right": right, "part": count.value, "whole": whole}
        yield found_at(passage, place, "share", **facts)
