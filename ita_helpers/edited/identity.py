"""Recognising each cell of a copy, whatever people and tools did to it.

A cell is recognised by what we noted in it, else by its tags or id, else by its similarity to our
own text. Every reader of a copy sees the cells as they come from here: hints hold only what people
typed into them, and no other cell holds a line of ours.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ita_helpers.edited.boxes import ALL_BOX
from ita_helpers.edited.cells import (
    HIDDEN,
    HINT,
    RENDER,
    SLOT,
    Cell,
    Notebook,
    digest,
    draft_of,
    is_changed,
    is_hint,
    mark_made,
    note,
    ours,
    slot_of,
    squeezed,
    tags_of,
)
from ita_helpers.edited.last_cell import is_last_cell
from ita_helpers.edited.lines import hinted_name, name_of, without_ours
from ita_helpers.edited.values import PARAMETERS, names_the_same, values_in
from ita_helpers.files.notebook_parameters import GIVEN, INJECTED

_HINT_ID = re.compile(r"hint-(?:narrative-)?(?P<of>all|part-[\w-]+|[0-9a-f]{16}|[\w-]+)")
_OFFER_ID = re.compile(r"offer-(?P<key>[0-9a-f]{16})(?:-\d+)?")
_AGAIN = re.compile(r"-(?:[2-9]|[1-9][0-9])$")
_LINE_END = re.compile(r"\r+\n?")
_YEAR = re.compile(r"2[45]\d\d")


def recognised(edited: Mapping[str, Any], template: Mapping[str, Any]) -> Notebook:
    """Return a copy whose cells have their tags, ids and facts again, and no lines of ours."""
    reader = _Reader.of(edited, template)
    cells = [reader.read(_unshared(cell)) for cell in edited["cells"]]
    return {**edited, "cells": list(_each_once(_with_slots(cells, reader), reader.known))}


@dataclass(frozen=True)
class _Reader:
    """Recognises one cell after the other by the template and by what the copy says of itself."""

    known: Mapping[str, Cell]
    there: frozenset[str]
    noted: tuple[str, ...]
    slots: frozenset[str]
    fiscal_year: int
    found: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, edited: Mapping[str, Any], template: Mapping[str, Any]) -> _Reader:
        known = {cell["id"]: cell for cell in template["cells"]}
        year = ours(edited).get("fiscal_year")
        return cls(
            known,
            frozenset(cell["id"] for cell in edited["cells"]),
            tuple(dict.fromkeys(filter(None, (ours(c).get("hint", "") for c in edited["cells"])))),
            frozenset(slot_of(cell) for cell in template["cells"]) - {""},
            year if isinstance(year, int) else 0,
        )

    def read(self, cell: Cell) -> Cell:
        """Return a cell as what it is."""
        cell["source"] = _LINE_END.sub("\n", cell["source"])
        if self._is_render(cell):
            return tagged(cell, HIDDEN, RENDER)
        if cell["source"].startswith(GIVEN):
            if self._names_ours_alone(cell):
                return _as_parameters(cell)
            if cell["cell_type"] == "code":
                return cell
        self._find_offer(cell)
        if self._find_hint(cell):
            return _without_lines(cell, self.noted)
        self._find_slot(cell)
        if not slot_of(cell):
            self._find_template(cell)
        return cell if cell["cell_type"] == "code" else _without_lines(cell, self.noted)

    def _is_render(self, cell: Cell) -> bool:
        is_call = is_last_cell(cell["source"])
        if is_call and "source" not in ours(cell):
            mark_made(cell)
        return is_call

    def _names_ours_alone(self, cell: Cell) -> bool:
        """Whether a cell names our parameters alone; with anything added it is somebody's own."""
        lines = (line.partition(" = ")[0] for line in cell["source"].splitlines()[1:])
        names = {line for line in lines if line.strip()}
        own = "".join(self.known.get(PARAMETERS, {}).get("source", ""))
        return all(re.search(rf"^{re.escape(name)} = ", own, re.MULTILINE) for name in names)

    def _find_offer(self, cell: Cell) -> None:
        found = _OFFER_ID.fullmatch(cell["id"])
        if found and not ours(cell).get("offer") and not slot_of(cell):
            said = _YEAR.findall(cell["source"])
            note(cell, offer=found["key"], year=int(said[0]) if said else self.fiscal_year - 1)

    def _find_hint(self, cell: Cell) -> bool:
        """Whether a cell is a hint; what it stands for is noted again."""
        if slot_of(cell) or ours(cell).get("draft") or cell["id"] in self.known:
            return False
        of = str(ours(cell).get("for", "")) or self._hint_by_id(cell)
        if not of and not is_hint(cell) and not self._is_all_ours(cell):
            return False
        of = of or self._hint_by_text(cell)
        note(cell, **{"for": of})
        cell["cell_type"] = "markdown"
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
        tagged(cell, HIDDEN, HINT)
        return True

    def _hint_by_id(self, cell: Cell) -> str:
        found = _HINT_ID.fullmatch(_AGAIN.sub("", cell["id"])) or _HINT_ID.fullmatch(cell["id"])
        return found["of"] if found else ""

    def _hint_by_text(self, cell: Cell) -> str:
        name = hinted_name(cell["source"])
        slot = next((each for each in sorted(self.slots) if name and name_of(each) == name), "")
        boxes = without_ours(cell["source"], is_hint=True).boxes
        return slot or (ALL_BOX if any(box.kind == ALL_BOX for box in boxes) else "")

    def _is_all_ours(self, cell: Cell) -> bool:
        if "source" in ours(cell) or not cell["source"].strip():
            return False
        left = without_ours(cell["source"], self.noted)
        return left.has_ours and squeezed(left.text) == squeezed(" ".join(left.typed))

    def _find_slot(self, cell: Cell) -> None:
        """Give a slot's cell its tag again; one without its draft is known for that."""
        slot = slot_of(cell)
        if not slot and not ours(cell).get("offer"):
            slot = self._slot_by_id(cell) or self._slot_by_hint(cell)
            if slot:
                tagged(cell, f"{SLOT}{slot}")
        if slot and not ours(cell):
            call = self.known.get(f"{SLOT}{slot}")
            if cell["cell_type"] != "code" or call is None or cell["source"] != call["source"]:
                note(cell, lost=True)

    def _slot_by_id(self, cell: Cell) -> str:
        for name in (cell["id"], _AGAIN.sub("", cell["id"])):
            slot = name.removeprefix(SLOT)
            if name.startswith(SLOT) and slot in self.slots:
                return str(slot)
        return ""

    def _slot_by_hint(self, cell: Cell) -> str:
        if not draft_of(cell):
            return ""
        name = hinted_name(str(ours(cell).get("hint", "")))
        return next((each for each in sorted(self.slots) if name and name_of(each) == name), "")

    def _find_template(self, cell: Cell) -> None:
        """Give a cell of the template its id, tags and the text it was made with again."""
        if cell["id"] not in self.known and not ours(cell):
            cell["id"] = self._id_by_text(cell) or cell["id"]
        made = self.known.get(cell["id"])
        if made is None or slot_of(made):
            return
        self.found.add(cell["id"])
        tagged(cell, *tags_of(made))
        if PARAMETERS in tags_of(made):
            _note_values(cell, is_ours=names_the_same(cell["source"], "".join(made["source"])))
        if "source" not in ours(cell):
            note(cell, origin=cell["id"], source=digest("".join(made["source"])))
        if made["cell_type"] == "markdown" and cell["cell_type"] == "raw":
            cell["cell_type"] = "markdown"

    def _id_by_text(self, cell: Cell) -> str:
        """Return the id of the template's cell whose text a nameless cell begins with."""
        found = ""
        for name, made in self.known.items():
            source = "".join(made["source"]).strip()
            is_free = name not in self.there and name not in self.found and not slot_of(made)
            if is_free and source and made["cell_type"] == cell["cell_type"]:
                begins = (
                    cell["source"].strip() == source
                    or (
                        cell["cell_type"] == "markdown" and cell["source"].startswith(f"{source}\n")
                    )
                    or (PARAMETERS in tags_of(made) and names_the_same(cell["source"], source))
                )
                if begins and len(source) > len(
                    "".join(self.known.get(found, {}).get("source", ""))
                ):
                    found = name
        return found


