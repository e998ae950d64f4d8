"""The radar: all indicators at one glance, drawn with plain lines.

Plain lines instead of matplotlib's polar axes: a quarter of the time and no text it cannot place.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import cos, pi, sin

from matplotlib.axes import Axes

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import Figure, chart_data, new_drawing, report_style, to_svg
from ita_helpers.figures.palette import GRID, INK, TARGET, colour_of
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.language.thai import with_numerals
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.findings import Extreme, find_highest, find_lowest
from ita_helpers.scoring.report_data import ReportData

RINGS = (20, 40, 60, 80, 100)


def plot_radar(data: ReportData) -> Figure | Absent:
    """Return all indicators (0 to 100 points) on a radar with the target as a ring."""
    assessment = data.assessment
    indicators = assessment.framework.indicators.list
    lowest = find_lowest(assessment)
    if lowest is None or assessment.missing_indicators or len(indicators) < 3:
        return Absent("indicators")
    caption = say("report.indicators.radar", finding=_finding(assessment, lowest))
    values = {
        each.code: value
        for each in indicators
        if (value := assessment.value(each.code)) is not None
    }
    heads = [label(f"report.head.{key}") for key in ("indicator", "score")]
    rows = [(_name(each), format_score(values[each.code])) for each in indicators]
    return Figure(
        caption,
        _describe(values, data.framework.target.overall),
        _draw(data, values, caption),
        chart_data(caption, heads, rows),
    )


def _finding(assessment: Assessment, lowest: Extreme) -> str:
    """Say which indicator is lowest, or that all are equal."""
    highest = find_highest(assessment)
    if highest is not None and highest.score == lowest.score:
        return say("report.indicators.all_equal", score=format_score(lowest.score))
    codes = join_names(each.code for each in lowest.indicators)
    return say("report.indicators.radar_lowest", code=codes)


def _describe(values: Mapping[str, Fraction], target: float) -> str:
    """Describe the figures for readers who cannot see the chart."""
    said = (
        say("report.points_lost.value", code=code, points=format_score(value))
        for code, value in values.items()
    )
    facts = {"values": join_names(said), "target": format_score(Fraction(target))}
    return say("report.indicators.radar_alt", **facts)


def _name(indicator: Indicator) -> str:
    return say("report.indicators.row", code=indicator.code, name=indicator.name)


def _draw(data: ReportData, values: Mapping[str, Fraction], salt: str) -> str:
    """Return the drawing as SVG."""
    target, indicators = data.framework.target.overall, data.framework.indicators.list
    with report_style(salt):
        drawing = new_drawing(3.5)
        axes = drawing.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(-290, 290)
        axes.set_ylim(-161, 161)
        _draw_grid(axes, len(indicators), target)
        _draw_scores(axes, [float(value) for value in values.values()])
        for place, each in enumerate(indicators):
            text = with_numerals(f"{_name(each)}\n{format_score(values[each.code])}", data.numerals)
            _draw_name(axes, place, len(indicators), text, colour_of(each.instrument))
        text = f"{label('words.target')} {format_score(Fraction(target))}"
        _draw_key(axes, with_numerals(text, data.numerals))
        return to_svg(drawing)


def _point(place: int, count: int, radius: float) -> tuple[float, float]:
    angle = pi / 2 - 2 * pi * place / count
    return radius * cos(angle), radius * sin(angle)


def _ring(count: int, radius: float) -> tuple[list[float], list[float]]:
    points = [_point(place, count, radius) for place in [*range(count), 0]]
    return [x for x, _ in points], [y for _, y in points]


def _draw_grid(axes: Axes, count: int, target: float) -> None:
    for radius in RINGS:
        axes.plot(*_ring(count, radius), color=GRID, linewidth=0.8)
    for place in range(count):
        x, y = _point(place, count, 100)
        axes.plot([0, x], [0, y], color=GRID, linewidth=0.8)
    axes.plot(*_ring(count, target), color=TARGET, linewidth=1.1, linestyle=(0, (4, 2)))


def _draw_scores(axes: Axes, values: list[float]) -> None:
    points = [_point(place, len(values), value) for place, value in enumerate([*values])]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    axes.fill(xs, ys, color=INK, alpha=0.12, linewidth=0)
    axes.plot([*xs, xs[0]], [*ys, ys[0]], color=INK, linewidth=1.8)


def _draw_key(axes: Axes, text: str) -> None:
    """Say in the corner what the dashed ring is."""
    axes.plot([-286, -262], [-146, -146], color=TARGET, linewidth=1.1, linestyle=(0, (4, 2)))
    axes.text(-256, -146, text, ha="left", va="center", color=TARGET)


def _draw_name(axes: Axes, place: int, count: int, text: str, colour: str) -> None:
    x, y = _point(place, count, 111)
    side = "center" if abs(x) < 12 else "left" if x > 0 else "right"
    above = "bottom" if y > 95 else "top" if y < -95 else "center"
    axes.text(x, y, text, ha=side, va=above, color=colour, multialignment=side)
