"""Restoring a slot whose cell is gone from a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ita_helpers.edited.cells import (
    OURS,
    RENDER,
    SLOT,
    Cell,
    Notebook,
    clean,
    drafted_state,
    is_hint,
    markdown_cell,
    named_apart,
    note,
    ours,
    slot_of,
    tags_of,
    to_markdown,
    written,
)
from ita_helpers.edited.folding import unfold_words
from ita_helpers.edited.lines import name_of
from ita_helpers.edited.make import hint_cell
from ita_helpers.edited.placing import offer_of
from ita_helpers.edited.tidy import tidied
from ita_helpers.language.catalogue import say


def words_in(kept: Mapping[str, Any], template: Mapping[str, Any], slot: str) -> list[Cell]:
    """Return the cells that hold a slot's words in an earlier or executed version of a copy."""
    return [
        clean(cell)
        for cell in tidied(kept, template)["cells"]
        if slot_of(cell) == slot and not offer_of(cell) and cell["source"].strip()
    ]


def drafted(slot: str, draft: Sequence[str]) -> list[Cell]:
    """Return the cell of a slot with today's draft; none where there is no draft."""
    if not draft:
        return []
    made = markdown_cell(f"{SLOT}{slot}", to_markdown(draft, slot), f"{SLOT}{slot}")
    note(made, draft=list(draft), state=drafted_state(slot))
    return [made]


def put_back(
    copied: Mapping[str, Any], template: Mapping[str, Any], words: Mapping[str, Sequence[Cell]]
) -> Notebook:
    """Return a copy with the cells of slots in their places, each behind its usual hint."""
    cells = list(copied["cells"])
    for slot, brought in words.items():
        text = say("edit.hint", name=name_of(slot), changes=(), carried=())
        for cell in brought:
            note(cell, hint=text)
        begin, end = _place(cells, template, slot)
        cells[begin:end] = [hint_cell(slot, text, identity=f"hint-narrative-{slot}"), *brought]
    unfold_words(cells, {cell["id"] for cell in template["cells"]})
    facts = dict(ours(copied))
    for key in ("missing", "gone"):
        left = [slot for slot in facts.pop(key, ()) if slot not in words]
        facts |= {key: left} if left else {}
    metadata = {**copied["metadata"], OURS: facts}
    return {**copied, "cells": list(named_apart(cells)), "metadata": metadata}


def _place(cells: Sequence[Cell], template: Mapping[str, Any], slot: str) -> tuple[int, int]:
    """Return which cells a slot replaces: its hint, else none, before the cell that follows it."""
    for place, cell in enumerate(cells):
        if is_hint(cell) and ours(cell).get("for") == slot:
            return place + bool(written(cell)), place + 1
    order = [cell["id"] for cell in template["cells"]]
    own = f"{SLOT}{slot}"
    following = order[order.index(own) + 1 :] if own in order else ()
    place = _first(cells, following)
    while place and is_hint(cells[place - 1]) and not written(cells[place - 1]):
        place -= 1
    return place, place


def _first(cells: Sequence[Cell], names: Iterable[str]) -> int:
    """Return the place of the first named cell that is there, else that of the last cell of ours.

    The cell that makes the report stays behind everything.
    """
    places = {cell["id"]: place for place, cell in reversed(list(enumerate(cells)))}
    ends = [place for place, cell in enumerate(cells) if RENDER in tags_of(cell)]
    found = (places[name] for name in names if name in places)
    return next(found, ends[-1] if ends else len(cells))
