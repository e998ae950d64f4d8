"""Closing the gap behind a tone mark that is drawn as a text of its own.

typst draws a shifted mark separately from its letter, and positions rounded to a hundredth of a
point may leave a gap of that size behind it. pdf.js measures a gap by the width of the text before
it, which is zero here, and so reads a space. Mark and following text are moved just enough to close
the gap, and moved together, since pdfium reads texts by position. For the same reason a mark may
not begin right of the text after it: a shift of less than a fiftieth of a millimetre is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import floor, fsum

from ita_helpers.publish.pdf.objects import Objects
from ita_helpers.publish.pdf.operators import Operators
from ita_helpers.publish.pdf.text import codes_of
from ita_helpers.publish.pdf.texts import Key, Page, Texts

_STRING = rb"(\((?:[^()\\]|\\.)*\))"
_SHOWN = re.compile(rb"\[(.*?)\]TJ|" + _STRING + rb"Tj", re.DOTALL)
_SHIFT = re.compile(_STRING + rb"|(-?[0-9.]+)", re.DOTALL)
_SHIFTED = re.compile(rb"\[-([0-9.]+)" + _STRING + rb"\]TJ", re.DOTALL)
"""A text of one string that is shifted to the right."""
_FIRST = re.compile(rb"\[?[-0-9.]*\(((?:\\[0-7]{3}|\\.|.){2})", re.DOTALL)
"""The first glyph of a text."""
LARGEST = 0.05
"""A gap of more points is intended."""
NO_GAP = 0.01
"""Thousandths of a point by which readers' calculations may differ from ours."""
Widths = Mapping[int, float]
"""The widths of a font's glyphs that have one (thousandths of its size)."""


class Closing:
    """Closes the gaps on the pages of a file with these texts, whose fonts have these widths."""

    def __init__(self, texts: Texts, widths: Mapping[Key, Widths]) -> None:
        self._places = texts.places
        self._widths = [{name: widths[key] for name, key in own.items()} for own in texts.fonts]
        self.texts = texts.with_drawn(self._unshifted(texts.operators))
        self._operators = self.texts.operators
        self._end_of = cache(self._last_end)
        self._is_mark = cache(self._is_drawn_alone)

    def closed(self, page: Page) -> Page:
        """Return a page without gaps behind marks that are drawn alone."""
        if not any(map(self._is_mark, filter(self._places.__getitem__, {*page.texts}))):
            return page
        across = list(page.rest.across)
        base, start = -1, 0.0
        marks: list[int] = []
        for text, place in zip(page.texts, page.places, strict=True):
            if place < 0 or not self._places[text]:
                continue
            if self._is_mark(text):
                marks.append(place)
                continue
            x = float(across[place])
            gap = x - start - (self._end_of(base) or 0.0 if base >= 0 else 0.0) if marks else 0.0
            if 0 < gap < LARGEST:
                for moved in (*marks, place):
                    x = floor((float(across[moved]) - gap) * 1000 - NO_GAP) / 1000
                    across[moved] = b"%.3f" % x
            base, start, marks = text, x, []
        return page._replace(rest=page.rest._replace(across=across))

    def _unshifted(self, page: Operators) -> dict[int, bytes]:
        """Return what is drawn at places of marks without a slight shift to the right."""
        found = {}
        for places, widths in zip(self._places, self._widths, strict=True):
            for place in places[:1]:
                shifted = _SHIFTED.match(page.drawn[place])
                if not shifted or page.across[place] != b"0" or page.down[place] != b"0":
                    continue
                font, size = page.fonts[place]
                is_slight = float(shifted[1]) * size / 1000 < LARGEST
                known = widths.get(font, {})
                if is_slight and not any(map(known.get, codes_of(shifted[2][1:-1]))):
                    found[place] = shifted[2] + b"Tj" + page.drawn[place][shifted.end() :]
        return found

    def _is_drawn_alone(self, text: int) -> bool:
        """Return whether no glyph of a text has a width."""
        place = self._places[text][0]
        first = _FIRST.match(self._operators.drawn[place])
        known = self._widths[text].get(self._operators.fonts[place].name, {})
        is_wide = first is not None and any(map(known.get, codes_of(first[1])))
        return not is_wide and self._end_of(text) is None

    def _last_end(self, text: int) -> float | None:
        """Return where the last glyph with a width ends, from the beginning of its text."""
        for place in reversed(self._places[text]):
            *_, end = None, *_ends(self._operators, place, self._widths[text])
            if end is not None:
                return end
        return None


def widths_of(objects: Objects, font: Key) -> dict[int, float]:
    """Return the widths of a font's glyphs, as typst writes them: one run a glyph."""
    told = objects.bodies[objects.named(font, b"DescendantFonts")]
    numbers = list(map(float, told.partition(b"/W[")[2].partition(b"]")[0].split()))
    runs = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return {code: width for first, last, width in runs for code in range(int(first), int(last) + 1)}


def _ends(page: Operators, place: int, widths: Mapping[bytes, Widths]) -> Iterator[float]:
    """Yield where each string with a width ends that is drawn at a place."""
    shown = _SHOWN.match(page.drawn[place])
    if shown is None:
        return
    x, (font, size) = float(page.across[place]), page.fonts[place]
    known = widths.get(font, {})
    for string, shift in _SHIFT.findall(shown[1] or shown[2]):
        codes = codes_of(string[1:-1]) if string else ()
        advance = fsum(known.get(code, 0) for code in codes)
        x += (advance - float(shift or 0)) * size / 1000
        if advance:
            yield x
