"""The lists that go with a comparison as a workbook: all offices, groups, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.organisation import Organisation
from ita_helpers.scoring.compared import Compared, ComparisonData
from ita_helpers.scoring.ranking import mean_of, quartile_of
from ita_helpers.tables.compared_offices import done_by, planned_by
from ita_helpers.tables.comparison import kinds_of_groups

Value = str | int | float | None
Read = Callable[[Compared], Value]


def _label(key: str) -> str:
    return label(f"comparison.{key}")


def list_sheets(data: ComparisonData) -> list[dict[str, Any]]:
    """Return the sheets as values that JSON knows: ``name``, ``columns`` and ``rows``.

    A column is a heading, a width in characters and whether it holds points. What is not known is
    nothing, never a blank text.
    """
    sheets = [
        _sheet("offices", _columns(data), _office_rows(data)),
        _sheet("indicators", _INDICATOR_COLUMNS, _indicator_rows(data)),
        _sheet("groups", _GROUP_COLUMNS, _group_rows(data)),
    ]
    return [each for each in sheets if each["rows"]]


def add_limits(sheets: list[dict[str, Any]], lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return the sheets with one more, of what the comparison rests on and lacks."""
    heads = [(_label("cells.limit"), 110, False)]
    return [*sheets, _sheet("limits", heads, [[each] for each in lines])]


Column = tuple[str, int, bool]


def _sheet(key: str, columns: Iterable[Column], rows: Iterable[Sequence[Value]]) -> dict[str, Any]:
    return {
        "name": _label(f"sheets.{key}"),
        "columns": [[*each] for each in columns],
        "rows": [[*each] for each in rows],
    }


def _columns(data: ComparisonData) -> list[Column]:
    return [column for column, _ in _readers(data)]


def _office_rows(data: ComparisonData) -> Iterator[list[Value]]:
    readers = [read for _, read in _readers(data)]
    unscored = [each for each in data.offices if each.overall is None]
    for each in (*data.scored, *unscored, *data.apart):
        yield [read(each) for read in readers]
    for office in data.missing:
        yield _missing_row(data, office)


def _missing_row(data: ComparisonData, office: Organisation) -> list[Value]:
    """Return the row of an office without a report: who it is, and that nothing is known."""
    known = {
        _label("rank.head.name"): office.name,
        _label("cells.code"): office.code,
        label("index.columns.district"): office.district,
        label("index.columns.province"): office.province,
        label("index.columns.type"): office.type,
        _label("cells.note"): _label("cells.missing"),
    }
    return [known.get(name) or None for name, _, _ in _columns(data)]


def _readers(data: ComparisonData) -> Iterator[tuple[Column, Read]]:
    """Yield the columns of the list of offices with how each is read."""
    count = len(data.scored)
    ranks = data.ranks

    def quartile(each: Compared) -> Value:
        return quartile_of(ranks[each.code], count) or None if each.code in ranks else None

    yield (_label("rank.head.rank"), 9, False), lambda each: ranks.get(each.code)
    yield (_label("cells.quartile"), 14, False), quartile
    yield (_label("rank.head.name"), 46, False), lambda each: each.office.name
    yield (_label("cells.code"), 18, False), lambda each: each.code
    yield (label("index.columns.district"), 16, False), lambda e: e.office.district or None
    yield (label("index.columns.province"), 16, False), lambda e: e.office.province or None
    yield (label("index.columns.type"), 24, False), lambda each: each.office.type or None
    yield (_label("rank.head.overall"), 12, True), lambda each: _number(each.overall)
    yield (_label("rank.head.level"), 16, False), lambda each: each.facts.level
    yield (_label("cells.previous"), 12, True), lambda each: each.facts.previous_overall
    yield (_label("rank.head.change"), 14, True), lambda each: _number(each.change)
    changed = label("index.cells.rules_changed"), 14, False
    yes = label("index.cells.yes")
    yield changed, lambda each: yes if each.facts.comparable == "changed" else None
    yield (_label("cells.previous_level"), 16, False), lambda each: each.facts.previous_level
    for code in (*data.framework.component_codes, *_indicators(data)):
        yield (_name(data, code), 9, True), partial(_score, code)
    yield (_label("cells.barred"), 20, False), lambda e: " ".join(e.facts.barred_by) or None
    yield (_label("cells.why"), 60, False), lambda each: each.facts.reason or None
    published = _label("rank.head.published"), 12, False
    yield published, lambda each: each.published.rank if each.published else None
    yield (_label("cells.planned"), 12, False), lambda each: planned_by(each)
    yield (_label("cells.done"), 14, False), lambda each: done_by(each)
    late = _label("cells.late"), 14, False
    yield late, lambda each: each.follow_up.late if each.follow_up else None
    if data.edition == "internal":
        yield (_label("cells.drafts"), 14, False), lambda each: each.drafts
        yield (_label("standing.head.problems"), 12, False), lambda each: each.problems
        yield (_label("cells.issued"), 12, False), lambda each: each.issued or None
    apart = {each.code for each in data.apart}
    note = _label("cells.apart")
    yield (_label("cells.note"), 40, False), lambda e: note if e.code in apart else None


def _indicators(data: ComparisonData) -> list[str]:
    return [each.code for each in data.framework.indicators.list]


def _name(data: ComparisonData, code: str) -> str:
    if code in data.framework.component_codes:
        return data.framework.component_name(code)
    return say("words.indicator_short", code=code)


def _score(code: str, each: Compared) -> Value:
    return _number(each.score(code))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


_INDICATOR_COLUMNS: list[Column] = [
    (_label("weak.head.indicator"), 46, False),
    (_label("weak.head.mean"), 12, True),
    (_label("weak.head.below"), 16, False),
    (_label("weak.head.lowest"), 16, False),
    (_label("weak.head.lost"), 16, True),
]


def _indicator_rows(data: ComparisonData) -> Iterator[list[Value]]:
    for each in data.weaknesses:
        name = say("words.indicator", code=each.code, name=each.name)
        counts = [len(each.below), each.lowest_of]
        yield [name, float(each.mean), *counts, _number(each.lost)]


_GROUP_COLUMNS: list[Column] = [
    (_label("cells.kind"), 18, False),
    (_label("no_name"), 40, False),
    (_label("groups.head.count"), 12, False),
    (_label("groups.head.mean"), 12, True),
    (_label("groups.head.highest"), 12, True),
    (_label("groups.head.lowest"), 12, True),
    (_label("groups.head.passed"), 14, False),
    (_label("groups.head.fell"), 14, False),
]


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
