"""Updating an office's plan: drafted measures below what people wrote, or a new version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_helpers.errors import ChangedMeanwhile
from ita_helpers.files.change import writing
from ita_helpers.files.moving import remove
from ita_helpers.files.workspace import Workspace, free_backup
from ita_helpers.plans.book import extend_book, extend_text, render_book
from ita_helpers.plans.draft import draft_measures
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.params import ReportParameters
from ita_helpers.store.table_files import write_together


@dataclass(frozen=True)
class Drafted:
    """The outcome for a plan: how many measures were drafted, where, and the previous version.

    ``formulas`` is how many it has; they were left as they are. ``unknown`` are the indicators that
    measures would be drafted for if the plan said which it has measures for.
    """

    path: Path
    count: int
    backup: Path | None = None
    formulas: int = 0
    unknown: tuple[str, ...] = ()


def write_plan(workspace: Workspace, parameters: ReportParameters, data: ReportData) -> Drafted:
    """Add drafts of the measures a plan lacks; an existing plan keeps all it has.

    What a plan lacks that names no indicator is not known, so nothing is added to it.

    The caller has held the workspace since before it loaded ``data``. Raises ``WriteFailed``, or
    ``UnreadableSheet`` for a formula without a saved value.
    """
    organisation, year = parameters.organisation, parameters.fiscal_year
    measures = draft_measures(data, data.plan)
    there = workspace.plans(organisation, year)
    if not there:
        path = workspace.new_plan(organisation, year)
        if measures:
            owners = list(dict.fromkeys([*data.office.units.values(), *data.office.units]))
            owners += [owner for each in measures for owner in each.owners]
            offered = list(dict.fromkeys(owners))
            content = render_book(data.organisation, data.framework, measures, offered)
            write_together(workspace, {path: content})
        return Drafted(path, len(measures))
    path = there[0]
    if not measures:
        return Drafted(path, 0)
    if data.plan and data.plan.measures and not data.plan.names_indicators:
        codes = tuple(code for each in measures for code in each.indicators)
        return Drafted(path, 0, unknown=codes)
    shown = workspace.shown(path)
    extend = extend_text if path.suffix == ".csv" else extend_book
    extended = extend(path, shown, data.framework, measures)
    backup = free_backup(path)
    write_together(workspace, {backup: path.read_bytes(), path: extended.content})
    return Drafted(path, len(measures), backup, extended.formulas)


def replace_plan(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    file: tuple[str, bytes],
    before: bytes,
) -> Path | None:
    """Replace ``before`` by another version of a plan, given by its ending and content.

    Returns where ``before`` is kept; nothing if there was none. Raises ``ChangedMeanwhile`` where
    another version is there now, or ``WriteFailed``.
    """
    ending, content = file
    target = workspace.new_plan(organisation, fiscal_year).with_suffix(ending)
    with writing(workspace.root):
        old = next(iter(workspace.plans(organisation, fiscal_year)), None)
        if (old.read_bytes() if old else b"") != before:
            raise ChangedMeanwhile(file=workspace.shown(old or target))
        if old is None:
            write_together(workspace, {target: content})
            return None
        backup = free_backup(old)
        write_together(workspace, {backup: before, target: content})
        if old != target:
            remove(old)
    return backup
