"""Columns of a table that follow from others: differences, shares, products, weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

from ita_helpers.checks.finished.aggregates import wrong_weighted, wrong_weighted_lists
from ita_helpers.checks.finished.arithmetic import number_in, off_by, with_swaps
from ita_helpers.checks.finished.reading import CLOSE, any_of, pattern, said, years_in
from ita_helpers.checks.finished.relations import unlike_rows
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in_row
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_change, format_score
from ita_helpers.scoring.weighted import weights_of

FEWEST = 3
"""Rows: a total of weighted points has at least so many above it, heads included."""
_FIRST, _LAST = "0", "9999"
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")


def differences(report: Report) -> Iterator[Found]:
    """Yield differences in a table that are not those of the two years beside them."""
    for table in report.tables:
        columns = _columns_of_change(table)
        rows = [row for row in table.rows[1:] if columns and len(row) > max(columns)]
        signs = [squeezed(row[columns[2]].text) for row in rows] if columns else []
        is_signed = any(any_of("down_signs").match(each) and len(each) > 3 for each in signs)
        for row in rows:
            if columns:
                old, new = (number_in(row[at]) for at in columns[:2])
                for found in _difference(row, old, new, columns[2], is_signed=is_signed):
                    yield _swapped(row, columns) or found
        yield from _differences_down(table)


def _once_a_row(report: Report) -> Iterator[Found]:
    """Yield what is at fault with differences; a row that its heads judge is not judged again."""
    headed = list(differences(report))
    rows = {(each.spot.table, each.spot.row) for each in headed}
    yield from headed
    for each in unlike_rows(report):
        if (each.spot.table, each.spot.row) not in rows:
            yield each


def _swapped(row: Sequence[Cell], columns: Sequence[int]) -> Found | None:
    """Return the one cell of two years and their difference in which two digits are swapped."""
    numbers = [number_in(row[at]) for at in columns[:2]]
    told = pattern("signed").match(squeezed(row[columns[2]].text))
    if None in numbers or not told:
        return None
    known = [each for each in (*numbers, Decimal(told["points"])) if each is not None]
    found = [
        (at, value)
        for place, at in enumerate(columns)
        for value in with_swaps(format_score(known[place]), is_any=True)
        if _recomputes([value if place == each else known[each] for each in range(len(known))])
    ]
    if len(found) != 1:
        return None
    (at, right), *_ = found
    return found_in_row(row, at, right=format_score(right)).told("swapped")


def _recomputes(values: Sequence[Decimal]) -> bool:
    old, new, by = values
    return abs(new - old) == by


def _heads(table: Table) -> list[str]:
    """Return the head of each column: of the first row, or of the first two."""
    first = heads_of(table)
    second = [squeezed(each.text) for each in table.rows[1]] if len(table.rows) > 1 else []
    if len(first) == len(second) and any(number_in(each) is None for each in table.rows[1][1:]):
        is_head = all(_YEAR.search(text) or not _DIGIT.search(text) for text in second)
        joined = [f"{one} {two}".strip() for one, two in zip(first, second, strict=True)]
        return joined if is_head else first
    return first


def _columns_of_change(table: Table) -> tuple[int, int, int] | None:
    """Return the columns of an earlier year, a later one and their difference, if so headed."""
    heads = _heads(table)
    change = [at for at, head in enumerate(heads) if any_of("change_heads").search(head)]
    found = {at: _years_of(head) for at, head in enumerate(heads)}
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
    return years[first], years[last], change[0]


def _years_of(head: str) -> list[str]:
    """Return the years that a head names; last year and this one without a number as ends."""
    is_last, is_this = said("last_year").search(head), said("this_year").search(head)
    return _YEAR.findall(head) or [_FIRST] * bool(is_last) or [_LAST] * bool(is_this)


def _differences_down(table: Table) -> Iterator[Found]:
    """Yield differences from the row above, where each row is a year."""
    heads = _heads(table)
    change = [at for at, head in enumerate(heads) if any_of("change_heads").search(head)]
    scores = [at for at, head in enumerate(heads) if pattern("row_score_head").search(head)]
    years = [_YEAR.search(squeezed(row[0].text)) if row else None for row in table.rows]
    if len(change) != 1 or len(scores) != 1 or sum(map(bool, years)) < 2:
        return
    rows = [row for row, year in zip(table.rows, years, strict=True) if year]
    for above, row in pairwise(rows):
        if min(len(above), len(row)) > max(change[0], scores[0]):
            old, new = number_in(above[scores[0]]), number_in(row[scores[0]])
            yield from _difference(row, old, new, change[0], is_signed=False)


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
        yield found_in_row(row, change, right=format_change(right))


def _weighted_rows(report: Report) -> Iterator[Found]:
    """Yield weighted points in a table that are not the weight times the score beside them."""
    for table in report.tables:
        heads = heads_of(table)
        products = [at for at, head in enumerate(heads) if pattern("weighted_head").search(head)]
        weights = [at for at, head in enumerate(heads) if pattern("weight_head").match(head)]
        scores = [at for at, head in enumerate(heads) if pattern("score_head").match(head)]
        of_year = [at for at in scores if years_in(heads[at]) == (report.year,)]
        scores = of_year if len(scores) > 1 else scores
        if len(products) == len(weights) == len(scores) == 1:
            for row in table.rows[1:]:
                found = list(_weighted(row, weights[0], scores[0], products[0]))
                yield from () if found and _fits_its_parts(report, row, products[0]) else found
        elif len(products) == 1 and not weights:
            yield from _weighted_by_rules(report, table, products[0])


def _weighted_by_rules(report: Report, table: Table, product: int) -> Iterator[Found]:
    """Yield weighted points of instruments that are not the year's weight times their score.

    Most rows have to be as the rules say, else the column is of something else.
    """
    weights = weights_of(report.rules) if report.rules else {}
    points, told = report.points(), list[tuple[Sequence[Cell], str]]()
    for row in table.rows[1:]:
        code = _code_of(report, row)
        if code in weights and code in points and len(row) > product:
            printed = number_in(row[product])
            weighted = Fraction(points[code]) * weights[code] / 100
            told.append((row, off_by(weighted, format_score(printed)) if printed else ""))
    wrong = [(row, right) for row, right in told if right]
    for each, right in wrong if 2 * len(wrong) < len(told) else ():
        yield found_in_row(each, product, right=right)


def _code_of(report: Report, row: Sequence[Cell]) -> str:
    """Return the one code that the first cells of a row name, or an empty string."""
    for cell in row[:2]:
        codes = {each.code for each in report.mentions(squeezed(cell.text))}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
    return ""


def _fits_its_parts(report: Report, row: Sequence[Cell], product: int) -> bool:
    """Whether weighted points are those of the mean of what the row's instrument consists of."""
    rules, printed, code = report.rules, number_in(row[product]), _code_of(report, row)
    if not rules or printed is None or not code:
        return False
    weight, points = weights_of(rules).get(code), report.points()
    parts = [points.get(each.code) for each in rules.indicators.list if each.instrument == code]
    known = [each for each in parts if each is not None]
    if not weight or not known or len(known) != len(parts):
        return False
    mean = sum((Fraction(each) for each in known), Fraction(0)) / len(known)
    return not off_by(mean * weight / 100, format_score(printed))


