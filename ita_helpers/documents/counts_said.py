"""Which counts the rows of a report's tables give: organisations assessed, passed; respondents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ita_helpers.documents.claims import CountClaim
from ita_helpers.documents.document import Cell
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.table_heads import Head
from ita_helpers.language.thai import to_arabic
from ita_helpers.values import replace

MOST_KEPT = 4096
"""Cells of which is kept whether they are counts."""
_UNIT = re.compile(r"\s*[\u0e01-\u0e4e]+\s*$")
ANSWERED = ("IIT", "EIT", "EIT1", "EIT2")
"""What people answer: an instrument, or a part of one."""


def labels_of_group(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the labels of a table that tells of one group of offices, in each row something else.

    Of any other table there are none.
    """
    is_one = any(
        len(row) > 1 and _of_group(row[0].text) == "assessed" and _is_count(row[1].text)
        for row in rows
    )
    return tuple(row[0].text for row in rows if row) if is_one else ()


def with_counts(heads: list[Head], labels: Sequence[str]) -> list[Head]:
    """Return the heads of a table; of one of a group means stand below its head of counts too."""
    return [
        replace(each, is_none=False, is_value=True) if labels and at and each.is_none else each
        for at, each in enumerate(heads)
    ]


def counts_of_row(
    heads: Sequence[Head],
    row: Sequence[Cell],
    label: Head,
    fiscal_year: int,
    of_group: Sequence[str] = (),
) -> Iterator[CountClaim]:
    """Yield the counts of a row; ``fiscal_year`` (B.E.) holds where neither edge says one.

    Counts of organisations are of the group that the row names, of all in the title for a row of a
    total or a year. Beside counts of higher levels "passed" is the count of the lowest one. All
    counts of a table with the labels ``of_group`` are of the group in the title.
    """
    counted = next((at for at, each in enumerate(row) if at and _is_count(each.text)), 0)
    words = " ".join(each.text for each in row[:counted] if not _is_count(each.text)).strip()
    is_of_groups = any(pattern("counts.assessed").search(each.text) for each in heads)
    edges = (*(each.text for each in heads), *of_group)
    has_levels = any(pattern("counts.levels").search(each) for each in edges)
    for at, cell in enumerate(row):
        if not at or not _is_count(cell.text):
            continue
        head = heads[at]
        year = head.year or label.year or fiscal_year
        key = _of_group(head.text) if is_of_groups else _of_group(words) if of_group else ""
        if key == "passed" and has_levels:
            continue
        if key:
            of = label.of or ("" if of_group else words)
            yield CountClaim(key, _number(cell.text), year, cell.spot, of)
        elif code := _answered(head, label, words):
            of = (label.of if head.code == code else head.of) or ("" if of_group else OWN)
            yield CountClaim(f"respondents_{code.lower()}", _number(cell.text), year, cell.spot, of)


@lru_cache(MOST_KEPT)
def _is_count(text: str) -> bool:
    return bool(pattern("counts.value").fullmatch(to_arabic(text).strip()))


def _number(text: str) -> str:
    """Return a count without the word for what is counted."""
    return _UNIT.sub("", text)


def _of_group(head: str) -> str:
    """Return which count of organisations is below a head, or an empty string."""
    bare = " ".join(head.split())
    keys = ("assessed", "passed")
    return next((key for key in keys if pattern(f"counts.{key}").search(bare)), "")


def _answered(head: Head, label: Head, words: str) -> str:
    """Return whose respondents a cell counts, by its head and row together."""
    is_said = any(pattern("counts.answered").search(each) for each in (head.text, words))
    if not is_said or pattern("counts.asked").search(head.text):
        return ""
    codes = [each for each in (head.code, label.code) if each in ANSWERED]
    return codes[0] if len(set(codes)) == 1 else ""
