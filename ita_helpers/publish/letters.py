"""What goes in comes out: the letters of a paper are compared with those of its document tree.

Every file is read back, a PDF by another program than the one that wrote it, and each letter of
the tree must be found where a reader sees it: on the page, and not in its foot. Letters are
counted, so that no text vouches for another's; what a writer adds (heads repeated on the next
page, page numbers, marks of lists) is left out or expected. Spaces count for nothing, and สระอำ
counts as its two marks, as which some formats spell it.
"""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import lxml.html
from lxml import etree

from ita_helpers.errors import LettersLost
from ita_helpers.language.catalogue import label
from ita_helpers.language.thai import with_numerals
from ita_helpers.publish.boxes import BOX
from ita_helpers.publish.formulas import draw_formula
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
    Paragraph,
    Preformatted,
    Slot,
    Table,
)

FOOT, HEAD = 58.0, 50.0
"""Points from the lower and upper edge of a page of the PDF that no text of the tree reaches."""
BULLETS = "\u2022\u2023\u2013"
"""The marks of lists in lists, as the compiler of the PDF sets them."""
HYPHEN_AT_END = "\x02"
"""What pdfium reads where a line ends in a hyphen, in case it parts a word."""
_ARTIFACT = len("Artifact\0".encode("utf-16-le"))
_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_UNSEEN = "//style | //script | //title | //desc | //footer | //summary"
_OURS = "//nav[@class='side'] | //a[@class='skip'] | //p[@class='data']"
_SELECTORS = frozenset(map(chr, (0x34F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""What only chooses how the letter before it looks."""
_LEFT_OUT = ("Cf", "Zs", "Zl", "Zp", "Cc")
_PAGES = re.compile(r"[0-9\u0e50-\u0e59]+(\u2013[0-9\u0e50-\u0e59]+)?")
SHOWN = 40


@dataclass(frozen=True)
class Piece:
    """A text of the tree, and where it stands: the words for its kind, and its name."""

    text: str
    kind: str
    name: str = ""


@dataclass(frozen=True)
class Read:
    """The letters of a file, those of one page after those of another, and how often each is."""

    written: str
    counted: Counter[str]


def check_letters(document: Document, content: bytes, format_: str) -> None:
    """Compare a written paper with its document; the formats are ``html``, ``pdf`` and ``docx``.

    Raises ``LettersLost`` with the first place whose letters the file lacks.
    """
    missing = missing_letters(document, content, format_)
    if missing:
        raise missing


def missing_letters(document: Document, content: bytes, format_: str) -> LettersLost | None:
    """Return what a written paper lacks of its document; nothing where all is there."""
    pieces = list(pieces_of(document, format_))
    found = read_back(content, format_, pieces)
    lacking = count_lacking(pieces, found)
    if not lacking:
        return None
    place = _place(pieces, found.written, lacking)
    return LettersLost(
        format=format_,
        kind=label(f"messages.kinds.{place.kind}"),
        name=" ".join(place.name.split()),
        words=" ".join(place.text.split())[:SHOWN],
        letters=sum(lacking.values()),
    )


def count_lacking(pieces: Iterable[Piece], found: Read) -> Counter[str]:
    """Return how often each letter of the pieces lacks in what was read."""
    wanted = Counter("".join(letters(piece.text) for piece in pieces))
    return _without_boxes(wanted - found.counted, found.counted - wanted)


def _place(pieces: Iterable[Piece], written: str, lacking: Counter[str]) -> Piece:
    """Return the piece that most likely is the one that lacks: not found, and of such letters."""

    def likely(piece: Piece) -> tuple[bool, int]:
        text = letters(piece.text)
        return text not in written, sum((Counter(text) & lacking).values())

    return max(pieces, key=likely)


def _without_boxes(lacking: Counter[str], added: Counter[str]) -> Counter[str]:
    """Return what lacks, but for letters that no font has and that stand as boxes."""
    foreign = sum(count for each, count in lacking.items() if not _is_ours(each))
    if not foreign or added[BOX] < foreign:
        return lacking
    return Counter({each: count for each, count in lacking.items() if _is_ours(each)})


def _is_ours(letter: str) -> bool:
    return letter.isascii() or "\u0e00" <= letter <= "\u0e7f"


def letters(text: str) -> str:
    """Return what of a text must be found again: no spaces, one spelling.

    >>> letters("ปี 5 ลิตร")
    'ปี5ลิตร'
    """
    return text.translate(_SPELLING)


class _Spelling(dict[int, str]):
    """The spelling of each letter, found when it is met first."""

    def __missing__(self, letter: int) -> str:
        plain = "" if chr(letter) in _SELECTORS else unicodedata.normalize("NFKD", chr(letter))
        kept = (each for each in plain if unicodedata.category(each) not in _LEFT_OUT)
        self[letter] = "".join(kept)
        return self[letter]


_SPELLING = _Spelling()


# -- the letters of the tree ----------------------------------------------------------------


def pieces_of(document: Document, format_: str) -> Iterator[Piece]:
    """Yield all texts that a paper in some format must show, with the marks of its lists."""
    yield Piece(document.title, "title")
    if not (format_ == "pdf" and document.kind == "memo"):
        yield from (Piece(line, "title") for line in document.subtitle)
    yield from (Piece(line, "title") for line in document.banners)
    walk = _Walk(format_, document.numerals)
    for part in document.parts:
        for block in part.blocks:
            yield from walk.block(block)


class _Walk:
    """Walks the blocks of a document; knows the heading it is under."""

    def __init__(self, format_: str, numerals: Literal["thai", "arabic"]) -> None:
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
            if self.format == "pdf":
                mark = with_numerals(f"{number}.", self.numerals) if block.ordered else bullet
                yield Piece(mark, "list", self.heading)
            for each in item:
                yield from self.block(each)
        self.depth -= not block.ordered

    def _table(self, table: Table) -> Iterator[Piece]:
        name = f"{table.label} {_text(table.caption)}".strip() or self.heading
        fits = [table] if self.format == "html" else [fit.table for fit in fit_table(table)]
        for fit in fits:
            if fit.caption or self.format == "html":
                yield Piece(f"{fit.label} {_text(fit.caption)}", "table", name)
            for row in (*fit.head, *fit.body):
                yield from (Piece(_text(cell.inlines), "table", name) for cell in row)

    def _figure(self, figure: Figure) -> Iterator[Piece]:
        caption = f"{figure.label} {_text(figure.caption)}"
        name = caption.strip() or self.heading
        if figure.caption or self.format == "html":
            yield Piece(caption, "figure", name)
        if figure.image.kind == "svg" and self.format != "docx":
            texts = split_text(figure.image.content)[1]
            yield from (Piece(text.text, "figure", name) for text in texts)
        if self.format == "html" and figure.data is not None and not figure.data_at:
            for row in (*figure.data.head, *figure.data.body):
                yield from (Piece(_text(cell.inlines), "figure", name) for cell in row)


def _text(inlines: Inlines) -> str:
    return "".join(_formula(run.text) if run.formula else run.text for run in inlines)


def _formula(tex: str) -> str:
    """Return the letters of a formula: those that are drawn are a picture."""
    return "" if draw_formula(tex) else tex


# -- the letters of a file ------------------------------------------------------------------


def read_back(content: bytes, format_: str, pieces: Sequence[Piece]) -> Read:
    """Return the letters that a reader of the file sees, but for what its writer added."""
    if format_ == "pdf":
        return read_pdf(content, pieces)
    text = _html_text(content) if format_ == "html" else _docx_text(content)
    written = letters(text)
    return Read(written, Counter(written))


def _html_text(content: bytes) -> str:
    root = lxml.html.document_fromstring(content.decode("utf-8"))
    unseen: Any = root.xpath(f"{_UNSEEN} | {_OURS}")
    for each in unseen:
        each.drop_tree()
    return "".join(str(each) for each in root.itertext())


def _docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(each.text or "" for each in root.iter(_WORD_TEXT))


def read_pdf(content: bytes, pieces: Sequence[Piece]) -> Read:
    """Return the letters that stand on the pages of a PDF, between head and foot."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        shown = "\n".join(_page_text(page) for page in pdf)
    written = letters(shown)
    counted = Counter(written)
    counted.subtract(_page_numbers(pieces, written))
    return Read(written, +counted)


def _page_text(page: Any) -> str:
    """Return the text of a page, without what repeats or frames it (artifacts)."""
    from pypdfium2 import raw

    for each in _artifacts(page.raw):
        raw.FPDFPage_RemoveObject(page.raw, each)
        raw.FPDFPageObj_Destroy(each)
    width, height = page.get_size()
    text = page.get_textpage().get_text_bounded(0, FOOT, width, height - HEAD)
    return str(text).replace(HYPHEN_AT_END, "-")


def _artifacts(page: Any) -> list[Any]:
    """Return the texts of a page that are marked as artifacts, known by the name's length."""
    from pypdfium2 import raw

    length = ctypes.c_ulong()
    found = []
    for place in range(raw.FPDFPage_CountObjects(page)):
        each = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(each) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        mark = raw.FPDFPageObj_GetMark(each, 0)
        named = mark and raw.FPDFPageObjMark_GetName(mark, None, 0, length)
        if named and length.value == _ARTIFACT:
            found.append(each)
    return found


def _page_numbers(pieces: Sequence[Piece], written: str) -> Counter[str]:
    """Return the letters of the page numbers in the contents: what stands between its lines."""
    spelled = [(letters(piece.text), piece.kind) for piece in pieces]
    shown = [(text, kind) for text, kind in spelled if text]
    texts = [text for text, _ in shown]
    lines = [place for place, (_, kind) in enumerate(shown) if kind == "contents"]
    if not lines:
        return Counter()
    at = written.find(texts[lines[0]] + texts[lines[0] + 1])
    numbers: list[str] = []
    for place in lines:
        at = written.find(texts[place], at) + len(texts[place])
        following = written.find(texts[place + 1], at) if place + 1 < len(texts) else len(written)
        found = _PAGES.fullmatch(written, at, following) if following > at else None
        numbers.append(found.group() if found else "")
    return Counter("".join(numbers))
