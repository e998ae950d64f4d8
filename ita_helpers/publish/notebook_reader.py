"""Reading an executed notebook into the document tree.

Markdown and outputs become blocks, sections without content go, headings are closed up and
numbered, captions counted. The source of code cells is never published.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import mistune

from ita_helpers.catalogue import label, say
from ita_helpers.publish.html_reader import Fragment, clean_text, is_picture, read_html
from ita_helpers.publish.tree import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    ListBlock,
    Paragraph,
    Part,
    Preformatted,
    Table,
)
from ita_helpers.scraps import MIME as SCRAP
from ita_helpers.scraps import read_scraps
from ita_helpers.thai import with_numerals

log = logging.getLogger(__name__)

SKIPPED = frozenset({"remove-cell", "parameters", "injected-parameters", "title"})
TOP = 2
OPEN_YEAR = re.compile("(?<=[.] )…")
"""What a heading of the template has where the year of the report goes."""


@dataclass(frozen=True)
class _Piece:
    """What one cell adds."""

    blocks: tuple[Block, ...]
    tags: frozenset[str]
    is_markdown: bool
    is_absent: bool = False


def read_notebook(notebook: Mapping[str, Any], *, name: str = "") -> Document:
    """Return the document of an executed notebook; ``name`` is its title if it has none."""
    page = read_scraps(notebook).get("ita-document", {})
    page = page if isinstance(page, dict) else {}
    pieces = [
        piece
        for number, cell in enumerate(notebook.get("cells", []))
        if (piece := _read_cell(cell, f"c{number}")) is not None
    ]
    parts = [_finish_part(part) for part in _split_parts(_drop_absent(pieces))]
    kept = [part for part in parts if part.blocks]
    title = page.get("title") or _first_title(kept) or name
    numerals = page.get("numerals", "arabic")
    numbered = _number([_without_title(p) for p in kept] if not page else kept, bool(page))
    document = Document(
        title=clean_text(title),
        parts=tuple(_anchor(numbered)),
        subtitle=tuple(page.get("subtitle", ())),
        banners=tuple(page.get("banners", ())),
        running=page.get("running", ""),
        numerals=numerals,
        author=page.get("name", ""),
    )
    if not page:
        return document
    year = str(page.get("fiscal_year", ""))
    return replace(
        document,
        parts=tuple(
            replace(part, blocks=tuple(_localise(b, numerals, year) for b in part.blocks))
            for part in document.parts
        ),
    )


def _read_cell(cell: Mapping[str, Any], prefix: str) -> _Piece | None:
    tags = frozenset(cell.get("metadata", {}).get("tags") or [])
    if tags & SKIPPED:
        return None
    if cell["cell_type"] == "markdown":
        html = _markdown(_with_attachments(cell))
        fragment = read_html(html, prefix)
        return _Piece(_prunable(fragment.blocks, "lead" in tags), tags, is_markdown=True)
    if cell["cell_type"] != "code":
        return None
    fragments = [
        _read_output(output, f"{prefix}o{number}")
        for number, output in enumerate(cell.get("outputs", []))
    ]
    blocks = tuple(block for fragment in fragments for block in fragment.blocks)
    absent = bool(fragments) and not blocks and any(each.is_absent for each in fragments)
    return _Piece(_prunable(blocks, "heading" in tags), tags, is_markdown=False, is_absent=absent)


def _prunable(blocks: tuple[Block, ...], prunable: bool) -> tuple[Block, ...]:
    if not prunable:
        return blocks
    return tuple(
        replace(block, prunable=True) if isinstance(block, Heading) else block for block in blocks
    )


def _markdown(source: str) -> str:
    render = mistune.create_markdown(
        escape=False, plugins=["table", "strikethrough", "footnotes", "url"]
    )
    return str(render(source))


def _with_attachments(cell: Mapping[str, Any]) -> str:
    source = str(cell["source"])
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
        return read_html(_markdown("".join(data["text/markdown"])), prefix)
    if "image/svg+xml" in data:
        return read_html("".join(data["image/svg+xml"]), prefix)
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            content = "".join("".join(data[mime]).split())
            kind = "png" if mime.endswith("png") else "jpeg"
            alt = "".join(data.get("text/plain", ""))
            if not is_picture(kind, content):
                return _preformatted(alt)
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


def _split_parts(pieces: Iterable[_Piece]) -> list[Part]:
    parts = [Part("", ())]
    for piece in pieces:
        tag = next((tag for tag in sorted(piece.tags) if tag.startswith("part-")), "")
        if tag:
            parts.append(
                Part(
                    tag,
                    (),
                    is_numbered="unnumbered" not in piece.tags,
                    is_appendix="appendix" in piece.tags,
                )
            )
        parts[-1] = replace(parts[-1], blocks=(*parts[-1].blocks, *piece.blocks))
    return parts


def _finish_part(part: Part) -> Part:
    return replace(part, blocks=tuple(_name_figures(_close_jumps(_prune(part.blocks)))))


def _prune(blocks: Sequence[Block]) -> list[Block]:
    """Drop prunable headings with nothing under them, from the deepest up."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if isinstance(block, Heading) and block.prunable:
            following = kept[-1] if kept else None
            empty = following is None or (
                isinstance(following, Heading) and following.level <= block.level
            )
            if empty:
                continue
        kept.append(block)
    return kept[::-1]


