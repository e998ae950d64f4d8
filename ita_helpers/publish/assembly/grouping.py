"""The unremarkable indicators of the analysis in one table, in place of their sections.

The notebook keeps a section for each, so that people can write in it: as soon as they do, or add
anything of their own beside it, it is printed again and its row is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ita_helpers.edited.cells import SLOT
from ita_helpers.publish.assembly.layouts import INDICATOR, groups_of, level_of
from ita_helpers.publish.pieces import NotebookPart, Placed
from ita_helpers.publish.tree import Heading, Table

KEPT = "kept"
"""The tag of the cells with the table of unremarkable indicators: its heading and the table."""


def group(paper: NotebookPart, unremarkable: Sequence[str]) -> NotebookPart:
    """Return the analysis in which untouched sections of unremarkable indicators are rows.

    ``unremarkable`` are their slots in the order of the table's rows. Where that table is not as it
    was made, every indicator keeps its section.
    """
    groups = groups_of(paper.placed)
    sections = {slot: place for place, each in enumerate(groups) if (slot := _foldable(each))}
    is_whole = any(_is_table(each, len(unremarkable)) for each in paper.placed)
    folded = [slot for slot in unremarkable if slot in sections and is_whole]
    away = {sections[slot] for slot in folded}
    left = [each for place, section in enumerate(groups) if place not in away for each in section]
    placed = tuple(_with_rows(left, unremarkable, folded))
    return replace(paper, placed=placed, has_draft=any(each.is_draft for each in placed))


def _foldable(section: Sequence[Placed]) -> str:
    """Return the slot of an indicator's section in which nobody wrote; nothing for any other."""
    head, slot = section[0], next((each.slot for each in section if each.slot), "")
    is_section = "heading" in head.tags and level_of(head) == INDICATOR
    is_ours = is_section and all(each.is_ours for each in section)
    return slot.removeprefix(SLOT) if is_ours else ""


def _is_table(each: Placed, rows: int) -> bool:
    is_ours = KEPT in each.tags and each.is_ours
    return is_ours and isinstance(each.block, Table) and len(each.block.body) == rows


def _with_rows(
    placed: Sequence[Placed], slots: Sequence[str], folded: Collection[str]
) -> Iterator[Placed]:
    """Leave the rows of folded indicators in the table; without any, neither table nor lead."""
    for each in placed:
        if KEPT not in each.tags or not (each.is_ours or "lead" in each.tags):
            yield each
        elif not folded:
            yield from [each] if isinstance(each.block, Heading) else []
        elif isinstance(each.block, Table):
            rows = zip(slots, each.block.body, strict=True)
            body = tuple(row for slot, row in rows if slot in folded)
            yield replace(each, block=replace(each.block, body=body))
        else:
            yield each
