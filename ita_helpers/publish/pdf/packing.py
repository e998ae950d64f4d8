"""Packing a finished PDF.

typst writes every structure element as an object of its own, every position with seven digits and
the font before every few letters.
"""

from __future__ import annotations

import io

import pikepdf

from ita_helpers.documents.marks import mark_pdf
from ita_helpers.documents.origin import Origin
from ita_helpers.publish.pdf.gaps import close_gaps, widths_of
from ita_helpers.publish.pdf.operators import take_apart
from ita_helpers.publish.pdf.page_labels import PageNames, label_pages
from ita_helpers.publish.pdf.tags import Tables, complete_tags
from ita_helpers.publish.pdf.text import say_own_letters


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
    pikepdf.settings.set_flate_compression_level(7)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = [take_apart(page.Contents.read_bytes()).rounded() for page in pdf.pages]
        spans = say_own_letters(pdf, pages)
        complete_tags(pdf, tables)
        if names:
            label_pages(pdf, names)
        for page, operators, begun in zip(pdf.pages, pages, spans, strict=True):
            closed = close_gaps(operators, widths_of(page))
            page.Contents = pdf.make_stream(closed.written(begun))
        if origin:
            mark_pdf(pdf, origin)
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()
