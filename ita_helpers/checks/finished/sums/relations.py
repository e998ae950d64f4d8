"""Columns of a table that most rows show to follow from others, and the rows in which they do not.

No head is read: what holds for all rows but one or two is what the column means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in, off_by
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_score

FEWEST, MOST_COLUMNS, MOST_WRONG = 3, 9, 2
"""Rows that agree, columns that are tried, rows that do not agree."""
HUNDRED, NEAR = 100, 2
"""Hundredths of a point; what is rounded twice may be off by two of them."""
_SHARE = re.compile(r"\d{1,3}\.\d{1,2}")
Row = tuple[Cell, ...]
Value = int | None
"""A number in hundredths."""


def _values(table: Table) -> list[tuple[Row, list[Value]]]:
    found = []
    for row in table.rows[1:]:
        numbers = [_number(each) for each in row]
        found.append((row, numbers))
    return found


def _number(cell: Cell) -> Value:
    told = said("signed_number").fullmatch(squeezed(cell.text))
    if told:
        points = int(Decimal(told["points"].replace(",", "")) * HUNDRED)
        return -points if told["minus"] else points
    number = number_in(cell)
    return None if number is None else int(number * HUNDRED)


def unlike_rows(report: Report) -> Iterator[Found]:
    """Yield cells that differ from what the other rows show their column to be."""
    for table in report.tables:
        rows = _values(table)
        width = max((len(row) for row, _ in rows), default=0)
        if len(rows) < FEWEST or width > MOST_COLUMNS:
            continue
        for column in range(1, width):
            yield from _column(rows, column, width)


def _column(rows: Sequence[tuple[Row, list[Value]]], column: int, width: int) -> Iterator[Found]:
    """Yield the wrong cells of a column that is a difference or a share of others."""
    known = [e for e in rows if len(e[1]) > column and e[1][column] is not None]
    decimals = sum("." in cell.text for cell in (row[column] for row, _ in known))
    if len(known) < FEWEST or 2 * decimals < len(known):
        return
    pairs = permutations([at for at in range(width) if at != column], 2)
    ways = product(pairs, (_difference, _share, _mean))
    told = [_unlike(known, column, one, other, way) for (one, other), way in ways]
    if any(each == [] for each in told):
        return
    wrong = next(filter(None, told), None)
    for one in (at for at in range(width) if at != column):
        wrong = wrong or _from_limit(known, column, one)
    yield from wrong or ()


def _difference(one: int, other: int) -> int | None:
    return other - one


def _mean(one: int, other: int) -> int:
    return (one + other) // 2


def _share(one: int, other: int) -> int | None:
    """Return the share in per cent of two counts; points are none, since they are rounded."""
    is_count = other and not one % HUNDRED and not other % HUNDRED
    return round(one / other * HUNDRED * HUNDRED) if is_count else None


def _unlike(
    rows: Sequence[tuple[Row, list[Value]]],
    column: int,
    one: int,
    other: int,
    way: Callable[[int, int], int | None],
) -> list[Found] | None:
    """Return the cells that are not what the others show, ``None`` where these show nothing."""
    right: list[tuple[Row, int]] = []
    count = 0
    for row, numbers in rows:
        if len(numbers) <= max(one, other):
            continue
        first, second = numbers[one], numbers[other]
        told = numbers[column]
        value = way(first, second) if first is not None and second is not None else None
        if value is None or told is None:
            continue
        count += 1
        if abs(value - told) > NEAR:
            right.append((row, value))
            if len(right) > MOST_WRONG:
                return None
    fewest = FEWEST - 1 if way is _share else FEWEST
    is_known = count - len(right) >= fewest and len(right) <= min(
        MOST_WRONG, count - len(right) - 1
    )
    return [_found(row, column, value) for row, value in right] if is_known else None


def _from_limit(rows: Sequence[tuple[Row, list[Value]]], column: int, one: int) -> list[Found]:
    """Return the wrong distances from one limit that a column gives of another one."""
    limits: dict[int, int] = {}
    pairs = []
    for row, numbers in rows:
        value, told = (numbers[at] if len(numbers) > at else None for at in (one, column))
        if value is not None and told is not None:
            pairs.append((row, value, told))
            limits[value - told] = limits.get(value - told, 0) + 1
    limit = max(limits, key=lambda each: limits[each], default=0)
    wrong = [(row, value - limit) for row, value, told in pairs if value - told != limit]
    is_limit = limit % HUNDRED == 0 and limit > 0 and limits.get(limit, 0) >= FEWEST
    if not is_limit or len(wrong) > MOST_WRONG:
        return []
    return [_found(row, column, value) for row, value in wrong]


def _found(row: Row, column: int, hundredths: int) -> Found:
    right = format_score(Decimal(hundredths) / HUNDRED)
    return found_in_cell(row[column], right=right).told("column")


def wrong_totals(report: Report) -> Iterator[Found]:
    """Yield totals of counts that are not the sum of the rows above, down from the total before."""
    for table in report.tables:
        for rows, totals in _parts_of_totals(table):
            last = rows[-1]
            for column in range(1, len(last)):
                known = [e for row in rows[:-1] if (e := _count_at(row, column)) is not None]
                whole = [e for row in totals if (e := _count_at(row, column)) is not None]
                total = _count(last[column])
                if total is None or len(known) < FEWEST - 1:
                    continue
                ways = {sum(known), *(sum(known) - each for each in known)}
                ways |= {sum(whole), sum(whole) + sum(known)}
                if total not in ways and total > max(known):
                    yield found_in_cell(last[column], right=str(sum(known)))


def _parts_of_totals(table: Table) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the rows down to each total, with this, and the totals above it."""
    rows: list[Row] = []
    totals: list[Row] = []
    for row in table.rows[1:]:
        rows.append(row)
        if said("total_row").match(squeezed(row[0].text or row[-1].text)):
            if len(rows) > FEWEST - 1 or totals:
                yield rows, totals
            rows, totals = [], [*totals, row]


