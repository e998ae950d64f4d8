"""The measures over the months of the fiscal year they are carried out in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import Figure, new_drawing, report_style, to_svg
from ita_helpers.figures.palette import GRID, INK, MUTED, OTHER, colour_of
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.periods import fiscal_window, format_window, months_of
from ita_helpers.language.thai import BUDDHIST_ERA, with_numerals
from ita_helpers.records.plan import Measure
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.report_data import ReportData

MOST = 40
"""Measures: more make a chart longer than a page."""
ROW = 0.27
"""Inches a measure takes."""
HEAD, FOOT = 0.5, 0.34
"""Inches above the first and below the last measure."""
LABEL_WIDTH = 0.24
"""Share of the width that the names take."""


@dataclass(frozen=True)
class _Span:
    """One measure: its name, first and last day, its colour and what the colour means."""

    name: str
    start: date
    end: date
    colour: str
    meaning: str


def plot_measures(data: ReportData) -> Figure | Absent:
    """Return the measures as spans over the twelve months; nothing without their periods."""
    if data.plan is None:
        return Absent("plan")
    numbered = list(enumerate(data.plan.measures, start=1))
    dated = [(number, each) for number, each in numbered if each.start and each.end]
    if not dated or len(dated) > MOST:
        return Absent("periods")
    spans = [_span(data, number, each) for number, each in dated]
    year = data.fiscal_year + 1
    caption = say("plan.gantt.caption", year=year, count=len(spans))
    values = join_names(
        say("plan.gantt.value", name=each.name, period=format_window(each.start, each.end))
        for each in spans
    )
    left_out = len(numbered) - len(dated)
    alt = say("plan.gantt.alt", year=year, values=values, left_out=left_out)
    with report_style(caption):
        svg = _draw(data, spans, year)
    return Figure(caption, alt, svg)


def _span(data: ReportData, number: int, measure: Measure) -> _Span:
    framework = data.framework
    named = indicators_of(measure, data.assessment)
    indicators = [each for each in framework.indicators.list if each.code in named]
    owners = {each.instrument for each in indicators}
    owner = owners.pop() if len(owners) == 1 else ""
    codes = ", ".join(each.code for each in indicators)
    name = say("plan.gantt.row", number=number, codes=codes)
    assert measure.start and measure.end
    meaning = owner or label("plan.gantt.several")
    colour = colour_of(owner) if owner else OTHER
    return _Span(name, measure.start, measure.end, colour, meaning)


def _draw(data: ReportData, spans: Sequence[_Span], year: int) -> str:
    height = HEAD + ROW * len(spans) + FOOT
    drawing = new_drawing(height)
    box = (LABEL_WIDTH, FOOT / height, 1 - LABEL_WIDTH - 0.005, 1 - (HEAD + FOOT) / height)
    axes = drawing.add_axes(box)
    axes.set_axis_off()
    window = fiscal_window(year)
    first, last = window.start.toordinal(), window.end.toordinal() + 1
    axes.set_xlim(first, last)
    axes.set_ylim(len(spans) - 0.5, -0.5)
    _draw_months(axes, data, year, len(spans))
    for place, each in enumerate(spans):
        start = max(each.start.toordinal(), first)
        end = min((each.end + timedelta(days=1)).toordinal(), last)
        if end > start:
            corner = (start, place - 0.31)
            axes.add_artist(
                Rectangle(corner, end - start, 0.62, facecolor=each.colour, clip_on=False)
            )
        text = with_numerals(each.name, data.numerals)
        axes.text(first - 4, place, text, ha="right", va="center", clip_on=False)
    meanings = {each.meaning: each.colour for each in spans}
    drawing.legend(
        handles=[Patch(color=colour, label=meaning) for meaning, colour in meanings.items()],
        loc="lower right",
        ncols=len(meanings),
        frameon=False,
        borderpad=0,
        borderaxespad=0.1,
        handlelength=1.2,
    )
    return to_svg(drawing)


def _draw_months(axes: Axes, data: ReportData, year: int, count: int) -> None:
    """Draw a line before each month, its name above, and the two calendar years over them."""
    months = months_of(year)
    end = fiscal_window(year).end.toordinal() + 1
    starts = [day.toordinal() for _, day in months] + [end]
    for (name, day), left, right in zip(months, starts[:-1], starts[1:], strict=True):
        new_year = day.month == 1 or left == starts[0]
        axes.plot([left, left], [-0.5, count - 0.5], color=GRID, linewidth=1, clip_on=False)
        axes.text((left + right) / 2, -0.62, name, ha="center", va="bottom", color=INK)
        if new_year:
            text = with_numerals(str(day.year + BUDDHIST_ERA), data.numerals)
            axes.text(left + 2, -0.62 - 0.2 / ROW, text, va="bottom", color=MUTED)
    axes.plot([end, end], [-0.5, count - 0.5], color=GRID, linewidth=1, clip_on=False)