def _weighted_totals(report: Report) -> Iterator[Found]:
    """Yield totals of weighted points that are not the sum of those above them."""
    for table in report.tables:
        heads = heads_of(table)
        columns = [at for at, head in enumerate(heads) if pattern("weighted_total").search(head)]
        last = table.rows[-1] if len(table.rows) > FEWEST else ()
        if not last or not any_of("sum_words").match(squeezed(last[0].text)):
            continue
        for at in (each for each in columns if each < len(last)):
            above = [number_in(row[at]) for row in table.rows[1:-1] if len(row) > at]
            known = [each for each in above if each is not None]
            printed = number_in(last[at])
            if printed is None or len(known) < FEWEST - 1 or len(known) != len(above):
                continue
            is_off = abs(sum(known) - printed) > CLOSE * len(known)
            if is_off and not _is_of_rows(report, table):
                right = format_score(Decimal(sum(known)))
                yield found_in_row(last, at, right=right).told("total")


def _is_of_rows(report: Report, table: Table) -> bool:
    """Whether weighted points in a table are wrong, so that its total tells nothing new."""
    return any(each.spot.table == table.spot.table for each in _weighted_rows(report))


def _weighted(row: Sequence[Cell], weight: int, score: int, product: int) -> Iterator[Found]:
    if len(row) <= max(weight, score, product):
        return
    numbers = [number_in(row[at]) for at in (weight, score, product)]
    if None in numbers:
        return
    share, points, printed = (Fraction(each) for each in numbers if each is not None)
    if right := off_by(share * points / 100, format_score(printed)):
        yield found_in_row(row, product, right=right)


