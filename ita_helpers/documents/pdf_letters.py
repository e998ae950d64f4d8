"""The letters of a page of a PDF in reading order, as pdfium hands them out.

Office programs and browsers draw a Thai cluster in pieces and say beside these which text they
stand for. pdfium sorts pieces by where they begin, so that a mark may come behind the next letter;
it says the text of a cluster again for a piece that was moved away from the others, and sees a
blank behind a cluster since it measures only the first of its pieces.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ita_helpers.documents.pdf_page import Letter, is_mark
from ita_helpers.documents.pdf_words import NEAR, OTHER_LINE

DEEPEST = 4
"""Forms in each other that are looked into."""
_BLANK = 0.13
"""The share of its size that a blank takes at least."""
_OVER = 0.1
"""The share of its size by which a piece reaches into the one before it, if it stands over it."""
_BETWEEN_DIGITS = 0.5
"""The same between an Arabic and a Thai digit: LibreOffice sets scripts apart by itself."""
_MIXED = re.compile(r"[0-9][\u0e50-\u0e59]|[\u0e50-\u0e59][0-9]")
_TOUCHING = 1.0
"""The share of its size by which a letter of one line is at most away from the one before it."""
_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e\u0e40-\u0e44]")
_HYPHEN, _LINE_ENDS = 2, "\r\n"
_LONGEST_NAME = 200
_ACTUAL_TEXT = b"ActualText"
_INSERTED = -1


class _Drawn(NamedTuple):
    """A piece of text as the page draws it: the one before it, and the first of its cluster.

    ``right`` is how far a cluster that says its text reaches, in points; of others it is 0.
    """

    before: int
    first: int
    right: float
    drawn: Any

    @property
    def marked(self) -> int:
        return int(pdfium_c.FPDFPageObj_GetMarkedContentID(self.drawn))


class _Run(NamedTuple):
    """Letters that belong to one piece, by their numbers; to 0 what pdfium has only seen."""

    piece: int
    start: int
    end: int


def placed_letters(page: Any, text: Any) -> Iterator[Letter]:
    """Yield the letters of a page with their places; the first of a line says if it is bold."""
    letters = _Letters(page, text)
    is_first, last = True, Letter("", 0, 0, 0, 0)
    for at in letters.order():
        if at == _INSERTED:
            yield replace(last, text=" ", left=last.right, is_bold=False, is_gap=True)
            continue
        letter = letters.placed(at)
        is_first = is_first or abs(letter.base - last.base) > OTHER_LINE
        last = replace(letter, is_bold=_is_bold(text, at)) if is_first else letter
        yield last
        is_first = letter.text in _LINE_ENDS


def tagged_letters(page: Any, text: Any) -> Iterator[Letter]:
    """Yield the letters of a page with the numbers of their tags, and places at ends of lines."""
    letters = _Letters(page, text)
    order = letters.order()
    marked = -1
    for at, following in zip(order, [*order[1:], _INSERTED], strict=True):
        piece = letters.drawn.get(letters.pieces[at]) if at >= 0 else None
        marked = piece.marked if piece else marked
        is_last = at >= 0 and (following < 0 or letters.chars[following] in _LINE_ENDS)
        if is_last:
            yield letters.placed(at, marked)
        else:
            yield Letter(" " if at < 0 else letters.chars[at], 0, 0, 0, 0, marked)


class _Letters:
    """The letters of a page by the numbers that pdfium gives them."""

    def __init__(self, page: Any, text: Any) -> None:
        self._text = text
        numbers = range(text.count_chars())
        self.chars = [_char(pdfium_c.FPDFText_GetUnicode(text, at)) for at in numbers]
        self.pieces = [_address(pdfium_c.FPDFText_GetTextObject(text, at)) for at in numbers]
        self.drawn = _drawn_on(page)
        self._cut: dict[int, bool] = {}
        self._sizes: dict[int, float] = {}
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._origin = ctypes.c_double(), ctypes.c_double()

    def placed(self, at: int, marked: int = -1) -> Letter:
        """Return a letter with its place, as wide as its cluster if it is the last of one."""
        letter, piece = self.chars[at], self.pieces[at]
        left, right, bottom, top = self._box
        pdfium_c.FPDFText_GetCharBox(self._text, at, left, right, bottom, top)
        _, base = self.origin(at)
        is_gap = letter == " " and not piece
        box = left.value, bottom.value, max(right.value, self._reach(at)), top.value
        return Letter(letter, *box, marked, is_gap=is_gap, base=base)

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a letter begins, and the height of the line that it stands on."""
        begin, base = self._origin
        pdfium_c.FPDFText_GetCharOrigin(self._text, at, begin, base)
        return begin.value, base.value

    def size(self, at: int) -> float:
        """Return the size of a letter's font on its page, in points."""
        piece = self.pieces[at]
        if piece not in self._sizes:
            self._sizes[piece] = _size(self._text, at)
        return self._sizes[piece]

    def _reach(self, at: int) -> float:
        """Return how far the cluster of a letter reaches if it is its last one, else 0."""
        piece = self.drawn.get(self.pieces[at])
        is_last = self.pieces[at + 1 : at + 2] != [self.pieces[at]]
        return piece.right if piece and is_last else 0.0

    def order(self) -> list[int]:
        """Return the numbers in reading order, -1 for a blank that pdfium has not seen."""
        uncut = (run for run in self._runs() if not self._is_cut(run))
        runs = _marks_in_place(self, list(_without_repeats(self, uncut)))
        made: list[int] = []
        seen: list[int] = []
        for at in (number for run in runs for number in range(run.start, run.end)):
            if not self.pieces[at]:
                seen.append(at)
                continue
            ends = [each for each in seen if self.chars[each] in _LINE_ENDS]
            if ends and not self._goes_on(made, at, len(seen)):
                made += ends
            elif self._is_parted(made, at, seen):
                made.append(seen[0] if seen and not ends else _INSERTED)
            made.append(at)
            seen = []
        return made

    def _runs(self) -> Iterator[_Run]:
        start = 0
        for piece, group in groupby(self.pieces):
            end = start + sum(1 for _ in group)
            yield _Run(piece, start, end)
            start = end

    def _is_cut(self, run: _Run) -> bool:
        """Whether a run stands on no line of its page.

        A browser draws on both pages what the end of one cuts, and hides what is of the other.
        """
        piece = self.drawn.get(run.piece)
        if not piece:
            return False
        _, base = self.origin(run.start)
        line = round(base)
        if line not in self._cut:
            shown = _shown(piece.drawn)
            self._cut[line] = bool(shown) and not shown[0] - NEAR < base < shown[1] + NEAR
        return self._cut[line]

    def _goes_on(self, made: Sequence[int], at: int, seen: int) -> bool:
        """Whether a line goes on with a letter before which pdfium sorted pieces away."""
        before = made[-1] if made else _INSERTED
        if before < 0 or not self._is_moved(before, at, seen):
            return False
        is_line = abs(self.origin(before)[1] - self.origin(at)[1]) < OTHER_LINE
        return is_line and -_TOUCHING < self._gap(made, at) < _TOUCHING

    def _is_parted(self, made: Sequence[int], at: int, seen: Sequence[int]) -> bool:
        """Whether a blank stands before a letter.

        pdfium sees one behind a cluster where none is, and overlooks one behind a mark.
        """
        before = made[-1] if made else _INSERTED
        if before < 0 or self.pieces[before] == self.pieces[at] or not self.pieces[before]:
            return bool(seen)
        piece = self.drawn.get(self.pieces[before])
        is_moved = self._is_moved(before, at, len(seen))
        is_doubtful = is_moved or is_mark(self.chars[before]) or (piece and piece.right)
        is_possible = is_moved or _THAI_LETTER.match(self.chars[at])
        if not (seen or (is_doubtful and is_possible)):
            return False
        both = self.chars[before] + self.chars[at]
        return self._gap(made, at) > (_BETWEEN_DIGITS if _MIXED.fullmatch(both) else _BLANK)

    @staticmethod
    def _is_moved(before: int, at: int, seen: int) -> bool:
        """Whether other pieces stand between two letters where pdfium has them."""
        return at < before or at - before > 1 + seen

    def _gap(self, made: Sequence[int], at: int) -> float:
        """Return the room before a letter as a share of its size."""
        first = len(made) - 1
        while first and made[first] >= 0 and is_mark(self.chars[made[first]]):
            first -= 1
        right = max(self.placed(each).right for each in made[first:] if each >= 0)
        return (self.origin(at)[0] - right) / self.size(at)


