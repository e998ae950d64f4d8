"""Reading a copy as people and JupyterLab leave it.

JupyterLab gives the upper half of a split cell and every merged cell a new id, copies tags and
metadata to copies, and keeps them when a cell becomes Markdown, code or raw text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ita_helpers.edited.cells import (
    HIDDEN,
    OURS,
    SLOT,
    Cell,
    Notebook,
    digest,
    draft_of,
    is_changed,
    ours,
    slot_of,
    tags_of,
    to_markdown,
)
from ita_helpers.edited.former import brought_up
from ita_helpers.edited.identity import recognised, tagged

KINDS = ("markdown", "code", "raw")
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "draft": (str, list),
    "seen": (str, list),
    "gone": list,
    "missing": list,
    "ticked": list,
    "carried": list,
    "typed": list,
    "slots": list,
    "hint": str,
    "for": str,
    "offer": str,
    "source": str,
    "state": str,
    "origin": str,
    "year": int,
    "values": dict,
    "review": dict,
}


def sound(notebook: Mapping[str, Any]) -> Notebook:
    """Return a notebook whose cells have an id, a kind, a text, tags, and our facts of their types.

    Raises ``ValueError`` with the number of a cell that is none.
    """
    cells = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
            raise ValueError(number)
        source = cell.get("source", "")
        if not isinstance(source, str | list) or not all(isinstance(line, str) for line in source):
            raise ValueError(number)
        made = {**cell, "source": "".join(source), "metadata": _metadata(cell.get("metadata"))}
        given = cell.get("id")
        made["id"] = given if isinstance(given, str) and given else _new_id(made, number)
        cells.append(made)
    return {**notebook, "cells": cells, "metadata": _metadata(notebook.get("metadata"))}


def _new_id(cell: Cell, number: int) -> str:
    return str(ours(cell).get("origin", "")) or digest(f"{number} {cell['source']}")


def _metadata(metadata: object) -> dict[str, Any]:
    """Return metadata with tags as words and our facts of the types we gave them."""
    made = dict(metadata) if isinstance(metadata, dict) else {}
    if "tags" in made:
        tags = made["tags"] if isinstance(made["tags"], list) else []
        made["tags"] = [tag for tag in tags if isinstance(tag, str)]
    noted = made.get(OURS)
    if noted is not None:
        facts = noted if isinstance(noted, dict) else {}
        made[OURS] = {key: value for key, value in facts.items() if _fits(key, value)}
    return made


def _fits(key: object, value: object) -> bool:
    if key not in _TYPES:
        return True
    if isinstance(value, list):
        return list in _kinds(key) and all(isinstance(each, str) for each in value)
    return isinstance(value, _TYPES[str(key)])


def _kinds(key: object) -> tuple[type, ...]:
    kinds = _TYPES[str(key)]
    return kinds if isinstance(kinds, tuple) else (kinds,)


def tidied(edited: Mapping[str, Any], template: Mapping[str, Any]) -> Notebook:
    """Return a copy with its cells as they were meant: words of a slot, template's, own."""
    edited = brought_up(recognised(edited, template), template)
    known = {cell["id"]: cell for cell in template["cells"]}
    lost = _moved_ids(edited, known)
    structure = {
        tag
        for cell in template["cells"]
        for tag in tags_of(cell)
        if not tag.startswith(SLOT) and tag != HIDDEN
    }
    cells = []
    for number, cell in enumerate(edited["cells"]):
        made = dict(cell)
        made["source"] = made["source"].translate(_CONTROL)
        made["id"] = lost.get(number, made["id"])
        if number in lost:
            tagged(made, *tags_of(known[made["id"]]))
        if made["id"] not in known:
            _drop_tags(made, structure)
        if slot_of(made) and made["cell_type"] != "markdown":
            made = _as_words(made, known.get(f"{SLOT}{slot_of(made)}"))
        cells.append(made)
    return {**edited, "cells": cells}


def _moved_ids(edited: Mapping[str, Any], known: Mapping[str, Cell]) -> dict[int, str]:
    """Return the template's ids of cells that got new ones by a merge, by their place."""
    there = {cell["id"] for cell in edited["cells"]}
    heirs: dict[str, list[int]] = {}
    for number, cell in enumerate(edited["cells"]):
        origin = ours(cell).get("origin", "")
        if origin in known and origin not in there and not slot_of(cell) and is_changed(cell):
            heirs.setdefault(origin, []).append(number)
    return {places[0]: origin for origin, places in heirs.items() if len(places) == 1}


def _drop_tags(cell: Cell, tags: set[str]) -> None:
    if tags_of(cell) & tags:
        cell["metadata"]["tags"] = sorted(tags_of(cell) - tags)


def _as_words(cell: Cell, call: Cell | None) -> Cell:
    """Return a slot's cell that became raw or code: its words, or its draft, as Markdown.

    Code other than the template's own call is the office's, and not words.
    """
    source = cell["source"]
    if cell["cell_type"] == "code" and call is not None and source == "".join(call["source"]):
        source = to_markdown(draft_of(cell) or (), slot_of(cell))
    elif cell["cell_type"] == "code" and not _looks_like_words(cell):
        cell["metadata"]["tags"] = [t for t in cell["metadata"]["tags"] if not t.startswith(SLOT)]
        return {**cell, "id": f"own-{cell['id']}"}
    return {
        "cell_type": "markdown",
        "id": cell["id"],
        "metadata": cell["metadata"],
        "source": source,
    }


def _looks_like_words(cell: Cell) -> bool:
    """Whether text in a code cell is not code: it came from a draft, and cannot be run."""
    try:
        compile(cell["source"], "cell", "exec")
    except (SyntaxError, ValueError):
        return True
    return False