def _count_at(row: Row, column: int) -> int | None:
    return _count(row[column]) if len(row) > column else None


def wrong_shares_of_totals(report: Report) -> Iterator[Found]:
    """Yield shares beside counts that are not those of the total below, where the others are."""
    for table in report.tables:
        heads = heads_of(table)
        shares = [at for at, head in enumerate(heads) if said("share_head").search(head)]
        counts = [at for at, head in enumerate(heads) if said("count_head").search(head)]
        if len(shares) == len(counts) == 1:
            for rows in _down_to_totals(table, counts[0], shares[0]):
                yield from _of_total(rows, counts[0], shares[0])


def _down_to_totals(table: Table, count: int, share: int) -> Iterator[list[Row]]:
    """Yield the rows of a table that have a count and a share, down to each total."""
    rows: list[Row] = []
    for row in table.rows[1:]:
        if len(row) <= max(count, share) or _count(row[count]) is None:
            rows = []
            continue
        rows.append(row)
        if any(said("total_row").match(squeezed(cell.text)) for cell in row[:count]):
            yield rows
            rows = []


def _of_total(rows: Sequence[Row], count: int, share: int) -> Iterator[Found]:
    """Yield the shares of some rows that are not those of the last one, if the others are."""
    total, told = _count(rows[-1][count]), list[tuple[Row, str]]()
    for row in rows[:-1]:
        value, text = _count(row[count]), squeezed(row[share].text)
        if total and value and _SHARE.fullmatch(text):
            told.append((row, off_by(Fraction(value * HUNDRED, total), text)))
    wrong = [(row, right) for row, right in told if right]
    for row, right in wrong if len(told) - len(wrong) >= FEWEST - 1 else ():
        yield found_in_cell(row[share], right=right)


def _count(cell: Cell) -> int | None:
    text = squeezed(cell.text).replace(",", "")
    return int(text) if text.isdecimal() and len(text) < 7 else None
