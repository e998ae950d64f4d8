"""The pieces of text that a page of a PDF draws, and which of them say one cluster together."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

DEEPEST = 4
"""Forms in each other that are looked into."""
_ACTUAL_TEXT = b"ActualText"
_SHAPES = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH
_OF_PAGE = pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject
_OF_FORM = pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject


class Drawn(NamedTuple):
    """A piece of text as the page draws it: the one before it, and the first of its cluster.

    ``right`` is how far a cluster that says its text reaches, in points; of others it is 0.
    """

    before: int
    first: int
    right: float
    drawn: Any

    @property
    def marked(self) -> int:
        """The number of its tag, -1 without one."""
        return int(pdfium_c.FPDFPageObj_GetMarkedContentID(self.drawn))


def drawn_on(page: Any) -> dict[int, Drawn]:
    """Return the pieces of text of a page by their addresses, in the order they are drawn in."""
    found: dict[int, Drawn] = {}
    before = first = 0
    cluster, pieces, right = 0, list[tuple[int, Any]](), 0.0
    for drawn, matrix in _drawn(page, _OF_PAGE, (pdfium_c.FPDF_PAGEOBJ_TEXT,), DEEPEST):
        said, address = _said(drawn), address_of(drawn)
        if said != cluster or not said:
            before, first = first, address
            cluster, pieces, right = said, [], 0.0
        pieces.append((address, drawn))
        if said:
            right = max(right, _right(drawn, matrix))
        for each, piece in pieces:
            found[each] = Drawn(before if each == first else first, first, right, piece)
    return found


def shapes_on(page: Any) -> Iterator[pdfium.PdfObject]:
    """Yield the pictures and shapes of a page, also those of its forms."""
    for drawn, _ in _drawn(page, _OF_PAGE, _SHAPES, DEEPEST - 1):
        yield pdfium.PdfObject(drawn, page=page, pdf=page.pdf)


def _drawn(
    holder: Any,
    of: tuple[Any, Any],
    kinds: Container[int],
    depth: int,
    matrix: pdfium.PdfMatrix | None = None,
) -> Iterator[tuple[Any, pdfium.PdfMatrix | None]]:
    """Yield what of some kinds a page or a form draws, and where a form puts it."""
    count, take = of
    for at in range(count(holder)):
        drawn = take(holder, at)
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        if kind in kinds:
            yield drawn, matrix
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            own = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(drawn, own)
            placed = pdfium.PdfMatrix.from_raw(own)
            inner = placed.multiply(matrix) if matrix else placed
            yield from _drawn(drawn, _OF_FORM, kinds, depth - 1, inner)


def _said(drawn: Any) -> int:
    """Return the address of what says the text of a piece, or 0."""
    size = ctypes.c_ulong()
    for at in range(pdfium_c.FPDFPageObj_CountMarks(drawn) - 1, -1, -1):
        mark = pdfium_c.FPDFPageObj_GetMark(drawn, at)
        if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, _ACTUAL_TEXT, None, 0, size):
            return address_of(mark)
    return 0


def _right(drawn: Any, matrix: pdfium.PdfMatrix | None) -> float:
    """Return where a piece ends on the right of its page, in points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    box = left.value, bottom.value, right.value, top.value
    return float((matrix.on_rect(*box) if matrix else box)[2])


def shown_between(drawn: Any) -> tuple[float, ...]:
    """Return the lowest and the highest point at which a piece is shown; nothing if anywhere."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(drawn)
    x, y = ctypes.c_float(), ctypes.c_float()
    found: tuple[float, ...] = ()
    for path in range(max(pdfium_c.FPDFClipPath_CountPaths(clip), 0)):
        heights = []
        for at in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, path)):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, at)
            pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
            heights.append(y.value)
        if heights:
            low, high = found or (min(heights), max(heights))
            found = max(low, min(heights)), min(high, max(heights))
    return found


def address_of(pointer: Any) -> int:
    """Return the address that a pointer of pdfium holds, which tells its objects apart, or 0."""
    return ctypes.addressof(pointer.contents) if pointer else 0
