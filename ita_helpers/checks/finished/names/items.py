"""Codes of items that the year does not have, or that are another item's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.names.homes import items_of_others
from ita_helpers.checks.finished.names.items_of_years import (
    ROOM,
    counts_of_another_year,
    counts_of_each,
    counts_of_ranges,
    counts_of_years,
)
from ita_helpers.checks.finished.names.items_told import items_told_of_others
from ita_helpers.checks.finished.names.spans import backward_items
from ita_helpers.checks.finished.names.topics import (
    codes_of_other_topics,
    codes_of_publication,
    years_of_item,
)
from ita_helpers.checks.finished.reading import bare, pattern, said, years_in
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import (
    Found,
    Rule,
    all_of,
    found_at,
    found_in,
    once_each,
)
from ita_helpers.records.framework import Framework

FEWEST_LETTERS = 12
"""Letters of an item's name: shorter ones may be other words, unless they stand alone."""
LONG, AFTER = 20, 160
"""Letters of an item's name with which other words may end only if they mean it; and those behind
a code among which its name begins.
"""
ALIKE, REACH = 6, 24
"""Letters with which two names of one item begin; those between a bracket and a code in it."""
Names = tuple[tuple[str, str], ...]
"""Names of items without blanks, each with its code."""


def _unknown(report: Report) -> Iterator[Found]:
    """Yield codes of items above the last one of the year and of the next."""
    yield from once_each(_above_the_last(report))


def _above_the_last(report: Report) -> Iterator[Found]:
    for passage, place in report.once(_codes):
        last = _last(report, passage, place["kind"])
        code = place["kind"] + place["number"]
        if last and int(place["number"]) > last:
            yield found_in(passage, place.start(), code, last=last, year=report.year)


def _codes(report: Report) -> list[tuple[Passage, re.Match[str]]]:
    return list(report.find("item"))


def _last(report: Report, passage: Passage, kind: str) -> int:
    """Return the highest number of an item in the years a passage speaks of; 0 if not known."""
    years = (report.year, report.year + 1, passage.year, *years_in(passage.text))
    return max(report.once_of(_last_of, (year, kind)) for year in years)


def _last_of(report: Report, key: tuple[int, str]) -> int:
    """Return the highest number of an item of one kind in a year (B.E.)."""
    year, kind = key
    rules = report.rules_of(year)
    for block in rules.items if rules else ():
        if block.instrument.startswith(kind):
            numbers = [int(item.code[1:]) for item in block.list if item.code[1:].isdigit()]
            room = 0 if block.confidence == "verified" else ROOM if kind == "O" else 0
            return max(numbers, default=0) + room
    return 0


def _of_another_indicator(report: Report) -> Iterator[Found]:
    """Yield questions in the analysis of an indicator that belong to another one."""
    rules = report.rules
    if not rules:
        return
    for passage, place in report.once(_codes):
        code = (place["kind"] + place["number"]).lower()
        owner = rules.owners_of_items.get(code)
        if (
            not owner
            or place["kind"] == "O"
            or not pattern("issue_behind").match(passage.text, place.end())
        ):
            continue
        if rules.find_indicator(passage.under) and owner != passage.under:
            facts = {"owner": rules.indicator(owner), "under": rules.indicator(passage.under)}
            yield found_in(passage, place.start(), code.upper(), **facts)


def _of_another_name(report: Report) -> Iterator[Found]:
    """Yield codes of items beside the name of another item, or of another year's."""
    for passage, place in report.once(_codes):
        behind = _behind(passage, place)
        code = (place["kind"] + place["number"]).lower()
        lists = report.once(_own_names)[: len(years_of_item(report, passage.text, place))]
        meant = [each for each in _named_beside(lists, passage, place) if each]
        if not _is_named(report, code):
            continue
        short, run = [*_short_names(report, code)], bare(_name_before(passage, place))
        is_own = any(behind.startswith(name) or run.endswith(name) for name in short)
        if meant and not is_own and not any(code in each for each in meant):
            right = sorted(meant[0])[0].upper()
            yield found_in(passage, place.start(), code.upper(), right=right, year=report.year)


