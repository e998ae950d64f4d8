"""One sanitising parser: HTML of any origin in, blocks of the tree out.

Everything a page shows goes through here: Markdown, tables, charts, an analyst's own HTML. What
the vocabulary does not hold is reduced to its text; what can run or load is dropped, and named.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, cast
from urllib.parse import unquote

import lxml.html
from lxml import etree

from ita_helpers.absent import HTML_CLASS as ABSENT
from ita_helpers.catalogue import label
from ita_helpers.publish.formulas import fault_of
from ita_helpers.publish.losses import Loss
from ita_helpers.publish.picture_files import Pictures
from ita_helpers.publish.svg import clean_svg, left_out
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
    Paragraph,
    Preformatted,
    Style,
    Table,
    Text,
)
from ita_helpers.publish.vanishing import missing_words, stands_in

DROPPED = frozenset(
    "script style iframe object embed applet form input button select option textarea template "
    "noscript link meta title head base audio video source canvas frame frameset dialog".split()
)
EMBEDDED = frozenset("iframe object embed applet audio video canvas frame input".split())
"""Of what is dropped, what people see without its text."""
UNSEEN = frozenset("link meta head base noscript source".split())
"""Of what is dropped, what nobody sees anyway."""
OF_FRAMES = ".dataframe"
"""Stands in the style sheet that pandas puts before every table."""
STYLES: dict[str, Style] = {
    "ita-note": "note",
    "ita-score": "score",
    "ita-title": "banner",
    "ita-line": "line",
    "ita-signature": "signature",
}
OUTLINE = "ita-outline"
"""The class of a list that the whole document fills with its parts."""
MATH = "math"
MERMAID = "language-mermaid"
MOST_TOLD = 5
FORMULA = 30
"""Characters of a formula that a message shows."""
RAISED: dict[str, Literal["sup", "sub"]] = {"sup": "sup", "sub": "sub"}
UNDERLINED = ("u", "ins", "mark")
STRUCK = ("s", "del", "strike")
BACK = "footnote"
"""The class of the arrow by which a footnote leads back to its mark."""
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_BYTE_ORDER = "\ufeff"
"""Begins a file, and is seen nowhere."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|[;\s])(?:color|background(?:-color)?)\s*:", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n]+")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)


@dataclass(frozen=True)
class Fragment:
    """The blocks of one piece of HTML; ``is_absent`` when it only says there is nothing.

    ``losses`` are what it holds besides.
    """

    blocks: tuple[Block, ...]
    is_absent: bool = False
    losses: tuple[Loss, ...] = ()


def clean_text(text: str) -> str:
    """Return text without characters no format can hold."""
    return _CONTROL.sub("\ufffd", text.replace(_BYTE_ORDER, ""))


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
    unseen_words = _take_hidden(root)
    reader = _Reader(drawings, prefix, pictures or Pictures())
    blocks = tuple(reader.blocks(root))
    control = [Loss("control")] if _CONTROL.search(written) else []
    is_whole = stands_in(str(root.text_content()), blocks)
    unread = () if is_whole else missing_words("".join(_shown(root)), blocks)
    words = [Loss("words", "” “".join(unread[:MOST_TOLD]))] if unread else []
    losses = (*control, *unseen_words, *_dropped(root), *words, *_looks(root), *reader.losses)
    return Fragment(blocks, losses=tuple(dict.fromkeys(losses)))


def _take_hidden(root: etree._Element) -> list[Loss]:
    """Take out what a browser shows nowhere, and return what it says."""
    hidden = [each for each in root.iter() if _is_hidden(each)]
    texts = [" ".join(_all_text(each).split()) for each in hidden]
    for each in hidden:
        if each.getparent() is not None:
            each.drop_tree()  # type: ignore[attr-defined]
    return [Loss("words", text) for text in texts if text]


def _is_hidden(element: etree._Element) -> bool:
    style = str(element.get("style", "")).replace(" ", "").lower()
    is_shown = element.getparent() is None or not _name(element)
    return not is_shown and (element.get("hidden") is not None or "display:none" in style)


def _looks(root: etree._Element) -> Iterable[Loss]:
    """Yield what of the looks of words no paper has: a line under them, a colour."""
    for each in root.iter():
        is_coloured = each.get("color") or each.get("bgcolor")
        style = str(each.get("style", ""))
        if _name(each) in UNDERLINED or is_coloured or _COLOUR.search(style):
            yield Loss("look")


