"""Offices' own notebooks on disk: made, renewed, joined for a run, checked.

Joins the notebooks (``edited``, ``run``) with the data; the command line and nothing else calls it.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers import notebook_check, store
from ita_helpers.catalogue import label, say
from ita_helpers.change import writing
from ita_helpers.edited.cells import RENDER, Cell, ours, slot_of, tags_of
from ita_helpers.edited.join import Joined, count_unprinted, join
from ita_helpers.edited.lines import name_of, restore_command
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.edited.next_year import offers_from
from ita_helpers.errors import ChangedMeanwhile, NotebookFailed, write_error
from ita_helpers.narrative import draft_all
from ita_helpers.params import ReportParameters
from ita_helpers.paths import Workspace, first_free
from ita_helpers.publish.hiding import is_silent
from ita_helpers.publish.losses import Loss, Lost
from ita_helpers.publish.notebook_reader import find_losses
from ita_helpers.publish.picture_files import PictureFolder
from ita_helpers.rendering.environment import root_for_notebooks
from ita_helpers.report_data import ReportData
from ita_helpers.table_files import write_together
from ita_helpers.trust import own_code, require_trust

TEMPLATE = "ita_report.ipynb"
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


def read_template(workspace: Workspace) -> Mapping[str, Any]:
    """Return the template notebook."""
    path = workspace.template(TEMPLATE)
    return notebook_check.read_notebook_file(path, workspace.shown(path))


def read_copy(workspace: Workspace, parameters: ReportParameters) -> Mapping[str, Any] | None:
    """Return the office's own notebook of a report, or nothing.

    Raises ``UnreadableNotebook``, ``ForeignNotebook`` or ``NewerNotebook``.
    """
    path = workspace.edited(parameters.stem)
    if not parameters.is_analysis or not path.is_file():
        return None
    owner = (parameters.organisation, parameters.fiscal_year)
    return notebook_check.read_own_notebook(path, workspace.shown(path), *owner)


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
    return join(read_template(workspace), edited, drafts_of(data), shown)


def tell(workspace: Workspace, parameters: ReportParameters, joined: Joined) -> Iterator[str]:
    """Yield what an office should know of its copy when a report is made of it."""
    shown = workspace.shown(workspace.edited(parameters.stem))
    if joined.missing:
        names = list(map(name_of, joined.missing))
        yield say("edit.vanished", file=shown, slots=names, command=_restoring(parameters))
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
    unprinted = count_unprinted(joined.notebook, read_template(workspace), printed)
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
    from ita_helpers.run.jobs import sign, to_bytes

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
    template = read_template(workspace)
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


def check_report(
    workspace: Workspace, parameters: ReportParameters, data: ReportData, joined: Joined | None
) -> list[str]:
    """Return a line for everything in a report's words that contradicts the data or is stale.

    ``joined`` is what ``join_copy`` gave.
    """
    path = notebook_check.find_notebook(workspace, parameters.stem)
    if path is None:
        return []
    shown = workspace.shown(path)
    owner = (parameters.organisation, parameters.fiscal_year)
    written = notebook_check.read_own_notebook(path, shown, *owner)
    notebook = joined.notebook if joined else written
    offices = store.read_office_names(workspace)
    numbers = {cell["id"]: place for place, cell in enumerate(written["cells"], start=1)}
    template = read_template(workspace)
    lines = list(_missing_lines(parameters, shown, written, joined)) if joined else []
    lines += [
        say("check.line", file=shown, cell=numbers.get(each.cell, "–"), problem=str(each.problem))
        for each in notebook_check.check_notebook(notebook, template, data, offices)
    ]
    places = {slot_of(cell): numbers.get(cell["id"], "–") for cell in reversed(notebook["cells"])}
    for slot, changes in joined.open.items() if joined else ():
        for each in changes:
            problem = say("check.stale", slot=name_of(slot), old=each.old, new=each.new)
            lines.append(say("check.line", file=shown, cell=places[slot], problem=problem))
    return lines


def picture_folder(
    workspace: Workspace, parameters: ReportParameters, joined: Joined | None
) -> PictureFolder:
    """Return the folder that the pictures of a report's notebook are linked from."""
    return PictureFolder(_source(workspace, parameters, joined).parent, workspace.root)


def _source(workspace: Workspace, parameters: ReportParameters, joined: Joined | None) -> Path:
    """Return the notebook that a report is made of: the office's own, or the template."""
    return workspace.edited(parameters.stem) if joined else workspace.template(parameters.template)


def losses_told(
    workspace: Workspace,
    parameters: ReportParameters,
    joined: Joined | None,
    lost: Iterable[Lost],
) -> tuple[str, ...]:
    """Return a line for everything that no paper shows, with its cell in the office's copy."""
    found = list(lost)
    if not found:
        return ()
    source = _source(workspace, parameters, joined)
    shown = workspace.shown(source)
    cells = notebook_check.read_notebook_file(source, shown)["cells"]
    numbers = {cell["id"]: place for place, cell in enumerate(cells, start=1)}
    lines = (
        say("losses.line_in_file", file=shown, cell=number, problem=str(each.loss))
        for each in found
        for number in ([numbers.get(each.cell, "–")] if each.cell else _holding(cells, each.loss))
    )
    return tuple(dict.fromkeys(lines))


