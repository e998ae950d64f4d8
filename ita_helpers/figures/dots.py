"""Dot plots: scores on a scale that tells 87 from 98, each against what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from matplotlib.axes import Axes

from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    chart_data,
    new_sheet,
    report_style,
    to_svg,
    width_of,
)
from ita_helpers.figures.palette import BELOW, GRID, INK, MUTED, TARGET, colour_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import Numerals, with_numerals

SMALL = 4.3
"""Inches: a plot of this width can be read on a telephone."""
ROW = 20.0
"""Points a row takes."""
HEAD, FOOT, EDGE = 20.0, 20.0, 6.0
"""Points above the rows with a line's name and without, and for the scale below them."""
BASELINE = 3.8
"""Points from the middle of a row down to the foot of its letters."""
GAP, CLEAR = 7.0, 2.5
"""Points from a dot's middle to its value, and between a value and a line."""
USUAL_START = 70
"""Where a scale begins, unless a value or a condition is lower."""
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
class _Scale:
    """Points on paper of the scores from ``start`` to 100."""

    start: int
    left: float
    right: float

    def at(self, score: Fraction | float) -> float:
        return self.left + (float(score) - self.start) / (100 - self.start) * (
            self.right - self.left
        )


@dataclass(frozen=True)
class _Row:
    """A dot with its place on paper: its line, its dot and where its text begins."""

    dot: Dot
    name: str
    text: str
    line: float | None
    middle: float | None
    begins: float
    ends: float


def draw_dots(
    dots: Sequence[Dot],
    *,
    caption: str,
    alt: str,
    numerals: Numerals,
    line: str = "",
    width: float = WIDTH,
    heads: Sequence[str] = ("what", "score"),
) -> Figure:
    """Draw a row for each score, from a start that suits them to 100 points.

    The condition is a dashed line; ``line`` names it where it is one for all, otherwise each row
    tells its own. A score below its condition is a triangle in bold.
    """
    asked = {dot.asked for dot in dots if dot.asked is not None}

    def digits(text: str) -> str:
        return with_numerals(text, numerals)

    told = [(dot, _tell(dot, shared=len(asked) < 2)) for dot in dots]
    named = line if len(asked) == 1 else ""
    with report_style(caption):
        head = HEAD if named else EDGE
        drawing, axes = new_sheet(width * 72, head + ROW * len(dots) + FOOT)
        scale, rows = _lay_out(told, width * 72, digits)
        for place, row in enumerate(rows):
            _draw_row(axes, row, head + ROW * (place + 0.5), scale)
        _draw_conditions(axes, rows, head)
        _draw_scale(axes, scale, head + ROW * len(rows), digits)
        if named:
            _draw_above(axes, digits(named), scale.at(asked.pop()), head - 6, width * 72)
        figures = chart_data(
            caption,
            [label(f"report.head.{key}") for key in heads],
            [(dot.name, dot.text) for dot in dots],
        )
        return Figure(caption, alt, to_svg(drawing), figures)


def _tell(dot: Dot, *, shared: bool) -> str:
    if shared or dot.asked is None:
        return dot.text
    return say("report.dots.asked", text=dot.text, points=format_score(dot.asked))


def _lay_out(
    told: Sequence[tuple[Dot, str]], width: float, digits: Callable[[str], str]
) -> tuple[_Scale, list[_Row]]:
    """Place names, scale and texts; the scale starts so low that no text runs into a name."""
    names = [_shorten(digits(dot.name), width * MOST_OF_WIDTH, dot.is_below) for dot, _ in told]
    texts = [digits(text) for _, text in told]
    wide = [width_of(text, dot.is_below) for text, (dot, _) in zip(texts, told, strict=True)]
    left = max(width_of(n, d.is_below) for n, (d, _) in zip(names, told, strict=True)) + 12
    right = width - GAP - max(wide) - 2
    right = max(right, left + (width - left) / 2)
    dots = [dot for dot, _ in told]
    for start in _starts(dots):
        scale = _Scale(start, left, right)
        placed = [_place(dot, room, scale, width) for dot, room in zip(dots, wide, strict=True)]
        if all(begins >= left for begins, _ in placed):
            break
    rows = [
        _Row(
            dot,
            name,
            text,
            line=None if dot.asked is None else scale.at(dot.asked),
            middle=None if dot.value is None else scale.at(dot.value),
            begins=begins,
            ends=ends,
        )
        for dot, name, text, (begins, ends) in zip(dots, names, texts, placed, strict=True)
    ]
    return scale, rows


