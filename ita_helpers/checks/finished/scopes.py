"""Among what something may be the highest or the lowest: all of a kind, or those of one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.speaking import Spoken
from ita_helpers.checks.finished.standing import firm
from ita_helpers.records.framework import Framework

Points = Mapping[str, Decimal]


def kinds(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the codes that are compared with each other, instruments as the report tells them."""
    rules = report.rules
    if not rules:
        return
    yield tuple(each.code for each in rules.indicators.list)
    whole, parts = tuple(each.code for each in rules.instruments.list), rules.levels.components
    is_whole = all(firm(report, code, report.year) for code in whole)
    yield from (whole, parts) if is_whole else (parts, whole)
    yield tuple(each.code for each in rules.all_items)


def scopes(
    report: Report, spoken: Spoken, scores: Points, codes: Sequence[str]
) -> Iterator[Points]:
    """Yield the groups with these codes in which something may be meant to be the extreme."""
    yield scores
    rules = report.rules
    for group in _groups(spoken, rules) if rules else ():
        if set(codes) <= group:
            yield {code: points for code, points in scores.items() if code in group}


def _groups(spoken: Spoken, rules: Framework) -> Iterator[set[str]]:
    under = spoken.passage.under
    named = {each.code for each in spoken.named} | {under}
    named |= {each.code for each in spoken.described}
    for instrument in rules.instruments.list:
        group = {each.code for each in rules.indicators_of(instrument.code)}
        codes = {instrument.code, *(each.code for each in instrument.parts)}
        if named & codes or under in group:
            yield group
    for indicator in rules.indicators.list:
        yield {each.code for each in rules.items_of(indicator.code)}
    for each in rules.items:
        yield {item.code for item in each.list}
