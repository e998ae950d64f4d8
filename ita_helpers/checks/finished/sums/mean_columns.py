"""Columns with one mean for several rows, beside the scores it is the mean of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, takewhile

from ita_helpers.checks.finished.reading import CLOSE, any_of, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_score

FEWEST = 2
"""Groups of rows of a table, each with its mean; rows of a group."""


def means_beside_scores(report: Report) -> Iterator[Found]:
    """Yield means in a column that are not those of the rows they stand beside.

    One of them has to be, so that it is known what the column means.
    """
    for table in report.tables:
        heads = heads_of(table)
        for column in range(1, len(heads)):
            if said("head_of_means").search(heads[column]):
                yield from _in_column(table, column)


def _in_column(table: Table, column: int) -> Iterator[Found]:
    is_whole = any_of("sum_words").match
    rows = list(takewhile(lambda row: not is_whole(squeezed(row[0].text)), table.rows[1:]))
    told = [_score(row, column) for row in rows]
    begins = [at for at, each in enumerate(told) if each is not None]
    for scores in range(column - 1, 0, -1):
        points = [_score(row, scores) for row in rows]
        if None in points or len(begins) < FEWEST or begins[0]:
            continue
        groups = pairwise((*begins, len(rows)))
        parts = [[e for e in points[start:end] if e is not None] for start, end in groups]
        means = [sum(part, Fraction()) / len(part) for part in parts]
        pairs = zip(begins, means, strict=True)
        wrong = [(at, mean) for at, mean in pairs if abs(mean - (told[at] or 0)) > Fraction(CLOSE)]
        if min(map(len, parts)) >= FEWEST and len(wrong) < len(begins):
            for at, mean in wrong:
                yield found_in_cell(rows[at][column], right=format_score(mean)).told("group")
        return


def _score(row: Sequence[Cell], column: int) -> Fraction | None:
    text = squeezed(row[column].text) if len(row) > column and not row[column].is_continued else ""
    return Fraction(text) if said("score_cell").fullmatch(text) else None
