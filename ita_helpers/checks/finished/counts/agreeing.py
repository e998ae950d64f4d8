"""Numbers of listed things: totals behind a list, and numbers that announce one.

The one place that counts the entries of lists of anything; lists of what is scored are read in
``quantified.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.number_words import number_of

FEWEST, MOST, NEAR, FEW = 2, 15, 2, 3
"""Entries; how far a number may be off; lines without a number in an entry."""
FAR = 8
"""Lines below in which what is counted may be told one by one."""
LONG, BEHIND = 90, 26
"""Characters of a list without numbers; from its last name to the number of them."""


def numbered_lists(report: Report) -> Iterator[Found]:
    """Yield numbers of what is listed beside them that are not those of the list."""
    yield from _totals_behind(report)
    lines = {id(each): at for at, each in enumerate(report.lines)}
    for passage, place in report.places(said("announced"), in_lines=True):
        told, text = number_of(place["count"]), passage.text
        if said("no_announced").search(text, 0, place.start()):
            continue
        if text[place.end() :].strip():
            right = _inside(text, place.end(), told)
        else:
            right = _below(report.lines[lines[id(passage)] + 1 :])
        if FEWEST <= right <= MOST and right != told and abs(right - told) <= NEAR:
            found = text[place.start("count") : place.end("unit")]
            yield found_in(passage, place.start(), found, right=str(right)).told("rows")


def _totals_behind(report: Report) -> Iterator[Found]:
    for passage, place in report.places(said("listed_in_all"), in_lines=True):
        count = _counted(place["list"])
        if count >= FEWEST and int(place["count"]) != count:
            found = passage.text[place.start("count") : place.end("unit")]
            yield found_in(passage, place.start("count"), found, right=str(count)).told("rows")


def _counted(text: str) -> int:
    """Return up to which number a text counts from 1 on, 0 if it does not."""
    numbers = [int(each["number"]) for each in said("numbered").finditer(text)]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def _inside(text: str, start: int, told: int) -> int:
    """Return how many entries a list has that stands in the same line, 0 if that is not sure.

    Words of a list without numbers may belong together, and never are more entries than words.
    """
    rest = text[start:]
    if count := _counted(rest):
        return count
    if len(rest) > LONG or not said("plain_list").fullmatch(rest):
        return 0
    entries = [each for each in re.split(said("between_entries").pattern, rest) if each.strip()]
    return len(entries) if told > len(entries) else 0


def _below(lines: Sequence[Passage]) -> int:
    """Return up to which number the lines below count, 0 if they do not."""
    count = apart = 0
    for each in lines:
        found = said("numbered_line").match(each.text)
        if found and int(found["number"]) == count + 1:
            count, apart = count + 1, 0
        elif found and count:
            break
        else:
            apart += 1
            if not count or apart > FEW:
                break
    return count


def counted_in_order(report: Report) -> Iterator[Found]:
    """Yield numbers of things that are told one by one behind them, and are others."""
    lines = {id(each): at for at, each in enumerate(report.lines)}
    for passage, place in report.places(said("ordinals"), in_lines=True):
        told = number_of(place["count"])
        text = passage.text[place.end("told") :]
        below = report.lines[lines[id(passage)] + 1 :][:FAR]
        right = _last_in_order(place["unit"], [text, *(each.text for each in below)])
        if right >= FEWEST and right != told and abs(right - told) <= NEAR:
            found, start = place["told"].strip(), place.start("told")
            yield found_in(passage, start, found, right=str(right)).told("rows")


def _last_in_order(unit: str, texts: Sequence[str]) -> int:
    """Return which of a kind is told last, one behind the other; 0 if there may be more."""
    last, rest = 0, ""
    for text in texts:
        end = 0
        for each in said("ordinal").finditer(text):
            if each["unit"] != unit:
                continue
            number = 1 if each["first"] else last + 1 if each["last"] else number_of(each["n"])
            if number != last + 1:
                return 0 if number > last + 1 or last < FEWEST else _ended(last, rest)
            last, end, rest = int(each["to"] or number), each.end(), ""
            if each["last"]:
                return last
        rest += text[end:] + "\n"
    return _ended(last, rest)


def _ended(last: int, rest: str) -> int:
    return 0 if said("ordinals_more").search(rest) else last


def counts_behind_lists(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators that are not as many as were named right before."""
    for passage, place in report.places(said("sum_of_list")) if report.rules else ():
        begins = list(said("begins_a_list").finditer(passage.text, 0, place.start()))
        named = [e for e in report.mentions(passage.text, with_bare=True) if e.end <= place.start()]
        listed = [e for e in named if begins and e.start >= begins[-1].end()]
        codes = {each.code for each in listed if each.code.isdigit()}
        is_near = listed and place.start() - listed[-1].end < BEHIND
        is_list = is_near and FEWEST <= len(codes) == len({each.code for each in listed})
        if is_list and int(place["count"]) != len(codes):
            yield found_at(passage, place, right=str(len(codes))).told("rows")
