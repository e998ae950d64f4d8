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
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from ita_helpers.documents.pdf_drawn import drawn_on, shown_between
from ita_helpers.documents.pdf_page import Letter, is_mark
from ita_helpers.documents.pdf_words import NEAR, OTHER_LINE
from ita_helpers.values import replace

_BLANK = 0.13
"""The share of its size that a blank takes at least."""
_OVER = 0.1
"""The share of its size by which a piece reaches into the one before it, if it stands over it."""
_BETWEEN_DIGITS, _BETWEEN_SCRIPTS = 0.5, 0.275
"""The same between an Arabic and a Thai digit, and between Thai and Latin letters or digits:
LibreOffice sets scripts apart by itself."""
_MIXED = re.compile(r"[0-9][\u0e50-\u0e59]|[\u0e50-\u0e59][0-9]")
_SCRIPTS = re.compile(r"[A-Za-z(][\u0e50-\u0e59]|[\u0e01-\u0e59][A-Za-z0-9(]")
_TOUCHING = 1.0
"""The share of its size by which a letter of one line is at most away from the one before it."""
_BEGINS = re.compile(r"[\u0e01-\u0e2e\u0e40-\u0e44A-Za-z0-9\u0e50-\u0e59(\u201c]")
"""What may stand behind a blank that pdfium has overlooked."""
_HYPHEN, _LINE_ENDS = 2, "\r\n"
_LONGEST_NAME = 200
_INSERTED = -1


