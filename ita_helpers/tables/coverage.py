"""Which part of the lost points the measures of a plan address."""

from __future__ import annotations

from collections.abc import Sequence

from ita_helpers.absent import Absent
from ita_helpers.assessment import Loss
from ita_helpers.catalogue import join_names, label, say
from ita_helpers.plan import Coverage, cover, indicators_of
from ita_helpers.prose import Words
from ita_helpers.report_data import ReportData
from ita_helpers.tables.table import Cell, Row, Table, head_row, number
from ita_helpers.thai import format_score, round_half_up

NAMED = 8
"""So many items or measures are named; of more their count is told."""


def coverage_of(data: ReportData) -> Coverage | None:
    """Return what the plan covers, where there is one and the indicators are all scored."""
    if data.plan is None:
        return None
    return cover(data.plan, data.assessment, data.weak_below)


def describe_coverage(data: ReportData) -> Words | Absent:
    """Return in sentences what the measures address, and what none of them does."""
    coverage = coverage_of(data)
    if coverage is None or data.plan is None:
        return Absent("coverage")
    said = [_share(coverage)]
    if coverage.uncovered:
        names = join_names(_indicator(each) for each in coverage.uncovered)
        said.append(say("plan.coverage.uncovered", names=names))
    elif coverage.lost:
        said.append(label("plan.coverage.all"))
    if coverage.lowest_uncovered:
        codes = join_names(each.code for each in coverage.lowest_uncovered)
        said.append(say("plan.coverage.lowest", codes=codes))
    if coverage.items:
        shown = [each.code.upper() for each in coverage.items[:NAMED]]
        more = len(coverage.items) - len(shown)
        said.append(say("plan.coverage.items", codes=join_names(shown), more=more))
    if coverage.aimless:
        numbers = [str(1 + data.plan.measures.index(each)) for each in coverage.aimless]
        more = max(0, len(numbers) - NAMED)
        said.append(say("plan.coverage.aimless", numbers=join_names(numbers[:NAMED]), more=more))
    return Words((data.digits(" ".join(said)),))


def tabulate_coverage(data: ReportData) -> Table | Absent:
    """Return each indicator that loses points with the measures that are for it."""
    coverage = coverage_of(data)
    if coverage is None or data.plan is None:
        return Absent("coverage")
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
    ).in_numerals(data.numerals)


def missing_elements(data: ReportData) -> list[str]:
    """Return the elements the evidence year asks for that the layout of the measures lacks."""
    if data.evidence is None:
        return []
    has = label(f"plan.elements.{data.layout.plan_layout}").split(" | ")
    return [each for each in data.evidence.required_elements if each not in has]


def _share(coverage: Coverage) -> str:
    return say(
        "plan.coverage.share",
        addressed=format_score(coverage.addressed),
        lost=format_score(coverage.lost),
        share=_per_cent(coverage),
    )


def _per_cent(coverage: Coverage) -> int:
    """Return the share in whole per cent: all only where nothing is left, none only for none."""
    rounded = int(round_half_up(coverage.share, 0))
    if coverage.uncovered:
        rounded = min(rounded, 99)
    return max(rounded, 1) if coverage.addressed else rounded


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


def _indicator(loss: Loss) -> str:
    return say(
        "plan.coverage.indicator",
        code=loss.indicator.code,
        name=loss.indicator.name,
        points=format_score(loss.points),
    )
