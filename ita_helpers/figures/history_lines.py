"""Line charts over the years: missing years are gaps, changed rules are marked.

Words and numbers have strips of their own around each plane, so that no line meets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Table
from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    Sheet,
    chart_data,
    report_style,
    width_of,
)
from ita_helpers.figures.history_findings import (
    breaks,
    extremes_of,
    find_indicators,
    find_overall,
    span_of,
    tell_indicators,
    tell_overall,
)
from ita_helpers.figures.palette import GRID, INK, MUTED, TARGET, colour_of, form_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.language.thai import with_numerals
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.history import HistoryYear
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import YEARS_SHOWN, change_mark

FEWEST = 3
"""With only two numbers no chart is needed."""
MOST = 10
"""Fiscal years that find room beside each other; the tables have all."""
SCALE = 40.0
"""Points for the numbers of a scale, at its left."""
BASELINE = 3.8
"""Points from the middle of a line of words down to the foot of its letters."""
LINE = 13.0
"""Points from one line of words to the next."""
COLUMNS = 5
"""Small charts in a row."""


@dataclass(frozen=True)
class _Plane:
    """Where on the sheet, in points, years and scores lie."""

    years: tuple[int, int]
    lowest: int
    left: float
    right: float
    top: float
    bottom: float

    def x(self, year: float) -> float:
        first, last = self.years
        return self.left + (year - first) / (last - first) * (self.right - self.left)

    def y(self, score: Fraction | float) -> float:
        share = (float(score) - self.lowest) / (100 - self.lowest)
        return self.bottom - share * (self.bottom - self.top)


def plot_overall_history(data: ReportData) -> Figure | Absent:
    """Return the overall score (points) by fiscal year (B.E.) with the target."""
    years = [year for year in data.history.last(MOST) if year.overall is not None]
    if len(years) < FEWEST:
        return Absent("history")
    caption = say("report.history.overall_chart", **span_of(years), finding=find_overall(data))
    figures = _figures(years, {"ITA": label("words.overall")}, caption)
    with report_style(caption):
        sheet = Sheet(WIDTH * 72, 180)
        plane = _plane(data, years, ["ITA"], right=WIDTH * 72 - 24, bottom=180 - 2 * LINE - 8)
        _draw_scale(sheet, data, plane)
        _draw_years(sheet, data, plane, years)
        for year in years:
            text = _digits(data, format_score(year.overall or Fraction(0)))
            y = plane.bottom + 2 * LINE + 2
            sheet.text(plane.x(year.fiscal_year), y, text, ha="center", weight="bold")
        _draw_line(sheet, plane, years, "ITA", (INK, "o"))
        _draw_breaks(sheet, plane, years)
        return Figure(caption, tell_overall(data, years), sheet.to_svg(), figures)


def plot_component_history(data: ReportData) -> Figure | Absent:
    """Return the instruments' scores by fiscal year."""
    codes = [instrument.code for instrument in data.framework.instruments.list]
    years = data.history.years_with(codes, YEARS_SHOWN)
    if len(years) < FEWEST:
        return Absent("history")
    latest = {c: v for c in codes if (v := data.history.current.value(c)) is not None}
    if not latest:
        return Absent("components")
    lowest = min(latest, key=lambda code: latest[code])
    finding = say(
        "report.history.component_finding", name=lowest, score=format_score(latest[lowest])
    )
    caption = say("report.history.components_chart", **span_of(years), finding=finding)
    alt = say(
        "report.history.components_alt",
        finding=finding,
        **span_of(years),
        extremes=extremes_of(years, {code: code for code in codes}),
        target=format_score(data.target),
    )
    figures = _figures(years, {code: code for code in codes}, caption)
    with report_style(caption):
        sheet = Sheet(WIDTH * 72, 187)
        ends = _line_ends(data, years[-1], codes)
        room = max(width_of(text, bold=True) for _, text, _ in ends) + 22
        plane = _plane(data, years, codes, right=WIDTH * 72 - room, bottom=187 - LINE - 8)
        _draw_scale(sheet, data, plane)
        _draw_years(sheet, data, plane, years)
        for code in codes:
            _draw_line(sheet, plane, years, code, (colour_of(code), form_of(code)))
        _draw_line_ends(sheet, plane, ends)
        return Figure(caption, alt, sheet.to_svg(), figures)


