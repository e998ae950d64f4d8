"""Proposing a code for a new organisation: its name in Latin letters, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache
from itertools import count

from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import place_of, romanised_words

LONGEST = 40
"""Characters of a proposed code: it names files in every folder."""
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")


def propose_code(name: str, district: str, taken: Container[str]) -> str:
    """Return a free code for an organisation: its place, with its district where that is taken.

    >>> propose_code("องค์การบริหารส่วนตำบลป่าตึง", "แม่จัน", {"pa-tueng"})
    'pa-tueng-mae-chan'
    """
    return next(code for code in _candidates(name, district) if code not in taken)


def _candidates(name: str, district: str) -> Iterator[str]:
    place = romanise(place_of(name)) or "organisation"
    yield place
    if district:
        yield _shorten(f"{place}-{romanise(district)}")
    for number in count(2):
        yield f"{place}-{number}"


@cache
def romanise(text: str) -> str:
    """Return Thai as Latin syllables of the Royal Institute's system, with hyphens.

    >>> romanise("บางกระบือ")
    'bang-kra-bue'
    """
    from pythainlp.tokenize import subword_tokenize
    from pythainlp.transliterate import romanize

    words, text = romanised_words(), to_arabic(text)
    if text in words:
        return words[text]
    syllables = [
        words.get(part) or romanize(part, engine="royin")
        for part in subword_tokenize(text, engine="dict", keep_whitespace=False)
    ]
    return _shorten("-".join(_NOT_IN_CODES.sub("-", each.lower()) for each in syllables))


def _shorten(code: str) -> str:
    """Return the code with single hyphens, cut before the first syllable that does not fit."""
    syllables = [each for each in code.split("-") if each]
    while len("-".join(syllables)) > LONGEST and len(syllables) > 1:
        syllables.pop()
    return "-".join(syllables)[:LONGEST]
