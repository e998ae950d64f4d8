"""Where Thai words begin and end: pythainlp's maximal matching with the compounds of our subject.

Its own trie takes 0.7 s and 60 MB to build; the tokeniser asks it for the words that begin at a
place, which a set of words answers as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from ita_helpers.files.bare_packages import bare_packages
from ita_helpers.language.catalogue import label

LONGEST = 24
"""Letters: longer entries of the word list are names, which may be broken between their words."""
PACKAGES = {"pythainlp": {}, "pythainlp.tokenize": {"word_dict_trie": None}}
"""What holds the tokeniser, and would load all others, spelling and sounds with it (30 ms)."""


class _Words:
    """A set of words, asked as the tokeniser asks a trie."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """Return the words that begin at a place of a text, the shortest first."""
        longest, words = text[start : start + LONGEST], self.words
        beginnings = (longest[:end] for end in range(1, len(longest) + 1))
        return [each for each in beginnings if each in words]


def known_words() -> frozenset[str]:
    """Return the word list."""
    return _words().words


@lru_cache(maxsize=20_000)
def words_in(text: str) -> tuple[str, ...]:
    """Return the words of Thai letters without a space between, what they begin with included.

    >>> words_in("การปรับปรุงตัวชี้วัด") == ("การปรับปรุง", "ตัวชี้วัด")
    True
    """
    segment = _segment()
    words: list[str] = []
    beginnings = _beginnings()
    begun = ""
    pieces = (piece for piece in _compounds().split(text) if piece)
    for word in chain.from_iterable(
        [piece] if _compounds().fullmatch(piece) else segment(piece, _words()) for piece in pieces
    ):
        begun += word
        if word in beginnings:
            continue
        words.append(begun)
        begun = ""
    return (*words, begun) if begun else tuple(words)


@cache
def _words() -> _Words:
    """Read pythainlp's list of words; what it is read with there takes twice as long to load."""
    with bare_packages(PACKAGES):
        listed = (files("pythainlp") / "corpus/words_th.txt").read_text(encoding="utf-8")
    return _Words(frozenset(word for word in listed.splitlines() if 0 < len(word) <= LONGEST))


@cache
def _segment() -> Callable[[str, Any], list[str]]:
    with bare_packages(PACKAGES):
        from pythainlp.tokenize.newmm import segment

    return segment


@cache
def _compounds() -> re.Pattern[str]:
    """Find our compounds, the longest first, where the letter after them begins a word."""
    words = sorted(label("typography.compounds").split(), key=len, reverse=True)
    return re.compile(rf"((?:{'|'.join(map(re.escape, words))})(?![\u0e30-\u0e3a\u0e45-\u0e4e]))")


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(label("typography.begin_a_word").split())
