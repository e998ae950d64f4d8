"""Writing the document tree as a PDF by typst.

The tree goes as JSON into a fixed template, so that no text of a report is ever read as markup.
Charts stay vector pictures; their Thai text is set as text over them, which keeps it selectable.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import as_file, files
from math import fsum
from typing import Any

from ita_helpers.files.moving import scratch_folder
from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.assembly.typography import title_phrases
from ita_helpers.publish.boxes import BOX, letters_without_font
from ita_helpers.publish.fonts import read_fonts
from ita_helpers.publish.letter_widths import text_width
from ita_helpers.publish.losses import Loss, Lost, tell
from ita_helpers.publish.pdf.column_widths import Columns, break_long_words, lines_of, share_out
from ita_helpers.publish.pdf.compiling import ReportCompiler
from ita_helpers.publish.pdf.inlines import breakable, set_formula, set_inlines
from ita_helpers.publish.pdf.measuring import mark
from ita_helpers.publish.pdf.packing import pack
from ita_helpers.publish.pdf.page_labels import PageNames
from ita_helpers.publish.pdf.sharing import written
from ita_helpers.publish.reading.svg import split_text, view_size
from ita_helpers.publish.reading.vanishing import texts_of
from ita_helpers.publish.standards import Standard
from ita_helpers.publish.table_fit import Fit, fit_table
from ita_helpers.publish.table_grid import Row, place_cells
from ita_helpers.publish.tree import (
    Block,
    Break,
    Cell,
    Contents,
    ContentsEntry,
    Document,
    Figure,
    Formula,
    Heading,
    Inlines,
    ListBlock,
    Panel,
    Paragraph,
    Part,
    Preformatted,
    Slot,
    Table,
    Text,
    Together,
    pairs_of,
)
from ita_helpers.surroundings import not_looking_for_garbage

NO_DATE = date(2000, 1, 1)
"""An archive file must have a date; a notebook without one gets this fixed date."""
PART_LEVEL = 2
TALL = 9
"""A row of more lines may go on on another page."""
ENDINGS = {"svg": "svg", "png": "png", "jpeg": "jpg"}


@not_looking_for_garbage()
def write_pdf(document: Document, standard: Standard = "ua-1") -> bytes:
    """Return the PDF (A4, PDF/UA-1 or PDF/A-2b); the same document gives the same bytes.

    A character that no font holds (an emoji) is set as a box. The scores are attached as JSON,
    which PDF/A-2 does not allow. Raises ``RuntimeError`` for what the compiler refuses.
    """
    pictures: dict[str, bytes] = {}
    described = _document(document, pictures, standard)
    mark(described["parts"])
    tree = _with_boxes(written(described), document)
    with (
        scratch_folder() as folder,
        as_file(files("ita_helpers")) as package,
    ):
        for template in ("report.typ", "picture.typ"):
            (folder / template).write_bytes((package / "publish/templates" / template).read_bytes())
        for file, content in pictures.items():
            (folder / file).write_bytes(content)
        (folder / "document.json").write_text(tree, encoding="utf-8")
        compiler = ReportCompiler(folder, read_fonts(package), standard)
        order = compiler.choose_order(described["parts"]) if document.kind == "report" else ()
        compiled = compiler.compile()
    tables = list(_tables(order or described["parts"]))
    return pack(compiled, tables, _page_names(document), document.origin)


def describe(document: Document) -> str:
    """Return the JSON the compiler would get: all of the work before it."""
    return written(_document(document, {}, "ua-1"))


def _tables(described: Any) -> Iterator[dict[str, Any]]:
    """Yield the tables of a described document in their order."""
    if isinstance(described, dict) and described.get("kind") == "table":
        yield described
    elif isinstance(described, (dict, list)):
        for each in described.values() if isinstance(described, dict) else described:
            yield from _tables(each)


def _with_boxes(tree: str, document: Document) -> str:
    """Return the tree with boxes for what no font holds.

    Such letters in its blocks are reported when they are read; others (in a title) here.
    """
    missing = letters_without_font(tree)
    if not missing:
        return tree
    in_blocks = set(missing) & set("".join(texts_of(document.blocks)))
    if others := sorted(set(missing) - in_blocks, reverse=True):
        tell([Lost("", Loss("character", " ".join(others)))])
    return tree.translate(dict.fromkeys(map(ord, missing), BOX))


def _document(document: Document, pictures: dict[str, bytes], standard: Standard) -> dict[str, Any]:
    issued = document.issued or NO_DATE
    return {
        "kind": document.kind,
        "title": document.title,
        "title_pieces": set_inlines(title_phrases(document.title), {}, 0),
        "made": list(document.made),
        "author": document.author,
        "subtitle": list(document.subtitle),
        "banners": [set_inlines((Text(line),), {}) for line in document.banners],
        "pages": _page_words(document),
        "numerals": document.numerals,
        "emblem": _emblem(document, pictures),
        "date": [issued.year, issued.month, issued.day],
        "attachment": document.attachment if standard == "ua-1" else "",
        "attached": label("report.title.attached"),
        "parts": _parts(document, pictures),
    }


def _emblem(document: Document, pictures: dict[str, bytes]) -> dict[str, str]:
    if document.emblem is None:
        return {"file": "", "alt": ""}
    name = f"emblem.{ENDINGS[document.emblem.kind]}"
    pictures[name] = base64.b64decode(document.emblem.content)
    return {"file": name, "alt": document.emblem_name}


def _parts(document: Document, pictures: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the parts, each with its blocks and whether a page begins with it."""
    body = _first_of_body(document)
    own_page = [part.own_page for part in document.parts]
    return [
        {
            "begins_page": part.own_page or follows or part is body,
            "begins_body": part is body,
            "blocks": [node for block in part.blocks for node in _nodes(block, pictures)],
        }
        for part, follows in zip(document.parts, [False, *own_page], strict=False)
    ]


