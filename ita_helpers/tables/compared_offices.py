"""Tables that name offices: what to look after, changes, levels, components, measures, reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Panel
from ita_helpers.faces.prose import Stack, Words
from ita_helpers.faces.table import Align, Cell, Row, Table, group_row, head_row, number
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_change, format_score
from ita_helpers.records.organisation import Organisation
from ita_helpers.scoring.compared import Compared, ComparisonData
from ita_helpers.tables.comparison import DASH, MOST
from ita_helpers.words.comparison import Tell, call, call_places, call_some

ENDS = 10
"""So many offices of each end are listed by their change."""
SHOWN = 60
"""So many offices are listed by what concerns a few of them."""
Concern = tuple[str, int, str]
"""What is to be looked after, how many offices have it, and the first of them."""


def _say(key: str, **facts: object) -> str:
    return say(f"comparison.{key}", **facts)


def _label(key: str) -> str:
    return label(f"comparison.{key}")


def tabulate_to_do(data: ComparisonData) -> Panel | Absent:
    """Return what a supervisor looks after, each with how many offices and the first of them."""
    found: list[Row] = [
        (Cell(what, scope="row"), number(_say("offices", count=count)), Cell(who))
        for what, count, who in _concerns(data)
        if count
    ]
    if not found:
        return Absent("none")
    heads = [_label(f"to_do.head.{key}") for key in ("what", "count", "who")]
    title = Words((), heading=_label("to_do.title"), level=3)
    return Panel("to-do", (title, Table("", (head_row(*heads, aligns=_AFTER_NAME),), tuple(found))))


_AFTER_NAME: tuple[Align, ...] = ("left", "right")


def _concerns(data: ComparisonData) -> Iterator[Concern]:
    def those(key: str, offices: Sequence[Compared | Organisation], tell: Tell = None) -> Concern:
        return _label(f"to_do.{key}"), len(offices), call_places(data, offices, tell)

    fell = call_some(data, data.fell, lambda each: _with_change(data, each))
    yield _label("to_do.fell"), len(data.fell), fell
    yield those("level_fell", [each for each in data.moved_level if each.level_moved < 0])
    only = [each for each in data.barred if len(each.facts.barred_by) == 1]
    yield those("barred", only, lambda each: _with_component(data, each))
    for weak in data.weaknesses[:2]:
        low = sorted(weak.below, key=lambda each: each.score(weak.code) or Decimal(0))
        yield _say("to_do.weak", code=weak.code), len(low), call_some(data, low)
    yield those("late", data.late)
    yield those("overdue", [each for each in data.offices if data.overdue(each)])
    if not data.scope.published:
        yield those("missing", data.missing)
    if data.edition == "internal":
        yield those("drafts", [each for each in data.offices if each.drafts])
        yield those("unissued", [each for each in data.offices if not each.issued])
        yield those("changed", [each for each in data.offices if each.changed])


def _with_change(data: ComparisonData, each: Compared) -> str:
    name = call(data, each.office)
    return _say("to_do.change", name=name, change=format_change(each.change or Decimal(0)))


def _with_component(data: ComparisonData, each: Compared) -> str:
    component = data.framework.component_name(each.facts.barred_by[0])
    return _say("to_do.barred_by", name=call(data, each.office), component=component)


def tabulate_changes(data: ComparisonData) -> Table | Absent:
    """Return the offices whose overall score fell or rose most, each with the indicator of most."""
    if not data.changed:
        return Absent("history")
    keys = ("name", "last", "now", "change", "most")
    body: list[Row] = []
    for key, offices in (("fell", data.fell), ("rose", data.rose)):
        if offices:
            shown = offices[:ENDS]
            said = _say(f"change.{key}", count=len(shown), of=len(offices))
            body += [group_row(said, len(keys)), *(_change_row(data, each) for each in shown)]
    if not body:
        return Absent("none")
    notes = [_say("change.scope", count=len(data.changed), of=data.belonging)]
    if any(each.facts.comparable == "changed" for each in data.changed):
        notes.append(_label("rank.changed"))
    return _table(data, "change", keys, body, ("left", "right", "right", "right"), notes)


def _change_row(data: ComparisonData, each: Compared) -> Row:
    facts, change = each.facts, each.change or Decimal(0)
    last = facts.previous_overall
    mark = "*" if facts.comparable == "changed" else ""
    return (
        Cell(call(data, each.office), scope="row"),
        number(DASH if last is None else format_score(Decimal(str(last)))),
        number(DASH if each.overall is None else format_score(each.overall)),
        number(f"{format_change(change)}{mark}"),
        Cell(_most_changed(data, each, has_fallen=change < 0)),
    )


def _most_changed(data: ComparisonData, each: Compared, *, has_fallen: bool) -> str:
    """Name the indicator that changed most in the direction of the overall score."""
    codes = [indicator.code for indicator in data.framework.indicators.list]
    known = {code: each.facts.changes[code] for code in codes if code in each.facts.changes}
    if not known:
        return DASH
    code = (min if has_fallen else max)(known, key=lambda code: known[code])
    change = Decimal(str(known[code]))
    if (change < 0) != has_fallen:
        return DASH
    return _say("change.most", code=code, change=format_change(change))


def tabulate_moved(data: ComparisonData) -> Table | Absent:
    """Return the offices whose level changed, with what decides this year's."""
    if not data.moved_level:
        return Absent("none")
    keys = ("name", "last", "now", "why")
    body: list[Row] = []
    for key, sign in (("fell", -1), ("rose", 1)):
        offices = [each for each in data.moved_level if each.level_moved * sign > 0]
        if offices:
            body.append(group_row(_say(f"moved.{key}", count=len(offices)), len(keys)))
            body += [_moved_row(data, each) for each in offices[: SHOWN // 2]]
    shown = sum(len(row) > 1 for row in body)
    notes = _more(shown, len(data.moved_level))
    return _table(data, "moved", keys, body, (), notes)


def _moved_row(data: ComparisonData, each: Compared) -> Row:
    facts = each.facts
    levels = (facts.previous_level or DASH, facts.level or DASH)
    name = Cell(call(data, each.office), scope="row")
    return (name, *map(Cell, levels), Cell(facts.reason or DASH))


def tabulate_barred(data: ComparisonData) -> Table | Absent:
    """Return the offices that reach the next level but for components, those of one first."""
    if not data.barred:
        return Absent("none")
    keys = ("name", "overall", "level", "by", "score")
    body: list[Row] = []
    one = [each for each in data.barred if len(each.facts.barred_by) == 1]
    many = [each for each in data.barred if len(each.facts.barred_by) > 1]
    for key, offices in (("one", one), ("many", many)):
        if offices:
            body.append(group_row(_say(f"barred.{key}", count=len(offices)), len(keys)))
            body += [_barred_row(data, each) for each in offices[: SHOWN // 2]]
    notes = _more(sum(len(row) > 1 for row in body), len(data.barred))
    aligns: tuple[Align, ...] = ("left", "right", "left", "left", "right")
    return _table(data, "barred", keys, body, aligns, notes)


def _barred_row(data: ComparisonData, each: Compared) -> Row:
    codes = each.facts.barred_by
    scores = [each.score(code) for code in codes]
    return (
        Cell(call(data, each.office), scope="row"),
        number(DASH if each.overall is None else format_score(each.overall)),
        Cell(each.facts.level or DASH),
        Cell(join_names(data.framework.component_name(code) for code in codes)),
        number(" ".join(DASH if score is None else format_score(score) for score in scores)),
    )


def tabulate_measures(data: ComparisonData) -> Stack | Absent:
    """Return how many measures each office planned, has done, and is late with, as reported."""
    with_plan = [each for each in data.offices if each.facts.statuses]
    told = [each.follow_up for each in data.offices if each.follow_up]
    if not with_plan and not told:
        return Absent("plan")
    said = _say(
        "measures.found",
        with_plan=len(with_plan),
        of=len(data.offices),
        measures=sum(planned_by(each) for each in data.offices),
        done=sum(done_by(each) for each in data.offices),
        follow_ups=len(told),
        late=sum(each.late for each in told),
    )
    keys = ("name", "planned", "done", "late", "day")
    listed = data.offices if len(data.offices) <= MOST else data.late[:SHOWN]
    order = sorted(listed, key=lambda each: (-_late(each), not planned_by(each)))
    body = [_measure_row(data, each) for each in order]
    aligns: tuple[Align, ...] = ("left", "right", "right", "right")
    notes = [
        _label("measures.late_note"),
        *_overdue_note(data),
        *_more(len(body), len(data.offices)),
    ]
    if not body:
        return Stack((Words((said,)),))
    return Stack((Words((said,)), _table(data, "measures", keys, body, aligns, notes)))


def _overdue_note(data: ComparisonData) -> list[str]:
    if not data.as_of or not any(map(data.overdue, data.offices)):
        return []
    return [_say("measures.overdue_note", day=format_date(data.as_of))]


def planned_by(each: Compared) -> int:
    """Return how many measures an office planned: by its report on them, else by its analysis."""
    return each.follow_up.measures if each.follow_up else int(sum(each.facts.statuses.values()))


def done_by(each: Compared) -> int:
    """Return how many of them are done."""
    statuses = each.follow_up.statuses if each.follow_up else each.facts.statuses
    return int(statuses.get(label("plan.done"), 0))


def _late(each: Compared) -> int:
    return each.follow_up.late if each.follow_up else 0


def _measure_row(data: ComparisonData, each: Compared) -> Row:
    name, report = Cell(call(data, each.office), scope="row"), each.follow_up
    if not planned_by(each):
        return (name, number(_label("measures.no_plan")), *map(number, (DASH,) * 2), Cell(DASH))
    counts = map(str, (planned_by(each), done_by(each)))
    late = str(report.late) if report else DASH
    day = format_date(report.as_of) if report and report.as_of else ""
    said = day or _say("measures.not_told", overdue=data.overdue(each))
    return (name, *map(number, counts), number(late), Cell(said))


def tabulate_standing(data: ComparisonData) -> Stack | Absent:
    """Return how far the report of each office is, and what changed since."""
    if data.edition == "public":
        return Absent("none")
    waiting = [each for each in data.offices if each.drafts or not each.issued or each.changed]
    said = _say(
        "standing.counts",
        count=len(data.offices),
        reviewed=sum(each.drafts == 0 for each in data.offices),
        issued=sum(bool(each.issued) for each in data.offices),
        problems=sum(bool(each.problems) for each in data.offices),
        changed=sum(bool(each.changed) for each in data.offices),
    )
    keys = ("name", "words", "problems", "issued", "changed")
    listed = data.offices if len(data.offices) <= MOST else [e for e in waiting if e.changed]
    body = [_standing_row(data, each) for each in listed[:MOST]]
    if not body:
        return Stack((Words((said,)),))
    aligns: tuple[Align, ...] = ("left", "left", "right", "left", "left")
    notes = _more(len(body), len(data.offices))
    return Stack((Words((said,)), _table(data, "standing", keys, body, aligns, notes)))


def _standing_row(data: ComparisonData, each: Compared) -> Row:
    drafts = _say("standing.drafts", count=each.drafts or 0)
    words = drafts if each.drafts else _label("standing.reviewed")
    issued = _say("standing.issued", number=each.issued)
    changes = {"data": "standing.data", "issued": "standing.signed"}
    return (
        Cell(call(data, each.office), scope="row"),
        Cell(DASH if each.drafts is None else words),
        number(str(each.problems)),
        Cell(issued if each.issued else _label("standing.unissued")),
        Cell(" ".join(_label(changes[what]) for what in each.changed) or DASH),
    )


def _more(shown: int, count: int) -> list[str]:
    return [_say("moved.more", shown=shown, count=count)] if shown < count else []


def _table(
    data: ComparisonData,
    name: str,
    keys: Sequence[str],
    body: Sequence[Row],
    aligns: Sequence[Align],
    notes: Sequence[str],
) -> Table:
    heads = [_label(f"{name}.head.{key}") for key in keys]
    return Table(
        caption=_say(f"{name}.caption", year=data.fiscal_year),
        head=(head_row(*heads, aligns=aligns),),
        body=tuple(body),
        notes=tuple(notes),
    )
