"""The plan of measures in a report: its tables, whatever their heads are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Cell, Line, Table
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.language.catalogue import label

FIELDS = (
    *("not_done", "done", "period", "owner", "status", "follow_up", "guideline", "finding"),
    *("method", "measure", "indicator"),
)
"""What a column may hold, the head that is told most surely first."""
MOST_HEADS = 2
LONGEST_HEAD = 100
_JOINED = ("method", "finding", "guideline", "owner")
_TICKS = "✓✔☑√/"


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
    for row in table.rows[count:]:
        texts = {key: _text(row, at) for key, at in columns.items()}
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


def _heads(table: Table) -> tuple[Mapping[str, int] | None, int]:
    """Return the column of each field and the number of head rows; no columns if it is no plan."""
    columns: dict[str, int] = {}
    width = max(map(len, table.rows))
    for at in range(width):
        field = _field(_text(table.rows[0], at))
        if field == "none":
            return None, 0
        if field:
            columns.setdefault(field, at)
    if not _is_enough(columns):
        return None, 0
    count = 1
    below = table.rows[1] if len(table.rows) > 1 else ()
    named = {_field(cell.text): at for at, cell in enumerate(below) if cell.text}
    if {"done", "not_done"} & named.keys() and not _text(below, columns.get("measure", 0)):
        columns |= {key: at for key, at in named.items() if key in ("done", "not_done")}
        if columns.get("follow_up") in (columns.get("done"), columns.get("not_done")):
            del columns["follow_up"]
        count = MOST_HEADS
    return columns, count


def _is_enough(columns: Mapping[str, int]) -> bool:
    has_measure = "measure" in columns or "guideline" in columns
    return has_measure and bool({"owner", "period", "method", "done"} & columns.keys())


def _field(text: str) -> str:
    """Return what a head means; "none" if its column holds scores, so that it is no plan."""
    bare = " ".join(text.split())
    if not bare or len(bare) > LONGEST_HEAD:
        return ""
    if pattern("plan.score").match(bare):
        return "none"
    return next((each for each in FIELDS if pattern(f"plan.{each}").search(bare)), "")


def _is_form(table: Table) -> bool:
    """Whether a table describes one measure, field by field."""
    named = {_field(_text(row, 0)) for row in table.rows if len(row) == 2}
    return max(map(len, table.rows)) == 2 and _is_enough(dict.fromkeys(named, 0)) and len(named) > 3


def _form_row(table: Table, naming: Naming) -> list[PlanRow]:
    texts: dict[str, str] = {}
    for row in table.rows:
        field = _field(_text(row, 0))
        if field and field != "none":
            texts.setdefault(field, _text(row, 1))
    return [_with_codes(_row(table.rows[0][0], texts), (), naming)]


def _row(first: Cell, texts: Mapping[str, str]) -> PlanRow:
    known = ("indicator", "method", "owner", "period", "follow_up", "finding", "guideline")
    measure = texts.get("measure") or texts.get("guideline", "")
    values: dict[str, Any] = {key: texts.get(key, "") for key in known}
    spot = replace(first.spot, column=0)
    return PlanRow(measure=measure, spot=spot, status=_status(texts), **values)


def _status(texts: Mapping[str, str]) -> str:
    """Return the status a tick stands for, else the one that is written."""
    not_done, done = label("plan.statuses").split()[0], label("plan.done")
    for key, status in (("done", done), ("not_done", not_done)):
        if texts.get(key, "").strip()[:1] in tuple(_TICKS):
            return status
    return texts.get("status", "")


def _text(row: Sequence[Cell], at: int) -> str:
    return row[at].text.strip() if at < len(row) else ""


def _continues(row: Sequence[Cell], columns: Mapping[str, int], texts: Mapping[str, str]) -> bool:
    """Whether a row only goes on with the measure above it."""
    at = columns.get("measure", columns.get("guideline", 0))
    is_merged = at < len(row) and row[at].is_continued
    is_rest = not texts.get("measure") and not texts.get("indicator") and any(texts.values())
    return is_merged or ("measure" in columns and is_rest)


def _joined(row: PlanRow, texts: Mapping[str, str]) -> PlanRow:
    more: dict[str, Any] = {
        key: "\n".join(filter(None, (getattr(row, key), texts.get(key, ""))))
        for key in _JOINED
        if texts.get(key) and texts[key] not in getattr(row, key)
    }
    return replace(row, **more)


def _with_codes(row: PlanRow, lead: Sequence[Line], naming: Naming) -> PlanRow:
    """Return a row with the indicators it means: as its cells say, else as its heading does."""
    for text in (row.indicator, row.finding, row.measure):
        if codes := tuple(_codes(text, naming)):
            return replace(row, codes=codes)
    for line in reversed(lead):
        codes = tuple(_codes(line.text, naming))
        if len(codes) == 1:
            return replace(row, codes=codes)
        if line.level:
            break
    return row


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
