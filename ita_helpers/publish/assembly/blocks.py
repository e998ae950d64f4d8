"""Finishing a paper's blocks: pruning, folding, naming their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_helpers.language.catalogue import label
from ita_helpers.publish.assembly.own_headings import TOP
from ita_helpers.publish.pieces import NotebookPart, Placed
from ita_helpers.publish.tree import (
    Block,
    Contents,
    Figure,
    Heading,
    Part,
    Slot,
    Table,
    plain,
)

OWN_PAGE = frozenset({"part-summary", "part-foreword", "part-contents"})


def finish(paper: NotebookPart) -> Part:
    """Return a part with its blocks pruned, folded and anchored."""
    placed = _name_figures(_close_jumps(prune(paper.placed)))
    blocks = tuple(_fold(_anchor_cells(placed)))
    if paper.tag == "part-contents":
        blocks = (Contents(()),)
    return Part(
        paper.tag,
        blocks,
        is_numbered="unnumbered" not in paper.tags,
        is_appendix="appendix" in paper.tags,
        is_continued="continued" in paper.tags,
        own_page=paper.tag in OWN_PAGE,
    )


def prune(placed: Sequence[Placed]) -> list[Placed]:
    """Drop prunable headings with nothing under them, from the deepest up."""
    kept: list[Placed] = []
    for each in reversed(placed):
        block = each.block
        if isinstance(block, Heading) and block.prunable:
            following = kept[-1].block if kept else None
            empty = following is None or (
                isinstance(following, Heading) and following.level <= block.level
            )
            if empty:
                continue
        kept.append(each)
    return kept[::-1]


def _close_jumps(placed: Sequence[Placed]) -> list[Placed]:
    """Keep headings between levels 2 and 6, never going down more than one level at once."""
    closed: list[Placed] = []
    last = TOP - 1
    for each in placed:
        if isinstance(each.block, Heading):
            first = TOP if last < TOP and "continued" not in each.tags else TOP + 1
            last = max(TOP, min(each.block.level, max(last + 1, first), 6))
            each = replace(each, block=replace(each.block, level=last))
        closed.append(each)
    return closed


def _name_figures(placed: Sequence[Placed]) -> list[Placed]:
    """Give a figure without alternative text its caption's, or that of the last heading."""
    named: list[Placed] = []
    heading = ""
    for each in placed:
        block = each.block
        if isinstance(block, Heading):
            heading = plain(block.inlines)
        if isinstance(block, Figure) and not block.alt.strip():
            alt = plain(block.caption) or heading or label("report.title.picture")
            each = replace(each, block=replace(block, alt=alt))
        named.append(each)
    return named


def _anchor_cells(placed: Iterable[Placed]) -> list[Placed]:
    """Name the first table or figure of a cell by the cell, so that words can refer to it."""
    seen: set[str] = set()
    anchored = []
    for each in placed:
        if isinstance(each.block, Table | Figure) and each.cell and each.cell not in seen:
            seen.add(each.cell)
            each = replace(each, block=replace(each.block, anchor=each.cell))
        anchored.append(each)
    return anchored


def _fold(placed: Sequence[Placed]) -> Iterable[Block]:
    """Put the neighbouring blocks of one slot together."""
    held: list[Placed] = []
    for each in [*placed, None]:
        if held and (each is None or each.slot != held[0].slot):
            yield Slot(held[0].slot, tuple(one.block for one in held))
            held = []
        if each is not None and each.slot:
            held.append(each)
        elif each is not None:
            yield each.block
