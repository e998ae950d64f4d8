"""How many indicators or instruments are said to have something in common, in any words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import Spoken, places, said_words
from ita_helpers.checks.finished.standing import values

AHEAD, BEHIND = 65, 55
"""Characters around a number of indicators in which stands what they have in common."""
Test = Callable[[str], bool | None]


@dataclass(frozen=True)
class Predicate:
    """What indicators are said to have in common, where it stands, and whether a code has it."""

    start: int
    end: int
    holds: Test


def wrong_tallies(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators or instruments, "all" and "none", that the scores contradict."""
    for spoken, word in places(report, "tally") if report.rules else ():
        if found := _wrong(report, spoken, word):
            yield found


def _wrong(report: Report, spoken: Spoken, word: re.Match[str]) -> Found | None:
    first, last = _clause(spoken.text, word)
    if said("mean_of_group").search(spoken.text, first, word.start()):
        return None
    near = [e for e in predicates(report, spoken.text, first, last) if not _is_inside(e, word)]
    if not near:
        return None
    meant = _meant(spoken.text, word, near)
    if said("not_counted").search(spoken.plain, first, max(word.end(), meant[0].end)):
        return None
    groups = list(_groups(report, spoken, word, first))
    counts = [_count(group, each.holds) for group in groups for each in meant]
    known = [each for each in counts if each]
    if not known or any(_fits(word, *each) for each in known):
        return None
    number, right = word["count"] or word.group(), str(known[0][0])
    start = word.start("count") if word["count"] else word.start()
    found = found_in(spoken.passage, start, number, right=right)
    return found.told("scores" if word["count"] or word["word"] else "each")


def _clause(text: str, word: re.Match[str]) -> tuple[int, int]:
    """Return where the clause around a number begins and ends."""
    first, last = max(0, word.start() - AHEAD), min(len(text), word.end() + BEHIND)
    ends = [each.start() for each in said("tally_ends").finditer(text, first, last)]
    others = list(said("tally").finditer(text, first, last))
    ends += [each.end() for each in others if each.end() <= word.start() and each["count"]]
    starts = [each for each in ends if each <= word.start()]
    behind = [each for each in ends if each >= word.end()]
    behind += [each.start() for each in others if each.start() >= word.end() and each["count"]]
    return max([first, *starts]), min([last, *behind])


def _is_inside(predicate: Predicate, word: re.Match[str]) -> bool:
    return predicate.start < word.end() and word.start() < predicate.end


def _meant(text: str, word: re.Match[str], near: Sequence[Predicate]) -> list[Predicate]:
    """Return what is beside a number on either side, else what is nearest."""
    beside = [
        each
        for each in near
        if said("beside_tally").fullmatch(text, each.end, word.start())
        or said("behind_tally").fullmatch(text, word.end(), each.start)
    ]
    return beside or [min(near, key=lambda each: _distance(each, word))]


def _distance(predicate: Predicate, word: re.Match[str]) -> int:
    return max(word.start() - predicate.end, predicate.start - word.end())


def predicates(
    report: Report, text: str, first: int, last: int, *, with_moves: bool = True
) -> Iterator[Predicate]:
    """Yield what a part of a text tells that scores can have: limits, full points, changes."""
    for place in said("limit").finditer(text, first, last):
        if test := _limit(report, place):
            yield Predicate(*place.span(), test)
    for place in said("full").finditer(text, first, last):
        yield Predicate(*place.span(), _against(report, lambda points: points == 100))
    for key in ("moves", "more_than_before") if with_moves else ():
        for place in said(key).finditer(text, first, last):
            is_of_counts = key != "moves" and said("indicators_behind").match(text, place.end())
            if place.lastgroup in ("up", "down", "same") and not is_of_counts:
                yield Predicate(*place.span(), _changed(report, place.lastgroup))


def _limit(report: Report, place: re.Match[str]) -> Test | None:
    """Return whether points are on the side of a limit that words mean."""
    assert report.rules
    written, how = place["limit"], (place["not"] or "") + place["how"]
    if (not written and not place["target"]) or (written and Decimal(written) <= SMALL):
        return None
    limit = Decimal(written) if written else Decimal(str(report.rules.target.overall))
    is_least = bool(place["more"] or said("at_least").search(place["how"]))
    if place["how"] in said_words("needs_more") and not place["more"] and not place["target"]:
        return None
    is_below = bool(said("less").search(place["how"]))
    if place["not"]:
        is_below, is_least = not is_below, not is_least
    if place["not"] and is_below:
        return _against(report, lambda p: p < limit if not is_least else p <= limit)
    if is_below:
        return _against(report, lambda p: p <= limit if place["more"] else p < limit)
    return _against(report, lambda p: p >= limit if is_least or how != place["how"] else p > limit)


def _against(report: Report, test: Callable[[Decimal], bool]) -> Test:
    def holds(code: str) -> bool | None:
        points = values(report, code, report.year)
        return test(points[0]) if points else None

    return holds


def _changed(report: Report, way: str) -> Test:
    def holds(code: str) -> bool | None:
        old, new = values(report, code, report.year - 1), values(report, code, report.year)
        if not old or not new:
            return None
        return {"up": new[0] > old[0], "down": new[0] < old[0], "same": new[0] == old[0]}[way]

    return holds


def _groups(
    report: Report, spoken: Spoken, word: re.Match[str], first: int
) -> Iterator[tuple[str, ...]]:
    """Yield what may be counted: all of the kind, or the indicators of the instrument spoken of."""
    rules = report.rules
    assert rules
    kind = word["of"] or word["all_of"] or word["none_of"] or ""
    if kind in said_words("instrument_words"):
        yield tuple(each.code for each in rules.instruments.list)
        yield rules.levels.components
        return
    yield tuple(each.code for each in rules.indicators.list)
    named = {each.code for each in spoken.named if each.end <= word.end()} | {spoken.passage.under}
    for instrument in rules.instruments.list:
        group = tuple(each.code for each in rules.indicators_of(instrument.code))
        if instrument.code in named or spoken.passage.under in group:
            yield group
    listed = [e.code for e in spoken.named if first <= e.start < word.start() and e.code.isdigit()]
    if len(listed) > 1:
        yield tuple(dict.fromkeys(listed))
    told = dict.fromkeys(
        e.code for e in spoken.named if e.start < word.start() and e.code.isdigit()
    )
    if len(told) > 1 and word["all"]:
        yield tuple(told)


def _count(group: tuple[str, ...], holds: Test) -> tuple[int, int] | None:
    """Return how many of a group have something, and of how many, if that is known of all."""
    known = [holds(code) for code in group]
    return None if None in known or not known else (sum(map(bool, known)), len(known))


def _fits(word: re.Match[str], count: int, whole: int) -> bool:
    if word["none"]:
        return count == 0
    if word["all"]:
        return count == whole
    told = int(word["count"]) if word["count"] else _counting()[word["word"]]
    return told == count


def _counting() -> Mapping[str, int]:
    return {each: at for at, each in enumerate(said("counting_words").pattern.split(), start=1)}
