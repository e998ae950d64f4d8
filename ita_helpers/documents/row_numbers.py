"""Indicators that rows and columns of a table name by their number alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ita_helpers.documents.document import Cell
from ita_helpers.documents.naming import OVERALL, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.table_heads import Head, is_total
from ita_helpers.documents.table_values import points_of
from ita_helpers.values import replace

FEWEST = 4
"""Rows whose number is that of the indicator they name, or columns in a row, that are a list."""
LABELS = 3
"""Cells at the beginning of a row that may name what it is about."""
_OF_INSTRUMENT = re.compile(r"\s*\(?[IEO]IT(?![A-Za-z])")
_NUMBER = re.compile(r"\D{0,15}?(?<![\d.,])(\d{1,2})(?:[.)]|\s|$)")


def number_of(naming: Naming, row: Sequence[Cell]) -> str:
    """Return the number that a row begins with, behind its instrument alone; or nothing."""
    labels = (each.text.strip() for each in row[:LABELS])
    first = next((each for each in labels if each and each not in naming.instruments.values()), "")
    if _OF_INSTRUMENT.match(first):
        return ""
    found = _NUMBER.match(first)
    return str(int(found[1])) if found else ""


def are_numbered(naming: Naming, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows of a table are numbered as the indicators that they name."""
    same = other = 0
    for row in rows:
        number, code = number_of(naming, row), named_in(naming, row)
        same += bool(number and number == code)
        other += bool(number and code and number != code)
    return same >= FEWEST and same > 2 * other


def named_in(naming: Naming, row: Sequence[Cell]) -> str:
    """Return the indicator whose name stands in one of the first cells of a row."""
    for cell in row[:LABELS]:
        text = " ".join(cell.text.split())
        found = naming.any_name.search(text)
        is_instrument = naming.code_of(text) in naming.instruments.values()
        if found and not is_instrument and points_of(cell.text) is None:
            code = naming.code_of(found.group())
            if naming.framework.find_indicator(code):
                return code
    return ""


def with_numbers(naming: Naming, heads: Sequence[Head]) -> list[Head]:
    """Return heads of which a run of bare numbers are the indicators from the first one on."""
    numbers = [each.text.strip(" .") for each in heads]
    listed = [at for at, each in enumerate(numbers) if naming.framework.find_indicator(each)]
    run = [numbers[at] for at in listed]
    if len(run) < FEWEST or run != [str(each) for each in range(1, len(run) + 1)]:
        return list(heads)
    made = list(heads)
    if pattern("columns.scale").search(heads[0].text):
        return [
            replace(e, code="", is_none=True) if at in listed else e for at, e in enumerate(heads)
        ]
    for at in listed:
        made[at] = replace(made[at], code=numbers[at], is_value=True, is_none=False)
    for at in range(listed[-1] + 1, len(made)):
        if not made[at].code and is_total(made[at].text):
            made[at] = replace(made[at], code=OVERALL, is_value=True, is_none=False)
    return made


def with_full(
    heads: Sequence[Head], rows: Sequence[Sequence[Cell]], full: re.Pattern[str]
) -> list[Head]:
    """Return heads in which one that says "full 100" is a score where its values differ."""
    made = list(heads)
    for at, head in enumerate(heads):
        if not full.search(head.text.strip()):
            continue
        cells = [points_of(row[at].text) for row in rows if at < len(row)]
        values = {each for each in cells if each is not None}
        if len(values) > 1 and any(each % 1 for each in values) and max(values) <= Decimal(100):
            made[at] = replace(head, is_value=True, is_none=False)
    return made


def without_counts(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> list[Head]:
    """Return heads in which whole numbers are none of the scores that another column has exactly.

    Both heads would say the same of their values, as that of the items that got points does.
    """
    made = list(heads)
    for at, head in enumerate(heads):
        others = [n for n, e in enumerate(heads) if n != at and e.is_value and not e.is_none]
        alike = [n for n in others if _key(heads[n]) == _key(head)]
        is_whole = head.is_value and not head.code and _are_whole(_column(rows, at))
        if is_whole and any(_are_exact(_column(rows, each)) for each in alike):
            made[at] = replace(head, is_none=True)
    return made


def _key(head: Head) -> tuple[str, int, str]:
    return head.code, head.year, head.of


def _column(rows: Sequence[Sequence[Cell]], column: int) -> list[str]:
    return [row[column].text.strip() for row in rows if column < len(row)]


def _are_whole(texts: Sequence[str]) -> bool:
    return any(texts) and all(each.isdecimal() for each in texts if points_of(each) is not None)


def _are_exact(texts: Sequence[str]) -> bool:
    values = [each for each in texts if points_of(each) is not None]
    return bool(values) and all("." in each for each in values)
