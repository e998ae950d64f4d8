"""Line charts over the years: missing years are gaps, changed rules are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from matplotlib.axes import Axes

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Table
from ita_helpers.figures.drawing import Figure, chart_data, new_drawing, report_style, to_svg
from ita_helpers.figures.palette import GRID, INK, MUTED, TARGET, colour_of
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.language.thai import with_numerals
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.history import HistoryYear
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import YEARS_SHOWN, change_mark

FEWEST = 3
"""With only two numbers no chart is needed."""


def plot_overall_history(data: ReportData) -> Figure | Absent:
    """Return the overall score (points) by fiscal year (B.E.) with the target."""
    years = [year for year in data.history.years if year.overall is not None]
    if len(years) < FEWEST:
        return Absent("history")
    target = data.framework.target.overall
    caption = say("report.history.overall_chart", **_span(years), finding=_overall_finding(data))
    figures = _figures(years, {"ITA": label("words.overall")}, caption)
    broken = [year.fiscal_year for year in years[1:] if _breaks(year)]
    alt = say(
        "report.history.overall_alt",
        values=join_names(_value(year, "ITA") for year in years),
        target=format_score(Fraction(target)),
        breaks=join_names(str(year) for year in broken),
    )
    with report_style(caption):
        drawing = new_drawing(2.5)
        axes = drawing.add_axes((0.09, 0.13, 0.88, 0.80))
        _prepare(axes, data, years, low=_low(data, years, ["ITA"]), target=target)
        _draw_line(axes, data, years, "ITA", INK, labels="all")
        _draw_breaks(axes, years)
        return Figure(caption, alt, to_svg(drawing), figures)


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
    caption = say("report.history.components_chart", **_span(years), finding=finding)
    values = join_names(
        say(
            "report.history.component_value",
            name=code,
            values=" ".join(_value(y, code) for y in years if y.value(code) is not None),
        )
        for code in codes
    )
    alt = say("report.history.components_alt", values=values)
    figures = _figures(years, {code: code for code in codes}, caption)
    with report_style(caption):
        drawing = new_drawing(2.6)
        axes = drawing.add_axes((0.09, 0.12, 0.74, 0.84))
        _prepare(
            axes, data, years, low=_low(data, years, codes), target=data.framework.target.overall
        )
        for code in codes:
            _draw_line(axes, data, years, code, colour_of(code), labels="none")
        _draw_line_ends(axes, data, years, codes)
        return Figure(caption, alt, to_svg(drawing), figures)


def plot_indicator_history(data: ReportData) -> Figure | Absent:
    """Return one small line chart an indicator over up to five years."""
    indicators = data.assessment.scored_indicators
    codes = [each.code for each in indicators]
    years = data.history.years_with(codes, YEARS_SHOWN)
    if len(years) < FEWEST or not indicators:
        return Absent("history")
    caption = say(
        "report.history.indicators_chart", **_span(years), finding=_indicator_finding(data)
    )
    values = join_names(
        say(
            "report.history.indicator_value",
            code=code,
            first=format_score(known[0]),
            last=format_score(known[-1]),
        )
        for code in codes
        if (known := [v for year in years if (v := year.value(code)) is not None])
    )
    alt = say("report.history.indicators_alt", values=values)
    names = {
        each.code: say("report.indicators.row", code=each.code, name=each.name)
        for each in indicators
    }
    figures = _figures(years, names, caption)
    columns = 5
    rows = -(-len(indicators) // columns)
    low = _low(data, years, codes)
    with report_style(caption):
        drawing = new_drawing(1.25 * rows)
        for place, indicator in enumerate(indicators):
            row, column = divmod(place, columns)
            axes = drawing.add_axes(
                (column / columns + 0.008, 1 - (row + 1) / rows + 0.05, 0.184, 1 / rows - 0.07)
            )
            _draw_small(axes, data, years, indicator.code, indicator.instrument, low)
        return Figure(caption, alt, to_svg(drawing), figures)


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


def _span(years: Sequence[HistoryYear]) -> dict[str, int]:
    return {"first": years[0].fiscal_year, "last": years[-1].fiscal_year}


def _value(year: HistoryYear, code: str) -> str:
    value = year.value(code)
    return say(
        "report.history.value",
        year=year.fiscal_year,
        score=format_score(value) if value is not None else label("words.no_data"),
    )


def _breaks(year: HistoryYear) -> bool:
    return year.since_previous == "broken"


def _overall_finding(data: ReportData) -> str:
    change = data.history.change("ITA")
    overall = data.history.current.overall
    if change is None:
        return (
            say("report.history.finding_latest", score=format_score(overall))
            if overall is not None
            else label("words.no_data")
        )
    points = to_hundredths(change.points)
    key = "rose" if points > 0 else "fell" if points < 0 else "steady"
    return say(
        f"report.history.finding_{key}",
        points=format_score(abs(points)),
        mark=change_mark(change.verdict),
    )


def _indicator_finding(data: ReportData) -> str:
    changes = [
        change
        for each in data.assessment.scored_indicators
        if (change := data.history.change(each.code)) is not None
    ]
    lowest = find_lowest(data.assessment)
    if not changes and lowest is not None:
        codes = join_names(each.code for each in lowest.indicators)
        return say("report.history.indicator_latest", code=codes)
    worst = min(changes, key=lambda change: change.points)
    if to_hundredths(worst.points) >= 0:
        return label("report.history.indicator_none_fell")
    return say(
        "report.history.indicator_fell",
        code=join_names(each.code for each in changes if each.points == worst.points),
        points=format_score(abs(worst.points)),
        mark=change_mark(worst.verdict),
    )


def _low(data: ReportData, years: Sequence[HistoryYear], codes: Sequence[str]) -> float:
    """Return where the scale begins: a ten below every value and the target."""
    values = [float(v) for year in years for code in codes if (v := year.value(code)) is not None]
    lowest = min([*values, data.framework.target.overall])
    return max(0.0, 10 * (lowest // 10) - 5)


def _prepare(
    axes: Axes, data: ReportData, years: Sequence[HistoryYear], *, low: float, target: float
) -> None:
    first, last = years[0].fiscal_year, years[-1].fiscal_year
    axes.set_axis_off()
    axes.set_xlim(first - 0.45, last + 0.45)
    axes.set_ylim(low, 103)
    axes.plot([first - 0.45, last + 0.45], [low, low], color=GRID, clip_on=False)
    marks = {year.fiscal_year: change_mark(year.since_previous) for year in years[1:]}
    for year in range(first, last + 1):
        name = f"{year}{marks.get(year, '')}"
        axes.text(
            year, low - 1, _digits(data, name), ha="center", va="top", color=MUTED, clip_on=False
        )
    axes.plot(
        [first - 0.45, last + 0.45], [target, target], color=TARGET, linewidth=1.2,
        linestyle=(0, (4, 2)),
    )  # fmt: skip
    axes.text(
        first - 0.5, target, _digits(data, format_score(Fraction(target))),
        ha="right", va="center", color=TARGET, clip_on=False,
    )  # fmt: skip


def _runs(years: Sequence[HistoryYear], code: str) -> list[list[tuple[int, float]]]:
    """Return the points of a line, cut where a year is missing or the framework changed."""
    runs: list[list[tuple[int, float]]] = []
    last: int | None = None
    for year in years:
        value = year.value(code)
        if value is None:
            continue
        if last != year.fiscal_year - 1 or _breaks(year):
            runs.append([])
        runs[-1].append((year.fiscal_year, float(value)))
        last = year.fiscal_year
    return runs


def _draw_line(
    axes: Axes,
    data: ReportData,
    years: Sequence[HistoryYear],
    code: str,
    colour: str,
    *,
    labels: str,
) -> None:
    for run in _runs(years, code):
        xs, ys = [x for x, _ in run], [y for _, y in run]
        axes.plot(xs, ys, color=colour, linewidth=2)
        axes.scatter(xs, ys, s=22, color=colour, zorder=3)
    if labels == "all":
        _draw_scores(axes, data, years, code, colour)


def _draw_scores(
    axes: Axes, data: ReportData, years: Sequence[HistoryYear], code: str, colour: str
) -> None:
    """Write each score over its point, or under it where the line dips."""
    values = {y.fiscal_year: v for y in years if (v := y.value(code)) is not None}
    for year, value in values.items():
        beside = [values[near] for near in (year - 1, year + 1) if near in values]
        dips = bool(beside) and all(each > value for each in beside)
        axes.text(
            year, float(value) + (-1.6 if dips else 1.4), _digits(data, format_score(value)),
            ha="center", va="top" if dips else "bottom", weight="bold", color=colour,
            clip_on=False,
        )  # fmt: skip


def _draw_breaks(axes: Axes, years: Sequence[HistoryYear]) -> None:
    """Mark where a year cannot be compared with the one before."""
    bottom = axes.get_ylim()[0]
    for before, year in pairwise(years):
        if _breaks(year):
            x = (before.fiscal_year + year.fiscal_year) / 2
            axes.plot([x, x], [bottom, 100], color=MUTED, linewidth=1, linestyle=(0, (1, 2)))


def _draw_line_ends(
    axes: Axes, data: ReportData, years: Sequence[HistoryYear], codes: Sequence[str]
) -> None:
    """Write code and score beside each line's last point, kept apart."""
    last = years[-1]
    ends = sorted((float(v), code) for code in codes if (v := last.value(code)) is not None)
    low, high = axes.get_ylim()
    step = (high - low) * 0.085
    place = low - step
    for value, code in ends:
        place = max(value, place + step)
        score = last.value(code)
        text = f"{code} {format_score(score)}" if score is not None else code
        axes.text(
            last.fiscal_year + 0.12, place, _digits(data, text), ha="left", va="center",
            weight="bold", color=colour_of(code), clip_on=False,
        )  # fmt: skip


def _draw_small(
    axes: Axes,
    data: ReportData,
    years: Sequence[HistoryYear],
    code: str,
    instrument: str,
    low: float,
) -> None:
    first, last = years[0].fiscal_year, years[-1].fiscal_year
    target = data.framework.target.overall
    axes.set_axis_off()
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_ylim(low - 8, 118)
    axes.plot([first, last], [target, target], color=TARGET, linewidth=0.8, linestyle=(0, (4, 2)))
    _draw_line(axes, data, years, code, colour_of(instrument), labels="none")
    title = say("words.indicator_short", code=code)
    axes.text(first - 0.1, 118, _digits(data, title), ha="left", va="top", weight="bold")
    known = [(y.fiscal_year, v) for y in years if (v := y.value(code)) is not None]
    for (year, value), side in ((known[0], "left"), (known[-1], "right")):
        axes.text(
            year,
            low - 8,
            _digits(data, format_score(value)),
            ha=side,
            va="bottom",
            color=MUTED,
            fontsize=9.5,
            clip_on=False,
        )
