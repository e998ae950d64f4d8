"""Deciding where the cells of a copy belong: own cells, offered words, words of a slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ita_helpers.edited.cells import (
    HIDDEN,
    RENDER,
    SLOT,
    Cell,
    clean,
    draft_of,
    escaped,
    is_changed,
    is_hint,
    is_left_over,
    note,
    ours,
    slot_of,
    tags_of,
    words_cell,
    written,
)
from ita_helpers.files.notebook_parameters import INJECTED


@dataclass(frozen=True)
class _Placed:
    """The places of a copy's cells: after which cell of the template, in order.

    A place holds own cells, and numbers where words of its slot go; ``slots`` holds those words.
    """

    behind: Mapping[str, Sequence[Cell | int]]
    slots: Mapping[str, Mapping[int, Cell]]


def own_behind(behind: Sequence[Cell | int]) -> list[Cell]:
    """Return the cells of the office among those behind a slot."""
    return [each for each in behind if not isinstance(each, int)]


def offer_of(cell: Mapping[str, Any]) -> str:
    """Return the key of an earlier year's words that are only offered, or an empty string."""
    return str(ours(cell).get("offer", ""))


def is_only_offered(cell: Mapping[str, Any], ticks: frozenset[str]) -> bool:
    """Whether a cell holds an earlier year's words that nobody has confirmed."""
    return bool(offer_of(cell)) and offer_of(cell) not in ticks


def own_cells(
    template: Mapping[str, Any], edited: Mapping[str, Any], ticks: frozenset[str]
) -> dict[str, list[Cell]]:
    """Return the own cells of a tidied copy by the template cell they follow.

    What is only offered comes hidden, and its code does not run.
    """
    placed = place_cells(template, edited, ticks)
    return {behind: own for behind, cells in placed.behind.items() if (own := own_behind(cells))}


def place_cells(
    template: Mapping[str, Any], edited: Mapping[str, Any], ticks: frozenset[str]
) -> _Placed:
    """Return the places of cells; what papermill added comes first, if any of it is own.

    Its old values must not come after those of today's parameter file.
    """
    known = {cell["id"]: slot_of(cell) for cell in template["cells"]}
    order = list(known)
    before = {known[one]: previous for previous, one in pairwise(["", *order]) if known[one]}
    words = _words_of_slots(edited, ticks, known, before)
    behind: dict[str, list[Cell | int]] = {}
    typed: dict[str, list[Cell]] = {}
    slots: dict[str, dict[int, Cell]] = {}
    at = ""
    for number, cell in enumerate(edited["cells"], start=1):
        slot = slot_of(cell)
        if is_only_offered(cell, ticks):
            behind.setdefault(at, []).append(_hidden(cell))
        elif number in words:
            slots.setdefault(slot, {})[number] = cell
            behind.setdefault(f"{SLOT}{slot}", []).append(number)
            at = f"{SLOT}{slot}" if words[number] else at
        elif cell["id"] in known and (not known[cell["id"]] or is_left_over(cell)):
            at = cell["id"]
        elif slot or _is_own(cell):
            own = _as_own(cell, known)
            of = f"{SLOT}{ours(cell).get('for', '')}" if is_hint(cell) else ""
            above = "" if INJECTED in tags_of(cell) else at
            (typed if known.get(of) else behind).setdefault(
                of if known.get(of) else above, []
            ).append(own)
    for place, cells in typed.items():
        behind.setdefault(place, []).extend(cells)
    return _Placed(behind, slots)


def _words_of_slots(
    edited: Mapping[str, Any],
    ticks: frozenset[str],
    known: Mapping[str, str],
    before: Mapping[str, str],
) -> dict[int, bool]:
    """Return which cells are words of their slot, and whether they are in its place.

    A tagged cell elsewhere is the slot's too when it holds its draft, or when no other cell does;
    else it was copied for words of another kind.
    """
    tagged: dict[str, dict[int, bool]] = {}
    drafted: set[int] = set()
    at = ""
    for number, cell in enumerate(edited["cells"], start=1):
        slot = slot_of(cell)
        if slot and not is_only_offered(cell, ticks):
            is_here = at in (f"{SLOT}{slot}", before.get(slot))
            tagged.setdefault(slot, {})[number] = is_here
            at = f"{SLOT}{slot}" if is_here else at
            if any(each in cell["source"] for each in escaped(draft_of(cell) or ())):
                drafted.add(number)
        elif cell["id"] in known and not known[cell["id"]]:
            at = cell["id"]
    return {
        number: is_here
        for cells in tagged.values()
        for number, is_here in cells.items()
        if is_here or number in drafted or not (any(cells.values()) or drafted & set(cells))
    }


def _as_own(cell: Mapping[str, Any], known: Mapping[str, str]) -> Cell:
    """Return an own cell to run, under a name the template does not have."""
    made = confirmed(cell)
    if made["id"] in known or is_hint(cell):
        made["id"] = f"own-{made['id']}"
    ours_alone = {tag for tag in tags_of(made) if tag.startswith(SLOT)} | {RENDER, INJECTED}
    if tags_of(made) & ours_alone:
        hidden = {HIDDEN} if RENDER in tags_of(made) else set()
        made["metadata"] = {"tags": sorted(tags_of(made) - ours_alone - hidden)}
    return made


def _is_own(cell: Mapping[str, Any]) -> bool:
    return is_changed(cell) if is_hint(cell) else not is_left_over(cell)


def confirmed(cell: Mapping[str, Any]) -> Cell:
    """Return an own cell to run; of a hint only the words written into it."""
    if is_hint(cell):
        return words_cell(cell, cell["id"], written(cell))
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
