"""Headings of indicators and instruments that stand right above the words about these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.documents.document import Line, Table
from ita_helpers.documents.headings import LONGEST, OF_INDICATOR, level_of
from ita_helpers.documents.patterns import pattern
from ita_helpers.values import replace

FEWEST = 2
"""Such headings in a file at least: one alone may be a sentence that was cut short."""
_PART = re.compile(r"(\d{1,2})[.)]?\s")
Blocks = Sequence[Line | Table]


def with_parts(blocks: Blocks) -> list[Line | Table]:
    """Return blocks with those lines as headings that name what the words below them are about.

    Entries of a list name something too, but one follows the other. What is numbered as the part
    behind such headings is a heading as well.
    """
    named = {at: level for at in range(len(blocks)) if (level := _level(blocks, at))}
    if len(named) < FEWEST:
        return list(blocks)
    levels = {**dict(_next_parts(blocks, named)), **named}
    return [
        replace(each, level=levels[at]) if at in levels and isinstance(each, Line) else each
        for at, each in enumerate(blocks)
    ]


def _level(blocks: Blocks, at: int) -> int:
    """Return the level of a line that names an indicator or an instrument above words, or 0."""
    line = blocks[at]
    if not isinstance(line, Line) or line.level or not _names(line):
        return 0
    near = [blocks[place] for place in (at - 1, at + 1) if 0 <= place < len(blocks)]
    is_last = at + 1 == len(blocks)
    if is_last or any(isinstance(each, Line) and _names(each) for each in near):
        return 0
    number = pattern("part_heading").fullmatch(line.text)
    dots = number["number"].count(".") if number and number["number"] else 0
    return dots + 1 if dots else OF_INDICATOR


def _names(line: Line) -> bool:
    """Whether a line does no more than name what is scored; an instrument needs a number."""
    found = pattern("part_heading").fullmatch(line.text) if len(line.text) <= LONGEST else None
    return bool(found and (found["number"] or found["indicator"]))


def _next_parts(blocks: Blocks, named: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the headings of what comes behind the last of some headings, as level 1."""
    for at in range(max(named) + 1, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Line) or block.level or not _PART.match(block.text):
            continue
        if level_of(block.text) == 1:
            yield at, 1
