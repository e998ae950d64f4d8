"""The measures over the months of the fiscal year they are carried out in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from matplotlib.patches import Polygon

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import WIDTH, Figure, Sheet, report_style, width_of
from ita_helpers.figures.naming import BASELINE, RowName, draw_name, fit_names, shorten
from ita_helpers.figures.palette import GRID, INK, MUTED, colour_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.periods import Window, fiscal_window, format_window, months_of
from ita_helpers.language.thai import BUDDHIST_ERA, with_numerals
from ita_helpers.records.plan import Measure
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.report_data import ReportData

MOST = 40
"""Measures: more make a chart longer than a page."""
ROW, THICK = 20.0, 12.0
"""Points that a measure and its bar take."""
HEAD, FOOT = 36.0, 4.0
"""Points above the first and below the last measure."""
NAMES = 0.32
"""Share of the width that the names may take."""
POINT = 5.0
"""Points of the tip of a bar that goes on beyond the year."""


@dataclass(frozen=True)
class _Span:
    """One measure: its number, name and period, and the instrument all its indicators are of."""

    number: int
    name: str
    window: Window
    instrument: str

    def is_outside(self, year: Window) -> bool:
        """Whether no day of it lies in the year."""
        return self.window.end < year.start or self.window.start > year.end

    def reaches_out(self, year: Window) -> bool:
        """Whether it lies in the year, but not with all its days."""
        inside = year.start <= self.window.start and self.window.end <= year.end
        return not inside and not self.is_outside(year)


@dataclass(frozen=True)
class _Months:
    """Where on the sheet, in points, the days of a fiscal year lie."""

    year: Window
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day begins, or the edge of the year it lies beyond."""
        first = self.year.start.toordinal()
        share = (day.toordinal() - first) / (self.year.end.toordinal() + 1 - first)
        return self.left + min(max(share, 0), 1) * (self.right - self.left)


def plot_measures(data: ReportData) -> Figure | Absent:
    """Return the measures as spans over the twelve months; nothing without their periods."""
    if data.plan is None:
        return Absent("plan")
    numbered = list(enumerate(data.plan.measures, start=1))
    timed = [(number, each) for number, each in numbered if each.start and each.end]
    if not timed or len(timed) > MOST:
        return Absent("periods")
    spans = [_span(data, *each) for each in timed]
    year = data.fiscal_year + 1
    window = fiscal_window(year)
    facts = {
        "year": year,
        "count": len(spans),
        "outside": [str(each.number) for each in spans if each.is_outside(window)],
        "beyond": [str(each.number) for each in spans if each.reaches_out(window)],
        "left_out": len(numbered) - len(spans),
    }
    caption = say("plan.gantt.caption", **facts)
    first = min(each.window.start for each in spans)
    last = max(each.window.end for each in spans)
    alt = say("plan.gantt.alt", first=_month(first), last=_month(last), **facts)
    with report_style(caption):
        return Figure(caption, alt, _draw(data, spans, year))


def _month(day: date) -> str:
    return format_window(day, None)


def _span(data: ReportData, number: int, measure: Measure) -> _Span:
    named = indicators_of(measure, data.assessment)
    indicators = [each for each in data.framework.indicators.list if each.code in named]
    owners = {each.instrument for each in indicators}
    codes = ", ".join(each.code for each in indicators)
    is_named = data.plan is not None and data.plan.says_aims
    other = measure.aimed_at or label("plan.general") if is_named else measure.name
    name = say("plan.gantt.row", number=number, codes=codes, name=other)
    assert measure.start and measure.end
    window = Window(measure.start, measure.end)
    return _Span(number, name, window, owners.pop() if len(owners) == 1 else "")


def _draw(data: ReportData, spans: Sequence[_Span], year: int) -> str:
    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    sheet = Sheet(WIDTH * 72, HEAD + ROW * len(spans) + FOOT)
    names = [RowName(digits(each.name), each.instrument) for each in spans]
    texts, left = fit_names(names, WIDTH * 72 * NAMES)
    months = _Months(fiscal_window(year), left, WIDTH * 72 - 1)
    _head_months(sheet, months, year, digits)
    _rule_months(sheet, months, year, [each.is_outside(months.year) for each in spans])
    for place, each in enumerate(spans):
        middle = HEAD + ROW * (place + 0.5)
        draw_name(sheet, names[place], texts[place], middle, left)
        if each.is_outside(months.year):
            said = say(
                "plan.gantt.outside", period=format_window(each.window.start, each.window.end)
            )
            text = shorten(digits(said), months.right - left)
            sheet.text(left, middle + BASELINE, text, color=INK)
        else:
            _draw_bar(sheet, months, each, middle)
    return sheet.to_svg()


def _draw_bar(sheet: Sheet, months: _Months, span: _Span, middle: float) -> None:
    """Draw a period; an end beyond the year is a tip."""
    start, end = span.window.start, span.window.end
    left, right = months.at(start), months.at(end + timedelta(days=1))
    half = THICK / 2
    tip = min(POINT, right - left)
    tip_left = tip if start < months.year.start else 0
    tip_right = tip if end > months.year.end else 0
    upper = [(left + tip_left, middle - half), (right - tip_right, middle - half)]
    lower = [(right - tip_right, middle + half), (left + tip_left, middle + half)]
    corners = [*upper, (right, middle), *lower, (left, middle)]
    sheet.add_artist(Polygon(corners, facecolor=colour_of(span.instrument), linewidth=0))


def _head_months(sheet: Sheet, months: _Months, year: int, digits: Callable[[str], str]) -> None:
    """Write the months, and the two calendar years over their first ones."""
    named = months_of(year)
    wide = (months.right - months.left) / len(named)
    size = 11 if max(width_of(name) for name, _ in named) < wide - 2 else 10
    for name, day in named:
        left = months.at(day)
        sheet.text(left + wide / 2, HEAD - 6, name, ha="center", fontsize=size)
        if day.month == 1 or day == months.year.start:
            text = digits(str(day.year + BUDDHIST_ERA))
            sheet.text(left, HEAD - 23, text, color=MUTED)


def _rule_months(sheet: Sheet, months: _Months, year: int, are_outside: Sequence[bool]) -> None:
    """Draw a line before each month, but none through the words of a row."""
    places = [months.at(day) for _, day in months_of(year)] + [months.right]
    top = HEAD
    for is_outside, rows in groupby(are_outside):
        bottom = top + ROW * len([*rows])
        if not is_outside:
            for x in places:
                sheet.plot([x, x], [top, bottom], color=GRID, linewidth=1, zorder=0)
        top = bottom
