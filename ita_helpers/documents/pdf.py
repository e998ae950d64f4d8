"""Reading PDFs that hold text: by their tags where they have them, else by where words stand."""

from __future__ import annotations

import ctypes
import io
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ita_helpers.documents.building import Builder
from ita_helpers.documents.pdf_layout import read_layout
from ita_helpers.documents.pdf_page import Letter, Page, Ruling, is_mark
from ita_helpers.documents.pdf_streams import unpacks_to_more
from ita_helpers.documents.pdf_tags import read_tags
from ita_helpers.documents.pdf_words import OTHER_LINE
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
_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e\u0e40-\u0e44]")
_BLANK = 0.13
"""The share of its size that a blank takes at least."""
_THIN, _STRAIGHT = 3.0, 0.5
MOST_GAPS = 0.2
"""The share of gaps in a line from which on its letters stand apart."""
_OVERTAKEN = 4
"""Letters that a blank may be drawn behind though it stands before them."""
MOST_CORNERS = 1000
"""Corners of one shape that are looked at: more are a drawing."""
_LIFTED = (math.inf, -math.inf)
_DEEPEST = 4
_HYPHEN, _LINE_ENDS = 2, (10, 13)
_LONGEST_NAME = 200


def read_pdf(builder: Builder, paper: Content) -> None:
    """Add the lines and tables of a PDF.

    Raises what ``refused`` returns for one that is locked, scanned, too long or broken.
    """
    if unpacks_to_more(paper.content, MOST_UNPACKED):
        raise paper.refused("bomb")
    try:
        document = pdfium.PdfDocument(paper.content)
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise paper.refused("locked" if is_locked else "broken") from error
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
    strange = sum(not _THAI_OR_LATIN.match(each.text) for page in letters for each in page)
    if strange > MOST_STRANGE * total:
        raise paper.refused("garbled")


def _page(page: Any, number: int, *, is_tagged: bool = False) -> Page:
    """Return the letters, rulings and size of a page.

    Of a tagged one only the letters at the ends of lines have their places, and it has no rulings.
    """
    text = page.get_textpage()
    size = page.get_width(), page.get_height()
    if is_tagged:
        made = Page(number, *size, list(_tagged_letters(text)))
    else:
        letters = _not_spread(_in_order(_placed_letters(text)))
        shapes = list(_shapes(page))
        rulings = [each for each in shapes if isinstance(each, Ruling)]
        has_picture = any(each is None for each in shapes)
        made = Page(number, *size, letters, rulings, has_picture)
    text.close()
    page.close()
    return made


def _placed_letters(text: Any) -> Iterator[Letter]:
    """Yield the letters of a page with their places."""
    is_first, base = True, 0.0
    for at in range(text.count_chars()):
        letter = _letter(text, at)
        if letter.text == " ":
            letter = replace(letter, is_gap=pdfium_c.FPDFText_IsGenerated(text, at) == 1)
        is_first = is_first or abs(letter.base - base) > OTHER_LINE
        yield replace(letter, is_bold=_is_bold(text, at)) if is_first else letter
        is_first, base = letter.text in "\r\n", letter.base


def _in_order(letters: Iterable[Letter]) -> list[Letter]:
    """Return letters without blanks drawn behind those that they stand before.

    A blank has been seen there between the others.
    """
    made: list[Letter] = []
    for letter in letters:
        is_blank = letter.text == " " and not letter.is_gap
        if not is_blank or not any(_is_seen(letter, each) for each in made[-_OVERTAKEN:-1]):
            made.append(letter)
    return made


def _is_seen(blank: Letter, gap: Letter) -> bool:
    """Whether a gap between two letters is where a blank stands."""
    is_line = abs(blank.base - gap.base) < _STRAIGHT
    return gap.is_gap and is_line and abs(blank.right - gap.left) < _STRAIGHT


def _not_spread(letters: list[Letter]) -> list[Letter]:
    """Return letters without the blanks that pdfium sees in lines whose letters stand apart."""
    kept: list[Letter] = []
    for is_end, line in groupby(letters, key=lambda each: each.text in "\r\n"):
        found = list(line)
        blanks = sum(each.is_gap for each in found)
        is_spread = not is_end and blanks > MOST_GAPS * len(found)
        kept += [each for each in found if not (is_spread and each.is_gap)]
    return kept


def _is_bold(text: Any, at: int) -> bool:
    """Whether the font of a letter is a bold one, by its name."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text, at, name, _LONGEST_NAME, flags)
    return b"bold" in name.value.lower()


def _tagged_letters(text: Any) -> Iterator[Letter]:
    """Yield the letters of a page with the numbers of their tags."""
    marked, address, count = -1, None, text.count_chars()
    codes = [pdfium_c.FPDFText_GetUnicode(text, at) for at in range(count)]
    for at, code in enumerate(codes):
        drawn = pdfium_c.FPDFText_GetTextObject(text, at)
        where = ctypes.cast(drawn, ctypes.c_void_p).value
        if where and where != address:
            if at and _is_parted(text, codes, at):
                yield Letter(" ", 0, 0, 0, 0, marked)
            marked, address = pdfium_c.FPDFPageObj_GetMarkedContentID(drawn), where
        is_last = at + 1 == count or codes[at + 1] in _LINE_ENDS
        yield _letter(text, at, marked) if is_last else Letter(_char(code), 0, 0, 0, 0, marked)


def _is_parted(text: Any, codes: Sequence[int], at: int) -> bool:
    """Whether a blank stands before a letter, behind a mark: pdfium leaves it out there."""
    if not (is_mark(_char(codes[at - 1])) and _THAI_LETTER.match(_char(codes[at]))):
        return False
    first = at - 1
    while first and is_mark(_char(codes[first])):
        first -= 1
    right = max(_letter(text, each).right for each in range(first, at))
    begin, base = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text, at, begin, base)
    return bool(begin.value - right > _BLANK * pdfium_c.FPDFText_GetFontSize(text, at))


def _letter(text: Any, at: int, marked: int = -1) -> Letter:
    left, right, bottom, top, begin, base = (ctypes.c_double() for _ in range(6))
    pdfium_c.FPDFText_GetCharBox(text, at, left, right, bottom, top)
    pdfium_c.FPDFText_GetCharOrigin(text, at, begin, base)
    letter = _char(pdfium_c.FPDFText_GetUnicode(text, at))
    box = left.value, bottom.value, right.value, top.value
    return Letter(letter, *box, marked, base=base.value)


def _char(code: int) -> str:
    """Return a letter by its number; pdfium says 2 for the hyphen at the end of a line."""
    return "-" if code == _HYPHEN else chr(code) if 0 < code < sys.maxunicode else " "


@dataclass(frozen=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float


def _shapes(page: Any) -> Iterator[Ruling | None]:
    """Yield the straight lines of a page, and nothing (``None``) for each picture."""
    for drawn in page.get_objects(max_depth=_DEEPEST):
        if drawn.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            yield None
        elif drawn.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            try:
                box = _Box(*drawn.get_bounds())
            except pdfium.PdfiumError:
                continue
            yield from _rulings(drawn, box, page.get_width())


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
