"""The plan of measures in a report: its tables, whatever their heads are called."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Cell, Line, Table
from ita_helpers.documents.naming import Naming, numbers_in
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.plan_aims import read_printed_aims
from ita_helpers.documents.plan_heads import (
    TICK_COLUMNS,
    column_of,
    is_row_of,
    is_score,
    said_of_status,
    status_of,
)
from ita_helpers.documents.plan_time import calendar_of, period_of
from ita_helpers.documents.table_heads import is_total
from ita_helpers.values import replace

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
_JOINED = ("indicators", "steps", "finding", "guideline", "owners")
NEAREST = 2
"""Lines above a plan that may say what all of it is about."""


@dataclass(frozen=True)
class _Heads:
    """The heading of a plan: the place of each column, its rows, the months that columns are."""

    columns: Mapping[str, int]
    count: int
    calendar: Mapping[int, str]

    def texts(self, row: Sequence[Cell]) -> dict[str, str]:
        """Return the cells of a row by their columns; marked months are its period."""
        texts = {key: _text(row, at) for key, at in self.columns.items()}
        if self.calendar and not texts.get("start"):
            marked = [at for at in self.calendar if _text(row, at).strip("-\u2013\u2014")]
            texts["start"] = period_of(self.calendar, marked)
        return texts


def is_plan(table: Table) -> bool:
    """Whether a table is one of measures: with their steps, owners or time, and no scores."""
    return _heads(table) is not None or _is_form(table)


def plan_rows(table: Table, lead: Sequence[Line], naming: Naming) -> list[PlanRow]:
    """Return the measures of a plan; ``lead`` are the lines above it, the nearest last."""
    if _is_form(table):
        return _form_row(table, naming)
    heads = _heads(table)
    if heads is None:
        return []
    columns = heads.columns
    rows: list[PlanRow] = []
    above: dict[str, str] = {}
    page, section = table.spot.page, ""
    for row in table.rows[heads.count :]:
        texts = heads.texts(row)
        section = (found := _section(row)) or section
        if found or is_total(texts.get("measure", "").strip()):
            continue
        is_parted, page = _is_parted(row, page, texts), row[0].spot.page
        if is_parted:
            rows[-1:] = [_with_rest(each, texts) for each in rows[-1:]]
            continue
        if rows and _continues(row, columns, texts):
            rows[-1] = _joined(rows[-1], texts)
            continue
        if not (texts.get("measure") or texts.get("guideline")) or _is_total(texts):
            continue
        if pattern("columns.total").search(texts.get("measure", "").strip()):
            continue
        for key, at in columns.items():
            if at < len(row) and row[at].is_continued:
                texts[key] = above.get(key, "")
        above = texts
        made = _row(row[0], texts)
        codes = tuple(codes_in(section, naming)) if section else ()
        rows.append(replace(made, codes=codes, columns=frozenset(columns)))
    return [_with_codes(each, lead, naming) for each in rows]


def _section(row: Sequence[Cell]) -> str:
    """Return the text of a row that only names what the measures below are grouped by."""
    texts = {each.text.strip() for each in row} - {""}
    text = next(iter(texts)) if len(texts) == 1 else ""
    return text if is_row_of("section", text) else ""


def _is_total(texts: Mapping[str, str]) -> bool:
    """Whether a row only sums up what stands above it."""
    measure = texts.get("measure", "")
    return is_row_of("total", measure) and not any(
        texts.get(key) for key in ("owners", "start", "end", "steps")
    )


def _is_parted(row: Sequence[Cell], page: int, texts: Mapping[str, str]) -> bool:
    """Whether a row at the top of a page is the rest of one that began on the page before."""
    has_own = any(texts.get(key) for key in ("owners", "start", *TICK_COLUMNS))
    return row[0].spot.page > page > 0 and not has_own


def _with_rest(row: PlanRow, texts: Mapping[str, str]) -> PlanRow:
    measure = " ".join(filter(None, (row.measure, texts.get("measure", ""))))
    return replace(_joined(row, texts), measure=measure)


def _heads(table: Table) -> _Heads | None:
    """Return what the columns of a plan are; nothing if the table is no plan."""
    heads = table.rows[0]
    if any(is_score(cell.text) for cell in heads):
        return None
    columns = _with_end(_columns(heads), table.rows[1:])
    months = calendar_of({at: cell.text for at, cell in enumerate(heads)}, {})
    if not _is_enough([*columns, *(["start"] if months else [])]):
        return None
    if len(table.rows) < MOST_HEADS or _text(table.rows[1], columns.get("measure", 0)):
        return _Heads(columns, 1, months)
    below = _columns(table.rows[1])
    ticks = {key: at for key, at in below.items() if key in TICK_COLUMNS}
    months = months or _months_below(table)
    if not ticks and not months:
        return _Heads(columns, 1, months)
    taken = {*ticks.values(), *months}
    kept = {key: at for key, at in columns.items() if at not in taken}
    return _Heads(kept | ticks, MOST_HEADS, months)


def _months_below(table: Table) -> dict[int, str]:
    """Return the months or quarters that the second row of a heading names."""
    above, over = "", {}
    for at in range(len(table.rows[1])):
        above = _text(table.rows[0], at) or above
        over[at] = above
    return calendar_of({at: cell.text for at, cell in enumerate(table.rows[1])}, over)


def _columns(heads: Sequence[Cell]) -> dict[str, int]:
    """Return where each column is; of several for one column the first."""
    found = [(column_of(cell.text), at) for at, cell in enumerate(heads)]
    return {column: at for column, at in reversed(found) if column}


def _with_end(columns: dict[str, int], rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Return the columns with one of what is done as that of last days, if it holds days."""
    at = columns.get("done", -1)
    is_paired = "not_done" in columns or "end" in columns
    if is_paired or not any(char.isdecimal() for row in rows for char in _text(row, at)):
        return columns
    return {"end" if key == "done" else key: each for key, each in columns.items()}


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
    values["follow_up"] = values["follow_up"] or said_of_status(texts)
    values["period"] = values["period"] or texts.get("end", "")
    status = status_of(texts) or texts.get("status", "")
    return PlanRow(measure=measure, spot=replace(first.spot, column=0), status=status, **values)


