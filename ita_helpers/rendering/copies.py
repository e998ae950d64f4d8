"""Offices' own notebooks on disk: made, renewed, joined for a run, checked.

Brings notebooks (``edited``, ``run``) and data together wherever a copy is edited, checked or run.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.edited.cells import RENDER, Cell, ours, tags_of
from ita_helpers.edited.join import Joined, count_unprinted, join
from ita_helpers.edited.lines import name_of, restore_command
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.edited.next_year import offers_from
from ita_helpers.edited.reading import read_notebook_file, read_own_notebook
from ita_helpers.errors import (
    ChangedMeanwhile,
    NotebookFailed,
    write_error,
)
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace, free_backup
from ita_helpers.language.catalogue import label, say
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.params import ReportParameters
from ita_helpers.store.table_files import write_together
from ita_helpers.store.trust import own_code, require_trust
from ita_helpers.words.slots import draft_all

INJECTED = 1
"""papermill adds one cell, its parameters, before any that can fail."""


@dataclass(frozen=True)
class Renewal:
    """What became of a copy: made anew, renewed with its old version kept, or left as it was."""

    path: Path
    is_written: bool
    backup: Path | None = None
    offers_of: int = 0
    offers: int = 0


def read_template(workspace: Workspace, name: str) -> Mapping[str, Any]:
    """Return a template notebook."""
    path = workspace.template(name)
    return read_notebook_file(path, workspace.shown(path))


def read_copy(workspace: Workspace, parameters: ReportParameters) -> Mapping[str, Any] | None:
    """Return the office's own notebook of a report, or nothing.

    Raises ``UnreadableNotebook``, ``ForeignNotebook`` or ``NewerNotebook``.
    """
    path = workspace.edited(parameters.stem)
    if not parameters.kind.has_copy or not path.is_file():
        return None
    owner = (parameters.organisation, parameters.fiscal_year)
    return read_own_notebook(path, workspace.shown(path), *owner)


def join_copy(
    workspace: Workspace, parameters: ReportParameters, data: ReportData
) -> Joined | None:
    """Return today's template with the words of the office's copy; nothing without a copy.

    Raises what ``read_copy`` raises, and ``ConflictingSlot``.
    """
    edited = read_copy(workspace, parameters)
    if edited is None:
        return None
    shown = workspace.shown(workspace.edited(parameters.stem))
    return join(read_template(workspace, parameters.template), edited, drafts_of(data), shown)


def tell(workspace: Workspace, parameters: ReportParameters, joined: Joined) -> Iterator[str]:
    """Yield what an office should know of its copy when a report is made of it."""
    shown = workspace.shown(workspace.edited(parameters.stem))
    if joined.missing:
        names = list(map(name_of, joined.missing))
        yield say("edit.vanished", file=shown, slots=names, command=restoring(parameters))
    listed = {
        "lost": joined.lost,
        "typed": joined.typed,
        "stale": joined.open,
        "blanks": joined.blanks,
    }
    for key, slots in listed.items():
        if slots:
            names = [name_of(slot) if slot else label("edit.elsewhere") for slot in slots]
            yield say(f"edit.{key}", file=shown, slots=names)
    if joined.carried:
        changes = [
            {"slot": name_of(slot), "old": each.old, "new": each.new}
            for slot, carried in joined.carried.items()
            for each in carried
        ]
        yield say("edit.carried", file=shown, changes=changes)
    yield from tell_values(workspace, parameters, joined)
    if joined.offers:
        yield say("edit.offers", file=shown, count=joined.offers)
    printed = parameters.layout.notebook_parts
    unprinted = count_unprinted(
        joined.notebook, read_template(workspace, parameters.template), printed
    )
    if unprinted:
        yield say("edit.unprinted", file=shown, count=unprinted)


def tell_values(
    workspace: Workspace, parameters: ReportParameters, joined: Joined
) -> Iterator[str]:
    """Yield that values typed into a copy are not those of its report, where they are not."""
    given = parameters.for_notebook
    values = [
        {"name": name, "typed": typed, "given": given[name]}
        for name, typed in joined.values.items()
        if name in given and typed != given[name]
    ]
    if values:
        shown = workspace.shown(workspace.edited(parameters.stem))
        yield say("edit.values", file=shown, values=values)


def renew_copy(
    workspace: Workspace, parameters: ReportParameters, params: Path, data: ReportData
) -> Renewal:
    """Make the office's own notebook, or bring it up to today's data; all or nothing.

    A version that is replaced is kept beside it. Raises what ``join_copy`` and a run raise.
    """
    target = workspace.edited(parameters.stem)
    try:
        return _renew(workspace, parameters, params, data)
    except OSError as error:
        raise write_error(error, target) from error


def _renew(
    workspace: Workspace, parameters: ReportParameters, params: Path, data: ReportData
) -> Renewal:
    from ita_helpers.files.signing import sign, to_bytes

    target = workspace.edited(parameters.stem)
    before = target.read_bytes() if target.is_file() else None
    joined = join_copy(workspace, parameters, data)
    year, offers = (0, {}) if joined else _offers(workspace, parameters)
    naming = naming_cells_of_the_copy(workspace, parameters, joined)
    with naming, tempfile.TemporaryDirectory(prefix="ita-") as folder:
        executed = _execute(workspace, parameters, joined, Path(folder))
    seen_from = os.path.relpath(params.absolute(), target.parent).replace(os.sep, "/")
    parts = parameters.layout.notebook_parts
    values = parameters.for_notebook
    owner = Owner(parameters.organisation, parameters.fiscal_year, seen_from, parts, values)
    template = read_template(workspace, parameters.template)
    made = make_copy(executed, template, drafts_of(data), owner, joined=joined, offers=offers)
    notebook = as_notebook(made)
    content = to_bytes(notebook)
    if before is not None and _is_same(before, content):
        return Renewal(target, is_written=False)
    backup = _replace(workspace, target, before, content)
    sign(notebook)
    keys = {cell["metadata"]["ita"]["offer"] for cells in offers.values() for cell in cells}
    return Renewal(target, True, backup, year, len(keys))


@contextmanager
def naming_cells_of_the_copy(
    workspace: Workspace, parameters: ReportParameters, joined: Joined | None
) -> Iterator[None]:
    """Tell of a failing cell by its place in the office's copy, where there is one."""
    try:
        yield
    except NotebookFailed as error:
        cell = error.facts["cell"]
        if joined is None or not isinstance(cell, int):
            raise
        cells = joined.notebook["cells"]
        failed = cells[min(cell - 1 - INJECTED, len(cells) - 1)]["id"]
        copied = read_copy(workspace, parameters) or {"cells": []}
        places = {each["id"]: place for place, each in enumerate(copied["cells"], start=1)}
        shown = workspace.shown(workspace.edited(parameters.stem))
        facts = {**error.facts, "notebook": shown, "cell": places.get(failed, "–")}
        raise type(error)(**facts) from error


