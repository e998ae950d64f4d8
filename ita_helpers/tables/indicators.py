"""The indicators over the years."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import (
    Cell,
    Row,
    Table,
    group_row,
    number,
)
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change
from ita_helpers.records.rules import Indicator, Instrument
from ita_helpers.scoring.history import HistoryYear
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import YEARS_SHOWN, change_mark, change_notes, score_text, year_heads


def tabulate_indicators(data: ReportData) -> Table | Absent:
    """Return the indicators under their instruments, over up to five years, overall last."""
    assessment, framework = data.assessment, data.framework
    if not assessment.scored_indicators:
        return Absent("indicators")
    codes = [each.code for each in framework.indicators.list]
    years = data.history.years_with(codes, YEARS_SHOWN)
    shows_change = data.history.previous is not None
    columns = 1 + len(years) + shows_change
    heads = year_heads(label("report.head.indicator"), years)
    if shows_change:
        heads += (Cell(label("report.head.change"), scope="col", align="right"),)
    body: list[Row] = []
    for instrument in framework.instruments.list:
        body.append(group_row(_group_name(instrument), columns))
        body += [
            _indicator_row(data, each, years) for each in framework.indicators_of(instrument.code)
        ]
    body.append(_overall_row(data, years))
    return Table(
        caption=label("report.indicators.caption"),
        head=(heads,),
        body=tuple(row[:columns] for row in body),
        notes=_indicator_notes(data),
    )


def _group_name(instrument: Instrument) -> str:
    return say("report.indicators.group", name=instrument.name, code=instrument.code)


def _indicator_row(data: ReportData, indicator: Indicator, years: Sequence[HistoryYear]) -> Row:
    return (
        Cell(say("report.indicators.row", code=indicator.code, name=indicator.name), scope="row"),
        *(
            number(score_text(year.value(indicator.code)), strong=year is data.history.current)
            for year in years
        ),
        number(_change(data, indicator.code)),
    )


def _overall_row(data: ReportData, years: Sequence[HistoryYear]) -> Row:
    return (
        Cell(label("report.indicators.overall"), scope="row"),
        *(number(score_text(year.overall), strong=True) for year in years),
        number(_change(data, "ITA")),
    )


def _change(data: ReportData, code: str) -> str:
    change = data.history.change(code)
    if change is None:
        return label("words.no_data")
    return format_change(change.points) + change_mark(change.verdict)


def _indicator_notes(data: ReportData) -> tuple[str, ...]:
    component = data.framework.target.every_component or 0
    notes = [say("report.indicators.target_note", component=component)]
    if data.history.change("ITA") is not None:
        notes += change_notes([data.history.current])
    if data.assessment.missing_indicators:
        notes.append(label("report.indicators.missing_note"))
    return tuple(notes)
