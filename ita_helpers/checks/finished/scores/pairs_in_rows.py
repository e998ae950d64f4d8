"""Names and scores side by side in a row, several of them: strong points and weak ones, halves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.heads import joined_heads
from ita_helpers.checks.finished.passages.standing import is_slip, values
from ita_helpers.checks.finished.reading import SMALL, bare, pattern, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in, off_by, with_swaps
from ita_helpers.documents.document import Cell
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of

PAIR = 2
"""Names of a row with their scores at least; what stands alone is read as a row is."""
FULL = 100
Row = Sequence[Cell]


def wrong_pairs(report: Report) -> Iterator[Found]:
    """Yield scores behind one of several names of a row that are another one's, or a slip."""
    year, names = report.year, {bare(name): code for name, code in report.indicator_names}
    for row in (row for table in report.tables for row in table.rows if len(row) > PAIR):
        told = list(_pairs(names, row))
        for cell, code, points in told if len(told) >= PAIR else ():
            right = [p for of in (year, year - 1) for p in values(report, code, of)]
            if not right or points in right:
                continue
            others = {c for (c, of), p in report.scores.items() if p == points and of == year}
            if others or is_slip(points, right[0]):
                facts = {"name": name_of(report, code), "year": year}
                yield found_in_cell(cell, usual=format_score(right[0]), **facts)


def _pairs(names: Mapping[str, str], row: Row) -> Iterator[tuple[Cell, str, Decimal]]:
    """Yield the scores of a row right behind a cell that is a name and no more, with its code."""
    for before, cell in pairwise(row):
        code = names.get(bare(squeezed(before.text)))
        place = said("score_in_a_cell").fullmatch(squeezed(cell.text)) if code else None
        if code and place:
            yield cell, code, Decimal(place["points"])


def wrong_wholes_of_rows(report: Report) -> Iterator[Found]:
    """Yield overall scores that are not those of the three instruments in a row of another office.

    Those of the report's own are reckoned with all else that it gives (ITA201).
    """
    weights = weights_of(report.rules) if report.rules else {}
    order = [each.code for each in report.rules.instruments.list] if report.rules else []
    own = {(each.spot.table, each.spot.row) for each in report.own}
    for table in report.tables if order else ():
        columns = _columns(report, joined_heads(table), order)
        for row in table.rows[1:] if columns else ():
            known = [p for at in columns if at < len(row) and (p := _score(row[at])) is not None]
            is_own = (row[0].spot.table, row[0].spot.row) in own
            if len(known) == len(columns) and not is_own and _is_of_office(row):
                told = dict(zip(order, known[:-1], strict=True))
                yield from _whole(row, columns, told, known[-1], weights)


def _score(cell: Cell) -> Decimal | None:
    points = number_in(cell) if "." in cell.text else None
    return points if points is not None and points > SMALL else None


def _is_of_office(row: Row) -> bool:
    """Whether a row begins with an office: one of means or of extremes need not be weighted."""
    labels = [squeezed(each.text) for each in row[:PAIR]]
    return any(pattern("office_row").match(each) for each in labels)


def _columns(report: Report, heads: Sequence[str], order: Sequence[str]) -> list[int]:
    """Return the columns of all instruments and the overall score, if each has one alone."""
    named = [{each.code for each in report.mentions(head)} for head in heads]
    found = [[at for at, codes in enumerate(named) if codes == {code}] for code in order]
    found.append([at for at, head in enumerate(heads) if at and said("overall_row").search(head)])
    return [at for (at, *_) in found] if all(len(each) == 1 for each in found) else []


def _whole(
    row: Row,
    columns: Sequence[int],
    parts: dict[str, Decimal],
    whole: Decimal,
    weights: dict[str, int],
) -> Iterator[Found]:
    right = _mean(parts, weights)
    if not off_by(right, format_score(whole)):
        return
    mended = [
        (at, other)
        for at, (code, points) in zip(columns, parts.items(), strict=False)
        for other in with_swaps(format_score(points))
        if not off_by(_mean({**parts, code: other}, weights), format_score(whole))
    ]
    if len(mended) == 1 and whole not in with_swaps(format_score(right)):
        at, other = mended[0]
        yield found_in_cell(row[at], right=format_score(other)).told("part")
    else:
        yield found_in_cell(row[columns[-1]], right=format_score(right)).told("whole")


def _mean(parts: dict[str, Decimal], weights: dict[str, int]) -> Fraction:
    return sum((Fraction(each) * weights[code] for code, each in parts.items()), Fraction()) / FULL
