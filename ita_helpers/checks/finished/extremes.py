"""What a sentence calls the highest or the lowest, and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.reading import Mention, any_of, pattern
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, Rule, found_in
from ita_helpers.checks.finished.values import name_of
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework

BEHIND, AHEAD = 190, 90
"""Characters in which the names stand behind the word, and before it."""


def _wrong_extremes(report: Report) -> Iterator[Found]:
    """Yield indicators, instruments and items called highest or lowest that are not."""
    if not report.rules:
        return
    for passage in report.passages:
        if passage.year not in (0, report.year):
            continue
        for place in pattern("extreme").finditer(passage.text):
            named = _named(report, passage.text, place)
            if found := _wrong(report, report.rules, passage, place, named):
                yield found


def _named(report: Report, text: str, place: re.Match[str]) -> list[Mention]:
    """Return what is called so: what is named behind "that is", or else what stands before."""
    behind = text[place.end() : place.end() + BEHIND]
    if any_of("that_is").match(behind.lstrip()):
        end = pattern("extreme_ends").search(behind, 3)
        last = place.end() + (end.start() if end else len(behind))
        all_named = report.mentions(text, with_bare=True)
        return _joined(text, [e for e in all_named if place.end() <= e.start < last])
    if pattern("relative_before").search(text, 0, place.start()):
        return []
    start = place.start() - AHEAD
    before = [e for e in report.mentions.before(text, place.start()) if start <= e.start]
    return [each for each in before if each.start == before[-1].start] if before else []


def _joined(text: str, named: list[Mention]) -> list[Mention]:
    """Return the first names of a list, up to where something else is said."""
    kept = named[:1]
    for before, each in pairwise(named):
        if each.start > before.start and not pattern("in_list").fullmatch(
            text, before.end, each.start
        ):
            break
        kept.append(each)
    return kept


def _wrong(
    report: Report,
    rules: Framework,
    passage: Passage,
    place: re.Match[str],
    named: Sequence[Mention],
) -> Found | None:
    kind = next((each for each in _kinds(rules) if named and named[0].code in each), ())
    codes = [each.code for each in named if each.code in kind]
    scores = {c: p for c, p in report.points().items() if c in kind}
    is_highest = bool(pattern("highest").search(place.group()))
    best = max if is_highest else min
    if not codes or any(code not in scores for code in codes):
        return None
    for group in _scopes(report, rules, passage, scores, codes):
        if all(scores[code] == best(group.values()) for code in codes):
            return None
    right = [code for code, points in scores.items() if points == best(scores.values())]
    start = named[0].start if named[0].start < place.start() else place.start()
    facts = {
        "is_highest": is_highest,
        "codes": [name_of(report, code) for code in codes],
        "scores": [format_score(scores[code]) for code in codes],
        "right": [name_of(report, code) for code in right][:3],
        "score": format_score(best(scores.values())),
    }
    return found_in(passage, start, passage.text[start : place.end()][:AHEAD], **facts)


def _kinds(rules: Framework) -> Iterator[tuple[str, ...]]:
    """Yield the codes that are compared with each other."""
    yield tuple(each.code for each in rules.indicators.list)
    yield tuple(each.code for each in rules.instruments.list)
    yield rules.levels.components
    yield tuple(each.code for each in rules.all_items)


def _scopes(
    report: Report,
    rules: Framework,
    passage: Passage,
    scores: Mapping[str, Decimal],
    codes: Sequence[str],
) -> Iterator[Mapping[str, Decimal]]:
    """Yield the groups among which something may be meant to be the extreme."""
    yield scores
    spoken = {each.code for each in report.mentions(passage.text)} | {passage.under}
    for instrument in rules.instruments.list:
        group = {each.code for each in rules.indicators_of(instrument.code)}
        is_named = instrument.code in spoken or instrument.name in passage.text
        if set(codes) <= group and (is_named or passage.under in group):
            yield {code: points for code, points in scores.items() if code in group}
    for indicator in rules.indicators.list:
        items = {each.code for each in rules.items_of(indicator.code)}
        if set(codes) <= items:
            yield {code: points for code, points in scores.items() if code in items}
    for each in rules.items:
        group = {item.code for item in each.list}
        if set(codes) <= group:
            yield {code: points for code, points in scores.items() if code in group}


def _wrong_seconds(report: Report) -> Iterator[Found]:
    """Yield indicators called second to the highest or the lowest that are not."""
    rules = report.rules
    for passage, place in report.find("second"):
        if not rules or passage.year not in (0, report.year):
            continue
        before = list(pattern("extreme").finditer(passage.text, 0, place.start()))
        end = pattern("extreme_ends").search(passage.text, place.end() + 3)
        last = end.start() if end else place.end() + BEHIND
        named = report.mentions(passage.text, with_bare=True)
        codes = [each.code for each in named if place.end() <= each.start < last][:1]
        kind = next((each for each in _kinds(rules) if codes and codes[0] in each), ())
        scores = {c: p for c, p in report.points().items() if c in kind}
        if not (before and codes and codes[0] in scores):
            continue
        is_highest = bool(pattern("highest").search(before[-1].group()))
        right = sorted(set(scores.values()), reverse=is_highest)[:2]
        if scores[codes[0]] not in right:
            yield _second(report, passage, place, codes[0], right[-1])


def _second(
    report: Report, passage: Passage, place: re.Match[str], code: str, right: Decimal
) -> Found:
    named = [c for c, points in report.points().items() if points == right]
    facts = {
        "code": name_of(report, code),
        "score": format_score(report.points()[code]),
        "right": [name_of(report, each) for each in named][:3],
        "best": format_score(right),
    }
    found = passage.text[place.start() : place.start() + AHEAD]
    return found_in(passage, place.start(), found, **facts)


RULES = (
    Rule("ITA501", "error", _wrong_extremes),
    Rule("ITA502", "error", _wrong_seconds),
)
