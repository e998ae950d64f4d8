"""Resolving references within a paper to numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from ita_helpers.language.catalogue import label
from ita_helpers.publish.tree import (
    Block,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Part,
    Slot,
    Table,
    Text,
    plain,
    slug,
    unfold,
)


def refer_all(parts: Sequence[Part]) -> list[Part]:
    """Anchor the headings, and put numbers in place of words that point at a table or chart."""
    anchored = _anchor(parts)
    labels = {
        block.anchor: getattr(block, "label", "")
        for part in anchored
        for block in unfold(part.blocks)
        if isinstance(block, Heading | Table | Figure) and block.anchor
    }

    headings = {
        slug(plain(block.inlines)): block.anchor
        for part in anchored
        for block in unfold(part.blocks)
        if isinstance(block, Heading)
    }

    def refer(inlines: Inlines) -> Inlines:
        return tuple(piece for run in inlines for piece in _point(run, labels, headings))

    return [
        replace(part, blocks=tuple(map_inlines(block, refer) for block in part.blocks))
        for part in anchored
    ]


def _point(run: Text, labels: Mapping[str, str], headings: Mapping[str, str]) -> Inlines:
    """Return a working link; the word for a table or chart becomes its number.

    A heading is identified by its words, as in a notebook.
    """
    if not run.href.startswith("#"):
        return (run,)
    target = run.href[1:]
    if target not in labels:
        anchor = headings.get(slug(target), "")
        return (replace(run, href=f"#{anchor}" if anchor else ""),)
    if labels[target] and run.text.strip() in label("report.title.kinds").split():
        return (replace(run, text=labels[target]), replace(run, text=" ", href=""))
    return (run,)


def _anchor(parts: Iterable[Part]) -> list[Part]:
    """Give every heading an anchor, and tables and figures with a caption one of their own."""
    counts = {"s": 0, "t": 0, "f": 0}
    taken: set[str] = set()

    def anchor(block: Block) -> Block:
        if isinstance(block, Slot):
            return replace(block, blocks=tuple(anchor(each) for each in block.blocks))
        kind = {Heading: "s", Table: "t", Figure: "f"}.get(type(block), "")
        if not kind:
            return block
        block = cast("Heading | Table | Figure", block)
        counts[kind] += 1
        wanted = block.anchor if block.anchor not in taken else ""
        name = wanted or f"{kind}{counts[kind]}"
        taken.add(name)
        return replace(block, anchor=name)

    return [replace(part, blocks=tuple(anchor(block) for block in part.blocks)) for part in parts]


def map_inlines(block: Block, change: Any) -> Block:
    """Return the block with every run of inlines changed, captions and cells included."""
    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=change(block.inlines))
        case ListBlock():
            items = tuple(tuple(map_inlines(b, change) for b in item) for item in block.items)
            return replace(block, items=items)
        case Slot():
            return replace(block, blocks=tuple(map_inlines(b, change) for b in block.blocks))
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                head=_change_cells(block.head, change),
                body=_change_cells(block.body, change),
            )
        case Figure():
            data = cast("Table | None", map_inlines(block.data, change) if block.data else None)
            return replace(block, caption=change(block.caption), data=data)
    return block


def _change_cells(rows: Any, change: Any) -> Any:
    return tuple(tuple(replace(c, inlines=change(c.inlines)) for c in row) for row in rows)
