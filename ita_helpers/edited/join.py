"""Joining an office's copy with today's template: code from here, words from there."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from ita_helpers.catalogue import label, say
from ita_helpers.edited.cells import (
    ALL,
    HIDDEN,
    RENDER,
    Cell,
    Notebook,
    State,
    clean,
    draft_of,
    escaped,
    is_changed,
    is_hint,
    is_left_over,
    is_ticked,
    markdown_cell,
    named_apart,
    note,
    ours,
    part_of,
    slot_of,
    squeezed,
    tags_of,
    to_markdown,
    written,
)
from ita_helpers.edited.merge import Change, merge
from ita_helpers.errors import ConflictingSlot
from ita_helpers.thai import to_arabic

APART = "\x1e"
"""Stands between the cells of a slot while their words are merged."""
STALE = "stale-"
GENERATED = ("own-part", "kept-part")

Drafts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Joined:
    """A notebook to run, and how its slots stand.

    ``open`` are old and new of what edited words may still say as it was, ``vanished`` the slots
    whose cell is gone, merged into another or deleted, ``blanks`` those whose place for what the
    office has done is unfilled. ``offers`` counts last year's words that nobody has confirmed.
    """

    notebook: Notebook
    states: Mapping[str, State] = field(default_factory=dict)
    open: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    offers: int = 0

    def slots(self, state: State) -> tuple[str, ...]:
        """Return the slots of one state."""
        return tuple(slot for slot, each in self.states.items() if each == state)


@dataclass(frozen=True)
class _Words:
    """One slot of the copy against today's draft."""

    cells: tuple[Cell, ...]
    state: State
    open: tuple[Change, ...] = ()


def join(
    template: Mapping[str, Any], edited: Mapping[str, Any], drafts: Drafts, shown: str
) -> Joined:
    """Return today's template with the words and cells of an office's copy.

    Raises ``ConflictingSlot`` where two cells hold different versions of one slot; ``shown`` is
    the copy's name for the message.
    """
    ticks = read_ticks(edited)
    own = own_cells(template, edited, ticks)
    changed = {cell["id"]: clean(cell) for cell in edited["cells"] if _is_rewritten(cell)}
    slots = {
        slot: _read_slot(slot, cells, tuple(drafts.get(slot, ())), ticks)
        for slot, cells in _slots(edited, ticks, shown).items()
    }
    cells: list[Cell] = list(own.get("", ()))
    states: dict[str, State] = {}
    vanished: list[str] = []
    for cell in template["cells"]:
        slot = slot_of(cell)
        if not slot:
            cells.append(clean(changed.get(cell["id"], cell)))
        elif slot in slots:
            states[slot] = slots[slot].state
            cells += slots[slot].cells or [_drafted(cell, slots[slot].state)]
            if slots[slot].open:
                cells.append(_stale_note(slot, slots[slot].open))
        elif _was_there(edited, slot, drafts):
            vanished.append(slot)
        else:
            cells.append(_drafted(cell, "draft"))
            states |= {slot: "draft"} if drafts.get(slot) else {}
        behind = own.get(cell["id"], ())
        if behind and cell is template["cells"][-1]:
            cells.append(markdown_cell("own-part", "", "part-own-words", "continued"))
        cells += behind
    known = {slot_of(cell) for cell in template["cells"]}
    cells += _kept_words(words for slot, words in slots.items() if slot not in known)
    return Joined(
        notebook={**copy.deepcopy(dict(template)), "cells": list(named_apart(cells))},
        states=states,
        open={slot: words.open for slot, words in slots.items() if words.open},
        vanished=tuple(vanished),
        blanks=tuple(_unfilled(edited)),
        offers=len({offer_of(cell) for cells in own.values() for cell in cells} - {""}),
    )


def count_unprinted(
    notebook: Mapping[str, Any], template: Mapping[str, Any], parts: Collection[str]
) -> int:
    """Return how many cells with an office's words stand in parts that are not printed.

    ``notebook`` is a joined one.
    """
    known = {cell["id"] for cell in template["cells"]}
    begun = {cell["id"]: part_of(cell) for cell in template["cells"] if part_of(cell)}
    count, is_printed = 0, True
    for cell in notebook["cells"]:
        if cell["id"] in begun:
            is_printed = begun[cell["id"]] in parts
        elif cell["id"] in GENERATED:
            is_printed = True
        is_own = cell["id"] not in known and not cell["id"].startswith(STALE)
        is_words = is_own or (slot_of(cell) != "" and cell["cell_type"] == "markdown")
        count += is_words and not is_printed and HIDDEN not in tags_of(cell)
    return count


def read_ticks(edited: Mapping[str, Any]) -> frozenset[str]:
    """Return what the ticked hints of a copy stand for: slots, offers, ``all``."""
    return frozenset(
        str(ours(cell).get("for", ""))
        for cell in edited["cells"]
        if is_hint(cell) and is_ticked("".join(cell["source"]))
    )


def offer_of(cell: Mapping[str, Any]) -> str:
    """Return the key of an earlier year's words that are only offered, or an empty string."""
    return str(ours(cell).get("offer", ""))


def own_cells(
    template: Mapping[str, Any], edited: Mapping[str, Any], ticks: frozenset[str]
) -> dict[str, list[Cell]]:
    """Return the office's own cells by the cell of the template they stand behind.

    What is only offered comes hidden, and its code does not run.
    """
    known = {cell["id"]: slot_of(cell) for cell in template["cells"]}
    own: dict[str, list[Cell]] = {}
    behind = ""
    for cell in edited["cells"]:
        is_offered = bool(offer_of(cell)) and offer_of(cell) not in ticks
        if is_offered:
            own.setdefault(behind, []).append(_hidden(cell))
        elif cell["id"] in known and not (known[cell["id"]] and not slot_of(cell)):
            behind = cell["id"]
        elif _is_own(cell):
            made = _confirmed(cell)
            if cell["id"] in known or is_hint(cell):
                made["id"] = f"own-{cell['id']}"
            own.setdefault(behind, []).append(made)
    return own


