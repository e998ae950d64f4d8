"""Reading the cells of a notebook as pieces of the document tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ita_helpers.edited.cells import is_draft, is_older, slot_of, without_blank
from ita_helpers.files.scraps import MIME as SCRAP
from ita_helpers.language.catalogue import say
from ita_helpers.publish.clean_text import clean_text
from ita_helpers.publish.losses import Loss
from ita_helpers.publish.reading.hiding import folded_by, is_left_out, is_silent
from ita_helpers.publish.reading.html import MOST_TOLD, Fragment, read_html
from ita_helpers.publish.reading.markdown import find_vanished, to_html
from ita_helpers.publish.reading.picture_files import PASTED, PictureFolder, Pictures, of_bundle
from ita_helpers.publish.reading.printed import (
    as_shown,
    is_names_alone,
    joined_streams,
    without_addresses,
)
from ita_helpers.publish.tree import (
    Block,
    Figure,
    Heading,
    Inlines,
    Paragraph,
    Preformatted,
    Text,
)

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
SHOWN = {*PICTURES, "text/html", "text/markdown", "text/latex", "text/plain"}
_ALONE = re.compile(r"\s*(?P<mark>\$\$?)\s*(?:\\displaystyle\b)?(?P<tex>[^$]+)(?P=mark)\s*")
OUR_ANCHOR = re.compile(r"#(?:[stf]\d+$|fn(?:ref)?-|data-)")
_FRONT_MATTER = re.compile(r"\s*---\n.*\n---\s*", re.DOTALL)
REMEMBERED = 500
"""How many texts of Markdown cells are remembered; a report has a hundred."""


_OUR_CALL = re.compile(r'report\.\w+\(("[\w-]*")?\)')


@dataclass(frozen=True)
class Piece:
    """What one cell adds; ``is_ours`` if a report's notebook shows it and nobody wrote in it."""

    blocks: tuple[Block, ...]
    tags: frozenset[str]
    is_markdown: bool
    cell: str = ""
    place: str = ""
    is_absent: bool = False
    is_draft: bool = False
    is_ours: bool = False
    losses: tuple[Loss, ...] = ()


def read_pieces(
    notebook: Mapping[str, Any],
    drafts: Mapping[str, Sequence[str]],
    files: PictureFolder | None,
) -> list[Piece]:
    """Return what each cell of a notebook adds, in order."""
    pieces: list[Piece] = []
    for number, cell in enumerate(notebook.get("cells", [])):
        piece = _read_cell(cell, f"c{number}", files)
        if piece is not None:
            pieces.append(piece)
        if slot_of(cell) in drafts and is_older(cell, drafts[slot_of(cell)]):
            pieces.append(Piece((_stale_note(),), frozenset(), is_markdown=True))
    return pieces


def _stale_note() -> Paragraph:
    """Note under words that they were written for other figures than the tables show."""
    return Paragraph((Text(say("edit.stale_note", changes=[]).strip()),), "note")


def _read_cell(cell: Mapping[str, Any], prefix: str, files: PictureFolder | None) -> Piece | None:
    if is_left_out(cell):
        return None
    tags = frozenset(cell.get("metadata", {}).get("tags") or [])
    named = Piece((), tags, is_markdown=False, cell=str(cell.get("id", "")), place=prefix)
    if mark := _folded(cell):
        return replace(named, losses=(Loss("hidden", mark),))
    if cell["cell_type"] != "code":
        read = read_words(cell, prefix, files)
        blocks = _prunable(read.blocks, "lead" in tags)
        is_ours = _is_draft(cell)
        return replace(
            named,
            blocks=blocks,
            is_markdown=True,
            is_draft=is_ours,
            is_ours=is_ours,
            losses=read.losses,
        )
    outputs = [] if is_silent(cell) else joined_streams(cell.get("outputs", []))
    fragments = [_read_output(each, f"{prefix}o{n}") for n, each in enumerate(outputs)]
    blocks = tuple(block for fragment in fragments for block in fragment.blocks)
    return replace(
        named,
        blocks=_prunable(blocks, "heading" in tags),
        is_absent=bool(fragments) and not blocks and any(each.is_absent for each in fragments),
        is_draft=bool(blocks) and _is_draft(cell),
        is_ours=bool(_OUR_CALL.fullmatch("".join(cell["source"]).strip())),
        losses=tuple(loss for fragment in fragments for loss in fragment.losses),
    )


def _folded(cell: Mapping[str, Any]) -> str:
    """Return the tag that collapses something of a cell; nothing if nothing is collapsed."""
    has_more = cell["cell_type"] != "code" or bool(cell.get("outputs"))
    return folded_by(cell) if has_more else ""