def _starts(dots: Sequence[Dot]) -> Iterator[int]:
    """Yield where a scale may begin, from a ten below all scores and conditions down to 0."""
    known = [each for dot in dots for each in (dot.value, dot.asked) if each is not None]
    highest = min(USUAL_START, *(int(each) // 10 * 10 for each in known), USUAL_START)
    yield from range(max(highest, 0), -1, -10)


def _place(dot: Dot, room: float, scale: _Scale, width: float) -> tuple[float, float]:
    """Return where a text begins and ends: after its dot, before it, or after the line."""
    line = None if dot.asked is None else scale.at(dot.asked)
    if dot.value is None:
        after = [scale.left]
    else:
        middle = scale.at(dot.value)
        after = [middle + GAP, middle - GAP - room]
    for begins in after:
        ends = begins + room
        is_free = line is None or not begins - CLEAR < line < ends + CLEAR
        if is_free and begins >= scale.left and ends <= width:
            return begins, ends
    begins = max(after[0], (line or 0) + CLEAR + 1)
    return (begins, begins + room)


def _shorten(text: str, room: float, bold: bool) -> str:
    if width_of(text, bold) <= room:
        return text
    while text and width_of(text + "…", bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _draw_row(axes: Axes, row: _Row, y: float, scale: _Scale) -> None:
    """Write a name and a score; a faint line leads from the scale's start to the dot."""
    below = row.dot.is_below
    weight = "bold" if below else "normal"
    axes.text(0, y + BASELINE, row.name, weight=weight)
    colour = MUTED if row.middle is None else INK
    axes.text(row.begins, y + BASELINE, row.text, weight=weight, color=colour)
    if row.middle is None:
        return
    ends = min(row.middle - GAP, row.begins - CLEAR)
    if ends > scale.left:
        axes.plot([scale.left, ends], [y, y], color=GRID, linewidth=0.8)
    form, size, paint = ("v", 9, BELOW) if below else ("o", 8, colour_of(row.dot.instrument))
    axes.plot([row.middle], [y], form, markersize=size, color=paint, markeredgewidth=0, zorder=3)


def _draw_conditions(axes: Axes, rows: Sequence[_Row], head: float) -> None:
    """Draw a dashed line through the rows that are asked the same."""
    place = 0
    for line, group in groupby(rows, key=lambda row: row.line):
        count = len([*group])
        if line is not None:
            ends = [head + ROW * place, head + ROW * (place + count)]
            axes.plot([line, line], ends, color=TARGET, linewidth=1.2, linestyle=(0, (4, 2)))
        place += count


def _draw_scale(axes: Axes, scale: _Scale, y: float, digits: Callable[[str], str]) -> None:
    axes.plot([scale.left, scale.right], [y, y], color=MUTED, linewidth=0.8)
    step = 10 if scale.start >= 50 else 20 if scale.start % 20 == 0 else 30
    for score in range(scale.start, 101, step):
        x = scale.at(score)
        axes.plot([x, x], [y, y + 3], color=MUTED, linewidth=0.8)
        axes.text(x, y + 5, digits(str(score)), ha="center", va="top", color=MUTED, fontsize=10)


def _draw_above(axes: Axes, text: str, x: float, y: float, width: float) -> None:
    half = width_of(text) / 2
    x = min(max(x, half), width - half)
    axes.text(x, y, text, ha="center", va="baseline", color=TARGET)
