"""Reading PDFs that hold text: by their tags where they have them, else by where words stand."""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ita_helpers.documents.building import Builder
from ita_helpers.documents.pdf_drawn import shapes_on
from ita_helpers.documents.pdf_layout import read_layout
from ita_helpers.documents.pdf_letters import placed_letters, tagged_letters
from ita_helpers.documents.pdf_page import Letter, Page, Ruling, in_one_piece
from ita_helpers.documents.pdf_streams import unpacks_to_more
from ita_helpers.documents.pdf_tags import read_tags
from ita_helpers.files.packages import Content

MOST_PAGES = 400
MOST_UNPACKED = 150 * 1024 * 1024
"""Bytes of all compressed streams that are no pictures; these are never unpacked for their text."""
FEWEST_LETTERS = 20
"""A page with fewer letters has none that count: a stamp, or a number that a scanner wrote."""
MOST_SCANNED, MOST_STRANGE = 0.5, 0.2
"""Shares: of pages without text in a scan, of letters that no font explains."""
LEAST_TAGGED = 0.5
"""The share of a document's letters that its tags must reach to be trusted."""
_THAI_OR_LATIN = re.compile(r"[\w\s\u0e00-\u0e7f!-/:-@\[-`{-~\u2010-\u2027\uf700-\uf71a]")
_THIN, _STRAIGHT = 3.0, 0.5
MOST_GAPS = 0.2
"""The share of gaps in a line from which on its letters stand apart."""
_AGAIN = 0.75
"""Points: a letter this near to the same letter is the same."""
MOST_CORNERS = 1000
"""Corners of one shape that are looked at: more are a drawing."""
_LIFTED = (math.inf, -math.inf)


def open_pdf(paper: Content) -> pdfium.PdfDocument:
    """Open a PDF. Raises what ``refused`` returns for one that is locked or broken."""
    try:
        return pdfium.PdfDocument(paper.content)
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise paper.refused("locked" if is_locked else "broken") from error


def read_pdf(builder: Builder, paper: Content) -> None:
    """Add the lines and tables of a PDF.

    Raises what ``refused`` returns for one that is locked, scanned, too long or broken.
    """
    if unpacks_to_more(paper.content, MOST_UNPACKED):
        raise paper.refused("bomb")
    document = open_pdf(paper)
    try:
        _read(builder, paper, document)
    finally:
        document.close()


def _read(builder: Builder, paper: Content, document: Any) -> None:
    if len(document) > MOST_PAGES:
        raise paper.refused("too_many", limit=MOST_PAGES)
    if pdfium_c.FPDFCatalog_IsTagged(document):
        pages = [_page(document[at], at + 1, is_tagged=True) for at in range(len(document))]
        if _read_by_tags(builder, paper, pages):
            return
    pages = [_page(document[at], at + 1) for at in range(len(document))]
    _refuse_unreadable(paper, pages)
    read_layout(builder, pages)


def _read_by_tags(builder: Builder, paper: Content, pages: list[Page]) -> bool:
    """Read a document by its tags, if they reach its text."""
    try:
        with pikepdf.open(io.BytesIO(paper.content)) as tagged:
            return read_tags(builder, tagged, pages, least=LEAST_TAGGED)
    except (pikepdf.PdfError, RecursionError):
        return False


def _refuse_unreadable(paper: Content, pages: list[Page]) -> None:
    letters = [[each for each in page.letters if not each.text.isspace()] for page in pages]
    blank = sum(len(each) < FEWEST_LETTERS for each in letters)
    pictures = sum(page.has_picture for page in pages)
    total = sum(map(len, letters))
    if not total or (blank > MOST_SCANNED * len(pages) and pictures >= blank / 2):
        raise paper.refused("scanned" if pictures or total else "empty")
    texts = Counter(each.text for page in letters for each in page)
    strange = sum(count for text, count in texts.items() if not _THAI_OR_LATIN.match(text))
    if strange > MOST_STRANGE * total:
        raise paper.refused("garbled")