def _by_address(function: Any, gives: Any, *takes: Any) -> Callable[..., Any]:
    """Return a function of pdfium that is given plain addresses, in half the time of a call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(gives, *takes)(address)


_TEXT, _AT, _TO = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_code_at = _by_address(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _TEXT, _AT)
_object_at = _by_address(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p, _TEXT, _AT)
_put_origin = _by_address(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int, _TEXT, _AT, _TO, _TO)
_put_box = _by_address(pdfium_c.FPDFText_GetCharBox, ctypes.c_int, _TEXT, _AT, _TO, _TO, _TO, _TO)


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
            yield replace(letters.placed(at), marked=marked)
        else:
            yield Letter(" " if at < 0 else letters.chars[at], 0, 0, 0, 0, marked)


class _Letters:
    """The letters of a page by the numbers that pdfium gives them."""

    def __init__(self, page: Any, text: Any) -> None:
        self._text = text
        self._address = address = ctypes.cast(text.raw, ctypes.c_void_p).value
        numbers = range(text.count_chars())
        self.chars = [_char(_code_at(address, at)) for at in numbers]
        self.pieces = [_object_at(address, at) or 0 for at in numbers]
        self.drawn = drawn_on(page)
        self._cut: dict[int, bool] = {}
        self._sizes: dict[int, float] = {}
        self._placed: dict[int, Letter] = {}
        self._origins: dict[int, tuple[float, float]] = {}
        self._numbers = (ctypes.c_double * 4)()
        first = ctypes.addressof(self._numbers)
        self._addresses = [first + at * ctypes.sizeof(ctypes.c_double) for at in range(4)]

    def placed(self, at: int) -> Letter:
        """Return a letter with its place, as wide as its cluster if it is the last of one."""
        if at in self._placed:
            return self._placed[at]
        letter = self.chars[at]
        _, base = self.origin(at)
        _put_box(self._address, at, *self._addresses)
        left, right, bottom, top = self._numbers
        reach = self._reach(at)
        is_gap = letter == " " and not self.pieces[at]
        made = Letter(letter, left, bottom, max(right, reach), top, -1, False, is_gap, base)
        self._placed[at] = made
        return made

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a letter begins, and the height of the line that it stands on."""
        if at not in self._origins:
            begin, base, *_ = self._addresses
            _put_origin(self._address, at, begin, base)
            self._origins[at] = self._numbers[0], self._numbers[1]
        return self._origins[at]

    def size(self, at: int) -> float:
        """Return the size of a letter's font on its page, in points."""
        piece = self.pieces[at]
        if piece not in self._sizes:
            self._sizes[piece] = _size(self._text, at)
        return self._sizes[piece]

    def _reach(self, at: int) -> float:
        """Return how far the cluster of a letter reaches if it is its last one, else 0."""
        own, behind = self.pieces[at], at + 1
        if behind < len(self.pieces) and self.pieces[behind] == own:
            return 0.0
        piece = self.drawn.get(own)
        return piece.right if piece else 0.0

    def order(self) -> list[int]:
        """Return the numbers in reading order, -1 for a blank that pdfium has not seen."""
        uncut = (run for run in self._runs() if not self._is_cut(run))
        runs = _marks_in_place(self, list(_without_repeats(self, uncut)))
        made: list[int] = []
        seen: list[int] = []
        for run in runs:
            numbers = range(run.start, run.end)
            if run.piece and (place := self._place_before(made, run)) < len(made):
                made[place:place] = numbers
            elif run.piece:
                self._add(made, run.start, seen)
                made += numbers[1:]
                seen = []
            else:
                seen += numbers
        return made

    def _add(self, made: list[int], at: int, seen: Sequence[int]) -> None:
        """Add a letter, before which pdfium has seen some blanks or ends of lines."""
        ends = [each for each in seen if self.chars[each] in _LINE_ENDS]
        if ends and not self._goes_on(made, at, len(seen)):
            made += ends
        elif self._is_parted(made, at, seen):
            made.append(seen[0] if seen and not ends else _INSERTED)
        made.append(at)

    def _place_before(self, made: Sequence[int], run: _Run) -> int:
        """Return before which of the letters a run stands that ends where one of them begins.

        Office programs draw blanks and dashes by themselves where the font changes, and pdfium
        sorts these behind what they stand before.
        """
        end = len(made)
        if not made or is_mark(self.chars[run.start]):
            return end
        left, base = self.origin(run.start)
        if made[-1] < 0 or left >= self.origin(made[-1])[0]:
            return end
        over = _OVER * self.size(run.start)
        right = max(self.placed(each).right for each in range(run.start, run.end))
        place = end
        while place and self._is_behind(made[place - 1], right - over, base):
            place -= 1
        before = made[place - 1] if place else _INSERTED
        is_free = before < 0 or self.placed(before).right < left + over
        return place if place == end or is_free else end

    def _is_behind(self, at: int, right: float, base: float) -> bool:
        """Whether a letter begins behind a place on a line; a blank that was inserted may be."""
        if at < 0:
            return True
        x, y = self.origin(at)
        return x >= right and abs(y - base) < OTHER_LINE

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
            shown = shown_between(piece.drawn)
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
        is_possible = is_moved or _BEGINS.match(self.chars[at])
        if not (seen or (is_doubtful and is_possible)):
            return False
        both = self.chars[before] + self.chars[at]
        return self._gap(made, at) > _least_blank(both)

    @staticmethod
    def _is_moved(before: int, at: int, seen: int) -> bool:
        """Whether other pieces stand between two letters where pdfium has them."""
        return at < before or at - before > 1 + seen

    def _gap(self, made: Sequence[int], at: int) -> float:
        """Return the room before a letter as a share of its size."""
        letters = made[self._base(made) :]
        right = max(self.placed(each).right for each in letters if each >= 0)
        return (self.origin(at)[0] - right) / self.size(at)

    def _base(self, made: Sequence[int]) -> int:
        """Return where the last letter is that is no mark."""
        first = len(made) - 1
        while first and made[first] >= 0 and is_mark(self.chars[made[first]]):
            first -= 1
        return first


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
    end = letters.placed(before.end - 1).right
    is_inside = letters.placed(run.end - 1).right <= end
    is_over = start < left and (is_inside or left < end - _OVER * letters.size(run.start))
    return is_over and _is_line(letters, before, run)


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


def _least_blank(both: str) -> float:
    """Return the room that a blank takes at least between two letters, as a share of their size."""
    if _MIXED.fullmatch(both):
        return _BETWEEN_DIGITS
    return _BETWEEN_SCRIPTS if _SCRIPTS.fullmatch(both) else _BLANK


def _char(code: int) -> str:
    """Return a letter by its number; pdfium says 2 for the hyphen at the end of a line."""
    return "-" if code == _HYPHEN else chr(code) if 0 < code < sys.maxunicode else " "
