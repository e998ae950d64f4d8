"""From an executed notebook to its papers: the report, and a memo where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ita_helpers.edited.cells import PART, SLOT
from ita_helpers.files.facts import PaperFacts
from ita_helpers.files.scraps import DRAFTS, PAPERS, read_scraps
from ita_helpers.language.thai import numbers_in
from ita_helpers.publish.assembly.assemble import assemble, assemble_memo, find_lowered
from ita_helpers.publish.boxes import letters_without_font
from ita_helpers.publish.losses import Loss, Lost, tell
from ita_helpers.publish.pieces import NotebookPart, Placed, attachment_of
from ita_helpers.publish.reading.notebook import OUR_ANCHOR, Piece, read_pieces
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.reading.vanishing import texts_of
from ita_helpers.publish.tree import Block, Document, Heading, plain, slug
from ita_helpers.publish.walks import runs_of
from ita_helpers.surroundings import not_looking_for_garbage

MEMO = "part-memo"


@not_looking_for_garbage()
def read_papers(
    notebook: Mapping[str, Any], *, name: str = "", files: PictureFolder | None = None
) -> dict[str, Document]:
    """Return the papers of an executed notebook, and report what they do not show of it.

    The report's key is empty, the memo's is ``memo``; a notebook may name parts that are separate
    papers (the scrap ``ita-papers``). ``name`` is the title of a notebook without one; ``files``
    has the pictures it links to.
    """
    scraps = read_scraps(notebook)
    page = PaperFacts.read(scraps.get("ita-document"))
    pieces = read_pieces(notebook, scraps.get(DRAFTS) or {}, files)
    tell([*_lost(pieces), *_dead_links(pieces)])
    papers = _split_papers(_drop_absent(pieces))
    apart = scraps.get(PAPERS) or {}
    own = {key: [each for each in papers if each.name == key] for key in apart}
    rest = [each for each in papers if each.tag != MEMO and each.name not in apart]
    report = assemble(rest, page, name, attachment_of(page, scraps.get("result")))
    sheets = {key: assemble(each, PaperFacts.read(apart[key])) for key, each in own.items()}
    read = {"": report, **sheets}
    memos = [paper for paper in papers if paper.tag == MEMO]
    if page is not None and "memo" in page.parts and memos:
        read["memo"] = assemble_memo(memos[0], page)
    if not isinstance(scraps.get(DRAFTS), Mapping):
        return {key: replace(each, organisation="") for key, each in read.items()}
    computed = _computed(scraps[DRAFTS])
    return {key: replace(each, computed=computed) for key, each in read.items()}


def _computed(drafts: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return the numbers in the drafts of the slots, by the slot's tag."""
    return {
        f"{SLOT}{slot}": frozenset(numbers_in(" ".join(sentences)))
        for slot, sentences in drafts.items()
    }


def read_notebook(
    notebook: Mapping[str, Any], *, name: str = "", files: PictureFolder | None = None
) -> Document:
    """Return the report of an executed notebook; ``name`` is its title if it has none."""
    return read_papers(notebook, name=name, files=files)[""]


def find_losses(
    cells: Iterable[Mapping[str, Any]], files: PictureFolder | None = None
) -> list[Lost]:
    """Return what no paper would show of some cells, or not as it is written."""
    notebook = {"cells": list(cells)}
    scraps = read_scraps(notebook)
    pieces = read_pieces(notebook, {}, files)
    papers = [each for each in _split_papers(_drop_absent(pieces)) if each.tag != MEMO]
    lost = [*_lost(pieces), *_dead_links(pieces)]
    return [*lost, *find_lowered(papers, PaperFacts.read(scraps.get("ita-document")))]


def _lost(pieces: Iterable[Piece]) -> Iterator[Lost]:
    """Yield the losses of the cells, each once."""
    for piece in pieces:
        losses = dict.fromkeys((*piece.losses, *_boxes(piece.blocks)))
        yield from (Lost(piece.cell or piece.place, loss) for loss in losses)


def _dead_links(pieces: Sequence[Piece]) -> Iterator[Lost]:
    """Yield links to a place that does not exist in the notebook; their words stay."""
    cells = {piece.cell for piece in pieces if not piece.is_markdown}
    heads = {slug(plain(each.inlines)) for each in _headings(pieces)}
    for piece in pieces:
        links = dict.fromkeys(run.href for run in runs_of(piece.blocks) if run.href[:1] == "#")
        for link in links:
            if not (link[1:] in cells or slug(link) in heads or OUR_ANCHOR.match(link)):
                yield Lost(piece.cell or piece.place, Loss("link", link))


def _headings(pieces: Iterable[Piece]) -> Iterator[Heading]:
    for piece in pieces:
        yield from (block for block in piece.blocks if isinstance(block, Heading))


def _boxes(blocks: tuple[Block, ...]) -> Iterator[Loss]:
    """Yield the losses for letters that no font of the PDF has."""
    if letters := letters_without_font("".join(texts_of(blocks))):
        yield Loss("character", " ".join(reversed(letters)))


def _drop_absent(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop the sentences of a lead cell when everything it leads to is absent."""
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        if "lead" in piece.tags and _leads_to_nothing(pieces[place + 1 :]):
            headings = tuple(block for block in piece.blocks if isinstance(block, Heading))
            kept.append(replace(piece, blocks=headings))
        else:
            kept.append(piece)
    return kept


def _leads_to_nothing(following: Iterable[Piece]) -> bool:
    absent = False
    for piece in following:
        if piece.is_markdown or "heading" in piece.tags:
            break
        if piece.blocks:
            return False
        absent = absent or piece.is_absent
    return absent


def _split_papers(pieces: Iterable[Piece]) -> list[NotebookPart]:
    """Gather the pieces into the parts their tags begin."""
    parts = [NotebookPart("", frozenset(), ())]
    for piece in pieces:
        tag = next((tag for tag in sorted(piece.tags) if tag.startswith(PART)), "")
        if tag:
            parts.append(NotebookPart(tag, piece.tags, ()))
        placed = (*parts[-1].placed, *_place(piece))
        has_draft = parts[-1].has_draft or piece.is_draft
        parts[-1] = replace(parts[-1], placed=placed, has_draft=has_draft)
    return parts


def _place(piece: Piece) -> Iterable[Placed]:
    slot = next((tag for tag in sorted(piece.tags) if tag.startswith(SLOT)), "")
    return (
        Placed(block, slot, piece.cell, piece.tags, piece.is_ours, piece.is_draft)
        for block in piece.blocks
    )