def _without_repeats(letters: _Letters, runs: Iterator[_Run]) -> Iterator[_Run]:
    """Yield runs without those that say a cluster again; its first piece says it, if any does."""
    found = list(runs)
    saying = {run.piece: run.piece for run in found}
    before: _Run | None = None
    for run in found:
        piece = letters.drawn.get(run.piece)
        if piece and saying.setdefault(piece.first, run.piece) != run.piece:
            continue
        if not (piece and before and _is_over(letters, before, run)):
            yield run
            before = run if piece else before


def _is_over(letters: _Letters, before: _Run, run: _Run) -> bool:
    """Whether a run is a mark over the cluster before it, in a font that names it by all of that.

    So typst draws marks that are raised.
    """
    texts = ["".join(letters.chars[each.start : each.end]) for each in (before, run)]
    if texts[0] != texts[1] or len(texts[0]) < 2 or not is_mark(texts[0][1]):
        return False
    start, left = letters.placed(before.start).left, letters.placed(run.start).left
    reach = letters.placed(before.end - 1).right - _OVER * letters.size(run.start)
    return _is_line(letters, before, run) and start < left < reach


def _marks_in_place(letters: _Letters, runs: list[_Run]) -> list[_Run]:
    """Return runs with those that begin with a mark behind the piece drawn before them."""
    last = {run.piece: run for run in runs if run.piece}
    moved: dict[_Run, list[_Run]] = {}
    kept, before = [], 0
    for run in runs:
        piece = letters.drawn.get(run.piece)
        owner = last.get(piece.before) if piece and is_mark(letters.chars[run.start]) else None
        if owner and owner.piece not in (before, run.piece) and _is_line(letters, owner, run):
            moved.setdefault(owner, []).append(run)
        else:
            kept.append(run)
        before = run.piece or before
    made: list[_Run] = []
    waiting = kept[::-1]
    while waiting:
        run = waiting.pop()
        made.append(run)
        waiting += moved.pop(run, [])[::-1]
    return made


