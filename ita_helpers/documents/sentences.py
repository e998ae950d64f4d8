"""What a sentence claims: which score, level or name of which code, in which year, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from ita_helpers.documents.naming import Naming
from ita_helpers.documents.patterns import alternatives, loose, pattern
from ita_helpers.documents.sentence_parts import ALL, FIGURE, Context, Event, Said
from ita_helpers.documents.sentence_walk import Walk
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.held import may_stand
from ita_helpers.language.number_words import number_of

FULL = Decimal(100)
MOST_KEPT, MOST_NAMINGS = 16384, 32
"""Texts of which is kept what stands in them, since reports share most of their sentences; rules
by which that is.
"""
_DIGIT = re.compile(r"[0-9]")
ROW = 2
"""So many figures with blanks between them are a row of a table, told in no sentence."""
_ROW = re.compile(
    r"(?<![\d.,])\d{1,3}\.\d{1,2}(?:\s+\d{1,3}\.\d{1,2}(?![\d.]))+"
    r"(?!\s+\d)"
)
HEAVIEST = 50
"""The most of 100 that anything weighs in the overall score."""
_PAIR = re.compile(r"(?<![\d.,/])(\d{2,3}\.\d\d)\s?/\s?(\d{2,3}\.\d\d)(?![\d.]|\s?/)")
_SUM = re.compile(r"\d{1,3}\.\d{1,2}(?:\s?\+\s?\d{1,3}\.\d{1,2})+")


class Sentences:
    """Reads sentences by one year's names and the levels of all years.

    ``own`` is the name of the office whose report it is.
    """

    def __init__(self, naming: Naming, levels: Sequence[str], own: str = "") -> None:
        self.naming, self.own = naming, own
        self._events = _events(naming, tuple(levels))
        self.level_of = self._events.level_of

    def read(self, text: str, context: Context) -> list[Said]:
        """Return what a text claims, in its order."""
        walk = Walk(text, context, self.naming, self.own)
        for event in self._events.of(text):
            walk.take(event)
        walk.end()
        return walk.said


class _Events:
    """Finds what sentences name and tell; those that come again are read once."""

    def __init__(self, naming: Naming, levels: tuple[str, ...]) -> None:
        self.naming = naming
        self.level, self.level_cell, self.bracketed = _level_patterns(levels)
        self._levels = {re.sub(r"\s", "", each): each for each in levels}
        self.of = lru_cache(MOST_KEPT)(self._of)
        self.level_of = lru_cache(MOST_KEPT)(self._level_of)

    def _of(self, text: str) -> tuple[Event, ...]:
        """Return what stands in a text, in its order; what holds another comes first."""
        return tuple(sorted(self._found(text), key=lambda each: (each.start, -each.end)))

    def _level_of(self, text: str) -> str:
        """Return the level that a cell consists of, or an empty string."""
        found = self.level_cell.fullmatch(text.strip())
        return self._level(found) if found else ""

    def _level(self, found: re.Match[str]) -> str:
        return self._levels[re.sub(r"\s", "", found["level"])]

    def _found(self, text: str) -> Iterator[Event]:
        yield from self._levels_in(text)
        if not _DIGIT.search(text):
            return
        for mention in self.naming.mentions(text):
            yield Event(mention.start, mention.end, "mention", mention)
        if "/" in text:
            for pair in _PAIR.finditer(text):
                yield Event(*pair.span(), "pair", (Decimal(pair[1]), Decimal(pair[2])))
        figures = [
            Event(found.start(), found.end(), "figure", points)
            for found in FIGURE.finditer(text)
            if (points := points_of(text, found)) is not None
        ]
        if figures:
            yield from _without_rows(text, figures)
            yield from _years_and_means(text)

    def _levels_in(self, text: str) -> Iterator[Event]:
        for found in self.level.finditer(text) if may_stand(self.level, text) else ():
            if self._is_said(text, found):
                yield Event(found.start("level"), found.end("level"), "level", self._level(found))
        for found in self.bracketed.finditer(text) if may_stand(self.bracketed, text) else ():
            before = text[max(0, found.start() - 16) : found.start()]
            if not pattern("figures.limit_of_level").search(before):
                yield Event(found.start("level"), found.end("level"), "level", self._level(found))

    def _is_said(self, text: str, found: re.Match[str]) -> bool:
        """Whether a level is what was reached, not what is wished or defined."""
        before = text[max(0, found.start() - 12) : found.start()]
        said = pattern("figures.level_said").match(found.group().strip())
        is_beside = before.endswith("(") or self._is_behind_score(text, found)
        if pattern("figures.of_those").search(text, 0, found.start()):
            return False
        return bool(said or is_beside) and not pattern("figures.wished").search(before)

    def _is_behind_score(self, text: str, found: re.Match[str]) -> bool:
        """Whether a level stands right behind a score that was reached."""
        score = pattern("figures.score_of_level").search(text, 0, found.start())
        start = score.start("points") if score else 0
        is_limit = pattern("figures.limit_of_level").search(text, max(0, start - 16), start)
        is_asked = pattern("figures.level_asked").match(text, found.end())
        return bool(score) and not (is_limit or is_asked)


@lru_cache(MOST_NAMINGS)
def _events(naming: Naming, levels: tuple[str, ...]) -> _Events:
    return _Events(naming, levels)


@cache
def _level_patterns(levels: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return what finds the names of levels in a text, in a cell that says no more, in brackets."""
    return tuple(
        compiled(
            loose(label(f"documents.figures.{key}")).replace("{names}", alternatives(list(levels)))
        )
        for key in ("level", "level_cell", "level_bracketed")
    )