def _is_own(cell: Mapping[str, Any]) -> bool:
    if slot_of(cell) and cell["cell_type"] == "markdown":
        return False
    if is_hint(cell) and not is_changed(cell):
        return False
    return not is_left_over(cell) and not tags_of(cell) & {"injected-parameters", RENDER}


def _confirmed(cell: Mapping[str, Any]) -> Cell:
    """Return an own cell to run; of a hint only the words written into it."""
    if is_hint(cell):
        return markdown_cell(cell["id"], written(cell))
    made = clean(cell)
    if offer_of(made):
        note(made, offer="", year=0)
    return made


def _hidden(cell: Mapping[str, Any]) -> Cell:
    made = clean(cell)
    made["metadata"]["tags"] = sorted(tags_of(made) | {HIDDEN})
    if made["cell_type"] == "code":
        note(made, was_code=True)
        del made["outputs"], made["execution_count"]
        made["cell_type"] = "raw"
    return made


def _is_rewritten(cell: Mapping[str, Any]) -> bool:
    return is_changed(cell) and not is_hint(cell)


def _slots(edited: Mapping[str, Any], ticks: frozenset[str], shown: str) -> dict[str, list[Cell]]:
    """Return the Markdown cells of each slot, in their order; equal copies count once."""
    found: dict[str, dict[int, Cell]] = {}
    for number, cell in enumerate(edited["cells"], start=1):
        is_offered = bool(offer_of(cell)) and offer_of(cell) not in ticks
        if slot_of(cell) and cell["cell_type"] == "markdown" and not is_offered:
            found.setdefault(slot_of(cell), {})[number] = cell
    for slot, cells in found.items():
        texts: dict[str, int] = {}
        for number, cell in list(cells.items()):
            text = squeezed(written(cell))
            if text in texts:
                del cells[number]
            texts.setdefault(text, number)
        _refuse_conflict(slot, cells, shown)
    return {
        slot: [{**cell, "source": written(cell)} for cell in cells.values()]
        for slot, cells in found.items()
    }


def _refuse_conflict(slot: str, cells: Mapping[int, Cell], shown: str) -> None:
    """Refuse two cells that both hold a sentence of the slot's draft: one of them is meant."""
    drafts = {sentence for cell in cells.values() for sentence in escaped(draft_of(cell) or ())}
    for sentence in drafts:
        holders = [n for n, cell in cells.items() if sentence in "".join(cell["source"])]
        if len(holders) > 1:
            raise ConflictingSlot(file=shown, slot=slot, cells=holders)


def _read_slot(
    slot: str, cells: Sequence[Cell], draft: tuple[str, ...], ticks: frozenset[str]
) -> _Words:
    """Set the words of a slot against today's draft; no cells where nobody touched them."""
    old = next((d for cell in cells if (d := draft_of(cell)) is not None), None)
    same = old is not None and list(map(to_arabic, old)) == list(map(to_arabic, draft))
    is_reviewed = same and bool(ticks & {slot, ALL})
    texts = [cell["source"] for cell in cells]
    if old is not None and squeezed("".join(texts)) == squeezed(to_markdown(old)):
        return _Words((), "reviewed" if is_reviewed else "draft")
    merged = merge(APART.join(texts), escaped(old or ()), escaped(draft if old else ()))
    told = [Change(*each) for cell in cells for each in ours(cell).get("review", ())]
    still = () if is_reviewed else tuple(dict.fromkeys((*told, *merged.open)))
    made = []
    for cell, text in zip(cells, merged.text.split(APART), strict=True):
        one = {**_confirmed(cell), "source": text}
        note(one, state="reviewed" if is_reviewed else "edited", review=[], draft=list(draft))
        made.append(one)
    return _Words(tuple(made), "reviewed" if is_reviewed else "edited", still)


def _drafted(cell: Mapping[str, Any], state: State) -> Cell:
    made = copy.deepcopy(dict(cell))
    note(made, state=state)
    return made


def _stale_note(slot: str, changes: Sequence[Change]) -> Cell:
    told = [say("edit.stale_change", old=each.old, new=each.new) for each in changes]
    text = escape(say("edit.stale_note", changes=told))
    return markdown_cell(f"{STALE}{slot}", f'<p class="ita-note">{text}</p>')


def _kept_words(gone: Iterator[_Words]) -> list[Cell]:
    """Return the words of slots that no longer exist, as an appendix."""
    cells = [cell for words in gone for cell in words.cells]
    if not cells:
        return []
    heading = f"## {label('edit.kept_heading')}"
    return [markdown_cell("kept-part", heading, "part-kept-words", "appendix"), *cells]


def _was_there(edited: Mapping[str, Any], slot: str, drafts: Drafts) -> bool:
    """Whether the copy once held a slot: its hint still stands, or we noted that it went."""
    if not drafts.get(slot):
        return False
    hinted = {ours(cell).get("for") for cell in edited["cells"]}
    return slot in hinted or slot in ours(edited).get("gone", ())


def _unfilled(edited: Mapping[str, Any]) -> Iterator[str]:
    """Yield the slots whose open place still stands in words that somebody works on."""
    blank = label("edit.blank")
    for cell in edited["cells"]:
        if slot_of(cell) and cell["cell_type"] == "markdown" and blank in "".join(cell["source"]):
            yield slot_of(cell)
