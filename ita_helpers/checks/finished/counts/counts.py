"""Numbers of people and things in a text, in figures or in words, and the shares told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from ita_helpers.checks.finished.counts.tallies import named_groups
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.language.number_words import number_of
from ita_helpers.values import value

BEFORE, BEHIND, LABEL, WORD = 130, 34, 3, 5
"""Characters around a share in which its counts stand; letters of what names a count, and of its
last word.
"""
FULL = 100
MOST_KEPT = 8192
"""Texts of which is kept what they count: several rules ask."""
EIGHTH, HALF = Fraction(1, 8), Fraction(1, 2)
NEARLY = Fraction(3, 100)
"""How far a fraction told without "more" or "less" may be off."""


@value(frozen=True)
class Count:
    """A number of things; ``unit`` and ``label`` (the word before it) are empty if there is none.

    ``text`` is as written.
    """

    start: int
    end: int
    value: Fraction
    unit: str
    text: str
    label: str = ""


@dataclass(frozen=True)
class Share:
    """A share that a passage tells, in per cent or as a fraction, and the counts it may be of.

    ``told`` is the likeliest pair of part and whole.
    """

    passage: Passage
    place: re.Match[str]
    pairs: tuple[tuple[Fraction, Fraction], ...]
    told: tuple[Fraction, Fraction]

    @property
    def percent(self) -> str:
        """The percentage, empty for a fraction."""
        return self.place["share"] or self.place["percent"] or ""

    @property
    def start(self) -> int:
        """Where the number begins."""
        group = "share" if self.place["share"] else "percent"
        return self.place.start(group if self.percent else "told")

    @property
    def text(self) -> str:
        """The number, or the words of a fraction."""
        return self.percent or self.place["told"].strip()

    def holds(self, part: Fraction, whole: Fraction) -> bool:
        """Whether a part of a whole is this share."""
        if not whole:
            return False
        ratio = part / whole
        if self.percent:
            decimals = len(self.percent.partition(".")[2])
            slack = Fraction(1, 2 * 10**decimals) * (2 if decimals > 1 else 1)
            return abs(ratio * FULL - Fraction(self.percent)) <= slack
        return self._is_near(ratio)

    def _is_near(self, ratio: Fraction) -> bool:
        fraction, how = self._fraction, self.place["how"] or ""
        if said("more_than").match(how):
            return fraction < ratio < fraction + (HALF if self.place["half"] else 2 * EIGHTH)
        if said("less_than").match(how):
            return fraction - 2 * EIGHTH < ratio < fraction
        return abs(ratio - fraction) <= (NEARLY if not how else EIGHTH)

    @property
    def _fraction(self) -> Fraction:
        if self.place["half"]:
            return HALF
        return Fraction(number_of(self.place["top"]), number_of(self.place["of"]))


@lru_cache(MOST_KEPT)
def counts_in(text: str) -> tuple[Count, ...]:
    """Return the numbers of people, measures and other things that a text counts."""
    found = []
    for each in said("count").finditer(text):
        written, unit = each["value"] or each["words"], each["unit"] or ""
        if not unit and (each["words"] or not _is_plain(text, each)):
            continue
        named = said("count_label").search(text, max(0, each.start() - BEHIND), each.start())
        label = named["label"] if named else ""
        found.append(
            Count(each.start(), each.end(), Fraction(number_of(written)), unit, written, label)
        )
    return tuple(found)


def _is_plain(text: str, place: re.Match[str]) -> bool:
    """Whether a number without unit may count something."""
    before = text[max(0, place.start() - BEHIND) : place.start()]
    if said("out_of").match(text, place.end()):
        return not said("year_number").fullmatch(place["value"])
    is_other = said("no_count").search(before) or said("no_count_behind").match(text, place.end())
    return not is_other and not said("year_number").fullmatch(place["value"])


def shares(report: Report) -> Iterator[Share]:
    """Yield the shares that a report tells beside the counts they are of."""
    for passage in report.that_may_hold(said("share_gate")):
        counts = [] if passage.row else counts_in(passage.text)
        places = [] if passage.row else list(said("share").finditer(passage.text))
        for at, place in enumerate(places):
            first = places[at - 1].end() if at else 0
            if one := _share(report, passage, place, counts, first):
                yield one


def _share(
    report: Report, passage: Passage, place: re.Match[str], counts: Sequence[Count], first: int
) -> Share | None:
    text, start = passage.text, place.start()
    if said("share_apart").search(place["between"] or "") or said("wished").search(
        text, max(0, start - BEHIND), start
    ):
        return None
    behind = said("count_behind").match(text, place.end())
    near = [e for e in counts if start - BEFORE < e.start < start or (behind and _is(e, behind))]
    ahead = [each for each in near if each.start < start]
    if pair := _told_pair(text, place, ahead):
        return Share(passage, place, (pair,), pair) if pair[0] <= pair[1] else None
    if not ahead or said("share_apart").search(text, ahead[-1].end, start):
        return None
    if behind and behind["is"] and not place["share"]:
        return _with_pairs(report, passage, place, (near[-1], True), near)
    if is_of_group(report, passage, ahead[-1].end, start):
        return None
    part = _part(text, place, ahead, first)
    return _with_pairs(report, passage, place, part, near) if part else None


def is_of_group(report: Report, passage: Passage, start: int, end: int) -> bool:
    """Whether a group of a table stands between a count and a share, which is then its own."""
    return any(start <= each.start < end for each in named_groups(report, passage))


def _told_pair(
    text: str, place: re.Match[str], ahead: Sequence[Count]
) -> tuple[Fraction, Fraction] | None:
    """Return the part and the whole that stand together before a share: so many of so many."""
    if found := said("fraction_before").search(text, max(0, place.start() - BEHIND), place.start()):
        return Fraction(number_of(found["top"])), Fraction(number_of(found["of"]))
    pair = ahead[-2:]
    is_pair = len(pair) > 1 and said("out_of").fullmatch(text, pair[0].end, pair[1].start)
    if is_pair and not said("share_apart").search(text, pair[1].end, place.start()):
        return pair[0].value, pair[1].value
    return None


def _is(count: Count, behind: re.Match[str]) -> bool:
    return behind.start("value") == count.start


def _part(
    text: str, place: re.Match[str], ahead: Sequence[Count], first: int
) -> tuple[Count, bool] | None:
    """Return the count a share is told of, and whether its name stands with the share."""
    last, words = ahead[-1], text[ahead[-1].end : place.start()] + (place["between"] or "")
    for each in ahead:
        if each is not last and _is_named(each.label, words):
            return each, True
    is_whole = said("total_before").search(text, 0, last.start)
    if is_whole and len(ahead) > 1 and said("the_latter").search(words):
        return ahead[-2], True
    is_known = not is_whole and last.start >= first
    return (last, False) if place["share"] or is_known else None


def _is_named(label: str, words: str) -> bool:
    """Whether words name what stands before a count, or its last word."""
    starts = range(max(1, len(label) - WORD + 1))
    return len(label) >= LABEL and any(label[start:] in words for start in starts)


def _with_pairs(
    report: Report,
    passage: Passage,
    place: re.Match[str],
    told: tuple[Count, bool],
    near: Sequence[Count],
) -> Share | None:
    """Return a share with the pairs of counts it may be of; the first is the likeliest."""
    part, is_named = told
    if report.rules and said("of_indicators").match(part.unit + passage.text[place.end() :]):
        pair = part.value, Fraction(len(report.rules.indicators.list))
        return Share(passage, place, (pair,), pair) if part.value <= pair[1] else None
    rest = said("rest_behind").match(passage.text, place.end())
    if rest and rest["unit"] == part.unit:
        pair = part.value, part.value + number_of(rest["value"])
        return Share(passage, place, (pair,), pair)
    others = [each for each in near if each is not part and is_alike(each, part)]
    wholes = [each.value for each in others if each.value >= part.value]
    if not wholes and not passage.text[part.end : place.start()].strip():
        wholes = [each for each in _known_wholes(report, part) if each >= part.value]
    if not wholes:
        return None
    likely = (part.value, max(wholes))
    pairs = [(part.value, whole) for whole in wholes]
    if said("of_all_behind").match(passage.text, place.end()):
        all_told = [each.value for each in others if said("all_word").search(each.label)]
        pairs = [(part.value, whole) for whole in all_told] or pairs
        likely = pairs[0]
        is_named = is_named or bool(all_told)
    elif place["share"] or place["percent"]:
        pairs += [(part.value, a.value + b.value) for a, b in combinations([part, *others], 2)]
    if not is_named:
        pairs += [(e.value, whole) for e in others for whole in wholes if e.value <= whole]
    is_parted = any(said("own_share").match(passage.text, each.end) for each in others)
    if is_parted or said("base_behind").match(passage.text, place.end()):
        known = [each for _, each in report.once(all_counts) if is_alike(each, part)]
        pairs += [(part.value, each.value) for each in known if each.value >= part.value]
    return Share(passage, place, tuple(pairs), likely)


def _known_wholes(report: Report, part: Count) -> list[Fraction]:
    """Return how many indicators there are in all, and of each instrument."""
    rules = report.rules
    if not rules or not said("indicators_counted").fullmatch(part.unit):
        return []
    sizes = [len(rules.indicators_of(each.code)) for each in rules.instruments.list]
    return [Fraction(each) for each in (*sizes, len(rules.indicators.list))]


def is_alike(one: Count, other: Count) -> bool:
    """Whether two counts may be of the same things."""
    people = said("people").pattern.split("|")
    units = {people[0] if each.unit in people else each.unit for each in (one, other)}
    return len(units - {""}) < 2


def all_counts(report: Report) -> list[tuple[int, Count]]:
    """Return the counts with a unit in the lines of a report, each with its line."""
    return [
        (passage.spot.line, each)
        for passage in report.lines
        for each in counts_in(passage.text)
        if each.unit
    ]
