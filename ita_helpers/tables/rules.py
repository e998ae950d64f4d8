"""The rules of the year: instruments, indicators and weights; levels with both conditions."""

from __future__ import annotations

from fractions import Fraction

from ita_helpers.faces.table import Cell, Row, Table, head_row
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Instrument, Level
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.rules import confirmation_of, describe_further


def tabulate_rules(data: ReportData) -> Table:
    """Return instruments with their indicators and weights; an instrument spans its rows."""
    framework = data.framework
    weights_year = framework.year_of("instruments", "indicators")
    heads = (
        label("report.head.instrument"),
        label("report.head.weight"),
        label("report.head.indicator"),
    )
    return Table(
        caption=say("report.rules.caption", year=weights_year),
        head=(head_row(*heads, aligns=("left", "center", "left")),),
        body=tuple(
            row for each in framework.instruments.list for row in _instrument_rows(data, each)
        ),
        notes=(*_confirmation(data), *_remarks(data)),
    )


def tabulate_levels(data: ReportData) -> Table:
    """Return the levels from the highest down, with what each asks of which scores."""
    framework = data.framework
    heads = [label("report.head.level"), label("report.head.overall_condition")]
    if framework.levels.components:
        heads.append(label("report.head.component_condition"))
    if _has_further(framework):
        heads.append(label("report.head.further_condition"))
    return Table(
        caption=say("report.rules.levels_caption", year=framework.year_of("levels")),
        head=(head_row(*heads),),
        body=tuple(_level_row(data, each) for each in framework.levels.list),
        notes=(*_level_notes(data), *_confirmation(data)),
    )


def _instrument_rows(data: ReportData, instrument: Instrument) -> list[Row]:
    indicators = data.framework.indicators_of(instrument.code)
    name = say("words.instrument", name=instrument.name, code=instrument.code)
    parts = join_names(
        f"{part.name} {say('report.method.weight', code='', weight=part.weight).strip()}"
        for part in instrument.parts
    )
    spanned = (
        Cell(
            say("report.rules.divided", name=name, parts=parts) if parts else name,
            scope="rowgroup",
            rowspan=len(indicators),
        ),
        Cell(str(instrument.weight), align="center", rowspan=len(indicators)),
    )
    cells = [
        Cell(say("report.indicators.row", code=each.code, name=each.name)) for each in indicators
    ]
    return [(*(spanned if place == 0 else ()), cell) for place, cell in enumerate(cells)]


def _level_row(data: ReportData, level: Level) -> Row:
    cells = [Cell(level.name, scope="row"), Cell(_overall_condition(data, level))]
    if data.framework.levels.components:
        cells.append(Cell(_component_condition(data, level)))
    if _has_further(data.framework):
        further = describe_further(data.framework, level)
        cells.append(Cell(further or label("report.rules.any")))
    return tuple(cells)


def _has_further(framework: Framework) -> bool:
    return any(each.at_least for each in framework.levels.list)


def _overall_condition(data: ReportData, level: Level) -> str:
    """Write a band where only the overall score tells two levels apart."""
    above = [each for each in data.framework.levels.list if each.overall > level.overall]
    if not above:
        return say("report.rules.at_least", points=_points(level.overall))
    if level.overall == 0:
        return say("report.rules.below", points=_points(above[-1].overall))
    if len(level.conditions) > 1 or any(
        each.overall == level.overall and each != level for each in data.framework.levels.list
    ):
        return say("report.rules.at_least", points=_points(level.overall))
    top = format_score(Fraction(above[-1].overall) - Fraction(1, 100))
    return say("report.rules.between", low=_points(level.overall), high=top)


def _component_condition(data: ReportData, level: Level) -> str:
    if level.every_component:
        return say("report.rules.at_least", points=_points(level.every_component))
    stricter = [
        each
        for each in data.framework.levels.list
        if each.overall == level.overall and len(each.conditions) > 1
    ]
    if stricter and stricter[-1].every_component and not stricter[-1].at_least:
        return say("report.rules.some_below", points=_points(stricter[-1].every_component))
    return label("report.rules.any")


def _level_notes(data: ReportData) -> list[str]:
    framework = data.framework
    target = framework.target
    notes = [
        say(
            "report.rules.target",
            overall=_points(target.overall),
            component=_points(target.every_component) if target.every_component else "",
            set_by=target.set_by,
        )
    ]
    if framework.levels.components:
        names = join_names(framework.component_name(code) for code in framework.levels.components)
        notes.append(say("report.rules.components", names=names))
    doubtful = [each.name for each in data.assessment.verdict.possible if each.caveat]
    if doubtful:
        notes.append(say("report.rules.caveat", name=join_names(doubtful)))
    return notes


def _remarks(data: ReportData) -> list[str]:
    return [label("report.rules.own")] if data.own_framework else []


def _confirmation(data: ReportData) -> list[str]:
    """Return the document that confirms the rules, the only source an office can vouch for."""
    confirmed = data.framework.confirmed_by
    return [say("report.rules.confirmed", by=confirmation_of(confirmed))] if confirmed else []


def _points(value: float) -> str:
    return format_score(Fraction(value))
