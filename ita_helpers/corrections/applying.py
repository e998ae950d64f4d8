"""Putting corrections into the office's own notebook, as if they had been typed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ita_helpers.corrections.changing import Step, change
from ita_helpers.edited.cells import (
    HIDDEN,
    Cell,
    Notebook,
    digest,
    is_hint,
    markdown_cell,
    named_apart,
    ours,
    slot_of,
    tags_of,
)
from ita_helpers.edited.placing import offer_of
from ita_helpers.records.slots import OWN

NOTE = "word-"
"""What the ids of cells that came from Word begin with."""


@dataclass(frozen=True)
class NewCell:
    """A new Markdown cell: words of the office, or a note that no report prints.

    It stands behind the cell of this id, or above an area.
    """

    source: str
    behind: str = ""
    above: str = ""
    is_note: bool = False
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """The id of the cell: the same words in the same place come once."""
        return f"{NOTE}{digest(f'{self.behind} {self.above} {self.source}')}"


@dataclass
class Outcome:
    """A notebook with corrections, and what could not be taken.

    ``changed`` are the areas whose words are now others, ``conflicts`` the steps that found other
    words than Word was given, by area; ``absent`` areas have no cell any more.
    """

    notebook: Notebook
    changed: list[str] = field(default_factory=list)
    conflicts: dict[str, list[Step]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    lost_pictures: int = 0


def apply(
    copied: Mapping[str, Any],
    steps: Mapping[str, Sequence[Step]],
    pictures: Mapping[str, bytes],
) -> Outcome:
    """Return a copy with the words of some areas changed."""
    cells = [dict(cell) for cell in copied["cells"]]
    outcome = Outcome({})
    for area, wanted in steps.items():
        places = places_of(cells, area)
        if not places:
            outcome.absent.append(area)
            continue
        made = change([cells[place] for place in places], wanted, pictures)
        outcome.lost_pictures += made.lost_pictures
        if made.conflicts:
            outcome.conflicts[area] = made.conflicts
        if made.is_changed:
            outcome.changed.append(area)
            for place, source in zip(places, made.sources, strict=True):
                cells[place] = _with_source(cells[place], source, made.attachments)
    outcome.notebook = {**copied, "cells": cells}
    return outcome


def add_cells(
    copied: Mapping[str, Any], wanted: Sequence[NewCell]
) -> tuple[Notebook, list[NewCell]]:
    """Return a copy with new cells, and those of them that it did not have."""
    cells = list(copied["cells"])
    known = {cell["id"] for cell in cells}
    added: list[NewCell] = []
    for each in wanted:
        if each.identity in known:
            continue
        cells.insert(_place(cells, each), _made(each))
        known.add(each.identity)
        added.append(each)
    return {**copied, "cells": list(named_apart(cells))}, added


def places_of(cells: Sequence[Mapping[str, Any]], area: str) -> list[int]:
    """Return the places of the cells that hold the words of an area."""
    if area.startswith(OWN):
        return [place for place, cell in enumerate(cells) if cell["id"] == area[len(OWN) :]]
    return [
        place
        for place, cell in enumerate(cells)
        if slot_of(cell) == area and cell["cell_type"] == "markdown" and not offer_of(cell)
    ]


def count_notes(copied: Mapping[str, Any] | None) -> int:
    """Return how many notes from Word are still in a copy: nobody has decided about them."""
    cells = copied["cells"] if copied else ()
    return sum(each["id"].startswith(NOTE) and HIDDEN in tags_of(each) for each in cells)


def _with_source(cell: Cell, source: str, attachments: Mapping[str, Any]) -> Cell:
    used = {name: each for name, each in attachments.items() if f"attachment:{name}" in source}
    both = {**(cell.get("attachments") or {}), **used}
    return {**cell, "source": source, **({"attachments": both} if both else {})}


def _made(new: NewCell) -> Cell:
    made = markdown_cell(new.identity, new.source, *([HIDDEN] if new.is_note else []))
    if new.attachments:
        made["attachments"] = dict(new.attachments)
    return made


def _place(cells: Sequence[Cell], new: NewCell) -> int:
    """Return where a new cell goes: behind what came from Word to the same place before it."""
    if new.above:
        place = min(places_of(cells, new.above), default=len(cells) - 1)
        while (
            place and is_hint(cells[place - 1]) and ours(cells[place - 1]).get("for") == new.above
        ):
            place -= 1
        return place
    place = next((at for at, cell in enumerate(cells) if cell["id"] == new.behind), -1) + 1
    while place < len(cells) and cells[place]["id"].startswith(NOTE):
        place += 1
    return place
