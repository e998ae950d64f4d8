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
from math import floor, fsum
from typing import Any

from ita_helpers.publish.pdf.text import codes_of

_TEXT = re.compile(rb"q 1 0 0 -1 (-?[0-9.]+) (-?[0-9.]+) cm([^\n]*\nBT.*?)ET\nQ", re.DOTALL)
_SHOWN = re.compile(
    rb"(/f[0-9]+) ([0-9.]+) Tf|1 0 0 -1 (-?[0-9.]+) -?[0-9.]+ Tm"
    rb"|\[(.*?)\]TJ|(\((?:[^()\\]|\\.)*\))Tj",
    re.DOTALL,
)
_SHIFT = re.compile(rb"(\((?:[^()\\]|\\.)*\))|(-?[0-9.]+)", re.DOTALL)
_SHIFTED = re.compile(
    rb"((/f[0-9]+) ([0-9.]+) Tf 1 0 0 -1 0 0 Tm)\[-([0-9.]+)(\((?:[^()\\]|\\.)*\))\]TJ", re.DOTALL
)
"""A text of one string that is shifted to the right."""
LARGEST = 0.05
"""A gap of more points is intended."""
NO_GAP = 0.01
"""Thousandths of a point by which readers' calculations may differ from ours."""
LONGEST_MARK = 260
"""Bytes that a mark drawn alone takes at most, with colour and font; most texts take more."""
Widths = Mapping[bytes, Mapping[int, float]]
"""The widths of each font's glyphs that have one (thousandths of its size)."""


def close_gaps(content: bytes, widths: Widths) -> bytes:
    """Return the operators of a page without gaps behind marks that are drawn alone."""
    unshifted = _SHIFTED.sub(lambda text: _unshifted(text, widths.get(text[2], {})), content)
    return b"".join(_closed(unshifted, widths))


def _unshifted(text: re.Match[bytes], widths: Mapping[int, float]) -> bytes:
    is_slight = float(text[3]) * float(text[4]) / 1000 < LARGEST
    is_mark = not any(widths.get(code) for code in codes_of(text[5][1:-1]))
    return text[1] + text[5] + b"Tj" if is_slight and is_mark else text[0]


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


def _closed(content: bytes, widths: Widths) -> Iterator[bytes]:
    place, base, start = 0, b"", 0.0
    marks: list[re.Match[bytes]] = []
    for text in _TEXT.finditer(content):
        drawn, x = text[3], float(text[1])
        if len(drawn) < LONGEST_MARK and next(_ends(drawn, widths), None) is None:
            marks.append(text)
            continue
        gap = x - start - _last_end(base, widths) if marks else 0
        if 0 < gap < LARGEST:
            for each in (*marks, text):
                x = floor((float(each[1]) - gap) * 1000 - NO_GAP) / 1000
                yield content[place : each.start(1)]
                yield b"%.3f" % x
                place = each.end(1)
        base, start, marks = drawn, x, []
    yield content[place:]


def _last_end(drawn: bytes, widths: Widths) -> float:
    """Return where the last glyph with a width ends, from the beginning of its text."""
    *_, end = 0.0, *_ends(drawn, widths)
    return end


def _ends(drawn: bytes, widths: Widths) -> Iterator[float]:
    """Yield where each string with a width ends."""
    font, size, x = b"", 0.0, 0.0
    for found in _SHOWN.finditer(drawn):
        name, sized, moved, several, one = found.groups()
        if name:
            font, size = name, float(sized)
        elif moved:
            x = float(moved)
        else:
            known = widths.get(font, {})
            for string, shift in _SHIFT.findall(several or one):
                codes = codes_of(string[1:-1]) if string else ()
                advance = fsum(known.get(code, 0) for code in codes)
                x += (advance - float(shift or 0)) * size / 1000
                if advance:
                    yield x
