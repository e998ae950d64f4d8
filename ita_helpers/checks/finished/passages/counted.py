"""Numbers that count the rows of a table or the entries of a list, and are no indicator's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from ita_helpers.checks.finished.reading import said
from ita_helpers.documents.document import Table

MOST_UNDER_A_HEAD = 0.7
"""Under a head that says "order", numbers are indicators' if so many are those of the names."""
FIRST = 2
"""A list is of all indicators, renumbered, if its first names are the first indicators."""


class _Numbered(Protocol):
    """A number, and the indicator that the words behind it name."""

    @property
    def code(self) -> str: ...
    @property
    def meant(self) -> str: ...


N = TypeVar("N", bound=_Numbered)


def parts(numbered: Sequence[N]) -> Iterator[Sequence[N]]:
    """Yield what is numbered in parts, each from a number 1 on."""
    begins = [n for n, each in enumerate(numbered) if each.code == "1" or n == 0]
    for start, end in pairwise([*begins, len(numbered)]):
        yield numbered[start:end]


def counts_entries(part: Sequence[_Numbered]) -> bool:
    """Whether the numbers of a list's lines only count them.

    A part that names most indicators by their numbers, or is all of them with some left out and
    the rest renumbered, is a list of indicators.
    """
    same = [each.code == each.meant for each in part]
    is_renumbered = all(same[:FIRST]) and _rises(part)
    return 2 * sum(same) <= len(part) and not is_renumbered


def counts_rows(part: Sequence[_Numbered], head: str) -> bool:
    """Whether the numbers of a table's rows, under a head, only count them."""
    same = sum(each.code == each.meant for each in part)
    if said("head_of_indicators").search(head):
        return False
    if said("head_of_order").fullmatch(head):
        return same < MOST_UNDER_A_HEAD * len(part)
    return 2 * same < len(part) and not _rises(part)


def _rises(part: Sequence[_Numbered]) -> bool:
    meant = [int(each.meant) for each in part]
    return all(first < second for first, second in pairwise(meant))


def head_above(table: Table | None, row: int, column: int) -> str:
    """Return the words above a cell of a table, of the nearest row that has any that count not.

    Rows and columns count from 1.
    """
    for cells in reversed(table.rows[: row - 1] if table else ()):
        text = " ".join(cells[column - 1].text.split()) if len(cells) >= column else ""
        if text and not text.rstrip(".)").isdigit():
            return text
    return ""


def is_of_contents(table: Table) -> bool:
    """Whether a table is a list of contents, by the head over its pages."""
    return any(
        said("head_of_pages").fullmatch(cell.text.strip()) for row in table.rows[:2] for cell in row
    )
