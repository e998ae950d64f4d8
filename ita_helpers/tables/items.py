"""The items of one indicator, under their sub-indicators where it has some."""

from __future__ import annotations

from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.table import Align, Cell, Row, Table, head_row, left_then_right, number
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.readings import Reading
from ita_helpers.scoring.remarkable import find_unremarkable
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.slots import indicator_of


def tabulate_items(data: ReportData, slot: str) -> Table | Absent:
    """Return an indicator's sub-indicators and items, with the assessors' suggestions marked.

    ``slot`` is its number, ``"06"``.
    """
    indicator = indicator_of(data, slot)
    return _tabulate_items(data, indicator) if indicator else Absent("indicators")


def _tabulate_items(data: ReportData, indicator: Indicator) -> Table | Absent:
    framework = data.framework
    if not _has_results(data, indicator):
        return _named_items(data, indicator)
    parts = framework.instrument(indicator.instrument).parts
    with_parts = any(_part_score(data, item, 1) for item in framework.items_of(indicator.code))
    shown_parts = [part.name for part in parts] if with_parts else []
    body: list[Row] = []
    for group in framework.sub_indicators_of(indicator.code):
        score = data.assessment.value(group.code)
        rows = _item_rows(data, group.code, len(shown_parts))
        if score is not None or rows:
            name = say("report.indicator.sub_row", code=group.code, name=group.name or "")
            body.append((Cell(name, scope="row", colspan=2), number(_points(score), strong=True)))
        body += rows
    body += _item_rows(data, indicator.code, len(shown_parts))
    if not body:
        return Absent("items")
    heads = (
        label("report.head.item"),
        label("report.head.item_text"),
        label("report.head.score"),
        *shown_parts,
    )
    aligns: tuple[Align, ...] = ("left", *left_then_right(1 + len(shown_parts)))
    grouped = bool(framework.sub_indicators_of(indicator.code))
    return Table(
        caption=say(
            f"report.indicator.{'sub' if grouped else 'items'}_caption", code=indicator.code
        ),
        head=(head_row(*heads, aligns=aligns),),
        body=tuple(body),
    )


def _has_results(data: ReportData, indicator: Indicator) -> bool:
    codes = [each.code for each in data.framework.sub_indicators_of(indicator.code)]
    codes += [each.code for each in data.framework.items_of(indicator.code)]
    readings = map(data.assessment.reading, codes)
    return any(each.value is not None or each.conflicting for each in readings)


def _named_items(data: ReportData, indicator: Indicator) -> Table | Absent:
    """Return the items the assessors named, if no item's score is known."""
    named = {each.about for each in data.assessment.scores.suggestions}
    items = [each for each in data.framework.items_of(indicator.code) if each.code in named]
    if not items:
        return Absent("items")
    heads = (label("report.head.item"), label("report.head.item_text"))
    return Table(
        caption=say("report.indicator.named_caption", code=indicator.code),
        head=(head_row(*heads),),
        body=tuple(
            (Cell(each.code.upper(), scope="row", verbatim=True), Cell(_text_of(each)))
            for each in items
        ),
    )


def _text_of(item: Item) -> str:
    return item.name or say("words.item_unnamed", code=item.code.upper())


def tabulate_lowest_items(data: ReportData) -> Table | Absent:
    """Return the items of the lowest indicators and what to develop in each.

    Nothing of those whose own section shows their items.
    """
    lowest = find_lowest(data.assessment)
    if lowest is None or len(lowest.indicators) > NAMED_TIES:
        return Absent("items")
    indicators = [each for each in lowest.indicators if not _has_section(data, each)]
    body = [row for each in indicators for row in _develop_rows(data, each)]
    if not body:
        return Absent("items")
    heads = (label(f"report.head.{key}") for key in ("item_text", "score", "develop"))
    codes = join_names(each.code for each in indicators)
    return Table(
        caption=say("report.indicator.lowest_caption", codes=codes),
        head=(head_row(*heads, aligns=("left", "right", "left")),),
        body=tuple(body),
    )