def _share_columns(report: Report) -> Iterator[Found]:
    """Yield shares in a column that are not those of two other columns, as most rows have them."""
    for table in report.tables:
        heads = _heads(table)
        shares = [at for at, head in enumerate(heads) if pattern("share_head").match(head)]
        named = {at for at, head in enumerate(heads) if pattern("count_head").search(head)}
        for one, other in combinations(set(range(1, len(heads))) - set(shares), 2):
            rows = [row for row in table.rows[1:] if len(row) == len(heads)]
            found = [list(_share(row, one, other, shares[0])) for row in rows if len(shares) == 1]
            right = sum(_has_share(row, one, other, shares[0]) for row in rows) if shares else 0
            is_named = named - set(shares) == {one, other}
            if is_named or right - sum(map(len, found)) >= FEWEST - 1:
                yield from (each for of_row in found for each in of_row)


def _has_share(row: Sequence[Cell], one: int, other: int, share: int) -> bool:
    """Whether a row has three numbers that may be two counts and their share."""
    return all(number_in(row[at]) is not None for at in (one, other, share))


def _share(row: Sequence[Cell], one: int, other: int, share: int) -> Iterator[Found]:
    counts = [number_in(row[at]) for at in (one, other)]
    printed = number_in(row[share])
    if printed is None or None in counts:
        return
    part, whole = sorted(Fraction(each) for each in counts if each is not None)
    if whole and (right := off_by(part / whole * 100, str(printed))):
        yield found_in_row(row, share, right=right)


def _weight_columns(report: Report) -> Iterator[Found]:
    """Yield weights in a column that are not those of the instruments in their rows."""
    rules = report.rules
    weights = weights_of(rules) if rules else {}
    for table in report.tables if rules else ():
        heads = _heads(table)
        columns = [at for at, head in enumerate(heads) if pattern("weight_head").match(head)]
        for row in table.rows[1:] if len(columns) == 1 else ():
            if len(row) <= columns[0] or row[columns[0]].is_continued:
                continue
            named = report.mentions(squeezed(" ".join(each.text for each in row[: columns[0]])))
            codes = {each.code for each in named} & set(weights)
            parts = codes - {"EIT"} or codes
            found = pattern("weight_cell").fullmatch(squeezed(row[columns[0]].text))
            if len(parts) == 1 and found and int(found["weight"]) != weights[min(parts)]:
                facts = {"code": min(parts), "right": weights[min(parts)], "year": report.year}
                yield found_in_row(row, columns[0], found["weight"], **facts)


RULES = (
    Rule("ITA206", "error", _once_a_row),
    Rule(
        "ITA208",
        "error",
        all_of(_weighted_rows, _weighted_totals, wrong_weighted, wrong_weighted_lists),
    ),
    Rule("ITA212", "error", _share_columns),
    Rule("ITA815", "error", _weight_columns),
)
