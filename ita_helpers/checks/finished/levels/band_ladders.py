"""Bands of points in the rows of a table, each of which goes on where the next one ends.

What a band of a level is by the year's rules is judged elsewhere; here bands are held against each
other, so that also those are judged on which the sources do not agree, and those of no level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ita_helpers.checks.finished.levels.level_bounds import names_of
from ita_helpers.checks.finished.levels.level_limits import ends_of, rule_of, rules_naming
from ita_helpers.checks.finished.passages.heads import joined_heads
from ita_helpers.checks.finished.passages.shared import limits_of
from ita_helpers.checks.finished.passages.standing import is_slip, is_swap
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in_cell
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Cell, Table
from ita_helpers.language.points import format_score

FEWEST = 3
"""Bands of a ladder, and levels of a table of them, at least."""
STEP = Decimal("0.01")
MANY = 4
"""Levels of a row or column that lists them all."""
Row = Sequence[Cell]


@dataclass(frozen=True)
class _Band:
    """A band in a cell of a row: its ends, or none where it is open."""

    row: Row
    at: int
    place: re.Match[str]

    @property
    def low(self) -> Decimal | None:
        """The points with which it begins."""
        return _points(self.place["low"] or self.place["least"])

    @property
    def high(self) -> Decimal | None:
        """The points with which it ends, or before which."""
        return _points(self.place["high"] or self.place["below"])

    def found(self, key: str, right: Decimal) -> Found:
        """Return one of its ends as wrong."""
        facts = {"band": squeezed(self.row[self.at].text), "right": format_score(right)}
        return found_in_cell(self.row[self.at], self.place[key], **facts).told("ladder")


def _points(written: str | None) -> Decimal | None:
    return Decimal(written) if written else None


def broken_ladders(report: Report) -> Iterator[Found]:
    """Yield the end of a band that overlaps the next one, or begins above its own end."""
    for table in report.tables:
        bands = _bands(table)
        if len(bands) >= FEWEST and any("." in each.place.group() for each in bands):
            yield from _broken(report, bands if _goes_down(bands) else bands[::-1])


def _bands(table: Table) -> list[_Band]:
    """Return the bands of the rows of a table that follow each other, each alone in its row."""
    runs: list[list[_Band]] = [[]]
    for row in table.rows:
        texts = [squeezed(each.text) for each in row]
        told = [(at, said("band_of_ladder").fullmatch(text)) for at, text in enumerate(texts)]
        found = [_Band(row, at, place) for at, place in told if place]
        is_alone = len(found) == 1
        if is_alone and (not runs[-1] or runs[-1][-1].at == found[0].at):
            runs[-1].append(found[0])
        else:
            runs.append(found[:1] if is_alone else [])
    return max(runs, key=len)


def _goes_down(bands: Sequence[_Band]) -> bool:
    lows = [each.low for each in bands if each.low is not None]
    return sum(one > other for one, other in pairwise(lows)) * 2 > len(lows) - 1


def _broken(report: Report, bands: Sequence[_Band]) -> Iterator[Found]:
    """Yield the wrong ends of bands, of which the first is the highest."""
    breaks = [at for at in range(len(bands) - 1) if not _goes_on(bands[at], bands[at + 1])]
    for at in breaks if 2 * len(breaks) < len(bands) else ():
        upper, lower = bands[at], bands[at + 1]
        if upper.low is None or lower.high is None:
            continue
        step = STEP if "." in (lower.place["high"] or "") else Decimal(0)
        right_low, right_high = lower.high + step, upper.low - step
        of_low = _doubt(upper, upper.low, right_low) + _by_rules(report, upper)
        of_high = _doubt(lower, lower.high, right_high) + _by_rules(report, lower)
        if of_low > of_high and of_low > 0:
            if not _is_told(report, upper):
                yield upper.found("low" if upper.place["low"] else "least", right_low)
        elif (of_high > 0 or upper.low < lower.high) and not _is_told(report, lower):
            yield lower.found("high" if lower.place["high"] else "below", right_high)


def _doubt(band: _Band, points: Decimal, right: Decimal) -> int:
    """Return how much speaks for it that an end of a band is a slip of the one that goes on."""
    likely = 2 if is_swap(points, right) else int(is_slip(points, right))
    return likely + 2 * _is_inverted(band)


def _by_rules(report: Report, band: _Band) -> int:
    """Return how much the rules speak against a band of a level (above 0), or for it."""
    name = _only_level(band.row, report.level_names)
    rules = rules_naming(report, name) if name else None
    if not rules:
        return 0
    level = rule_of(rules, name)
    low, high = band.low or Decimal(0), band.high or Decimal(100)
    is_its = low == Decimal(str(level.overall)) and Fraction(high) in ends_of(rules, level)
    return -1 if is_its else 3


def _is_told(report: Report, band: _Band) -> bool:
    """Whether a band is of a level on whose limits all sources agree: the rules tell what it is."""
    name = _only_level(band.row, report.level_names)
    rules = rules_naming(report, name) if name and "." in band.place.group() else None
    is_closed = band.low is not None and band.high is not None
    return bool(rules and is_closed and not rule_of(rules, name).caveat)


def _goes_on(upper: _Band, lower: _Band) -> bool:
    """Whether a band ends right before the next higher one begins."""
    if upper.low is None or lower.high is None:
        return not _is_inverted(upper)
    return 0 <= upper.low - lower.high <= 1


def _is_inverted(band: _Band) -> bool:
    return band.low is not None and band.high is not None and band.low > band.high


def limits_with_swaps(report: Report) -> Iterator[Found]:
    """Yield points in rows of levels that are a limit of the year with two digits swapped.

    The last level has none that is to be reached.
    """
    listed, limits = names_of(report.rules), limits_of(report)
    known = {*limits, *(each - STEP for each in limits)}
    for table in report.tables if listed else ():
        rows = [(row, level) for row in table.rows if (level := _only_level(row, listed))]
        for row, level in rows if len({level for _, level in rows}) >= FEWEST else ():
            for cell in row:
                yield from _limits_of(cell, level, known, is_last=level == listed[-1])
                place = said("some_above").search(squeezed(cell.text))
                if place and level != listed[0]:
                    yield found_in_cell(cell, place["word"], level=level).told("above")


def _limits_of(
    cell: Cell, level: str, limits: Collection[Decimal], *, is_last: bool
) -> Iterator[Found]:
    for place in said("limit_in_a_cell").finditer(squeezed(cell.text)):
        points = Decimal(place["points"])
        right = next((each for each in sorted(limits) if is_swap(points, each)), None)
        if right is not None and points not in limits:
            yield found_in_cell(cell, place["points"], level=level, right=format_score(right)).told(
                "swapped"
            )
        elif is_last and place["over"] and points in limits:
            yield found_in_cell(cell, place.group(), level=level).told("over")


def _only_level(row: Row, listed: Sequence[str]) -> str:
    named = [text for cell in row if (text := squeezed(cell.text)) in listed]
    return named[0] if len(named) == 1 else ""


def levels_listed_twice(report: Report) -> Iterator[Found]:
    """Yield a level that stands twice in a row or column that lists all levels of a year.

    Beside scores, levels are those of offices or years, and may be alike.
    """
    schemes = {tuple(names_of(rules)) for rules in report.all_rules.values()}
    orders = [way for each in schemes for way in (each, each[::-1])]
    for table in report.tables:
        width = max(map(len, table.rows), default=0)
        columns = [[row[at] for row in table.rows if len(row) > at] for at in range(width)]
        for across, down in ((table.rows, columns), (columns, table.rows)):
            for cells in across:
                told = [cell for cell in cells if squeezed(cell.text) in report.level_names]
                if len(told) >= MANY and not _has_scores(told, down):
                    yield from _twice(told, orders)


def _has_scores(told: Sequence[Cell], lines: Sequence[Row]) -> bool:
    """Whether the rows, or the columns, in which levels stand hold scores."""
    beside = [cells for cells in lines if any(each in told for each in cells)]
    return any(said("score_in_a_cell").fullmatch(each.text) for cells in beside for each in cells)


def _twice(told: Sequence[Cell], orders: Sequence[Sequence[str]]) -> Iterator[Found]:
    names = [squeezed(cell.text) for cell in told]
    for order in orders:
        pairs = enumerate(zip(names, order, strict=True)) if len(names) == len(order) else ()
        wrong = [at for at, (name, right) in pairs if name != right]
        if len(wrong) == 1:
            yield found_in_cell(told[wrong[0]], right=order[wrong[0]]).told("twice")


def limits_of_columns(report: Report) -> Iterator[Found]:
    """Yield limits in a column that are the one of all other rows with two digits swapped."""
    for table in report.tables:
        for at, head in enumerate(joined_heads(table)):
            if at and said("limit_row").search(head):
                cells = [row[at] for row in table.rows[1:] if len(row) > at]
                told = [(cell, points) for cell in cells if (points := number_in(cell))]
                usual = Counter(points for _, points in told).most_common(1)
                right, count = usual[0] if usual else (Decimal(0), 0)
                for cell, points in told if count >= FEWEST else ():
                    if is_swap(points, right):
                        yield found_in_cell(cell, right=format_score(right))
