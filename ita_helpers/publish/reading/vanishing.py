"""Detecting words that vanish: the letters of a source are compared with its blocks'."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from ita_helpers.publish.tree import (
    Block,
    Figure,
    Formula,
    Heading,
    Paragraph,
    Preformatted,
    Table,
    Text,
)

SHOWN = 60
"""Characters of a word that a message shows."""
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


def texts_of(node: object) -> Iterator[str]:
    """Yield every text of blocks, including alternative texts."""
    match node:
        case tuple():
            for each in node:
                yield from texts_of(each)
        case Text() | Preformatted():
            yield node.text
        case Paragraph() | Heading():
            yield from (run.text for run in node.inlines)
        case Table():
            yield from (run.text for run in node.caption)
            for rows in (node.head, node.body):
                yield from (run.text for row in rows for cell in row for run in cell.inlines)
        case Formula():
            yield node.tex
        case Figure():
            yield node.alt
            yield node.image.content if node.image.kind == "svg" else ""
            yield from texts_of(node.caption)
            yield from texts_of(node.data)
        case _ if is_dataclass(node):
            for field in fields(node):
                yield from texts_of(getattr(node, field.name))


def _spell(text: str) -> str:
    """Return the letters and digits of a text."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if each.isalnum())
