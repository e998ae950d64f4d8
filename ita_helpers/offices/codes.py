"""Proposing a code for a new organisation: its name in Latin letters, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any

from ita_helpers.language.catalogue import label, section
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.names import place_of, romanised_words, type_of
from ita_helpers.store.places import official_places

LONGEST = 40
"""Characters of a code made of syllables: it names files in every folder."""
LONGEST_IN_WORDS = 60
"""Characters of a code made of words, none of which is cut."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,14}")
_USUAL = frozenset(["office", "bureau", "commission", "organisation"])
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")


def propose_code(name: str, district: str, taken: Container[str]) -> str:
    """Return a free code for an organisation: its place, with its district where that is taken.

    >>> propose_code("องค์การบริหารส่วนตำบลป่าตึง", "แม่จัน", {"pa-tueng"})
    'pa-tueng-mae-chan'
    """
    return next(code for code in _candidates(name, district) if code not in taken)


def _candidates(name: str, district: str) -> Iterator[str]:
    place = _of_name(name) or "organisation"
    yield place
    if district:
        yield _shorten(f"{place}-{romanise(district)}")
    for number in count(2):
        yield f"{place}-{number}"


def _of_name(name: str) -> str:
    """Return a local government's place, or another office's name word by word.

    An abbreviation in Latin letters is the code that people know.

    >>> _of_name("องค์การบริหารส่วนตำบลป่าตึง"), _of_name("กรมส่งเสริมการปกครองท้องถิ่น")
    ('pa-tueng', 'department-promotion-local-administration')
    """
    if type_of(name):
        return romanise(place_of(name))
    bare, _, behind = name.partition("(")
    if found := _LATIN.fullmatch(behind.strip(" )")):
        return found[0].lower()
    return in_words(bare)


def in_words(name: str) -> str:
    """Return a name with its known words in English and the rest romanised.

    Of one that is too long the first words go that many names begin with, then those amidst.
    """
    known, fillers = (
        section("organisations.code_words"),
        label("organisations.code_fillers").split(),
    )
    longest = sorted(known, key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, longest))})", name)
    if len(pieces) == 1:
        return romanise(place_of(name))
    bare = [piece.strip() for piece in pieces]
    words = [known.get(each) or romanise(each) for each in bare if each and each not in fillers]
    while len(words) > 2 and len("-".join(words)) > LONGEST_IN_WORDS:
        words.pop(0 if words[0] in _USUAL else len(words) // 2)
    return _shorten("-".join(words), LONGEST_IN_WORDS)


@cache
def romanise(text: str) -> str:
    """Return Thai as Latin syllables of the Royal Institute's system, with hyphens.

    >>> romanise("บางกระบือ")
    'bang-kra-bue'
    """
    from pythainlp.tokenize import subword_tokenize

    _look_up_in_sets()
    words, text = romanised_words(), to_arabic(text)
    if text in words:
        return words[text]
    if official := official_places().english.get(text):
        return _shorten(_NOT_IN_CODES.sub("-", official.lower()))
    syllables = [
        words.get(part) or _romanise_part(part)
        for part in subword_tokenize(text, engine="dict", keep_whitespace=False)
    ]
    return _shorten("-".join(_NOT_IN_CODES.sub("-", each.lower()) for each in syllables))


@cache
def _romanise_part(part: str) -> str:
    """Return a part of a name, which stands in many names."""
    from pythainlp.transliterate import romanize

    return romanize(part, engine="royin")


class Words:
    """A set of words, asked as pythainlp's tokeniser asks a trie."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(map(str.strip, words))
        self.longest: dict[str, int] = {}
        for word in self.words:
            self.longest[word[:2]] = max(len(word), self.longest.get(word[:2], 0))

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """Return the words that begin at a place of a text, the shortest first."""
        longest = max(1, self.longest.get(text[start : start + 2], 0))
        ends = range(start + 1, min(start + longest, len(text)) + 1)
        return [text[start:end] for end in ends if text[start:end] in self.words]


@cache
def _look_up_in_sets() -> None:
    """Let pythainlp ask sets of its words: to build its tries takes half a second and 60 MB."""
    from pythainlp.corpus import thai_syllables, thai_words

    tokenize: Any = import_module("pythainlp.tokenize")
    newmm: Any = import_module("pythainlp.tokenize.newmm")
    known, syllables = Words(thai_words()), Words(thai_syllables())
    newmm.word_dict_trie = lambda: known
    tokenize.syllable_dict_trie = lambda: syllables


def _shorten(code: str, longest: int = LONGEST) -> str:
    """Return the code with single hyphens, cut before the first syllable that does not fit."""
    syllables = [each for each in code.split("-") if each]
    while len("-".join(syllables)) > longest and len(syllables) > 1:
        syllables.pop()
    return "-".join(syllables)[:longest]
