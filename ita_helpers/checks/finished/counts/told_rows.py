"""Counts and shares that sentences tell of the rows of tables that hold no scores."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.passages.speaking import Spoken, all_spoken
from ita_helpers.checks.finished.reading import pattern, said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.begun import compiled
from ita_helpers.language.points import parse_number

SHORT, LONG, MOST = 5, 60, 60
"""Letters of a label, and labels that are looked for in a report."""
BEFORE = 40
"""Characters before a label in which words make it that of another year or a wish."""


@dataclass(frozen=True)
class _Row:
    """A row with its label: the numbers under heads of each unit; shares are under "%"."""

    label: str
    numbers: dict[str, list[Decimal]]


def wrong_rows(report: Report) -> Iterator[Found]:
    """Yield numbers right behind the label of a row that are none of those the row has of them."""
    rows = list(_rows(report))[:MOST]
    known = {each.label: each for each in rows}
    if not known:
        return
    labels = compiled("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    for spoken in all_spoken(report):
        for place in labels.finditer(spoken.text) if not spoken.passage.row else ():
            if found := _wrong(spoken, place, known[place.group()]):
                yield found


def _wrong(spoken: Spoken, place: re.Match[str], row: _Row) -> Found | None:
    text = spoken.text
    told = said("told_of_row").match(text, place.end())
    before = text[max(0, place.start() - BEFORE) : place.start()]
    is_other = said("no_row_before").search(before) or said("against").search(before)
    if not told or is_other or said("last_year").search(text):
        return None
    unit = "%" if told["share"] or told["percent"] else told["unit"]
    group = "share" if told["share"] else "percent" if told["percent"] else "count"
    printed = told[group]
    value, right = Decimal(printed.replace(",", "")), row.numbers.get(unit, [])
    decimals = len(printed.partition(".")[2])
    if not right or any(round(each, decimals) == value for each in right):
        return None
    return found_in(spoken.passage, told.start(group), printed, right=f"{right[-1]:f}").told("row")


def _rows(report: Report) -> Iterator[_Row]:
    """Yield the rows of tables that hold counts, each label that only one of them has."""
    found = [row for table in report.tables for row in _of_table(report, table)]
    often = Counter(each.label for each in found)
    yield from (each for each in found if often[each.label] == 1)


def _of_table(report: Report, table: Table) -> Iterator[_Row]:
    heads = heads_of(table)
    units = [_unit(head) for head in heads]
    if not any(units) or any(said("head_of_scores").fullmatch(head) for head in heads[1:] if head):
        return
    for row in table.rows[1:]:
        label = _label(report, row)
        if not SHORT <= len(label) <= LONG:
            continue
        numbers: dict[str, list[Decimal]] = {}
        for cell, unit in zip(row, units, strict=False):
            if unit and (value := _value(cell)) is not None:
                numbers.setdefault(unit, []).append(value)
        if numbers:
            yield _Row(label, numbers)


def _value(cell: Cell) -> Decimal | None:
    number = number_in(cell)
    if number is None and cell.text.strip().endswith("%"):
        try:
            return parse_number(cell.text.strip().rstrip("% "))
        except ValueError:
            return None
    return number


def _unit(head: str) -> str:
    """Return of what a column has numbers: a unit, "%" for shares, nothing if that is not said."""
    if pattern("share_head").match(head):
        return "%"
    found = said("unit_of_head").search(head)
    return found["unit"] if found else ""


def _label(report: Report, row: Sequence[Cell]) -> str:
    """Return the first words of a row that are no number or score's name, without a numbering."""
    texts = [squeezed(cell.text) for cell in row[:2]]
    words = (each for each in texts if said("word_in_a_cell").search(each))
    text = next((each for each in words if not report.mentions(each)), "")
    text = re.sub(r"^[\d.)(\s]+", "", text)
    return "" if said("total_row").match(text) else text
