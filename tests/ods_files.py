"""An .ods file as LibreOffice saves it: cells and rows repeated, styles, a note, another sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from markupsafe import escape

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell"/>'
    "</office:automatic-styles>"
)
END = (
    '<table:table-row table:number-rows-repeated="1000">'
    '<table:table-cell table:number-columns-repeated="20"/></table:table-row>'
)
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def save_ods(path: Path, rows: Sequence[Sequence[str]], own: str = "") -> None:
    """Write rows as the sheet แผน, with elements of one's own (XML) behind them."""
    sheet = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in rows)
    other = f'<table:table table:name="อื่น">{END}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} '
        f'office:version="1.3">{STYLES}<office:body><office:spreadsheet>'
        f'<table:table table:name="แผน">{sheet}{own}{END}</table:table>{other}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", MANIFEST.format(kind=KIND))


def _cells(row: Sequence[str]) -> str:
    """Return the cells of a row; empty ones beside each other are one element repeated."""
    made, gap = "", 0
    for text in [*row, None]:
        if text == "":
            gap += 1
            continue
        if gap:
            made += f'<table:table-cell table:number-columns-repeated="{gap}"/>'
            gap = 0
        if text is not None:
            made += _cell(text)
    return made


def _cell(text: str) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    opened = '<table:table-cell table:style-name="ce1" office:value-type="string">'
    return f"{opened}{lines}</table:table-cell>"
