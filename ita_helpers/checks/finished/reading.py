"""Finding figures, years and names of what is scored in a sentence of a finished report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ita_helpers.documents.naming import Naming
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import BadDate, parse_date
from ita_helpers.records.names import normal
from ita_helpers.values import value

SMALL = 25
"""Points: no score is as low; a difference or a loss is."""
CLOSE = Decimal("0.011")
"""Points: what is rounded twice, or a difference of two rounded figures, may be off by this."""
LONGEST_HEADING = 110
"""Characters: a longer line is a sentence."""
_YEAR = r"(?<!\d)(?P<year>2[45]\d\d)(?!\d)"
_NUMBERING = re.compile(r"[-–•*(]?\s*\d+(?:\.\d+)*[.)]?\s+|[-–•*]\s*")

_LISTED = re.compile(r"[-–•*○▪➢✓]")


@value(frozen=True)
class Figure:
    """Points as a sentence prints them, and where; ``text`` is the number alone."""

    start: int
    end: int
    points: Decimal
    text: str
    has_unit: bool


@value(frozen=True)
class Mention:
    """Where a sentence names something that is scored, by its code."""

    start: int
    end: int
    code: str


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return the pattern ``finished.patterns.<key>`` of the catalogue."""
    return compiled(label(f"finished.patterns.{key}"))


@cache
def said(key: str) -> re.Pattern[str]:
    """Return the pattern ``said.<key>`` of the catalogue."""
    return compiled(label(f"said.{key}"))


@cache
def words(key: str) -> tuple[str, ...]:
    """Return the words of ``finished.lists.<key>``, one of each line."""
    return tuple(label(f"finished.lists.{key}").splitlines())


@cache
def any_of(key: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the words of a list."""
    return compiled("|".join(map(re.escape, words(key))))


@lru_cache(16384)
def years_in(text: str) -> tuple[int, ...]:
    """Return the fiscal years (B.E.) a text names, each once."""
    return tuple(dict.fromkeys(int(each["year"]) for each in year_places(text)))


def year_places(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text names a year after the word for it."""
    return _year().finditer(text)


@cache
def _year() -> re.Pattern[str]:
    return compiled(label("finished.patterns.year_words") + _YEAR)


def code_of_heading(text: str, level: int, mentions: Mentions) -> str | None:
    """Return the code a heading is about, "" for one about something else, None for no heading."""
    if len(text) > LONGEST_HEADING or (_LISTED.match(text) and not level):
        return None
    numbering = _NUMBERING.match(text)
    bare = text[numbering.end() :] if numbering else text
    found = pattern("indicator_start").match(bare)
    is_sentence = said("is_sentence").search(bare)
    if found and is_sentence and said("told_of_it").match(bare, found.end()):
        return None
    if found and (level or not (figures(text) or is_sentence)):
        return found["code"]
    named = {each.code for each in mentions(text) if each.code in ("IIT", "EIT", "OIT")}
    if len(named) == 1 and (level or not (figures(text) or is_sentence)):
        return named.pop()
    if level and (code := mentions.naming.by_name.get(normal(bare))):
        return code
    ahead = next((text[: each.start] for each in mentions(text) if each.code.isdigit()), "")
    if level and ahead and pattern("heading_on").search(ahead):
        return next(each.code for each in mentions(text) if each.code.isdigit())
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


@dataclass(frozen=True)
class Mentions:
    """Finds what sentences name of what is scored, by one year's names."""

    naming: Naming

    def __call__(self, text: str, *, with_bare: bool = False) -> list[Mention]:
        """Return what a text surely names, in its order; each code of a list is one.

        A name alone is sure where a score stands right behind it; ``with_bare`` takes any.
        """
        return list(_mentions(self.naming, text, with_bare=with_bare))

    def before(self, text: str, place: int) -> list[Mention]:
        """Return what is named before a place."""
        return [each for each in self(text) if each.end <= place]


@lru_cache(16384)
def _mentions(naming: Naming, text: str, *, with_bare: bool) -> tuple[Mention, ...]:
    return tuple(
        Mention(each.start, each.end, code)
        for each in naming.mentions(text)
        if not each.is_weak
        and (with_bare or not each.is_bare or pattern("scored_behind").match(text, each.end))
        for code in each.codes
    )


@lru_cache(8192)
def likeness(one: str, other: str) -> float:
    """Return what two texts have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def same_letters(one: str, other: str) -> int:
    """Return with how many of the same letters two texts begin.

    >>> same_letters("การเปิดเผย", "การเปิดรับ"), same_letters("การ", "การใช้")
    (7, 3)
    """
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def bare(text: str) -> str:
    """Return a text without spaces, for comparing names."""
    return text.replace(" ", "")


def day_of(written: str) -> date | None:
    """Return a day as it is written; nothing for one that no calendar has."""
    try:
        return parse_date(written)
    except BadDate:
        return None
