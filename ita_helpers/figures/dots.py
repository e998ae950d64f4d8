"""Dot plots: scores on a scale that tells 87 from 98, each against what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    Sheet,
    chart_data,
    report_style,
    width_of,
)
from ita_helpers.figures.naming import BASELINE, RowName, draw_name, fit_names
from ita_helpers.figures.palette import BELOW, GRID, INK, MUTED, TARGET, colour_of, form_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import Numerals, with_numerals

SMALL = 4.3
"""Inches: a plot of this width can be read on a telephone."""
ROW = 19.0
"""Points a row takes."""
HEAD, EDGE, FOOT = 17.0, 5.0, 15.0
"""Points above the rows with a line's name and without, and for the scale below them."""
GAP, CLEAR = 7.0, 2.5
"""Points from a dot's middle to its score, and between a score and a line."""
USUAL_START = 70
"""Where a scale begins, unless a score or a condition is lower."""
STEPS = {0: 20, 10: 30, 20: 20, 40: 20}
"""Points from one number of a scale to the next, by its start; elsewhere ten."""
MOST_OF_WIDTH = 0.55
"""Share of the width that names may take."""


@dataclass(frozen=True)
class Dot:
    """One row: a name, its score and what is asked of it, both in points or unknown.

    ``text`` is what is written beside the dot; of an unknown score, what the row says instead.
    """

    name: str
    value: Fraction | None
    text: str
    asked: Fraction | None = None
    instrument: str = ""

    @property
    def is_below(self) -> bool:
        """Whether the score, rounded as printed, is less than what is asked."""
        if self.value is None or self.asked is None:
            return False
        return to_hundredths(self.value) < to_hundredths(self.asked)


@dataclass(frozen=True)
class Scale:
    """Where on the sheet, in points, the scores from ``start`` to 100 lie."""

    start: int
    left: float
    right: float

    def at(self, score: Fraction | float) -> float:
        """Return where a score lies."""
        share = (float(score) - self.start) / (100 - self.start)
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True)
class _Row:
    """A dot with the text beside it, as written, and the points that takes."""

    dot: Dot
    text: str
    room: float

    def line(self, scale: Scale) -> float | None:
        """Return where its condition lies."""
        return None if self.dot.asked is None else scale.at(self.dot.asked)

    def begins(self, scale: Scale) -> float:
        """Return where its text begins: after its dot, before it, or after the line."""
        line, places = self.line(scale), [scale.left]
        if self.dot.value is not None:
            middle = scale.at(self.dot.value)
            places = [middle + GAP, middle - GAP - self.room]
        for place in places:
            is_crossed = line is not None and place - CLEAR < line < place + self.room + CLEAR
            if place >= scale.left and not is_crossed:
                return place
        return max(places[0], (line or 0) + CLEAR + 1)

    def is_beside(self, scale: Scale) -> bool:
        """Whether its text stands next to its dot."""
        if self.dot.value is None:
            return True
        return self.begins(scale) <= scale.at(self.dot.value) + GAP


def draw_dots(
    dots: Sequence[Dot],
    *,
    caption: str,
    alt: str,
    numerals: Numerals,
    line: str = "",
    width: float = WIDTH,
    has_codes: bool = False,
    heads: Sequence[str] = ("what", "score"),
) -> Figure:
    """Draw a row for each score, from a start that suits them to 100 points.

    The condition is a dashed line; ``line`` names it where it is one for all, otherwise each row
    tells its own. A score below its condition is a triangle in bold. ``width`` is in inches.
    """
    asked = {dot.asked for dot in dots if dot.asked is not None}
    named = line if len(asked) == 1 else ""
    head = HEAD if named else EDGE

    def digits(text: str) -> str:
        return with_numerals(text, numerals)

    names = [
        RowName(digits(each.name), each.instrument if has_codes else "", each.is_below)
        for each in dots
    ]
    with report_style(caption):
        sheet = Sheet(width * 72, head + ROW * len(dots) + FOOT)
        texts, left = fit_names(names, width * 72 * MOST_OF_WIDTH)
        rows = [_row(dot, digits(_tell(dot, is_shared=len(asked) < 2))) for dot in dots]
        scale = _fit_scale(rows, left, width * 72)
        for place, (row, name, text) in enumerate(zip(rows, names, texts, strict=True)):
            middle = head + ROW * (place + 0.5)
            draw_name(sheet, name, text, middle, left)
            _draw_score(sheet, row, scale, middle, name.weight)
        _draw_conditions(sheet, rows, scale, head)
        draw_scale(sheet, scale, head + ROW * len(rows), digits)
        if named:
            _draw_above(sheet, digits(named), scale.at(asked.pop()), head - 4, width * 72)
        figures = chart_data(
            caption,
            [label(f"report.head.{key}") for key in heads],
            [(dot.name, dot.text) for dot in dots],
        )
        return Figure(caption, alt, sheet.to_svg(), figures)


