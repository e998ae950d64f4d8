"""Checking an office's own notebook: contradictions, lost words, what no paper will show.

The rules for words are loaded where there are words of an office to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ita_helpers.checks.telling import Finding, find_in_cell, find_whole, lines_of
from ita_helpers.edited.cells import ours, slot_of
from ita_helpers.edited.join import Joined
from ita_helpers.edited.lines import name_of
from ita_helpers.edited.numbering import numbers_in
from ita_helpers.edited.reading import read_notebook_file, read_own_notebook
from ita_helpers.language.catalogue import say
from ita_helpers.publish.losses import Loss, Lost
from ita_helpers.publish.papers import find_losses
from ita_helpers.publish.reading.hiding import is_silent
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.records.problem import Problem
from ita_helpers.rendering.copies import restoring
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import ReportParameters


def check_report(own: OwnNotebook) -> list[Finding]:
    """Return everything in a report's words that contradicts the data or is stale.

    They are those of the office's copy, else of the notebook that ran.
    """
    executed = _executed(own)
    if own.copy is None and not executed.is_file():
        return []
    from ita_helpers.checks.notebook import check_notebook

    shown = own.workspace.shown(own.path if own.copy else executed)
    owner = (own.parameters.organisation, own.parameters.fiscal_year)
    written, joined = own.copy or read_own_notebook(executed, shown, *owner), own.joined
    notebook = joined.notebook if joined else written
    offices = read_office_names(own.workspace)
    problems = [
        *(_missing(own.parameters, written, joined) if joined else ()),
        *check_notebook(notebook, own.template, own.data, offices),
        *(_stale(joined) if joined else ()),
    ]
    numbers = own.numbers if joined else numbers_in(written["cells"])
    return [find_in_cell(each, shown, numbers) for each in problems]


def _executed(own: OwnNotebook) -> Path:
    return own.workspace.rendered / own.parameters.stem.with_suffix(".ipynb")


def picture_folder(own: OwnNotebook) -> PictureFolder:
    """Return the folder that the pictures of a report's notebook are linked from."""
    return PictureFolder(own.source.parent, own.workspace.root)


def losses_told(own: OwnNotebook, lost: Iterable[Lost]) -> tuple[str, ...]:
    """Return a line for everything that no paper shows, with its cell in the office's copy."""
    return tuple(lines_of(_find_lost(own, lost)))


def losses_of_template(path: Path, shown: str, lost: Iterable[Lost]) -> tuple[str, ...]:
    """Return a line for everything that no paper shows of a notebook that no office has a copy of.

    ``shown`` is how its file is called for people.
    """
    cells = read_notebook_file(path, shown)["cells"]
    return tuple(lines_of(_told_of(shown, cells, numbers_in(cells), lost)))


def _find_lost(own: OwnNotebook, lost: Iterable[Lost]) -> tuple[Finding, ...]:
    found = list(lost)
    if not found:
        return ()
    return _told_of(own.workspace.shown(own.source), own.cells, own.numbers, found)


def _told_of(
    shown: str,
    cells: Sequence[Mapping[str, Any]],
    numbers: Mapping[str, int],
    found: Iterable[Lost],
) -> tuple[Finding, ...]:
    findings = (
        Finding(Problem("lost", str(each.loss)), shown, say("check.cell", cell=number))
        for each in found
        for number in ([numbers.get(each.cell, "–")] if each.cell else _holding(cells, each.loss))
    )
    return tuple(dict.fromkeys(findings))


def _holding(cells: Iterable[Mapping[str, Any]], loss: Loss) -> list[object]:
    """Return the numbers of the cells that hold any of the letters of a loss."""
    letters = set(loss.name.split())
    numbered = enumerate(("".join(cell["source"]) for cell in cells), start=1)
    return [number for number, source in numbered if letters & set(source)] or ["–"]


def check_losses(own: OwnNotebook, cells: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return everything in the ``cells_to_check`` that no paper will show.

    For outputs it is what the last run left. Vanishing words are reported with the other words.
    """
    if not cells:
        return ()
    from ita_helpers.checks.notebook import own_cells

    known = {each["id"]: each for each in own_cells(cells, own.template)}
    lost = find_losses(cells, picture_folder(own))
    left = [each for each in lost if each.cell in known and not _is_told(each, known[each.cell])]
    return _find_lost(own, left)


def _is_told(lost: Lost, cell: Mapping[str, Any]) -> bool:
    """Whether a loss is reported when the words are checked."""
    return lost.loss.reason == "words" and cell["cell_type"] == "markdown"


def unseen_cells(own: OwnNotebook, cells: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return what names the cells whose outputs nobody has seen: new or changed since."""
    from ita_helpers.checks.notebook import own_cells

    unseen = [cell["id"] for cell in own_cells(cells, own.template) if _is_unseen(cell)]
    places = sorted({own.numbers[each] for each in unseen if each in own.numbers})
    said = say("check.unseen", file=own.shown, cells=places) if places else ""
    return (find_whole("unseen", said),) if said else ()


def _is_unseen(cell: Mapping[str, Any]) -> bool:
    is_code = cell["cell_type"] == "code" and bool(cell["source"].strip())
    return is_code and "outputs" not in cell and not is_silent(cell)


def cells_to_check(own: OwnNotebook) -> list[Mapping[str, Any]]:
    """Return the cells of a report, code cells as last run.

    Code cells that have not run in their present form have no outputs.
    """
    executed, joined = _executed(own), own.joined
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
    cells: list[Mapping[str, Any]] = read_notebook_file(executed, "")["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def _missing(
    parameters: ReportParameters, written: Mapping[str, Any], joined: Joined
) -> Iterator[Problem]:
    hints = {ours(cell).get("for"): cell["id"] for cell in written["cells"]}
    for slot in joined.missing:
        said = say("check.missing", slot=name_of(slot), command=restoring(parameters))
        yield Problem("missing", said, cell=hints.get(slot, ""))


def _stale(joined: Joined) -> Iterator[Problem]:
    """Yield what edited words may still state as it was before."""
    cells = {slot_of(cell): cell["id"] for cell in reversed(joined.notebook["cells"])}
    for slot, changes in joined.open.items():
        for each in changes:
            said = say("check.stale", slot=name_of(slot), old=each.old, new=each.new)
            yield Problem("stale", said, cell=cells[slot])
