"""Reading copies made before parts of the report became slots.

A cell that printed such a part is the part's place now. Where an office had written its own words
into it, they are the words of the slot; where it had put code of its own there, that stays instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ita_helpers.edited.cells import (
    OURS,
    SLOT,
    Cell,
    Notebook,
    digest,
    is_changed,
    markdown_cell,
    note,
    ours,
    slot_of,
)
from ita_helpers.records.slots import FRONT

_NOW: Mapping[str, Sequence[str]] = {
    **{name: (f"{SLOT}{name}",) for name in FRONT},
    "foreword": (f"{SLOT}foreword", "foreword-signature"),
    "memo": (
        "memo-head",
        f"{SLOT}memo-background",
        f"{SLOT}memo-facts",
        "memo-regulations",
        f"{SLOT}memo-proposals",
        "memo-end",
    ),
}
"""The cells of today that stand in place of a former one, by its id."""


def brought_up(edited: Mapping[str, Any], template: Mapping[str, Any]) -> Notebook:
    """Return a copy with its former cells as those of the template that took their place."""
    known = {cell["id"]: cell for cell in template["cells"]}
    slots = ours(edited).get("slots", ())
    cells: list[Cell] = []
    replaced: list[str] = []
    for cell in edited["cells"]:
        name = _former(cell, known)
        now = [each for each in _NOW.get(name, ()) if each in known]
        if not now or any(slot_of(known[each]) in slots for each in now):
            cells.append(cell)
        elif _is_untouched(cell, name):
            cells.append(_marker(known[now[-1]]))
        else:
            made, gone = _replacing(cell, [known[each] for each in now])
            cells += made
            replaced += gone
    if not replaced:
        return {**edited, "cells": cells}
    facts = dict(ours(edited))
    for key in ("slots", "gone"):
        facts[key] = sorted({*facts.get(key, ()), *replaced})
    return {**edited, "cells": cells, "metadata": {**edited["metadata"], OURS: facts}}


def _former(cell: Mapping[str, Any], known: Mapping[str, Cell]) -> str:
    """Return the id that a cell had in the template it came from."""
    origin = str(ours(cell).get("origin", "")) if is_changed(cell) else ""
    return cell["id"] if cell["id"] not in known and cell["id"] in _NOW else origin


def _is_untouched(cell: Mapping[str, Any], name: str) -> bool:
    """Whether a cell is as we made it; where a tool removed what we noted, its text tells."""
    if "source" in ours(cell):
        return not is_changed(cell)
    return bool(cell["source"].strip() == f"report.{name}()")


def _marker(cell: Mapping[str, Any]) -> Cell:
    """Return an untouched cell of the template: what stands behind it keeps its place."""
    made = markdown_cell(cell["id"], cell["source"])
    note(made, source=digest(cell["source"]))
    return made


def _replacing(cell: Cell, now: Sequence[Cell]) -> tuple[list[Cell], list[str]]:
    """Return the cells that stand for a changed one, and the slots that it replaces."""
    emptied = [_emptied(each) for each in now if not slot_of(each)]
    slots = [slot_of(each) for each in now if slot_of(each)]
    if cell["cell_type"] == "code" or len(slots) > 1:
        return [{**cell, "id": f"own-{cell['id']}", "metadata": {}}, *emptied], slots
    words = markdown_cell(f"{SLOT}{slots[0]}", cell["source"], f"{SLOT}{slots[0]}")
    if cell.get("attachments"):
        words["attachments"] = cell["attachments"]
    return [words, *emptied], []


def _emptied(cell: Mapping[str, Any]) -> Cell:
    """Return a cell of the template as one that somebody emptied."""
    made = markdown_cell(cell["id"], "")
    note(made, source=digest(cell["source"]), origin=cell["id"])
    return made
