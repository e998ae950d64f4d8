"""Restoring slots that are gone from an office's copy from a version that still has them.

That may be a version kept beside the copy, the executed notebook of the last report, or
JupyterLab's checkpoint; if none has the slot, today's draft is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.edited.cells import Cell, slot_of
from ita_helpers.edited.join import Joined
from ita_helpers.edited.lines import name_of
from ita_helpers.edited.reading import read_own_notebook
from ita_helpers.edited.restore import drafted, put_back, words_in
from ita_helpers.errors import ItaError, NoCopy, NoSuchSlot, nearest, write_error
from ita_helpers.files.workspace import BACKUPS, Workspace
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.slots import code_of
from ita_helpers.rendering import copies
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.params import ReportParameters


@dataclass(frozen=True)
class Restoration:
    """What was restored: each slot and the file it came from, empty for today's draft.

    ``lost`` are the slots that neither a file nor a draft has.
    """

    path: Path
    backup: Path | None
    found: Mapping[str, str]
    lost: tuple[str, ...]


def restore_slots(
    workspace: Workspace, parameters: ReportParameters, data: ReportData, name: str = ""
) -> Restoration:
    """Restore the slot called ``name``, or all missing ones; the previous version is kept.

    Raises ``NoCopy``, ``NoSuchSlot``, ``ChangedMeanwhile``, ``WriteFailed`` or what ``OwnNotebook``
    raises.
    """
    target = workspace.edited(parameters.stem)
    try:
        return _restore(workspace, parameters, data, name)
    except OSError as error:
        raise write_error(error, target) from error


def _restore(
    workspace: Workspace, parameters: ReportParameters, data: ReportData, name: str
) -> Restoration:
    target = workspace.edited(parameters.stem)
    before = target.read_bytes() if target.is_file() else None
    own = OwnNotebook(workspace, parameters, data)
    if before is None or own.copy is None or own.joined is None:
        facts = {"organisation": parameters.organisation, "year": parameters.fiscal_year}
        raise NoCopy(file=workspace.shown(target), **facts)
    words: dict[str, list[Cell]] = {}
    found: dict[str, str] = {}
    slots = _choose(own.joined, own.template, name, workspace.shown(target))
    for slot in slots:
        cells, source = _find_words(workspace, parameters, own.template, slot)
        cells = cells or drafted(slot, own.drafts.get(slot, ()))
        if cells:
            words[slot], found[slot] = cells, source
    lost = tuple(slot for slot in slots if slot not in found)
    if not words:
        return Restoration(target, None, {}, lost)
    made = put_back(own.copy, own.template, words)
    return Restoration(target, copies.replace_copy(workspace, target, before, made), found, lost)


def _choose(joined: Joined, template: Mapping[str, Any], name: str, file: str) -> tuple[str, ...]:
    """Return the slots to restore: all missing ones, or the one named if it is gone."""
    if not name:
        return joined.missing
    slots = [slot for cell in template["cells"] if (slot := slot_of(cell))]
    called = {_plain(each): slot for slot in slots for each in (slot, name_of(slot))}
    called |= {code: slot for slot in slots if (code := code_of(slot))}
    slot = called.get(_plain(name), "")
    if not slot:
        names = list(dict.fromkeys(map(name_of, slots)))
        missing = list(map(name_of, joined.missing))
        raise NoSuchSlot(
            file=file, name=name, nearest=nearest(to_arabic(name), names), missing=missing
        )
    return (slot,) if slot in joined.vanished else ()


def _plain(name: str) -> str:
    return "".join(to_arabic(name).casefold().split())


def _find_words(
    workspace: Workspace, parameters: ReportParameters, template: Mapping[str, Any], slot: str
) -> tuple[list[Cell], str]:
    """Return the cells of a slot in the newest version that has them, and the name of its file.

    A version that cannot be read, or is another report's, has none.
    """
    owner = (parameters.organisation, parameters.fiscal_year)
    for path in _versions(workspace, parameters.stem):
        shown = workspace.shown(path)
        try:
            kept = read_own_notebook(path, shown, *owner)
        except ItaError:
            continue
        if cells := words_in(kept, template, slot):
            return cells, shown
    return [], ""


def _versions(workspace: Workspace, stem: Path) -> list[Path]:
    """Return the other existing versions of a copy, the newest first."""
    target = workspace.edited(stem)
    kept = re.compile(rf"{re.escape(target.stem)}-([0-9]+)\.ipynb")
    folder = target.parent / BACKUPS
    numbers = {
        path: int(found[1])
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (found := kept.fullmatch(path.name))
    }
    checkpoint = target.parent / ".ipynb_checkpoints" / f"{target.stem}-checkpoint.ipynb"
    others = ((workspace.rendered / stem).with_suffix(".ipynb"), checkpoint)
    paths = [*numbers, *(path for path in others if path.is_file())]
    return sorted(paths, key=lambda path: (path.stat().st_mtime_ns, numbers.get(path, 0)))[::-1]
