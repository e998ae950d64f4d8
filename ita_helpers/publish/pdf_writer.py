"""Writing the document tree as a PDF by typst.

The tree goes as JSON into a fixed template, so that no text of a report is ever read as markup.
Charts stay vector pictures; their Thai text is set as text over them, which keeps it selectable.
"""

from __future__ import annotations

import base64
import json
import logging
import re
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

import typst

from ita_helpers.catalogue import label, say
from ita_helpers.publish.svg import split_text, view_size
from ita_helpers.publish.table_grid import place_cells
from ita_helpers.publish.tree import (
    Block,
    Break,
    Cell,
    Document,
    Figure,
    Formula,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Preformatted,
    Table,
)

log = logging.getLogger(__name__)

STANDARD: Literal["ua-1"] = "ua-1"
BOX = "\u25a1"
MOST_REPLACED = 50
_MISSING = re.compile(r'text `"(.*?)"` could not be displayed', re.DOTALL)
NARROW = 12
"""A column of no more characters is as wide as its text."""


def write_pdf(document: Document) -> bytes:
    """Return the PDF (A4, PDF/UA-1); the same document gives the same bytes.

    A character that no font holds (an emoji) is set as a box. Raises ``TypstError`` for what the
    compiler refuses otherwise.
    """
    pictures: dict[str, bytes] = {}
    tree = json.dumps(_document(document, pictures), ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="ita-") as name, as_file(files(__package__)) as package:
        folder = Path(name)
        template = (package / "templates/report.typ").read_bytes()
        for file, content in {"report.typ": template, **pictures}.items():
            (folder / file).write_bytes(content)
        for _ in range(MOST_REPLACED):
            (folder / "document.json").write_text(tree, encoding="utf-8")
            try:
                return _compile(folder / "report.typ", package / "fonts")
            except typst.TypstError as error:
                tree = _without_missing(tree, str(error))
                if not tree:
                    raise
        return _compile(folder / "report.typ", package / "fonts")


def _compile(source: Path, fonts: Path) -> bytes:
    compiled: bytes = typst.compile(
        source, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=[STANDARD]
    )
    return compiled


def _without_missing(tree: str, error: str) -> str:
    """Return the tree with the characters an error calls missing replaced; empty if none is."""
    missing = _MISSING.search(error)
    if not missing:
        return ""
    characters = set(missing.group(1)) - set(" \u2060")
    log.warning(say("messages.character_replaced", characters=" ".join(sorted(characters))))
    return tree.translate({ord(each): BOX for each in characters if not each.isascii()})


def _document(document: Document, pictures: dict[str, bytes]) -> dict[str, Any]:
    before, between, after = _page_words()
    return {
        "title": document.title,
        "author": document.author,
        "subtitle": list(document.subtitle),
        "banners": list(document.banners),
        "running": document.running or document.title,
        "contents": label("report.title.contents"),
        "page": {"before": before, "between": between, "after": after},
        "numerals": document.numerals,
        "blocks": [_block(block, pictures) for block in document.blocks],
    }


def _page_words() -> list[str]:
    """Return what stands before, between and after page number and count."""
    return say("report.title.page", page="|", pages="|").split("|")


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Heading():
            inlines = _inlines(block.inlines)
            return {
                "kind": "heading",
                "level": block.level,
                "number": block.number,
                "inlines": inlines,
            }
        case Paragraph():
            return {"kind": "paragraph", "style": block.style, "inlines": _inlines(block.inlines)}
        case ListBlock():
            return {
                "kind": "list",
                "ordered": block.ordered,
                "start": block.start,
                "items": [[_block(each, pictures) for each in item] for item in block.items],
            }
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, pictures)
        case Preformatted():
            return {"kind": "pre", "text": block.text}
        case Formula():
            return {"kind": "pre", "text": block.tex}
        case Break():
            return {"kind": "break"}


def _inlines(inlines: Inlines) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "strong": run.strong,
            "emphasis": run.emphasis,
            "code": run.code,
            "href": run.href if not run.href.startswith("#") else "",
            "break": run.break_after,
        }
        for run in inlines
    ]


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "label": table.label,
        "caption": _inlines(table.caption),
        "columns": _column_widths(table),
        "head": [[_cell(cell) for cell in row] for row in table.head],
        "body": [[_cell(cell) for cell in row] for row in table.body],
    }


def _column_widths(table: Table) -> list[float]:
    """Return a width for each column: 0 for one as wide as its text, else a share of the rest.

    A share grows with the root of the longest text, so that a long column wraps more than a
    short one without crushing it.
    """
    longest = [0] * table.columns
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            for place, cell in row:
                if cell.colspan == 1:
                    length = sum(len(run.text) for run in cell.inlines)
                    longest[place] = max(longest[place], length)
    shares = [0.0 if length <= NARROW else length**0.5 for length in longest]
    return shares if any(shares) else [1.0] * table.columns


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "inlines": _inlines(cell.inlines),
        "scope": cell.scope,
        "align": cell.align,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
    }


def _figure(figure: Figure, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Add the picture to the files of the compiler and return what is set around and over it."""
    ending = {"svg": "svg", "png": "png", "jpeg": "jpg"}[figure.image.kind]
    name = f"picture-{len(pictures) + 1}.{ending}"
    node: dict[str, Any] = {
        "kind": "figure",
        "file": name,
        "alt": figure.alt,
        "label": figure.label,
        "caption": _inlines(figure.caption),
        "width": 0,
        "height": 0,
        "texts": [],
    }
    if figure.image.kind != "svg":
        pictures[name] = base64.b64decode(figure.image.content)
        return node
    picture, texts = split_text(figure.image.content)
    pictures[name] = picture.encode("utf-8")
    width, height = view_size(figure.image.content)
    return {**node, "width": width, "height": height, "texts": [vars(text) for text in texts]}
