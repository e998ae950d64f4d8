"""The tables of contents: headings, tables and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_helpers.files.facts import PaperFacts
from ita_helpers.language.catalogue import label
from ita_helpers.publish.assembly.own_headings import TOP
from ita_helpers.publish.tree import (
    Block,
    Contents,
    ContentsEntry,
    ContentsList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Part,
    Table,
    Text,
    map_blocks,
    nodes_of,
    plain,
)

SUMMARY = "part-summary"
"""The part that fits one page, and is the first screen."""


def with_outline(parts: Sequence[Part]) -> list[Part]:
    """Fill the list of parts in the introduction, which needs the whole document."""
    headings = [
        block
        for part in parts
        for block in part.blocks
        if isinstance(block, Heading) and block.level == TOP
    ]
    items = tuple((Paragraph((_entry_text(heading),)),) for heading in headings)

    def fill(block: Block) -> Block:
        is_open = isinstance(block, ListBlock) and block.is_outline
        return ListBlock(ordered=False, items=items) if is_open else block

    return [map_blocks(part, fill) for part in parts]


def _entry_text(heading: Heading) -> Text:
    words = f"{heading.number} {plain(heading.inlines)}".strip()
    return Text(words, href=f"#{heading.anchor}")


def with_contents(parts: Sequence[Part], page: PaperFacts) -> list[Part]:
    """Fill the contents: headings, then tables and charts where there are any."""
    blocks = [node for part in parts for node in nodes_of(part.blocks)]
    listed = tuple(entry for part in parts for entry in heading_entries(part))
    lists = [
        ContentsList(label("report.title.contents"), listed),
        ContentsList(label("report.title.tables"), tuple(_captions(blocks, Table))),
        ContentsList(label("report.title.charts"), tuple(_captions(blocks, Figure))),
    ]
    contents = Contents(tuple(each for each in lists if each.entries), page.page_ranges)
    return [
        replace(part, blocks=(contents,)) if part.tag == "part-contents" else part for part in parts
    ]


def heading_entries(part: Part) -> Iterable[ContentsEntry]:
    """Yield the entries of a part: its sections, but for those of the one page of the summary."""
    deepest = TOP if part.tag == SUMMARY else TOP + 1
    for block in nodes_of(part.blocks):
        if isinstance(block, Heading) and block.level <= deepest:
            number = (Text(f"{block.number} "),) if block.number else ()
            yield ContentsEntry(block.level, (*number, *block.inlines), block.anchor)


def _captions(
    blocks: Iterable[object], kind: type[Table] | type[Figure]
) -> Iterable[ContentsEntry]:
    for block in blocks:
        if isinstance(block, kind) and block.label:
            yield ContentsEntry(TOP, (Text(f"{block.label} "), *block.caption), block.anchor)
