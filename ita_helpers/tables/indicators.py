"""The indicators over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

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
from ita_helpers.words.standing import mean_name

YEARS_BESIDE_MEANS = 3
"""Fewer years leave room for two columns of means."""


def tabulate_indicators(data: ReportData) -> Table | Absent:
    """Return the indicators under their instruments, over up to five years, overall last."""
    assessment, framework = data.assessment, data.framework
    if not assessment.scored_indicators:
        return Absent("indicators")
    codes = [each.code for each in framework.indicators.list]
    means = dict(_means(data))
    years = data.history.years_with(codes, YEARS_SHOWN if not means else YEARS_BESIDE_MEANS)
    shows_change = data.history.previous is not None
    heads = year_heads(label("report.head.indicator"), years)
    more = [*([label("report.head.change")] if shows_change else []), *means]
    heads += tuple(Cell(each, scope="col", align="right") for each in more)
    body: list[Row] = []
    for instrument in framework.instruments.list:
        body.append(group_row(_group_name(instrument), len(heads)))
        body += [
            _indicator_row(data, each, years, shows_change) + _mean_cells(means.values(), each.code)
            for each in framework.indicators_of(instrument.code)
        ]
    body.append(_overall_row(data, years, shows_change) + _mean_cells(means.values(), "ITA"))
    return Table(
        caption=label("report.indicators.caption"),
        head=(heads,),
        body=tuple(body),
        notes=_indicator_notes(data),
    )


def _group_name(instrument: Instrument) -> str:
    return say("report.indicators.group", name=instrument.name, code=instrument.code)


def _means(data: ReportData) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """Yield the means of the nearest group and of all offices, where most indicators have one."""
    codes = [each.code for each in data.assessment.scored_indicators]

    def known(score: Callable[[int, str], Decimal | None]) -> dict[str, Decimal]:
        every = {code: score(data.fiscal_year, code) for code in (*codes, "ITA")}
        means = {code: mean for code, mean in every.items() if mean is not None}
        return means if 2 * len(means.keys() & set(codes)) >= len(codes) else {}

    near = ((mean_name(each), means) for each in data.peers if (means := known(each.score)))
    yield from islice(near, 1)
    if means := known(data.reference_score):
        yield label("report.head.national"), means


def _mean_cells(means: Iterable[Mapping[str, Decimal]], code: str) -> Row:
    return tuple(number(score_text(each.get(code))) for each in means)


def _indicator_row(
    data: ReportData, indicator: Indicator, years: Sequence[HistoryYear], shows_change: bool
) -> Row:
    return (
        Cell(say("report.indicators.row", code=indicator.code, name=indicator.name), scope="row"),
        *(
            number(score_text(year.value(indicator.code)), strong=year is data.history.current)
            for year in years
        ),
        *([number(_change(data, indicator.code))] if shows_change else []),
    )


def _overall_row(data: ReportData, years: Sequence[HistoryYear], shows_change: bool) -> Row:
    return (
        Cell(label("report.indicators.overall"), scope="row"),
        *(number(score_text(year.overall), strong=True) for year in years),
        *([number(_change(data, "ITA"))] if shows_change else []),
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
