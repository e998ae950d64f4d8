"""Writing the document tree as one HTML file that opens anywhere, offline, and runs nothing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from ita_helpers.catalogue import label
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
    Text,
)
from ita_helpers.publish.web_fonts import font_faces


def write_html(document: Document) -> str:
    """Return the page; the same document gives the same bytes."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return _page().render(
        document=document,
        contents=[heading for heading in headings if heading.level <= 3],
        body=Markup("\n").join(write_block(block) for block in document.blocks),
        heading_text=heading_text,
        style=Markup(_style()),
        label=label,
    )


def write_block(block: Block) -> Markup:
    """Return one block as HTML."""
    match block:
        case Heading():
            tag = Markup(f"h{block.level}")
            return Markup('<{} id="{}">{}</{}>').format(tag, block.anchor, heading_text(block), tag)
        case Paragraph():
            if block.style == "quote":
                return Markup("<blockquote><p>{}</p></blockquote>").format(_inlines(block.inlines))
            style = Markup(' class="{}"').format(block.style) if block.style != "body" else ""
            return Markup("<p{}>{}</p>").format(style, _inlines(block.inlines))
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Preformatted():
            return Markup('<pre tabindex="0">{}</pre>').format(block.text)
        case Formula():
            return Markup('<p class="formula"><code>{}</code></p>').format(block.tex)
        case Break():
            return Markup("<hr>")


def heading_text(heading: Heading) -> Markup:
    """Return number and words of a heading."""
    number = Markup('<span class="number">{}</span> ').format(heading.number)
    return (number if heading.number else Markup("")) + _inlines(heading.inlines)


def _inlines(inlines: Inlines) -> Markup:
    """Write runs, those of one link as one link."""
    written = Markup("")
    for href, runs in groupby(inlines, key=lambda run: run.href):
        text = Markup("").join(_run(run) for run in runs)
        written += Markup('<a href="{}">{}</a>').format(href, text) if href else text
    return written


def _run(run: Text) -> Markup:
    if run.break_after:
        return Markup("<br>")
    written = Markup("{}").format(run.text)
    for is_set, tag in ((run.code, "code"), (run.emphasis, "em"), (run.strong, "strong")):
        if is_set:
            written = Markup("<{}>{}</{}>").format(Markup(tag), written, Markup(tag))
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


def _table(table: Table) -> Markup:
    head = Markup("<thead>{}</thead>").format(_rows(table.head)) if table.head else ""
    caption = _caption(table.label, table.caption)
    written = Markup("<caption>{}</caption>").format(caption) if caption else ""
    return Markup(
        '<div class="wide" tabindex="0"><table>{}{}<tbody>{}</tbody></table></div>'
    ).format(written, head, _rows(table.body))


def _caption(name: str, caption: Inlines) -> Markup:
    number = Markup("<b>{}</b> ").format(name) if name else Markup("")
    return number + _inlines(caption)


def _rows(rows: tuple[tuple[Cell, ...], ...]) -> Markup:
    return Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_cell(cell) for cell in row)) for row in rows
    )


def _cell(cell: Cell) -> Markup:
    tag = Markup("th" if cell.scope and cell.inlines else "td")
    attributes = {
        "scope": cell.scope if cell.inlines else "",
        "colspan": str(cell.colspan) if cell.colspan > 1 else "",
        "rowspan": str(cell.rowspan) if cell.rowspan > 1 else "",
        "class": cell.align if cell.align != "left" else "",
    }
    written = Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in attributes.items() if value
    )
    return Markup("<{}{}>{}</{}>").format(tag, written, _inlines(cell.inlines), tag)


def _figure(figure: Figure) -> Markup:
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
    caption = _caption(figure.label, figure.caption)
    written = Markup("<figcaption>{}</figcaption>").format(caption) if caption else ""
    return Markup("<figure>{}{}</figure>").format(image, written)


@cache
def _page() -> Template:
    environment = Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    source = (files(__package__) / "templates/report.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


@cache
def _style() -> str:
    """Return the style sheet with the fonts in it."""
    sheet = (files(__package__) / "templates/report.css").read_text(encoding="utf-8")
    return f"{font_faces()}\n{sheet}"
