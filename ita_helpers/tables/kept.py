"""The unremarkable indicators in one table: what each asks, its score and what to keep up."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_score
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.remarkable import find_unremarkable, limit_of
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import change_mark, change_notes, score_text
from ita_helpers.words.phrases import name_subject

COLUMNS: dict[str, Align] = {
    "indicator": "left",
    "asks": "left",
    "score": "right",
    "change": "right",
    "keep": "left",
}


def tabulate_kept(data: ReportData) -> Table | Absent:
    """Return a row for each indicator without a finding, in their order.

    A column of which nothing is known is left out.
    """
    indicators = find_unremarkable(data)
    if not indicators:
        return Absent("unremarkable")
    rows = [_row(data, each) for each in indicators]
    shown = [place for place, _ in enumerate(COLUMNS) if any(row[place].text for row in rows)]
    names, aligns = tuple(COLUMNS), tuple(COLUMNS.values())
    heads = (label(f"report.head.{names[place]}") for place in shown)
    has_change = any(row[names.index("change")].text for row in rows)
    return Table(
        caption=label("report.kept.caption"),
        head=(head_row(*heads, aligns=[aligns[place] for place in shown]),),
        body=tuple(tuple(_filled(row[place]) for place in shown) for row in rows),
        notes=tuple(_notes(data, has_change)),
    )


def _notes(data: ReportData, has_change: bool) -> Iterator[str]:
    yield say("report.kept.note", limit=format_score(limit_of(data)), compared=has_change)
    if has_change:
        yield from change_notes([data.history.current])


def _row(data: ReportData, indicator: Indicator) -> Row:
    advice = data.advice.indicators.get(indicator.code) if data.advice else None
    change = data.history.change(indicator.code)
    points = format_change(change.points) + change_mark(change.verdict) if change else ""
    name = say("report.indicators.row", code=indicator.code, name=indicator.name)
    return (
        Cell(name, scope="row"),
        Cell(name_subject(data, indicator, alone=True)),
        number(score_text(data.assessment.value(indicator.code))),
        number(points),
        Cell(advice.keep if advice else ""),
    )


def _filled(cell: Cell) -> Cell:
    """Return the cell, or what stands for a value that is not known."""
    return cell if cell.text else Cell(label("words.no_data"), cell.align)
