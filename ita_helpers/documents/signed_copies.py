"""Telling a PDF that was signed electronically from one that was changed in another way.

A signature is added behind the bytes of a file, which stay as they are. Whose it is, and whether it
holds, is for programs that know certificates.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_ADDED = {"/AcroForm", "/DSS", "/Extensions", "/Perms"}
"""What signing adds to the catalogue of a PDF."""


def is_signed_copy(content: bytes, former: bytes) -> bool:
    """Whether a PDF is ``former`` with electronic signatures behind it and nothing else.

    The last signature covers the whole file. What is drawn on the pages is not compared here.
    """
    import pikepdf

    if len(content) <= len(former) or not content.startswith(former):
        return False
    try:
        with pikepdf.open(io.BytesIO(content)) as new, pikepdf.open(io.BytesIO(former)) as old:
            is_same = set(new.Root.keys()) - set(old.Root.keys()) <= _ADDED
            notes = ([*map(_notes, each.pages)] for each in (new, old))
            return is_same and len({*map(str, notes)}) == 1 and _is_covered(new, len(content))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError):
        return False


def _notes(page: pikepdf.Page) -> list[bytes]:
    """Return all that lies on a page but its signatures."""
    notes = page.obj.get("/Annots", ())
    return [each.unparse(resolved=True) for each in notes if each.get("/FT") != "/Sig"]


def _is_covered(pdf: pikepdf.Pdf, size: int) -> bool:
    """Whether all fields are signatures, and one of them covers the file to its end."""
    fields = [*_fields(pdf)]
    ends = {_end(each) for each in fields}
    return size in ends and all(each.get("/FT") == "/Sig" for each in fields)


def _fields(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    yield from form.get("/Fields", ()) if form is not None else ()


def _end(field: pikepdf.Object) -> int:
    """Return where that ends which a signature covers from the beginning; 0 for none."""
    signature = field.get("/V")
    covered = [] if signature is None else [int(each) for each in signature.get("/ByteRange", ())]
    return covered[2] + covered[3] if len(covered) == 4 and covered[0] == 0 else 0