def read_words(
    cell: Mapping[str, Any], prefix: str, files: PictureFolder | None = None
) -> Fragment:
    """Return what is written in a Markdown or raw cell."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "raw":
        return _read_raw(cell, source, prefix)
    attachments = cell.get("attachments") or {}
    source = _with_encoded_names(without_blank(source) if slot_of(cell) else source, attachments)
    return _read_markdown(source, prefix, Pictures(attachments, files))


def _read_markdown(source: str, prefix: str, pictures: Pictures | None = None) -> Fragment:
    """Read Markdown; words that vanish in HTML are reported as they were written.

    What can hold no picture is read once: most of it is the same for all offices.
    """
    if "![" in source or "<" in source:
        return _read_any_markdown(source, prefix, pictures)
    return _read_plain_markdown(source, prefix)


@lru_cache(maxsize=REMEMBERED)
def _read_plain_markdown(source: str, prefix: str) -> Fragment:
    return _read_any_markdown(source, prefix, None)


def _read_any_markdown(source: str, prefix: str, pictures: Pictures | None) -> Fragment:
    read = read_html(to_html(source), prefix, pictures)
    vanished = find_vanished(source, read.blocks)
    kept = [each for each in read.losses if each.reason not in ("words", "script", "style")]
    words = [Loss("words", "” “".join(vanished[:MOST_TOLD]))] if vanished else []
    return replace(read, losses=(*words, *kept))


def _with_encoded_names(source: str, attachments: Iterable[str]) -> str:
    """Write the names of pasted pictures so that Markdown takes each for one address."""
    for name in sorted(attachments, key=len, reverse=True):
        source = source.replace(f"{PASTED}{name}", f"{PASTED}{quote(name)}")
    return source


def _read_raw(cell: Mapping[str, Any], source: str, prefix: str) -> Fragment:
    """Read a raw cell: text, or what its format says; content for other programs is reported."""
    metadata = cell.get("metadata", {})
    kind = str(metadata.get("raw_mimetype") or metadata.get("format") or "")
    if kind == "text/html":
        return read_html(source, prefix)
    if kind == "text/markdown":
        return _read_markdown(source, prefix)
    if kind not in ("", "text/plain"):
        return Fragment((), losses=(Loss("raw", kind),) if source.strip() else ())
    if _FRONT_MATTER.fullmatch(source):
        return Fragment((), losses=(Loss("front_matter", source.strip("- \n")),))
    pieces = re.split(r"\n\s*\n", clean_text(source).strip())
    return Fragment(tuple(Paragraph(_with_breaks(piece)) for piece in pieces if piece.strip()))


def _with_breaks(text: str) -> Inlines:
    """Return lines of text as runs, each but the last with its break."""
    first, *others = (" ".join(line.split()) for line in text.strip().split("\n"))
    following = (run for line in others for run in (Text("", break_after=True), Text(line)))
    return (Text(first), *following)


def _is_draft(cell: Mapping[str, Any]) -> bool:
    return bool(slot_of(cell)) and is_draft(cell)


def _prunable(blocks: tuple[Block, ...], prunable: bool) -> tuple[Block, ...]:
    if not prunable:
        return blocks
    return tuple(
        replace(block, prunable=True) if isinstance(block, Heading) else block for block in blocks
    )


def _read_output(output: Mapping[str, Any], prefix: str) -> Fragment:
    kind = output["output_type"]
    if kind == "stream":
        text = as_shown("".join(output["text"]))
        if output.get("name") == "stderr":
            return Fragment((), losses=(Loss("stderr", text),) if text.strip() else ())
        return _preformatted(text)
    if kind == "error":
        return _preformatted(as_shown(f"{output.get('ename', '')}: {output.get('evalue', '')}"))
    return _read_bundle(output.get("data", {}), prefix)


def _read_bundle(data: Mapping[str, Any], prefix: str) -> Fragment:
    """Read the first form of an output that shows anything."""
    if SCRAP in data:
        return Fragment(())
    losses: list[Loss] = []
    for mime, read in _FORMS.items():
        if mime in data:
            found = read(data, prefix)
            if found.blocks or found.is_absent:
                return found
            losses += found.losses
    others = [mime for mime in data if mime not in SHOWN]
    if others or "text/html" in data:
        more = [Loss("interactive", " ".join(others))] if others else losses
        return Fragment((), losses=tuple(more))
    text = as_shown("".join(data.get("text/plain", "")))
    return replace(_output_text(text), losses=(*losses, *_output_text(text).losses))


def _output_text(text: str) -> Fragment:
    """Read a value's text; one that only gives an object's memory address is dropped."""
    if is_names_alone(text):
        return Fragment((), losses=(Loss("address", without_addresses(text)),))
    return _preformatted(text)


def _read_html_form(data: Mapping[str, Any], prefix: str) -> Fragment:
    return read_html("".join(data["text/html"]), prefix)


def _read_markdown_form(data: Mapping[str, Any], prefix: str) -> Fragment:
    return _read_markdown("".join(data["text/markdown"]), prefix)


def _read_latex_form(data: Mapping[str, Any], prefix: str) -> Fragment:
    """Read one formula, or sentences with formulas among them."""
    source = "".join(data["text/latex"])
    if alone := _ALONE.fullmatch(source):
        return read_html(to_html(f"$$\n{alone['tex'].strip()}\n$$"), prefix)
    return _read_markdown(source, prefix)


def _read_picture(mime: str) -> Callable[[Mapping[str, Any], str], Fragment]:
    def read(data: Mapping[str, Any], prefix: str) -> Fragment:
        image, losses = of_bundle(mime, data[mime], mime, f"{prefix}-0-")
        text = "".join(data.get("text/plain", ""))
        alt = "" if text.startswith("<") else text
        return Fragment((Figure(image, alt),) if image else (), losses=losses)

    return read


def _read_svg(data: Mapping[str, Any], prefix: str) -> Fragment:
    return read_html("".join(data["image/svg+xml"]), prefix)


_FORMS: dict[str, Callable[[Mapping[str, Any], str], Fragment]] = {
    "text/html": _read_html_form,
    "text/markdown": _read_markdown_form,
    "image/svg+xml": _read_svg,
    **{mime: _read_picture(mime) for mime in PICTURES[1:]},
    "text/latex": _read_latex_form,
}
"""How each form of an output is read, those we prefer first."""


def _preformatted(text: str) -> Fragment:
    """Return printed text as it is, without memory addresses."""
    plain = without_addresses(text)
    losses = [Loss("address", plain)] if plain != text else []
    losses += [Loss("control")] if clean_text(plain) != plain else []
    cleaned = clean_text(plain).strip("\n")
    return Fragment((Preformatted(cleaned),) if cleaned.strip() else (), losses=tuple(losses))
