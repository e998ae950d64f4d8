"""Levels in tables by their place: beside the score of their row, or below that of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.arithmetic import number_in
from ita_helpers.checks.finished.levels import possible_of
from ita_helpers.checks.finished.reading import SMALL, bare, said, words, years_in
from ita_helpers.checks.finished.report import Passage, Report, squeezed
from ita_helpers.checks.finished.rule import Found
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.spot import Spot
from ita_helpers.scoring.bounds import grade

FULL = 100
MANY = 3
"""Levels in one row that each stand below a column of their own."""
_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
Row = Sequence[Cell]


@dataclass(frozen=True)
class Placed:
    """A level in a table with the points beside it, whose they are, and their year (B.E.)."""

    cell: Cell
    level: str
    points: Decimal
    year: int
    code: str
    is_own: bool


def levels_of_tables(report: Report) -> Iterator[Found]:
    """Yield levels in tables that the points beside them exclude."""
    for each in report.once(_all_placed):
        rules = report.rules_of(each.year)
        names = [level.name for level in rules.levels.list] if rules else []
        possible = _possible(report, rules, each) if rules and each.level in names else []
        if possible and each.level not in possible:
            facts = {"score": format_score(each.points), "levels": possible, "year": each.year}
            yield Found(each.cell.spot, each.level, _words(report, each.cell), facts, "row")


def foreign_of_tables(report: Report) -> Iterator[Found]:
    """Yield names in a column of the year's levels that are none of them."""
    rules = report.rules
    listed = [each.name for each in rules.levels.list] if rules else []
    foreign = {*words("foreign_levels"), *report.level_names} - set(listed)
    for table in report.tables if listed else ():
        for at in range(max(map(len, table.rows), default=0)):
            cells = [row[at] for row in table.rows if len(row) > at]
            told = [cell for cell in cells if _level(cell) in listed]
            wrong = [cell for cell in cells if _level(cell) in foreign]
            if len({_level(cell) for cell in told}) >= MANY and len(wrong) == 1:
                facts = {"year": report.year, "levels": listed}
                found = _level(wrong[0])
                yield Found(wrong[0].spot, found, _words(report, wrong[0]), facts)


def _words(report: Report, cell: Cell) -> str:
    passage = report.once(_by_spot).get(cell.spot)
    cells = passage.row if passage else (cell,)
    return " | ".join(squeezed(each.text) for each in cells if each.text.strip())


def _by_spot(report: Report) -> dict[Spot, Passage]:
    return {each.spot: each for each in report.passages if each.row}


def _all_placed(report: Report) -> list[Placed]:
    names = frozenset(report.level_names)
    return [each for table in report.tables for each in _placed(report, table, names)]


def _placed(report: Report, table: Table, names: frozenset[str]) -> Iterator[Placed]:
    for number, row in enumerate(table.rows):
        told = [at for at, cell in enumerate(row) if _level(cell) in names]
        label = _label(row)
        if not told or said("limit_row").search(label):
            continue
        if said("level_row").fullmatch(label):
            yield from _below(table, number, told)
        elif number and len(told) < MANY:
            yield from _beside(report, table, row, told)


def _level(cell: Cell) -> str:
    return squeezed(cell.text).strip("“”\"'() ")


def _label(row: Row) -> str:
    """Return the first words of a row that are no number."""
    texts = (squeezed(each.text) for each in row)
    return next((each for each in texts if each and not each.strip(".").isdigit()), "")


def _points(cell: Cell) -> Decimal | None:
    points = number_in(cell)
    is_score = points is not None and "." in cell.text and SMALL < points <= FULL
    return points if is_score else None