def _of_another_year(report: Report) -> Iterator[Found]:
    """Yield names of items beside a code that they have in other years only."""
    if not report.once(_codes):
        return
    years = {report.year, report.year + 1}
    own = {each.code: each.name or "" for each in report.rules.all_items} if report.rules else {}
    known = report.once(_own_names)
    others = [rules.once(_names) for year, rules in report.all_rules.items() if year not in years]
    for passage, place in report.once(_codes) if own else ():
        code = (place["kind"] + place["number"]).lower()
        name, behind = bare(own.get(code, "")), bare(_behind(passage, place))
        if not name or {*years_in(passage.text)} - {report.year}:
            continue
        is_told = any(code in _codes_of(each, behind) for each in others) and not any(
            behind.startswith(each[: len(each) // 2]) for names in known for each, _ in names
        )
        if is_told or _is_former(name, known, others, passage, place):
            facts = {"right": own[code], "year": report.year}
            yield found_at(passage, place, **facts).told("other")


def _is_former(
    name: str,
    known: Sequence[Names],
    others: Sequence[Names],
    passage: Passage,
    place: re.Match[str],
) -> bool:
    """Whether a name like an item's own stands before its code that only other years have."""
    own, former = (
        {each for names in of for each, _ in _names_before(names, passage, place, "item_refers")}
        for of in (known, others)
    )
    return not own and any(e[:ALIKE] == name[:ALIKE] and not _is_within(e, name) for e in former)


def _is_within(short: str, name: str) -> bool:
    """Whether a name is another one with words left out."""
    letters = iter(name)
    return all(each in letters for each in short)


def _of_other_topics(report: Report) -> Iterator[Found]:
    """Yield codes beside what another item is about, but for those beside another one's name."""
    known = {(each.spot, each.found) for each in _of_another_name(report)}
    for each in codes_of_other_topics(report):
        if (each.spot, each.found) not in known:
            yield each


def _is_named(report: Report, code: str) -> bool:
    """Whether the list of the year says what an item is, or does not have it at all."""
    return bool(report.once(_items_of_year).get(code, "none"))


def _items_of_year(report: Report) -> dict[str, str | None]:
    return {each.code: each.name for each in report.rules.all_items} if report.rules else {}


def _short_names(report: Report, code: str) -> Iterator[str]:
    """Yield the name of an item of the year without the words that many leave out."""
    name = report.once(_items_of_year).get(code) or ""
    short = said("left_out_of_items").sub("", name)
    if short != name:
        yield bare(short)


def _rules(report: Report) -> list[Framework]:
    years = (report.year, report.year + 1)
    return [rules for year in years if (rules := report.rules_of(year))]


def _own_names(report: Report) -> list[Names]:
    """Return the names of the items of the year and of the next.

    A name of the next year may be one of the year that was cut short.
    """
    own, *following = [rules.once(_names) for rules in _rules(report)] or [()]
    short = {name for names in following for name, _ in names} - {name for name, _ in own}
    cut = ((name, code) for name in short for full, code in own if full.startswith(name))
    return [(*own, *sorted(cut)), *following]


def _behind(passage: Passage, place: re.Match[str]) -> str:
    """Return what stands behind a code: the rest of the words, or the next cell."""
    rest = passage.text[place.end() :].lstrip(' .:()-–“"')
    if rest or not passage.row:
        return rest
    filled = [each.text for each in passage.row]
    here = next((n for n, each in enumerate(passage.row) if each.spot == passage.spot), 0)
    return filled[here + 1] if here + 1 < len(filled) else ""


def _codes_of(names: Names, behind: str) -> frozenset[str]:
    """Return the codes of the items whose name words begin with, or are if it is short."""
    said_here, alone = bare(behind), bare(pattern("item_ends").split(behind, 1)[0])
    if not said_here.startswith(tuple(name for name, _ in names)):
        return frozenset()
    return frozenset(
        code
        for name, code in names
        if (said_here.startswith(name) if len(name) >= FEWEST_LETTERS else alone == name)
    )


def _named_beside(
    lists: Sequence[Names], passage: Passage, place: re.Match[str]
) -> list[frozenset[str]]:
    """Return the codes of the items of each list that are named beside a code.

    Where names stand on both sides, those of that side on which most names are with their codes.
    """
    ahead = [_codes_before(names, passage, place) for names in lists]
    words = _behind(passage, place)[:AFTER]
    after = [_codes_of(names, words) for names in lists]
    if not (any(ahead) and any(after)):
        return ahead if any(ahead) else after
    sides = [0, 0]
    for each in pattern("item").finditer(passage.text):
        code, words = (each["kind"] + each["number"]).lower(), _behind(passage, each)[:AFTER]
        sides[0] += any(code in _codes_before(names, passage, each) for names in lists)
        sides[1] += any(code in _codes_of(names, words) for names in lists)
    return ahead if sides[0] >= sides[1] else after


def _codes_before(names: Names, passage: Passage, place: re.Match[str]) -> frozenset[str]:
    """Return the codes of the items that are named right before a code, in brackets or in words."""
    found = _names_before(names, passage, place)
    longest = max((len(name) for name, _ in found), default=0)
    run = bare(_name_before(passage, place)) if found else ""
    is_in = found and not pattern("item_closes").match(passage.text, place.end())
    if is_in and pattern("item_of_it").search(run[: len(run) - longest]):
        return frozenset()
    return frozenset(code for name, code in found if len(name) == longest)


def _names_before(
    names: Names, passage: Passage, place: re.Match[str], key: str = "item_opens"
) -> list[tuple[str, str]]:
    """Return the names of items right before a code, each with its code."""
    name = _name_before(passage, place, key)
    run, words = bare(name), name.split()
    ends = {"".join(words[at:]) for at in range(len(words))}
    own = (place["kind"] + place["number"]).lower()
    return [
        (name, code)
        for name, code in (names if run else ())
        if name in ends or ((code == own or len(name) > LONG) and run.endswith(name))
    ]


def _name_before(passage: Passage, place: re.Match[str], key: str = "item_opens") -> str:
    """Return the words right before a code that may be its name, empty if nothing joins them."""
    text, end = passage.text, place.start()
    if pattern("item_closes").match(text, place.end()):
        is_open = "(" in text[max(0, end - REACH) : end]
        opens = pattern(key).search(text, 0, end) if is_open else None
    else:
        is_in = key == "item_opens" and pattern("item_in").search(text, 0, end)
        opens = pattern("item_told").search(text, 0, end) if is_in else None
    return opens["name"] if opens else ""


def _names(rules: Framework) -> Names:
    return tuple((bare(item.name), item.code) for item in rules.all_items if item.name)


RULES = (
    Rule(
        "ITA801",
        "error",
        all_of(
            _unknown,
            counts_of_another_year,
            counts_of_years,
            counts_of_ranges,
            counts_of_each,
            backward_items,
        ),
    ),
    Rule("ITA802", "warning", all_of(_of_another_indicator, items_of_others, items_told_of_others)),
    Rule("ITA803", "error", all_of(_of_another_name, _of_another_year)),
    Rule("ITA804", "warning", all_of(_of_other_topics, codes_of_publication)),
)
