"""Reading an executed notebook into the document tree.

Markdown and outputs become blocks that know their cell; the assembly makes papers of them. The
source of code cells is never published.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ita_helpers.catalogue import say
from ita_helpers.edited.cells import HIDDEN, PART, SLOT, is_draft, is_older, slot_of, without_blank
from ita_helpers.publish.assembly import Page, Paper, Placed, assemble, assemble_memo
from ita_helpers.publish.html_reader import Fragment, clean_text, is_picture, read_html
from ita_helpers.publish.markdown import find_vanished, to_html
from ita_helpers.publish.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Image,
    Paragraph,
    Preformatted,
    Text,
)
from ita_helpers.scraps import DRAFTS, PAPERS, read_scraps
from ita_helpers.scraps import MIME as SCRAP

log = logging.getLogger(__name__)

SKIPPED = frozenset({HIDDEN, "parameters", "injected-parameters", "title"})
MEMO = "part-memo"
MOST_TOLD = 5


@dataclass(frozen=True)
class _Piece:
    """What one cell adds."""

    blocks: tuple[Block, ...]
    tags: frozenset[str]
    is_markdown: bool
    cell: str = ""
    is_absent: bool = False
    is_draft: bool = False


def read_papers(notebook: Mapping[str, Any], *, name: str = "") -> dict[str, Document]:
    """Return the papers of an executed notebook.

    The report's key is empty, the memo's ``memo``; a notebook may name parts that are papers of
    their own (the scrap ``ita-papers``). ``name`` is the title of a notebook without one.
    """
    scraps = read_scraps(notebook)
    page = Page.of(scraps.get("ita-document"), scraps.get("result"))
    pieces = _read_pieces(notebook, scraps.get(DRAFTS) or {})
    papers = _split_papers(_drop_absent(pieces))
    apart = scraps.get(PAPERS) or {}
    own = {key: [each for each in papers if each.name == key] for key in apart}
    rest = [each for each in papers if each.tag != MEMO and each.name not in apart]
    report = assemble(rest, page, name)
    sheets = {key: assemble(each, Page.of(apart[key])) for key, each in own.items()}
    memos = [paper for paper in papers if paper.tag == MEMO]
    if page is None or "memo" not in page.parts or not memos:
        return {"": report, **sheets}
    return {"": report, **sheets, "memo": assemble_memo(memos[0], page)}


def read_notebook(notebook: Mapping[str, Any], *, name: str = "") -> Document:
    """Return the report of an executed notebook; ``name`` is its title if it has none."""
    return read_papers(notebook, name=name)[""]


def _read_pieces(notebook: Mapping[str, Any], drafts: Mapping[str, Sequence[str]]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for number, cell in enumerate(notebook.get("cells", [])):
        piece = _read_cell(cell, f"c{number}")
        if piece is not None:
            pieces.append(piece)
        if slot_of(cell) in drafts and is_older(cell, drafts[slot_of(cell)]):
            pieces.append(_Piece((_stale_note(),), frozenset(), is_markdown=True))
    return pieces


def _stale_note() -> Paragraph:
    """Say under words that they were written on other figures than the tables show."""
    return Paragraph((Text(say("edit.stale_note", changes=[]).strip()),), "note")


def _read_cell(cell: Mapping[str, Any], prefix: str) -> _Piece | None:
    tags = frozenset(cell.get("metadata", {}).get("tags") or [])
    if tags & SKIPPED:
        return None
    name = str(cell.get("id", ""))
    if cell["cell_type"] == "markdown":
        source = _with_attachments(cell)
        read = read_html(to_html(source), prefix).blocks
        _tell_vanished(name or prefix, find_vanished(source, read))
        blocks = _prunable(read, "lead" in tags)
        return _Piece(blocks, tags, is_markdown=True, cell=name, is_draft=_is_draft(cell))
    if cell["cell_type"] != "code":
        return None
    fragments = [
        _read_output(output, f"{prefix}o{number}")
        for number, output in enumerate(cell.get("outputs", []))
    ]
    blocks = tuple(block for fragment in fragments for block in fragment.blocks)
    absent = bool(fragments) and not blocks and any(each.is_absent for each in fragments)
    return _Piece(
        _prunable(blocks, "heading" in tags),
        tags,
        is_markdown=False,
        cell=name,
        is_absent=absent,
        is_draft=bool(blocks) and _is_draft(cell),
    )


def _tell_vanished(cell: str, words: Sequence[str]) -> None:
    """Say which words of a cell no paper will show."""
    if words:
        log.warning(say("messages.words_vanish", cell=cell, words=words[:MOST_TOLD]))


def _is_draft(cell: Mapping[str, Any]) -> bool:
    return bool(slot_of(cell)) and is_draft(cell)


def _prunable(blocks: tuple[Block, ...], prunable: bool) -> tuple[Block, ...]:
    if not prunable:
        return blocks
    return tuple(
        replace(block, prunable=True) if isinstance(block, Heading) else block for block in blocks
    )


def _with_attachments(cell: Mapping[str, Any]) -> str:
    source = "".join(cell["source"])
    if slot_of(cell):
        source = without_blank(source)
    for name, bundle in cell.get("attachments", {}).items():
        for mime in ("image/png", "image/jpeg"):
            if mime in bundle:
                data = "".join(bundle[mime]).replace("\n", "")
                source = source.replace(f"attachment:{name}", f"data:{mime};base64,{data}")
    return source


def _read_output(output: Mapping[str, Any], prefix: str) -> Fragment:
    kind = output["output_type"]
    if kind == "stream":
        text = "".join(output["text"])
        if output.get("name") == "stderr":
            log.debug("stderr is not published: %s", text)
            return Fragment(())
        return _preformatted(text)
    if kind == "error":
        return _preformatted(f"{output.get('ename', '')}: {output.get('evalue', '')}")
    return _read_bundle(output.get("data", {}), prefix)


def _read_bundle(data: Mapping[str, Any], prefix: str) -> Fragment:
    if SCRAP in data:
        return Fragment(())
    if "text/html" in data:
        return read_html("".join(data["text/html"]), prefix)
    if "text/markdown" in data:
        return read_html(to_html("".join(data["text/markdown"])), prefix)
    if "image/svg+xml" in data:
        return read_html("".join(data["image/svg+xml"]), prefix)
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            content = "".join("".join(data[mime]).split())
            kind = "png" if mime.endswith("png") else "jpeg"
            plain_text = "".join(data.get("text/plain", ""))
            if not is_picture(kind, content):
                return _preformatted(plain_text)
            alt = "" if plain_text.startswith("<") else plain_text
            return Fragment((Figure(Image(kind, content), alt),))  # type: ignore[arg-type]
    return _preformatted("".join(data.get("text/plain", "")))


def _preformatted(text: str) -> Fragment:
    cleaned = clean_text(text).strip("\n")
    return Fragment((Preformatted(cleaned),) if cleaned.strip() else ())


def _drop_absent(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Drop the sentences of a lead cell when everything it leads to is absent."""
    kept: list[_Piece] = []
    for place, piece in enumerate(pieces):
        if "lead" in piece.tags and _leads_to_nothing(pieces[place + 1 :]):
            headings = tuple(block for block in piece.blocks if isinstance(block, Heading))
            kept.append(replace(piece, blocks=headings))
        else:
            kept.append(piece)
    return kept


def _leads_to_nothing(following: Iterable[_Piece]) -> bool:
    absent = False
    for piece in following:
        if piece.is_markdown or "heading" in piece.tags:
            break
        if piece.blocks:
            return False
        absent = absent or piece.is_absent
    return absent


def _split_papers(pieces: Iterable[_Piece]) -> list[Paper]:
    """Gather the pieces into the parts their tags begin."""
    parts = [Paper("", frozenset(), ())]
    for piece in pieces:
        tag = next((tag for tag in sorted(piece.tags) if tag.startswith(PART)), "")
        if tag:
            parts.append(Paper(tag, piece.tags, ()))
        placed = (*parts[-1].placed, *_place(piece))
        has_draft = parts[-1].has_draft or piece.is_draft
        parts[-1] = replace(parts[-1], placed=placed, has_draft=has_draft)
    return parts


def _place(piece: _Piece) -> Iterable[Placed]:
    slot = next((tag for tag in sorted(piece.tags) if tag.startswith(SLOT)), "")
    return (Placed(block, slot, piece.cell, piece.tags) for block in piece.blocks)