def _close_jumps(blocks: Sequence[Block]) -> list[Block]:
    """Keep headings from 2 to 6 without a jump of more than one level down."""
    closed: list[Block] = []
    last = TOP - 1
    for block in blocks:
        if isinstance(block, Heading):
            last = max(TOP, min(block.level, last + 1, 6))
            closed.append(replace(block, level=last))
        else:
            closed.append(block)
    return closed


def _name_figures(blocks: Sequence[Block]) -> list[Block]:
    """Give a figure without alternative text its caption's, or that of the last heading."""
    named: list[Block] = []
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = plain(block.inlines)
        if isinstance(block, Figure) and not block.alt.strip():
            alt = plain(block.caption) or heading or label("report.title.picture")
            named.append(replace(block, alt=alt))
        else:
            named.append(block)
    return named


def plain(inlines: Inlines) -> str:
    """Return the text of inlines."""
    return "".join(run.text + (" " if run.break_after else "") for run in inlines).strip()


def _first_title(parts: Sequence[Part]) -> str:
    blocks = [block for part in parts for block in part.blocks]
    return next((plain(b.inlines) for b in blocks if isinstance(b, Heading)), "")


def _without_title(part: Part) -> Part:
    """Drop the first heading of an ordinary notebook: it became the title."""
    if part.blocks and isinstance(part.blocks[0], Heading):
        return replace(part, blocks=part.blocks[1:])
    return part


def _number(parts: Sequence[Part], with_sections: bool) -> list[Part]:
    """Give parts, sections, tables, charts and pictures their numbers, in their order."""
    counts = {"table": 0, "chart": 0, "picture": 0, "part": 0, "appendix": 0}
    numbered = []
    for part in parts:
        first, section = _part_number(part, counts) if with_sections else ("", "")
        blocks: list[Block] = []
        sections = 0
        for block in part.blocks:
            if isinstance(block, Heading) and block.level == TOP and first:
                block = replace(block, number=first)
            elif isinstance(block, Heading) and block.level == TOP + 1 and section:
                sections += 1
                block = replace(block, number=f"{section}.{sections}")
            blocks.append(_count(block, counts))
        numbered.append(replace(part, blocks=tuple(blocks)))
    return numbered


def _part_number(part: Part, counts: dict[str, int]) -> tuple[str, str]:
    if part.is_appendix:
        counts["appendix"] += 1
        letters = dict(enumerate(label("words.appendix_letters").split(), start=1))
        letter = letters.get(counts["appendix"], str(counts["appendix"]))
        return say("report.title.appendix", letter=letter), letter
    if part.is_numbered and part.tag:
        counts["part"] += 1
        return say("report.title.part", number=counts["part"]), str(counts["part"])
    return "", ""


def _count(block: Block, counts: dict[str, int]) -> Block:
    if isinstance(block, Table) and block.caption:
        counts["table"] += 1
        return replace(block, label=say("report.title.table", number=counts["table"]))
    if isinstance(block, Figure) and block.caption:
        kind = "chart" if block.is_chart else "picture"
        counts[kind] += 1
        return replace(block, label=say(f"report.title.{kind}_number", number=counts[kind]))
    return block


def _anchor(parts: Iterable[Part]) -> Iterable[Part]:
    count = 0
    for part in parts:
        blocks: list[Block] = []
        for block in part.blocks:
            if isinstance(block, Heading):
                count += 1
                block = replace(block, anchor=f"s{count}")
            blocks.append(block)
        yield replace(part, blocks=tuple(blocks))


def _localise(block: Block, numerals: Any, year: str) -> Block:
    """Put the year into headings that leave it open, and one kind of digits everywhere."""

    def digits(text: str) -> str:
        return with_numerals(text, numerals)

    def runs(inlines: Inlines) -> Inlines:
        return tuple(
            run if run.verbatim else replace(run, text=digits(run.text)) for run in inlines
        )

    def cells(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(replace(c, inlines=runs(c.inlines)) for c in row) for row in rows)

    match block:
        case Heading():
            filled = tuple(
                replace(run, text=OPEN_YEAR.sub(year, run.text)) for run in block.inlines
            )
            return replace(block, inlines=runs(filled), number=digits(block.number))
        case Paragraph():
            return replace(block, inlines=runs(block.inlines))
        case ListBlock():
            return replace(
                block,
                items=tuple(
                    tuple(_localise(each, numerals, year) for each in item) for item in block.items
                ),
            )
        case Table():
            return replace(
                block,
                caption=runs(block.caption),
                label=digits(block.label),
                head=cells(block.head),
                body=cells(block.body),
            )
        case Figure():
            return replace(
                block, caption=runs(block.caption), label=digits(block.label), alt=digits(block.alt)
            )
    return block
