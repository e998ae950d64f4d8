"""Levels in tables by their place: beside the score of their row, or below that of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ita_helpers.checks.finished.levels.level_bounds import band_of, names_of, possible_of
from ita_helpers.checks.finished.levels.level_names import named, pattern
from ita_helpers.checks.finished.reading import SMALL, bare, said, words, years_in
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.spot import Spot
from ita_helpers.scoring.bounds import grade

FULL = 100
MOST_KEPT = 4096
"""Texts of cells that are kept as levels."""
FEWEST, MANY = 2, 3
"""Levels beside which another name is foreign, in a column of nothing else or in any; so many in
one row each stand below a column of their own.
"""
_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
Row = Sequence[Cell]


@dataclass(frozen=True)
class Placed:
    """A level in a table, the points beside it, if any, whose they are, and their year (B.E.)."""

    cell: Cell
    level: str
    points: Decimal | None
    year: int
    code: str
    is_own: bool


def levels_of_tables(report: Report) -> Iterator[Found]:
    """Yield levels in tables that the points beside them exclude."""
    for each in report.once(_all_placed):
        rules = report.rules_of(each.year)
        points = each.points if each.points is not None else _own_points(report, each)
        if not rules or points is None or each.level not in names_of(rules):
            continue
        possible = _possible(report, rules, each, points)
        if possible and each.level not in possible:
            facts = {"score": format_score(points), "levels": possible, "year": each.year}
            yield found_in_cell(each.cell, each.level, **facts).told("row")


def foreign_of_years(report: Report) -> Iterator[Found]:
    """Yield levels of the result of a year, in tables, that its rules do not have."""
    for each in report.once(_all_placed):
        names = names_of(report.rules_of(each.year))
        if names and each.level not in names and each.is_own and each.code == OVERALL:
            facts = {"levels": names, "year": each.year}
            yield found_in_cell(each.cell, each.level, **facts)


def _own_points(report: Report, placed: Placed) -> Decimal | None:
    is_own = placed.is_own and placed.code == OVERALL
    return report.scores.get((OVERALL, placed.year)) if is_own else None


def foreign_of_tables(report: Report) -> Iterator[Found]:
    """Yield names in a column or a row of levels that are none of them, nor of their own year."""
    listed = names_of(report.rules)
    placed = report.once(_all_placed) if listed else []
    of_years = {e.cell.spot for e in placed if e.level in names_of(report.rules_of(e.year))}
    for table in report.tables if listed else ():
        width = max(map(len, table.rows), default=0)
        columns = [[row[at] for row in table.rows[1:] if len(row) > at] for at in range(width)]
        for cells in (*columns, *(row[1:] for row in table.rows)):
            filled = [cell for cell in cells if cell.text.strip()]
            told = [cell for cell in filled if _level(cell) in report.level_names]
            doubted = (cell for cell in filled if cell.spot not in of_years)
            wrong = [cell for cell in doubted if _is_foreign(report, cell, told)]
            if {*map(_level, told)} == {label("levelled.passed")}:
                continue
            is_whole = len(told) + len(wrong) == len(filled) and len(told) >= FEWEST
            if len(wrong) == 1 and (is_whole or len({*map(_level, told)} & {*listed}) >= MANY):
                facts = {"year": report.year, "levels": listed}
                yield found_in_cell(wrong[0], _level(wrong[0]), **facts)


def _is_foreign(report: Report, cell: Cell, told: Sequence[Cell]) -> bool:
    """Whether a cell is a name that no year has, or one of other rules among those of the year."""
    level, listed = _level(cell), names_of(report.rules)
    if level in report.level_names:
        return level not in listed and len({_level(each) for each in told} & {*listed}) >= MANY
    return bool(pattern("never").fullmatch(level)) or level in words("foreign_levels")


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
        elif number and (len(told) < MANY or all(_is_led(table, row, at) for at in told)):
            yield from _beside(report, table, row, told)
    for row in table.rows[1:]:
        yield from _scored(report, table, row)


def _scored(report: Report, table: Table, row: Row) -> Iterator[Placed]:
    """Yield the levels of cells that hold their score too."""
    known = named(report.level_names, "cell_scored")
    for at, cell in enumerate(row):
        found = known.fullmatch(squeezed(cell.text))
        year = _year_of_row(report, table, row, at) if found else 0
        if found and year and not said("limit_row").search(squeezed(table.rows[0][at].text)):
            points, is_own = Decimal(found["points"]), _is_own(report, row)
            yield Placed(cell, found["level"], points, year, _code_of(report, row), is_own)


def _code_of(report: Report, row: Row) -> str:
    """Return the code that a row names, the whole result's where it names none."""
    text = " ".join(squeezed(cell.text) for cell in row)
    codes = {each.code for each in report.mentions(text)} - {OVERALL}
    return codes.pop() if len(codes) == 1 else OVERALL if not codes else ""