def _is_line(letters: _Letters, one: _Run, other: _Run) -> bool:
    """Whether two runs stand on one line."""
    return abs(letters.origin(one.start)[1] - letters.origin(other.start)[1]) < OTHER_LINE


def _drawn_on(page: Any) -> dict[int, _Drawn]:
    """Return the pieces of text of a page by their addresses, in the order they are drawn in."""
    found: dict[int, _Drawn] = {}
    before = first = 0
    cluster, pieces, right = 0, list[tuple[int, Any]](), 0.0
    for drawn, matrix in _texts(page, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject):
        said, address = _said(drawn), _address(drawn)
        if said != cluster or not said:
            before, first = first, address
            cluster, pieces, right = said, [], 0.0
        pieces.append((address, drawn))
        if said:
            right = max(right, _right(drawn, matrix))
        for each, piece in pieces:
            found[each] = _Drawn(before if each == first else first, first, right, piece)
    return found


def _texts(
    holder: Any, count: Any, take: Any, matrix: pdfium.PdfMatrix | None = None, depth: int = 0
) -> Iterator[tuple[Any, pdfium.PdfMatrix | None]]:
    """Yield the pieces of text that a page or a form draws, and where a form puts them."""
    for at in range(count(holder)):
        drawn = take(holder, at)
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            yield drawn, matrix
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            own = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(drawn, own)
            placed = pdfium.PdfMatrix.from_raw(own)
            inner = placed.multiply(matrix) if matrix else placed
            yield from _texts(
                drawn,
                pdfium_c.FPDFFormObj_CountObjects,
                pdfium_c.FPDFFormObj_GetObject,
                inner,
                depth + 1,
            )


def _said(drawn: Any) -> int:
    """Return the address of what says the text of a piece, or 0."""
    size = ctypes.c_ulong()
    for at in range(pdfium_c.FPDFPageObj_CountMarks(drawn) - 1, -1, -1):
        mark = pdfium_c.FPDFPageObj_GetMark(drawn, at)
        if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, _ACTUAL_TEXT, None, 0, size):
            return _address(mark)
    return 0


def _right(drawn: Any, matrix: pdfium.PdfMatrix | None) -> float:
    """Return where a piece ends on the right of its page, in points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    box = left.value, bottom.value, right.value, top.value
    return float((matrix.on_rect(*box) if matrix else box)[2])


def _shown(drawn: Any) -> tuple[float, ...]:
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


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents) if pointer else 0


def _size(text: Any, at: int) -> float:
    """Return the size of a letter's font on its page, in points."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text, at, matrix)
    scale = math.hypot(matrix.a, matrix.b) or 1.0
    return float(pdfium_c.FPDFText_GetFontSize(text, at)) * scale or 1.0


def _is_bold(text: Any, at: int) -> bool:
    """Whether the font of a letter is a bold one, by its name."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text, at, name, _LONGEST_NAME, flags)
    return b"bold" in name.value.lower()


def _char(code: int) -> str:
    """Return a letter by its number; pdfium says 2 for the hyphen at the end of a line."""
    return "-" if code == _HYPHEN else chr(code) if 0 < code < sys.maxunicode else " "
