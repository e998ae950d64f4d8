"""Reading web pages and Markdown: what a browser shows, with nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import mistune
from lxml import etree

from ita_helpers.documents.building import Builder, RawRow, in_columns
from ita_helpers.documents.plain_rows import with_rules
from ita_helpers.files.packages import BEYOND, BeyondLimits

_UNSEEN = (
    "script",
    "style",
    "template",
    "svg",
    "head",
    "noscript",
    "iframe",
    "object",
    "nav",
    "del",
)
_BLOCKS = (
    *("p", "li", "dt", "dd", "figcaption", "caption", "summary", "blockquote", "pre", "address"),
    *(f"h{level}" for level in range(1, 7)),
)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(r"\s*<\?xml\b[^>]*>")
"""What a page begins with that is XML too; its encoding was known before."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
WRITTEN_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table>", re.IGNORECASE | re.DOTALL)
"""A table that is written with tags in a text."""
MOST_SPANNED = 200
"""No table of a report has a cell over more columns or rows."""
FEWEST_FACTS, LONGEST_FACT = 2, 80
"""Terms of a list that is read as a table of facts, and letters of each of its parts at most."""


def read_markdown(builder: Builder, text: str) -> None:
    """Add the lines and tables of a Markdown text."""
    whole = WRITTEN_TABLE.sub(lambda table: f"\n\n{_BLANK.sub(' ', table.group())}\n\n", text)
    made = mistune.create_markdown(escape=False, plugins=["table"])(with_rules(whole))
    read_web(builder, f"<div>{made}</div>")


def read_web(builder: Builder, text: str) -> None:
    """Add the lines and tables of a page. Raises ``BeyondLimits`` for one nested too deeply."""
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    page = lxml.html.document_fromstring(_DECLARED.sub("", text) or "<p></p>", parser=parser)
    _refuse_rest(parser)
    body = page.find("body")
    _Page(builder).read(page if body is None else body)


def _refuse_rest(parser: etree.HTMLParser) -> None:
    """Raise ``BeyondLimits`` if the parser gave up, for it hands out what it had by then."""
    for each in parser.error_log:
        if each.type == BEYOND:
            raise BeyondLimits(each.message)


class _Page:
    """Walks through a page; text that stands in no block of its own is a line too."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.loose: list[str] = []

    def read(self, element: etree._Element) -> None:
        self._walk(element)
        self._end()

    def _walk(self, element: etree._Element) -> None:
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_unseen(child):
                self._block(child)
            self._add(child.tail)

    def _block(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "table" and not _is_layout(element):
            self._end()
            caption = element.find("caption")
            if caption is not None:
                self.builder.line(_text(caption))
            self.builder.table(list(_rows(element)))
        elif tag == "br":
            self._end()
        elif tag in _BLOCKS and not _holds_blocks(element):
            self._end()
            level = int(tag[1]) if re.fullmatch(r"h\d", tag) else 0
            self.builder.line(f"{_mark(element)}{_text(element)}", level=level)
        elif tag == "dl" and (facts := _facts(element)):
            self._end()
            self.builder.table(facts)
        elif _is_inline(element):
            self._walk(element)
        elif _is_grid(element):
            self._end()
            self.builder.table([[_text(cell) for cell in row] for row in element])
        else:
            self._end()
            self._walk(element)
            self._end(is_alone=_is_bold(element))

    def _add(self, text: str | None) -> None:
        if text:
            self.loose.append(text)

    def _end(self, *, is_alone: bool = False) -> None:
        self.builder.line(_BLANK.sub(" ", "".join(self.loose)), is_alone=is_alone)
        self.loose.clear()


def _mark(element: etree._Element) -> str:
    """Return what a browser shows before an entry of a list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "- "
    entries = [each for each in parent if each.tag == "li"]
    first = _whole(parent.get("start"), 1)
    return f"{first + entries.index(element)}. "


def _is_unseen(element: etree._Element) -> bool:
    style = element.get("style") or ""
    is_hidden = "hidden" in element.attrib or _HIDDEN.search(style)
    return element.tag in _UNSEEN or bool(is_hidden)


def _holds_blocks(element: etree._Element) -> bool:
    return any(
        child.tag in (*_BLOCKS, "table", "div", "ul", "ol")
        for child in element.iter()
        if child is not element
    )


def _is_inline(element: etree._Element) -> bool:
    return element.tag in (
        "a",
        "span",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "small",
        "sub",
        "sup",
        "font",
        "abbr",
        "mark",
        "time",
        "label",
        "code",
        "ins",
        "data",
        "cite",
        "q",
    )


def _is_bold(element: etree._Element) -> bool:
    """Whether all that a block shows is bold."""
    return (
        len(element) == 1
        and element[0].tag in ("b", "strong")
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
    )


def _is_grid(element: etree._Element) -> bool:
    """Whether blocks are laid out as a table: rows of as many cells, and no blocks in these."""
    rows = [row for row in element if isinstance(row.tag, str)]
    widths = {len(row) for row in rows}
    return (
        element.tag == "div"
        and len(rows) > 1
        and len(widths) == 1
        and widths.pop() > 1
        and all(row.tag == "div" and not (row.text or "").strip() for row in rows)
        and all(cell.tag in ("div", "span") and not len(cell) for row in rows for cell in row)
    )


def _facts(element: etree._Element) -> list[RawRow]:
    """Return the rows of a list in which each term has one short description, else none."""
    parts = [each for each in element.iter("dt", "dd") if not _is_unseen(each)]
    texts = [_text(each) for each in parts]
    are_paired = [each.tag for each in parts] == ["dt", "dd"] * (len(parts) // 2)
    if len(parts) < 2 * FEWEST_FACTS or not are_paired or max(map(len, texts)) > LONGEST_FACT:
        return []
    return [list(pair) for pair in zip(texts[::2], texts[1::2], strict=True)]


def _is_layout(table: etree._Element) -> bool:
    """Whether a table has a table in it, and so only places things on the page."""
    return any(child is not table for child in table.iter("table"))


def _text(element: etree._Element) -> str:
    """Return the text of a block; ``br`` and the ends of inner blocks are line ends."""
    return "\n".join(filter(None, (_BLANK.sub(" ", line).strip() for line in _lines(element))))


def _lines(element: etree._Element) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            yield "".join(pieces)
            pieces = []
        else:
            pieces.append(piece)
    yield "".join(pieces)


def _pieces(element: etree._Element) -> Iterator[str | None]:
    """Yield pieces of text, and nothing (``None``) where a line ends."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_unseen(child):
            if child.tag == "br" or not _is_inline(child):
                yield None
            yield from _pieces(child)
            if child.tag != "br" and not _is_inline(child):
                yield None
        yield child.tail or ""


def _rows(table: etree._Element) -> Iterator[RawRow]:
    """Yield the rows, each cell in its column."""
    seen = (row for row in table.iter("tr") if not _is_unseen(row))
    return in_columns(map(_cells, seen))


def _cells(row: etree._Element) -> Iterator[tuple[str, int, int]]:
    for cell in row.iterchildren("td", "th"):
        yield _text(cell), _span(cell, "colspan"), _span(cell, "rowspan")


def _span(cell: etree._Element, name: str) -> int:
    return min(max(_whole(cell.get(name), 1), 1), MOST_SPANNED)


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 6 else otherwise