def _page_names(document: Document) -> PageNames | None:
    body = _first_of_body(document)
    headings = (each for each in body.blocks if isinstance(each, Heading)) if body else iter(())
    heading = next(headings, None)
    letters = label("words.appendix_letters").split()
    if heading is None:
        return None
    return PageNames(heading.anchor, letters, document.numerals, document.has_cover)


def _first_of_body(document: Document) -> Part | None:
    """Return the first numbered part of a report with parts before it, which have letters."""
    if document.kind != "report" or not document.parts or document.parts[0].is_numbered:
        return None
    numbered = (
        part for part in document.parts if part.is_numbered and part.tag and not part.is_appendix
    )
    return next(numbered, None)


def _nodes(block: Block, pictures: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the nodes of a block: one, those of a slot, or the pieces of a wide table."""
    match block:
        case Slot():
            return [node for each in block.blocks for node in _nodes(each, pictures)]
        case Table():
            return [_table(fit, place, pictures) for place, fit in enumerate(fit_table(block))]
    return [_block(block, pictures)]


def _page_words(document: Document) -> dict[str, Any]:
    """Return what stands above and below the text of pages, and what their numbers depend on."""
    facts = {"draft": document.is_draft, "for_whom": document.for_whom}
    before, between, after = say("report.title.page", page="|", pages="|", **facts).split("|")
    return {
        "running": document.running or document.title,
        "mark": document.mark,
        "draft": label("report.title.draft") if document.is_draft else "",
        "for_whom": document.for_whom,
        "before": before,
        "between": between,
        "after": after,
        "cover": document.has_cover,
        "letters": label("words.appendix_letters").split(),
    }


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "number": block.number,
                "anchor": block.anchor,
                "inlines": set_inlines(block.inlines, pictures),
            }
        case Paragraph(style="line"):
            pairs = [
                [set_inlines(each, pictures) for each in pair] for pair in pairs_of(block.inlines)
            ]
            return {"kind": "line", "pairs": pairs}
        case Paragraph():
            inlines = set_inlines(block.inlines, pictures)
            return {"kind": "paragraph", "style": block.style, "inlines": inlines}
        case ListBlock():
            items = [
                [node for each in item for node in _nodes(each, pictures)] for item in block.items
            ]
            return {"kind": "list", "ordered": block.ordered, "start": block.start, "items": items}
        case Together():
            return {"kind": "together", "rows": _together(block, pictures)}
        case Figure():
            return _figure(block, pictures)
        case Preformatted():
            return {"kind": "pre", "text": breakable(block.text)}
        case Formula():
            drawn = set_formula(block.tex, pictures)
            return {"kind": "formula", **drawn} if drawn else {"kind": "pre", "text": block.tex}
        case Break():
            return {"kind": "break"}
        case Panel():
            inner = [node for each in block.on_paper for node in _nodes(each, pictures)]
            return {"kind": "panel", "role": block.role, "blocks": inner}
        case Contents():
            return _contents(block, pictures)
        case _:
            raise TypeError(block)


def _together(block: Together, pictures: dict[str, bytes]) -> list[Any]:
    return [
        [[node for each in blocks for node in _nodes(each, pictures)] for blocks in row]
        for row in block.rows
    ]


def _contents(contents: Contents, pictures: dict[str, bytes]) -> dict[str, Any]:
    lists = []
    for listed in contents.lists:
        tops = [entry.anchor for entry in listed.entries if entry.level == PART_LEVEL]
        following = dict(zip(tops, [*tops[1:], ""], strict=True))
        lists.append(
            {
                "title": listed.title,
                "entries": [
                    _entry(e, following.get(e.anchor), contents.ranges, pictures)
                    for e in listed.entries
                ],
            }
        )
        contents = replace(contents, ranges=False)
    return {"kind": "contents", "lists": lists}


def _entry(
    entry: ContentsEntry, following: str | None, ranges: bool, pictures: dict[str, bytes]
) -> dict[str, Any]:
    """Return a line of the contents; with ``ranges`` the part that follows bounds its pages."""
    return {
        "level": entry.level,
        "anchor": entry.anchor,
        "inlines": set_inlines(entry.inlines, pictures),
        "until": following if ranges and following is not None else None,
    }


def _table(fit: Fit, place: int, pictures: dict[str, bytes]) -> dict[str, Any]:
    table = fit.table
    columns = share_out(fit)
    return {
        "kind": "table",
        "label": table.label,
        "anchor": table.anchor if place == 0 else "",
        "caption": set_inlines(table.caption, pictures),
        "again": label("report.title.continued") if place else "",
        "columns": columns.widths,
        "size": fit.size,
        "turned": fit.is_turned,
        "head": _rows(table.head, columns, fit.size, pictures),
        "body": _rows(table.body, columns, fit.size, pictures),
    }


def _rows(
    rows: Sequence[Row], columns: Columns, size: float, pictures: dict[str, bytes]
) -> list[list[dict[str, Any]]]:
    """Return the rows; the cells of one that is ``tall`` may go on on another page."""
    known: dict[tuple[int, int], tuple[Cell, dict[str, Any]]] = {}
    made = []
    for placed in place_cells(rows):
        row = []
        for place, cell in placed:
            if (described := known.get((id(cell), place))) is None:
                described = cell, _cell(cell, columns.room(place, cell.colspan), size, pictures)
                known[id(cell), place] = described
            row.append(described[1])
        is_tall = any(each["lines"] > TALL for each in row)
        made.append([{**each, "tall": True} for each in row] if is_tall else row)
    return made


def _cell(cell: Cell, room: float, size: float, pictures: dict[str, bytes]) -> dict[str, Any]:
    has_formula = any(run.formula for run in cell.inlines)
    return {
        "inlines": (
            _set(cell.inlines, room, size, pictures)
            if has_formula
            else _words(cell.inlines, room, size)
        ),
        "scope": cell.scope,
        "align": cell.align,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "lines": lines_of(cell.inlines, room / size),
        "tall": False,
    }


@lru_cache(maxsize=4_000)
def _words(inlines: Inlines, room: float, size: float) -> tuple[dict[str, Any], ...]:
    """Return the nodes of a cell's text without formulas, which are pictures of one report."""
    return _set(inlines, room, size, {})


def _set(
    inlines: Inlines, room: float, size: float, pictures: dict[str, bytes]
) -> tuple[dict[str, Any], ...]:
    """Return the nodes of a cell's text; no line ends in it where it fits on one."""
    width = fsum(text_width(run.text) for run in inlines)
    unbroken = width if width <= room / size else 0.0
    return tuple(set_inlines(break_long_words(inlines, room, size), pictures, unbroken))


def _figure(figure: Figure, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Add the picture to the files of the compiler and return what is set around and over it."""
    name = f"picture-{len(pictures) + 1}.{ENDINGS[figure.image.kind]}"
    node: dict[str, Any] = {
        "kind": "figure",
        "file": name,
        "alt": figure.alt,
        "label": figure.label,
        "anchor": figure.anchor,
        "caption": set_inlines(figure.caption, pictures),
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
