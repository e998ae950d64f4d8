"""Detecting words that vanish: the letters of a source are compared with its blocks'."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from ita_helpers.publish.tree import Block, Figure, Formula, Image, Preformatted, Text
from ita_helpers.publish.walks import nodes_of

SHOWN = 60
"""Characters of a word that a message shows."""
_NO_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w[^\s<>|\[\]!*_~`$\\]*")


def stands_in(text: str, blocks: tuple[Block, ...]) -> bool:
    """Whether a text occurs in blocks as it is, spaces aside: a quick check, usually true."""
    return "".join(text.split()) in "".join("".join(texts_of(blocks)).split())


def missing_words(visible: str, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Return the words of a text of which letters are in none of the blocks made of it."""
    if stands_in(visible, blocks):
        return ()
    shown = _spell("".join(texts_of(blocks)))
    words = [word for word in _WORD.findall(visible) if _spell(word)]
    gone = [word for word in words if _spell(word) not in shown]
    lacking = Counter(_spell(visible)) - Counter(shown)
    return tuple(word[:SHOWN] for word in gone or _holding(words, lacking))


def _holding(words: Iterable[str], lacking: Counter[str]) -> list[str]:
    return [word for word in words if Counter(_spell(word)) & lacking][:1]


def texts_of(tree: object) -> Iterator[str]:
    """Yield every text of blocks, including alternative texts."""
    for node in nodes_of(tree):
        match node:
            case Text() | Preformatted():
                yield node.text
            case Formula():
                yield node.tex
            case Figure():
                yield node.alt
            case Image(kind="svg"):
                yield node.content


def _spell(text: str) -> str:
    """Return the letters and digits of a text."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text))
