"""Columns that say of each score whether it has reached its limit, held against the scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.checks.finished.sums.differences import differences
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_score

FEWEST, MOST_WRONG, FULL = 3, 2, 100
"""Rows whose status fits their score at least, and rows of a table that do not at most."""
Told = tuple[Sequence[Cell], Cell, bool]
"""A row, its cell of the status, and whether that says that the limit is reached."""


def wrong_statuses(report: Report) -> Iterator[Found]:
    """Yield what is said of a row that its score contradicts and the other rows do not share."""
    unsure = {(each.spot.table, each.spot.row) for each in differences(report)}
    for table in report.tables if report.rules else ():
        for at in range(1, len(table.rows[0]) if table.rows else 0):
            told = list(_told(table, at))
            head = squeezed(table.rows[0][at].text)
            if len(told) > FEWEST and not said("level_head").search(head):
                known = [e for e in told if (e[1].spot.table, e[1].spot.row) not in unsure]
                yield from _wrong(report, table, head, known)


def _told(table: Table, at: int) -> Iterator[Told]:
    """Yield the rows of a column in which each filled cell is a status."""
    cells = [(row, row[at]) for row in table.rows[1:] if len(row) > at and row[at].text.strip()]
    words = [said("status").fullmatch(squeezed(cell.text)) for _, cell in cells]
    if all(words):
        for (row, cell), word in zip(cells, words, strict=True):
            yield row, cell, not (word and word["missed"])


def _wrong(report: Report, table: Table, head: str, told: Sequence[Told]) -> Iterator[Found]:
    written = said("limit_of_head").search(head)
    usual = Decimal(str(report.rules.target.overall)) if report.rules else Decimal(0)
    limits = [Decimal(written["points"]) if written else usual] * len(told)
    for column in reversed(range(1, len(table.rows[0]))):
        scores = [number_in(row[column]) if len(row) > column else None for row, _, _ in told]
        points_told = [each for each in scores if each is not None and SMALL < each <= FULL]
        if len(points_told) < len(told):
            continue
        if said("limit_row").search(squeezed(table.rows[0][column].text)):
            limits = points_told
            continue
        told_of = list(zip(told, points_told, limits, strict=True))
        wrong = [
            (cell, p, limit) for (_, cell, is_met), p, limit in told_of if is_met != (p >= limit)
        ]
        if len(told_of) - len(wrong) >= FEWEST and len(wrong) <= MOST_WRONG:
            for cell, points, limit in wrong:
                facts = {"score": format_score(points), "limit": format_score(limit)}
                yield found_in_cell(cell, **facts).told("status")
        return