def _without_rows(text: str, figures: list[Event]) -> list[Event]:
    """Return the figures of a text that are told: none of rows of tables in it, or of sums."""
    known = (_ROW, _SUM) if len(figures) >= ROW else ()
    found = (each for of in known for each in of.finditer(text))
    is_list = pattern("figures.list_goes_on").match
    rows = [each.span() for each in found if not is_list(text, each.end())]
    return [e for e in figures if not any(start <= e.start < end for start, end in rows)]


def _years_and_means(text: str) -> Iterator[Event]:
    for found in _places("year", text):
        yield Event(found.start(), found.end(), "year", full_year(found["year"]))
    for found in _places("year_before", text):
        yield Event(found.start(), found.end(), "year", 0)
    for found in _places("years_ago", text):
        yield Event(found.start(), found.end(), "year", -number_of(found["count"]))
    for found in _places("now", text):
        yield Event(found.start(), found.end(), "now", 0)
    for key, of in (
        ("mean_of_all", ALL),
        ("whole_country", ALL),
        ("mean_of", ""),
        ("mean_by", ""),
    ):
        for found in _places(key, text):
            yield Event(found.start(), found.end(), "mean", of or found["group"])
    for found in _places("another", text):
        yield Event(found.start(), found.end(), "mean", found.group())


def _places(key: str, text: str) -> Iterator[re.Match[str]]:
    known = pattern(f"figures.{key}")
    return known.finditer(text) if may_stand(known, text) else iter(())


def full_year(written: str) -> int:
    """Return a fiscal year (B.E.) of two or four digits."""
    return int(written) if len(written) == 4 else 2500 + int(written)


def points_of(text: str, found: re.Match[str]) -> Decimal | None:
    """Return the points of a figure if it can be a score: two decimals, or the word for points."""
    points, behind = Decimal(found[1]), text[found.end() : found.end() + 24].lstrip()
    has_unit = bool(pattern("figures.unit").match(behind))
    is_exact = found[1][-3:-2] == "."
    before = text[max(0, found.start() - 14) : found.start()]
    if not is_exact and (pattern("figures.reached").search(before) or _is_weight(points, before)):
        return None
    is_said = "." in found[1] and pattern("figures.unit_before").search(before)
    if not is_exact and (not has_unit or pattern("figures.numbering").search(before)):
        return points if is_said and points <= FULL else None
    if pattern("figures.out_of_less").match(text, found.end()):
        return None
    is_full = points == FULL and pattern("figures.full_marks").match(text, found.start())
    if points > FULL or is_full:
        return None
    is_begun = is_exact and pattern("figures.counted_whole").match(behind)
    if not has_unit and not is_begun and pattern("figures.other_unit").match(behind):
        return None
    return None if pattern("figures.no_score_behind").match(behind) else points


def _is_weight(points: Decimal, before: str) -> bool:
    """Whether a number in brackets is what something weighs in the overall score."""
    return points <= HEAVIEST and bool(pattern("figures.weight_before").search(before))
