"""Writing the document tree as one HTML file that opens offline anywhere and runs no script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from math import fsum
from urllib.parse import quote

from markupsafe import Markup, escape

from ita_helpers.documents.marks import mark_html
from ita_helpers.faces.pages import Script, source_of, template_of
from ita_helpers.faces.web_fonts import font_faces
from ita_helpers.language.catalogue import label
from ita_helpers.publish.assembly.contents import SUMMARY, heading_entries
from ita_helpers.publish.assembly.typography import whole_pieces
from ita_helpers.publish.formulas import draw_formula
from ita_helpers.publish.table_fit import least_widths
from ita_helpers.publish.tree import (
    Align,
    Block,
    Break,
    Cell,
    Contents,
    ContentsEntry,
    ContentsList,
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
    plain,
)
from ita_helpers.surroundings import not_looking_for_garbage

PHONE, CELL = 18.5, 0.8
"""Ems: the width of a narrow screen in the text of a table, less a little, and the edges of a
cell."""
_NEEDLESS = re.compile(
    r"</(?:td|th|tr|thead|tbody|li)>"
    r'|(?<= )(?:xmlns="http://www.w3.org/2000/svg"|stroke-linecap="butt") '
)
"""What HTML leaves out by rule: end tags, and what goes without saying in a picture (8 kB)."""


_NOTHING = Markup("")


@not_looking_for_garbage()
def write_html(document: Document) -> str:
    """Return the page; the same document gives the same bytes.

    A summary that comes first is the first screen, over the whole width.
    """
    parts = document.parts
    is_first = bool(parts) and parts[0].tag == SUMMARY
    first = _summary(parts[0], _links(document)) if is_first else Markup("")
    body = Markup("\n").join(write_part(part) for part in parts[is_first:])
    page = write_page(document, body, first=first)
    return mark_html(page, document.origin) if document.origin else page


def write_page(
    document: Document,
    body: Markup,
    *,
    first: Markup = _NOTHING,
    sheet: str = "",
    script: Script | None = None,
) -> str:
    """Return a page with the document's head, contents and foot around a body of its own.

    ``sheet`` are style rules that follow those of the reports. Without a script nothing runs.
    """
    page = template_of("ita_helpers.publish", "report.html.j2").render(
        document=document,
        side=_side_contents(document),
        title=_inlines(tuple(Text(t, whole=w) for t, w in whole_pieces(document.title))),
        emblem=_emblem(document),
        first=first,
        body=body,
        style=Markup(f"{_style()}\n{sheet}" if sheet else _style()),
        script=script,
        label=label,
    )
    return _NEEDLESS.sub("", page)


def write_part(part: Part) -> Markup:
    """Return the blocks of one part as HTML."""
    if part.tag == SUMMARY:
        return _summary(part)
    written = Markup("\n").join(write_block(block) for block in part.blocks)
    return (
        Markup('<div class="own-page">\n{}\n</div>').format(written) if part.own_page else written
    )


def _links(document: Document) -> Markup:
    """Return links to the same report in other formats, and to its contents."""
    links = [(name, file) for name, file in document.others if not file.endswith(".html")]
    if any(isinstance(block, Contents) for block in document.blocks):
        links.append((label("report.title.contents"), "#contents"))
    written = Markup(" · ").join(
        Markup('<a href="{}">{}</a>').format(quote(file, safe="#"), name) for name, file in links
    )
    return Markup('<p class="links">{}</p>').format(written) if links else Markup("")


def _summary(part: Part, links: Markup = _NOTHING) -> Markup:
    """Return the summary as a region: its panels side by side where there is room.

    What stands between panels is one box too.
    """
    head, *rest = part.blocks
    anchor = head.anchor if isinstance(head, Heading) else ""
    groups = groupby(rest if anchor else part.blocks, lambda block: isinstance(block, Panel))
    boxes = [
        _blocks(list(group))
        if is_panel
        else Markup('<div class="words">{}</div>').format(_blocks(list(group)))
        for is_panel, group in groups
    ]
    return Markup(
        '<section class="summary own-page" aria-labelledby="{}"><div class="panels">{}{}</div>'
        "</section>"
    ).format(anchor, _blocks([head] if anchor else []) + links, Markup("").join(boxes))


def _blocks(blocks: Sequence[Block]) -> Markup:
    return Markup("\n").join(write_block(each) for each in blocks)


def _side_contents(document: Document) -> Markup:
    """Return the headings as the list that stays beside the text on wide screens."""
    entries = tuple(entry for part in document.parts for entry in heading_entries(part))
    return _entries(entries) if entries else Markup("")


def _emblem(document: Document) -> Markup:
    if document.emblem is None:
        return Markup("")
    return Markup('<img class="emblem" src="data:image/{};base64,{}" alt="{}">').format(
        document.emblem.kind, document.emblem.content, document.emblem_name
    )


def write_block(block: Block) -> Markup:
    """Return one block as HTML."""
    match block:
        case Heading():
            tag = Markup(f"h{block.level}")
            return Markup('<{} id="{}">{}</{}>').format(tag, block.anchor, heading_text(block), tag)
        case Paragraph():
            if block.style == "line":
                return _line(block.inlines)
            if block.style == "quote":
                return Markup("<blockquote><p>{}</p></blockquote>").format(_inlines(block.inlines))
            style = Markup(' class="{}"').format(block.style) if block.style != "body" else ""
            return Markup("<p{}>{}</p>").format(style, _inlines(block.inlines))
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Together():
            return _together(block)
        case Figure():
            return _figure(block)
        case Preformatted():
            return Markup('<pre tabindex="0">{}</pre>').format(block.text)
        case Formula():
            return Markup('<p class="formula">{}</p>').format(_formula(block.tex))
        case Break():
            return Markup("<hr>")
        case Slot():
            return Markup("\n").join(write_block(each) for each in block.blocks)
        case Panel():
            return _panel(block)
        case Contents():
            return _contents(block)


def _line(inlines: Inlines) -> Markup:
    """Write a line of a memo's head: names, each with its text over dots."""
    pairs = (
        Markup("<span>{} <span>{}</span></span>").format(_inlines(name), _inlines(text))
        for name, text in pairs_of(inlines)
    )
    return Markup('<p class="line">{}</p>').format(Markup(" ").join(pairs))


