"""The measures of a plan, in the layouts that offices have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Stack, Words
from ita_helpers.faces.table import Cell, Row, Table
from ita_helpers.language.catalogue import join_names, label, say, spaced
from ita_helpers.language.periods import fiscal_window
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.measures import kinds, measure_name

Column = Callable[[Measure], str]
TYPED_NUMBER = re.compile(r"\s*\(?\d{1,2}[.)]\)?(?!\d)")
UNASKED = ("follow_up", "guideline")
"""Columns that no assessment asks for, shown only if the plan fills them in."""


def tabulate_measures(data: ReportData) -> Table | Stack | Absent:
    """Return the measures as the report's layout has them; nothing without a plan."""
    if data.plan is None:
        return Absent("plan")
    if data.layout.plan_layout == "tracking":
        return _tracking(data, data.plan)
    if data.layout.plan_layout == "one-measure":
        tables = tuple(_one_measure(data, each) for each in data.plan.measures)
        return tables[0] if len(tables) == 1 else Stack(tables)
    columns = [
        (key, read)
        for key, read in _columns(data.plan, data.layout.plan_layout)
        if key not in UNASKED or any(map(read, data.plan.measures))
    ]
    return Table(
        caption=say("plan.caption", year=data.fiscal_year + 1),
        head=(_heads([key for key, _ in columns]),),
        body=tuple(tuple(_cell(read(each)) for _, read in columns) for each in data.plan.measures),
    )


def _columns(plan: Plan, layout: str) -> Sequence[tuple[str, Column]]:
    """Return the columns of a layout, without indicators where the plan says none."""
    if plan.says_aims:
        return COLUMNS[layout]
    listed = [each for each in COLUMNS[layout] if each[0] != "indicator"]
    return [(key, _found if key == "finding" else read) for key, read in listed]


def _cell(text: str) -> Cell:
    return Cell(text or label("words.not_said"))


def _heads(keys: Sequence[str]) -> Row:
    return tuple(Cell(label(f"plan.head.{key}"), scope="col") for key in keys)


def _indicators(measure: Measure) -> str:
    if measure.aimed_at:
        return measure.aimed_at
    if measure.indicators:
        return say("plan.indicators", codes=join_names(measure.indicators))
    items = join_names(each.upper() for each in measure.items)
    return say("plan.items", codes=items) if items else label("plan.general")


def _found(measure: Measure) -> str:
    return measure.finding


def _finding(measure: Measure) -> str:
    if not measure.finding:
        return _indicators(measure)
    return say("plan.finding", indicators=_indicators(measure), finding=measure.finding)


def _numbered(lines: Sequence[str]) -> str:
    """Return numbered lines, unless they were typed with numbers."""
    if len(lines) < 2 or any(map(TYPED_NUMBER.match, lines)):
        return "\n".join(lines)
    return "\n".join(
        say("plan.step", number=number, text=line) for number, line in enumerate(lines, start=1)
    )


def _prevention(measure: Measure) -> str:
    """Return the name of a measure beside a heading that calls it one."""
    is_measure = measure.kind == kinds()[0]
    return measure.name if is_measure else measure_name(measure)


def _period(measure: Measure) -> str:
    return measure.time


COLUMNS: dict[str, tuple[tuple[str, Column], ...]] = {
    "by-measure": (
        ("measure", measure_name),
        ("finding", _finding),
        ("steps", lambda each: _numbered(each.steps)),
        ("period", _period),
        ("owners", lambda each: _numbered(each.owners)),
    ),
    "by-indicator": (
        ("indicator", _indicators),
        ("measure", measure_name),
        ("found", lambda each: each.finding),
        ("steps", lambda each: _numbered(each.steps)),
        ("period", _period),
        ("owners", lambda each: _numbered(each.owners)),
    ),
    "with-follow-up": (
        ("measure", measure_name),
        ("steps", lambda each: _numbered(each.steps)),
        ("owners", lambda each: _numbered(each.owners)),
        ("period", _period),
        ("follow_up", lambda each: each.follow_up),
    ),
}
FIELDS: tuple[tuple[str, Column], ...] = (
    ("finding", lambda each: each.finding),
    ("prevention", _prevention),
    ("steps", lambda each: _numbered(each.steps)),
    ("owners", lambda each: _numbered(each.owners)),
    ("period", _period),
    ("expected", lambda each: each.expected),
)
"""The rows under the indicator in the one-measure layout."""