def _holding(cells: Iterable[Mapping[str, Any]], loss: Loss) -> list[object]:
    """Return the numbers of the cells that hold any of the letters of a loss."""
    letters = set(loss.name.split())
    numbered = enumerate(("".join(cell["source"]) for cell in cells), start=1)
    return [number for number, source in numbered if letters & set(source)] or ["–"]


def check_losses(
    workspace: Workspace,
    parameters: ReportParameters,
    joined: Joined | None,
    cells: Sequence[Mapping[str, Any]],
) -> tuple[str, ...]:
    """Return a line for everything of the ``cells_to_check`` that no paper will show.

    Of outputs it is what the last run left. Words that vanish are told with the other words.
    """
    own = {each["id"]: each for each in notebook_check.own_cells(cells, read_template(workspace))}
    lost = find_losses(cells, picture_folder(workspace, parameters, joined))
    left = [each for each in lost if each.cell in own and not _is_told(each, own[each.cell])]
    return losses_told(workspace, parameters, joined, left)


def _is_told(lost: Lost, cell: Mapping[str, Any]) -> bool:
    """Whether a loss is told when the words are checked."""
    return lost.loss.reason == "words" and cell["cell_type"] == "markdown"


def unseen_cells(
    workspace: Workspace,
    parameters: ReportParameters,
    joined: Joined,
    cells: Sequence[Mapping[str, Any]],
) -> tuple[str, ...]:
    """Return a line that names the cells whose outputs nobody has seen: new or changed since."""
    own = notebook_check.own_cells(cells, read_template(workspace))
    unseen = {cell["id"] for cell in own if _is_unseen(cell)}
    source = _source(workspace, parameters, joined)
    shown = workspace.shown(source)
    written = notebook_check.read_notebook_file(source, shown)["cells"]
    places = [place for place, each in enumerate(written, start=1) if each["id"] in unseen]
    return (say("check.unseen", file=shown, cells=places),) if places else ()


def _is_unseen(cell: Mapping[str, Any]) -> bool:
    is_code = cell["cell_type"] == "code" and bool(cell["source"].strip())
    return is_code and "outputs" not in cell and not is_silent(cell)


def cells_to_check(
    workspace: Workspace, parameters: ReportParameters, joined: Joined | None
) -> list[Mapping[str, Any]]:
    """Return the cells of a report, those of code as they ran last.

    Without outputs are those that have not run as they are.
    """
    executed = workspace.rendered / parameters.stem.with_suffix(".ipynb")
    ran = _cells_of(executed) if executed.is_file() else []
    if joined is None:
        return ran
    by_source = {(each["id"], each["source"]): each for each in ran}
    bare = ({k: v for k, v in each.items() if k != "outputs"} for each in joined.notebook["cells"])
    return [_as_ran(each, by_source) for each in bare]


def _as_ran(
    cell: Mapping[str, Any], ran: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Mapping[str, Any]:
    is_code = cell["cell_type"] == "code"
    return ran.get((cell["id"], cell["source"]), cell) if is_code else cell


def _cells_of(executed: Path) -> list[Mapping[str, Any]]:
    cells: list[Mapping[str, Any]] = notebook_check.read_notebook_file(executed, "")["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def _missing_lines(
    parameters: ReportParameters, shown: str, written: Mapping[str, Any], joined: Joined
) -> Iterator[str]:
    places = {ours(cell).get("for"): place for place, cell in enumerate(written["cells"], start=1)}
    for slot in joined.missing:
        problem = say("check.missing", slot=name_of(slot), command=_restoring(parameters))
        yield say("check.line", file=shown, cell=places.get(slot, "–"), problem=problem)


def _restoring(parameters: ReportParameters) -> str:
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

    source = workspace.template(TEMPLATE)
    beside = workspace.edited(parameters.stem).parent if joined else source.parent
    if joined:
        source = folder / "joined.ipynb"
        source.write_text(json.dumps(joined.notebook, ensure_ascii=False), encoding="utf-8")
    own = own_code(workspace, TEMPLATE, source)
    require_trust(workspace, workspace.edited(parameters.stem) if joined else source, own, beside)
    with root_for_notebooks(workspace):
        output = folder / "executed.ipynb"
        given = parameters.for_notebook
        return execute_notebook(source, output, given, shown=TEMPLATE, engine="ita", beside=beside)


def _offers(
    workspace: Workspace, parameters: ReportParameters
) -> tuple[int, dict[str, list[Cell]]]:
    """Return the latest earlier year that has a copy, and what it offers."""
    for year in range(parameters.fiscal_year - 1, min(workspace.framework_years()) - 1, -1):
        earlier = parameters.model_copy(update={"fiscal_year": year})
        previous = read_copy(workspace, earlier)
        if previous is not None:
            return year, offers_from(previous, read_template(workspace), year)
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
    from ita_helpers.run.jobs import is_signed, sign, to_bytes

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
        backup = first_free(target.parent / "backups", f"{target.stem}-{{}}.ipynb")
        write_together(workspace, {backup: before, target: content})
        return backup
