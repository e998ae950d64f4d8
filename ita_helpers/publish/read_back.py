"""Reading written papers back: the letters that a reader of each format sees.

A PDF is read by a different program from the one that wrote it. Spaces are ignored, and สระอำ
counts as its two marks, which is how some formats spell it.
"""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

FOOT, HEAD = 58.0, 50.0
"""Points from the lower and upper edge of a page of the PDF that no text of the tree reaches."""
HYPHEN_AT_END = "\x02"
"""What pdfium reads where a line ends in a hyphen, which might split a word."""
_ARTIFACT = len("Artifact\0".encode("utf-16-le"))
_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_UNSEEN = "//style | //script | //title | //desc | //footer | //summary"
_OURS = (
    "//nav[@class='side'] | //a[@class='skip'] | //span[@class='brief']"
    " | //p[@class='data' or @class='office' or @class='links' or @class='draft']"
    " | //p[@class='line edition']"
    " | //*[@class='unseen']"
)
"""What the writer of HTML adds to a document's own texts."""
_SELECTORS = frozenset(map(chr, (0x34F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Characters that only select the look of the letter before them."""
_LEFT_OUT = ("Cf", "Zs", "Zl", "Zp", "Cc")
_PAGES = re.compile(r"[\u0e01-\u0e2e]|[0-9\u0e50-\u0e59]+(\u2013[0-9\u0e50-\u0e59]+)?")


@dataclass(frozen=True)
class Piece:
    """A text of the tree, and where it stands: the words for its kind, and its name."""

    text: str
    kind: str
    name: str = ""


@dataclass(frozen=True)
class Read:
    """The text of a file, page by page, and how often each of its letters occurs."""

    text: str
    counted: Counter[str]

    @property
    def written(self) -> str:
        """Return the letters in their order."""
        return letters(self.text)


def letters(text: str) -> str:
    """Return what must be found again of a text: without spaces, in one spelling.

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


def counted(text: str) -> Counter[str]:
    """Return how often each letter occurs that must be found again of a text.

    >>> counted("ก ข ก").most_common()
    [('ก', 2), ('ข', 1)]
    """
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        for each in _SPELLING[ord(letter)]:
            found[each] += count
    return found


def read_text(text: str) -> Read:
    """Return the letters of a file's text."""
    return Read(text, counted(text))


def read_html(content: bytes) -> Read:
    """Return the letters on a page, except those its writer added."""
    root = lxml.html.document_fromstring(content.decode("utf-8"))
    unseen: Any = root.xpath(f"{_UNSEEN} | {_OURS}")
    for each in unseen:
        each.drop_tree()
    return read_text("".join(str(each) for each in root.itertext()))


def read_docx(content: bytes) -> Read:
    """Return the letters of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return read_text("".join(each.text or "" for each in root.iter(_WORD_TEXT)))


def read_pdf(content: bytes, pieces: Sequence[Piece]) -> Read:
    """Return the letters that stand on the pages of a PDF, between head and foot.

    What repeats comes first on its page, so looking for it stops where the text begins. Only where
    other letters are found than the pieces have is it looked for among all that is drawn.
    """
    wanted = counted("".join(piece.text for piece in pieces))
    found = _read_pages(content, pieces, to_the_end=False)
    return found if found.counted == wanted else _read_pages(content, pieces, to_the_end=True)


def _read_pages(content: bytes, pieces: Sequence[Piece], *, to_the_end: bool) -> Read:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        shown = "\n".join(page_text(page, to_the_end=to_the_end) for page in pdf)
    found = counted(shown)
    found.subtract(_page_numbers(pieces, letters(shown)))
    return Read(shown, +found)


def read_png(content: bytes) -> Read:
    """Return the letters that were read on the page when the picture was drawn."""
    from ita_helpers.files.images import open_image

    with open_image(content, ("PNG",)) as picture:
        picture.load()
        told: Any = getattr(picture, "text", {})
    return read_text(str(told.get("Description", "")))


def page_text(page: Any, *, to_the_end: bool = True) -> str:
    """Return the text of a page, without what repeats or frames it (artifacts).

    Unless ``to_the_end`` only what stands before its first other text is left out.
    """
    from pypdfium2 import raw

    width, height = page.get_size()
    for each in _artifacts(page.raw, height, to_the_end=to_the_end):
        raw.FPDFPage_RemoveObject(page.raw, each)
        raw.FPDFPageObj_Destroy(each)
    text = page.get_textpage().get_text_bounded(0, FOOT, width, height - HEAD)
    return str(text).replace(HYPHEN_AT_END, "-")


def _artifacts(page: Any, height: float, *, to_the_end: bool) -> list[Any]:
    """Return the texts between head and foot that are marked as artifacts.

    These are known by the length of the mark's name.
    """
    from pypdfium2 import raw

    length = ctypes.c_ulong()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = []
    nth, marked = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetMarkedContentID
    for place in range(raw.FPDFPage_CountObjects(page)):
        each = nth(page, place)
        if marked(each) != -1:  # of the structure, as most
            if to_the_end:
                continue
            break
        raw.FPDFPageObj_GetBounds(each, left, bottom, right, top)
        if top.value < FOOT or bottom.value > height - HEAD:
            continue
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
