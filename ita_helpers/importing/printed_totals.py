"""The overall score in a row of totals that does not say of what, told by its figure.

A row "total" or "mean" below indicators or instruments may hold their sum, their plain mean or the
overall score. It is taken for the overall score only where it is what the year's rules make of the
scores above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.table_values import points_of
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.scoring.means import evaluate, means_of
from ita_helpers.values import replace

ROUNDED = Fraction(1, 100)
"""Points by which a figure may differ from what it is made of, each rounded."""


def with_totals(
    document: Document, claims: Sequence[Claim], rules: Mapping[int, Framework]
) -> list[Claim]:
    """Return the claims with the overall scores that rows of totals hold."""
    found = list(claims)
    for table in document.blocks:
        if not isinstance(table, Line):
            found += _totals(table, claims, rules)
    return found


def _totals(
    table: Table, claims: Sequence[Claim], rules: Mapping[int, Framework]
) -> Iterator[Claim]:
    spots = {cell.spot for row in table.rows for cell in row}
    here = [each for each in claims if each.spot in spots and each.points is not None]
    results = dict.fromkeys((each.of, each.fiscal_year) for each in here)
    for result in results:
        own = [each for each in here if (each.of, each.fiscal_year) == result]
        framework = rules.get(own[0].fiscal_year)
        sought = _overall(own, framework) if framework else None
        if framework is None or sought is None:
            continue
        columns = {each.spot.column for each in own}
        taken = {each.spot for each in here}
        whole = replace(own[0], code=OVERALL, points=None, level="", name="")
        for row, cell in _under_totals(table):
            is_there = cell.spot.column in columns or len(results) == 1
            points = points_of(cell.text)
            if is_there and cell.spot not in taken and _is_same(points, sought):
                yield replace(whole, spot=cell.spot, points=points)
                yield from _levels(row, whole, framework) if len(results) == 1 else ()
                break


def _levels(row: Sequence[Cell], whole: Claim, framework: Framework) -> Iterator[Claim]:
    names = {normal(each.name): each.name for each in framework.levels.list}
    for cell in row:
        if level := names.get(normal(cell.text)):
            yield replace(whole, spot=cell.spot, level=level)


def _overall(own: Sequence[Claim], framework: Framework) -> Fraction | None:
    """Return what the rules make of some scores; nothing if one of them is the overall score."""
    points = {each.code: Fraction(each.points) for each in own if each.points is not None}
    return None if OVERALL in points else evaluate(means_of(framework), points, OVERALL)


def _under_totals(table: Table) -> Iterator[tuple[Sequence[Cell], Cell]]:
    """Yield the figures of the rows that begin with words for the whole or a mean, with the row."""
    for row in table.rows:
        label = takewhile(lambda cell: points_of(cell.text) is None, row)
        words = " ".join(" ".join(each.text for each in label).split())
        if words and pattern("columns.of_all").fullmatch(words):
            yield from ((row, cell) for cell in row if points_of(cell.text) is not None)


def _is_same(points: Decimal | None, sought: Fraction) -> bool:
    return points is not None and abs(Fraction(points) - sought) <= ROUNDED
