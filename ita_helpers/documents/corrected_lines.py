"""The lines of a Word file that somebody corrected, and how their texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from ita_helpers.language.thai import to_arabic

Kind = Literal["text", "heading", "entry", "cell", "contents"]
STRUCK = "~~"
"""Stands around words that are struck out."""
PICTURE = "\ufffc"
"""Stands for a picture in a text, before what it shows."""
_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Hand:
    """Somebody who changed a line or commented on it, and when (as Word writes it)."""

    author: str
    date: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment: whose, its text, and the words it stands at."""

    hand: Hand
    text: str
    about: str = ""


@dataclass(frozen=True)
class Run:
    """A piece of a line in one look; ``picture`` is the id of a picture, ``alt`` what it shows.

    ``href`` is an address or ``#bookmark``.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    struck: bool = False
    raised: Literal["", "sup", "sub"] = ""
    href: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph, or a cell of a table, as it now stands.

    ``slots`` are those whose marks stand around it: more than one where marks were stretched.
    ``is_ordered`` and ``depth`` tell of an entry of a list; ``number`` is a heading's level.
    """

    kind: Kind
    runs: tuple[Run, ...]
    slots: tuple[str, ...] = ()
    is_ordered: bool = False
    depth: int = 0
    number: int = 0
    hands: tuple[Hand, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """The line as it is compared: Arabic digits, single blanks, pictures by what they show."""
        return as_written(
            (f"{PICTURE}{run.alt}" if run.picture else run.text, run.struck) for run in self.runs
        )

    @property
    def pictures(self) -> tuple[Run, ...]:
        """The pictures in the line."""
        return tuple(run for run in self.runs if run.picture)


def as_written(pieces: Iterable[tuple[str, bool]]) -> str:
    """Return a line as it is compared; of each piece it is said whether it is struck out.

    Words that are struck out are others than before, since they hold no longer.

    >>> as_written([("ได้ ", False), ("95 ", True), ("96", False)])
    'ได้ ~~95~~ 96'
    """
    said = []
    for is_struck, group in groupby(pieces, key=itemgetter(1)):
        text = "".join(each for each, _ in group)
        word = text.strip() if is_struck else ""
        said.append(text.replace(word, f"{STRUCK}{word}{STRUCK}", 1) if word else text)
    return as_compared("".join(said))


def as_compared(text: str) -> str:
    """Return a text with Arabic digits, single blanks and without what nobody sees.

    >>> as_compared("๒  เครื่องมือ ")
    '2 เครื่องมือ'
    """
    kept = (each for each in to_arabic(text) if unicodedata.category(each) != "Cf")
    lines = _BLANKS.sub(" ", "".join(kept).replace("\u00a0", " ")).split("\n")
    return "\n".join(line.strip() for line in lines).strip()
