"""Scores of many rows in every indicator as a grid: the darker a cell, the lower its score.

One colour in five steps of lightness, so that it reads the same in grey print and to whoever sees
colours otherwise; every score is printed in its cell, those below the target in bold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import fsum

from matplotlib.patches import Rectangle

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Stack
from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    Sheet,
    chart_data,
    report_style,
    width_of,
)
from ita_helpers.figures.naming import BASELINE, shorten
from ita_helpers.figures.palette import INK, MUTED
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import with_numerals
from ita_helpers.scoring.compared import Compared, ComparisonData, Group
from ita_helpers.scoring.ranking import mean_of
from ita_helpers.tables.comparison import kinds_of_groups
from ita_helpers.words.comparison import call

SHADES = ("#f4f8fb", "#cfe0ee", "#8fb8d9", "#3a79ad", "#173f6b")
"""From the lightest, for the highest scores, to the darkest; each step is plain in grey."""
CUTS = (95, 85, 75, 65)
"""Scores (points) from which the lighter shades begin."""
PALE = 3
"""So many of the shades are light enough for dark letters."""
ROWS, MOST = 30, 60
"""Rows of one drawing, which has to fit a page, and offices that are drawn one by one."""
ROW, HEAD, FOOT = 17.0, 16.0, 22.0
NAMES = 0.34
"""Share of the width that names may take."""
TEXT = 9.0
GAP = 4.0


@dataclass(frozen=True)
class HeatRow:
    """One row: a name and its scores (points) in the order of the indicators."""

    name: str
    scores: tuple[Decimal | None, ...]
    is_marked: bool = False


def shade_of(score: Decimal) -> int:
    """Return which of the shades a score has, 0 being the lightest.

    >>> [shade_of(Decimal(each)) for each in ("100", "95", "94.99", "64.99")]
    [0, 0, 1, 4]
    """
    return sum(score < cut for cut in CUTS)


def plot_heat(data: ComparisonData) -> Stack | Absent:
    """Return offices × indicators; of many offices the lowest ones, and groups × indicators."""
    if not any(each.score(code) is not None for each in data.offices for code in _codes(data)):
        return Absent("indicators")
    rows = [_office_row(data, each) for each in data.scored]
    if len(rows) <= MOST:
        return Stack(tuple(_parts(data, rows, "caption")))
    lowest = [_office_row(data, each) for each in data.scored[: -ROWS - 1 : -1]]
    caption = say("comparison.heat.caption_lowest", count=len(lowest))
    drawn = [_plot(data, lowest, caption)]
    for kind in kinds_of_groups(data)[:1]:
        groups = [_group_row(data, each) for each in data.groups(kind)]
        named = label(f"comparison.groups.kind.{kind}")
        drawn += _parts(data, groups, "caption_groups", kind=named)
    return Stack(tuple(drawn))


def _codes(data: ComparisonData) -> list[str]:
    return [each.code for each in data.framework.indicators.list]


def _office_row(data: ComparisonData, each: Compared) -> HeatRow:
    name, is_marked = call(data, each.office), each.code == data.marked
    shown = say("comparison.marked", name=name) if is_marked else name
    return HeatRow(shown, tuple(each.score(code) for code in _codes(data)), is_marked)


def _group_row(data: ComparisonData, group: Group) -> HeatRow:
    name = group.name or label("comparison.no_name")
    shown = say("comparison.heat.group", name=name, count=len(group.offices))
    return HeatRow(shown, tuple(_mean(group, code) for code in _codes(data)))


def _mean(group: Group, code: str) -> Decimal | None:
    known = [score for each in group.offices if (score := each.score(code)) is not None]
    return to_hundredths(mean) if (mean := mean_of(known)) is not None else None


def _parts(
    data: ComparisonData, rows: Sequence[HeatRow], key: str, **facts: object
) -> list[Figure]:
    """Return drawings of so many rows each as fit a page, of about the same height."""
    count = -(-len(rows) // ROWS)
    size = -(-len(rows) // count)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    return [
        _plot(data, each, say(f"comparison.heat.{key}", part=part if count > 1 else "", **facts))
        for part, each in enumerate(parts, start=1)
    ]


def _plot(data: ComparisonData, rows: Sequence[HeatRow], caption: str) -> Figure:
    codes = _codes(data)
    columns = zip(*(each.scores for each in rows), strict=True)
    below = {
        code: sum(score is not None and score < data.target for score in column)
        for code, column in zip(codes, columns, strict=True)
    }
    most = max(below.values())
    worst = [code for code in codes if below[code] == most]
    facts = {"rows": len(rows), "columns": len(codes), "target": format_score(data.target)}
    alt = (
        say("comparison.heat.alt", codes=worst, count=most, **facts)
        if most
        else say("comparison.heat.alt_none", **facts)
    )
    heads = [label("comparison.heat.name"), *codes]
    figures = [(each.name, *map(_written, each.scores)) for each in rows]
    return Figure(caption, alt, _draw(data, rows, caption), chart_data(caption, heads, figures))


def _written(score: Decimal | None) -> str:
    return "–" if score is None else format_score(score)


def _draw(data: ComparisonData, rows: Sequence[HeatRow], salt: str) -> str:
    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    codes, width = _codes(data), WIDTH * 72
    with report_style(salt):
        names = [shorten(digits(e.name), width * NAMES, bold=e.is_marked) for e in rows]
        widest = [width_of(n, bold=e.is_marked) for n, e in zip(names, rows, strict=True)]
        left = max(widest) + GAP
        cell = (width - left) / len(codes)
        sheet = Sheet(width, HEAD + ROW * len(rows) + FOOT)
        for place, code in enumerate(codes):
            middle = left + cell * (place + 0.5)
            sheet.text(middle, HEAD - 5, digits(code), ha="center", color=MUTED)
        for place, (row, name) in enumerate(zip(rows, names, strict=True)):
            top = HEAD + ROW * place
            weight = "bold" if row.is_marked else "normal"
            sheet.text(0, top + ROW / 2 + BASELINE, name, color=INK, weight=weight)
            for column, score in enumerate(row.scores):
                text = digits(_written(score))
                is_low = score is not None and score < data.target
                _draw_cell(sheet, score, text, (left + cell * column, top), cell, is_low=is_low)
        _draw_legend(sheet, digits, HEAD + ROW * len(rows))
        return sheet.to_svg()


def _draw_cell(
    sheet: Sheet,
    score: Decimal | None,
    text: str,
    corner: tuple[float, float],
    width: float,
    *,
    is_low: bool,
) -> None:
    x, y = corner
    shade = 0 if score is None else shade_of(score)
    if score is not None:
        sheet.add_artist(Rectangle(corner, width, ROW, fc=SHADES[shade], ec="white", lw=0.8))
    colour = INK if shade < PALE else "#ffffff"
    weight = "bold" if is_low else "normal"
    where = (x + width / 2, y + ROW / 2 + BASELINE - 0.6)
    sheet.text(*where, text, ha="center", color=colour, weight=weight, fontsize=TEXT)


def _draw_legend(sheet: Sheet, digits: Callable[[str], str], top: float) -> None:
    """Draw the shades with the scores they stand for."""
    names = [digits(each) for each in _legend()]
    size, y = 9.0, top + FOOT - 12
    x = WIDTH * 72 - fsum(width_of(name, size=size) + 22 for name in names)
    for shade, name in zip(SHADES, names, strict=True):
        sheet.add_artist(Rectangle((x, y), 10, 9, fc=shade, ec=MUTED, lw=0.5))
        sheet.text(x + 13, y + 8, name, color=INK, fontsize=size)
        x += width_of(name, size=size) + 22


def _legend() -> list[str]:
    cuts = [str(each) for each in CUTS]
    between = [
        say("comparison.heat.legend.between", low=low, high=f"{int(high) - 1}.99")
        for high, low in pairwise(cuts)
    ]
    first = say("comparison.heat.legend.from", low=cuts[0])
    return [first, *between, say("comparison.heat.legend.under", high=cuts[-1])]