def _page(page: Any, number: int, *, is_tagged: bool = False) -> Page:
    """Return the letters, rulings and size of a page.

    Of a tagged one only the letters at the ends of lines have their places, and it has no rulings.
    """
    text = page.get_textpage()
    size = page.get_width(), page.get_height()
    if is_tagged:
        made = Page(number, *size, list(tagged_letters(page, text)))
    else:
        letters = _not_spread(_drawn_once(placed_letters(page, text)))
        shapes = list(_shapes(page))
        rulings = in_one_piece(each for each in shapes if isinstance(each, Ruling))
        has_picture = any(each is None for each in shapes)
        made = Page(number, *size, letters, rulings, has_picture)
    text.close()
    page.close()
    return made


def _drawn_once(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Yield letters without those that are drawn again over themselves, to look bold."""
    drawn: dict[str, dict[int, set[int]]] = {}
    for letter in letters:
        text = letter.text
        if text.isspace():
            yield letter
            continue
        x, y = int(letter.left / _AGAIN), int(letter.base / _AGAIN)
        lines = drawn.setdefault(text, {})
        for line in (y, y - 1, y + 1):
            known = lines.get(line)
            if known and (x in known or x - 1 in known or x + 1 in known):
                break
        else:
            yield letter
        lines.setdefault(y, set()).add(x)


def _not_spread(letters: Iterable[Letter]) -> list[Letter]:
    """Return letters without the blanks that pdfium sees in lines whose letters stand apart."""
    kept: list[Letter] = []
    for is_end, line in groupby(letters, key=lambda each: each.text in "\r\n"):
        found = list(line)
        blanks = sum(each.is_gap for each in found)
        is_spread = not is_end and blanks > MOST_GAPS * len(found)
        kept += [each for each in found if not (is_spread and each.is_gap)]
    return kept


@dataclass(frozen=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float


def _shapes(page: Any) -> Iterator[Ruling | None]:
    """Yield the straight lines of a page, and nothing (``None``) for each picture."""
    width = page.get_width()
    for drawn in shapes_on(page):
        if drawn.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            yield None
            continue
        try:
            box = _Box(*drawn.get_bounds())
        except pdfium.PdfiumError:
            continue
        yield from _rulings(drawn, box, width)


def _rulings(drawn: Any, box: _Box, width: float) -> Iterator[Ruling]:
    """Yield a thin shape as one line, and the straight pieces of a drawn outline each as one."""
    wide, high = box.right - box.left, box.top - box.bottom
    if wide <= _THIN < high:
        yield Ruling((box.left + box.right) / 2, box.bottom, box.top, is_upright=True)
    elif high <= _THIN < wide:
        yield Ruling((box.bottom + box.top) / 2, box.left, box.right, is_upright=False)
    elif wide > _THIN and high > _THIN and wide < width and _is_drawn(drawn):
        yield from _pieces(drawn)


def _pieces(drawn: Any) -> Iterator[Ruling]:
    for (x, y), (to_x, to_y) in pairwise(_corners(drawn)):
        if abs(x - to_x) < _STRAIGHT < abs(y - to_y):
            yield Ruling(x, min(y, to_y), max(y, to_y), is_upright=True)
        elif abs(y - to_y) < _STRAIGHT < abs(x - to_x):
            yield Ruling(y, min(x, to_x), max(x, to_x), is_upright=False)


def _corners(drawn: Any) -> Iterator[tuple[float, float]]:
    """Yield the points of an outline on the page; far away where it is lifted."""
    matrix, x, y = drawn.get_matrix(), ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for at in range(min(pdfium_c.FPDFPath_CountSegments(drawn), MOST_CORNERS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(drawn, at)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO:
            yield _LIFTED
            first = point
        yield point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and first:
            yield first


def _is_drawn(drawn: Any) -> bool:
    """Whether the outline of a shape is drawn."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(drawn, mode, stroked)
    return bool(stroked.value)
