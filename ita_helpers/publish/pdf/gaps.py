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
from typing import Any

from ita_helpers.publish.pdf.operators import Operators
from ita_helpers.publish.pdf.text import codes_of

_STRING = rb"(\((?:[^()\\]|\\.)*\))"
_SHOWN = re.compile(rb"\[(.*?)\]TJ|" + _STRING + rb"Tj", re.DOTALL)
_SHIFT = re.compile(_STRING + rb"|(-?[0-9.]+)", re.DOTALL)
_SHIFTED = re.compile(rb"\[-([0-9.]+)" + _STRING + rb"\]TJ", re.DOTALL)
"""A text of one string that is shifted to the right."""
_FIRST = re.compile(rb"\[?[-0-9.]*\(((?:\\[0-7]{3}|\\.|.){2})", re.DOTALL)
"""The first glyph of a text."""
_TEXT_BEGINS, _TEXT_ENDS = b"\nBT", b"ET\nQ"
LARGEST = 0.05
"""A gap of more points is intended."""
NO_GAP = 0.01
"""Thousandths of a point by which readers' calculations may differ from ours."""
Widths = Mapping[bytes, Mapping[int, float]]
"""The widths of each font's glyphs that have one (thousandths of its size)."""


def close_gaps(page: Operators, widths: Widths) -> Operators:
    """Return the operators of a page without gaps behind marks that are drawn alone."""
    texts = list(_texts(page))
    closed = page.with_drawn(_unshifted(page, texts, widths))
    across = list(page.across)
    begins_wide = cache(lambda font, glyph: any(map(widths.get(font, {}).get, codes_of(glyph))))
    base, start = range(0), 0.0
    marks: list[int] = []
    for text in texts:
        first = _FIRST.match(closed.drawn[text[1]])
        is_wide = first is not None and begins_wide(page.fonts[text[1]].name, first[1])
        if not is_wide and _last_end(closed, text, widths) is None:
            marks.append(text[0])
            continue
        x = float(across[text[0]])
        gap = x - start - (_last_end(closed, base, widths) or 0.0) if marks else 0.0
        if 0 < gap < LARGEST:
            for place in (*marks, text[0]):
                x = floor((float(across[place]) - gap) * 1000 - NO_GAP) / 1000
                across[place] = b"%.3f" % x
        base, start, marks = text, x, []
    return closed._replace(across=across)


def _texts(page: Operators) -> Iterator[range]:
    """Yield the places of each text: its own, and those in it."""
    begun = -1
    for place, (kind, drawn) in enumerate(zip(page.kinds, page.drawn, strict=True)):
        if kind == b"cm":
            begun = place if drawn.endswith(_TEXT_BEGINS) else -1
        elif begun >= 0 and _TEXT_ENDS in drawn:
            yield range(begun, place + 1)
            begun = -1


def _unshifted(page: Operators, texts: list[range], widths: Widths) -> dict[int, bytes]:
    """Return what is drawn at places of marks without a slight shift to the right."""
    found = {}
    for text in texts:
        place = text[1]
        shifted = _SHIFTED.match(page.drawn[place])
        if not shifted or page.across[place] != b"0" or page.down[place] != b"0":
            continue
        font, size = page.fonts[place]
        is_slight = float(shifted[1]) * size / 1000 < LARGEST
        known = widths.get(font, {})
        if is_slight and not any(map(known.get, codes_of(shifted[2][1:-1]))):
            found[place] = shifted[2] + b"Tj" + page.drawn[place][shifted.end() :]
    return found


def widths_of(page: Any) -> dict[bytes, dict[int, float]]:
    """Return the widths of a page's fonts, as typst writes them: one run a glyph."""
    return {
        name.encode(): _widths(font.DescendantFonts[0].get("/W", []))
        for name, font in page.Resources.get("/Font", {}).items()
    }


def _widths(listed: Any) -> dict[int, float]:
    numbers = list(map(float, listed))
    runs = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return {code: width for first, last, width in runs for code in range(int(first), int(last) + 1)}


def _last_end(page: Operators, text: range, widths: Widths) -> float | None:
    """Return where the last glyph with a width ends, from the beginning of its text."""
    for place in reversed(text[1:]):
        *_, end = None, *_ends(page, place, widths)
        if end is not None:
            return end
    return None


def _ends(page: Operators, place: int, widths: Widths) -> Iterator[float]:
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
