"""Wholes with their parts told behind them, and what is said to be left: they must add up.

The one place that reads parts of a whole; totals behind their parts are read in ``reckoning.py``.
A whole of which not all numbers behind it are understood is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.counts.counts import Count, counts_in
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.sums.arithmetic import add_up

NEAR, BEHIND, BEFORE = 30, 40, 24
"""Characters between a whole and the word for its parts, behind the last part, before a number."""
FEWEST, MOST = 2, 9
"""Parts that are added up."""
_WHOLE_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?![\d,]*\.\d|\d)")


def wrong_parts(report: Report) -> Iterator[Found]:
    """Yield wholes that are not the sum of the parts told behind them."""
    for passage in report.that_may_hold(said("parted")):
        places = list(said("parted").finditer(passage.text))
        counts = counts_in(passage.text) if places else []
        for place in places:
            for whole in _wholes(passage.text, counts, place):
                if found := _wrong(passage, whole, counts, place):
                    yield found
                    break


def wrong_differences(report: Report) -> Iterator[Found]:
    """Yield how far two counts before it are said to be apart, and are not."""
    for passage in report.that_may_hold(said("counts_word"), in_lines=True):
        counts = [each for each in counts_in(passage.text) if said("people").fullmatch(each.unit)]
        for at, each in enumerate(counts[2:], start=2):
            first, second = counts[at - 2 : at]
            text, right = passage.text, abs(first.value - second.value)
            is_told = said("counts_apart").search(text, second.end, each.start)
            is_whole = ";" not in text[first.start : each.end] and at == len(counts) - 1 == 2
            if is_told and is_whole and each.value != right and first.unit == each.unit:
                found = text[first.start : each.end]
                facts = {"right": str(right)}
                yield found_in(passage, first.start, found, **facts).told("apart")


def _wholes(text: str, counts: Sequence[Count], place: re.Match[str]) -> Iterator[Count]:
    """Yield the counts that stand together before the word for parts, the nearest first."""
    end = place.start()
    for each in reversed([count for count in counts if count.end <= place.start()]):
        between = text[each.end : end]
        if len(between) > NEAR or re.search(r"[\d;]", between) or not each.unit:
            return
        yield each
        end = each.start


def _wrong(
    passage: Passage, whole: Count, counts: Sequence[Count], place: re.Match[str]
) -> Found | None:
    text = passage.text
    if said("sum_follows").match(text, whole.end):
        return None
    ends = said("parts_end").search(text, place.end())
    end = ends.start() if ends else len(text)
    parts = _parts(text, whole, [e for e in counts if place.end() <= e.start < end])
    parts = _to_the_last(text, parts)
    if not FEWEST <= len(parts) <= MOST:
        return None
    if _has_unknown(text, place.end(), min(end, parts[-1].end + BEHIND), counts):
        return None
    if place["done"] and not _is_rest(text, parts):
        return None
    if place["owned"] and not said("owned_parts").search(text, place.end(), parts[-1].start):
        return None
    if add_up([int(each.value) for each in parts], int(whole.value)):
        return None
    total = sum(each.value for each in parts)
    found = text[whole.start : parts[-1].end]
    facts = {"right": str(total), "whole": str(whole.value)}
    return found_in(passage, whole.start, found, **facts).told("parts")


def _parts(text: str, whole: Count, behind: Sequence[Count]) -> list[Count]:
    """Return the counts of the same things as a whole, up to one that is more."""
    found = []
    for each in behind:
        before = text[max(0, each.start - BEFORE) : each.start]
        if each.unit == whole.unit and not said("each_of").search(before):
            if each.value > whole.value:
                break
            found.append(each)
    return found


def _to_the_last(text: str, parts: list[Count]) -> list[Count]:
    """Return parts up to that before which stands the only word that joins the last of a list."""
    joined = [n for n, e in enumerate(parts) if said("last_part").search(text, 0, e.start)]
    return parts[: joined[0] + 1] if len(joined) == 1 and joined[0] >= FEWEST - 1 else parts


def _has_unknown(text: str, start: int, end: int, counts: Sequence[Count]) -> bool:
    """Whether a number of unknown things stands among the parts, or near behind them."""
    known = {each.start for each in counts if each.unit}
    for number in _WHOLE_NUMBER.finditer(text, start, end):
        before = text[max(0, number.start() - BEFORE) : number.start()]
        is_other = said("no_part").search(before) or said("no_part_behind").match(
            text, number.end()
        )
        if number.start() not in known and not is_other:
            return True
    return False


def _is_rest(text: str, parts: Sequence[Count]) -> bool:
    """Whether the last part is all that is left of the whole."""
    last = parts[-1]
    is_rest = said("rest_told").search(text, parts[-2].end, last.start)
    return bool(is_rest or said("case_under_way").search(text[parts[-2].end : last.end]))