def plot_indicator_history(data: ReportData) -> Figure | Absent:
    """Return one small line chart an indicator over up to five years."""
    indicators = data.assessment.scored_indicators
    codes = [each.code for each in indicators]
    years = data.history.years_with(codes, YEARS_SHOWN)
    if len(years) < FEWEST or not indicators:
        return Absent("history")
    caption = say(
        "report.history.indicators_chart", **span_of(years), finding=find_indicators(data)
    )
    names = {
        each.code: say("report.indicators.row", code=each.code, name=each.name)
        for each in indicators
    }
    figures = _figures(years, names, caption)
    rows = -(-len(indicators) // COLUMNS)
    wide, high = WIDTH * 72 / COLUMNS, 90.0
    with report_style(caption):
        sheet = Sheet(WIDTH * 72, high * rows)
        for place, indicator in enumerate(indicators):
            row, column = divmod(place, COLUMNS)
            left, top = column * wide + 3, row * high
            box = (left, left + wide - 10, top + LINE + 11, top + high - LINE - 11)
            plane = _Plane(_ends(years), _lowest(data, years, codes), *box)
            _draw_small(sheet, data, plane, years, indicator)
        return Figure(caption, tell_indicators(data, years), sheet.to_svg(), figures)


def _figures(years: Sequence[HistoryYear], names: Mapping[str, str], caption: str) -> Table:
    """Return the chart's figures: a row for each line, a column for each year."""
    heads = [label("report.head.what"), *(str(year.fiscal_year) for year in years)]
    rows = [[name, *(_score_of(year, code) for year in years)] for code, name in names.items()]
    return chart_data(caption, heads, rows)


def _score_of(year: HistoryYear, code: str) -> str:
    value = year.value(code)
    return label("words.no_data") if value is None else format_score(value)


def _digits(data: ReportData, text: str) -> str:
    return with_numerals(text, data.numerals)


def _lowest(data: ReportData, years: Sequence[HistoryYear], codes: Iterable[str]) -> int:
    """Return where the scale begins: the ten below every score and the target."""
    values = [v for year in years for code in codes if (v := year.value(code)) is not None]
    return int(min([*values, data.target, Fraction(99)])) // 10 * 10


def _ends(years: Sequence[HistoryYear]) -> tuple[int, int]:
    return years[0].fiscal_year, years[-1].fiscal_year


def _plane(
    data: ReportData,
    years: Sequence[HistoryYear],
    codes: Sequence[str],
    *,
    right: float,
    bottom: float,
) -> _Plane:
    """Return the plane of a chart with a scale at its left and room for years below."""
    return _Plane(_ends(years), _lowest(data, years, codes), SCALE + 18, right, 9, bottom)


def _draw_scale(sheet: Sheet, data: ReportData, plane: _Plane) -> None:
    """Draw the target and the foot of the scale, each with its number at the left."""
    left, right = SCALE + 4, plane.right + 6
    target = plane.y(data.target)
    sheet.plot([left, right], [plane.bottom, plane.bottom], color=GRID, linewidth=1)
    sheet.plot([left, right], [target, target], color=TARGET, linewidth=1.2, linestyle=(0, (4, 2)))
    text = _digits(data, format_score(data.target))
    sheet.text(SCALE, target + BASELINE, text, ha="right", color=TARGET)
    for score in (plane.lowest, 100):
        if abs(plane.y(score) - target) > LINE:
            text = _digits(data, str(score))
            sheet.text(SCALE, plane.y(score) + BASELINE, text, ha="right", color=MUTED)


def _draw_years(
    sheet: Sheet, data: ReportData, plane: _Plane, years: Sequence[HistoryYear]
) -> None:
    """Write every year of the scale below it, marked where its rules changed."""
    marks = {year.fiscal_year: change_mark(year.since_previous) for year in years[1:]}
    first, last = plane.years
    for year in range(first, last + 1):
        text = _digits(data, f"{year}{marks.get(year, '')}")
        sheet.text(plane.x(year), plane.bottom + LINE + 1, text, ha="center", color=MUTED)


def _runs(years: Sequence[HistoryYear], code: str) -> list[list[tuple[int, float]]]:
    """Return the points of a line, cut where a year is missing or the framework changed."""
    runs: list[list[tuple[int, float]]] = []
    last: int | None = None
    for year in years:
        value = year.value(code)
        if value is None:
            continue
        if last != year.fiscal_year - 1 or breaks(year):
            runs.append([])
        runs[-1].append((year.fiscal_year, float(value)))
        last = year.fiscal_year
    return runs


def _draw_line(
    sheet: Sheet,
    plane: _Plane,
    years: Sequence[HistoryYear],
    code: str,
    look: tuple[str, str],
) -> None:
    """Draw a line with a mark at each year; ``look`` is its colour and the form of its marks."""
    colour, form = look
    for run in _runs(years, code):
        xs, ys = [plane.x(year) for year, _ in run], [plane.y(score) for _, score in run]
        named = {"color": colour, "marker": form}
        sheet.plot(xs, ys, linewidth=1.8, markersize=6, markeredgewidth=0, **named)


def _draw_breaks(sheet: Sheet, plane: _Plane, years: Sequence[HistoryYear]) -> None:
    """Mark where a year cannot be compared with the one before."""
    for before, year in pairwise(years):
        if breaks(year):
            x = plane.x((before.fiscal_year + year.fiscal_year) / 2)
            ends = [plane.bottom, plane.top]
            sheet.plot([x, x], ends, color=MUTED, linewidth=1, linestyle=(0, (1, 2)))


def _line_ends(
    data: ReportData, last: HistoryYear, codes: Sequence[str]
) -> list[tuple[Fraction, str, str]]:
    """Return score, words and code of each line that reaches the last year, the highest first."""
    known = [(v, code) for code in codes if (v := last.value(code)) is not None]
    ends = [(v, _digits(data, f"{code} {format_score(v)}"), code) for v, code in known]
    return sorted(ends, reverse=True)


def _draw_line_ends(sheet: Sheet, plane: _Plane, ends: Sequence[tuple[Fraction, str, str]]) -> None:
    """Write mark, code and score of each line beside its last point, kept apart."""
    wanted = [plane.y(value) for value, _, _ in ends]
    for y, (_, text, code) in zip(spread(wanted, plane.bottom), ends, strict=True):
        x = plane.right + 12
        look = {"color": colour_of(code), "marker": form_of(code)}
        sheet.plot([x], [y], markersize=6, markeredgewidth=0, **look)
        sheet.text(x + 7, y + BASELINE, text, weight="bold")


def spread(wanted: Sequence[float], bottom: float) -> list[float]:
    """Return the places of lines of words, in points downwards, moved apart.

    None is moved below ``bottom``.
    """
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + LINE) if places else place)
    for back in range(len(places) - 1, -1, -1):
        places[back] = min(places[back], bottom - (len(places) - 1 - back) * LINE)
    return places


