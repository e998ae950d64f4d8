"""Two other layouts of the analysis, with the same words: by instrument, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_helpers.language.catalogue import label
from ita_helpers.publish.pieces import Placed
from ita_helpers.publish.tree import (
    Block,
    Cell,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Slot,
    Table,
    Text,
)

SECTION, INDICATOR = 3, 4
"""The heading levels of an instrument and of an indicator in the notebook's analysis."""
ITEMS = "items"
POINTS = "as-points"
COLUMNS = 2


def by_instrument(placed: Sequence[Placed]) -> Iterable[Placed]:
    """Set an indicator's name before its words; numbered points where the instrument asks."""
    points: list[tuple[Block, ...]] = []
    as_points = False
    for group in groups_of(placed):
        head = group[0]
        if level_of(head) == INDICATOR:
            blocks = _indicator_blocks(group)
            if as_points:
                points.append(tuple(blocks))
            else:
                yield from (replace(head, block=block, slot="") for block in blocks)
            continue
        if points:
            yield replace(group[0], block=ListBlock(ordered=True, items=tuple(points)), slot="")
            points = []
        as_points = POINTS in head.tags
        yield from group
    if points:
        yield replace(placed[-1], block=ListBlock(ordered=True, items=tuple(points)), slot="")


def as_table(placed: Sequence[Placed]) -> Iterable[Placed]:
    """Set the words of all indicators into one table, then each instrument's own words."""
    groups = groups_of(placed)
    rows: list[tuple[Cell, ...]] = []
    rest: list[Placed] = []
    before: list[Placed] = []
    for group in groups:
        head = group[0]
        if level_of(head) == INDICATOR:
            row, others = _indicator_row(group)
            rows.append(row)
            rest += others
        elif level_of(head) == SECTION and "heading" in head.tags:
            assert isinstance(head.block, Heading)
            rows.append((Cell(head.block.inlines, scope="rowgroup", colspan=COLUMNS),))
            rest += group
        else:
            (rest if rows else before).extend(group)
    rows = [
        row
        for row, following in zip(rows, [*rows[1:], ()], strict=False)
        if _is_filled(row, following)
    ]
    yield from before
    if rows:
        yield replace(placed[0], block=_table(rows), slot="", cell="analysis-table")
    yield from rest


def _is_filled(row: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a row is an indicator's, or that of an instrument with one under it."""
    return COLUMNS in (len(row), len(following))


def _table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    heads = ("indicator", "analysis")
    return Table(
        caption=(Text(label("report.analysis.caption")),),
        head=(tuple(Cell((Text(label(f"report.head.{key}")),), scope="col") for key in heads),),
        body=tuple(rows),
        columns=COLUMNS,
    )


def level_of(placed: Placed) -> int:
    """Return the level of a heading, 0 for any other block."""
    return placed.block.level if isinstance(placed.block, Heading) else 0


def groups_of(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Cut the analysis before each heading of an instrument or an indicator."""
    groups: list[list[Placed]] = []
    for each in placed:
        begins = "heading" in each.tags and level_of(each) in (SECTION, INDICATOR)
        begins = begins or bool(0 < level_of(each) <= SECTION)
        if begins or not groups:
            groups.append([])
        groups[-1].append(each)
    return groups


def _details(group: Sequence[Placed]) -> list[Placed]:
    """Return what is under an indicator's heading, except its score line and its items."""
    return [
        each
        for each in group[1:]
        if ITEMS not in each.tags
        and not (isinstance(each.block, Paragraph) and each.block.style == "score")
    ]


def _indicator_blocks(group: Sequence[Placed]) -> list[Block]:
    heading = group[0].block
    assert isinstance(heading, Heading)
    return [Paragraph(heading.inlines, "head"), *_fold_slot(_details(group))]


def _fold_slot(placed: Sequence[Placed]) -> list[Block]:
    slots = [place for place, each in enumerate(placed) if each.slot]
    if not slots:
        return [each.block for each in placed]
    before = [each.block for each in placed[: slots[0]]]
    behind = [each.block for each in placed[slots[0] :] if not each.slot]
    words = tuple(placed[place].block for place in slots)
    return [*before, Slot(placed[slots[0]].slot, words), *behind]


def _indicator_row(group: Sequence[Placed]) -> tuple[tuple[Cell, ...], list[Placed]]:
    """Return the row of an indicator, and what no cell can hold."""
    heading = group[0].block
    assert isinstance(heading, Heading)
    details = _details(group)
    lines = [line for each in details for line in _lines(each.block)]
    others = [replace(each, slot="") for each in details if not _lines(each.block)]
    slot = next((each.slot for each in details if each.slot), "")
    row = (Cell(heading.inlines, scope="row"), Cell(_join(lines), slot=slot))
    return row, others


def _is_text(block: Block) -> bool:
    if isinstance(block, ListBlock):
        return all(_is_text(each) for item in block.items for each in item)
    return isinstance(block, Paragraph)


def _lines(block: Block) -> list[Inlines]:
    """Return a paragraph or a list of paragraphs as lines of a cell; nothing for other blocks."""
    if isinstance(block, Paragraph):
        return [block.inlines]
    if not isinstance(block, ListBlock) or not _is_text(block):
        return []
    lines: list[Inlines] = []
    for number, item in enumerate(block.items, start=block.start):
        mark = Text(f"{number}. " if block.ordered else "• ")
        inner = [line for each in item for line in _lines(each)]
        lines += [(mark, *line) if place == 0 else line for place, line in enumerate(inner)]
    return lines


def _join(lines: Sequence[Inlines]) -> Inlines:
    joined: list[Text] = []
    for place, line in enumerate(lines):
        joined += [Text("", break_after=True)] if place else []
        joined += line
    return tuple(joined)
