"""The cells of a table that hold a value and no more, and its first rows, which hold none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from ita_helpers.documents.document import Cell
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentences import FULL
from ita_helpers.documents.table_heads import SHORT_YEAR, YEAR

MOST_HEADS, LONGEST_VALUE, FEWEST_NUMBERS = 3, 24, 4
MOST_KEPT = 8192
"""Cells of which the points are kept: each is asked for several times."""
_VALUE = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)(?: ?/ ?(30|40|100))?\s*(?:[*†‡]|\(\*\))*")
"""A score, or points out of the weight of an instrument."""

_ZERO = re.compile(r"^0([1-9]\d?)(?!\d)")
_SCORE = re.compile(r"\d{1,3}\.\d{2}")
SIGNED = re.compile(r"[+\u2212\u2013\u25b2\u25bc\u25b3\u25bd\u2191\u2193-]\s?\d{1,3}(?:\.\d{1,2})?")
"""A difference."""


@lru_cache(MOST_KEPT)
def points_of(text: str) -> Decimal | None:
    """Return the score or points that a cell consists of, footnote marks and such words aside."""
    found = _VALUE.fullmatch(_without_words(text)) if len(text) <= LONGEST_VALUE else None
    points, most = (Decimal(found[1]), Decimal(found[2] or FULL)) if found else (None, FULL)
    return points if points is not None and points <= most else None


def _without_words(text: str) -> str:
    """Return a value without the words beside it that change nothing."""
    bare = text.strip()
    for word in pattern("columns.beside").findall(bare):
        bare = bare.replace(word, " ")
    return bare.strip()


def is_of_year(row: Sequence[Cell]) -> bool:
    """Whether a row holds a score of a year, or a difference between two."""
    value = row[-1].text.strip() if row else ""
    is_score = _SCORE.fullmatch(value) and pattern("figures.year").search(row[0].text)
    return bool(is_score or SIGNED.fullmatch(value))


def item_label(text: str, head: str) -> str:
    """Return a label with the letter O that was read as a zero under a head of items."""
    return _ZERO.sub(r"O\1", text) if pattern("columns.item").search(head) else text


def lines_told(text: str) -> list[str]:
    """Return the lines of a cell; a score alone below a name is told with it."""
    lines = text.split("\n")
    is_score = pattern("figures.alone").fullmatch(lines[-1].strip(" ()"))
    return [" ".join(lines)] if len(lines) == 2 and is_score else lines


def count_heads(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many first rows hold no value; none if the first does."""
    for count, row in enumerate(rows[:MOST_HEADS]):
        values = [cell.text for cell in row[1:] if points_of(cell.text) is not None]
        if not count and any(pattern("columns.begun").match(cell.text.strip()) for cell in row[1:]):
            return count
        years = [text for text in values if YEAR.fullmatch(text)]
        are_years = len(values) == len(years) or _are_short_years(values)
        if values and not are_years and not _are_numbers(values):
            return count
        if count and not any(cell.is_continued or not cell.text for cell in row[:1]):
            return count
    return min(1, len(rows) - 1)


def _are_short_years(values: Sequence[str]) -> bool:
    """Whether cells are the last two digits of years (B.E.) that follow each other."""
    digits = [int(each) for each in values if SHORT_YEAR.fullmatch(each)]
    follow = all(other - one == 1 for one, other in pairwise(digits))
    return len(digits) == len(values) > 1 and follow


def _are_numbers(values: Sequence[str]) -> bool:
    """Whether cells are the numbers from 1 on, as heads of columns are."""
    bare = [each.strip(" .") for each in values]
    return len(bare) >= FEWEST_NUMBERS and bare == [str(each) for each in range(1, len(bare) + 1)]
