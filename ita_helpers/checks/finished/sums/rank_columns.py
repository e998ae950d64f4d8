"""Columns of ranks beside the scores from which they follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.documents.document import Cell, Table

FEWEST, MOST_WRONG = 5, 2
"""Rows that are ranked, and of them those whose ranks may be wrong where the others are right."""
Row = tuple[Sequence[Cell], int, Decimal]
"""A row of a table with its rank and its score."""


def ranks_beside_scores(report: Report) -> Iterator[Found]:
    """Yield ranks in a column that are not those of the scores beside them, as most are."""
    for table in report.tables:
        heads = heads_of(table)
        for column in range(1, len(heads)):
            if said("head_of_ranks").search(heads[column]):
                yield from _in_column(table, column, len(heads))


def _in_column(table: Table, column: int, width: int) -> Iterator[Found]:
    ways = [
        (wrong, places)
        for score in range(1, width)
        if len(rows := _ranked(table, column, score)) >= FEWEST
        for sign, skips in product((1, -1), (True, False))
        for places in [_places(rows, sign, skips=skips)]
        for wrong in [[at for at, (_, rank, _) in enumerate(rows) if rank not in places[at]]]
    ]
    wrong, places = min(ways, key=lambda way: len(way[0]), default=([], []))
    if not wrong or len(wrong) > MOST_WRONG or MOST_WRONG * len(wrong) >= len(places):
        return
    ranked = [row for row in table.rows[1:] if _rank(row, column)]
    for at in wrong:
        facts = {"table": table.spot.table, "right": str(places[at][0])}
        yield found_in_cell(ranked[at][column], **facts)


def _ranked(table: Table, column: int, score: int) -> list[Row]:
    """Return the rows of a table with a rank, if all of them have a score."""
    rows = [row for row in table.rows[1:] if _rank(row, column)]
    told = [squeezed(row[score].text) if len(row) > score else "" for row in rows]
    if score == column or not all(said("score_cell").fullmatch(each) for each in told):
        return []
    pairs = zip(rows, told, strict=True)
    return [(row, _rank(row, column), Decimal(each)) for row, each in pairs]


def _rank(row: Sequence[Cell], column: int) -> int:
    text = squeezed(row[column].text) if len(row) > column else ""
    return int(text) if text.isdecimal() else 0


def _places(rows: Sequence[Row], sign: int, *, skips: bool) -> list[tuple[int, ...]]:
    """Return which ranks each score may have; ties share one, or have the ranks that follow."""
    scores = [sign * score for _, _, score in rows]
    above = [[other for other in scores if other > each] for each in scores]
    if not skips:
        return [(1 + len(set(each)),) for each in above]
    pairs = zip(above, scores, strict=True)
    return [tuple(range(1 + len(e), 1 + len(e) + scores.count(own))) for e, own in pairs]
