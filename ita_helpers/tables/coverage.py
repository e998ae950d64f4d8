"""How many of the lost points the measures of a plan address."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.readings import Loss
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.coverage import coverage_of, without_coverage


def tabulate_coverage(data: ReportData) -> Table | Absent:
    """Return each indicator that loses points with the measures that are for it."""
    coverage = coverage_of(data)
    if coverage is None or data.plan is None:
        return without_coverage(data)
    aims = [indicators_of(each, data.assessment) for each in data.plan.measures]
    losses = sorted(data.assessment.losses, key=lambda each: -each.points)
    heads = ("indicator", "score", "lost", "measures")
    return Table(
        caption=say("plan.coverage.caption", year=data.fiscal_year + 1),
        head=(
            head_row(
                *(label(f"plan.head.{key}") for key in heads),
                aligns=("left", "right", "right", "left"),
            ),
        ),
        body=tuple(_row(aims, each) for each in losses if each.points),
        notes=(label("plan.coverage.note"),),
    )


def _row(aims: Sequence[set[str]], loss: Loss) -> Row:
    code = loss.indicator.code
    numbers = [str(place) for place, codes in enumerate(aims, start=1) if code in codes]
    name = say("report.indicators.row", code=loss.indicator.code, name=loss.indicator.name)
    return (
        Cell(name, scope="row"),
        number(format_score(100 - loss.shortfall)),
        number(format_score(loss.points)),
        Cell(
            say("plan.coverage.numbers", numbers=", ".join(numbers))
            if numbers
            else label("plan.coverage.none")
        ),
    )