def _has_section(data: ReportData, indicator: Indicator) -> bool:
    """Whether a section shows the indicator's items: only one layout of the analysis does."""
    return "analysis" in data.layout.parts and indicator not in find_unremarkable(data)


def _develop_rows(data: ReportData, indicator: Indicator) -> list[Row]:
    framework = data.framework
    rows: list[Row] = []
    for group in framework.sub_indicators_of(indicator.code):
        under = [_develop_row(data, item) for item in framework.items_under(group.code)]
        score = data.assessment.value(group.code)
        known = [row for row in under if row]
        if known or score is not None:
            name = say("report.indicator.sub_row", code=group.code, name=group.name or "")
            points = number(_points(score), strong=True)
            rows.append((Cell(name, scope="row"), points, Cell(_to_develop(data, group.code))))
        rows += known
    direct = [_develop_row(data, item) for item in framework.items_under(indicator.code)]
    return [*rows, *(row for row in direct if row)]


def _develop_row(data: ReportData, item: Item) -> Row | None:
    reading = data.assessment.reading(item.code)
    named = item.code in {each.about for each in data.assessment.scores.suggestions}
    if reading.value is None and not reading.conflicting and not named:
        return None
    text = f"{item.code.upper()} {item.name or ''}".strip()
    return (Cell(text, scope="row"), number(_shown(reading)), Cell(_to_develop(data, item.code)))


def _shown(reading: Reading) -> str:
    """Return an item's score, or the conflicting one that is shown and never used."""
    if reading.value is None and reading.conflicting:
        return say("report.indicator.conflicting", score=format_score(reading.conflicting[0]))
    return _points(reading.value)


def _to_develop(data: ReportData, code: str) -> str:
    """Say the assessors' own words, else how far the score is from full."""
    for each in data.assessment.scores.suggestions:
        if each.about == code:
            return each.text or label("report.indicator.named")
    score = data.assessment.value(code)
    if score is None:
        return ""
    missing = 100 - to_hundredths(score)
    if not missing:
        return label("report.indicator.full")
    return say(
        "report.indicator.short_of_full",
        points=format_score(missing),
        action=_action(data, code, score),
    )


def _action(data: ReportData, code: str, score: Fraction) -> str:
    """Return the first action advised for a low item."""
    advice = data.advice
    if advice is None or code not in advice.items or score >= advice.improve_below:
        return ""
    return advice.items[code].actions[0]


def tabulate_unplaced_items(data: ReportData) -> Table | Absent:
    """Return the scored items whose indicator no verified source gives."""
    items = [item for item in data.framework.all_items if item.under is None]
    body = [row for item in items if (row := _item_row(data, item, 0))]
    if not body:
        return Absent("items")
    heads = (label(f"report.head.{key}") for key in ("item", "item_text", "score"))
    return Table(
        caption=label("report.indicator.unplaced_caption"),
        head=(head_row(*heads, aligns=("left", "left", "right")),),
        body=tuple(body),
    )


def _item_rows(data: ReportData, under: str, parts: int) -> list[Row]:
    items = data.framework.items_under(under)
    return [row for item in items if (row := _item_row(data, item, parts))]


def _item_row(data: ReportData, item: Item, parts: int) -> Row | None:
    reading = data.assessment.reading(item.code)
    suggested = item.code in {each.about for each in data.assessment.scores.suggestions}
    if reading.value is None and not reading.conflicting and not suggested:
        return None
    text = _text_of(item)
    if suggested:
        text = f"{text} ({label('report.indicator.suggestion_mark')})"
    return (
        Cell(item.code.upper(), scope="row", verbatim=True),
        Cell(text),
        number(_shown(reading)),
        *(number(_part_score(data, item, place + 1)) for place in range(parts)),
    )


def _part_score(data: ReportData, item: Item, part: int) -> str:
    value = data.assessment.value(f"{item.code}@{part}")
    return format_score(value) if value is not None else ""


def _points(value: Fraction | None) -> str:
    return label("words.no_data") if value is None else format_score(value)
