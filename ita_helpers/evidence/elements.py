"""Finding where a finished paper shows the elements of its measures: by the columns of its tables.

Pages are those of the file itself, read back; nothing is inferred from how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.document import Document, Line, Table
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.plan_heads import column_of, head_of, is_score
from ita_helpers.documents.plan_tables import plan_rows
from ita_helpers.evidence.dossier import Element, Place
from ita_helpers.records.names import normal

SAME = {"end": "start", "done": "status", "not_done": "status"}
"""Columns that show the same element as another."""
NAMES = ("measure", "guideline")
"""Columns of which every table of measures has one."""
FIELDS = {
    "indicators": "indicator",
    "finding": "finding",
    "guideline": "guideline",
    "measure": "measure",
    "steps": "method",
    "start": "period",
    "owners": "owner",
    "follow_up": "follow_up",
    "status": "status",
}
"""The field of a measure that holds what stands in a column."""
USUAL = {
    "analysis": ("measure", "finding", "steps", "start", "owners"),
    "follow_up": ("measure", "status", "result", "evidence"),
}
"""The columns looked for where the rules list no elements, by what an item asks for."""
_BLANK = " -\u2013\u2014\u2026."


@dataclass(frozen=True)
class Shown:
    """A table of measures in a paper: its columns, where it stands, and its measures."""

    columns: frozenset[str]
    place: Place
    rows: tuple[PlanRow, ...]


def usual_elements(asked: str) -> tuple[str, ...]:
    """Return the names of what any paper of this kind shows."""
    return tuple(map(head_of, USUAL[asked]))


def find_tables(document: Document, naming: Naming) -> list[Shown]:
    """Return the tables of measures in a paper."""
    found, heading = [], ""
    for block in document.blocks:
        if isinstance(block, Line):
            heading = block.raw if block.level else heading
            continue
        rows = tuple(plan_rows(block, (), naming))
        if columns := _columns(block, rows):
            pages = tuple(sorted({row[0].spot.page for row in block.rows if row}))
            found.append(Shown(columns, Place(heading, pages), rows))
    return found


def find_element(name: str, tables: Sequence[Shown], document: Document) -> Element:
    """Return an element of the measures with its places.

    One that is no column of a plan is looked for among the headings.
    """
    column = SAME.get(column_of(name), column_of(name))
    if not column:
        return Element(name, "", tuple(_headed(name, document)))
    having = [each for each in tables if column in each.columns]
    most = max((len(each.columns) for each in having), default=0)
    best = [each for each in having if len(each.columns) == most]
    return Element(name, column, _merged(best), _lacking(column, tables) if best else ())


def measures_in(tables: Sequence[Shown]) -> tuple[PlanRow, ...]:
    """Return the measures of a paper, each as the table with most columns shows it."""
    most = max((len(each.columns) for each in tables if each.rows), default=0)
    return tuple(row for each in tables if len(each.columns) == most for row in each.rows)


def _columns(table: Table, rows: Sequence[PlanRow]) -> frozenset[str]:
    """Return what the columns of a table of measures mean; nothing for any other."""
    heads = [cell.text for cell in table.rows[0]]
    if any(map(is_score, heads)):
        return frozenset()
    is_form = bool(rows) and not rows[0].columns
    written = (row[0].text for row in table.rows) if is_form else heads
    known = rows[0].columns if rows and not is_form else map(column_of, written)
    named = {SAME.get(each, each) for each in known} - {""}
    return frozenset(named) if len(named) > 1 and named & {*NAMES} else frozenset()


def _headed(name: str, document: Document) -> Iterator[Place]:
    wanted = normal(name)
    for block in document.blocks:
        if isinstance(block, Line) and block.level and wanted in normal(block.text):
            yield Place(block.raw, (block.spot.page,))


def _merged(tables: Sequence[Shown]) -> tuple[Place, ...]:
    """Return the places of tables, those under one heading as one."""
    pages: dict[str, set[int]] = {}
    for each in tables:
        pages.setdefault(each.place.heading, set()).update(each.place.pages)
    return tuple(Place(heading, tuple(sorted(on))) for heading, on in pages.items())


def _lacking(column: str, tables: Sequence[Shown]) -> tuple[str, ...]:
    """Return the measures of the fullest tables that no table shows with this element."""
    field = FIELDS.get(column)
    if field is None:
        return ()
    rows = (row for each in tables for row in each.rows)
    told = {normal(row.measure) for row in rows if getattr(row, field).strip(_BLANK)}
    named = (row.measure for row in measures_in(tables))
    return tuple(dict.fromkeys(each for each in named if normal(each) not in told))
