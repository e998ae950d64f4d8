"""The components of the level, this year and over the years."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import (
    Cell,
    Row,
    Table,
    head_row,
    number,
)
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.scores import told_by
from ita_helpers.scoring.readings import Reading
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.years import YEARS_SHOWN, score_text, year_heads
from ita_helpers.words.bottom_line import shown_components
from ita_helpers.words.figures import said_by


def tabulate_components(data: ReportData) -> Table | Absent:
    """Return the component scores as published or computed, against the target."""
    codes = shown_components(data)
    readings = [data.assessment.reading(code) for code in codes]
    if all(reading.value is None for reading in readings):
        return Absent("components")
    heads = ("component", "score", "against_target", "remark")
    notes = (label("report.components.computed_note"),) if _any_computed(readings) else ()
    return Table(
        caption=label("report.components.caption"),
        head=(
            head_row(
                *(label(f"report.head.{key}") for key in heads),
                aligns=("left", "right", "right", "left"),
            ),
        ),
        body=tuple(_component_row(data, reading) for reading in readings),
        notes=notes,
    )


def _any_computed(readings: Sequence[Reading]) -> bool:
    return any(reading.is_computed for reading in readings)


def _component_row(data: ReportData, reading: Reading) -> Row:
    name = Cell(component_label(data, reading.code), scope="row")
    if reading.value is None:
        within = data.assessment.range(reading.code)
        bounded = within.low > 0 or within.high < 100
        text = say(
            "report.components.not_published",
            low=format_score(within.low) if bounded else "",
            high=format_score(within.high),
        )
        return (name, number(label("words.no_data")), number(""), Cell(text if bounded else ""))
    score, gap = format_score(reading.value), _gap(data, reading)
    return (name, number(score), number(gap), Cell(_origin(data, reading)))


def _origin(data: ReportData, reading: Reading) -> str:
    """Say whether a score was published, computed, or published as weighted points."""
    if reading.is_computed:
        return label("report.components.computed")
    if reading.weighted is None:
        score = data.assessment.scores.scores.get(reading.code)
        return said_by(told_by(score.status if score else ""))
    within = data.assessment.range(reading.code)
    return say(
        "report.components.weighted",
        points=format_score(reading.weighted.points),
        weight=reading.weighted.weight,
        low=format_score(within.low),
        high=format_score(within.high),
    )


def component_label(data: ReportData, code: str) -> str:
    """Return the name a component is shown under."""
    names = {each.code: each.name for each in data.framework.instruments.list}
    if code in names:
        return say("words.instrument", name=names[code], code=code)
    return data.framework.component_name(code)


def _gap(data: ReportData, reading: Reading) -> str:
    target = data.framework.target
    asked = Fraction(target.every_component or target.overall)
    if reading.value is None:
        return ""
    gap = Fraction(to_hundredths(reading.value)) - asked
    if gap == 0:
        return label("report.components.equal")
    return say(
        "report.components.above" if gap > 0 else "report.components.below",
        gap=format_score(abs(gap)),
    )


def tabulate_component_history(data: ReportData) -> Table | Absent:
    """Return the components over up to five years."""
    codes = shown_components(data)
    years = data.history.years_with(codes, YEARS_SHOWN)
    if len(years) < 2:
        return Absent("history")
    return Table(
        caption=label("report.history.components_caption"),
        head=(year_heads(label("report.head.component"), years),),
        body=tuple(
            (
                Cell(component_label(data, code), scope="row"),
                *(number(score_text(year.value(code))) for year in years),
            )
            for code in codes
            if any(year.value(code) is not None for year in years)
        ),
    )