def _shown(element: etree._Element) -> Iterable[str]:
    """Yield the texts of an element that a browser shows, but for what only folds or leads back."""
    name = _name(element)
    is_arrow = name == "a" and BACK in _classes(element)
    if name and name not in DROPPED and name != "summary" and not is_arrow:
        yield element.text or ""
        for child in element:
            yield from _shown(child)
    yield f"{element.tail or ''} "


def _dropped(root: etree._Element) -> Iterable[Loss]:
    """Yield what is lost with the elements that are dropped, the outermost of each."""
    for element in root.iter(*DROPPED):
        name = _name(element)
        text = " ".join(_all_text(element).split())
        if name in UNSEEN or any(_name(each) in DROPPED for each in element.iterancestors()):
            continue
        if name in EMBEDDED:
            yield Loss("embedded", f"{name} {element.get('src', '')}".strip())
        elif name in ("script", "style"):
            if text and OF_FRAMES not in text:
                yield Loss(name)
        elif text:
            yield Loss("words", text)


@dataclass(frozen=True)
class _Format:
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    verbatim: bool = False
    href: str = ""
    raised: Literal["", "sup", "sub"] = ""
    struck: bool = False


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
        loose: list[Text] = list(_text(parent.text, _Format()))
        for child in parent:
            name = _name(child)
            if name == "div" and MATH in _classes(child):
                _flush(loose, found)
                found += self._formula(_all_text(child))
            elif name in self.readers or (
                name and name not in DROPPED and self._holds_block(child)
            ):
                _flush(loose, found)
                found += self._read(child, name)
            else:
                loose += self._inline(child, _Format())
            loose += _text(child.tail, _Format())
        _flush(loose, found)
        return found

    def _read(self, element: etree._Element, name: str) -> Iterable[Block]:
        reader = self.readers.get(name)
        return reader(element) if reader else self.blocks(element)

    def _holds_block(self, element: etree._Element) -> bool:
        return any(_name(each) in self.readers for each in element.iterdescendants())

    def _heading(self, element: etree._Element) -> Iterable[Block]:
        inlines = self._trimmed(element)
        if inlines:
            yield Heading(int(_name(element)[1]), inlines)

    def _paragraph(self, element: etree._Element) -> Iterable[Block]:
        if self._holds_block(element):
            yield from self.blocks(element)
            return
        names = _classes(element)
        style: Style = next((STYLES[name] for name in names if name in STYLES), "body")
        formula = list(self._formula(_all_text(element)))
        if formula:
            yield from formula
        elif inlines := self._trimmed(element):
            yield Paragraph(inlines, style)

    def _list(self, element: etree._Element) -> Iterable[Block]:
        items = [_loose(element.text)]
        for child in element:
            name = _name(child)
            if name and name not in DROPPED:
                items.append(self.blocks(child) if name == "li" else [*self._read(child, name)])
            items.append(_loose(child.tail))
        filled = tuple(tuple(item) for item in items if item)
        if filled:
            start = str(element.get("start", "1"))
            yield ListBlock(
                _name(element) == "ol",
                filled,
                int(start) if re.fullmatch("[0-9]{1,6}", start) else 1,
                is_outline=OUTLINE in _classes(element),
            )

    def _quote(self, element: etree._Element) -> Iterable[Block]:
        for block in self.blocks(element):
            yield replace(block, style="quote") if isinstance(block, Paragraph) else block

    def _preformatted(self, element: etree._Element) -> Iterable[Block]:
        text = "".join(str(each) for each in element.itertext()).strip("\n")
        if any(MERMAID in _classes(each) for each in element.iter()):
            self.losses.append(Loss("diagram", text))
        if text.strip():
            yield Preformatted(text)

    def _figure(self, element: etree._Element) -> Iterable[Block]:
        captions = list(element.iter("figcaption"))
        caption = self._trimmed(captions[0]) if captions else ()
        data = self._chart_data(element)
        for child in element.iter("ita-svg", "img"):
            for block in self._read(child, _name(child)):
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
        """Read the table that a chart of ours carries folded away."""
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
        rows = [
            (row, _within(row, "thead"))
            for row in element.iter("tr")
            if _nearest(row, "table") is element
        ]
        head = [self._row(row) for row, is_head in rows if is_head]
        body = [self._row(row) for row, is_head in rows if not is_head]
        if not head and body and all(cell.scope for cell in body[0]):
            head, body = body[:1], body[1:]
        heads = [_as_head(row) for row in _needed(head)]
        rows_below = [_as_body(row) for row in _needed(body)]
        columns = max(count_columns(heads), count_columns(rows_below))
        if columns:
            yield Table(
                caption, even_out(heads, columns), even_out(rows_below, columns), columns=columns
            )

    def _row(self, row: etree._Element) -> tuple[Cell, ...]:
        return tuple(self._cell(cell) for cell in row if _name(cell) in ("td", "th"))

    def _cell(self, cell: etree._Element) -> Cell:
        scope = str(cell.get("scope", "")) or ("row" if _name(cell) == "th" else "")
        if scope not in ("", "col", "row", "rowgroup", "colgroup"):
            scope = "row"
        style = str(cell.get("style", "")) + ";" + str(_parent_style(cell))
        found = re.search(r"text-align:\s*(left|center|right)", style)
        verbatim = cell.get("translate") == "no"
        return Cell(
            inlines=self._trimmed(cell, _Format(verbatim=verbatim)),
            scope=scope,  # type: ignore[arg-type]
            align=cast("Align", found.group(1) if found else "left"),
            colspan=_span(cell, "colspan"),
            rowspan=_span(cell, "rowspan"),
        )

    def _trimmed(self, element: etree._Element, style: _Format | None = None) -> Inlines:
        return _trim(self._inlines(element, style or _Format()))

    def _inlines(self, element: etree._Element, style: _Format) -> list[Text]:
        found = list(_text(element.text, style))
        for child in element:
            found += self._inline(child, style)
            found += _text(child.tail, style)
        return found

    def _inline(self, element: etree._Element, style: _Format) -> list[Text]:
        name = _name(element)
        if not name or name in DROPPED:
            return []
        if name == "br":
            return [Text("", break_after=True)]
        if name in ("img", "ita-svg"):
            alt = clean_text(str(element.get("alt", "")))
            self.losses.append(Loss("inline_picture", alt))
            return [Text(alt)]
        if name == "span" and MATH in _classes(element):
            return [self._noted(_inline_formula(_all_text(element)))]
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
            if BACK in _classes(element):
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


