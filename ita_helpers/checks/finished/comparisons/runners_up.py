"""What something is told to be the second behind, which has to be the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import Points, changes
from ita_helpers.checks.finished.passages.speaking import names_another, places
from ita_helpers.checks.finished.passages.standing import indicators
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in


def wrong_first_ones(report: Report) -> Iterator[Found]:
    """Yield indicators named as the first before a second that are first or last in nothing."""
    for spoken, place in places(report, "runner_up") if report.rules else ():
        first = spoken.next_named(place.end())
        is_beside = first and first.start <= place.end() + 1 and first.code.isdigit()
        if not first or not is_beside or names_another(spoken, place.start()):
            continue
        years = dict.fromkeys((report.year, spoken.year_at(place.start(), report.year)))
        known = [each for year in years for each in _orders(report, first.code, year, place)]
        if known and not any(_is_an_end(scores, first.code, place) for scores in known):
            scores = known[0]
            best = (min if place["low"] else max)(scores, key=lambda code: scores[code])
            found = spoken.text[first.start : first.end]
            facts = {"right": name_of(report, best)}
            yield found_in(spoken.passage, first.start, found, **facts).told("first")


def _orders(report: Report, code: str, year: int, place: re.Match[str]) -> Iterator[Points]:
    """Yield what an indicator may be the first of: points and changes, of all or its instrument."""
    rules = report.rules
    indicator = rules.find_indicator(code) if rules else None
    listed_with = rules.indicators_of(indicator.instrument) if rules and indicator else ()
    group = {each.code for each in listed_with}
    for scores in (indicators(report, year), changes(report)):
        listed = {each: points for each, points in scores.items() if each.isdigit()}
        own = {each: points for each, points in listed.items() if each in group}
        meant = (own,) if place["own"] else (listed,) if place["all"] else (listed, own)
        yield from (each for each in meant if code in each and len(each) > 1)


def _is_an_end(scores: Points, code: str, place: re.Match[str]) -> bool:
    is_high = scores[code] == max(scores.values()) and not place["low"]
    return is_high or (scores[code] == min(scores.values()) and not place["high"])
