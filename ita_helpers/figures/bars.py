"""Bar charts: scores against the target, and points lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import Figure, chart_data, new_drawing, report_style, to_svg
from ita_helpers.figures.palette import GRID, INK, TARGET, colour_of
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import with_numerals
from ita_helpers.records.rules import Indicator, Level
from ita_helpers.scoring.findings import below_target, find_highest, find_lowest, largest_losses
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.figures import write_score

BAR_HEIGHT = 0.3
"""Inches a bar takes with its distance to the next."""
THICK = 0.68
"""Share of that height which the bar fills."""
INSIDE = 0.25
"""A bar longer than this share of the width holds its text."""
NEAR_THE_EDGE = 90
"""From this many points on, the label above a line is placed to its left."""
LABEL_WIDTH = 0.36
"""Share of the width that the names take."""


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, what is written at its end, its colour."""

    name: str
    length: float
    text: str
    colour: str
    is_below: bool = False


def plot_components(data: ReportData) -> Figure | Absent:
    """Return the component scores (0 to 100 points) as bars against the target."""
    scored = _scored_components(data)
    if len(scored) < 3:
        return Absent("components")
    target = data.framework.target.every_component or data.framework.target.overall
    names = {code: data.framework.component_name(code) for code, _ in scored}
    below = [names[code] for code, value in scored if to_hundredths(value) < target]
    finding = (
        say("report.components.finding_below", names=join_names(below))
        if below
        else label("report.components.finding_all_met")
    )
    bars = [_component_bar(data, code, value, target) for code, value in scored]
    values = join_names(
        say("report.components.value", name=names[code], score=write_score(data.assessment, code))
        for code, _ in scored
    )
    return _score_figure(
        data,
        bars,
        target=target,
        caption=say("report.components.chart", finding=finding),
        alt=say("report.components.alt", values=values, target=format_score(Fraction(target))),
    )


def plot_condition(data: ReportData, level: Level) -> Figure | Absent:
    """Return the component scores as bars against what a level asks of each of them.

    Absent where it asks nothing, or not the same, of them: the chart has one line.
    """
    scored = _scored_components(data)
    asked = {level.conditions[code] for code, _ in scored if code in level.conditions}
    if len(asked) != 1 or len(scored) < 3:
        return Absent("components")
    needed = float(asked.pop())
    bars = [_component_bar(data, code, value, needed) for code, value in scored]
    facts: dict[str, object] = {
        "name": data.organisation.name,
        "level": level.name,
        "needed": format_score(Fraction(needed)),
        "below": [bar.name for bar in bars if bar.is_below],
    }
    values = [say("report.components.value", name=bar.name, score=bar.text) for bar in bars]
    return _score_figure(
        data,
        bars,
        target=needed,
        line=say("report.condition.line", **facts),
        caption=say("report.condition.chart", **facts),
        alt=say("report.condition.alt", values=join_names(values), **facts),
    )


def _scored_components(data: ReportData) -> list[tuple[str, Fraction]]:
    return [
        (code, value)
        for code in shown_components(data)
        if (value := data.assessment.value(code)) is not None
    ]


def plot_indicators(data: ReportData) -> Figure | Absent:
    """Return the indicators (0 to 100 points) as bars against the target."""
    lowest = find_lowest(data.assessment)
    if lowest is None or len(data.assessment.scored_indicators) < 3:
        return Absent("indicators")
    below = below_target(data.assessment)
    codes = join_names(each.code for each in lowest.indicators)
    finding = (
        say("report.indicators.finding_below", count=len(below))
        if below
        else say(
            "report.indicators.finding_lowest",
            code=codes,
            known_only=bool(data.assessment.missing_indicators),
            equal=lowest.is_of_all,
        )
    )
    return _indicator_figure(
        data,
        data.assessment.scored_indicators,
        caption=say("report.indicators.chart", finding=finding),
        alt_key="report.indicators.alt",
    )


def plot_instrument(data: ReportData, code: str) -> Figure | Absent:
    """Return the indicators of one instrument as bars against the target."""
    highest = find_highest(data.assessment, code)
    lowest = find_lowest(data.assessment, code)
    indicators = [i for i in data.assessment.scored_indicators if i.instrument == code]
    if highest is None or lowest is None or len(indicators) < 2:
        return Absent("instrument")
    finding = (
        say("report.instrument.finding_equal", score=format_score(lowest.score))
        if highest.score == lowest.score
        else say(
            "report.instrument.finding",
            highest=join_names(each.code for each in highest.indicators),
            lowest=join_names(each.code for each in lowest.indicators),
        )
    )
    return _indicator_figure(
        data,
        indicators,
        caption=say("report.instrument.chart", code=code, finding=finding),
        alt_key="report.instrument.alt",
        code=code,
    )


