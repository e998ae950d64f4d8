"""Parts of Thai texts, cut where no letter is parted from its vowels and marks.

Thai has few blanks: a text cut at a number of characters may begin with a tone mark, or end with a
vowel whose consonant is gone.
"""

from __future__ import annotations

import unicodedata

NEAR = 16
"""Characters further to which a blank is looked for, so that no word is parted."""
_LEADS = frozenset(map(chr, range(0x0E40, 0x0E45)))
"""Vowels written before their consonant."""
_FOLLOWS = frozenset(map(chr, (0x0E2F, 0x0E30, 0x0E32, 0x0E33, 0x0E45, 0x0E46)))
"""Vowels and signs written behind it, each with a place of its own."""


def whole_at(text: str, place: int) -> int:
    """Return the place, or the last one before it at which no letter is parted.

    >>> whole_at("ที่นี่", 2), whole_at("เรือ", 1), whole_at("ตา", 1)
    (0, 0, 0)
    """
    while 0 < place < len(text) and _is_parted(text, place):
        place -= 1
    return place


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, with dots where it was cut.

    >>> shortened("การให้บริการ", 5)
    'การ…'
    """
    return text if len(text) <= most else f"{text[: whole_at(text, most)].rstrip()}…"


def excerpt(text: str, start: int, end: int, around: int) -> tuple[str, int]:
    """Return a part of a text with about so many characters around it, and where the part begins.

    It is cut at a blank where one is near, and has dots where it was cut.
    """
    first, last = _begin(text, start - around), _end(text, end + around)
    while first < start and text[first].isspace():
        first += 1
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{text[first:last].rstrip()}{after}", len(before) + start - first


def _begin(text: str, place: int) -> int:
    if place <= 0:
        return 0
    blank = text.rfind(" ", max(0, place - NEAR), place)
    return blank + 1 if blank >= 0 else whole_at(text, place)


def _end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.find(" ", place, place + NEAR)
    if blank >= 0:
        return blank
    while place < len(text) and _is_parted(text, place):
        place += 1
    return place


def _is_parted(text: str, place: int) -> bool:
    """Whether a cut before a character parts it from its letter."""
    letter = text[place]
    is_mark = letter in _FOLLOWS or unicodedata.category(letter).startswith("M")
    return is_mark or text[place - 1] in _LEADS
