"""Scores of components and indicators against what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.alternative import as_written, call_indicators, tell_extremes
from ita_helpers.figures.dots import Dot, draw_dots
from ita_helpers.figures.drawing import Figure
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Indicator, Level
from ita_helpers.scoring.findings import find_highest, find_lowest
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.figures import write_score

FEWEST = 3
"""Fewer scores need no chart."""


def plot_components(data: ReportData) -> Figure | Absent:
    """Return the component scores (0 to 100 points) as dots against the target."""
    target = data.framework.target.every_component or data.framework.target.overall
    dots = _component_dots(data, Fraction(target))
    if len(dots) < FEWEST:
        return Absent("components")
    below = [dot.name for dot in dots if dot.is_below]
    finding = (
        say("report.components.finding_below", names=join_names(below))
        if below
        else label("report.components.finding_all_met")
    )
    return draw_dots(
        dots,
        caption=say("report.components.chart", finding=finding),
        alt=say(
            "report.components.alt",
            finding=finding,
            target=format_score(Fraction(target)),
            extremes=_extremes(dots),
        ),
        numerals=data.numerals,
        line=_target_line(target),
    )


def plot_condition(data: ReportData, level: Level) -> Figure | Absent:
    """Return the component scores as dots against what a level asks of each of them.

    Absent where it asks nothing, or not the same, of them: the chart has one line.
    """
    scored = _scored_components(data)
    asked = {level.conditions[code] for code in scored if code in level.conditions}
    if len(asked) != 1 or len(scored) < FEWEST:
        return Absent("components")
    needed = Fraction(asked.pop())
    dots = _component_dots(data, needed)
    facts: dict[str, object] = {
        "name": data.organisation.name,
        "level": level.name,
        "needed": format_score(needed),
        "below": [dot.name for dot in dots if dot.is_below],
    }
    return draw_dots(
        dots,
        caption=say("report.condition.chart", **facts),
        alt=say("report.condition.alt", extremes=_extremes(dots), **facts),
        numerals=data.numerals,
        line=say("report.condition.line", **facts),
    )


def _component_dots(data: ReportData, asked: Fraction) -> list[Dot]:
    """Return the components that have a score, each asked the same (points)."""
    return [
        Dot(
            name=data.framework.component_name(code),
            value=value,
            text=write_score(data.assessment, code),
            asked=asked,
            instrument=_instrument(data, code),
        )
        for code, value in _scored_components(data).items()
    ]


def _scored_components(data: ReportData) -> dict[str, Fraction]:
    return {
        code: value
        for code in shown_components(data)
        if (value := data.assessment.value(code)) is not None
    }


def _instrument(data: ReportData, code: str) -> str:
    owner = data.framework.part_owner(code)
    return owner.code if owner else code


def plot_indicators(data: ReportData) -> Figure | Absent:
    """Return the indicators (0 to 100 points) as dots against the target."""
    lowest = find_lowest(data.assessment)
    if lowest is None or len(data.assessment.scored_indicators) < FEWEST:
        return Absent("indicators")
    dots = _indicator_dots(data, data.assessment.scored_indicators)
    below = [dot for dot in dots if dot.is_below]
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
    caption = say("report.indicators.chart", finding=finding)
    return _indicator_figure(data, data.assessment.scored_indicators, caption)


def plot_instrument(data: ReportData, code: str) -> Figure | Absent:
    """Return the indicators of one instrument as dots against the target."""
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
    caption = say("report.instrument.chart", code=code, finding=finding)
    return _indicator_figure(data, indicators, caption, instrument=code)


def _indicator_figure(
    data: ReportData, indicators: Sequence[Indicator], caption: str, instrument: str = ""
) -> Figure:
    dots = _indicator_dots(data, indicators)
    scored = list(zip(indicators, dots, strict=True))
    alt = say(
        "report.indicators.alt",
        instrument=instrument,
        below=[each.code for each, dot in scored if dot.is_below],
        known_only=not instrument and bool(data.assessment.missing_indicators),
        target=format_score(data.target),
        extremes=tell_extremes(
            [as_written(each.code, dot.value) for each, dot in scored if dot.value is not None],
            call_indicators,
        ),
    )
    return draw_dots(
        dots,
        caption=caption,
        alt=alt,
        numerals=data.numerals,
        line=_target_line(data.framework.target.overall),
        has_codes=not instrument,
    )


def _indicator_dots(data: ReportData, indicators: Sequence[Indicator]) -> list[Dot]:
    return [
        Dot(
            name=say("report.indicators.row", code=each.code, name=each.name),
            value=value,
            text=format_score(value),
            asked=data.target,
            instrument=each.instrument,
        )
        for each in indicators
        if (value := data.assessment.value(each.code)) is not None
    ]


def _extremes(dots: Sequence[Dot]) -> str:
    return tell_extremes([(dot.name, dot.value, dot.text) for dot in dots if dot.value is not None])


def _target_line(points: float) -> str:
    return f"{label('words.target')} {format_score(Fraction(points))}"
