"""What a passage speaks of: its subjects, named or described, its numbers and its years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from ita_helpers.checks.finished.reading import Mention, bare, said
from ita_helpers.checks.finished.report import (
    BLOT,
    Passage,
    Report,
    heads_of,
    tables_by_number,
)
from ita_helpers.checks.finished.trust import another_named
from ita_helpers.documents.asides import has_ended
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern as document_pattern
from ita_helpers.documents.sentences import full_year
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.held import may_stand
from ita_helpers.language.number_words import number_of
from ita_helpers.records.names import normal
from ita_helpers.values import value

SOFT = ("IIT", "EIT", "OIT", OVERALL, "n2", "n3", "n4", "n7")
"""What is described, by code; a letter stands before the number of an indicator."""
BEFORE, BEHIND = 60, 30
"""Characters around a number in which words say that it is something else."""
YEAR_BEHIND = 22
"""Characters between the beginning of a number and the year behind it that it is of."""
MOST_KEPT = 16384
"""Texts of which is kept what stands in them: reports share most of their sentences."""
LONG = 45
"""Characters: a shorter cell of a table hardly ever holds a sentence."""
FEWEST_LETTERS = 6
FIRST, FEWEST, LISTED = 9, 2, 5
"""Letters with which a name begins; times that a number of the report's own stands beside one;
indicators that are listed by their numbers.
"""


@value(frozen=True)
class Number:
    """Points as they stand in a passage; ``text`` is as printed."""

    start: int
    end: int
    points: Decimal
    text: str

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return len(self.text.partition(".")[2])


@dataclass(frozen=True, eq=False)
class Spoken:
    """A passage with what it names, surely or by description, its numbers and years in order.

    Each year has its place. Those that stand behind their number are apart.
    """

    report: Report
    passage: Passage

    @cached_property
    def named(self) -> tuple[Mention, ...]:
        """What is named, names of indicators inside other words included."""
        return tuple(_named(self.report, self.text))

    @cached_property
    def described(self) -> tuple[Mention, ...]:
        """What is spoken of without its name."""
        return _described_in(self.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers with decimals that may be points."""
        return _numbers_in(self.text)

    @cached_property
    def years_behind(self) -> tuple[tuple[int, int], ...]:
        """The years right behind the number they are of, each with its place."""
        text = self.text
        return tuple(
            each
            for each in self._all_years
            if said("year_behind").search(text, 0, each[0])
            and not said("year_turns").match(text, each[0])
            and not said("year_of_next").match(text, each[0] - 1)
        )

    @cached_property
    def years(self) -> tuple[tuple[int, int], ...]:
        """The other years, each with its place."""
        return tuple(each for each in self._all_years if each not in self.years_behind)

    @cached_property
    def _all_years(self) -> list[tuple[int, int]]:
        return list(_years(self.report, self.text))

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text

    @cached_property
    def plain(self) -> str:
        """The words with all letters of names blotted out: what stands in a name says nothing."""
        text = self.text
        for each in self.named:
            text = text[: each.start] + BLOT * (each.end - each.start) + text[each.end :]
        return text

    def named_before(self, place: int) -> list[Mention]:
        """Return what is named before a place."""
        return [each for each in self.named if each.end <= place]

    def last_named(self, place: int) -> Mention | None:
        """Return what is named last before a place, and is not only that in which it is told."""
        before = self.named_before(place)
        told = next((e for e in reversed(before) if not self.is_aside(e)), None)
        return told or (before[-1] if before else None)

    def is_aside(self, named: Mention) -> bool:
        """Whether what is named is only that in which something is told, or of which a mean is."""
        is_of_mean = any(start <= named.start < end for start, end in self._means)
        return is_of_mean or bool(said("within").search(self.text, 0, named.start))

    @cached_property
    def _means(self) -> tuple[tuple[int, int], ...]:
        """Where the lists stand of which a mean is told."""
        return tuple(each.span() for each in said("mean_of_list").finditer(self.text))

    def under_before(self, place: int) -> str:
        """Return the indicator of the heading if words up to a place can be told of it alone."""
        code = self.passage.under
        if not code.isdigit() or self.passage.row or self.named_before(place):
            return ""
        label = said("under_label").match(self.text)
        starts = [label.end() if label else 0]
        starts += [each.end() for each in said("so_it_is").finditer(self.text, 0, place)]
        is_told = any(said("under_filler").fullmatch(self.text, each, place) for each in starts)
        return code if is_told else ""

    def next_named(self, place: int) -> Mention | None:
        """Return what is named next behind a place."""
        return next((each for each in self.named if each.start >= place), None)

    def year_at(self, place: int, usual: int) -> int:
        """Return the year (B.E.) right behind a place, or named last before it, or usual."""
        behind = [year for start, year in self.years_behind if 0 <= start - place < YEAR_BEHIND]
        told = [each for each in self.years if each[0] < place]
        before = [year for start, year in told if not self._is_of_bracket(start, place)]
        if not before and not behind and self._begins_later(place):
            return self.report.year
        if behind:
            return behind[0]
        return before[-1] if before and not self.has_left_year(place) else usual

    def has_left_year(self, place: int) -> bool:
        """Whether the year named last before a place is only that of an aside that has ended."""
        last = max((start for start, _ in self.years if start < place), default=-1)
        return last >= 0 and has_ended(self.text, last, place)

    def _is_of_bracket(self, year: int, place: int) -> bool:
        """Whether a year stands in brackets with a figure of its own that end before a place."""
        return bool(said("year_of_next").search(self.text, max(0, year - 1), place))

    def _begins_later(self, place: int) -> bool:
        """Whether the first year behind a place leads on to something else that is said of it."""
        later = [start for start, _ in self.years if start > place]
        return bool(later and said("year_leads").match(self.text, later[0]))

    def between(self, start: int, end: int) -> bool:
        """Whether a number stands between two places."""
        return any(start <= each.start and each.end <= end for each in self.numbers)


