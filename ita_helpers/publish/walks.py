"""Walking the document tree: what a node holds is known here, so nothing nested is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from operator import is_
from typing import Any, Literal, get_origin, get_type_hints

from ita_helpers.publish.tree import (
    Block,
    Inlines,
    ListBlock,
    Panel,
    Part,
    Slot,
    Text,
    Together,
    renewed,
)


def nodes_of(tree: object) -> Iterator[object]:
    """Yield everything blocks are made of, in reading order: blocks, cells, pictures, runs."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        kind = node.__class__
        if kind is tuple:
            waiting += node[::-1]
        elif _is_node(kind):
            yield node
            if holders := _holders(kind):
                waiting += [getattr(node, name) for name in holders[::-1]]


def runs_of(tree: object) -> Iterator[Text]:
    """Yield every run of text in blocks."""
    return (node for node in nodes_of(tree) if isinstance(node, Text))


def map_blocks(part: Part, change: Callable[[Block], Block]) -> Part:
    """Return the part with every block changed, those inside others before these."""

    def changed(block: Block) -> Block:
        match block:
            case ListBlock():
                block = renewed(block, items=tuple(map(all_of, block.items)))
            case Slot() | Panel():
                block = renewed(block, blocks=all_of(block.blocks))
            case Together():
                block = Together(tuple(tuple(map(all_of, row)) for row in block.rows))
        return change(block)

    def all_of(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map(changed, blocks))

    return renewed(part, blocks=all_of(part.blocks))


def map_inlines(part: Part, change: Callable[[Inlines], Inlines]) -> Part:
    """Return the part with all inlines changed: words, captions, cells, entries of contents."""

    def changed(node: Any) -> Any:
        if isinstance(node, tuple):
            is_text = bool(node) and isinstance(node[0], Text)
            made = change(node) if is_text else tuple(map(changed, node))
            return node if len(made) == len(node) and all(map(is_, made, node)) else made
        inside = {}
        for name in _holders(node.__class__):
            before = getattr(node, name)
            if (after := changed(before)) is not before:
                inside[name] = after
        return renewed(node, **inside) if inside else node

    return renewed(part, blocks=changed(part.blocks))


@cache
def _is_node(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _holders(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields in which a kind of node holds others."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(
        name
        for name, hint in hints.items()
        if get_origin(hint) is not Literal and hint not in (str, bool, int)
    )
