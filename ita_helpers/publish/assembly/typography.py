"""Thai typography: one kind of digits, and what stays together at the end of a line.

Applied once to the whole tree, so that no writer and no sentence has to deal with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.tree import (
    Block,
    Cell,
    Contents,
    ContentsEntry,
    Document,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Slot,
    Table,
    Text,
)

NO_BREAK = "\u00a0"
LONGEST_WHOLE = 30
"""Characters: a longer name is broken like any other words."""
_OPEN_YEAR = re.compile(r"(?<=[.] )…(?P<next> ?\([^)]*\))?")
_LATIN = re.compile(r"[A-Za-z]$")
_BEFORE_A_SIGN = re.compile(r"(?<=\S) (?=[\u0e2f\u0e46%:])")
"""Before a repetition, an omission, a percentage, a colon."""
_NUMBER = r"\d"
_CONSONANT = r"[\u0e01-\u0e2e]"


@dataclass(frozen=True)
class Typography:
    """The digits of a paper, and the names that no line of it breaks."""

    numerals: Literal["thai", "arabic"]
    whole: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """Return plain text in the paper's digits."""
        return with_numerals(text, self.numerals)

    def inlines(self, inlines: Inlines) -> Inlines:
        """Return runs in the paper's digits, with what belongs together kept together."""
        before = ("", *(run.text for run in inlines))
        return tuple(
            piece
            for text, run in zip(before, inlines, strict=False)
            for piece in ([run] if run.raised and _LATIN.search(text) else self._run(run))
        )

    def _run(self, run: Text) -> Iterator[Text]:
        if run.verbatim or run.formula:
            yield run
            return
        text = keep_together(self.text(run.text))
        names = _names(tuple(self.text(name) for name in self.whole))
        if names is None:
            yield replace(run, text=text)
            return
        for piece in names.split(text):
            if piece:
                yield replace(run, text=piece, whole=bool(names.fullmatch(piece)))
        if not text:
            yield run


def keep_together(text: str) -> str:
    """Return the text with spaces that no line may end at.

    They are put between a number and its word, and before a sign that belongs to the preceding
    word.

    >>> keep_together("92.86 คะแนน และอื่น ๆ").split(NO_BREAK)
    ['92.86', 'คะแนน และอื่น', 'ๆ']
    """
    text = _BEFORE_A_SIGN.sub(NO_BREAK, text)
    text = _before().sub(lambda found: f"{found.group(1)}{NO_BREAK}", text)
    return _after().sub(NO_BREAK, text)


def whole_pieces(title: str) -> list[tuple[str, bool]]:
    """Cut a title into pieces, and say of each whether no line may end inside it.

    The PDF's line breaker knows no compound words, and a title is where a wrong break shows.
    """
    pieces = _compounds().split(title)
    return [(piece, bool(_compounds().fullmatch(piece))) for piece in pieces if piece]


def typeset(document: Document, typography: Typography) -> Document:
    """Return the document in the typography of its paper."""
    parts = tuple(
        replace(part, blocks=tuple(_set(block, typography) for block in part.blocks))
        for part in document.parts
    )
    return replace(
        document,
        parts=parts,
        title=typography.text(document.title),
        subtitle=tuple(typography.text(line) for line in document.subtitle),
        banners=tuple(keep_together(typography.text(line)) for line in document.banners),
        running=typography.text(document.running),
        mark=typography.text(document.mark),
    )


def _set(block: Block, typography: Typography) -> Block:
    match block:
        case Heading():
            number = typography.text(block.number)
            return replace(block, inlines=typography.inlines(block.inlines), number=number)
        case Paragraph():
            return replace(block, inlines=typography.inlines(block.inlines))
        case ListBlock():
            return replace(block, items=tuple(_set_all(item, typography) for item in block.items))
        case Slot():
            return replace(block, blocks=_set_all(block.blocks, typography))
        case Table():
            return _set_table(block, typography)
        case Figure():
            return replace(
                block,
                caption=typography.inlines(block.caption),
                label=typography.text(block.label),
                alt=typography.text(block.alt),
                data=_set_table(block.data, typography) if block.data else None,
            )
        case Contents():
            lists = tuple(
                replace(each, entries=tuple(_set_entry(e, typography) for e in each.entries))
                for each in block.lists
            )
            return replace(block, lists=lists)
    return block


def _set_all(blocks: Iterable[Block], typography: Typography) -> tuple[Block, ...]:
    return tuple(_set(block, typography) for block in blocks)


def _set_entry(entry: ContentsEntry, typography: Typography) -> ContentsEntry:
    return replace(entry, inlines=typography.inlines(entry.inlines))


def _set_table(table: Table, typography: Typography) -> Table:
    def rows(section: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(replace(cell, inlines=typography.inlines(cell.inlines)) for cell in row)
            for row in section
        )

    return replace(
        table,
        caption=typography.inlines(table.caption),
        label=typography.text(table.label),
        head=rows(table.head),
        body=rows(table.body),
    )


def fill_years(inlines: Inlines, fiscal_year: int) -> Inlines:
    """Put the year (B.E.), or the next one, where a heading of the template leaves it open."""

    def year(found: re.Match[str]) -> str:
        return str(fiscal_year + bool(found.group("next")))

    return tuple(replace(run, text=_OPEN_YEAR.sub(year, run.text)) for run in inlines)


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    listed = sorted({n for n in names if 0 < len(n) <= LONGEST_WHOLE}, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, listed))})") if listed else None


@cache
def _compounds() -> re.Pattern[str]:
    words = sorted(label("typography.compounds").split(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))})")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, label("typography.before_a_number").split()))
    return re.compile(rf"({words}) (?={_NUMBER}|[A-Z]{_NUMBER}|{_CONSONANT}( |$))")


@cache
def _after() -> re.Pattern[str]:
    words = "|".join(map(re.escape, label("typography.after_a_number").split()))
    return re.compile(rf"(?<={_NUMBER}) (?={words})")