def _text(row: Sequence[Cell], at: int) -> str:
    """Return the text of a cell; nothing of one that is not there."""
    return row[at].text.strip() if 0 <= at < len(row) else ""


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
    if certain := read_printed_aims(row.indicator, naming).indicators:
        return replace(row, codes=certain)
    for text in (row.indicator, row.finding, row.measure):
        if codes := tuple(codes_in(text, naming)):
            return replace(row, codes=codes)
    for line in reversed(lead[-NEAREST:]):
        codes = tuple(codes_in(line.text, naming))
        if len(codes) == 1 and (line.level or _names_instrument(line.text, naming)):
            return replace(row, codes=codes)
        if line.level:
            break
    return row


def _names_instrument(text: str, naming: Naming) -> bool:
    known = {each.code for each in naming.framework.instruments.list}
    return any(known & set(each.codes) for each in naming.mentions(text))


def codes_in(text: str, naming: Naming) -> Iterator[str]:
    """Yield the indicators a text names, each once; a bare number is one too."""
    seen: set[str] = set()
    if pattern("plan.numbers").fullmatch(text.strip().rstrip(".")):
        for number in numbers_in(text):
            if naming.framework.find_indicator(str(number)) and str(number) not in seen:
                seen.add(str(number))
                yield str(number)
    elif pattern("plan.all_indicators").fullmatch(text.strip()):
        yield from (each.code for each in naming.framework.indicators.list)
    for mention in naming.mentions(text):
        by_name = naming.code_of(mention.name) if mention.name else ""
        for code in (by_name,) if by_name else mention.codes:
            if naming.framework.find_indicator(code) and code not in seen:
                seen.add(code)
                yield code
