"""Offices' own notebooks on disk: made, renewed, joined for a run, checked.

Brings notebooks (``edited``, ``run``) and data together wherever a copy is edited, checked or run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.edited.cells import RENDER, Cell, ours, tags_of
from ita_helpers.edited.join import count_unprinted
from ita_helpers.edited.lines import name_of, restore_command
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.edited.next_year import offers_from
from ita_helpers.errors import (
    ChangedMeanwhile,
    NotebookFailed,
    write_error,
)
from ita_helpers.files.change import writing
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.workspace import Workspace, free_backup, seen_from
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.slots import slot_of_code
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.rendering.own_notebook import OwnNotebook, read_copy
from ita_helpers.scoring.remarkable import find_unremarkable
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.params import ReportParameters
from ita_helpers.store.table_files import write_together
from ita_helpers.store.trust import has_own_code, own_code, require_trust

INJECTED = 1
"""papermill adds one cell, its parameters, before any that can fail."""


@dataclass(frozen=True)
class Renewal:
    """The outcome for a copy: newly made, renewed with its old version kept, or left as it was."""

    path: Path
    is_written: bool
    backup: Path | None = None
    offers_of: int = 0
    offers: int = 0


def tell(own: OwnNotebook) -> Iterator[str]:
    """Yield what an office should know about its copy when a report is made from it."""
    shown, joined = own.shown, own.joined
    if joined is None:
        return
    if joined.missing:
        names = list(map(name_of, joined.missing))
        yield say("edit.vanished", file=shown, slots=names, command=restoring(own.parameters))
    listed = {
        "lost": joined.lost,
        "typed": joined.typed,
        "stale": joined.open,
        "reopened": [slot for slot in joined.lapsed if slot not in joined.open],
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
    yield from tell_values(own)
    if joined.offers:
        yield say("edit.offers", file=shown, count=joined.offers)
    printed = own.parameters.layout.notebook_parts
    unprinted = count_unprinted(joined.notebook, own.template, printed)
    if unprinted:
        yield say("edit.unprinted", file=shown, count=unprinted)


def tell_values(own: OwnNotebook) -> Iterator[str]:
    """Yield a warning if values typed into a copy are not those of its report."""
    given = own.parameters.for_notebook
    values = [
        {"name": name, "typed": typed, "given": given[name]}
        for name, typed in (own.joined.values if own.joined else {}).items()
        if name in given and typed != given[name]
    ]
    if values:
        yield say("edit.values", file=own.shown, values=values)


def renew_copy(
    workspace: Workspace, parameters: ReportParameters, params: Path, data: ReportData
) -> Renewal:
    """Make the office's own notebook, or bring it up to today's data; all or nothing.

    A version that is replaced is kept beside it. Raises what ``OwnNotebook`` and a run raise.
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
    own = OwnNotebook(workspace, parameters, data)
    joined = own.joined
    year, offers = (0, {}) if joined else _offers(own)
    with naming_cells_of_the_copy(own), scratch_folder() as folder:
        executed = _execute(own, folder)
    seen = seen_from(params.absolute(), target.parent)
    parts = parameters.layout.notebook_parts
    values = parameters.for_notebook
    folded = frozenset(slot_of_code(each.code) for each in find_unremarkable(data))
    owner = Owner(parameters.organisation, parameters.fiscal_year, seen, parts, values, folded)
    made = make_copy(executed, own.template, own.drafts, owner, joined=joined, offers=offers)
    notebook = as_notebook(made)
    content = to_bytes(notebook)
    if before is not None and _is_same(before, content):
        return Renewal(target, is_written=False)
    backup = _replace(workspace, target, before, content)
    sign(notebook)
    keys = {cell["metadata"]["ita"]["offer"] for cells in offers.values() for cell in cells}
    return Renewal(target, True, backup, year, len(keys))


@contextmanager
def naming_cells_of_the_copy(own: OwnNotebook) -> Iterator[None]:
    """Report a failing cell by its place in the office's copy, if there is one."""
    try:
        yield
    except NotebookFailed as error:
        cell = error.facts["cell"]
        if own.joined is None or not isinstance(cell, int):
            raise
        cells = own.joined.notebook["cells"]
        failed = cells[min(cell - 1 - INJECTED, len(cells) - 1)]["id"]
        facts = {**error.facts, "notebook": own.shown, "cell": own.numbers.get(failed, "–")}
        raise type(error)(**facts) from error


def restoring(parameters: ReportParameters) -> str:
    """Return the command that brings slots back."""
    return restore_command(parameters.organisation, parameters.fiscal_year)


def as_notebook(notebook: Mapping[str, Any]) -> Any:
    """Return a notebook as the objects of nbformat."""
    import nbformat

    return nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]


def _execute(own: OwnNotebook, folder: Path) -> Any:
    from ita_helpers.run.execute import execute_notebook
    from ita_helpers.run.processes import forking_here

    name, beside = own.parameters.template, own.source.parent
    source = own.to_run(folder)
    code = own_code(own.workspace, name, source)
    require_trust(own.workspace, own.source, code, beside)
    is_ours = not has_own_code(own.workspace, name, {source, own.source})
    alone = forking_here() if is_ours else nullcontext()
    with root_for_notebooks(own.workspace), alone:
        return execute_notebook(
            source,
            folder / "executed.ipynb",
            own.parameters.for_notebook,
            shown=name,
            engine="ita",
            beside=beside,
            is_written=False,
        )


def _offers(own: OwnNotebook) -> tuple[int, dict[str, list[Cell]]]:
    """Return the latest earlier year that has a copy, and what it offers."""
    first = min(own.workspace.framework_years())
    for year in range(own.parameters.fiscal_year - 1, first - 1, -1):
        earlier = own.parameters.model_copy(update={"fiscal_year": year})
        previous = read_copy(own.workspace, earlier)
        if previous is not None:
            return year, offers_from(previous, own.template, year)
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
    """Replace the version ``before`` of a copy by one with other cells, keeping its trust.

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
    """Replace the version a copy was made from, and return where that is kept.

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
