"""Folding what no report prints, by the mark that JupyterLab obeys.

A part is folded only if it holds no words of the office and none that it could write.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ita_helpers.edited.cells import Cell, is_changed, is_hint, part_of, slot_of

FOLDED = "jp-MarkdownHeadingCollapsed"
_HEADING = re.compile(r"(?P<marks>#{1,6}) ")


def fold_unprinted(cells: Sequence[Cell], printed: Collection[str], template: set[str]) -> None:
    """Fold each part of a copy that is not printed under its heading.

    ``template`` are the ids of the template's cells.
    """
    for place, cell in enumerate(cells):
        part = part_of(cell)
        if part and _level(cell) and cell["id"] in template:
            is_folded = part not in printed and not any(
                _is_to_be_seen(each, template) or part_of(each) in printed
                for each in _under(cells, place)
            )
            cell["metadata"].pop(FOLDED, None)
            cell["metadata"] |= {FOLDED: True} if is_folded else {}


def unfold_words(cells: Sequence[Cell], template: set[str]) -> None:
    """Unfold the headings under which words of an office have come to stand."""
    for place, cell in enumerate(cells):
        if any(_is_to_be_seen(each, template) for each in _under(cells, place)):
            cell["metadata"].pop(FOLDED, None)


def _under(cells: Sequence[Cell], place: int) -> Iterator[Cell]:
    """Yield what JupyterLab folds under a heading: all before the next one as high."""
    level = _level(cells[place])
    for cell in cells[place + 1 :] if level else ():
        if 0 < _level(cell) <= level:
            return
        yield cell


def _is_to_be_seen(cell: Mapping[str, Any], template: set[str]) -> bool:
    is_own = cell["id"] not in template and not is_hint(cell)
    return is_own or is_changed(cell) or bool(slot_of(cell))


def _level(cell: Mapping[str, Any]) -> int:
    """Return the level of a cell's heading, 0 for a cell without."""
    found = _HEADING.match(cell["source"]) if cell["cell_type"] == "markdown" else None
    return len(found["marks"]) if found else 0