def plot_points_lost(data: ReportData) -> Figure | Absent:
    """Return the points each indicator leaves open, the largest first."""
    losses = largest_losses(data.assessment)
    if len(losses) < 3:
        return Absent("losses")
    total = sum((loss.points for loss in losses), Fraction(0))
    complete = not data.assessment.missing_indicators
    largest = [each.indicator.code for each in losses if each.points == losses[0].points]
    first = join_names(largest)
    caption = (
        say(
            "report.points_lost.chart",
            code=first,
            share=format_score(losses[0].points * 100 / total),
        )
        if complete
        else say("report.points_lost.chart_some", code=first)
    )
    values = join_names(
        say("report.points_lost.value", code=loss.indicator.code, points=format_score(loss.points))
        for loss in losses
    )
    bars = [
        Bar(
            name=_indicator_name(loss.indicator),
            length=float(loss.points),
            text=format_score(loss.points),
            colour=colour_of(loss.indicator.instrument),
        )
        for loss in losses
    ]
    return _figure(
        data,
        bars,
        top=float(losses[0].points) * 1.12,
        target=None,
        caption=caption,
        alt=say("report.points_lost.alt", values=values),
        heads=("indicator", "lost"),
    )


def _indicator_figure(
    data: ReportData,
    indicators: Sequence[Indicator],
    *,
    caption: str,
    alt_key: str,
    **facts: str,
) -> Figure:
    target = data.framework.target.overall
    scored = [
        (each, value)
        for each in indicators
        if (value := data.assessment.value(each.code)) is not None
    ]
    bars = [
        _score_bar(data, _indicator_name(each), value, each.instrument, target=target)
        for each, value in scored
    ]
    values = join_names(
        say("report.indicators.value", code=each.code, name=each.name, score=format_score(value))
        for each, value in scored
    )
    alt = say(alt_key, values=values, target=format_score(Fraction(target)), **facts)
    return _score_figure(data, bars, target=target, caption=caption, alt=alt)


def _indicator_name(indicator: Indicator) -> str:
    return say("report.indicators.row", code=indicator.code, name=indicator.name)


def _component_bar(data: ReportData, code: str, value: Fraction, target: float) -> Bar:
    bar = _score_bar(data, data.framework.component_name(code), value, code, target=target)
    return replace(bar, text=write_score(data.assessment, code))


def _score_bar(data: ReportData, name: str, value: Fraction, code: str, *, target: float) -> Bar:
    owner = data.framework.part_owner(code)
    return Bar(
        name=name,
        length=float(value),
        text=format_score(value),
        colour=colour_of(owner.code if owner else code),
        is_below=to_hundredths(value) < target,
    )


def _score_figure(
    data: ReportData,
    bars: Sequence[Bar],
    *,
    target: float,
    caption: str,
    alt: str,
    line: str = "",
) -> Figure:
    return _figure(data, bars, top=101, target=target, caption=caption, alt=alt, line=line)


def _figure(
    data: ReportData,
    bars: Sequence[Bar],
    *,
    top: float,
    target: float | None,
    caption: str,
    alt: str,
    heads: Sequence[str] = ("what", "score"),
    line: str = "",
) -> Figure:
    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    room = 0.34 if target is not None else 0.1
    height = BAR_HEIGHT * len(bars) + room
    with report_style(caption):
        drawing = new_drawing(height)
        axes = drawing.add_axes((LABEL_WIDTH, 0.0, 1 - LABEL_WIDTH, 1 - room / height))
        _draw_bars(axes, [(bar, digits(bar.name), digits(bar.text)) for bar in bars], top)
        if target is not None:
            text = line or f"{label('words.target')} {format_score(Fraction(target))}"
            _draw_target(axes, target, digits(text), len(bars))
        rows = [(bar.name, bar.text) for bar in bars]
        heads = [label(f"report.head.{key}") for key in heads]
        figures = chart_data(caption, heads, rows)
        return Figure(caption, alt, to_svg(drawing), figures)


def _draw_bars(axes: Axes, bars: Sequence[tuple[Bar, str, str]], top: float) -> None:
    """Draw bars with their text: at the foot of a long bar, clear of the target's line."""
    axes.set_axis_off()
    axes.set_xlim(0, top)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    for place, (bar, name, text) in enumerate(bars):
        inside = bar.length > top * INSIDE
        corner = (0, place - THICK / 2)
        drawn = Rectangle(corner, bar.length, THICK, facecolor=bar.colour, clip_on=False)
        axes.add_artist(drawn)
        axes.text(-top * 0.012, place, name, ha="right", va="center", clip_on=False)
        axes.text(
            top * 0.015 if inside else bar.length + top * 0.012,
            place,
            text,
            ha="left",
            va="center",
            weight="bold" if bar.is_below else "normal",
            color="white" if inside else INK,
            clip_on=False,
        )
    axes.plot([0, 0], [-0.5, len(bars) - 0.5], color=GRID, linewidth=1, clip_on=False)


def _draw_target(axes: Axes, target: float, text: str, count: int) -> None:
    axes.plot(
        [target, target],
        [-0.5, count - 0.5],
        color=TARGET,
        linewidth=1.2,
        linestyle=(0, (4, 2)),
        clip_on=False,
    )
    side = "right" if target > NEAR_THE_EDGE else "center"
    axes.text(target, -0.62, text, ha=side, va="bottom", color=TARGET, clip_on=False)
