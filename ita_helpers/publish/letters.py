"""Checking that nothing is lost: a paper's letters are compared with its document tree's.

Every file is read back (``read_back``), and each letter of the tree must be found where a reader
sees it: on the page, and not in its footer. Letters are counted, so that one text cannot stand in
for another; what a writer adds (headers repeated on the next page, page numbers, list markers) is
left out or expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from ita_helpers.errors import LettersLost
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.boxes import BOX
from ita_helpers.publish.formats import Format, format_named
from ita_helpers.publish.formulas import draw_formula
from ita_helpers.publish.read_back import Piece, Read, counted, letters
from ita_helpers.publish.reading.svg import split_text
from ita_helpers.publish.table_fit import fit_table
from ita_helpers.publish.tree import (
    Block,
    Contents,
    Document,
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
    Together,
)

BULLETS = "\u2022\u2023\u2013"
"""The marks of lists in lists, as the compiler of the PDF sets them."""
SHOWN = 40


def check_letters(document: Document, content: bytes, format_: str) -> None:
    """Compare a written paper with its document; the format is named as in ``FORMATS``.

    Raises ``LettersLost`` with the first place whose letters the file lacks.
    """
    missing = missing_letters(document, content, format_)
    if missing:
        raise missing


def missing_letters(document: Document, content: bytes, format_: str) -> LettersLost | None:
    """Return what a written paper lacks of its document; nothing where all is there."""
    pieces = list(pieces_of(document, format_))
    found = format_named(format_).read_back(content, pieces)
    lacking = count_lacking(pieces, found)
    if not lacking:
        return None
    place = _place(pieces, found.written, lacking)
    return LettersLost(
        format=format_named(format_).title,
        kind=label(f"messages.kinds.{place.kind}"),
        name=" ".join(place.name.split()),
        words=" ".join(place.text.split())[:SHOWN],
        letters=sum(lacking.values()),
    )


def count_lacking(pieces: Iterable[Piece], found: Read) -> Counter[str]:
    """Return how many of each letter of the pieces are missing from what was read."""
    wanted = counted("".join(piece.text for piece in pieces))
    return _without_boxes(wanted - found.counted, found.counted - wanted)


def _place(pieces: Iterable[Piece], written: str, lacking: Counter[str]) -> Piece:
    """Return the piece most likely to be missing: not found, and made of such letters."""

    def likely(piece: Piece) -> tuple[bool, int]:
        text = letters(piece.text)
        return text not in written, sum((Counter(text) & lacking).values())

    return max(pieces, key=likely)


def _without_boxes(lacking: Counter[str], added: Counter[str]) -> Counter[str]:
    """Return what is missing, except letters that no font has and that appear as boxes."""
    foreign = sum(count for each, count in lacking.items() if not _is_ours(each))
    if not foreign or added[BOX] < foreign:
        return lacking
    return Counter({each: count for each, count in lacking.items() if _is_ours(each)})


def _is_ours(letter: str) -> bool:
    return letter.isascii() or "\u0e00" <= letter <= "\u0e7f"


def pieces_of(document: Document, format_: str) -> Iterator[Piece]:
    """Yield all texts that a paper in some format must show, with the marks of its lists."""
    shown_in = format_named(format_)
    document = shown_in.shows(document)
    yield Piece(document.title, "title")
    if shown_in.has_memo_subtitle or document.kind != "memo":
        yield from (Piece(line, "title") for line in document.subtitle)
    if shown_in.is_paged and document.has_cover:
        yield from (Piece(line, "title") for line in document.made)
    yield from (Piece(line, "title") for line in document.banners)
    walk = _Walk(shown_in, document.numerals)
    for part in document.parts:
        for block in part.blocks:
            yield from walk.block(block)


class _Walk:
    """Walks the blocks of a document; knows the heading it is under."""

    def __init__(self, format_: Format, numerals: Literal["thai", "arabic"]) -> None:
        self.format, self.numerals, self.heading = format_, numerals, ""
        self.depth = 0

    def block(self, block: Block) -> Iterator[Piece]:
        """Yield the texts of a block."""
        match block:
            case Heading():
                self.heading = f"{block.number} {_text(block.inlines)}".strip()
                yield Piece(self.heading, "heading", self.heading)
            case Paragraph():
                yield Piece(_text(block.inlines), "paragraph", self.heading)
            case ListBlock():
                yield from self._list(block)
            case Slot():
                for each in block.blocks:
                    yield from self.block(each)
            case Panel():
                for each in block.on_paper if self.format.is_paged else block.blocks:
                    yield from self.block(each)
            case Together():
                for each in (one for row in block.rows for blocks in row for one in blocks):
                    yield from self.block(each)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Preformatted():
                yield Piece(block.text, "paragraph", self.heading)
            case Formula():
                yield Piece(_formula(block.tex), "formula", self.heading)
            case Contents():
                for listed in block.lists:
                    yield Piece(listed.title, "contents")
                    yield from (Piece(_text(e.inlines), "contents") for e in listed.entries)

    def _list(self, block: ListBlock) -> Iterator[Piece]:
        bullet = BULLETS[self.depth % len(BULLETS)]
        self.depth += not block.ordered
        for number, item in enumerate(block.items, start=block.start):
            if self.format.has_list_marks:
                mark = with_numerals(f"{number}.", self.numerals) if block.ordered else bullet
                yield Piece(mark, "list", self.heading)
            for each in item:
                yield from self.block(each)
        self.depth -= not block.ordered

    def _table(self, table: Table) -> Iterator[Piece]:
        name = f"{table.label} {_text(table.caption)}".strip() or self.heading
        fits = [fit.table for fit in fit_table(table)] if self.format.is_paged else [table]
        for fit in fits:
            if fit.caption or not self.format.is_paged:
                yield Piece(f"{fit.label} {_text(fit.caption)}", "table", name)
            for row in (*fit.head, *fit.body):
                yield from (Piece(_text(cell.inlines), "table", name) for cell in row)

    def _figure(self, figure: Figure) -> Iterator[Piece]:
        caption = f"{figure.label} {_text(figure.caption)}"
        name = caption.strip() or self.heading
        if figure.caption or not self.format.is_paged:
            yield Piece(caption, "figure", name)
        if figure.image.kind == "svg" and self.format.has_drawn_text:
            texts = split_text(figure.image.content)[1]
            yield from (Piece(text.text, "figure", name) for text in texts)
        if not self.format.is_paged and figure.data is not None and not figure.data_at:
            for row in (*figure.data.head, *figure.data.body):
                yield from (Piece(_text(cell.inlines), "figure", name) for cell in row)


def _text(inlines: Inlines) -> str:
    return "".join(_formula(run.text) if run.formula else run.text for run in inlines)


def _formula(tex: str) -> str:
    """Return the letters of a formula: those that are drawn are a picture."""
    return "" if draw_formula(tex) else tex
