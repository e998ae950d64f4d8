"""What a page of a PDF shows, as plain values: letters and straight lines with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_THAI = re.compile(r"[\u0e01-\u0e4e]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and its box in points from the lower left; ``marked`` is its tag's number or -1.

    ``is_bold`` is known of the first letter of a line. ``is_gap`` if it is no letter of the file
    but a blank that was seen between two.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    marked: int = -1
    is_bold: bool = False
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float
    is_upright: bool


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
    """
    text = ""
    for line in lines:
        bare = _CONTROLS.sub("", line)
        begin = bare.lstrip()
        is_thai = text and begin and _THAI.match(text[-1]) and _THAI.match(begin[0])
        text += begin if is_thai or not text else f" {begin}"
    return text.strip()
