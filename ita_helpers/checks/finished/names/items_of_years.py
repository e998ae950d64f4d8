"""How many items are told to be made public in a year, against the lists of all years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ita_helpers.checks.finished.passages.speaking import places
from ita_helpers.checks.finished.reading import said, years_in
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.records.framework import Framework

ROOM = 2
"""Items of a list that was not read whole: so many more may follow its last."""
FEW, NEAR, BEHIND = 20, 40, 14
"""Items: a list of no more is not the whole one; characters around their number, and behind it."""
Counts = Mapping[int, int]
"""How many items are to be made public by year (B.E.)."""


def counts_of_another_year(report: Report) -> Iterator[Found]:
    """Yield numbers of all items to be made public that another year has, and this one has not."""
    counts = report.once(_counts)
    known = [counts[year] for year in (report.year, report.year + 1) if counts.get(year)]
    told_of_years = report.once(_told_of_years)
    for passage, place, behind in _all_items(report) if counts.get(report.year) else ():
        group = place.lastgroup or "count"
        is_of_result = behind == BEHIND and report.year + 1 not in years_in(passage.text)
        own = known[:1] if is_of_result else known
        told, text = int(place[group]), passage.text
        years = [year for year, count in counts.items() if count == told]
        around = text[max(0, place.start() - NEAR) : place.end() + behind]
        is_other = bool(said("of_other_rules").search(around) or {*years} & {*years_in(text)})
        is_other = is_other or (id(passage), place.start(group)) in told_of_years
        if years and not is_other and all(abs(told - each) > ROOM for each in own):
            yield _found(passage, place, group, own[0], report.year)


def counts_of_years(report: Report) -> Iterator[Found]:
    """Yield numbers of all items told of a year that another year has, and that one has not."""
    for (_, start), (passage, place, year) in report.once(_told_of_years).items():
        group = next(name for name in place.groupdict() if place.start(name) == start)
        counts = report.once(_counts)
        right, told = counts.get(year, 0), int(place[group])
        if right and abs(told - right) > ROOM and told in counts.values():
            yield _found(passage, place, group, right, year)


def counts_of_ranges(report: Report) -> Iterator[Found]:
    """Yield numbers of items from one to another that are not as many."""
    for passage, place in report.places(said("items_to_last")) if report.rules else ():
        way = "2" if place["count2"] else ""
        first, last, told = (int(place[each + way]) for each in ("first", "last", "count"))
        is_more = said("another_item").search(passage.text, place.end())
        if first < last and told != last - first + 1 and not (told > last - first and is_more):
            right = str(last - first + 1)
            yield found_at(passage, place, f"count{way}", right=right, year=report.year).told("to")


def counts_of_each(report: Report) -> Iterator[Found]:
    """Yield numbers of an instrument's questions that those of each indicator do not make."""
    rules = report.rules
    for spoken, place in places(report, "items_of_each") if rules else ():
        codes = [e.code for e in rules.instruments.list] if rules else []
        named = [e.code for e in spoken.named_before(place.start()) if e.code in codes]
        size = len(rules.indicators_of(named[-1])) if rules and named else 0
        right = size * int(place["each"])
        if size and int(place["count"]) != right:
            facts = {"right": str(right), "year": report.year}
            yield found_at(spoken.passage, place, "count", **facts).told("to")


def _counts(report: Report) -> Counts:
    return {year: rules.once(_count_of) for year, rules in report.all_rules.items()}


def _count_of(rules: Framework) -> int:
    """Return how many items are to be made public in a year, 0 if that is not known."""
    count = sum(len(each.list) for each in rules.items if each.instrument == "OIT")
    return count if count > FEW else 0


def _all_items(report: Report) -> Iterator[tuple[Passage, re.Match[str], int]]:
    """Yield how many items there are told to be, and how far behind that may be taken back."""
    for key, behind in (("all_items", NEAR), ("all_items_told", BEHIND)):
        for passage, place in report.places(said(key)):
            yield passage, place, behind


def _told_of_years(
    report: Report,
) -> dict[tuple[int, int], tuple[Passage, re.Match[str], int]]:
    """Return the numbers of items told of certain years (B.E.), by where they stand."""
    found: dict[tuple[int, int], tuple[Passage, re.Match[str], int]] = {}
    for key in ("items_changed", "items_changed_from", "items_of_year"):
        for passage, place in report.places(said(key)) if report.rules else ():
            if not said("of_items").search(passage.text):
                continue
            for group, year in _years(report, passage, place):
                found.setdefault((id(passage), place.start(group)), (passage, place, year))
    return found


def _years(report: Report, passage: Passage, place: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the groups of a place that are numbers of items with their years (B.E.)."""
    if place.groupdict().get("year"):
        yield "count", int(place["year"])
        return
    inside = years_in(passage.text[place.start() : place.end()])
    near = passage.text[max(0, place.start() - NEAR) : place.start()]
    is_now = said("this_year").search(near)
    before = () if is_now else years_in(passage.text[: place.start()])
    now = before[-1] if before and before[-1] not in inside else report.year
    yield "now", now
    yield "before", inside[0] if inside else now - 1


def _found(passage: Passage, place: re.Match[str], group: str, right: int, year: int) -> Found:
    is_last = not re.search(r"\d", passage.text[place.end(group) : place.end()])
    found = passage.text[place.start(group) : place.end()] if is_last else place[group]
    facts = {"right": str(right), "year": year}
    return found_in(passage, place.start(group), found, **facts).told("count")
