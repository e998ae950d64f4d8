"""The points lost as bars: a quantity, drawn from a true zero."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from matplotlib.patches import Rectangle

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    Sheet,
    chart_data,
    report_style,
    width_of,
)
from ita_helpers.figures.naming import BASELINE, RowName, draw_name, fit_names
from ita_helpers.figures.palette import MUTED, colour_of
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.language.thai import with_numerals
from ita_helpers.scoring.findings import largest_losses
from ita_helpers.scoring.readings import Loss
from ita_helpers.scoring.report_data import ReportData

ROW, THICK, EDGE = 19.0, 12.0, 2.0
"""Points that a row and its bar take, and above and below all rows."""
GAP = 5.0
"""Points from a bar to its number."""
NAMES = 0.55
"""Share of the width that names may take."""


def plot_points_lost(data: ReportData) -> Figure | Absent:
    """Return the points each indicator leaves open, the largest first."""
    losses = largest_losses(data.assessment)
    if len(losses) < 3:
        return Absent("losses")
    largest = [each.indicator.code for each in losses if each.points == losses[0].points]
    total = sum((loss.points for loss in losses), Fraction(0))
    is_whole = not data.assessment.missing_indicators
    facts = {
        "code": join_names(largest),
        "points": format_score(losses[0].points),
        "share": format_score(losses[0].points * 100 / total) if is_whole else "",
        "last": losses[-1].indicator.code,
        "least": format_score(losses[-1].points),
    }
    caption = say(f"report.points_lost.chart{'' if is_whole else '_some'}", **facts)
    rows = [(_name(loss), format_score(loss.points)) for loss in losses]
    heads = [label(f"report.head.{key}") for key in ("indicator", "lost")]
    return Figure(
        caption,
        say("report.points_lost.alt", **facts),
        _draw(data, losses, caption),
        chart_data(caption, heads, rows),
    )


def _name(loss: Loss) -> str:
    return say("report.indicators.row", code=loss.indicator.code, name=loss.indicator.name)


def _draw(data: ReportData, losses: Sequence[Loss], salt: str) -> str:
    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    names = [RowName(digits(_name(loss)), loss.indicator.instrument) for loss in losses]
    numbers = [digits(format_score(loss.points)) for loss in losses]
    with report_style(salt):
        sheet = Sheet(WIDTH * 72, ROW * len(losses) + 2 * EDGE)
        texts, left = fit_names(names, WIDTH * 72 * NAMES)
        room = WIDTH * 72 - left - GAP - max(map(width_of, numbers)) - 1
        for place, loss in enumerate(losses):
            middle = EDGE + ROW * (place + 0.5)
            draw_name(sheet, names[place], texts[place], middle, left)
            end = left + room * float(loss.points / losses[0].points)
            _draw_bar(sheet, left, end, middle, colour_of(loss.indicator.instrument))
            sheet.text(end + GAP, middle + BASELINE, numbers[place])
        bottom = EDGE + ROW * len(losses)
        sheet.plot([left, left], [EDGE, bottom], color=MUTED, linewidth=0.8)
        return sheet.to_svg()


def _draw_bar(sheet: Sheet, left: float, end: float, middle: float, colour: str) -> None:
    corner = (left, middle - THICK / 2)
    sheet.add_artist(Rectangle(corner, end - left, THICK, facecolor=colour))
