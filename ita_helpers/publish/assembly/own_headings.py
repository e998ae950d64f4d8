"""An office's own headings inside one of our parts.

One that began a part of its own would take along the sections after it. So it becomes a section of
that part, with everything under it; at the end of a part it begins its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ita_helpers.publish.pieces import NotebookPart, Placed
from ita_helpers.publish.tree import Heading

TOP = 2
"""The level of the heading of a part."""
LOWEST = 6
OURS = frozenset({"lead", "heading"})


def keep_within_parts(
    papers: Sequence[NotebookPart], standing: Collection[int] | None = None
) -> tuple[list[NotebookPart], list[Placed]]:
    """Return papers in which no own heading takes over our sections, and the changed headings.

    ``standing`` are the ids of the pieces that will be printed, all if not given.
    """
    inside = _inside(papers, standing)
    changed = [each for paper in papers for each in paper.placed if id(each) in inside]
    return [lower(paper, inside) for paper in papers] if inside else list(papers), changed


def own_tops(paper: NotebookPart) -> set[int]:
    """Return the ids of headings that would begin a part, except the part's own heading."""
    heads = [each for each in paper.placed if isinstance(each.block, Heading)]
    begins = bool(paper.tag) and "continued" not in paper.tags
    return {id(each) for each in heads[begins:] if _level(each) <= TOP}


def lower(paper: NotebookPart, tops: Collection[int]) -> NotebookPart:
    """Return a paper with some own headings a level lower, and what is under them."""
    placed, by = list[Placed](), 0
    for each in paper.placed:
        if _is_ours(each) or 0 < _level(each) <= TOP:
            by = int(id(each) in tops)
        placed.append(_lowered(each, by) if by else each)
    return replace(paper, placed=tuple(placed))


def _inside(papers: Sequence[NotebookPart], standing: Collection[int] | None) -> set[int]:
    """Return the ids of own headings that a heading of ours follows in the same part."""
    inside: set[int] = set()
    follows = False
    for number in range(len(papers) - 1, -1, -1):
        paper = papers[number]
        tops = own_tops(paper)
        for each in reversed(paper.placed):
            if id(each) in tops:
                inside |= {id(each)} if follows else set()
            elif _is_ours(each) and (standing is None or id(each) in standing):
                follows = True
        follows = follows and _goes_on(papers[:number], paper)
    return inside


def _goes_on(before: Sequence[NotebookPart], paper: NotebookPart) -> bool:
    """Whether a paper belongs to the part before it."""
    whole = before[-1].tags if before else frozenset({"unnumbered"})
    return "continued" in paper.tags and not whole & {"unnumbered", "appendix"}


def _is_ours(placed: Placed) -> bool:
    return isinstance(placed.block, Heading) and bool(placed.tags & OURS)


def _level(placed: Placed) -> int:
    return placed.block.level if isinstance(placed.block, Heading) else 0


def _lowered(placed: Placed, by: int) -> Placed:
    block = placed.block
    if not isinstance(block, Heading):
        return placed
    level = min(max(block.level, TOP) + by, LOWEST)
    return replace(placed, block=replace(block, level=level))


def all_lowered(papers: Iterable[NotebookPart]) -> list[NotebookPart]:
    """Return papers as if no own heading began a part."""
    return [lower(paper, own_tops(paper)) for paper in papers]