def _together(block: Together) -> Markup:
    rows = Markup("")
    for row in block.rows:
        sides = (Markup("").join(map(write_block, blocks)) for blocks in row)
        written = Markup("").join(map(Markup("<div>{}</div>").format, sides))
        rows += Markup("<div>{}</div>").format(written)
    return Markup('<div class="together">{}</div>').format(rows)


def _panel(panel: Panel) -> Markup:
    """Return a panel; its heading is the caption of what has none of its own."""
    heading = next((plain(each.inlines) for each in panel.blocks if isinstance(each, Heading)), "")
    written = Markup("\n").join(
        _table(each, heading)
        if isinstance(each, Table)
        else _figure(each, heading)
        if isinstance(each, Figure)
        else write_block(each)
        for each in panel.blocks
    )
    return Markup('<div class="panel {}">{}</div>').format(panel.role, written)


def _contents(contents: Contents) -> Markup:
    lists = Markup("").join(_contents_list(each) for each in contents.lists)
    return Markup('<nav class="contents" aria-label="{}">{}</nav>').format(
        label("report.title.contents"), lists
    )


def _contents_list(listed: ContentsList) -> Markup:
    return Markup("<h2>{}</h2>{}").format(listed.title, _entries(listed.entries))


def _entries(entries: tuple[ContentsEntry, ...]) -> Markup:
    lines = Markup("").join(
        Markup('<li class="level{}"><a href="#{}">{}</a></li>').format(
            each.level, each.anchor, _inlines(each.inlines)
        )
        for each in entries
    )
    return Markup("<ul>{}</ul>").format(lines)


def _formula(tex: str) -> Markup:
    """Draw an inline formula, with its TeX for those who cannot see it."""
    drawn = draw_formula(tex)
    if drawn is None:
        return Markup("<code>{}</code>").format(tex)
    place = f"width:{drawn.width / 11.5:.3f}em;vertical-align:{-drawn.depth / 11.5:.3f}em"
    head = Markup('<svg role="img" aria-label="{}" style="{}" ').format(tex, place)
    return Markup(drawn.svg.replace("<svg ", str(head), 1))


def heading_text(heading: Heading) -> Markup:
    """Return number and words of a heading."""
    number = Markup('<span class="number">{}</span> ').format(heading.number)
    return (number if heading.number else Markup("")) + _inlines(heading.inlines)


@lru_cache(maxsize=4_000)
def _inlines(inlines: Inlines) -> Markup:
    """Write runs, those of one link as one link."""
    if len(inlines) == 1 and inlines[0] == Text(inlines[0].text):
        return escape(inlines[0].text)
    written = Markup("")
    for href, runs in groupby(inlines, key=lambda run: run.href):
        text = Markup("").join(_run(run) for run in runs)
        written += Markup('<a href="%s">%s</a>') % (href, text) if href else text
    return written


def _run(run: Text) -> Markup:
    if run.break_after:
        return Markup("<br>")
    written = _formula(run.text) if run.formula else escape(run.text)
    if run.whole:
        written = Markup('<span class="whole">%s</span>') % written
    marks = ((run.code, "code"), (run.emphasis, "em"), (run.strong, "strong"))
    for is_set, tag in (*marks, (run.struck, "s"), (run.raised, run.raised)):
        if is_set:
            written = Markup("<%s>%s</%s>") % (tag, written, tag)
    return written


