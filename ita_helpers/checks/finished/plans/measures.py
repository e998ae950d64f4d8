"""Measures that are told to answer one indicator, and are about another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.catalogue import label, section
from ita_helpers.records.framework import Framework

BEFORE = 130
"""Characters before an indicator in which the measure stands that answers it."""


@cache
def _topics() -> dict[str, str]:
    return cast(dict[str, str], section("said.measure_topics"))


def measures_of_others(report: Report) -> Iterator[Found]:
    """Yield indicators that a measure is said to answer whose words are all about another one."""
    rules = report.rules
    for passage, place in report.places(said("measure_for")) if rules else ():
        measure = passage.text[max(0, place.start() - BEFORE) : place.start()]
        measure = said("measure_begins").split(measure)[-1]
        if rules and (found := _another(rules, place["number"], measure)):
            facts = {"code": place["number"], "name": rules.indicator(place["number"]).name}
            facts["right"] = found
            text = passage.text[place.start("told") : place.end()]
            yield found_in(passage, place.start("told"), text, **facts).told("measure")
    for passage in report.lines if rules else ():
        ahead = said("measure_behind").match(passage.text)
        if rules and ahead and (found := _another(rules, ahead["number"], ahead["measure"])):
            facts = {"code": ahead["number"], "name": rules.indicator(ahead["number"]).name}
            told = found_at(passage, ahead, "told", **facts, right=found)
            yield told.told("measure")
    yield from _in_plans(report)
    yield from _assessed(report)


def _assessed(report: Report) -> Iterator[Found]:
    """Yield what an indicator is told to assess that is what another one does."""
    rules = report.rules
    for passage, place in report.places(said("what_is_assessed")) if rules else ():
        named = [each.code for each in report.mentions(passage.text, with_bare=True)]
        codes = {each for each in named if each.isdigit()} or {passage.under}
        code = codes.pop() if len(codes) == 1 else ""
        if rules and (right := _another(rules, code, place["what"])):
            facts = {"code": code, "name": rules.indicator(code).name, "right": right}
            yield found_at(passage, place, "what", **facts).told("assessed")


def _in_plans(report: Report) -> Iterator[Found]:
    rules = report.rules
    for row in report.claims.plan if rules else ():
        code = row.codes[0] if len(row.codes) == 1 else ""
        found = _another(rules, code, row.measure) if rules else ""
        if rules and found:
            facts = {"code": code, "name": rules.indicator(code).name, "right": found}
            yield Found(row.spot, row.indicator, row.measure, facts, "measure")


def _another(rules: Framework, number: str, measure: str) -> str:
    """Return the indicator that a measure is about, if it is surely not the one it is for."""
    own = rules.find_indicator(number)
    if not own:
        return ""
    told = [name for name in _topics() if said(f"measure_topics.{name}").search(measure)]
    if len(told) != 1 or own.name == told[0]:
        return ""
    near = label("said.near_topics").split("|")
    if any(own.name in pair and told[0] in pair for pair in near):
        return ""
    return told[0]