def _draw_small(
    sheet: Sheet,
    data: ReportData,
    plane: _Plane,
    years: Sequence[HistoryYear],
    indicator: Indicator,
) -> None:
    """Draw one indicator: its name above, first and last score below."""
    target = plane.y(data.target)
    ends = [plane.left, plane.right]
    sheet.plot(ends, [target, target], color=TARGET, linewidth=0.8, linestyle=(0, (4, 2)))
    look = (colour_of(indicator.instrument), form_of(indicator.instrument))
    _draw_line(sheet, plane, years, indicator.code, look)
    title = _digits(data, say("words.indicator_short", code=indicator.code))
    sheet.text(plane.left, plane.top - 9, title, weight="bold")
    if width_of(title, bold=True) + width_of(indicator.instrument, size=10) + 4 < ends[1] - ends[0]:
        sheet.text(
            plane.right, plane.top - 9, indicator.instrument,
            ha="right", color=MUTED, fontsize=10,
        )  # fmt: skip
    known = [v for year in years if (v := year.value(indicator.code)) is not None]
    for value, x, side in ((known[0], plane.left, "left"), (known[-1], plane.right, "right")):
        text = _digits(data, format_score(value))
        sheet.text(x, plane.bottom + LINE + 5, text, ha=side, color=MUTED, fontsize=10)
