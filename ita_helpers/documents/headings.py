"""Telling headings from other lines where a file does not say which they are."""

from __future__ import annotations

import re
from functools import cache

from ita_helpers.documents.patterns import pattern
from ita_helpers.language.catalogue import label

LONGEST = 110
"""Characters: a longer line is a sentence."""
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s*(?=[^\d\s.)])")
_LISTED = re.compile(r"\s*(?:[-–•●▪○➢✓*·]|\(?[a-z\u0e01-\u0e2e0-9]{1,2}\))\s*")
_THAI = re.compile(r"[\u0e01-\u0e4e]{3}")
_FIGURE = re.compile(r"\d{2}\.\d{2}|\d\.\d{2}(?=\s?\u0e04\u0e30\u0e41\u0e19\u0e19)|\d,\d{3}(?!\d)")
OF_INDICATOR = 3
"""The level of a heading that names an indicator."""


def level_of(text: str) -> int:
    """Return the level of a line that stands alone: 1 to 4, or 0 if it is no heading.

    >>> level_of("2.1 ผลการประเมินในภาพรวม"), level_of("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่")
    (2, 3)
    >>> level_of("คำนำ"), level_of("- การใช้อำนาจ"), level_of("ได้คะแนน 92.86 คะแนน")
    (1, 0, 0)
    >>> level_of("EIT ต่ำที่สุดเหมือนปี 2564 แต่เพิ่มขึ้นมากกว่า IIT")
    0
    """
    if len(text) > LONGEST or not _THAI.search(text) or _FIGURE.search(text) or is_listed(text):
        return 0
    if text.startswith(_words("documents.not_headings")) or not text[0].isalnum():
        return 0
    if pattern("of_a_sentence").search(text) or pattern("only_a_number").fullmatch(text):
        return 0
    if text.startswith(indicator_words()):
        return OF_INDICATOR
    numbered = _NUMBERED.match(text)
    return numbered[1].count(".") + 1 if numbered else 1


def indicator_words() -> tuple[str, ...]:
    """Return how a heading of an indicator begins."""
    return _words("documents.indicator_words")


def is_caption(text: str) -> bool:
    """Whether a line begins as the name of a table or of a chart does."""
    return text.startswith(label("documents.caption_word")) or bool(pattern("caption").match(text))


def is_listed(text: str) -> bool:
    """Whether a line begins with the mark of a list."""
    return bool(_LISTED.match(text))


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(label(key).split())
