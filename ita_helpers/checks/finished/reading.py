"""Finding figures, years and names of what is scored in a sentence of a finished report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label

LONGEST_HEADING = 110
"""Characters: a longer line is a sentence."""
_YEAR = r"(?<!\d)(?P<year>2[45]\d\d)(?!\d)"
_NUMBERING = re.compile(r"^[-–•*(]?\s*\d+(?:\.\d+)*[.)]?\s+|^[-–•*]\s*")

_LISTED = re.compile(r"[-–•*○▪➢✓]")


@dataclass(frozen=True)
class Figure:
    """Points as a sentence prints them, and where; ``text`` is the number alone."""

    start: int
    end: int
    points: Decimal
    text: str
    has_unit: bool


@dataclass(frozen=True)
class Mention:
    """Where a sentence names something that is scored, by its code."""

    start: int
    end: int
    code: str


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return the pattern ``finished.patterns.<key>`` of the catalogue."""
    return re.compile(label(f"finished.patterns.{key}"))


@cache
def words(key: str) -> tuple[str, ...]:
    """Return the words of ``finished.lists.<key>``, one of each line."""
    return tuple(label(f"finished.lists.{key}").splitlines())


@cache
def any_of(key: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the words of a list."""
    return re.compile("|".join(map(re.escape, words(key))))


@lru_cache(4096)
def years_in(text: str) -> tuple[int, ...]:
    """Return the fiscal years (B.E.) a text names, each once."""
    return tuple(dict.fromkeys(int(each["year"]) for each in year_places(text)))


def year_places(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text names a year after the word for it."""
    return _year().finditer(text)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(label("finished.patterns.year_words") + _YEAR)


def code_of_heading(text: str, level: int) -> str | None:
    """Return the code a heading is about, "" for one about something else, None for no heading."""
    if len(text) > LONGEST_HEADING or (_LISTED.match(text) and not level):
        return None
    bare = _NUMBERING.sub("", text)
    found = pattern("indicator_start").match(bare)
    if found and (level or not figures(text)):
        return found["code"]
    named = {each.code for each in mentions(text) if each.code in ("IIT", "EIT", "OIT")}
    if len(named) == 1 and not figures(text):
        return named.pop()
    is_about_nothing = level and not mentions(text) and not figures(text)
    return "" if is_about_nothing or pattern("numbered_heading").match(text) else None


def figures(text: str) -> tuple[Figure, ...]:
    """Return what is written like points: two decimals, or the unit behind; shares are not."""
    return _figures(text)


@lru_cache(8192)
def _figures(text: str) -> tuple[Figure, ...]:
    unit = pattern("unit_behind")
    found = []
    for each in pattern("figure").finditer(text):
        has_unit = bool(unit.match(text, each.end()))
        decimals = len(each.group().partition(".")[2])
        is_share = pattern("share_before").search(text, max(0, each.start() - 40), each.start())
        if (decimals >= 2 or has_unit) and not is_share:
            points = Decimal(each.group().replace(",", ""))
            found.append(Figure(each.start(), each.end(), points, each.group(), has_unit))
    return tuple(found)


@lru_cache(8192)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return what a text names of what is scored, in its order; ranges give each number."""
    found = [*_indicators(text), *_items(text), *_instruments(text), *_overall(text)]
    return tuple(sorted(found, key=lambda each: each.start))


def _indicators(text: str) -> Iterator[Mention]:
    for each in pattern("indicator_numbers").finditer(text):
        for place in re.finditer(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", each["numbers"]):
            start = each.start("numbers") + place.start()
            first, last = int(place[1]), int(place[2] or place[1])
            for number in range(first, min(last, first + 12) + 1):
                yield Mention(start, each.start("numbers") + place.end(), str(number))


def _items(text: str) -> Iterator[Mention]:
    for each in pattern("item").finditer(text):
        yield Mention(each.start(), each.end(), (each["kind"] + each["number"]).lower())


def _instruments(text: str) -> Iterator[Mention]:
    for each in pattern("instrument").finditer(text):
        yield Mention(each.start(), each.end(), each["code"] + (each["part"] or ""))


def _overall(text: str) -> Iterator[Mention]:
    for each in pattern("overall").finditer(text):
        yield Mention(each.start(), each.end(), OVERALL)


def subject_before(text: str, place: int, under: str = "") -> str:
    """Return what is spoken of at a place: what is named last before it, or what stands above."""
    named = [each for each in mentions(text) if each.end <= place]
    return named[-1].code if named else under


def bare(text: str) -> str:
    """Return a text without spaces, for comparing names."""
    return text.replace(" ", "")
