"""The workbook that goes with a comparison: all offices, indicators, groups, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.organisation import Organisation
from ita_helpers.scoring.compared import Compared, ComparisonData
from ita_helpers.scoring.ranking import mean_of, quartile_of
from ita_helpers.spreadsheets.published_book import (
    Blank,
    Book,
    Column,
    Kind,
    Sheet,
    Value,
    mark,
)
from ita_helpers.tables.compared_offices import done_by, planned_by
from ita_helpers.tables.comparison import kinds_of_groups

Read = Callable[[Compared], Value]
Listed = tuple[Column, Read]


def _label(key: str) -> str:
    return label(f"comparison.{key}")


def book_of(data: ComparisonData, limits: Iterable[str]) -> Book:
    """Return the workbook; ``limits`` say what the comparison rests on and lacks."""
    columns = [*_office_columns(data)]
    sheets = [
        _sheet(data, "offices", [column for column, _ in columns], _office_rows(data, columns), 2),
        _sheet(data, "indicators", [*_indicator_columns()], _indicator_rows(data)),
        _sheet(data, "groups", [*_group_columns()], _group_rows(data), 2),
    ]
    title = say("comparison.title", year=data.fiscal_year)
    notes = [(_label("cells.limit"), each) for each in limits]
    return Book(title, [*_cover(data)], notes, sheets)


def _cover(data: ComparisonData) -> Iterator[tuple[str, str]]:
    """Yield whom it compares, over how many, as of when and where the figures are from."""
    made = len(data.offices) + len(data.apart)
    count = made if data.scope.published else data.belonging
    facts = {"count": count, "scored": len(data.scored)}
    yield label("sheets.scope"), say("comparison.book.scope", name=data.name, **facts)
    if data.as_of:
        yield label("sheets.day"), say("comparison.book.day", day=format_date(data.as_of))
    yield label("sheets.source"), say("comparison.limits.source", day="")
    yield label("sheets.use"), label("sheets.use_text")


def _sheet(
    data: ComparisonData,
    key: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    kept: int = 1,
) -> Sheet:
    name = _label(f"sheets.{key}")
    title = say(f"comparison.book.title.{key}", year=data.fiscal_year)
    about = say(f"comparison.book.about.{key}", name=data.name)
    return Sheet(key, name, title, about, columns, [*rows], kept)


def _column(
    key: str, head: str, width: int, kind: Kind = "text", blank: Blank = "unknown"
) -> Column:
    return Column(label(head), width, _label(f"meanings.{key}"), kind, blank)


def _office_rows(data: ComparisonData, columns: Sequence[Listed]) -> Iterator[list[Value]]:
    unscored = [each for each in data.offices if each.overall is None]
    for each in (*data.scored, *unscored, *data.apart):
        yield [read(each) for _, read in columns]
    if not data.scope.published:
        yield from (_missing_row(office, columns) for office in data.missing)


def _missing_row(office: Organisation, columns: Sequence[Listed]) -> list[Value]:
    """Return the row of an office without a report: who it is, and that nothing is known."""
    known = {
        _label("rank.head.name"): office.name,
        _label("cells.code"): office.code,
        label("index.columns.district"): office.district,
        label("index.columns.province"): office.province,
        label("index.columns.type"): office.type,
        _label("cells.note"): _label("cells.missing"),
    }
    other = mark("unknown")
    return [known.get(column.head, other) or None for column, _ in columns]


def _office_columns(data: ComparisonData) -> Iterator[Listed]:
    """Yield the columns of the list of offices with how each is read."""
    yield from _who(data)
    yield from _results(data)
    yield from _plans(data)
    if data.edition == "internal":
        yield from _standing()
    apart, note = {each.code for each in data.apart}, _label("cells.apart")
    column = _column("note", "comparison.cells.note", 40, blank="none")
    yield column, lambda each: note if each.code in apart else None


def _who(data: ComparisonData) -> Iterator[Listed]:
    count, ranks = len(data.scored), data.ranks

    def quartile(each: Compared) -> Value:
        return quartile_of(ranks[each.code], count) or None if each.code in ranks else None

    rank = _column("rank", "comparison.rank.head.rank", 10, "count", "other")
    yield rank, lambda each: ranks.get(each.code)
    yield _column("name", "comparison.rank.head.name", 46), lambda each: each.office.name
    yield _column("quartile", "comparison.cells.quartile", 14, "count", "other"), quartile
    yield _column("code", "comparison.cells.code", 20, "code"), lambda each: each.code
    yield _column("district", "index.columns.district", 16), lambda each: each.office.district
    yield _column("province", "index.columns.province", 16), lambda each: each.office.province
    yield _column("type", "index.columns.type", 24), lambda each: each.office.type


def _results(data: ComparisonData) -> Iterator[Listed]:
    yes = label("index.cells.yes")
    overall = _column("overall", "comparison.rank.head.overall", 13, "points")
    yield overall, lambda each: _number(each.overall)
    yield _column("level", "comparison.rank.head.level", 16), lambda each: each.facts.level
    previous = _column("previous", "comparison.cells.previous", 13, "points")
    yield previous, lambda each: each.facts.previous_overall
    change = _column("change", "comparison.rank.head.change", 14, "change")
    yield change, lambda each: _number(each.change)
    changed = _column("rules_changed", "index.cells.rules_changed", 14, "code", "no")
    yield changed, lambda each: yes if each.facts.comparable == "changed" else None
    level = _column("previous_level", "comparison.cells.previous_level", 16)
    yield level, lambda each: each.facts.previous_level
    for code in (*data.framework.component_codes, *_indicators(data)):
        yield Column(_name(data, code), 12, _meaning(data, code), "points"), partial(_score, code)
    barred = _column("barred", "comparison.cells.barred", 20, blank="none")
    yield barred, lambda each: " ".join(each.facts.barred_by)
    yield _column("why", "comparison.cells.why", 60, blank="none"), lambda each: each.facts.reason
    published = _column("published", "comparison.rank.head.published", 13, "count")
    yield published, lambda each: each.published.rank if each.published else None


def _plans(data: ComparisonData) -> Iterator[Listed]:
    yield _column("planned", "comparison.cells.planned", 12, "count"), planned_by
    yield _column("done", "comparison.cells.done", 16, "count"), done_by
    late = _column("late", "comparison.cells.late", 16, "count")
    yield late, lambda each: each.follow_up.late if each.follow_up else None
    yield _column("overdue", "comparison.cells.overdue", 18, "count"), data.overdue


def _standing() -> Iterator[Listed]:
    yield _column("drafts", "comparison.cells.drafts", 14, "count"), lambda each: each.drafts
    problems = _column("problems", "comparison.standing.head.problems", 14, "count")
    yield problems, lambda each: each.problems
    issued = _column("issued", "comparison.cells.issued", 14, "count", "none")
    yield issued, lambda each: each.issued or None


def _indicators(data: ComparisonData) -> list[str]:
    return [each.code for each in data.framework.indicators.list]


def _name(data: ComparisonData, code: str) -> str:
    if code in data.framework.component_codes:
        return data.framework.component_name(code)
    return say("words.indicator_short", code=code)


def _meaning(data: ComparisonData, code: str) -> str:
    if code in data.framework.component_codes:
        return _label("meanings.component")
    return say("words.indicator", code=code, name=data.framework.indicator(code).name)


def _score(code: str, each: Compared) -> Value:
    return _number(each.score(code))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _indicator_columns() -> Iterator[Column]:
    yield _column("indicator", "comparison.weak.head.indicator", 60)
    yield _column("indicator_mean", "comparison.weak.head.mean", 12, "points")
    yield _column("below", "comparison.weak.head.below", 18, "count")
    yield _column("lowest", "comparison.weak.head.lowest", 18, "count")
    yield _column("lost", "comparison.weak.head.lost", 18, "points")


def _indicator_rows(data: ComparisonData) -> Iterator[list[Value]]:
    for each in data.weaknesses:
        name = say("words.indicator", code=each.code, name=each.name)
        counts = [len(each.below), each.lowest_of]
        yield [name, float(each.mean), *counts, _number(each.lost)]


def _group_columns() -> Iterator[Column]:
    yield _column("kind", "comparison.cells.kind", 20)
    yield _column("group", "comparison.cells.group", 40)
    kinds: dict[str, Kind] = {
        "count": "count",
        "mean": "points",
        "highest": "points",
        "lowest": "points",
        "passed": "count",
        "fell": "count",
    }
    for key, kind in kinds.items():
        yield _column(f"group_{key}", f"comparison.groups.head.{key}", 14, kind)


def _group_rows(data: ComparisonData) -> Iterator[list[Value]]:
    for kind in kinds_of_groups(data):
        for group in data.groups(kind):
            scores = [each.overall for each in group.offices if each.overall is not None]
            passed = sum(score >= data.target for score in scores)
            fell = sum(each.change is not None and each.change < 0 for each in group.offices)
            mean = mean_of(scores)
            known = (to_hundredths(mean or Fraction(0)), max(scores), min(scores))
            points = [float(each) for each in known]
            name = group.name or _label("no_name")
            yield [_label(f"groups.kind.{kind}"), name, len(scores), *points, passed, fell]
