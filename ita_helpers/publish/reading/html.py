"""One sanitising parser: HTML of any origin in, blocks of the tree out.

Everything a page shows goes through here: Markdown, tables, charts, an analyst's own HTML. Whatever
the vocabulary lacks is reduced to its text; whatever can run or load is dropped and named.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Literal, cast, get_args
from urllib.parse import unquote

import lxml.html
from lxml import etree

from ita_helpers.faces.absent import HTML_CLASS as ABSENT
from ita_helpers.faces.panel import HTML_CLASS as PANEL
from ita_helpers.language.catalogue import label
from ita_helpers.publish.clean_text import CONTROL, clean_text
from ita_helpers.publish.formulas import fault_of
from ita_helpers.publish.losses import Loss
from ita_helpers.publish.reading.html_inlines import (
    Format,
    flush,
    inline_formula,
    needed,
    read_loose,
    read_text,
    trim,
)
from ita_helpers.publish.reading.html_left_out import (
    BACK,
    DROPPED,
    all_text,
    classes,
    dropped,
    looks,
    shown,
    tag_of,
    take_hidden,
)
from ita_helpers.publish.reading.picture_files import Pictures
from ita_helpers.publish.reading.svg import clean_svg, left_out
from ita_helpers.publish.reading.vanishing import missing_words, stands_in
from ita_helpers.publish.table_grid import count_columns, even_out
from ita_helpers.publish.tree import (
    Align,
    Block,
    Break,
    Cell,
    Figure,
    Formula,
    Heading,
    Image,
    Inlines,
    ListBlock,
    Panel,
    Paragraph,
    Preformatted,
    Role,
    Style,
    Table,
    Text,
    Together,
    renewed,
)

STYLES: dict[str, Style] = {
    "ita-note": "note",
    "ita-score": "score",
    "ita-title": "banner",
    "ita-line": "line",
    "ita-signature": "signature",
    "ita-head": "head",
    "ita-flush": "flush",
}
ROLES: dict[str, Role] = {f"ita-{role}": role for role in get_args(Role)}
OUTLINE = "ita-outline"
"""The class of a list that the whole document fills with its parts."""
TOGETHER = "ita-together"
"""The class of what stays on one page: a block for each row, in it one for each side."""
MATH = "math"
MERMAID = "language-mermaid"
MOST_TOLD = 5
FORMULA = 30
"""Characters of a formula that a message shows."""
RAISED: dict[str, Literal["sup", "sub"]] = {"sup": "sup", "sub": "sub"}
STRUCK = ("s", "del", "strike")
CELLS = ("td", "th")
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)


@dataclass(frozen=True)
class Fragment:
    """The blocks of one piece of HTML; ``is_absent`` when it only says there is nothing.

    ``losses`` are what it holds besides.
    """

    blocks: tuple[Block, ...]
    is_absent: bool = False
    losses: tuple[Loss, ...] = ()


def read_html(written: str, prefix: str, pictures: Pictures | None = None) -> Fragment:
    """Read HTML into blocks; ``prefix`` makes the ids of its pictures unique."""
    drawings: list[str] = []

    def keep(found: re.Match[str]) -> str:
        drawings.append(found.group())
        return f'<ita-svg n="{len(drawings) - 1}"></ita-svg>'

    source = _SVG.sub(keep, clean_text(written))
    if not source.strip():
        return Fragment(())
    root = lxml.html.fragment_fromstring(source, create_parent="div")
    if any(ABSENT in str(element.get("class", "")) for element in root.iter("p")):
        return Fragment((), is_absent=True)
    unseen_words = take_hidden(root)
    reader = _Reader(drawings, prefix, pictures or Pictures())
    blocks = tuple(reader.blocks(root))
    control = [Loss("control")] if CONTROL.search(written) else []
    is_whole = stands_in(str(root.text_content()), blocks)
    unread = () if is_whole else missing_words("".join(shown(root)), blocks)
    words = [Loss("words", "” “".join(unread[:MOST_TOLD]))] if unread else []
    losses = (*control, *unseen_words, *dropped(root), *words, *looks(root), *reader.losses)
    return Fragment(blocks, losses=tuple(dict.fromkeys(losses)))


class _Reader:
    """Walks the elements of one fragment, and notes what is lost on the way."""

    def __init__(self, drawings: list[str], prefix: str, pictures: Pictures) -> None:
        self.drawings = drawings
        self.prefix = prefix
        self.pictures = pictures
        self.losses: list[Loss] = []
        self.count = 0
        self.readers: dict[str, Callable[[etree._Element], Iterable[Block]]] = {
            **{f"h{level}": self._heading for level in range(1, 7)},
            **dict.fromkeys(("p", "dt", "dd", "summary"), self._paragraph),
            "ul": self._list,
            "ol": self._list,
            "table": self._table,
            "figure": self._figure,
            "img": self._image,
            "ita-svg": self._drawing,
            "pre": self._preformatted,
            "hr": lambda _: [Break()],
            "blockquote": self._quote,
        }

    def blocks(self, parent: etree._Element) -> list[Block]:
        """Read the children of an element, joining loose text into paragraphs."""
        found: list[Block] = []
        loose: list[Text] = list(read_text(parent.text, Format()))
        for child in parent:
            name = tag_of(child)
            if name == "div" and MATH in classes(child):
                flush(loose, found)
                found += self._formula(all_text(child))
            elif name == "div" and PANEL in classes(child):
                flush(loose, found)
                found += self._panel(child)
            elif name == "div" and TOGETHER in classes(child):
                flush(loose, found)
                found.append(Together(tuple(map(self._row_of_sides, filter(tag_of, child)))))
            elif name in self.readers or (
                name and name not in DROPPED and self._holds_block(child)
            ):
                flush(loose, found)
                found += self._read(child, name)
            else:
                loose += self._inline(child, Format())
            loose += read_text(child.tail, Format())
        flush(loose, found)
        return found

    def _row_of_sides(self, row: etree._Element) -> tuple[tuple[Block, ...], ...]:
        return tuple(tuple(self.blocks(side)) for side in filter(tag_of, row))

    def _read(self, element: etree._Element, name: str) -> Iterable[Block]:
        reader = self.readers.get(name)
        return reader(element) if reader else self.blocks(element)

    def _holds_block(self, element: etree._Element) -> bool:
        return any(tag_of(each) in self.readers for each in element.iterdescendants())

    def _panel(self, element: etree._Element) -> Iterable[Block]:
        blocks = self.blocks(element)
        role = next((ROLES[name] for name in classes(element) if name in ROLES), None)
        return [Panel(role, tuple(blocks))] if role and blocks else blocks

    def _heading(self, element: etree._Element) -> Iterable[Block]:
        inlines = self._trimmed(element)
        if inlines:
            yield Heading(int(tag_of(element)[1]), inlines)

    def _paragraph(self, element: etree._Element) -> Iterable[Block]:
        if self._holds_block(element):
            yield from self.blocks(element)
            return
        names = classes(element)
        style: Style = next((STYLES[name] for name in names if name in STYLES), "body")
        formula = list(self._formula(all_text(element)))
        if formula:
            yield from formula
        elif inlines := self._trimmed(element):
            yield Paragraph(inlines, style)

    def _list(self, element: etree._Element) -> Iterable[Block]:
        items = [read_loose(element.text)]
        for child in element:
            name = tag_of(child)
            if name and name not in DROPPED:
                items.append(self.blocks(child) if name == "li" else [*self._read(child, name)])
            items.append(read_loose(child.tail))
        filled = tuple(tuple(item) for item in items if item)
        if filled:
            start = str(element.get("start", "1"))
            yield ListBlock(
                tag_of(element) == "ol",
                filled,
                int(start) if re.fullmatch("[0-9]{1,6}", start) else 1,
                is_outline=OUTLINE in classes(element),
            )

    def _quote(self, element: etree._Element) -> Iterable[Block]:
        for block in self.blocks(element):
            yield replace(block, style="quote") if isinstance(block, Paragraph) else block

    def _preformatted(self, element: etree._Element) -> Iterable[Block]:
        text = "".join(str(each) for each in element.itertext()).strip("\n")
        if any(MERMAID in classes(each) for each in element.iter()):
            self.losses.append(Loss("diagram", text))
        if text.strip():
            yield Preformatted(text)

    def _figure(self, element: etree._Element) -> Iterable[Block]:
        captions = list(element.iter("figcaption"))
        caption = self._trimmed(captions[0]) if captions else ()
        data = self._chart_data(element)
        for child in element.iter("ita-svg", "img"):
            for block in self._read(child, tag_of(child)):
                if isinstance(block, Figure):
                    yield replace(block, caption=caption, data=data)
                else:
                    yield block
        tables = [each for each in element.iter("table") if not _within(each, "details")]
        for table in tables:
            yield from self._table(table)
        if not tables and not any(True for _ in element.iter("ita-svg", "img")):
            yield from self.blocks(element)

    def _chart_data(self, figure: etree._Element) -> Table | None:
        """Read the folded data table of one of our charts."""
        tables = (table for each in figure.iter("details") for table in each.iter("table"))
        blocks = (block for table in tables for block in self._table(table))
        return next((block for block in blocks if isinstance(block, Table)), None)

    def _drawing(self, element: etree._Element) -> Iterable[Block]:
        written = str(element.get("n", ""))
        if not written.isascii() or not written.isdigit() or int(written) >= len(self.drawings):
            return
        number = int(written)
        source = self.drawings[number]
        svg = clean_svg(source, f"{self.prefix}-{number}-")
        if missing := left_out(source):
            self.losses.append(Loss("drawing", missing))
        if svg:
            label = re.search(r"aria-label=\"([^\"]*)\"", source)
            alt = _unescape(label.group(1)) if label else ""
            yield Figure(Image("svg", svg), alt, is_chart=True)

    def _image(self, element: etree._Element) -> Iterable[Block]:
        address = clean_text(str(element.get("src", "")))
        alt = clean_text(str(element.get("alt", ""))).strip()
        self.count += 1
        image, losses = self.pictures.find(address, f"{self.prefix}-i{self.count}-")
        self.losses += losses
        if image:
            yield Figure(image, alt)
        elif alt or address.startswith("data:"):
            yield Paragraph((Text(alt or label("report.title.picture"), emphasis=True),))

    def _table(self, element: etree._Element) -> Iterable[Block]:
        caption = next((self._trimmed(each) for each in element.iter("caption")), ())
        rows: dict[bool, list[etree._Element]] = {True: [], False: []}
        for _, section in groupby(element.iter("tr"), etree._Element.getparent):
            found = list(section)
            if _nearest(found[0], "table") is element:
                rows[_within(found[0], "thead")] += found
        head, body = ([*map(self._row, rows[is_head])] for is_head in (True, False))
        if not head and body and all(cell.scope for cell in body[0]):
            head, body = body[:1], body[1:]
        heads = [_as_head(row) for row in needed(head)]
        rows_below = [_as_body(row) for row in needed(body)]
        columns = max(count_columns(heads), count_columns(rows_below))
        if columns:
            yield Table(
                caption, even_out(heads, columns), even_out(rows_below, columns), columns=columns
            )

    def _row(self, row: etree._Element) -> tuple[Cell, ...]:
        style = str(row.get("style", ""))
        return tuple(
            [self._cell(cell, name, style) for cell in row if (name := tag_of(cell)) in CELLS]
        )

    def _cell(self, cell: etree._Element, name: str, style: str) -> Cell:
        """Read a cell of a row with a style; one without elements says what others say too."""
        look, given = _look_of_cell(name, tuple(cell.items()), style)
        inlines = self._trimmed(cell, look) if len(cell) else _words(cell.text, look)
        return renewed(given, inlines=inlines)

    def _trimmed(self, element: etree._Element, style: Format | None = None) -> Inlines:
        return trim(self._inlines(element, style or Format()))

    def _inlines(self, element: etree._Element, style: Format) -> list[Text]:
        found = list(read_text(element.text, style))
        for child in element:
            found += self._inline(child, style)
            found += read_text(child.tail, style)
        return found

    def _inline(self, element: etree._Element, style: Format) -> list[Text]:
        name = tag_of(element)
        if not name or name in DROPPED:
            return []
        if name == "br":
            return [Text("", break_after=True)]
        if name in ("img", "ita-svg"):
            alt = clean_text(str(element.get("alt", "")))
            self.losses.append(Loss("inline_picture", alt))
            return [Text(alt)]
        if name == "span" and MATH in classes(element):
            return [self._noted(inline_formula(all_text(element)))]
        if element.get("translate") == "no":
            style = replace(style, verbatim=True)
        if name in ("strong", "b"):
            style = replace(style, strong=True)
        elif name in ("em", "i"):
            style = replace(style, emphasis=True)
        elif name in ("code", "kbd", "samp", "tt"):
            style = replace(style, code=True, verbatim=True)
        elif name in RAISED:
            style = replace(style, raised=RAISED[name])
        elif name in STRUCK:
            style = replace(style, struck=True)
        elif name == "a":
            if BACK in classes(element):
                return []
            style = replace(style, href=self._address(element))
        spaced = name in ("div", "p", "li", "td", "th", "tr")
        return [*self._inlines(element, style), *([Text(" ")] if spaced else [])]

    def _formula(self, text: str) -> Iterable[Block]:
        found = _FORMULA.fullmatch(text.strip())
        if found:
            tex = " ".join(found.group(1).split())
            self._note(tex)
            yield Formula(tex)

    def _noted(self, run: Text) -> Text:
        if run.formula:
            self._note(run.text)
        return run

    def _note(self, tex: str) -> None:
        """Note a formula that stays TeX."""
        if fault := fault_of(tex):
            self.losses.append(Loss("formula", f"{tex[:FORMULA]} ({fault})"))

    def _address(self, link: etree._Element) -> str:
        """Return where a link leads, from any computer."""
        href = str(link.get("href", "")).strip()
        if SAFE_LINK.match(href) and len(href) < 2000:
            return href
        if href:
            self.losses.append(Loss("link", clean_text(unquote(href))))
        return ""


@lru_cache(maxsize=1_000)
def _look_of_cell(
    name: str, attributes: tuple[tuple[str, str], ...], row_style: str
) -> tuple[Format, Cell]:
    """Return how the text of a cell looks, and the cell without it."""
    given = dict(attributes)
    scope = given.get("scope") or ("row" if name == "th" else "")
    if scope not in ("", "col", "row", "rowgroup", "colgroup"):
        scope = "row"
    found = _ALIGN.search(f"{given.get('style', '')};{row_style}")
    return Format(verbatim=given.get("translate") == "no"), Cell(
        inlines=(),
        scope=scope,  # type: ignore[arg-type]
        align=cast("Align", found.group(1) if found else "left"),
        colspan=_span(given.get("colspan", "")),
        rowspan=_span(given.get("rowspan", "")),
    )


@lru_cache(maxsize=4_000)
def _words(text: str | None, look: Format) -> Inlines:
    """Return the runs of a text that holds no element."""
    return trim(read_text(text, look))


def _span(value: str) -> int:
    return min(max(int(value), 1), 100) if re.fullmatch("[0-9]{1,6}", value) else 1


def _within(element: etree._Element, name: str) -> bool:
    return _nearest(element, name) is not None


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element.iterancestors() if tag_of(each) == name), None)


def _as_head(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(
        renewed(cell, scope=cell.scope if cell.scope == "colgroup" else "col") for cell in row
    )


def _as_body(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple([renewed(cell, scope="row") if cell.scope == "col" else cell for cell in row])


def _unescape(text: str) -> str:
    return html.unescape(text)
