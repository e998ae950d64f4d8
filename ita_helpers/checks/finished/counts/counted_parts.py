"""Numbers of indicators by instrument, numbers of those named just now, and of items in a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ita_helpers.checks.finished.counts.having import having_in
from ita_helpers.checks.finished.counts.quantified import quantified
from ita_helpers.checks.finished.counts.things_counted import groups
from ita_helpers.checks.finished.passages.signs import Sign, home_of, sign, signs_of
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.number_words import number_of
from ita_helpers.records.framework import Framework


def wrong_sums_by_instrument(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators that those of the instruments behind them do not make up."""
    for passage, place in report.places(sign("by_instrument")):
        told = [int(each["count"]) for each in _told(place)]
        if sum(told) != int(place["whole"]):
            facts = {"right": str(sum(told)), "whole": place["whole"]}
            yield found_at(passage, place, **facts).told("parts")


def wrong_counts_by_instrument(report: Report) -> Iterator[Found]:
    """Yield how many of an instrument are said to be among some, where the scores count others."""
    rules = report.rules
    for passage, place in report.places(sign("by_instrument")) if rules else ():
        having = _having(report, passage, place)
        if rules is None or having is None or len(having) != int(place["whole"]):
            continue
        homes = Counter(home_of(rules, code) for code in having)
        for each in _told(place):
            if homes[each["code"]] != int(each["count"]):
                facts = {"right": str(homes[each["code"]])}
                start = place.start("parts") + each.start()
                yield found_in(passage, start, each.group(), **facts).told("scores")
                break


def wrongly_of_one(report: Report) -> Iterator[Found]:
    """Yield an instrument of which all of so many are said to be, where the scores count others."""
    rules = report.rules
    for passage, place in report.places(sign("all_of_one")) if rules else ():
        having = _having(report, passage, place)
        homes = {home_of(rules, code) for code in having} if rules and having else set()
        if homes and place["code"] not in homes:
            yield found_at(passage, place, "code", right=min(homes))


def _told(place: re.Match[str]) -> list[re.Match[str]]:
    return list(sign("of_instrument").finditer(place["parts"]))


def _having(report: Report, passage: Passage, place: re.Match[str]) -> Sequence[str] | None:
    """Return the indicators that have what so many are told to have, if that is known."""
    at = place.start("whole")
    for claim in (claim for ways in quantified(report) for claim in ways):
        is_it = claim.spoken.passage is passage and claim.part.start <= at < claim.part.end
        for group in groups(report, claim) if is_it and claim.told else ():
            having, unknown = having_in(claim, group)
            if not unknown and all(code.isdigit() for code in group):
                return having
    return None


def wrong_numbers_of_these(report: Report) -> Iterator[Found]:
    """Yield "of these so many" that are neither those named before nor those of an instrument."""
    rules = report.rules
    signs = {id(passage): found for passage, found in signs_of(report)} if rules else {}
    for passage, place in report.places(sign("of_these")) if rules else ():
        named = [
            code
            for each in signs.get(id(passage), ())
            if each.kind in ("number", "name") and each.end <= place.start()
            for code in each.codes
        ]
        if rules and named:
            size = len(rules.indicators_of(home_of(rules, named[-1])))
            if int(place["count"]) not in (size, *range(2, len({*named}) + 1)):
                yield found_at(passage, place, "count", right=str(size)).told("rules")


def wrong_numbers_of_items(report: Report) -> Iterator[Found]:
    """Yield how many items are said to be listed where others are, with their names."""
    rules = report.rules
    for passage, signs in signs_of(report) if rules else ():
        items = [each for each in signs if each.kind == "item"]
        for at, first in enumerate(items):
            told = sign("items_announced").search(passage.text, 0, first.start)
            count = _listed(rules, passage.text, items[at:]) if rules and told else 0
            if told and count and number_of(told["count"]) != count:
                yield found_at(passage, told, "told", right=str(count)).told("rows")


def _listed(rules: Framework, text: str, items: Sequence[Sign]) -> int:
    """Return how many items a list has that surely ends behind the last of them, else 0."""
    names = {each.code: each.name or "" for each in rules.all_items}
    count = 0
    for each, following in zip(items, [*items[1:], None], strict=True):
        count += 1
        rest = text[each.end :].lstrip()
        name = names.get(each.codes[0], "")
        end = len(text) - len(rest) + (len(name) if name and rest.startswith(name) else 0)
        if following and sign("items_joined").fullmatch(text, end, following.start):
            continue
        return count if sign("items_done").match(text, end) else 0
    return 0
