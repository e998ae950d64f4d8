"""Changes in a table that has not the scores of both years, held against those told elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from ita_helpers.checks.finished.passages.heads import YEAR, joined_heads, year_of
from ita_helpers.checks.finished.passages.standing import may_be
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.differences import is_change
from ita_helpers.checks.finished.sums.weighted_columns import code_of
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_change

FEWEST, PAIR = 2, 2
"""Rows that are right; years of a change."""
Years = tuple[int, int]


@dataclass(frozen=True)
class _Change:
    """A change told of a code in a row; ``by`` is below zero for a fall."""

    row: Sequence[Cell]
    code: str
    by: Decimal


def wrong_changes(report: Report) -> Iterator[Found]:
    """Yield changes in a column that the scores of the two years do not have, as most others do."""
    for table, at, years in _columns(report):
        told = _changes(report, table, at)
        judged = [(each, moves) for each in told if (moves := _moves(report, each.code, years))]
        wrong = [(each, moves) for each, moves in judged if not _is_any(each, moves)]
        if len(judged) - len(wrong) >= max(FEWEST, len(wrong)):
            for each, moves in wrong:
                yield found_in_cell(each.row[at], right=format_change(moves[0]))


def years_of_changes(report: Report) -> Iterator[Found]:
    """Yield years in the head of changes that are all those of two other years, or one twice."""
    for table, at, years in _columns(report):
        told, head = _changes(report, table, at), table.rows[0]
        written = [int(each) for each in YEAR.findall(squeezed(head[at].text))]
        moves = [_moves(report, each.code, years) for each in told] if years[0] != years[1] else []
        is_right = any(_is_any(each, of) for each, of in zip(told, moves, strict=False))
        if len(written) != PAIR or len(told) < FEWEST or is_right:
            continue
        known = sorted({year for _, year in report.scores}, reverse=True)
        for other in combinations(known, 2):
            by_other = [_moves(report, each.code, other) for each in told]
            if all(_is_any(*pair) for pair in zip(told, by_other, strict=True)):
                wrong = next((each for each in written if each not in other), written[-1])
                year = next((each for each in other if each not in written), other[0])
                yield found_in_cell(head[at], str(wrong), right=year).told("same")
                break


def _columns(report: Report) -> Iterator[tuple[Table, int, Years]]:
    """Yield columns of changes with their years (B.E.), the later first.

    Their head names these, or is that of a change where no two columns have years.
    """
    for table in report.tables if report.year else ():
        heads = joined_heads(table)
        is_dated = sum(bool(year_of(head)) for head in heads[1:]) >= PAIR
        for at, head in enumerate(heads):
            years = [int(each) for each in YEAR.findall(head)]
            if at and len(years) == PAIR:
                yield table, at, (max(years), min(years))
            elif at and is_change(head) and not years and not is_dated:
                yield table, at, (report.year, report.year - 1)


def _changes(report: Report, table: Table, at: int) -> list[_Change]:
    found = []
    for row in table.rows[1:]:
        told = said("signed_number").fullmatch(squeezed(row[at].text)) if at < len(row) else None
        code = code_of(report, row) if told else ""
        if told and code and "." in told["points"]:
            by = Decimal(told["points"]) * (-1 if told["minus"] else 1)
            found.append(_Change(row, code, by))
    return found


def _moves(report: Report, code: str, years: Years) -> list[Decimal]:
    new, old = (may_be(report, code, year) for year in years)
    return [one - other for one, other in product(new, old)]


def _is_any(change: _Change, moves: Sequence[Decimal]) -> bool:
    return any(abs(change.by - each) <= CLOSE for each in moves)
