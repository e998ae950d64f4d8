"""What a page of a PDF shows, as plain values: letters and straight lines with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ita_helpers.values import replace, value

_THAI = re.compile(r"[\u0e01-\u0e4e\uf700-\uf71a]{2}")
_DIGITS = re.compile(r"[\u0e50-\u0e59]{2}")
_MARKS = frozenset(
    map(chr, (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F), *range(0xF700, 0xF71B)))
)
_SHORT = re.compile(r"[\u0e01-\u0e2e]\.[\u0e01-\u0e2e]\.")
"""An abbreviation, before which a blank stands."""
_TOUCHING = 0.5
"""Points between two pieces of one line."""
_SHORTEST_WORD, _LONGEST_WORD = 6, 30
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@value(frozen=True)
class Letter:
    """A letter and its box in points from the lower left; ``marked`` is its tag's number or -1.

    ``base`` is the height of the line that it stands on, whatever its box. ``is_bold`` is known of
    the first letter of a line. ``is_gap`` if it is no letter of the file but a blank that was seen
    between two.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    marked: int = -1
    is_bold: bool = False
    is_gap: bool = False
    base: float = 0.0

    @property
    def is_mark(self) -> bool:
        """Whether it is a Thai mark that is drawn above or below another letter."""
        return is_mark(self.text)


def is_mark(letter: str) -> bool:
    """Whether a letter is a Thai mark that is drawn above or below another one."""
    return letter in _MARKS


@value(frozen=True)
class Ruling:
    """A straight line: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float
    is_upright: bool


def in_one_piece(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return lines, those that are drawn cell by cell as one.

    >>> pieces = [Ruling(5, at, at + 9, is_upright=True) for at in (9, 0, 30)]
    >>> [(each.start, each.end) for each in in_one_piece(pieces)]
    [(0, 18), (30, 39)]
    """
    made: list[Ruling] = []
    for each in sorted(rulings, key=lambda one: (one.is_upright, round(one.at), one.start)):
        last = made[-1] if made else None
        is_on = last and (last.is_upright, round(last.at)) == (each.is_upright, round(each.at))
        if last and is_on and each.start <= last.end + _TOUCHING:
            made[-1] = replace(last, end=max(last.end, each.end))
        else:
            made.append(each)
    return made


@dataclass(frozen=True)
class Page:
    """A page by its number from 1."""

    number: int
    width: float
    height: float
    letters: list[Letter]
    rulings: list[Ruling] = field(default_factory=list)
    has_picture: bool = False


def joined_lines(lines: Iterable[str]) -> str:
    """Return the lines of one paragraph as one: Thai words need no blank where a line ends.

    >>> joined_lines(["ผลการ", "ประเมิน ITA", "ปี 2568", "92.86"])
    'ผลการประเมิน ITA ปี 2568 92.86'
    >>> joined_lines(["ขาดไปจากตัวชี้วัดนี้", "ตัวชี้วัดนี้อยู่ใน EIT"])
    'ขาดไปจากตัวชี้วัดนี้ ตัวชี้วัดนี้อยู่ใน EIT'
    >>> joined_lines(["ประจำปีงบประมาณ", "พ.ศ. 2568"])
    'ประจำปีงบประมาณ พ.ศ. 2568'
    """
    text = ""
    for line in lines:
        bare = _CONTROLS.sub("", line)
        begin = bare.lstrip()
        both = text[-1:] + begin[:1]
        is_thai = _THAI.fullmatch(both) or _DIGITS.fullmatch(both)
        is_joined = is_thai and not (_begins_again(text, begin) or _SHORT.match(begin))
        text += begin if is_joined or not text else f" {begin}"
    return text.strip()


def _begins_again(text: str, line: str) -> bool:
    """Whether a line begins with the word that the text ends with: a blank has parted them."""
    most = min(len(text), len(line), _LONGEST_WORD)
    return any(text.endswith(line[:size]) for size in range(_SHORTEST_WORD, most + 1))
