"""What a sentence calls the highest or the lowest, the second, or puts in order, and is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.ranges import wrong_ends, wrong_ranges
from ita_helpers.checks.finished.ranked import joined_names, wrong_places, wrong_top_lists
from ita_helpers.checks.finished.reading import Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in
from ita_helpers.checks.finished.scopes import kinds, scopes
from ita_helpers.checks.finished.speaking import Spoken, places, said_words
from ita_helpers.language.points import format_change, format_score
from ita_helpers.records.framework import Framework

Points = Mapping[str, Decimal]
BEHIND, NEAR = 60, 12
"""Characters behind the word in which "that is" stands, or a name at once."""
FEWEST = 2
"""Codes with points among which one can be the highest; of an indicator's items, one may be all
that a report tells of, and then it is not doubted.
"""


@dataclass(frozen=True)
class Extreme:
    """A word for the highest or the lowest, and what is called so."""

    spoken: Spoken
    word: re.Match[str]
    named: Sequence[Mention]

    @property
    def best(self) -> Callable[..., Decimal]:
        """What picks the points that are meant."""
        return max if self.word["high"] else min


def _wrong_extremes(report: Report) -> Iterator[Found]:
    """Yield indicators, instruments and items called highest or lowest that are not."""
    for each in report.once(_extremes) if report.rules else ():
        if found := _wrong(report, each):
            yield found


def _extremes(report: Report) -> list[Extreme]:
    found = []
    for spoken, word in places(report, "top"):
        if _is_of_scores(spoken, word) and (named := _named(spoken, word)):
            found.append(Extreme(spoken, word, named))
    return found


def _is_of_scores(spoken: Spoken, word: re.Match[str]) -> bool:
    text = spoken.text
    return not (
        any(e.start() <= word.start() < e.end() for e in said("top_list").finditer(text))
        or said("no_top").search(text, max(0, word.start() - BEHIND), word.start())
        or said("no_top_behind").match(text, word.end())
    )


def _named(spoken: Spoken, word: re.Match[str]) -> Sequence[Mention]:
    """Return what is called so: what is named behind "that is", or else what stands before."""
    text, behind = spoken.text, [e for e in spoken.named if e.start >= word.end()]
    for at, each in enumerate(behind[:3]):
        between = text[word.end() : each.start]
        if said("that_is").fullmatch(between) or (at == 0 and between.strip(" (“") == ""):
            return _as_high(text, joined_names(text, behind[at:]))
    before = [each for each in spoken.named if each.end <= word.start()]
    if before and said("top_filler").fullmatch(text, before[-1].end, word.start()):
        return [each for each in before if each.start == before[-1].start]
    return ()


def _as_high(text: str, named: Sequence[Mention]) -> Sequence[Mention]:
    """Return the names of a list up to the one that is said to come next."""
    for at, (one, other) in enumerate(pairwise(named), 1):
        if said("comes_next").search(text, one.end, other.start):
            return named[:at]
    return named


def _wrong(report: Report, extreme: Extreme) -> Found | None:
    spoken, word = extreme.spoken, extreme.word
    points = _points(report, spoken, word)
    kind = next((e for e in kinds(report) if extreme.named[0].code in e), ())
    codes = list(dict.fromkeys(each.code for each in extreme.named if each.code in kind))
    scores = {code: each for code, each in points.items() if code in kind}
    if not codes or len(scores) < FEWEST or any(code not in scores for code in codes):
        return None
    fewest = 1 if report.rules and codes[0] in _items(report.rules) else FEWEST
    for group in scopes(report, spoken, scores, codes):
        best = extreme.best(group.values())
        if len(group) >= fewest and all(scores[code] == best for code in codes):
            return None
    return _told(report, extreme, scores, codes)


def _items(rules: Framework) -> set[str]:
    return {each.code for each in rules.all_items}


def _told(report: Report, extreme: Extreme, scores: Points, codes: Sequence[str]) -> Found:
    best = extreme.best(scores.values())
    right = [code for code, points in scores.items() if points == best]
    written = format_change if min(scores.values()) < 0 else format_score
    first, last = extreme.named[0], extreme.named[-1]
    facts = {
        "is_highest": bool(extreme.word["high"]),
        "codes": [name_of(report, code) for code in codes],
        "scores": [written(scores[code]) for code in codes],
        "right": [name_of(report, code) for code in right][:3],
        "score": written(best),
    }
    start = min(first.start, extreme.word.start())
    end = max(last.end, extreme.word.end())
    return found_in(extreme.spoken.passage, start, extreme.spoken.text[start:end], **facts)


def _points(report: Report, spoken: Spoken, word: re.Match[str]) -> Points:
    """Return what is compared: the points of the year spoken of, or their changes."""
    year = spoken.year_at(word.start(), spoken.passage.year or report.year)
    before = spoken.text[: word.start()]
    changes = _changes(report)
    if said("rising").search(before) or said("falling").search(before):
        is_fall = bool(said("falling").search(before))
        return {code: -by if is_fall else by for code, by in changes.items()}
    if said("changing").search(before):
        return {code: abs(by) for code, by in changes.items()}
    return report.points(min(year, report.year))


def _changes(report: Report) -> dict[str, Decimal]:
    old, new = report.points(report.year - 1), report.points()
    return {code: points - old[code] for code, points in new.items() if code in old}


def _wrong_seconds(report: Report) -> Iterator[Found]:
    """Yield what is called second to the highest or the lowest and is not."""
    for spoken, word in places(report, "second"):
        before = [e for e in report.once(_extremes) if e.spoken is spoken]
        before = [each for each in before if each.word.start() < word.start()]
        behind = [each for each in spoken.named if each.start >= word.end()]
        if not before or not behind or said("no_top_behind").match(spoken.text, word.end()):
            continue
        between = spoken.text[word.end() : behind[0].start]
        if said("that_is").fullmatch(between) or not between.strip(" :(“"):
            yield from _not_second(report, before[-1], spoken, behind[0])


def _not_second(report: Report, first: Extreme, spoken: Spoken, second: Mention) -> Iterator[Found]:
    kind = next((each for each in kinds(report) if second.code in each), ())
    points = _points(report, spoken, first.word)
    scores = {code: each for code, each in points.items() if code in kind}
    if second.code not in scores:
        return
    for group in scopes(report, spoken, scores, [second.code]):
        right = sorted(set(group.values()), reverse=bool(first.word["high"]))[:2]
        if scores[second.code] in right:
            return
    right = sorted(set(scores.values()), reverse=bool(first.word["high"]))[:2]
    named = [code for code, each in scores.items() if each == right[-1]]
    facts = {
        "code": name_of(report, second.code),
        "score": format_score(scores[second.code]),
        "right": [name_of(report, each) for each in named][:3],
        "best": format_score(right[-1]),
    }
    found = spoken.text[second.start : second.end]
    yield found_in(spoken.passage, second.start, found, **facts)


def _wrong_orders(report: Report) -> Iterator[Found]:
    """Yield lists said to be in the order of their points that are not."""
    points = report.points()
    for spoken, word in places(report, "ordered"):
        behind = [each for each in spoken.named if each.start >= word.end()]
        listed = [each for each in joined_names(spoken.text, behind) if each.code in points]
        is_down = word["from"] in said_words("most")
        for one, other in pairwise(listed):
            scores = points[one.code], points[other.code]
            if scores[0] != scores[1] and (scores[0] > scores[1]) != is_down:
                found = spoken.text[one.start : other.end]
                facts = {"codes": [name_of(report, each.code) for each in (one, other)]}
                facts["scores"] = [format_score(each) for each in scores]
                yield found_in(spoken.passage, one.start, found, **facts).told("order")
                break


RULES = (
    Rule("ITA501", "error", all_of(_wrong_extremes, _wrong_orders, wrong_ranges, wrong_ends)),
    Rule("ITA502", "error", all_of(_wrong_seconds, wrong_places, wrong_top_lists)),
)
