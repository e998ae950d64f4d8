"""Drawing the summary page as a PNG that fits a chat group.

The page is set as a PDF and drawn by another program; what that program reads on the page it drew
goes into the file as its description, for those who cannot see the picture.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ita_helpers.files.images import in_order
from ita_helpers.publish.assembly.contents import SUMMARY
from ita_helpers.publish.assembly.typography import keep_together
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.read_back import page_text
from ita_helpers.publish.tree import Document, Inlines
from ita_helpers.publish.walks import map_inlines

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1240
"""Pixels: an A4 page at 150 to the inch."""
COLOURS = 64
DESCRIPTION = "Description"
"""The name PNG has for the text that describes a picture."""


def shown_of(document: Document) -> Document:
    """Return what the picture shows: the summary under the short title, or the whole memo.

    Of a paper without a summary its first part is shown.
    """
    if document.kind == "memo":
        return document
    summaries = [part for part in document.parts if part.tag == SUMMARY]
    return replace(
        document,
        title=keep_together(document.running or document.title),
        parts=tuple(map_inlines(part, _unlinked) for part in (summaries or document.parts)[:1]),
        has_cover=False,
        emblem=None,
        attachment="",
    )


def _unlinked(inlines: Inlines) -> Inlines:
    """Take away links to what the picture does not show."""
    return tuple(replace(run, href="" if run.href[:1] == "#" else run.href) for run in inlines)


def write_png(document: Document) -> bytes:
    """Return the picture; the same document gives the same bytes.

    Pages stand one under the other, where there are several.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(write_pdf(shown_of(document))) as pdf:
        pages = [page.render(scale=WIDTH / page.get_width()).to_pil() for page in pdf]
        words = "\n".join(page_text(page) for page in pdf)
    return _save(pages, words)


def _save(pages: Sequence[Image], words: str) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    sheet = Image.new("RGB", (WIDTH, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height
    few = sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    told, buffer = PngInfo(), io.BytesIO()
    told.add_itxt(DESCRIPTION, words, "th", zip=True)
    in_order(few).save(buffer, "PNG", pnginfo=told, optimize=True)
    return buffer.getvalue()
