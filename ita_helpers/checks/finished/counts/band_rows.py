"""Rows of tables that tell of a band of points how many indicators are in it, and which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.standing import may_be
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, heads_of, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.documents.document import Cell, Table

LONGEST, FULL = 60, Decimal(100)
FEWEST = 2
"""Rows of a table of bands at least."""
_NUMBER = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Band:
    """A row: points from ``low`` to below ``high``, or to it if it is ``closed``.

    ``counts`` are its cells of how many there are, with their years (B.E.); ``codes`` are the
    indicators that it lists in the cell ``listed``.
    """

    low: Decimal
    high: Decimal
    closed: bool
    counts: tuple[tuple[Cell, int, int], ...]
    listed: Cell | None = None
    codes: tuple[str, ...] = ()

    def holds(self, points: Decimal) -> bool:
        """Whether points are in the band, or on its edge."""
        return self.low <= points < self.high or (self.closed and points == self.high)

    def surely_holds(self, points: Decimal) -> bool:
        """Whether points are in the band and on no edge that it may share with another one."""
        is_shared = FULL != self.high == self.high.to_integral_value()
        is_edge = is_shared and self.closed and points in (self.low, self.high)
        return self.holds(points) and not is_edge


def wrong_bands(report: Report) -> Iterator[Found]:
    """Yield numbers of indicators in a band of points that are not so, and indicators outside."""
    for table in report.tables if report.rules else ():
        bands = [band for row in table.rows if (band := _band(report, table, row))]
        for band in bands if len(bands) >= FEWEST else ():
            yield from _wrong(report, band)


def _wrong(report: Report, band: Band) -> Iterator[Found]:
    for code in band.codes if band.listed else ():
        points = may_be(report, code, report.year)
        if points and band.listed and not any(map(band.holds, points)):
            inside = _inside(report, band, report.year)
            names = [name_of(report, each) for each in (inside[1] if inside else ())]
            yield found_in_cell(band.listed, right=names).told("which")
            return
    for cell, count, year in band.counts:
        inside = _inside(report, band, year)
        is_listed = bool(band.codes) and year == report.year
        if inside and len(inside[0]) <= count <= len(inside[1]):
            continue
        if is_listed and count == len(band.codes):
            continue
        right = len(inside[1]) if inside else len(band.codes)
        if inside or (is_listed and right != count):
            yield found_in_cell(cell, right=str(right)).told("scores" if inside else "rows")


def _inside(report: Report, band: Band, year: int) -> tuple[list[str], list[str]] | None:
    """Return the indicators surely in a band in a year (B.E.), and those that may be in it."""
    rules = report.rules_of(year)
    points = {e.code: may_be(report, e.code, year) for e in rules.indicators.list} if rules else {}
    if not points or not all(points.values()):
        return None
    sure = [code for code, each in points.items() if all(map(band.surely_holds, each))]
    return sure, [code for code, each in points.items() if any(map(band.holds, each))]


def _band(report: Report, table: Table, row: Sequence[Cell]) -> Band | None:
    """Return what a row tells of a band of points, nothing if it tells of none."""
    label = squeezed(row[0].text) if row else ""
    told = list(said("band_cell").finditer(label)) if len(label) <= LONGEST else []
    if len(told) != 1 or report.mentions(label):
        return None
    heads = heads_of(table)
    listed = next(((e, codes) for e in row[1:] if (codes := _codes(report, e))), None)
    counts = [
        (cell, int(found["count"]), year)
        for at, cell in enumerate(row)
        if at
        and (found := said("band_count").fullmatch(squeezed(cell.text)))
        and (year := _year(report, heads[at] if at < len(heads) else ""))
        and _is_of_indicators(cell, heads[at] if at < len(heads) else "", bool(listed))
    ]
    if not counts:
        return None
    cell, codes = listed or (None, list[str]())
    return Band(*_ends(told[0]), tuple(counts), cell, tuple(codes))


def _ends(told: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    """Return the lowest and the highest points of a band, and whether these are in it."""
    step = Decimal("0.01")
    if told["below"]:
        return Decimal(0), Decimal(told["below"]), False
    if told["above"]:
        return Decimal(told["above"]) + step, FULL, True
    low = Decimal(told["least"] or told["from"] or told["low"])
    return low, Decimal(told["high"] or FULL), True


def _year(report: Report, head: str) -> int:
    """Return the year (B.E.) that the head of a count says, else the report's; 0 for a wish."""
    if said("wished").search(head) or said("target").search(head):
        return 0
    named = said("year_named").search(head)
    if named:
        return int(named["year"])
    return report.year - 1 if said("last_year").search(head) else report.year


def _is_of_indicators(cell: Cell, head: str, is_beside_list: bool) -> bool:
    """Whether a number is that of indicators, by its unit, its head or the list beside it."""
    words = said("of_indicators_counted")
    is_count = bool(said("head_of_count").search(head))
    return bool(words.search(squeezed(cell.text)) or (is_count and words.search(head))) or (
        is_count and is_beside_list
    )


def _codes(report: Report, cell: Cell) -> list[str]:
    """Return the indicators that a cell lists, by their numbers or names, and says no more."""
    text = squeezed(cell.text)
    if said("band_count").fullmatch(text) or said("year_named").search(text):
        return []
    rules = report.rules
    if rules and said("band_list").fullmatch(text):
        numbers = [each for each in _NUMBER.findall(text) if rules.find_indicator(each)]
        return numbers if len(numbers) == len(_NUMBER.findall(text)) else []
    named = [each.code for each in report.mentions(text)]
    return list(dict.fromkeys(named)) if all(each.isdigit() for each in named) else []
