"""An office's own copy of the notebook: made once from a run, and joined with every later one.

In the copy each slot is Markdown, which anybody can edit. A run takes the code from today's
template, edited words and own cells from the copy, and drafts anew what nobody touched. It never
writes the copy.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Notebook = dict[str, Any]
Cell = dict[str, Any]
SLOT = "narrative-"
OURS = "ita"
HINT = "ita-hint"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~])")


@dataclass(frozen=True)
class Joined:
    """A notebook to run, and what became of its slots.

    ``edited`` are the slots whose words are the office's, ``stale`` those of them whose draft has
    changed since, ``vanished`` those whose cell is gone: merged into another or deleted.
    """

    notebook: Notebook
    edited: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


def make_copy(executed: Mapping[str, Any], drafts: Mapping[str, str], hint: Any) -> Notebook:
    """Return the copy of an executed notebook, each slot a Markdown cell with its draft.

    ``drafts`` are the words by slot, ``hint`` gives the line above a slot.
    """
    cells: list[Cell] = []
    for cell in executed["cells"]:
        made = copy.deepcopy(dict(cell))
        slot = slot_of(made)
        if slot and drafts.get(slot):
            cells.append(_hint(made["id"], hint(slot)))
            made = _markdown_slot(made, drafts[slot])
        elif made["cell_type"] == "code":
            made["metadata"].setdefault("jupyter", {})["source_hidden"] = True
        made["metadata"][OURS] = {
            **made["metadata"].get(OURS, {}),
            "source": _digest("".join(made["source"])),
        }
        cells.append(made)
    return {**copy.deepcopy(dict(executed)), "cells": cells}


def join(
    template: Mapping[str, Any], edited: Mapping[str, Any], drafts: Mapping[str, str], note: str
) -> Joined:
    """Return today's template with the words and cells of an office's copy.

    ``note`` is set under edited words whose draft has changed since they were written.
    """
    own = _own_cells(template, edited)
    slots = _slots(edited)
    changed = {cell["id"]: cell for cell in edited["cells"] if _is_changed(cell)}
    cells: list[Cell] = list(own.get("", ()))
    words: list[str] = []
    stale: list[str] = []
    vanished: list[str] = []
    for cell in template["cells"]:
        slot = slot_of(cell)
        if not slot:
            cells.append(_clean(changed.get(cell["id"], cell)))
        elif slot in slots and any(is_edited(each) for each in slots[slot]):
            cells += [_clean(each) for each in slots[slot]]
            words.append(slot)
            if _draft_of(slots[slot]) != drafts.get(slot, ""):
                stale.append(slot)
                cells.append(_note(slot, note))
        elif slot not in slots and _was_there(edited, slot, drafts):
            vanished.append(slot)
        else:
            cells.append(copy.deepcopy(dict(cell)))
        cells += own.get(cell["id"], ())
    gone = [slot for slot in slots if slot not in {slot_of(cell) for cell in template["cells"]}]
    for slot in gone:
        cells += [_clean(each) for each in slots[slot] if is_edited(each)]
    notebook = {**copy.deepcopy(dict(template)), "cells": _unique(cells)}
    return Joined(notebook, tuple(words), tuple(stale), tuple(vanished))


def slot_of(cell: Mapping[str, Any]) -> str:
    """Return the slot a cell holds the words of, or an empty string."""
    tags = cell.get("metadata", {}).get("tags") or []
    return next((tag.removeprefix(SLOT) for tag in sorted(tags) if tag.startswith(SLOT)), "")


def _markdown_slot(cell: Cell, draft: str) -> Cell:
    tags = cell["metadata"].get("tags", [])
    return {
        "cell_type": "markdown",
        "id": cell["id"],
        "metadata": {"tags": list(tags), OURS: {"draft": draft}},
        "source": _MARKUP.sub(r"\\\1", draft),
    }


def _hint(identity: str, text: str) -> Cell:
    metadata = {"tags": ["remove-cell", HINT], OURS: {"source": _digest(text)}}
    return {"cell_type": "markdown", "id": f"hint-{identity}", "metadata": metadata, "source": text}


def _note(slot: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": f"stale-{slot}", "metadata": {}, "source": text}


def _slots(edited: Mapping[str, Any]) -> dict[str, list[Cell]]:
    """Return the Markdown cells of each slot, in their order."""
    found: dict[str, list[Cell]] = {}
    for cell in edited["cells"]:
        if slot_of(cell) and cell["cell_type"] == "markdown":
            found.setdefault(slot_of(cell), []).append(cell)
    return found


def _own_cells(template: Mapping[str, Any], edited: Mapping[str, Any]) -> dict[str, list[Cell]]:
    """Return the office's own cells by the cell of the template they stand behind."""
    known = {cell["id"]: slot_of(cell) for cell in template["cells"]}
    own: dict[str, list[Cell]] = {}
    behind = ""
    for cell in edited["cells"]:
        tags = set(cell.get("metadata", {}).get("tags") or [])
        if cell["id"] in known and not (known[cell["id"]] and not slot_of(cell)):
            behind = cell["id"]
        elif not slot_of(cell) and not _is_left_over(cell) and "injected-parameters" not in tags:
            own.setdefault(behind, []).append(_clean(cell))
    return own


def _is_left_over(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is one of an older template that nobody changed."""
    return "source" in cell.get("metadata", {}).get(OURS, {}) and not _is_changed(cell)


def _is_changed(cell: Mapping[str, Any]) -> bool:
    """Whether somebody changed a cell that came from a template."""
    before = cell.get("metadata", {}).get(OURS, {}).get("source")
    return bool(before) and not slot_of(cell) and before != _digest("".join(cell["source"]))


def is_edited(cell: Mapping[str, Any]) -> bool:
    """Whether the words of a slot are no longer its draft."""
    draft = cell.get("metadata", {}).get(OURS, {}).get("draft")
    return draft is None or _MARKUP.sub(r"\\\1", draft) != "".join(cell["source"])


def _draft_of(cells: Sequence[Cell]) -> str:
    drafts = (cell.get("metadata", {}).get(OURS, {}).get("draft", "") for cell in cells)
    return next((draft for draft in drafts if draft), "")


def _was_there(edited: Mapping[str, Any], slot: str, drafts: Mapping[str, str]) -> bool:
    """Whether the copy once held a slot: its hint still stands, or it was made with drafts."""
    hints = {cell["id"] for cell in edited["cells"]}
    return bool(drafts.get(slot)) and any(each.endswith(f"{SLOT}{slot}") for each in hints)


def _clean(cell: Mapping[str, Any]) -> Cell:
    """Return a cell without its outputs: a run makes new ones. A hint with words is published."""
    made = copy.deepcopy(dict(cell))
    if HINT in (made["metadata"].get("tags") or []):
        made["metadata"] = {}
    if made["cell_type"] == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def _unique(cells: Sequence[Cell]) -> list[Cell]:
    """Give every cell a name of its own: a copied cell brings its original's."""
    return list(_renamed(cells))


def _renamed(cells: Sequence[Cell]) -> Iterator[Cell]:
    taken: set[str] = set()
    for cell in cells:
        name, number = cell["id"], 1
        while name in taken:
            number += 1
            name = f"{cell['id'][:56]}-{number}"
        taken.add(name)
        yield {**cell, "id": name}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
