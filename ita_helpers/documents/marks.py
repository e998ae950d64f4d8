"""The mark that a PDF or HTML file of ours carries: whose report it is, a digest of its content.

In HTML it is a ``meta`` element, in PDF an entry of the document's information. A Word file has an
origin of its own (``origin``).
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from ita_helpers.documents.origin import PROPERTY, Origin, read_origin
from ita_helpers.errors import UnreadableDocument

if TYPE_CHECKING:
    import pikepdf

_ICON = '<link rel="icon"'
_META = re.compile(f'<meta name="{PROPERTY}" content="([^"]*)">\\n')
_LINKS = re.compile(r'<p class="links">.*?</p>', re.DOTALL)
"""They name the files beside a page, which have other names where they are handed out."""
_KEY = f"/{PROPERTY}"
_LETTERS = 24


@dataclass(frozen=True)
class Mark:
    """What a file says it is; ``is_intact`` if it still shows what it was written with."""

    origin: Origin
    is_intact: bool


def mark_html(page: str, origin: Origin) -> str:
    """Return a page with its mark."""
    told = replace(origin, digest=_digest_of_page(page)).as_property()
    meta = f'<meta name="{PROPERTY}" content="{html.escape(told)}">\n'
    return page.replace(_ICON, meta + _ICON, 1)


def mark_pdf(pdf: pikepdf.Pdf, origin: Origin) -> None:
    """Put the mark into a PDF whose pages are done."""
    pdf.docinfo[_KEY] = replace(origin, digest=_digest_of_pages(pdf)).as_property()


def read_mark(content: bytes, ending: str) -> Mark | None:
    """Return the mark of a file with this ending (``.pdf``); nothing for a file that is not ours.

    A file that cannot be read counts as none of ours.
    """
    readers = {".html": _read_html, ".htm": _read_html, ".pdf": _read_pdf}
    return readers.get(ending, _read_word)(content)


def _read_html(content: bytes) -> Mark | None:
    page = content.decode("utf-8", errors="replace")
    found = _META.search(page)
    origin = read_origin(html.unescape(found[1])) if found else None
    return Mark(origin, origin.digest == _digest_of_page(page)) if origin else None


def _digest_of_page(page: str) -> str:
    return _digest([_LINKS.sub("", _META.sub("", page.replace("\r\n", "\n"))).encode()])


def _read_pdf(content: bytes) -> Mark | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            origin = read_origin(str(pdf.docinfo.get(_KEY, "")))
            return Mark(origin, origin.digest == _digest_of_pages(pdf)) if origin else None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return None


def _digest_of_pages(pdf: pikepdf.Pdf) -> str:
    """Return a digest of what is drawn on the pages, however it is packed."""
    pages = list(pdf.pages)
    for page in pages:
        page.contents_coalesce()
    return _digest(page.Contents.read_bytes() for page in pages)


def _read_word(content: bytes) -> Mark | None:
    from ita_helpers.documents.corrected_file import corrected_from

    try:
        corrected = corrected_from(content, "")
    except UnreadableDocument:
        return None
    origin = corrected.carried
    if origin is None:
        return None
    return Mark(origin, origin.showing(corrected.lines).digest == origin.digest)


def _digest(contents: Iterable[bytes]) -> str:
    digest = sha256()
    for each in contents:
        digest.update(each)
    return digest.hexdigest()[:_LETTERS]
