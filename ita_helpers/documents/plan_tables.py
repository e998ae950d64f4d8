"""The plan of measures in a report: its tables, whatever their heads are called."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Cell, Line, Table
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.plan_heads import TICK_COLUMNS, column_of, is_score, status_of

MOST_HEADS = 2
_FIELDS = {
    "indicators": "indicator",
    "steps": "method",
    "owners": "owner",
    "start": "period",
    "follow_up": "follow_up",
    "finding": "finding",
    "guideline": "guideline",
}
"""The field of a row that holds what stands in a column."""
_JOINED = ("steps", "finding", "guideline", "owners")
NEAREST = 2
"""Lines above a plan that may say what all of it is about."""


def is_plan(table: Table) -> bool:
    """Whether a table is one of measures: with their steps, owners or time, and no scores."""
    return _heads(table)[0] is not None or _is_form(table)


def plan_rows(table: Table, lead: Sequence[Line], naming: Naming) -> list[PlanRow]:
    """Return the measures of a plan; ``lead`` are the lines above it, the nearest last."""
    columns, count = _heads(table)
    if columns is None:
        return _form_row(table, naming) if _is_form(table) else []
    rows: list[PlanRow] = []
    above: dict[str, str] = {}
    page = table.spot.page
    for row in table.rows[count:]:
        texts = {key: _text(row, at) for key, at in columns.items()}
        is_parted, page = _is_parted(row, page, texts), row[0].spot.page
        if is_parted:
            rows[-1:] = [_with_rest(each, texts) for each in rows[-1:]]
            continue
        if rows and _continues(row, columns, texts):
            rows[-1] = _joined(rows[-1], texts)
            continue
        if not any(texts.values()) or not (texts.get("measure") or texts.get("guideline")):
            continue
        for key, at in columns.items():
            if at < len(row) and row[at].is_continued:
                texts[key] = above.get(key, "")
        above = texts
        rows.append(_row(row[0], texts))
    return [_with_codes(each, lead, naming) for each in rows]


def _is_parted(row: Sequence[Cell], page: int, texts: Mapping[str, str]) -> bool:
    """Whether a row at the top of a page is the rest of one that began on the page before."""
    has_own = any(texts.get(key) for key in ("owners", "start", *TICK_COLUMNS))
    return row[0].spot.page > page > 0 and not has_own


def _with_rest(row: PlanRow, texts: Mapping[str, str]) -> PlanRow:
    measure = " ".join(filter(None, (row.measure, texts.get("measure", ""))))
    return replace(_joined(row, texts), measure=measure)


def _heads(table: Table) -> tuple[Mapping[str, int] | None, int]:
    """Return the column of each field and the number of head rows; no columns if it is no plan."""
    heads = table.rows[0]
    if any(is_score(cell.text) for cell in heads):
        return None, 0
    columns = _columns(heads)
    if not _is_enough(columns):
        return None, 0
    below = _columns(table.rows[1]) if len(table.rows) > 1 else {}
    ticks = {key: at for key, at in below.items() if key in TICK_COLUMNS}
    if not ticks or _text(table.rows[1], columns.get("measure", 0)):
        return columns, 1
    kept = {key: at for key, at in columns.items() if at not in ticks.values()}
    return kept | ticks, MOST_HEADS


def _columns(heads: Sequence[Cell]) -> dict[str, int]:
    """Return where each column is; of several for one column the first."""
    found = [(column_of(cell.text), at) for at, cell in enumerate(heads)]
    return {column: at for column, at in reversed(found) if column}


def _is_enough(columns: Container[str]) -> bool:
    has_measure = "measure" in columns or "guideline" in columns
    return has_measure and any(
        each in columns for each in ("owners", "start", "end", "steps", "done")
    )


def _is_form(table: Table) -> bool:
    """Whether a table describes one measure, field by field."""
    named = {column_of(_text(row, 0)) for row in table.rows if len(row) == 2}
    return max(map(len, table.rows)) == 2 and _is_enough(named) and len(named) > 3


def _form_row(table: Table, naming: Naming) -> list[PlanRow]:
    texts: dict[str, str] = {}
    for row in table.rows:
        if column := column_of(_text(row, 0)):
            texts.setdefault(column, _text(row, 1))
    return [_with_codes(_row(table.rows[0][0], texts), (), naming)]


def _row(first: Cell, texts: Mapping[str, str]) -> PlanRow:
    measure = texts.get("measure") or texts.get("guideline", "")
    values: dict[str, Any] = {field: texts.get(column, "") for column, field in _FIELDS.items()}
    values["period"] = values["period"] or texts.get("end", "")
    status = status_of(texts) or texts.get("status", "")
    return PlanRow(measure=measure, spot=replace(first.spot, column=0), status=status, **values)


def _text(row: Sequence[Cell], at: int) -> str:
    return row[at].text.strip() if at < len(row) else ""


def _continues(row: Sequence[Cell], columns: Mapping[str, int], texts: Mapping[str, str]) -> bool:
    """Whether a row only goes on with the measure above it."""
    at = columns.get("measure", columns.get("guideline", 0))
    is_merged = at < len(row) and row[at].is_continued
    is_rest = not texts.get("measure") and not texts.get("indicators") and any(texts.values())
    return is_merged or ("measure" in columns and is_rest)


def _joined(row: PlanRow, texts: Mapping[str, str]) -> PlanRow:
    more: dict[str, Any] = {}
    for column in _JOINED:
        field, text = _FIELDS[column], texts.get(column, "")
        if text and text not in getattr(row, field):
            more[field] = "\n".join(filter(None, (getattr(row, field), text)))
    return replace(row, **more)


def _with_codes(row: PlanRow, lead: Sequence[Line], naming: Naming) -> PlanRow:
    """Return a row with the indicators it means: as its cells say, else as its heading does."""
    for text in (row.indicator, row.finding, row.measure):
        if codes := tuple(_codes(text, naming)):
            return replace(row, codes=codes)
    for line in reversed(lead[-NEAREST:]):
        codes = tuple(_codes(line.text, naming))
        if len(codes) == 1 and (line.level or _names_instrument(line.text, naming)):
            return replace(row, codes=codes)
        if line.level:
            break
    return row


def _names_instrument(text: str, naming: Naming) -> bool:
    known = {each.code for each in naming.framework.instruments.list}
    return any(known & set(each.codes) for each in naming.mentions(text))


def _codes(text: str, naming: Naming) -> Iterator[str]:
    """Yield the indicators a text names, each once; a bare number is one too."""
    seen: set[str] = set()
    bare = text.strip().rstrip(".")
    if naming.framework.find_indicator(bare):
        seen.add(bare)
        yield bare
    for mention in naming.mentions(text):
        by_name = naming.code_of(mention.name) if mention.name else ""
        for code in (by_name,) if by_name else mention.codes:
            if naming.framework.find_indicator(code) and code not in seen:
                seen.add(code)
                yield code