def _level(cell: Cell) -> str:
    return _level_in(cell.text)


@lru_cache(MOST_KEPT)
def _level_in(text: str) -> str:
    return squeezed(text).removeprefix(label("levelled.word")).strip("“”\"'() ")


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
        if year:
            cell, score = table.rows[number][at], points[-1] if points else None
            yield Placed(cell, _level(cell), score, year, OVERALL, is_own=True)


def _year_of_column(table: Table, at: int) -> int:
    heads = [squeezed(row[at].text) for row in table.rows[:2] if len(row) > at]
    years = {int(each) for head in heads for each in _YEAR.findall(head)}
    return years.pop() if len(years) == 1 else 0


def _beside(report: Report, table: Table, row: Row, told: Sequence[int]) -> Iterator[Placed]:
    """Yield the levels of a row with the one score beside each."""
    scored = [at for at, cell in enumerate(row) if _points(cell) is not None]
    code = _code_of(report, row)
    for at in told:
        column = _column_of(table, scored)
        if column is None and _is_led(table, row, at):
            is_sure = len(told) > 1 or _year_of_column(table, at - 1) == report.year
            column = at - 1 if is_sure else None
        head = squeezed(table.rows[0][at].text) if len(table.rows[0]) > at else ""
        if not code or said("limit_row").search(head):
            continue
        if column is not None:
            points, year = _points(row[column]), _year_of_row(report, table, row, column)
        elif not scored and pattern("level_column").search(head):
            points, year = None, _year_in(row)
        else:
            continue
        if year:
            yield Placed(row[at], _level(row[at]), points, year, code, _is_own(report, row))


def _year_in(row: Row) -> int:
    """Return the only year that a row names, or 0."""
    years = {int(each) for cell in row for each in _YEAR.findall(squeezed(cell.text))}
    return years.pop() if len(years) == 1 else 0


def _is_led(table: Table, row: Row, at: int) -> bool:
    """Whether a level stands in a column of levels right behind a score."""
    head = squeezed(table.rows[0][at].text) if len(table.rows[0]) > at else ""
    is_column = bool(pattern("level_column").match(head))
    return is_column and at > 0 and _points(row[at - 1]) is not None


def _column_of(table: Table, scored: Sequence[int]) -> int | None:
    """Return the column of the score beside a level: the only one, or that of the result."""
    if len(scored) == 1:
        return scored[0]
    heads = heads_of(table)
    overall = [e for e in scored if e < len(heads) and said("overall_row").search(heads[e])]
    return overall[0] if len(overall) == 1 else None


def _year_of_row(report: Report, table: Table, row: Row, column: int) -> int:
    """Return the year that a row names, or its column, or the heading; 0 for several."""
    if _YEAR.search(" ".join(cell.text for cell in row)):
        return _year_in(row)
    if year := _year_of_column(table, column):
        return year
    told = years_in(lines_above(report, table))
    return (told[0] if len(told) == 1 else 0) if told else report.year


def lines_above(report: Report, table: Table | None) -> str:
    """Return the line above a table."""
    return report.once(_lines_above).get(table.spot, "") if table else ""


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
    if any(bare(each) in text for each in report.others):
        return False
    named = [bare(each.group()) for each in said("any_office").finditer(text)]
    return not named or (bool(own) and any(e.startswith(own) or own in text for e in named))


def _possible(report: Report, rules: Framework, placed: Placed, points: Decimal) -> list[str]:
    """Return the levels that points may have; none where that is not certain."""
    if placed.code != OVERALL:
        return [] if rules.levels.judged else [grade(rules, {OVERALL: points}).name]
    if placed.is_own:
        return report.once_of(possible_of, (rules.fiscal_year, points))
    return band_of(rules, points)