def _below(table: Table, number: int, told: Sequence[int]) -> Iterator[Placed]:
    """Yield the levels of a row of levels with the overall score above each."""
    above = table.rows[:number]
    overall = [row for row in above if said("overall_row").search(_label(row))]
    rows = overall or (above if sum(any(map(_points, row)) for row in above) == 1 else [])
    for at in told:
        points = [p for row in rows if len(row) > at and (p := _points(row[at])) is not None]
        year = _year_of_column(table, at)
        if points and year:
            cell = table.rows[number][at]
            yield Placed(cell, _level(cell), points[-1], year, OVERALL, is_own=True)


def _year_of_column(table: Table, at: int) -> int:
    heads = [squeezed(row[at].text) for row in table.rows[:2] if len(row) > at]
    years = {int(each) for head in heads for each in _YEAR.findall(head)}
    return years.pop() if len(years) == 1 else 0


def _beside(report: Report, table: Table, row: Row, told: Sequence[int]) -> Iterator[Placed]:
    """Yield the levels of a row with the one score beside each."""
    scored = [at for at, cell in enumerate(row) if _points(cell) is not None]
    text = " ".join(squeezed(cell.text) for cell in row)
    codes = {each.code for each in report.mentions(text)} - {OVERALL}
    for at in told:
        column = _column_of(table, scored)
        head = squeezed(table.rows[0][at].text) if len(table.rows[0]) > at else ""
        if column is None or len(codes) > 1 or said("limit_row").search(head):
            continue
        year = _year_of_row(report, table, row, column)
        points = _points(row[column])
        if points is not None and year:
            code = codes.pop() if codes else OVERALL
            is_own = _is_own(report, row)
            yield Placed(row[at], _level(row[at]), points, year, code, is_own)


def _column_of(table: Table, scored: Sequence[int]) -> int | None:
    """Return the column of the score beside a level: the only one, or that of the result."""
    if len(scored) == 1:
        return scored[0]
    heads = [squeezed(each.text) for each in table.rows[0]]
    overall = [e for e in scored if e < len(heads) and said("overall_row").search(heads[e])]
    return overall[0] if len(overall) == 1 else None


def _year_of_row(report: Report, table: Table, row: Row, column: int) -> int:
    """Return the year that a row names, or its column, or the heading; 0 for several."""
    text = " ".join(squeezed(cell.text) for cell in row)
    years = {int(each) for each in _YEAR.findall(text)}
    if years:
        return years.pop() if len(years) == 1 else 0
    if year := _year_of_column(table, column):
        return year
    passage = report.once(_lines_above).get(table.spot, "")
    told = years_in(passage)
    return (told[0] if len(told) == 1 else 0) if told else report.year


def _lines_above(report: Report) -> dict[Spot, str]:
    """Return the line above each table."""
    found, line = {}, ""
    for block in report.document.blocks:
        if isinstance(block, Table):
            found[block.spot] = line
        else:
            line = squeezed(block.text)
    return found


def _is_own(report: Report, row: Row) -> bool:
    """Whether a row is of the report's office: it names no other one."""
    text = bare(" ".join(squeezed(cell.text) for cell in row))
    own = bare(report.claims.office)
    named = [bare(each.group()) for each in said("any_office").finditer(text)]
    return not named or (bool(own) and any(e.startswith(own) or own in text for e in named))


def _possible(report: Report, rules: Framework, placed: Placed) -> list[str]:
    """Return the levels that points may have; none where that is not certain."""
    points = placed.points
    if placed.code != OVERALL:
        return [] if rules.levels.judged else [grade(rules, {OVERALL: points}).name]
    if placed.is_own:
        return report.once_of(possible_of, (rules.fiscal_year, points))
    return _levels_of(rules, points)


def _levels_of(rules: Framework, points: Decimal) -> list[str]:
    """Return the levels that an overall score may have, whatever the components are."""
    reached = [e for e in rules.levels.list if Decimal(str(e.overall)) <= points]
    top = max((each.overall for each in reached), default=None)
    lower = {each.overall for each in rules.levels.list if len(each.conditions) == 1}
    least = max((e.overall for e in reached if e.overall in lower), default=None)
    return [e.name for e in reached if top is not None and e.overall >= (least or 0)]