def _unshared(cell: Mapping[str, Any]) -> Cell:
    """Return a cell whose text, kind and facts can be set; outputs are only read."""
    return {**cell, "metadata": copy.deepcopy(cell["metadata"])}


def _as_parameters(cell: Cell) -> Cell:
    """Keep our parameters known for ours, as code whatever a hand made of them."""
    cell["cell_type"] = "code"
    cell.setdefault("outputs", [])
    cell.setdefault("execution_count", None)
    _note_values(cell, is_ours=True)
    return tagged(cell, INJECTED)


def _note_values(cell: Cell, *, is_ours: bool) -> None:
    """Note the values that somebody typed into a cell; one with nothing else is still ours."""
    note(cell, values=values_in(cell["source"]) if is_changed(cell) else {})
    if is_ours:
        mark_made(cell)


def tagged(cell: Cell, *tags: str) -> Cell:
    """Return a cell with these tags too."""
    if not set(tags) <= tags_of(cell):
        cell["metadata"]["tags"] = sorted({*tags_of(cell), *tags})
    return cell


def _without_lines(cell: Cell, noted: tuple[str, ...]) -> Cell:
    """Return a cell with only what people wrote, its ticks and what stood in our lines noted."""
    left = without_ours(cell["source"], noted, is_hint=is_hint(cell))
    if left.has_ours:
        cell["source"] = left.text
    typed = [left.text] if is_hint(cell) and left.text.strip() else list(left.typed)
    note(cell, ticked=[*ours(cell).get("ticked", ()), *left.ticked], typed=typed)
    return cell


