"""The mark that a PDF or HTML file of ours carries: whose report it is, a digest of its content.

In HTML it is a ``meta`` element, in PDF an entry of the document's information. A Word file has an
origin of its own (``origin``).
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from ita_helpers.documents.corrected_lines import Line
from ita_helpers.documents.origin import PROPERTY, Origin, Written, read_origin
from ita_helpers.errors import UnreadableDocument

if TYPE_CHECKING:
    import pikepdf

_ICON = '<link rel="icon"'
_META = re.compile(f'<meta name="{PROPERTY}" content="([^"]*)">\\n')
_LINKS = re.compile(r'<p class="links">(?:(?: · )?<a href="[^"]*">[^<>\d]{1,20}</a>)*</p>')
"""To files made with the page, which are not always there, and have other names once handed out."""
KEY = f"/{PROPERTY}"
_LETTERS = 24
USED = ("/XObject", "/Font")
"""What a page draws with that could be exchanged behind its back."""
_Known = dict[tuple[int, int], str]


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


def read_mark(content: bytes, ending: str) -> Mark | None:
    """Return the mark of a file with this ending (``.pdf``); nothing for a file that is not ours.

    A file that cannot be read counts as none of ours.
    """
    readers = {".html": _read_html, ".htm": _read_html, ".pdf": _read_pdf}
    return readers.get(ending, _read_word)(content)


def _read_html(content: bytes) -> Mark | None:
    page = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    found = _META.search(page)
    origin = read_origin(html.unescape(found[1])) if found else None
    return Mark(origin, origin.digest == _digest_of_page(page)) if origin else None


def _digest_of_page(page: str) -> str:
    return digest_of([_LINKS.sub("", _META.sub("", page)).encode()])


def _read_pdf(content: bytes) -> Mark | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            origin = read_origin(str(pdf.docinfo.get(KEY, "")))
            return Mark(origin, origin.digest == _digest_of_pages(pdf)) if origin else None
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, TypeError):
        return None


def _digest_of_pages(pdf: pikepdf.Pdf) -> str:
    """Return a digest of what is drawn on the pages and with what, however it is packed."""
    known: _Known = {}
    return digest_of(part for page in pdf.pages for part in _drawn(page, known))


def _drawn(page: pikepdf.Page, known: _Known) -> Iterator[bytes]:
    """Yield the visible part of a page, what is drawn on it, and its pictures and fonts."""
    for box in (page.mediabox, page.cropbox):
        yield " ".join(f"{float(each):.2f}" for each in box.as_list()).encode()
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    yield b"" if contents is None else contents.read_bytes()
    for kind in USED:
        yield _digest_of_object(page.resources.get(kind), known).encode()


def _digest_of_object(found: object, known: _Known) -> str:
    """Return a digest of the streams in an object; ``known`` are those of indirect objects."""
    import pikepdf

    if not isinstance(found, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        return ""
    place = found.objgen
    if place in known:
        return known[place]
    if found.is_indirect:
        known[place] = ""
    is_list = isinstance(found, pikepdf.Array)
    inner = found.as_list() if is_list else [found[key] for key in sorted(found.keys())]
    parts = [_bytes_of(found), *(_digest_of_object(each, known).encode() for each in inner)]
    digest = digest_of(parts)
    if found.is_indirect:
        known[place] = digest
    return digest


def _bytes_of(found: pikepdf.Object) -> bytes:
    """Return what a stream holds, unpacked where no picture's own packing forbids it."""
    import pikepdf

    if not isinstance(found, pikepdf.Stream):
        return b""
    try:
        return found.read_bytes()
    except pikepdf.PdfError:
        return found.read_raw_bytes()


def _read_word(content: bytes) -> Mark | None:
    from ita_helpers.documents.corrected_file import corrected_from

    try:
        corrected = corrected_from(content, "")
    except UnreadableDocument:
        return None
    origin = corrected.carried
    if origin is None:
        return None
    written, now = (_words(each) for each in (origin.lines, corrected.lines))
    is_intact = bool(written) and written == now and not corrected.has_shapes
    return Mark(origin, is_intact)


def _words(lines: Iterable[Written | Line]) -> list[str]:
    """Return the texts of lines; programs that save them add breaks of their own."""
    texts = (" ".join(each.text.split()) for each in lines)
    return [each for each in texts if each]


def digest_of(contents: Iterable[bytes]) -> str:
    """Return a digest of some contents one after the other."""
    digest = sha256()
    for each in contents:
        digest.update(each)
    return digest.hexdigest()[:_LETTERS]