def _inline_formula(text: str) -> Text:
    r"""Read ``\(x\)``; two prices in one sentence are no formula."""
    tex = text.strip()[2:-2]
    is_formula = bool(tex) and tex == tex.strip() and not _THAI.search(tex)
    return Text(tex, formula=True, verbatim=True) if is_formula else Text(f"${tex}$")


def _classes(element: etree._Element) -> list[str]:
    return str(element.get("class", "")).split()


def _all_text(element: etree._Element) -> str:
    return "".join(str(each) for each in element.itertext())


def _name(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _text(text: str | None, style: _Format) -> Iterable[Text]:
    if text:
        yield Text(
            _SPACES.sub(" ", clean_text(text)),
            style.strong,
            style.emphasis,
            style.code,
            style.verbatim,
            style.href,
            raised=style.raised,
            struck=style.struck,
        )


def _flush(loose: list[Text], found: list[Block]) -> None:
    inlines = _trim(loose)
    if inlines:
        found.append(Paragraph(inlines))
    loose.clear()


def _loose(text: str | None) -> list[Block]:
    """Read text that stands between the items of a list."""
    found: list[Block] = []
    _flush(list(_text(text, _Format())), found)
    return found


def _trim(inlines: Iterable[Text]) -> Inlines:
    """Drop the empty runs, and the spaces at both ends."""
    runs = [run for run in inlines if run.text or run.break_after]
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if not runs:
        return ()
    runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(runs)


def _needed(rows: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """Leave out the rows without a cell, unless cells from above reach into them."""
    reaching = 0
    for row in rows:
        if row or reaching:
            yield row
        reaching = max([reaching, *(cell.rowspan for cell in row)]) - 1 if row or reaching else 0


def _span(cell: etree._Element, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), 100) if re.fullmatch("[0-9]{1,6}", value) else 1


def _within(element: etree._Element, name: str) -> bool:
    return _nearest(element, name) is not None


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element.iterancestors() if _name(each) == name), None)


def _parent_style(cell: etree._Element) -> str:
    row = cell.getparent()
    return str(row.get("style", "")) if row is not None else ""


def _as_head(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, scope=cell.scope if cell.scope == "colgroup" else "col") for cell in row
    )


def _as_body(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(replace(cell, scope="row") if cell.scope == "col" else cell for cell in row)


def _unescape(text: str) -> str:
    return html.unescape(text)
