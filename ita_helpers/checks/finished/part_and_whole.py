"""Numbers of a part that are above that of its whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.counts import Count, counts_in, is_alike
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in

BEFORE = 30
"""Characters before a part in which it stands that it has grown or fallen from the other number."""


def wrong_halves(report: Report) -> Iterator[Found]:
    """Yield parts above the whole that they are told to be of."""
    for passage in report.that_may_hold(said("part_told"), in_lines=True):
        for one, other in pairwise(counts_in(passage.text)):
            part, whole = _part_first(passage.text, one, other)
            if part and whole and _is_above(part, whole):
                yield found_in(passage, part.start, part.text, right=whole.text).told("part")


def _is_above(part: Count, whole: Count) -> bool:
    return bool(part.unit and whole.unit) and is_alike(part, whole) and part.value > whole.value


def _part_first(text: str, one: Count, other: Count) -> tuple[Count | None, Count | None]:
    """Return the part and the whole among two numbers in a row, nothing if they are neither."""
    before = text[max(0, one.start - BEFORE) : one.start]
    if said("part_of_whole").fullmatch(text, one.end, other.start):
        return (None, None) if said("has_moved").search(before) else (one, other)
    if said("whole_and_part").fullmatch(text, one.end, other.start):
        return other, one
    return None, None
