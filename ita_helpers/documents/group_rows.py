"""Rows that are groups of offices (a province, a district, a type), and rows that name a place."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.documents.document import Cell
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.ranks import group_of
from ita_helpers.documents.table_heads import Head, is_total

FIRST = 2
"""Columns among which that of the groups is; a running number may stand before it."""


def group_column(heads: Sequence[Head]) -> int:
    """Return the column that names a group in each row, -1 for a table of anything else.

    Beside it stand counts of offices or means, and no column of offices.
    """
    of_offices = any(pattern("columns.own").search(each.text.strip()) for each in heads)
    is_counted = any(pattern("counts.assessed").search(" ".join(e.text.split())) for e in heads)
    has_means = any(each.is_mean and not each.of for each in heads)
    if of_offices or not (is_counted or has_means):
        return -1
    named = (at for at, each in enumerate(heads[:FIRST]) if _kind(each))
    return next(named, -1)


def group_words(heads: Sequence[Head], column: int, row: Sequence[Cell]) -> str:
    """Return the group of a row in words that begin with its kind, or the word for all."""
    text = " ".join(row[column].text.split()) if column < len(row) else ""
    if not text or is_total(text) or group_of(text):
        return text
    return f"{_kind(heads[column])}{text}"


def placed(office: str, heads: Sequence[Head], row: Sequence[Cell]) -> str:
    """Return an office's name with the district and province that its row gives, as names do."""
    for cell, head in zip(row, heads, strict=False):
        found, text = group_of(head.text), " ".join(cell.text.split())
        if text and found and not found.name and found.kind in ("district", "province"):
            word = "" if group_of(text) else head.text.strip()
            office = f"{office} {word}{text}"
    return office


def _kind(head: Head) -> str:
    found = group_of(head.text)
    return head.text.strip() if found and not found.name else ""