def all_spoken(report: Report) -> tuple[Spoken, ...]:
    """Return the sentences of a report: its lines, and the long cells of its tables."""
    return report.once(_all_spoken)


def places(report: Report, key: str) -> Iterator[tuple[Spoken, re.Match[str]]]:
    """Yield where ``said.<key>`` stands in the sentences of a report."""
    known = said(key)
    for spoken in spoken_with(report, known):
        for place in known.finditer(spoken.text):
            yield spoken, place


def spoken_with(report: Report, known: re.Pattern[str]) -> Iterator[Spoken]:
    """Yield the sentences of a report in which a pattern may stand."""
    of_passages = report.once(_of_passages)
    for passage in report.that_may_hold(known):
        if spoken := of_passages.get(id(passage)):
            yield spoken


def _of_passages(report: Report) -> dict[int, Spoken]:
    return {id(each.passage): each for each in all_spoken(report)}


def _all_spoken(report: Report) -> tuple[Spoken, ...]:
    return tuple(Spoken(report, each) for each in report.passages if _is_sentence(report, each))


def _is_sentence(report: Report, passage: Passage) -> bool:
    """Whether words are a sentence: in a short cell, where something named is told to be so."""
    text = passage.text
    if not passage.row or len(text) > LONG:
        return True
    if not (said("told_in_a_cell").search(text) and report.mentions(text, with_bare=True)):
        return False
    table = report.once(tables_by_number).get(passage.spot.table)
    heads, at = heads_of(table) if table else [], passage.spot.column - 1
    return not (at < len(heads) and said("head_of_aims").search(heads[at]))


def _named(report: Report, text: str) -> list[Mention]:
    """Return what a text names, names of indicators inside other words included."""
    naming, found = report.mentions.naming, report.mentions(text, with_bare=True)
    inside = [
        Mention(*each.span(), naming.by_name[normal(each.group())])
        for each in naming.any_name.finditer(text)
        if not any(one.start < each.end() and each.start() < one.end for one in found)
    ]
    parts = [*_parts(report, text, found), *own_numbers(report, text, [*found, *inside])]
    parts += [*_in_words(report, text), *_in_short(report, text)]
    return sorted([*found, *inside, *parts], key=lambda each: each.start)


def _in_words(report: Report, text: str) -> Iterator[Mention]:
    """Yield indicators whose numbers are written in words."""
    known = said("indicator_in_words")
    for place in known.finditer(text) if report.rules and may_stand(known, text) else ():
        code = str(number_of(place["number"]))
        if report.rules and report.rules.find_indicator(code):
            yield Mention(*place.span(), code)


def _in_short(report: Report, text: str) -> Iterator[Mention]:
    """Yield indicators whose names are cut, with the sign for it behind."""
    known = said("short_name")
    for place in known.finditer(text) if may_stand(known, text) else ():
        run = place["name"]
        begun = [
            (at, code)
            for name, code in report.indicator_names
            for start in (name, name.removeprefix(label("said.acting")))
            if (at := _cut_in(run, start)) is not None
        ]
        first = min((at for at, _ in begun), default=0)
        codes = {code for at, code in begun if at == first}
        if len(codes) == 1:
            yield Mention(place.start() + first, place.end(), codes.pop())


def _cut_in(run: str, name: str) -> int | None:
    """Return where the end of a run of letters begins that begins a name, so many at least."""
    ends = (at for at in range(len(run) - FEWEST_LETTERS + 1) if name.startswith(run[at:]))
    return next(ends, None)


