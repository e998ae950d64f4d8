"""Years and instruments that stand at two columns or rows of a table, or break a row of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ita_helpers.checks.finished.passages.heads import YEAR, has_two_rows, joined_heads, year_of
from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.checks.finished.sums.told_changes import years_of_changes
from ita_helpers.checks.finished.sums.weighted_columns import years_of_other_columns
from ita_helpers.documents.document import Cell, Table
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.table_heads import PARTS

MANY = 3
"""Cells of a column of which the first may be no number."""
PAIR = 2
"""Years that are compared with each other."""


def years_of_tables(report: Report) -> Iterator[Found]:
    """Yield years of columns and rows that another one has, and that no other place names."""
    for table in report.tables if report.year else ():
        heads = joined_heads(table)
        columns = [at for at, head in enumerate(heads) if at and year_of(head)]
        if not _is_twice_beside(heads, columns):
            yield from _of_columns(report, table, heads, columns)
        yield from _of_rows(report, table)
    yield from (each.told("column") for each in years_of_other_columns(report))
    yield from years_of_changes(report)


def _is_twice_beside(heads: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether other heads stand twice, as in a table that is set in two halves side by side."""
    others = [head for at, head in enumerate(heads) if head and at not in columns]
    return len({*others}) < len(others)


def _of_columns(
    report: Report, table: Table, heads: Sequence[str], columns: Sequence[int]
) -> Iterator[Found]:
    scored = [at for at in columns if _is_of_numbers(table, at)]
    alike = [at for at in scored if _words(heads[at]) == _words(heads[scored[0]])]
    years = [year_of(heads[at]) for at in alike]
    row = table.rows[1 if has_two_rows(table) and not _names_years(table.rows[0]) else 0]
    place = _doubled(report, years)
    if place is not None:
        at, right = place
        yield found_in_cell(row[alike[at]], str(years[at]), right=right).told("twice")
    elif gap := _apart(report, table, years):
        at, right = gap
        facts = {"year": report.year, "right": right}
        yield found_in_cell(row[alike[at]], str(years[at]), **facts).told("apart")


def _names_years(row: Sequence[Cell]) -> bool:
    return any(YEAR.search(cell.text) for cell in row)


def _words(head: str) -> str:
    return YEAR.sub("", head).replace(" ", "")


def _is_of_numbers(table: Table, at: int) -> bool:
    """Whether a column holds numbers, from the first row below the heads on."""
    rows = table.rows[1 + has_two_rows(table) :]
    cells = [row[at] for row in rows if len(row) > at and row[at].text.strip()]
    known = [number_in(each) is not None for each in cells]
    return bool(known) and 2 * sum(known) > len(known) and (known[0] or len(known) > MANY)


def _doubled(report: Report, years: Sequence[int]) -> tuple[int, int] | None:
    """Return where a year stands that should be another one, and this, if that is certain."""
    if list(years) in (sorted({*years}), sorted({*years}, reverse=True)):
        return None
    if len(years) == PAIR:
        is_own = years[0] == report.year
        return (0, years[0] - 1) if is_own else (1, years[0] + 1)
    mended = [(at, right) for at in range(len(years)) if (right := _mended(years, at))]
    return mended[0] if len(mended) == 1 else None


def _mended(years: Sequence[int], at: int) -> int:
    """Return the year with which, in one place, all years follow each other, or 0."""
    for step in (1, -1):
        first = years[0] if at else years[1] - step
        right = first + at * step
        if all(year == first + n * step for n, year in enumerate(years) if n != at):
            return right
    return 0


def _apart(report: Report, table: Table, years: Sequence[int]) -> tuple[int, int] | None:
    """Return where the first or last of years stands apart from the others, and the year between.

    The report names the year between elsewhere, of two years with scores, and the other nowhere.
    """
    places = (0, len(years) - 1) if len(years) >= PAIR else ()
    ends = [(at, right) for at in places if (right := _mended(years, at))]
    told = {e.fiscal_year for e in report.claims.claims if e.points is not None and e.of == OWN}
    for at, right in ends:
        is_gap = abs(right - years[at]) == 1 and right not in years
        is_known = right in told if len(years) == PAIR else _is_named(report, table, right)
        if is_gap and is_known and not _is_named(report, table, years[at]):
            return (at, right)
    return None


def _is_named(report: Report, table: Table, year: int) -> bool:
    """Whether a year stands anywhere but in a table."""
    others = (each for each in report.passages if each.spot.table != table.spot.table)
    return any(str(year) in each.text for each in others)


def _of_rows(report: Report, table: Table) -> Iterator[Found]:
    rows = [row for row in table.rows[1:] if row and _is_of_year(report, row)]
    years = [year_of(squeezed(row[0].text)) for row in rows]
    place = _doubled(report, years) if len(years) >= PAIR else None
    if place is not None:
        at, right = place
        yield found_in_cell(rows[at][0], str(years[at]), right=right).told("twice")
    elif len(years) > PAIR and (gap := _apart(report, table, years)):
        at, right = gap
        facts = {"year": report.year, "right": right}
        yield found_in_cell(rows[at][0], str(years[at]), **facts).told("apart")


def _is_of_year(report: Report, row: Sequence[Cell]) -> bool:
    """Whether a row begins with a year, and goes on with a value of it and no other label."""
    if len(row) < PAIR or not pattern("year_alone").fullmatch(squeezed(row[0].text)):
        return False
    is_score = number_in(row[1]) is not None and "." in row[1].text
    return is_score or squeezed(row[1].text) in report.level_names


def instruments_twice(report: Report) -> Iterator[Found]:
    """Yield instruments that head two columns of scores where another one has none."""
    for table in report.tables if report.rules else ():
        heads = joined_heads(table)
        codes = {at: code for at, head in enumerate(heads) if (code := _code_of(report, head))}
        twice = [code for code, count in Counter(codes.values()).items() if count > 1]
        if len(twice) != 1 or _is_twice_beside(heads, [*codes]):
            continue
        one, *others = [at for at, code in codes.items() if code == twice[0]]
        missing = _missing(report, twice[0], [*codes.values()])
        is_same = len(others) == 1 and heads[one] == heads[others[0]]
        if missing and is_same and _is_of_numbers(table, one) and _is_of_numbers(table, others[0]):
            wrong = next((at for at in (one, *others) if _fits(report, codes, at, missing)), one)
            cell = table.rows[0][wrong]
            yield found_in_cell(cell, right=missing).told("twice")


def _code_of(report: Report, head: str) -> str:
    codes = {each.code for each in report.mentions(head)}
    return codes.pop() if len(codes) == 1 and codes & {*_instruments(report), *PARTS} else ""


def _instruments(report: Report) -> list[str]:
    return [each.code for each in report.rules.instruments.list] if report.rules else []


def _missing(report: Report, twice: str, codes: Sequence[str]) -> str:
    """Return the one instrument, or part of one, that no column is headed by."""
    among = PARTS if twice in PARTS else _instruments(report)
    missing = [each for each in among if each not in codes]
    is_parted = twice not in PARTS and any(each in PARTS for each in codes)
    return missing[0] if len(missing) == 1 and not is_parted else ""


def _fits(report: Report, codes: dict[int, str], at: int, right: str) -> bool:
    """Whether instruments stand in their order with another one at a column."""
    order = [*_instruments(report), *PARTS]
    places = [order.index(right if each == at else code) for each, code in codes.items()]
    return all(one < other for one, other in pairwise(places))
