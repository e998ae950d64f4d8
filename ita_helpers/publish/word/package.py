"""The Word file as a package: opened from its template, paginated, packed reproducibly."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from ita_helpers.files.packages import UNIX
from ita_helpers.publish.word.styles import (
    add_missing,
    apply_styles,
    element,
    modernise,
)
from ita_helpers.publish.word.template import open_template

NO_DATE = date(2000, 1, 1)
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time every file in the package bears, so that the same document gives the same bytes."""


def open_document(template: bytes | None, font: str, name: str) -> Any:
    """Return an empty Word document in our styles, or in the office's own."""
    ours = docx.Document()
    apply_styles(ours, font)
    if template is None:
        _set_page(ours.sections[0])
        modernise(ours)
        return ours
    theirs = open_template(template, name)
    add_missing(theirs, ours, name)
    return theirs


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)


def count_in_thai(section: Any) -> None:
    """Let the pages of a section count in Thai digits; the place of the mark matters to Word."""
    for each in section.findall(qn("w:pgNumType")):
        each.set(qn("w:fmt"), "thaiNumbers")
        return
    mark = element("w:pgNumType", fmt="thaiNumbers")
    places = [section.find(qn(name)) for name in ("w:lnNumType", "w:pgMar", "w:pgSz")]
    before = next((each for each in places if each is not None), None)
    if before is None:
        section.append(mark)
    else:
        before.addnext(mark)


def repack(content: bytes) -> bytes:
    """Return the package with the same timestamp on every file."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            packed.writestr(entry, package.read(name))
    return buffer.getvalue()