def _one_measure(data: ReportData, measure: Measure) -> Table:
    facts = {"indicators": spaced(_indicators(measure)), "year": data.fiscal_year + 1}
    named = measure.aimed_at or join_names(
        say("words.indicator", code=code, name=data.framework.indicator(code).name)
        for code in measure.indicators
    )
    is_named = data.plan is not None and data.plan.says_aims
    rows = [("chosen", named or _indicators(measure))] if is_named else []
    rows += [(key, read(measure)) for key, read in FIELDS]
    return Table(
        caption=say("plan.one_caption" if is_named else "plan.caption", **facts),
        head=(_heads(["field", "content"]),),
        body=tuple(
            (Cell(label(f"plan.head.{key}"), scope="row"), _cell(text)) for key, text in rows
        ),
    )


def _tracking(data: ReportData, plan: Plan) -> Stack:
    """Return one section per instrument, and one for measures for no particular indicator."""
    if not plan.says_aims:
        caption = say("plan.caption", year=data.fiscal_year + 1)
        return Stack((_tracking_table(data, plan.measures, caption),))
    faces: list[Words | Table] = []
    for instrument in data.framework.instruments.list:
        codes = [each.code for each in data.framework.indicators_of(instrument.code)]
        measures = plan.of_indicators(codes)
        if measures:
            heading = say("plan.section", name=instrument.name, code=instrument.code)
            lead = say("plan.section_lead", code=instrument.code, count=len(measures))
            caption = say("plan.section_caption", code=instrument.code, year=data.fiscal_year + 1)
            faces += _section(data, measures, heading, lead, caption)
    general = plan.without_indicator()
    if general:
        lead = say("plan.section_general_lead", count=len(general))
        caption = say("plan.section_general_caption", year=data.fiscal_year + 1)
        faces += _section(data, general, label("plan.section_general"), lead, caption)
    return Stack(tuple(faces))


def _section(
    data: ReportData, measures: Sequence[Measure], heading: str, lead: str, caption: str
) -> list[Words | Table]:
    words = Words((lead,), heading=heading, level=3)
    return [words, _tracking_table(data, measures, caption)]


def _tracking_table(data: ReportData, measures: Sequence[Measure], caption: str) -> Table:
    guided = any(each.guideline for each in data.plan.measures) if data.plan else False
    named = data.plan is not None and data.plan.says_aims
    keys = ("weakness", *(("guideline",) if guided else ()), "measure_tracked", "owners")
    above = tuple(Cell(label(f"plan.head.{key}"), scope="col", rowspan=2) for key in keys)
    follow_up = Cell(label("plan.head.at_year_end"), scope="colgroup", colspan=2, align="center")
    below = tuple(
        Cell(label(f"plan.head.{key}"), scope="col", align="center")
        for key in ("is_done", "not_done")
    )
    return Table(
        caption=caption,
        head=((*above, follow_up), below),
        body=tuple(_tracked(data, each, guided=guided, named=named) for each in measures),
    )


def _tracked(data: ReportData, measure: Measure, *, guided: bool, named: bool) -> Row:
    """Return a measure with its outcome, which is known only at the end of its year."""
    done = measure.status == label("plan.done")
    known = bool(measure.status) and data.issued >= fiscal_window(data.fiscal_year + 1).end
    tick = label("plan.tick")
    return (
        _cell(_finding(measure) if named else measure.finding),
        *((_cell(measure.guideline),) if guided else ()),
        Cell(measure_name(measure)),
        _cell(_numbered(measure.owners)),
        Cell(tick if known and done else "", align="center"),
        Cell(tick if known and not done else "", align="center"),
    )
