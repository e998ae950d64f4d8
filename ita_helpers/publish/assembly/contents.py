"""The tables of contents: headings, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

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
    Inlines,
    ListBlock,
    Paragraph,
    Part,
    Table,
    Text,
    plain,
)
from ita_helpers.publish.walks import blocks_of, map_blocks

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
    blocks = [node for part in parts for node in blocks_of(part.blocks)]
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
    for block in blocks_of(part.blocks):
        if isinstance(block, Heading) and block.level <= deepest:
            number = (Text(f"{block.number} "),) if block.number else ()
            yield ContentsEntry(block.level, (*number, *block.inlines), block.anchor)


def _captions(
    blocks: Iterable[object], kind: type[Table] | type[Figure]
) -> Iterable[ContentsEntry]:
    for block in blocks:
        if isinstance(block, kind) and block.label:
            name = (Text(f"{block.label} "), *_subject(block.caption))
            yield ContentsEntry(TOP, name, block.anchor)


def _subject(caption: Inlines) -> Inlines:
    """Return what a table or chart shows, without its finding, a remark or the last year.

    A line of the contents is one link.
    """
    kept: list[Text] = []
    for run in caption:
        words, *finding = _finding().split(run.text, maxsplit=1)
        kept.append(replace(run, text=words if finding else run.text, href=""))
        if finding:
            break
    return tuple(kept)


@cache
def _finding() -> re.Pattern[str]:
    """Find where a caption goes on after what is shown."""
    year = re.escape(label("report.title.in_year"))
    return re.compile(rf"\s*:|\s+\(|\s+{year}\s+\d{{4}}(–\d{{4}})?(?=$|\s*[:(])")
