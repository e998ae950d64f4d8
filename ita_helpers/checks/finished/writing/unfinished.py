"""Texts that stop before what they need: a limit, or what a word joins."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Passage, Report, squeezed, tables_by_number
from ita_helpers.checks.finished.rule import Found, found_at, once_each
from ita_helpers.documents.document import Table

SHORTEST, NEAR = 24, 2
"""Letters of a cell at least that holds a sentence; blocks behind a table in which it may go on."""


def unfinished(report: Report) -> Iterator[Found]:
    """Yield where a text stops before what it needs, once for the same words."""
    places = (found_at(*each) for each in report.find("unfinished"))
    yield from once_each((*places, *_unfinished_cells(report)))


def _unfinished_cells(report: Report) -> Iterator[Found]:
    """Yield where a cell ends with a word that needs another behind it.

    Heads and cells that the next row or the next table may go on with are left alone.
    """
    for passage, place in report.find("unfinished_cell"):
        is_sentence = passage.row and len(passage.text) >= SHORTEST
        is_told = pattern("unfinished").search(passage.text)
        if is_sentence and not is_told and not _may_go_on(report, passage):
            yield found_at(passage, place, "words")


def _may_go_on(report: Report, passage: Passage) -> bool:
    """Whether a cell is a head, or the row or the table behind it may hold its end."""
    table = tables_by_number(report)[passage.spot.table]
    number = next((at for at, row in enumerate(table.rows) if row == passage.row), 0)
    if number + 1 < len(table.rows):
        return not number or not squeezed(table.rows[number + 1][0].text)
    blocks = report.document.blocks
    at = next(at for at, block in enumerate(blocks) if block is table)
    return not number or any(isinstance(e, Table) for e in blocks[at + 1 : at + 1 + NEAR])
