"""Packing a finished PDF.

typst writes every structure element as an object of its own, every position with seven digits and
the font before every few letters.
"""

from __future__ import annotations

import io
import re

import pikepdf

from ita_helpers.documents.marks import mark_pdf
from ita_helpers.documents.origin import Origin
from ita_helpers.publish.pdf.gaps import close_gaps, widths_of
from ita_helpers.publish.pdf.page_labels import PageNames, label_pages
from ita_helpers.publish.pdf.tags import Tables, complete_tags
from ita_helpers.publish.pdf.text import say_own_letters

_POSITION = re.compile(rb"1 0 0 -1 (-?[0-9.]+) (-?[0-9.]+) (Tm|cm)")
_FONT = re.compile(rb"\b(?:BT|ET|Q)\b|[0-9] Tr(/f[0-9]+ [0-9.]+ Tf )")


def pack(
    content: bytes,
    tables: Tables = (),
    names: PageNames | None = None,
    origin: Origin | None = None,
) -> bytes:
    """Return the PDF in less than half the size; the same content gives the same bytes.

    ``tables`` say which of its cells are headers, ``names`` what its pages are called, ``origin``
    whose report it is.
    """
    packed = io.BytesIO()
    pikepdf.settings.set_flate_compression_level(8)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        say_own_letters(pdf)
        complete_tags(pdf, tables)
        if names:
            label_pages(pdf, names)
        for page in pdf.pages:
            short = shorten(page.Contents.read_bytes())
            page.Contents = pdf.make_stream(close_gaps(short, widths_of(page)))
        if origin:
            mark_pdf(pdf, origin)
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def shorten(operators: bytes) -> bytes:
    """Return the operators of a page with positions to a hundredth of a point, fonts set once.

    A font holds until another is set or the text ends. The operators looked for cannot stand in a
    string: there every letter of our fonts begins with an escaped byte.
    """
    font = b""

    def set_once(place: re.Match[bytes]) -> bytes:
        nonlocal font
        if place[1] is None:
            font = b""
            return place[0]
        if place[0] == font:
            return b""
        font = place[0]
        return place[0]

    rounded = _POSITION.sub(
        lambda place: b"1 0 0 -1 %s %s %s" % (_round(place[1]), _round(place[2]), place[3]),
        operators,
    )
    return _FONT.sub(set_once, rounded)


def _round(number: bytes) -> bytes:
    written = b"%.2f" % float(number)
    return written.rstrip(b"0").rstrip(b".") if b"." in written else written
