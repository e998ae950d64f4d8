"""Saving workbooks without a timestamp: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from ita_helpers.files.packages import UNIX
from ita_helpers.language.catalogue import label

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time every file in a workbook bears."""
NO_DATE = datetime(2000, 1, 1)
THAI = "th-TH"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def saved(book: Any, title: str) -> bytes:
    """Return a workbook of openpyxl as a file, in Thai and with no hour of its making."""
    properties = book.properties
    properties.title, properties.language, properties.creator = title, THAI, label("sheets.program")
    properties.created = NO_DATE
    plain, buffer = io.BytesIO(), io.BytesIO()
    book.save(plain)
    undated = NO_DATE.strftime(r"\g<1>%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(plain) as package,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            packed.writestr(entry, _MODIFIED.sub(undated, package.read(name)))
    return buffer.getvalue()