def own_numbers(report: Report, text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield indicators by numbers that a report writes in its own way, as "[4]" or "KPI 4"."""
    known = report.once(own_prefixes)
    is_there = any(each.removesuffix(")") in text for each in known)
    for place in said("own_number").finditer(text) if is_there else ():
        is_named = any(e.start < place.end() and place.start() < e.end for e in named)
        is_own = _prefix(place) in known and not is_named
        if is_own and report.rules and report.rules.find_indicator(place["number"]):
            yield Mention(*place.span(), place["number"])


def own_prefixes(report: Report) -> frozenset[str]:
    """Return what a report writes before the numbers of indicators.

    Their names stand behind it more than once, or their scores do and hardly other ones; or the
    indicators are listed by such numbers.
    """
    rules, beside, other = report.rules, Counter[str](), Counter[str]()
    beside[label("said.sure_prefix")] += FEWEST
    for passage, place in report.places(said("own_number")) if rules else ():
        indicator = rules.find_indicator(place["number"]) if rules else None
        behind = passage.text[place.end() : place.end() + LONG].lstrip(' :.–-“"')
        if indicator and behind.startswith(indicator.name[:FIRST]):
            beside[_prefix(place)] += 1
        elif indicator and (told := said("score_behind").match(passage.text, place.end())):
            is_own = report.scores.get((indicator.code, report.year)) == Decimal(told["points"])
            (beside if is_own else other)[_prefix(place)] += 1
    if sum(1 for _ in report.places(said("listed_indicator"))) >= LISTED:
        beside[label("said.listed_prefix") + ")"] += FEWEST
    return frozenset(e for e, count in beside.items() if count >= FEWEST and count > 2 * other[e])


def _prefix(place: re.Match[str]) -> str:
    """Return what is written before a number, with a bracket behind it."""
    return place["prefix"].strip() + (")" if place.group().endswith(")") else "")


def _parts(report: Report, text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield parts of an instrument that are named by their number alone, behind the first."""
    first = next((each for each in named if each.code.startswith("EIT")), None)
    known = report.rules.levels.components if report.rules else ()
    for place in said("part_alone").finditer(text, first.end) if first else ():
        is_named = any(each.start == place.start() for each in named)
        if (code := f"EIT{place['part']}") in known and not is_named:
            yield Mention(*place.span(), code)


def _described(text: str) -> Iterator[Mention]:
    for found in _soft().finditer(text):
        yield Mention(found.start(), found.end(), str(found.lastgroup).removeprefix("n"))


@cache
def _soft() -> re.Pattern[str]:
    return compiled("|".join(f"(?P<{code}>{label(f'said.soft_{code}')})" for code in SOFT))


@lru_cache(MOST_KEPT)
def _described_in(text: str) -> tuple[Mention, ...]:
    return tuple(_described(text))


@lru_cache(MOST_KEPT)
def _numbers_in(text: str) -> tuple[Number, ...]:
    return tuple(numbers_in(text))


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers with decimals that may be points, shares of people and things left out."""
    shares = {each.start("share") for each in said("share_of_all").finditer(text)}
    for found in said("number").finditer(text):
        start, end = found.span("points")
        is_section = not start and not text[end : end + 8].lstrip().startswith(label("said.unit"))
        if (
            is_section
            or start in shares
            or said("not_before").search(text, max(0, start - BEHIND), start)
            or (text[start:end][-3] != "." and said("letter_before").search(text, 0, start))
            or said("not_behind").match(text, end)
        ):
            continue
        yield Number(start, end, Decimal(found["points"]), found["points"])


def _years(report: Report, text: str) -> Iterator[tuple[int, int]]:
    found = [(e.start(), full_year(e["year"])) for e in _year().finditer(text)]
    known = document_pattern("figures.years_ago")
    ago = list(known.finditer(text)) if may_stand(known, text) else []
    found += [(each.start(), report.year - number_of(each["count"])) for each in ago]
    ends = {each.end() for each in ago}
    last = (each for each in said("last_year").finditer(text) if each.end() not in ends)
    found += [(each.start(), report.year - 1) for each in last]
    found += [(e.start(), report.year) for e in said("this_year").finditer(text)]
    if leading := said("year_leads_line").match(text):
        found.append((leading.start("year"), int(leading["year"])))
    yield from sorted(set(found))


@cache
def _year() -> re.Pattern[str]:
    return document_pattern("figures.year")


def names_another(spoken: Spoken, place: int) -> bool:
    """Whether the office spoken of last before a place is another one than the report's."""
    return another_named(
        spoken.text, place, bare(spoken.report.claims.office), spoken.report.others
    )


def nearest(named: Sequence[Mention], place: int) -> Mention | None:
    """Return what is named last before a place, else next behind it."""
    before = [each for each in named if each.end <= place]
    behind = [each for each in named if each.start >= place]
    return before[-1] if before else behind[0] if behind else None
