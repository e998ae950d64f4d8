"""Walking the document tree: what a node holds is known here, so nothing nested is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from operator import is_
from typing import Any, Literal, get_origin, get_type_hints

from ita_helpers.publish.tree import (
    Block,
    Cell,
    Inlines,
    ListBlock,
    Panel,
    Part,
    Slot,
    Text,
    Together,
    renewed,
)

WORDS = ("inlines", "caption", "head", "body")
"""The fields of blocks that hold words and no other blocks."""


def nodes_of(tree: object) -> Iterator[object]:
    """Yield everything blocks are made of, in reading order: blocks, cells, pictures, runs."""
    return _walk(tree, _holders)


def blocks_of(tree: object) -> Iterator[object]:
    """Yield blocks in reading order, without what their words are made of."""
    return _walk(tree, _holders_of_blocks)


def _walk(tree: object, holders_of: Callable[[Any], tuple[str, ...]]) -> Iterator[object]:
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        kind = node.__class__
        if kind is tuple:
            waiting += node[::-1]
        elif kind is Cell:
            yield node
            yield from node.inlines
        elif _is_node(kind):
            yield node
            if holders := holders_of(kind):
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
    """Return the part with all inlines changed: words, captions, cells, entries of contents.

    What is the same node in several places is changed once.
    """
    cells: dict[int, Cell] = {}

    def changed(node: Any) -> Any:
        kind = node.__class__
        if kind is tuple:
            is_text = bool(node) and node[0].__class__ is Text
            made = change(node) if is_text else tuple(map(changed, node))
            is_same = made is node or (len(made) == len(node) and all(map(is_, made, node)))
            return node if is_same else made
        if kind is Cell:
            if (known := cells.get(id(node))) is None:
                after = changed(node.inlines)
                known = node if after is node.inlines else renewed(node, inlines=after)
                cells[id(node)] = known
            return known
        inside = {}
        for name in _holders(kind):
            before = getattr(node, name)
            if (after := changed(before)) is not before:
                inside[name] = after
        return renewed(node, **inside) if inside else node

    return renewed(part, blocks=changed(part.blocks))


@cache
def _is_node(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _holders_of_blocks(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in _holders(kind) if name not in WORDS)


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
