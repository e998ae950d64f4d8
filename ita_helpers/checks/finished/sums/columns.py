"""Columns of a table that follow from others: differences, shares, products, weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from ita_helpers.checks.finished.passages.heads import joined_heads
from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_in_cell
from ita_helpers.checks.finished.scores.pairs_in_rows import wrong_wholes_of_rows
from ita_helpers.checks.finished.sums.aggregates import wrong_weighted, wrong_weighted_lists
from ita_helpers.checks.finished.sums.arithmetic import number_in, off_by
from ita_helpers.checks.finished.sums.differences import once_a_row
from ita_helpers.checks.finished.sums.effects import wrong_effects, wrong_products
from ita_helpers.checks.finished.sums.told_changes import wrong_changes
from ita_helpers.checks.finished.sums.weighted_columns import wrong_weighted_columns
from ita_helpers.documents.document import Cell
from ita_helpers.scoring.weighted import weights_of

FEWEST = 2
"""Rows that show which columns a share is of."""


def _share_columns(report: Report) -> Iterator[Found]:
    """Yield shares in a column that are not those of two other columns, as most rows have them."""
    for table in report.tables:
        heads = joined_heads(table)
        shares = [at for at, head in enumerate(heads) if pattern("share_head").match(head)]
        if len(shares) != 1:
            continue
        named = {at for at, head in enumerate(heads) if pattern("count_head").search(head)}
        for one, other in combinations(set(range(1, len(heads))) - set(shares), 2):
            rows = [row for row in table.rows[1:] if len(row) == len(heads)]
            found = [list(_share(row, one, other, shares[0])) for row in rows]
            right = sum(_has_share(row, one, other, shares[0]) for row in rows)
            is_named = named - set(shares) == {one, other}
            if is_named or right - sum(map(len, found)) >= FEWEST:
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
        yield found_in_cell(row[share], right=right)


def _weight_columns(report: Report) -> Iterator[Found]:
    """Yield weights in a column that are not those of the instruments in their rows."""
    rules = report.rules
    weights = weights_of(rules) if rules else {}
    for table in report.tables if rules else ():
        heads = joined_heads(table)
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
                yield found_in_cell(row[columns[0]], found["weight"], **facts)


RULES = (
    Rule("ITA206", "error", all_of(once_a_row, wrong_changes)),
    Rule(
        "ITA208",
        "error",
        all_of(
            wrong_weighted_columns,
            wrong_weighted,
            wrong_weighted_lists,
            wrong_products,
            wrong_effects,
            wrong_wholes_of_rows,
        ),
    ),
    Rule("ITA212", "error", _share_columns),
    Rule("ITA815", "error", _weight_columns),
)
