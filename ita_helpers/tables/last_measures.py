"""How the scores that last year's measures aimed at have changed; no cause is claimed."""

from __future__ import annotations

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_score
from ita_helpers.records.plan import Measure
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import find_change
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.measures import measure_name


def tabulate_last_measures(data: ReportData) -> Table | Absent:
    """Return the measures of last year's plan beside the change in the scores each aimed at."""
    if data.last_plan is None or data.history.previous is None:
        return Absent("last_plan")
    heads = ("measure", "status", "aimed_at")
    shown = {code for each in data.last_plan.measures for code in _aimed_at(data, each)}
    changes = (find_change(data.assessment, data.history, code) for code in shown)
    is_marked = any(each and each.change.verdict == "changed" for each in changes)
    return Table(
        caption=say("plan.last.caption", year=data.fiscal_year),
        head=(head_row(*(label(f"plan.head.{key}") for key in heads)),),
        body=tuple(_row(data, each) for each in data.last_plan.measures),
        notes=(
            *((label("report.history.change_note"),) if is_marked else ()),
            label("plan.last.note"),
        ),
    )


def _row(data: ReportData, measure: Measure) -> Row:
    codes = _aimed_at(data, measure)
    said = [_change(data, code) for code in codes]
    return (
        Cell(measure_name(measure), scope="row"),
        Cell(measure.shown_status or label("words.not_said")),
        Cell("\n".join(said) or measure.aimed_at or label("plan.last.aimless")),
    )


def _aimed_at(data: ReportData, measure: Measure) -> list[str]:
    """Return the codes a measure is for.

    These are items if the two years' rules are the same and both scores are known, else indicators,
    since items change their numbers.
    """
    known = [
        code
        for code in measure.items
        if (found := find_change(data.assessment, data.history, code))
        and found.change.verdict == "same"
    ]
    if known:
        return known
    before = data.history.previous.assessment if data.history.previous else None
    named = indicators_of(measure, before) if before else set(measure.indicators)
    return [each.code for each in data.framework.indicators.list if each.code in named]


def _change(data: ReportData, code: str) -> str:
    name = _name(data, code)
    found = find_change(data.assessment, data.history, code)
    if found is None:
        return say("plan.last.not_comparable", name=name)
    return say(
        f"plan.last.{found.kind}",
        name=name,
        previous=format_score(found.change.previous),
        current=format_score(found.change.current),
        points=format_change(found.points),
        is_marked=found.change.verdict == "changed",
    )


def _name(data: ReportData, code: str) -> str:
    if code in {each.code for each in data.framework.indicators.list}:
        indicator = data.framework.indicator(code)
        return say("words.indicator", code=code, name=indicator.name)
    return say("plan.last.item", code=code.upper())
