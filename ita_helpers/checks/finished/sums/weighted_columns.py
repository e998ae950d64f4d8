"""Weighted points in a column, beside the scores of one or several years and their weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.passages.heads import joined_heads, year_of
from ita_helpers.checks.finished.reading import CLOSE, any_of, pattern, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in, off_by
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of

FEWEST = 2
"""Rows that are right: so many show what a column means that is not headed for it alone, and that
the year in its head is another's.
"""
FULL = 100


@dataclass(frozen=True)
class _Column:
    """Weighted points: their column, those of scores they may be of, and of their weights if any.

    ``year`` (B.E.) is that which the head names, or 0.
    """

    table: Table
    at: int
    scores: tuple[int, ...]
    weights: int
    year: int


@dataclass(frozen=True)
class _Told:
    """A row of weighted points with what they should be; empty if they are that."""

    row: Sequence[Cell]
    right: str


def wrong_weighted_columns(report: Report) -> Iterator[Found]:
    """Yield weighted points in a table that are not the weight times the score beside them."""
    for column in report.once(_columns):
        told = _best(report, column)
        wrong = [each for each in told if each.right]
        if _other_year(report, column):
            continue
        is_shown = bool(column.year) and len(wrong) < len(told)
        is_known = len(column.scores) == 1 and (column.weights >= 0 or is_shown)
        if wrong and (is_known or 2 * len(wrong) < len(told)):
            for each in wrong:
                if not _fits_its_parts(report, each.row, column.at):
                    yield found_in_cell(each.row[column.at], right=each.right)
        elif not wrong:
            yield from _total(report, column)


def years_of_other_columns(report: Report) -> Iterator[Found]:
    """Yield years in heads of weighted points that are surely those of another year."""
    for column in report.once(_columns):
        if year := _other_year(report, column):
            cell = column.table.rows[0][column.at]
            yield found_in_cell(cell, str(column.year), year=year)


def _other_year(report: Report, column: _Column) -> int:
    """Return the year (B.E.) whose scores all weighted points are of, if the head names another."""
    told = _best(report, column) if column.year else []
    if len(told) < FEWEST or not all(each.right for each in told):
        return 0
    heads = joined_heads(column.table)
    for other in _scores(heads):
        by_other = _products(report, column, other)
        if len(by_other) == len(told) and not any(each.right for each in by_other):
            return year_of(heads[other])
    return 0


def _columns(report: Report) -> list[_Column]:
    return [each for table in report.tables for each in _of_table(report, table)]


def _of_table(report: Report, table: Table) -> Iterator[_Column]:
    heads = joined_heads(table)
    products = [at for at, head in enumerate(heads) if pattern("weighted_head").search(head)]
    weights = [at for at, head in enumerate(heads) if pattern("weight_head").match(head)]
    weights = [at for at in weights if at not in products]
    if not products or len(weights) > 1:
        return
    for at in products:
        year, scores = year_of(heads[at]), _scores(heads)
        dated = [each for each in scores if year_of(heads[each]) == (year or report.year)]
        yield _Column(table, at, tuple(dated or scores), weights[0] if weights else -1, year)


def _scores(heads: Sequence[str]) -> list[int]:
    """Return the columns that hold scores: so headed, or by a year and no more."""
    return [
        at
        for at, head in enumerate(heads)
        if at
        and (pattern("score_head").match(head) or said("head_of_scores").fullmatch(head))
        and not pattern("weighted_head").search(head)
        and head
    ]


def _best(report: Report, column: _Column) -> list[_Told]:
    """Return the rows by the column of scores that most of them are right by."""
    told = [_products(report, column, score) for score in column.scores]
    if not told and column.weights < 0:
        return _products(report, column, -1)
    return max(told, key=lambda rows: sum(not each.right for each in rows), default=[])


def _products(report: Report, column: _Column, score: int) -> list[_Told]:
    """Return the rows with a weight, a score and weighted points, by one column of scores.

    Without a column of them, scores are those that the report gives, and so are weights the year's.
    """
    weights = weights_of(report.rules) if report.rules else {}
    points, told = report.points(column.year or report.year), list[_Told]()
    for row in column.table.rows[1:]:
        if len(row) <= max(column.at, score, column.weights):
            continue
        code = code_of(report, row)
        share = number_in(row[column.weights]) if column.weights >= 0 else weights.get(code)
        value = number_in(row[score]) if score >= 0 else points.get(code)
        printed = number_in(row[column.at])
        if share is None or value is None or printed is None:
            continue
        told_as = {value} if column.weights >= 0 else {value, points.get(code, value)}
        ways = [
            off_by(Fraction(each) * Fraction(share) / FULL, format_score(printed))
            for each in told_as
        ]
        told.append(_Told(row, "" if "" in ways else ways[0]))
    return told


def code_of(report: Report, row: Sequence[Cell]) -> str:
    """Return the one code that the first cells of a row name, or an empty string."""
    for cell in row[:2]:
        codes = {each.code for each in report.mentions(squeezed(cell.text))}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
    return ""


def _fits_its_parts(report: Report, row: Sequence[Cell], product: int) -> bool:
    """Whether weighted points are those of the mean of what the row's instrument consists of."""
    rules, printed, code = report.rules, number_in(row[product]), code_of(report, row)
    if not rules or printed is None or not code:
        return False
    weight, points = weights_of(rules).get(code), report.points()
    parts = [points.get(each.code) for each in rules.indicators.list if each.instrument == code]
    known = [each for each in parts if each is not None]
    if not weight or not known or len(known) != len(parts):
        return False
    mean = sum((Fraction(each) for each in known), Fraction(0)) / len(known)
    return not off_by(mean * weight / FULL, format_score(printed))


def _total(report: Report, column: _Column) -> Iterator[Found]:
    """Yield a total below weighted points that is neither their sum nor the score it is of."""
    *rows, last = column.table.rows[1:] or ((),)
    if len(last) <= column.at or not _is_total(squeezed(last[0].text)):
        return
    above = [number_in(row[column.at]) for row in rows if len(row) > column.at]
    known, printed = [each for each in above if each is not None], number_in(last[column.at])
    if printed is None or len(known) < FEWEST or len(known) != len(above):
        return
    beside = [number_in(last[at]) for at in column.scores if at < len(last)]
    own = report.scores.get((OVERALL, column.year or report.year))
    is_sum = abs(sum(known) - printed) <= CLOSE * len(known)
    if not is_sum and printed not in (*beside, own):
        yield found_in_cell(last[column.at], right=format_score(Decimal(sum(known)))).told("total")


def _is_total(label: str) -> bool:
    return bool(any_of("sum_words").match(label) or said("total_row").match(label))
