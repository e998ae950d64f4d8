"""The words of a cell in pieces: which paragraphs each piece of its Markdown prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ita_helpers.documents.corrected_lines import PICTURE, as_compared, as_written
from ita_helpers.publish.reading.notebook import read_words
from ita_helpers.publish.tree import (
    Block,
    Figure,
    Formula,
    Heading,
    Inlines,
    ListBlock,
    Panel,
    Paragraph,
    Preformatted,
    Slot,
    Table,
)

_APART = re.compile(r"\n[^\S\n]*\n\s*?(?=\S)")
_FENCE = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<indent>\s*)(?P<mark>\d{1,9}[.)]|[-*+])\s+(?P<text>.*)$")
_TEX = re.compile(r"\$+([^$]+)\$+")


@dataclass(frozen=True)
class Printed:
    """One paragraph that a piece of Markdown prints.

    ``own`` is the Markdown of this paragraph alone, where it can be told; ``entry`` says of an
    entry of a list whether it is numbered.
    """

    text: str
    own: str
    entry: bool | None = None
    depth: int = 0


@dataclass(frozen=True)
class Piece:
    """A piece of a cell's Markdown between empty lines, and the paragraphs it prints."""

    source: str
    printed: tuple[Printed, ...]


def pieces_of(cell: Mapping[str, Any]) -> list[Piece]:
    """Return the pieces of a Markdown cell in order."""
    source = "".join(cell["source"]).strip("\n")
    return [_piece(each, cell) for each in _parts(source) if each.strip()]


def formulas_in(source: str) -> frozenset[str]:
    """Return the formulas (TeX) in some Markdown."""
    return frozenset(each.strip() for each in _TEX.findall(source))


def texts_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the lines that blocks become in a Word file, as they are compared."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield _text(block.inlines)
            case ListBlock():
                for item in block.items:
                    yield from texts_of(item)
            case Slot() | Panel():
                yield from texts_of(block.blocks)
            case Table():
                yield from filter(None, [_text(block.caption)])
                for row in (*block.head, *block.body):
                    yield from (_text(cell.inlines) for cell in row)
            case Figure():
                yield as_compared(PICTURE + block.alt)
                yield from filter(None, [_text(block.caption)])
            case Preformatted():
                yield as_compared(block.text)
            case Formula():
                yield PICTURE + as_compared(block.tex)


def _text(inlines: Inlines) -> str:
    return as_written(
        (PICTURE + run.text if run.formula else run.text + "\n" * run.break_after, run.struck)
        for run in inlines
    )


def _parts(source: str) -> list[str]:
    """Cut Markdown at empty lines, but not inside a fence, and not before an indented rest."""
    if _FENCE.search(source):
        return [source]
    parts: list[str] = []
    for each in _APART.split(source):
        if parts and each[:1] in " \t":
            parts[-1] += f"\n\n{each}"
        else:
            parts.append(each)
    return parts


def _piece(source: str, cell: Mapping[str, Any]) -> Piece:
    texts = tuple(texts_of(read_words({**cell, "source": source}, "adopt").blocks))
    if len(texts) == 1 and not _ENTRY.match(source):
        return Piece(source, (Printed(texts[0], source),))
    entries = [found for line in source.split("\n") if (found := _ENTRY.match(line))]
    if len(entries) == len(texts):
        return Piece(
            source,
            tuple(
                Printed(text, each["text"], each["mark"][:1].isdigit(), len(each["indent"]) // 2)
                for text, each in zip(texts, entries, strict=True)
            ),
        )
    return Piece(source, tuple(Printed(text, "") for text in texts))
