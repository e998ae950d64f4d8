"""Applying an import: all tables are written together, and backups of changed ones kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace, free_backup
from ita_helpers.importing.compare import compare
from ita_helpers.importing.found import CONFLICTING, Found
from ita_helpers.importing.new_values import TABLES, Consent, Import, Key
from ita_helpers.offices.newcomers import table_with
from ita_helpers.store.organisations import organisation_of, read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.table_files import Cells, read_cells, render_table, write_together


def apply_as_shown(
    workspace: Workspace, readings: Iterable[Found], shown: Import, consent: Consent
) -> tuple[Import, list[Path] | None]:
    """Compare again under the lock, and write the plan if it is still as shown.

    Returns the new plan, and the tables written: none if the plan has changed. Raises what
    ``compare`` raises, or ``WriteFailed``.
    """
    with writing(workspace.root):
        plan = compare(workspace, readings, consent, before=shown)
        if not plan.does_the_same(shown):
            return plan, None
        return plan, apply(workspace, plan, force=consent.overwrite)


def apply(workspace: Workspace, plan: Import, *, force: bool) -> list[Path]:
    """Write a plan and return the tables written.

    Without ``force``, an office's year with any contradicting value is left entirely unchanged. A
    table that loses a value is kept in ``backups/`` beside it. Raises ``WriteFailed``, with nothing
    changed.
    """
    left = set() if force else left_alone(plan)
    contents: dict[Path, bytes] = {}
    backups: dict[Path, bytes] = {}
    if plan.newcomers:
        contents[workspace.organisations] = table_with(workspace, plan.newcomers)
    for (table, fiscal_year), rows in plan.rows.items():
        wanted = {key: row for key, row in rows.items() if (key[0], fiscal_year) not in left}
        if not wanted:
            continue
        path = workspace.yearly(table, fiscal_year)
        have = read_cells(workspace, path, table)
        if any(_key(table, row) in wanted for row in have):
            backups[free_backup(path)] = path.read_bytes()
        contents[path] = render_table(table, _merged(table, have, wanted))
    contents |= _plans(workspace, plan)
    write_together(workspace, {**backups, **contents})
    return list(contents)


def _plans(workspace: Workspace, plan: Import) -> dict[Path, bytes]:
    """Return the workbooks of plans that came in; one that is there meanwhile is left."""
    if not plan.plans:
        return {}
    from ita_helpers.plans.book import render_book

    offices = dict(read_organisations(workspace))
    offices |= {each.code: organisation_of(each.cells) for each in plan.newcomers}
    made = {}
    for (code, fiscal_year), found in plan.plans.items():
        measures = [each.measure for each in found]
        owners = list(dict.fromkeys(owner for each in measures for owner in each.owners))
        framework = read_framework(workspace, fiscal_year)
        content = render_book(offices[code], framework, measures, owners)
        made[workspace.new_plan(code, fiscal_year)] = content
    return made


def left_alone(plan: Import) -> set[tuple[str, int]]:
    """Return the offices and years with a value that contradicts the tables."""
    return {(each.organisation, each.fiscal_year) for each in plan.contradictions}


def _merged(table: str, have: Iterable[Cells], wanted: dict[Key, Cells]) -> list[Cells]:
    """Return the rows with changed ones in place and new ones at the end."""
    waiting = dict(wanted)
    rows = [
        row if row.get("status") == CONFLICTING else waiting.pop(_key(table, row), row)
        for row in have
    ]
    return [*rows, *waiting.values()]


def _key(table: str, row: Cells) -> Key:
    return tuple(row[column] for column in TABLES[table])
