"""Tables on what became of a plan: statuses, measures, delays, obstacles, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Cell, Row, Table, head_row, left_then_right, number
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.records.plan import Measure
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.words.follow_up import FollowUpData, status_of
from ita_helpers.words.measures import measure_name


def tabulate_statuses(data: FollowUpData) -> Table | Absent:
    """Return the measures counted by status."""
    rows = [(name, str(count)) for name, count in data.statuses.items()]
    return _counts(data, "by_status", ("status", "count"), rows)


def tabulate_owners(data: FollowUpData) -> Table | Absent:
    """Return the measures of each owner, and how many of them are done."""
    return _done_of(data, "owners", lambda each: each.owners or (label("follow_up.nobody"),))


def tabulate_addressed(data: FollowUpData) -> Table | Absent:
    """Return the measures of each indicator, and how many of them are done."""
    return _done_of(data, "indicator", lambda each: _indicators(data, each))


def tabulate_tracked(data: FollowUpData) -> Table | Absent:
    """Return every measure with its period, status and result."""
    keys = ("number", "measure", "period", "status", "result")
    return _listed(data, "tracked", keys, data.numbered, lambda each: _tracked_row(data, each))


def tabulate_late(data: FollowUpData) -> Table | Absent:
    """Return the measures that were to be done by the day and are not."""
    return _listed(data, "late", ("number", "measure", "period", "owners"), data.late, _late_row)


def tabulate_obstacles(data: FollowUpData) -> Table | Absent:
    """Return what stood in the way."""
    told = [(place, each) for place, each in data.numbered if each.obstacles]
    keys = ("number", "measure", "obstacles")
    return _listed(data, "obstacles", keys, told, lambda each: (each.obstacles,))


def tabulate_evidence(data: FollowUpData) -> Table | Absent:
    """Return the documents that show what was done."""
    shown = [(place, each) for place, each in data.numbered if each.evidence]
    keys = ("number", "measure", "evidence")
    return _listed(data, "evidence", keys, shown, lambda each: (each.evidence,))


def _indicators(data: FollowUpData, measure: Measure) -> Sequence[str]:
    named = indicators_of(measure, data.result.assessment)
    is_named = data.result.plan is not None and data.result.plan.names_indicators
    return [
        say("words.indicator", code=each.code, name=each.name)
        for each in data.result.framework.indicators.list
        if each.code in named
    ] or [measure.aimed_at or label("plan.general" if is_named else "plan.unnamed")]


def _done_of(
    data: FollowUpData, key: str, read: Callable[[Measure], Sequence[str]]
) -> Table | Absent:
    groups: dict[str, list[Measure]] = {}
    for _, each in data.numbered:
        for name in read(each):
            groups.setdefault(name, []).append(each)
    done = label("plan.done")
    rows = [
        (
            name,
            str(len(group)),
            str(sum(each.status == done for each in group)),
            str(sum(data.is_late(each) for each in group)),
        )
        for name, group in groups.items()
    ]
    counted_twice = sum(map(len, groups.values())) > len(data.numbered)
    notes = (label(f"follow_up.counted_twice.{key}"),) if counted_twice else ()
    return _counts(data, f"by_{key}", (key, "count", "done", "late"), rows, notes)


def _counts(
    data: FollowUpData,
    key: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    notes: tuple[str, ...] = (),
) -> Table | Absent:
    if not rows:
        return Absent("plan")
    names = [label(f"follow_up.head.{each}") for each in heads]
    return Table(
        caption=say(f"follow_up.caption.{key}", year=data.year),
        head=(head_row(*names, aligns=left_then_right(len(heads) - 1)),),
        body=tuple((Cell(name, scope="row"), *map(number, counts)) for name, *counts in rows),
        notes=notes,
    )


def _listed(
    data: FollowUpData,
    key: str,
    heads: Sequence[str],
    measures: Iterable[tuple[int, Measure]],
    read: Callable[[Measure], Sequence[str]],
) -> Table | Absent:
    body: list[Row] = [
        (
            Cell(str(place), scope="row"),
            Cell(measure_name(each)),
            *(Cell(text or label("words.not_said")) for text in read(each)),
        )
        for place, each in measures
    ]
    if not body:
        return Absent("none" if data.numbered else "plan")
    return Table(
        caption=say(f"follow_up.caption.{key}", year=data.year),
        head=(head_row(*(label(f"follow_up.head.{each}") for each in heads)),),
        body=tuple(body),
    )


def _tracked_row(data: FollowUpData, each: Measure) -> Sequence[str]:
    status = each.shown_status or status_of(each)
    if data.is_late(each):
        status = say("follow_up.and_late", status=status)
    return each.time, status, each.result


def _late_row(each: Measure) -> Sequence[str]:
    return each.time, join_names(each.owners)
