"""Resolving references within a paper to numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from ita_helpers.language.catalogue import label
from ita_helpers.publish.tree import Block, Figure, Heading, Inlines, Part, Table, Text, plain, slug
from ita_helpers.publish.walks import blocks_of, map_blocks, map_inlines


def refer_all(parts: Sequence[Part]) -> list[Part]:
    """Anchor the headings, and put numbers in place of words that point at a table or chart."""
    anchored = _anchor(parts)
    nodes = [node for part in anchored for node in blocks_of(part.blocks)]
    labels = {
        block.anchor: getattr(block, "label", "")
        for block in nodes
        if isinstance(block, Heading | Table | Figure) and block.anchor
    }
    headings = {
        slug(plain(block.inlines)): block.anchor for block in nodes if isinstance(block, Heading)
    }

    def refer(inlines: Inlines) -> Inlines:
        if not any(run.href for run in inlines):
            return inlines
        return tuple(piece for run in inlines for piece in _point(run, labels, headings))

    return [map_inlines(part, refer) for part in anchored]


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
        kind = {Heading: "s", Table: "t", Figure: "f"}.get(type(block), "")
        if not kind:
            return block
        block = cast("Heading | Table | Figure", block)
        counts[kind] += 1
        wanted = block.anchor if block.anchor not in taken else ""
        name = wanted or f"{kind}{counts[kind]}"
        taken.add(name)
        return replace(block, anchor=name)

    return [map_blocks(part, anchor) for part in parts]
