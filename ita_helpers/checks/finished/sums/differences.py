"""Differences in a table: of the two years beside them, or of the years in the rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import cast

from ita_helpers.checks.finished.passages.heads import (
    YEAR,
    has_two_rows,
    joined_heads,
    year_of,
    years_of,
)
from ita_helpers.checks.finished.reading import CLOSE, SMALL, any_of, pattern, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in, with_swaps
from ita_helpers.checks.finished.sums.relations import unlike_rows
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_change, format_score

_SCORE = re.compile(r"\d{2,3}\.\d\d")
Place = tuple[Sequence[Cell], int]
"""A row and a column of it."""
FEWEST, FULL = 3, 100
"""Rows that show that the head of their column is wrong, and the most points."""
STEPS = 2
"""Differences that a score between them is of."""


def differences(report: Report) -> list[Found]:
    """Return the differences in tables that are not those of the two years beside them."""
    return report.once(_all_differences)


def _all_differences(report: Report) -> list[Found]:
    return list(_differences(report))


def _differences(report: Report) -> Iterator[Found]:
    """Yield differences in a table that are not those of the two years beside them."""
    turned = (each for table in report.tables if (each := _turned(table)))
    for table in (*report.tables, *turned):
        columns = _columns_of_change(table)
        rows = [row for row in table.rows[1:] if columns and len(row) > max(columns)]
        signs = [squeezed(row[columns[2]].text) for row in rows] if columns else []
        is_signed = any(any_of("down_signs").match(each) and len(each) > 3 for each in signs)
        for row in rows:
            if columns:
                old, new = (number_in(row[at]) for at in columns[:2])
                for found in _difference(row, old, new, columns[2], is_signed=is_signed):
                    swapped = _swapped([(row, at) for at in columns])
                    yield swapped or _against_mean(report, row, columns) or found
        yield from _of_one_way(table, columns) if columns else ()
        yield from _differences_down(table)
        yield from _moves_in_words(table, columns[2] if columns else -1)


def _of_one_way(table: Table, columns: Sequence[int]) -> Iterator[Found]:
    """Yield the head of differences without signs for a rise where all fall, or the contrary."""
    first = [row[columns[2]] for row in table.rows[: 1 + has_two_rows(table)]]
    cell = next((each for each in reversed(first) if each.text.strip()), first[0])
    told = said("head_of_one_way").fullmatch(squeezed(cell.text))
    moves = []
    for each in table.rows[1:] if told else ():
        numbers = [number_in(each[at]) if at < len(each) else None for at in columns]
        old, new, by = numbers
        if old is not None and new is not None and by is not None:
            moves.append(new - old)
    against = sum((each > 0) == (not told["up"]) for each in moves) if told else 0
    if against >= max(FEWEST, len(moves) - 1):
        yield found_in_cell(cell).told("head")


def _turned(table: Table) -> Table | None:
    """Return a table with its rows as columns, if a row of it has the differences."""
    is_whole = len({len(row) for row in table.rows}) == 1 and len(table.rows) > STEPS
    heads = [squeezed(row[0].text) for row in table.rows] if is_whole else []
    if not any(is_change(head) for head in heads[1:]):
        return None
    return Table(tuple(zip(*table.rows, strict=True)), table.spot)


def _moves_in_words(table: Table, change: int) -> Iterator[Found]:
    """Yield cells that say in words a rise or fall that no two years of their row have.

    The column ``change`` is judged by its head.
    """
    heads = joined_heads(table)
    years = sorted((year, at) for at, head in enumerate(heads) if at and (year := year_of(head)))
    for row in table.rows[1:] if len(years) > 1 else ():
        points = [number_in(row[at]) for _, at in years if at < len(row)]
        known = [each for each in points if each is not None and each > SMALL]
        for at, cell in enumerate(row) if len(known) > 1 else ():
            told = said("move_in_a_cell").fullmatch(squeezed(cell.text)) if at != change else None
            by = Decimal(told["points"]) * (1 if told["up"] else -1) if told else None
            moves = [new - old for old, new in combinations(known, 2)]
            if by is not None and all(abs(each - by) > CLOSE for each in moves):
                yield found_in_cell(row[at], right=format_change(moves[-1]))


def once_a_row(report: Report) -> Iterator[Found]:
    """Yield what is at fault with differences; a row that its heads judge is not judged again."""
    headed = differences(report)
    rows = {(each.spot.table, each.spot.row) for each in headed}
    yield from headed
    for each in unlike_rows(report):
        if (each.spot.table, each.spot.row) not in rows:
            yield each


def mended_scores(report: Report) -> dict[Decimal, Decimal]:
    """Return the points of a cell that its row and others show to be wrong, with those meant."""
    faults = (each for each in differences(report) if each.way in ("mean", "swapped"))
    scores = (each for each in faults if _SCORE.fullmatch(each.found))
    return {Decimal(each.found): Decimal(str(each.facts["right"])) for each in scores}


def _swapped(places: Sequence[Place]) -> Found | None:
    """Return the one cell of two years and their difference in which two digits are swapped."""
    (*scores, (row, change)) = places
    numbers = [number_in(of[at]) for of, at in scores]
    told = pattern("signed").match(squeezed(row[change].text))
    if None in numbers or not told:
        return None
    known = [each for each in (*numbers, Decimal(told["points"])) if each is not None]
    found = [
        (place, value)
        for place in range(len(places))
        for value in with_swaps(format_score(known[place]), is_any=True)
        if _recomputes([value if place == each else known[each] for each in range(len(known))])
    ]
    if len(found) != 1:
        return None
    (place, right), *_ = found
    of, at = places[place]
    return found_in_cell(of[at], right=format_score(right)).told("swapped")


def _against_mean(report: Report, row: Sequence[Cell], columns: Sequence[int]) -> Found | None:
    """Return the one score of a row that neither its difference nor the mean of its year fits."""
    told = pattern("signed").match(squeezed(row[columns[2]].text))
    old, new = (number_in(row[at]) for at in columns[:2])
    if old is None or new is None or not told:
        return None
    is_down = bool(any_of("down_signs").search((told["sign"] or "") + (told["word"] or "")))
    by = -Decimal(told["points"]) if is_down else Decimal(told["points"])
    spots = {row[at].spot: right for at, right in zip(columns, (new - by, old + by), strict=False)}
    claims = [e for e in report.claims.claims if e.spot in spots and e.points is not None]
    found = [
        (each, right)
        for each in claims
        if 0 <= (right := spots[each.spot]) <= FULL and _fits_only(report, each, right)
    ]
    if len(found) != 1:
        return None
    (claim, right), *_ = found
    at = next(at for at in columns if row[at].spot == claim.spot)
    return found_in_cell(row[at], right=format_score(right)).told("mean")


def _fits_only(report: Report, claim: Claim, points: Decimal) -> bool:
    """Whether a year recomputes better with other points of what is claimed."""
    rules, known = report.rules_of(claim.fiscal_year), report.points(claim.fiscal_year)
    known = {code: each for code, each in known.items() if each <= FULL}
    if not rules or claim.code not in known:
        return False
    known = {code: each for code, each in known.items() if code in rules.codes}
    ways = ({**known, claim.code: each} for each in (claim.points, points) if each is not None)
    now, then = (report.bounds(rules, each).wrong for each in ways)
    return len(then) < len(now)


def _recomputes(values: Sequence[Decimal]) -> bool:
    old, new, by = values
    return abs(new - old) == by


def _columns_of_change(table: Table) -> tuple[int, int, int] | None:
    """Return the columns of an earlier year, a later one and their difference, if so headed."""
    heads = joined_heads(table)
    change = [at for at, head in enumerate(heads) if any_of("change_heads").search(head)]
    found = {at: years_of(head) for at, head in enumerate(heads)}
    others = [at for at, head in enumerate(heads) if said("no_score_head").search(head)]
    apart = {*change, *others}
    years: dict[int, int] = {}
    for at, each in found.items():
        if len(each) == 1 and at not in apart and not pattern("weighted_head").search(heads[at]):
            years.setdefault(int(each[0]), at)
    is_of_limit = len(change) == 1 and said("from_a_limit").search(heads[change[0]])
    if len(change) != 1 or len(years) < 2 or is_of_limit:
        return None
    named = sorted({int(each) for each in found[change[0]]} & set(years))
    first, last = named if len(named) == 2 else sorted(years)[-2:]
    pairs = [each for each in combinations(sorted(years), 2) if not {*named} - {*each}]
    ways = [(years[old], years[new], change[0]) for old, new in pairs or [(first, last)]]
    meant = (years[first], years[last], change[0])
    return max(ways, key=lambda each: (_rows_with(table, each), each == meant))


def _rows_with(table: Table, columns: tuple[int, int, int]) -> int:
    """Return in how many rows the third column has the difference of the two others."""
    found = 0
    for row in table.rows:
        old, new, by = (number_in(row[at]) if at < len(row) else None for at in columns)
        if old is not None and new is not None and by is not None:
            found += abs(abs(new - old) - abs(by)) <= CLOSE
    return found


@dataclass(frozen=True)
class _Step:
    """A year and the one before it with the difference told; ``found`` if it is not theirs."""

    older: Sequence[Cell]
    newer: Sequence[Cell]
    found: Found | None


def _differences_down(table: Table) -> Iterator[Found]:
    """Yield differences from the year before, where each row is a year, in whatever order.

    Of several columns of scores, that is meant by which most rows are right.
    """
    heads, pairs = joined_heads(table), _pairs_of_years(table)
    changes = [at for at, head in enumerate(heads) if is_change(head)]
    for change in changes if pairs else ():
        ways = {at: _down(pairs, at, change) for at in range(1, len(heads)) if at not in changes}
        told = {at: steps for at, steps in ways.items() if steps}
        score = min(told, key=lambda at: len(_wrong(told[at])), default=0)
        wrong = _wrong(told[score]) if told else []
        is_known = len(told) == 1 and bool(pattern("row_score_head").search(heads[score]))
        if mended := _mended(wrong, score, change):
            yield mended
        elif is_known or 2 * len(wrong) <= len(told.get(score, ())):
            for step in wrong:
                cells = [(step.older, score), (step.newer, score), (step.newer, change)]
                yield _swapped(cells) or cast(Found, step.found)


def is_change(head: str) -> bool:
    """Whether a head is that of differences between years."""
    return bool(any_of("change_heads").search(head) or said("from_year_before").search(head))


def _pairs_of_years(table: Table) -> list[tuple[Sequence[Cell], Sequence[Cell]]]:
    """Return the rows that begin with years in a table of them, each behind the year before."""
    found = [(YEAR.search(squeezed(row[0].text)), row) for row in table.rows[1:] if row]
    dated = [(int(year[1]), row) for year, row in found if year]
    years = [year for year, _ in dated]
    if years not in (sorted({*years}), sorted({*years}, reverse=True)):
        return []
    return list(pairwise(row for _, row in sorted(dated, key=lambda each: each[0])))


def _down(
    pairs: Sequence[tuple[Sequence[Cell], Sequence[Cell]]], score: int, change: int
) -> list[_Step]:
    """Return the steps of a column of scores that a column of differences tells."""
    steps = list[_Step]()
    signs = [squeezed(newer[change].text) for _, newer in pairs if len(newer) > change]
    is_signed = any(any_of("down_signs").match(each) and len(each) > 3 for each in signs)
    for older, newer in pairs:
        if min(len(older), len(newer)) > max(score, change):
            old, new = number_in(older[score]), number_in(newer[score])
            is_told = pattern("signed").match(squeezed(newer[change].text))
            if old is not None and new is not None and is_told and min(old, new) > SMALL:
                found = next(_difference(newer, old, new, change, is_signed=is_signed), None)
                steps.append(_Step(older, newer, found))
    return steps


def _wrong(steps: Sequence[_Step]) -> list[_Step]:
    return [each for each in steps if each.found]


def _mended(wrong: Sequence[_Step], score: int, change: int) -> Found | None:
    """Return the score between two wrong steps that is right for both with its digits swapped."""
    if len(wrong) != STEPS or wrong[0].newer is not wrong[1].older:
        return None
    first, last = (number_in(row[score]) or Decimal(0) for row in (wrong[0].older, wrong[1].newer))
    by = [
        Decimal(told["points"])
        for each in wrong
        if (told := pattern("signed").match(squeezed(each.newer[change].text)))
    ]
    row = wrong[0].newer
    for value in with_swaps(format_score(number_in(row[score]) or Decimal(0)), is_any=True):
        if [abs(value - first), abs(last - value)] == by:
            return found_in_cell(row[score], right=format_score(value)).told("swapped")
    return None


def _difference(
    row: Sequence[Cell], old: Decimal | None, new: Decimal | None, change: int, *, is_signed: bool
) -> Iterator[Found]:
    told = pattern("signed").match(squeezed(row[change].text))
    if old is None or new is None or not told:
        return
    by, sign = Decimal(told["points"]), told["sign"] or ""
    is_down = bool(any_of("down_signs").search(sign + (told["word"] or "")))
    is_up = bool(any_of("up_signs").search(sign + (told["word"] or "")))
    right = new - old
    is_wrong_way = (is_down and right > 0) or ((is_up or (is_signed and not is_down)) and right < 0)
    if abs(abs(right) - by) > CLOSE or (is_wrong_way and by):
        yield found_in_cell(row[change], right=format_change(right))