def _tell(dot: Dot, *, is_shared: bool) -> str:
    if is_shared or dot.asked is None:
        return dot.text
    return say("report.chart.asked", text=dot.text, points=format_score(dot.asked))


def _row(dot: Dot, text: str) -> _Row:
    return _Row(dot, text, width_of(text, bold=dot.is_below))


def _fit_scale(rows: Sequence[_Row], left: float, width: float) -> Scale:
    """Return the scale with the highest start from which every score is told beside its dot."""
    right = max(width - GAP - max(row.room for row in rows), (left + width) / 2)
    known = [each for row in rows for each in (row.dot.value, row.dot.asked) if each is not None]
    highest = min([USUAL_START, *(int(each) // 10 * 10 for each in known)])
    scales = [Scale(start, left, right) for start in range(highest, -1, -10)]
    fitting = (scale for scale in scales if all(row.is_beside(scale) for row in rows))
    return next(fitting, scales[-1])


def _draw_score(sheet: Sheet, row: _Row, scale: Scale, y: float, weight: str) -> None:
    """Write a score; a faint line leads from the scale's start to its dot."""
    begins = row.begins(scale)
    colour = MUTED if row.dot.value is None else INK
    sheet.text(begins, y + BASELINE, row.text, weight=weight, color=colour)
    if row.dot.value is None:
        return
    middle = scale.at(row.dot.value)
    ends = min(middle - GAP, begins - CLEAR)
    if ends > scale.left:
        sheet.plot([scale.left, ends], [y, y], color=GRID, linewidth=0.8)
    form, paint = form_of(row.dot.instrument), colour_of(row.dot.instrument)
    if row.dot.is_below:
        form, paint = "v", BELOW
    sheet.plot(
        [middle],
        [y],
        linestyle="none",
        marker=form,
        markersize=7.5,
        color=paint,
        markeredgewidth=0,
        zorder=3,
    )


def _draw_conditions(sheet: Sheet, rows: Sequence[_Row], scale: Scale, top: float) -> None:
    """Draw a dashed line through the rows that are asked the same."""
    for line, group in groupby(rows, key=lambda row: row.line(scale)):
        bottom = top + ROW * len([*group])
        if line is not None:
            sheet.plot(
                [line, line], [top, bottom], color=TARGET, linewidth=1.2, linestyle=(0, (4, 2))
            )
        top = bottom


def draw_scale(sheet: Sheet, scale: Scale, y: float, digits: Callable[[str], str]) -> None:
    """Draw a scale at a height, with its numbers below."""
    sheet.plot([scale.left, scale.right], [y, y], color=MUTED, linewidth=0.8)
    for score in range(scale.start, 101, STEPS.get(scale.start, 10)):
        x = scale.at(score)
        sheet.plot([x, x], [y, y + 3], color=MUTED, linewidth=0.8)
        text = digits(str(score))
        sheet.text(x, y + 12.5, text, ha="center", color=MUTED, fontsize=10)


def _draw_above(sheet: Sheet, text: str, x: float, y: float, width: float) -> None:
    half = width_of(text) / 2
    sheet.text(min(max(x, half), width - half), y, text, ha="center", color=TARGET)
