"""What is to be done in the next fiscal year: indicator, score, first measure, owner, month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.faces.panel import Panel, Pointing
from ita_helpers.faces.prose import Face, Words
from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, number
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.periods import format_window
from ita_helpers.language.points import format_score
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.scoring.coverage import cover
from ita_helpers.scoring.findings import below_target
from ita_helpers.scoring.priorities import Task, find_tasks
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.measures import measure_name
from ita_helpers.words.phrases import name_indicator

SHOWN = 3
"""Rows that the page shows; the rest is counted."""
NO_BREAK = "\u00a0"
OWNERS = 2
"""Up to this many owners are named; of more, the first."""


def _say(key: str, **facts: object) -> str:
    return say(f"first_page.to_do.{key}", **facts)


def _label(key: str) -> str:
    return label(f"first_page.to_do.{key}")


def tabulate_to_do(data: ReportData) -> Panel:
    """Return the indicators to work on with their first measure, and what has none yet."""
    tasks = find_tasks(data)
    title = Words((), heading=_say("title", year=data.fiscal_year + 1), level=3)
    table = _of_tasks(tasks, data.plan) if tasks else _of_measures(data)
    faces = (title, table, _closing(data, tasks))
    return Panel("to-do", tuple(each for each in faces if each is not None))


def _of_tasks(tasks: Sequence[Task], plan: Plan | None) -> Table:
    is_compared = any(each.previous is not None for each in tasks)
    score = "score" if is_compared else "score_only"
    aligns: list[Align] = ["left", "right"]
    return Table(
        caption="",
        head=(_head("what", score, "measure", "owner", "until", aligns=aligns),),
        body=tuple(_task_row(each, plan) for each in tasks[:SHOWN]),
    )


def _task_row(task: Task, plan: Plan | None) -> Row:
    previous = format_score(task.previous) if task.previous is not None else ""
    score = _say("score", score=format_score(task.score), previous=previous)
    name = Cell(name_indicator(task.indicator), scope="row")
    if plan and not plan.names_indicators:
        return (name, number(score), Cell(label("plan.unnamed"), colspan=3))
    if not task.measures:
        return (name, number(score), Cell(_label("none"), strong=True, colspan=3))
    first, *others = task.measures
    called = measure_name(first)
    said = _say("more", measure=called, count=len(others)) if others else called
    return (name, number(score), Cell(said), *_who_and_when(first))


def _of_measures(data: ReportData) -> Table | None:
    """Return the first measures of a plan whose indicators have no score."""
    if data.plan is None or data.assessment.scored_indicators:
        return None
    rows = data.plan.measures[:SHOWN]
    return Table(
        caption="",
        head=(_head("measure", "owner", "until"),),
        body=tuple((Cell(measure_name(each), scope="row"), *_who_and_when(each)) for each in rows),
    )


def _who_and_when(measure: Measure) -> Row:
    owners, missing = measure.owners, label("words.not_said")
    many = len(owners) > OWNERS
    named = _say("owners", first=owners[0], count=len(owners) - 1) if many else join_names(owners)
    until = format_window(None, measure.end) or measure.period
    return (Cell(named or missing), Cell(until.replace(" ", NO_BREAK) or missing))


def _head(*keys: str, aligns: Sequence[Align] = ()) -> Row:
    return head_row(*(_label(f"head.{key}") for key in keys), aligns=aligns)


def _notes(data: ReportData, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield what the table leaves out, and what nobody has planned for."""
    scored = data.assessment.scored_indicators
    if not tasks and scored and not data.assessment.missing_indicators:
        yield _label("nothing")
    if not scored and data.plan is None:
        yield _label("unknown")
    if rest := tasks[SHOWN:]:
        key = "others" if below_target(data.assessment) else "others_lost"
        yield _say(key, count=len(rest), codes=[each.indicator.code for each in rest])
    if data.plan is None and not tasks:
        yield _label("no_plan")
    if items := _without_measure(data, tasks[:SHOWN]):
        yield _say("items", codes=items)


def _closing(data: ReportData, tasks: Sequence[Task]) -> Face | None:
    """Return the notes, and where all measures stand if the page shows only some."""
    notes = " ".join(_notes(data, tasks))
    measures = data.plan.measures if data.plan else ()
    shown = {id(each.measures[0]) for each in tasks[:SHOWN] if each.measures}
    left = len(measures) - (len(shown) if tasks else min(SHOWN, len(measures)))
    if left and "measures" in data.layout.parts:
        before = f"{notes} {_say('all', count=len(measures))}".strip()
        return Pointing(before, _label("table"), "measures")
    return Words((notes,), kind="ita-note") if notes else None


def _without_measure(data: ReportData, tasks: Sequence[Task]) -> list[str]:
    """Return the weak items of the indicators shown that no measure is for."""
    plan, owners = data.plan, data.framework.owners_of_items
    found = cover(plan, data.assessment, data.weak_below) if plan else None
    shown = {each.indicator.code for each in tasks if each.measures}
    items = found.items if found else ()
    return [each.code.upper() for each in items if owners.get(each.code) in shown]
