"""Instruments told by what only another one has: indicators, answers, a place in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import changes
from ita_helpers.checks.finished.passages.signs import home_of
from ita_helpers.checks.finished.passages.speaking import places
from ita_helpers.checks.finished.passages.standing import indicators
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.number_words import number_of

ALL = 3
"""Instruments of a list that names them all."""
KINDS = {"inside": "IIT", "outside": "EIT", "website": "OIT"}


def listed_again(report: Report) -> Iterator[Found]:
    """Yield an instrument that stands twice in a list of the three, told in the same words."""
    for passage in report.whole.that_may_hold(said("codes")) if report.rules else ():
        told = list(said("codes").finditer(passage.text))
        for at in range(len(told) - ALL + 1):
            three, beside = told[at : at + ALL], told[max(0, at - 1) : at + ALL + 1]
            is_all = len({each.group() for each in beside}) == ALL
            if not is_all and (wrong := _again(three)) and _in_the_same_words(passage.text, three):
                facts = {"right": name_of(report, wrong.group())}
                yield found_in(passage, wrong.start(), wrong.group(), **facts)
    for passage, place in report.places(said("so_many_of_each")) if report.rules else ():
        if place["one"] == place["other"]:
            facts = {"right": name_of(report, place["one"])}
            yield found_at(passage, place, "other", **facts)


def _again(three: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the one of three that is where the one that is not named should stand."""
    codes = [each.group() for each in three]
    left = [code for code in KINDS.values() if code not in codes]
    if len(left) != 1 or any(code not in KINDS.values() for code in codes):
        return None
    at = list(KINDS.values()).index(left[0])
    return three[at] if codes.count(codes[at]) > 1 else three[-1]


def _in_the_same_words(text: str, three: Sequence[re.Match[str]]) -> bool:
    """Whether what stands behind the first and the second of three is the same but for numbers."""
    parts = [text[one.end() : other.start()] for one, other in pairwise(three)]
    first, second = (said("joined_in_list").sub("", said("any_number").sub("#", e)) for e in parts)
    joins = [bool(said("and_in_list").search(each)) for each in parts]
    is_alike = first == second and (first or joins == [False, True])
    is_of_part = said("no_list_of_all").search(first) or said("no_list_of_all").match(
        text, three[-1].end()
    )
    return bool(is_alike and not is_of_part)


def members_counted(report: Report) -> Iterator[Found]:
    """Yield instruments told to have so many indicators as another one has."""
    rules = report.rules
    listed = rules.instruments.list if rules else ()
    counts = {e.code: len(rules.indicators_of(e.code)) for e in listed} if rules else {}
    for passage, place in report.places(said("members_counted")) if rules else ():
        group = "of" if place["of"] else "code"
        count = number_of(place["all"] or place["count"])
        right = [each for each, number in counts.items() if number == count]
        is_wrong = right and place[group] in counts and place[group] not in right
        if is_wrong and not (group == "of" and _has_told_of(report, passage, place)):
            yield found_at(passage, place, group, right=right[0])


def _has_told_of(report: Report, passage: Passage, place: re.Match[str]) -> bool:
    """Whether some indicators of an instrument were told before, which "the two of it" may be."""
    named = report.mentions.before(passage.text, place.start())
    homes = {home_of(report.rules, each.code) for each in named if report.rules}
    return place["of"] in homes


def told_by_another(report: Report) -> Iterator[Found]:
    """Yield instruments beside words for who answers another one, or for what the website has."""
    for key in ("side_then_instrument", "instrument_then_side") if report.rules else ():
        for passage, place in report.places(said(key)):
            right = next(KINDS[each] for each in KINDS if place[each])
            group = next(each for each in ("code", "of", "by") if place.groupdict().get(each))
            if place[group] != right:
                yield found_at(passage, place, group, right=right)
    items = report.rules.all_items if report.rules else ()
    count = sum(each.code.startswith("o") for each in items)
    for passage, place in report.places(said("items_of_website")) if count else ():
        if int(place["count"]) == count:
            yield found_at(passage, place, "code", right="OIT")


def homes_of_ends(report: Report) -> Iterator[Found]:
    """Yield the instrument in which the highest or the lowest indicator is told to be, if not."""
    rules = report.rules
    for spoken, place in places(report, "end_is_in") if rules else ():
        if not rules or spoken.year_at(place.start(), report.year) != report.year:
            continue
        moved = {code: by for code, by in changes(report).items() if code.isdigit()}
        scores = moved if place["moved"] else indicators(report, report.year)
        is_high = bool(place["high"]) != bool(place["fell"])
        if len(scores) == len(rules.indicators.list):
            end = max(scores.values()) if is_high else min(scores.values())
            homes = {home_of(rules, code) for code, points in scores.items() if points == end}
            if place["code"] not in homes:
                yield found_at(spoken.passage, place, "code", right=min(homes))
