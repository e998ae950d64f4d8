"""Which ranks a report gives: in the rows of its tables, and in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.documents.claims import RankClaim
from ita_helpers.documents.document import Cell, Line
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.ranks import (
    Scope,
    group_of,
    is_count,
    is_rank,
    rank_of,
    scope_of,
    scope_said,
)
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.table_heads import Head
from ita_helpers.language.held import may_stand

_DIGIT = re.compile(r"\d")


def ranks_of_row(
    heads: Sequence[Head], row: Sequence[Cell], label: Head, fiscal_year: int
) -> Iterator[RankClaim]:
    """Yield the ranks of a row by the heads above it, else by its first words.

    ``fiscal_year`` (B.E.) holds where neither says one.
    """
    words = " ".join(each.text for each in row if each.text and not rank_of(each.text))
    found = [
        (at, scope)
        for at, cell in enumerate(row)
        if at and _DIGIT.search(cell.text) and (scope := _scope(heads[at], words))
    ]
    counts = [each for each, head in zip(row, heads, strict=False) if is_count(head.text)]
    for at, scope in found:
        head, cell = heads[at], row[at]
        yield RankClaim(
            scope.kind,
            scope.name,
            cell.text,
            head.year or label.year or fiscal_year,
            cell.spot,
            counts[0] if len(counts) == len(found) == 1 else None,
            (label.of if scope_of(head.text) else head.of) or OWN,
        )


def _scope(head: Head, words: str) -> Scope | None:
    if is_count(head.text):
        return None
    beside = group_of(words) if is_rank(head.text) else None
    return scope_of(head.text) or scope_of(words) or beside


def ranks_of_line(line: Line, fiscal_year: int) -> Iterator[RankClaim]:
    """Yield the ranks that a sentence gives with their groups."""
    known = pattern("ranks.said")
    for found in known.finditer(line.text) if may_stand(known, line.text) else ():
        scope = scope_said(found)
        text = f"{found['rank']}/{found['out_of']}"
        yield RankClaim(scope.kind, scope.name, text, fiscal_year, line.spot)
