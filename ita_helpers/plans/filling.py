"""Proposing the indicators of measures in a plan that names none, and writing them into it.

Only what the words of a measure name is proposed: an indicator by its number or name, an item by
its code.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_helpers.documents.naming import Naming
from ita_helpers.documents.plan_heads import head_of
from ita_helpers.files.inert import as_csv_cell
from ita_helpers.files.text import find_separator, read_text
from ita_helpers.files.workspace import Workspace, free_backup
from ita_helpers.records.framework import Framework
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.spreadsheets.ods_rows import fill_ods_cells
from ita_helpers.spreadsheets.rows import Cells, fill_cells
from ita_helpers.store.plan_finding import find_plan
from ita_helpers.store.plan_table import PlanTable
from ita_helpers.store.table_files import write_together


@dataclass(frozen=True)
class Proposal:
    """The indicators that the words of a measure name; of an item, its indicator."""

    measure: Measure
    codes: tuple[str, ...]


def propose_indicators(plan: Plan, framework: Framework) -> list[Proposal]:
    """Return proposals for the measures of a plan that names no indicator."""
    if plan.names_indicators:
        return []
    naming = Naming(framework)
    found = [Proposal(e, _codes(e, naming)) for e in plan.measures if not e.aimed_at]
    return [each for each in found if each.codes]


def fill_indicators(workspace: Workspace, path: Path, proposals: Sequence[Proposal]) -> Path:
    """Write proposals into the indicator column, added if there is none; return the backup.

    Raises ``WriteFailed``.
    """
    shown = workspace.shown(path)
    table = _table(path, shown)
    cells = _cells(table, proposals)
    if path.suffix == ".csv":
        content = _as_text(table, cells, find_separator(read_text(path, shown)))
    elif path.suffix == ".ods":
        content = fill_ods_cells(path.read_bytes(), table.grid.sheet, cells)
    else:
        content = fill_cells(path.read_bytes(), shown, table.grid.sheet, cells)
    backup = free_backup(path)
    write_together(workspace, {backup: path.read_bytes(), path: content})
    return backup


def _codes(measure: Measure, naming: Naming) -> tuple[str, ...]:
    owners = naming.framework.owners_of_items
    text = "\n".join((measure.name, measure.finding, measure.guideline))
    named = [code for each in naming.mentions(text) for code in each.codes]
    codes = (owners.get(code, code) for code in named)
    return tuple(dict.fromkeys(code for code in codes if naming.framework.find_indicator(code)))


def _table(path: Path, shown: str) -> PlanTable:
    table = find_plan(read_grids(path, shown))
    assert table is not None
    return table


def _cells(table: PlanTable, proposals: Sequence[Proposal]) -> Cells:
    """Return the texts to write, by row and column counted from 1."""
    new = max(map(len, table.grid.rows))
    column = table.columns.get("indicators", new) + 1
    cells = {each.measure.row: {column: ", ".join(each.codes)} for each in proposals}
    is_there = "indicators" in table.columns
    return cells if is_there else {table.head + 1: {column: head_of("indicators")}} | cells


def _as_text(table: PlanTable, cells: Cells, separator: str) -> bytes:
    width = max(column for texts in cells.values() for column in texts)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    for number, row in enumerate(table.grid.rows, start=1):
        line = [*row, *[""] * (width - len(row))]
        for column, said in cells.get(number, {}).items():
            line[column - 1] = said
        writer.writerow(map(as_csv_cell, line))
    return text.getvalue().encode("utf-8-sig")