def _with_slots(cells: list[Cell], reader: _Reader) -> list[Cell]:
    """Return the cells with the words of slots whose own cell is gone found again.

    They stand in the slot's hint, or below it in a cell that begins as a draft of ours does.
    """
    found = {slot_of(cell) for cell in cells}
    made = list(cells)
    for place, cell in enumerate(cells):
        slot = str(ours(cell).get("for", ""))
        if is_hint(cell) and slot in reader.slots - found and ours(cell).get("typed"):
            found.add(slot)
            made[place] = _as_slot(cell, slot)
    return made


def _as_slot(cell: Cell, slot: str) -> Cell:
    made = {**cell, "metadata": {"tags": [f"{SLOT}{slot}"]}}
    note(made, lost=True, ticked=ours(cell).get("ticked"), typed=ours(cell).get("typed"))
    return made


def _each_once(cells: list[Cell], known: Mapping[str, Cell]) -> Iterator[Cell]:
    """Yield the cells, of several with one id of the template only the first changed one with it.

    The others are the office's own.
    """
    chosen: dict[str, Cell] = {}
    for cell in cells:
        if cell["id"] in known and not slot_of(cell):
            first = chosen.setdefault(cell["id"], cell)
            if not _is_as_made(cell) and _is_as_made(first):
                chosen[cell["id"]] = cell
    for number, cell in enumerate(cells):
        first = chosen.get(cell["id"], cell)
        if cell is first or _is_as_made(cell) or slot_of(cell):
            yield cell
        elif squeezed(cell["source"]) != squeezed(first["source"]):
            yield {**cell, "id": f"own-{cell['id']}-{number}", "metadata": {}}


def _is_as_made(cell: Cell) -> bool:
    return ours(cell).get("source") == digest(cell["source"])