def _list(block: ListBlock) -> Markup:
    items = Markup("").join(
        Markup("<li>{}</li>").format(Markup("").join(write_block(each) for each in item))
        for item in block.items
    )
    if not block.ordered:
        return Markup("<ul>{}</ul>").format(items)
    start = Markup(' start="{}"').format(block.start) if block.start != 1 else ""
    return Markup("<ol{}>{}</ol>").format(start, items)


def _table(table: Table, unseen: str = "") -> Markup:
    head = Markup("<thead>{}</thead>").format(_rows(table.head)) if table.head else ""
    written = _captioned("caption", _caption(table.label, table.caption), unseen)
    usual = _usual_align(table)
    kind = Markup(' class="numbers"') if usual == "right" else ""
    region = Markup(' role="region" aria-label="{}"').format(table.label) if table.label else ""
    stop = Markup(' tabindex="0"') if _scrolls_on_a_phone(table) else ""
    return Markup('<div class="wide"{}{}{}><table{}>{}{}<tbody>{}</tbody></table></div>').format(
        _identity(table.anchor), stop, region, kind, written, head, _rows(table.body, usual)
    )


def _captioned(tag: str, caption: Markup, unseen: str) -> Markup:
    """Return a caption; one that repeats the heading above it is for those who hear the page."""
    kind, words = (Markup(""), caption) if caption else (Markup(' class="unseen"'), unseen)
    name = Markup(tag)
    return Markup("<{}{}>{}</{}>").format(name, kind, words, name) if words else Markup("")


def _scrolls_on_a_phone(table: Table) -> bool:
    """Return whether a table may be wider than a narrow screen: only then is it a tab stop.

    Without a script a page cannot ask whether it scrolls.
    """
    return fsum(width + CELL for width in least_widths(table)) > PHONE


def _usual_align(table: Table) -> Align:
    """Return how most body cells are aligned: only the others have to say so."""
    aligns = [cell.align for row in table.body for cell in row if not cell.scope]
    return "right" if aligns.count("right") * 2 > len(aligns) else "left"


def _identity(anchor: str) -> Markup:
    return Markup(' id="{}"').format(anchor) if anchor else Markup("")


def _caption(name: str, caption: Inlines) -> Markup:
    number = Markup("<b>{}</b> ").format(name) if name else Markup("")
    return number + _inlines(caption)


def _rows(rows: tuple[tuple[Cell, ...], ...], usual: Align = "left") -> Markup:
    return Markup(
        "".join(["".join(["<tr>", *[_cell(cell, usual) for cell in row], "</tr>"]) for row in rows])
    )


def _cell(cell: Cell, usual: Align) -> str:
    scope = cell.scope if cell.inlines else ""
    begins, ends = _tags(scope, cell.colspan, cell.rowspan, cell.align, usual)
    return "".join((begins, _inlines(cell.inlines), ends))


@cache
def _tags(scope: str, colspan: int, rowspan: int, align: Align, usual: Align) -> tuple[str, str]:
    """Return what stands before and behind the words of a cell."""
    tag = "th" if scope else "td"
    attributes = {
        "scope": scope,
        "colspan": str(colspan) if colspan > 1 else "",
        "rowspan": str(rowspan) if rowspan > 1 else "",
        "class": align if align != ("left" if scope else usual) else "",
    }
    written = "".join(f" {name}={value}" for name, value in attributes.items() if value)
    return f"<{tag}{written}>", f"</{tag}>"


def _figure(figure: Figure, unseen: str = "") -> Markup:
    if figure.image.kind == "svg":
        image = Markup(
            figure.image.content.replace(
                "<svg ", str(Markup('<svg role="img" aria-label="{}" ').format(figure.alt)), 1
            )
        )
    else:
        image = Markup('<img src="data:image/{};base64,{}" alt="{}">').format(
            figure.image.kind, figure.image.content, figure.alt
        )
    written = _captioned("figcaption", _caption(figure.label, figure.caption), unseen)
    kind = Markup(' class="chart"') if figure.is_chart else ""
    return Markup('<figure{}{}><div class="plate">{}</div>{}{}</figure>').format(
        _identity(figure.anchor), kind, image, written, _data(figure, unseen)
    )


def _data(figure: Figure, unseen: str = "") -> Markup:
    """Return a chart's figures, folded away or elsewhere until a reader asks for them."""
    if figure.data_at:
        return Markup('<p class="data"><a href="#{}">{}{}</a></p>').format(
            figure.data_at, label("report.title.data_of"), figure.label
        )
    if figure.data is None:
        return Markup("")
    table = replace(figure.data, label="", anchor="", caption=())
    words = label("report.title.data_of") + figure.label
    if unseen:
        words = label("first_page.components.figures")
    kind = Markup(' class="on-paper"' if unseen else "")
    return Markup("<details{}><summary>{}</summary>{}</details>").format(
        kind, words, _table(table, unseen)
    )


@cache
def _style() -> str:
    """Return the style sheet with the fonts in it."""
    return f"{font_faces()}\n{source_of('ita_helpers.publish', 'report.css')}"
