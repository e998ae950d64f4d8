"""What the cells of an office's own notebook carry: slots, drafts, hints and ticks."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from ita_helpers.edited.lines import without_ours
from ita_helpers.faces.prose import to_paragraphs
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.slots import STANDING, shape_of

Notebook = dict[str, Any]
Cell = dict[str, Any]
State = Literal["draft", "standing", "edited", "reviewed"]
"""Of a slot; a standing draft needs nobody's review."""

SLOT = "narrative-"
PART = "part-"
OURS = "ita"
"""The key of our own facts in the metadata of a cell or notebook."""
HINT = "ita-hint"
RENDER = "ita-render"
HIDDEN = "remove-cell"
ALL = "all"
"""What the tick of the first hint stands for: every slot."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|$~])")
READING = ("ticked", "typed", "values")
"""Facts that are noted while a copy is read, and never written."""
OF_COPIES = ("hint", "review")
"""Facts that only a copy has: what stands above a slot, and who reviewed it."""


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """Return the tags of a cell."""
    return set(cell.get("metadata", {}).get("tags") or [])


def slot_of(cell: Mapping[str, Any]) -> str:
    """Return the slot whose words a cell holds, or an empty string."""
    return _behind(SLOT, cell)


def part_of(cell: Mapping[str, Any]) -> str:
    """Return the part of the report a cell begins, or an empty string."""
    return _behind(PART, cell)


def _behind(prefix: str, cell: Mapping[str, Any]) -> str:
    tags = cell.get("metadata", {}).get("tags") or ()
    return min([tag for tag in tags if tag.startswith(prefix)], default="").removeprefix(prefix)


def ours(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what we noted in a cell, or in a whole notebook."""
    noted = cell.get("metadata", {}).get(OURS, {})
    return noted if isinstance(noted, dict) else {}


def draft_of(cell: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the sentences a slot's cell was drafted with; ``None`` if it was not drafted."""
    draft = ours(cell).get("draft")
    if draft is None:
        return None
    return (draft,) if isinstance(draft, str) else tuple(draft)


def is_older(cell: Mapping[str, Any], draft: Sequence[str]) -> bool:
    """Whether a slot's words were written on another draft than this one, digits aside."""
    seen = ours(cell).get("seen")
    before = seen if seen is not None else draft_of(cell)
    return before is not None and list(map(to_arabic, before)) != list(map(to_arabic, draft))


def drafted_state(slot: str) -> State:
    """Return the state of a slot whose draft nobody touched."""
    return "standing" if slot in STANDING else "draft"


def is_draft(cell: Mapping[str, Any]) -> bool:
    """Whether a slot's cell still holds a draft that nobody has confirmed."""
    state = ours(cell).get("state")
    if cell["cell_type"] == "code":
        return state in (None, "draft") and slot_of(cell) not in STANDING
    draft = draft_of(cell)
    if state == "draft" and ours(cell).get("lost"):
        return True
    if state != "draft" or draft is None:
        return False
    return squeezed(written(cell)) == squeezed(to_markdown(draft, slot_of(cell)))


def to_markdown(sentences: Sequence[str], slot: str) -> str:
    """Return the sentences of a slot as Markdown that shows them letter by letter, in its shape."""
    shape = shape_of(slot)
    if shape == "list" and len(sentences) > 1:
        lead, *items = escaped(sentences)
        listed = (f"{number}. {item}" for number, item in enumerate(items, start=1))
        return "\n".join((lead, "", *listed))
    return "\n\n".join(to_paragraphs(escaped(sentences), shape))


def escaped(sentences: Sequence[str]) -> list[str]:
    """Return sentences with Markdown's special characters escaped."""
    return [_MARKUP.sub(r"\\\1", sentence) for sentence in sentences]


def unescaped(sentence: str) -> str:
    """Return a sentence as it was before escaping."""
    return _ESCAPED.sub(r"\1", sentence)


def without_blank(text: str) -> str:
    """Return words without the place left open for what the office has done."""
    return text.replace(label("edit.blank"), "")


def written(cell: Mapping[str, Any]) -> str:
    """Return what a person wrote in a slot or hint, without open places and our own lines."""
    noted = filter(None, [ours(cell).get("hint")])
    left = without_ours("".join(cell["source"]), tuple(noted), is_hint=is_hint(cell))
    return without_blank(left.text).strip()


def squeezed(text: str) -> str:
    """Return a text without its spaces: what is compared when only words count."""
    return "".join(text.split())


def ticked(source: str) -> str:
    """Return a hint with its box ticked."""
    return source.replace("- [ ]", "- [x]", 1)


def is_hint(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is one of our hints, which no report prints."""
    return HINT in tags_of(cell)


def is_changed(cell: Mapping[str, Any]) -> bool:
    """Whether somebody changed a cell that came from us; ticking a box is no change."""
    if is_hint(cell):
        return bool(written(cell))
    before = ours(cell).get("source")
    return bool(before) and not slot_of(cell) and before != digest("".join(cell["source"]))


def is_left_over(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is an unchanged one of ours, perhaps from an older template."""
    return "source" in ours(cell) and not is_changed(cell)


def mark_made(cell: Cell) -> None:
    """Record what a cell holds now, so that a change can be detected later."""
    note(cell, source=digest("".join(cell["source"])))


def note(cell: Cell, **facts: Any) -> None:
    """Add to what we noted in a cell; empty facts are removed."""
    noted = {key: value for key, value in {**ours(cell), **facts}.items() if value}
    cell["metadata"].pop(OURS, None)
    cell["metadata"] |= {OURS: noted} if noted else {}


def markdown_cell(identity: str, source: str, *tags: str) -> Cell:
    """Return a new Markdown cell."""
    metadata: dict[str, Any] = {"tags": list(tags)} if tags else {}
    return {"cell_type": "markdown", "id": identity, "metadata": metadata, "source": source}


def words_cell(cell: Mapping[str, Any], identity: str, source: str, *tags: str) -> Cell:
    """Return a Markdown cell with words of another one, and the pictures pasted into it."""
    made = markdown_cell(identity, source, *tags)
    if cell.get("attachments"):
        made["attachments"] = copy.deepcopy(cell["attachments"])
    return made


def clean(cell: Mapping[str, Any]) -> Cell:
    """Return a cell without its outputs: a run makes new ones. A hint with words is published."""
    made = copy.deepcopy(dict(cell))
    made["source"] = "".join(made["source"])
    if is_hint(made):
        made["metadata"] = {}
    if OURS in made["metadata"]:
        note(made, **dict.fromkeys((*READING, *OF_COPIES)))
    if made["cell_type"] == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def around(notebook: Mapping[str, Any], cells: Sequence[Cell]) -> Notebook:
    """Return a notebook of these cells, each named apart, with the facts of another about it."""
    facts = {key: value for key, value in notebook.items() if key != "cells"}
    return {**copy.deepcopy(facts), "cells": list(named_apart(cells))}


def named_apart(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Give every cell a unique id: a copied cell has its original's."""
    taken: set[str] = set()
    for cell in cells:
        name, number = cell["id"], 1
        while name in taken:
            number += 1
            name = f"{cell['id'][:56]}-{number}"
        taken.add(name)
        yield {**cell, "id": name}


def digest(text: str) -> str:
    """Return a short digest of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
