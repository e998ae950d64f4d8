"""Numbers of a part that are above that of its whole, and two parts that do not make it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.counts.counts import Count, counts_in, is_alike
from ita_helpers.checks.finished.reading import bare, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.points import format_count

WORDS, SAME, FEWEST = 24, 14, 3
"""Characters before a number, the letters of them that are the same, and its digits at least."""
BEFORE = 30
"""Characters before a part in which it stands that it has grown or fallen from the other number."""


def wrong_halves(report: Report) -> Iterator[Found]:
    """Yield parts above the whole that they are told to be of."""
    for passage in report.that_may_hold(said("part_told"), in_lines=True):
        listed = counts_in(passage.text)
        for one, other in pairwise(listed):
            part, whole = _part_first(passage.text, one, other)
            if part and whole and _is_above(part, whole):
                yield found_in(passage, part.start, part.text, right=whole.text).told("part")
        for at in range(len(listed) - 2):
            yield from _passed_and_not(passage, *listed[at : at + 3])


def _passed_and_not(passage: Passage, one: Count, other: Count, whole: Count) -> Iterator[Found]:
    """Yield those who have passed or not, if both are not the whole told behind them."""
    text = passage.text
    told = said("passed_before").search(text, 0, one.start)
    told = told and said("passed_and_not").fullmatch(text, one.end, other.start)
    is_whole = told and said("part_of_whole").fullmatch(text, other.end, whole.start)
    if is_whole and one.value + other.value != whole.value:
        right = format_count(int(one.value + other.value))
        yield found_in(passage, whole.start, whole.text, right=right)


def _is_above(part: Count, whole: Count) -> bool:
    return bool(part.unit and whole.unit) and is_alike(part, whole) and part.value > whole.value


def _part_first(text: str, one: Count, other: Count) -> tuple[Count | None, Count | None]:
    """Return the part and the whole among two numbers in a row, nothing if they are neither."""
    before = text[max(0, one.start - BEFORE) : one.start]
    if said("another_instrument").search(text, one.end, other.start):
        return None, None
    if said("part_of_whole").fullmatch(text, one.end, other.start):
        is_moved = said("has_moved").search(before) or said("of_then").match(text, other.end)
        return (None, None) if is_moved else (one, other)
    is_whole = said("of_all_before").search(text, 0, one.start)
    is_told = is_whole and said("whole_passed").fullmatch(text, one.end, other.start)
    if is_told or said("whole_and_part").fullmatch(text, one.end, other.start):
        return other, one
    return None, None


def misread_counts(report: Report) -> Iterator[Found]:
    """Yield numbers told a second time behind the same words with two digits in another order."""
    told: dict[tuple[str, ...], str] = {}
    for passage in report.that_may_hold(said("large_count"), in_lines=True):
        for each in counts_in(passage.text):
            words = bare(passage.text[max(0, each.start - WORDS) : each.start])
            digits = sorted(each.text.replace(",", ""))
            if not each.unit or len(digits) < FEWEST or len(words) < FEWEST:
                continue
            time = _time_of(report, passage.text[: each.start])
            key = (words[-SAME:], time, each.unit, "".join(digits))
            right = told.setdefault(key, each.text)
            if right != each.text:
                yield found_in(passage, each.start, each.text, right=right).told("twice")


def _time_of(report: Report, before: str) -> str:
    """Return of which time a count is by the words before it, nothing of the report's year."""
    times = list(said("time_of_count").finditer(before))
    time = times[-1].group() if times else ""
    return "" if str(report.year) in time else time