def restoring(parameters: ReportParameters) -> str:
    """Return the command that brings slots back."""
    return restore_command(parameters.organisation, parameters.fiscal_year)


def drafts_of(data: ReportData) -> dict[str, list[str]]:
    """Return the sentences of the slots that have a draft, in the report's digits."""
    return {slot: sentences for slot, sentences in draft_all(data).items() if sentences}


def as_notebook(notebook: Mapping[str, Any]) -> Any:
    """Return a notebook as the objects of nbformat."""
    import nbformat

    return nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]


def _execute(
    workspace: Workspace, parameters: ReportParameters, joined: Joined | None, folder: Path
) -> Any:
    from ita_helpers.run.execute import execute_notebook

    name = parameters.template
    source = workspace.template(name)
    beside = workspace.edited(parameters.stem).parent if joined else source.parent
    if joined:
        source = folder / "joined.ipynb"
        source.write_text(json.dumps(joined.notebook, ensure_ascii=False), encoding="utf-8")
    own = own_code(workspace, name, source)
    require_trust(workspace, workspace.edited(parameters.stem) if joined else source, own, beside)
    with root_for_notebooks(workspace):
        output = folder / "executed.ipynb"
        given = parameters.for_notebook
        return execute_notebook(source, output, given, shown=name, engine="ita", beside=beside)


def _offers(
    workspace: Workspace, parameters: ReportParameters
) -> tuple[int, dict[str, list[Cell]]]:
    """Return the latest earlier year that has a copy, and what it offers."""
    for year in range(parameters.fiscal_year - 1, min(workspace.framework_years()) - 1, -1):
        earlier = parameters.model_copy(update={"fiscal_year": year})
        previous = read_copy(workspace, earlier)
        if previous is not None:
            return year, offers_from(previous, read_template(workspace, parameters.template), year)
    return 0, {}


def _is_same(before: bytes, after: bytes) -> bool:
    """Whether two notebooks hold the same cells and slots, whatever wrote or ran them."""
    return _content(before) == _content(after)


def _content(content: bytes) -> list[Any]:
    import nbformat

    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    return [{key: ours(notebook).get(key) for key in ("missing", "gone")}] + [
        (
            cell.cell_type,
            cell.source,
            sorted(tags_of(cell)),
            ours(cell),
            cell.get("attachments"),
            RENDER in tags_of(cell)
            or [(each.get("data"), each.get("text")) for each in cell.get("outputs", ())],
        )
        for cell in notebook.cells
    ]


def replace_copy(
    workspace: Workspace, target: Path, before: bytes, made: Mapping[str, Any]
) -> Path | None:
    """Put a copy with other cells in the place of the version ``before``, as trusted as that was.

    Returns where that version is kept. Raises ``ChangedMeanwhile`` or ``WriteFailed``.
    """
    from ita_helpers.files.signing import is_signed, sign, to_bytes

    notebook = as_notebook(made)
    backup = _replace(workspace, target, before, to_bytes(notebook))
    if is_signed(before):
        sign(notebook)
    return backup


def _replace(
    workspace: Workspace, target: Path, before: bytes | None, content: bytes
) -> Path | None:
    """Put a copy in the place of the version it was made of, and return where that is kept.

    Raises ``ChangedMeanwhile`` where another version is there now, or ``WriteFailed``.
    """
    with writing(workspace.root):
        if (target.read_bytes() if target.is_file() else None) != before:
            raise ChangedMeanwhile(file=workspace.shown(target))
        if before is None:
            write_together(workspace, {target: content})
            return None
        backup = free_backup(target)
        write_together(workspace, {backup: before, target: content})
        return backup


def find_notebook(workspace: Workspace, stem: Path) -> Path | None:
    """Return the notebook that holds a report's words: the edited copy, else the executed one."""
    files = (workspace.edited(stem), (workspace.rendered / stem).with_suffix(".ipynb"))
    return next((file for file in files if file.is_file()), None)
