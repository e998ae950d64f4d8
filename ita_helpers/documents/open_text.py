"""Reading OpenDocument texts (.odt), LibreOffice's own: what their pages show.

Only the parts of text are opened; links, macros and embedded objects are never followed. What a
tracked change deleted stands apart in such a file and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ita_helpers.documents.building import Builder, RawRow
from ita_helpers.documents.word_lists import Level, next_number
from ita_helpers.documents.word_xml import attribute, child, children
from ita_helpers.files.packages import Package, local

_CONTENT, _STYLES = "content.xml", "styles.xml"
_KIND = b"application/vnd.oasis.opendocument.text"
_GROUPS = {
    *("section", "index-body", "index-title", "table-of-content", "illustration-index"),
    *("table-index", "numbered-paragraph", "table-header-rows", "table-rows", "table-row-group"),
}
_LEFT_OUT = {
    *("tracked-changes", "annotation", "annotation-end", "note", "ruby-text", "hidden-text"),
    *("forms", "sequence-decls", "table-of-content-source"),
}
_SHAPES = {"custom-shape", "rect", "ellipse", "circle", "caption", "polygon", "path", "text-box"}
"""What holds paragraphs of its own on a page."""
_DRAWN = {*_SHAPES, "frame", "g", "line", "connector", "polyline"}
_SIGNS = {"tab": "\t", "line-break": "\n"}
_EDGES = {"header", "header-left", "header-first", "footer", "footer-left", "footer-first"}
_KINDS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    chr(0x0E51): "thaiNumbers",
    chr(0x0E01): "thaiLetters",
}
"""How the entries of a list are numbered, by the first of its numbers."""
_OUTLINE = "outline"
"""The list whose entries are the headings."""
_PLACE = re.compile(r"%(\d)%")
MOST_SPANNED, MOST_SPACES = 200, 100


def is_open_text(package: Package) -> bool:
    """Whether a package is an OpenDocument text."""
    return "mimetype" in package and package.read("mimetype").strip().startswith(_KIND)


def begins_as_open_text(content: bytes) -> bool:
    """Whether the first bytes of a file are those of an OpenDocument text."""
    return b"mimetype" + _KIND in content


def read_open_text(builder: Builder, package: Package) -> None:
    """Add the paragraphs, lists, tables, text boxes and notes of a text, then its edges."""
    content = package.tree(_CONTENT)
    parts = [content, package.tree(_STYLES)] if _STYLES in package else [content]
    reader = _Reader(builder, parts)
    reader.read(next(iter(content.iter("{*}text")), None))
    for note in content.iter("{*}note-body"):
        reader.read(note)
    for part in parts[1:]:
        for edge in part.iter(*(f"{{*}}{name}" for name in _EDGES)):
            for line in reader.lines(edge):
                builder.edge(line)


@dataclass(frozen=True)
class _Style:
    parent: str
    is_bold: bool | None
    is_hidden: bool


class _Lists:
    """Numbers the entries of lists, whose counts go on where a list says so."""

    def __init__(self, parts: list[etree._Element]) -> None:
        self._levels = dict(_list_styles(parts))
        self._counts: dict[str, dict[int, int]] = {}

    def begin(self, block: etree._Element, name: str, depth: int) -> None:
        """Begin a list anew unless it goes on with the one before it."""
        goes_on = attribute(block, "}continue-numbering") == "true"
        if not depth and not goes_on and not attribute(block, "}continue-list"):
            self._counts.pop(name, None)

    def number(self, name: str, depth: int, start: str = "") -> str:
        """Return what stands before the next entry of a list, and count it."""
        levels = self._levels.get(name, {})
        if depth not in levels:
            return "" if name == _OUTLINE else "-"
        counts = self._counts.setdefault(name, {})
        first = int(start) if start.isdecimal() else 0
        return next_number(levels, counts, depth, first)


class _Reader:
    def __init__(self, builder: Builder, parts: list[etree._Element]) -> None:
        self.builder = builder
        self.styles = dict(_styles(parts))
        self.lists = _Lists(parts)

    def read(self, parent: etree._Element | None) -> None:
        for block in self._blocks(parent):
            self._block(block)

    def lines(self, parent: etree._Element) -> list[str]:
        """Return the texts of all paragraphs in an element."""
        found = parent.iter("{*}p", "{*}h")
        return [text for each in found if (text := self._text(each).strip())]

    def _block(self, block: etree._Element) -> None:
        name = local(block)
        if name in ("p", "h"):
            self._line(block)
        elif name == "list":
            for mark, entry in self._entries(block, "", 0):
                self._line(entry, mark)
        elif name == "table":
            self._table(block)

    def _blocks(self, parent: etree._Element | None) -> Iterator[etree._Element]:
        """Yield the blocks of an element, those of its shown sections and groups too."""
        for each in children(parent):
            if local(each) in _GROUPS:
                if attribute(each, "}display") != "none":
                    yield from self._blocks(each)
            elif local(each) in _DRAWN:
                for box in _boxes(each):
                    yield from self._blocks(box)
            else:
                yield each

    def _entries(
        self, block: etree._Element, name: str, depth: int
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield the paragraphs of a list with what stands before each."""
        name = attribute(block, "}style-name") or name
        self.lists.begin(block, name, depth)
        for entry in children(block):
            mark = None if local(entry) == "list-header" else ""
            for each in children(entry):
                if local(each) == "list":
                    yield from self._entries(each, name, depth + 1)
                elif local(each) in ("p", "h"):
                    if mark == "":
                        start = attribute(entry, "}start-value")
                        mark = self.lists.number(name, depth, start)
                    yield mark or "", each
                    mark = None

    def _line(self, paragraph: etree._Element, mark: str = "") -> None:
        text = self._text(paragraph).replace("\t", " ")
        said = attribute(paragraph, "}outline-level") if local(paragraph) == "h" else ""
        level = int(said) if said.isdecimal() else 0
        if text.strip() and level and not mark:
            mark = self.lists.number(_OUTLINE, level - 1)
        shown = f"{mark} {text}" if text.strip() else ""
        self.builder.line(shown, level=level, is_alone=self._is_bold(paragraph))
        for box in _boxes(paragraph):
            self.read(box)

    def _text(self, element: etree._Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        """Yield the text that an element shows outside its text boxes."""
        yield element.text or ""
        for each in children(element):
            name = local(each)
            if name in _SIGNS:
                yield _SIGNS[name]
            elif name == "s":
                count = attribute(each, "}c")
                yield " " * min(int(count) if count.isdecimal() else 1, MOST_SPACES)
            elif name not in _LEFT_OUT and name not in _DRAWN and not self._is_hidden(each):
                yield from self._pieces(each)
            yield each.tail or ""

    def _is_hidden(self, element: etree._Element) -> bool:
        style = self.styles.get(attribute(element, "}style-name"))
        return style is not None and style.is_hidden

    def _is_bold(self, paragraph: etree._Element) -> bool:
        """Whether all that a paragraph shows is bold."""
        own = self._has_bold(attribute(paragraph, "}style-name"))
        loose = (paragraph.text or "") + "".join(each.tail or "" for each in children(paragraph))
        if loose.strip():
            return own
        shown = [each for each in children(paragraph) if self._text(each).strip()]
        return bool(shown) and all(self._has_bold(attribute(e, "}style-name"), own) for e in shown)

    def _has_bold(self, name: str, otherwise: bool = False) -> bool:
        seen = set[str]()
        while name in self.styles and name not in seen:
            style = self.styles[name]
            if style.is_bold is not None:
                return style.is_bold
            seen.add(name)
            name = style.parent
        return otherwise

    def _table(self, table: etree._Element) -> None:
        rows = [each for each in self._blocks(table) if local(each) == "table-row"]
        cells = [cell for row in rows for cell in children(row) if local(cell) == "table-cell"]
        if len(cells) == 1:
            self.read(cells[0])
            return
        self.builder.table(list(self._rows(rows)))
        for cell in cells:
            for inner in self._blocks(cell):
                if local(inner) == "table":
                    self._table(inner)

    def _rows(self, rows: list[etree._Element]) -> Iterator[RawRow]:
        """Yield the rows, each cell in its column."""
        above: dict[int, int] = {}
        for row in rows:
            cells: list[str | None] = []
            for cell in children(row):
                at = len(cells)
                if local(cell) == "covered-table-cell":
                    is_below = above.get(at, 0) > 0
                    cells.append(None if is_below else "")
                    above[at] = max(above.get(at, 0) - 1, 0)
                elif local(cell) == "table-cell":
                    wide, high = (_span(cell, each) for each in ("columns", "rows"))
                    above |= dict.fromkeys(range(at, at + wide), high - 1)
                    cells.append(self._cell(cell))
            yield cells

    def _cell(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for block in self._blocks(cell):
            if local(block) == "list":
                entries = self._entries(block, "", 0)
                lines += [f"{mark} {self._text(entry)}" for mark, entry in entries]
            elif local(block) in ("p", "h"):
                lines.append(self._text(block))
                lines += [line for box in _boxes(block) for line in self.lines(box)]
        return "\n".join(filter(None, (each.replace("\t", " ").strip() for each in lines)))


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes and shapes in an element, or itself if it is one."""
    if local(element) in _SHAPES:
        yield element
        return
    for each in children(element):
        yield from _boxes(each)


def _span(cell: etree._Element, of: str) -> int:
    said = attribute(cell, f"}}number-{of}-spanned")
    return min(max(int(said), 1), MOST_SPANNED) if said.isdecimal() else 1


def _styles(parts: list[etree._Element]) -> Iterator[tuple[str, _Style]]:
    for part in parts:
        for style in part.iter("{*}style"):
            text = child(style, "text-properties")
            weights = [] if text is None else [_weight(text, ""), _weight(text, "-complex")]
            said = [each for each in weights if each]
            is_bold = any(each not in ("normal", "400") for each in said) if said else None
            is_hidden = text is not None and attribute(text, "}display") == "none"
            parent = attribute(style, "}parent-style-name")
            yield attribute(style, "}name"), _Style(parent, is_bold, is_hidden)


def _weight(properties: etree._Element, script: str) -> str:
    return attribute(properties, f"}}font-weight{script}")


def _list_styles(parts: list[etree._Element]) -> Iterator[tuple[str, Mapping[int, Level]]]:
    for part in parts:
        for style in part.iter("{*}list-style", "{*}outline-style"):
            levels = (_level(each) for each in children(style))
            name = _OUTLINE if local(style) == "outline-style" else attribute(style, "}name")
            yield name, {at: level for at, level in levels if level}


def _level(element: etree._Element) -> tuple[int, Level | None]:
    """Return a level of a list from 0 on, and how its entries are numbered; a bullet is none."""
    said = attribute(element, "}level")
    at = int(said) - 1 if said.isdecimal() else 0
    if local(element) not in ("list-level-style-number", "outline-level-style"):
        return at, None
    kind = _KINDS.get(attribute(element, "}num-format")[:1], "none")
    text = _PLACE.sub(r"%\1", attribute(element, "}num-list-format"))
    if not text:
        shown = attribute(element, "}display-levels")
        count = int(shown) if shown.isdecimal() else 1
        places = (f"%{each}" for each in range(at + 2 - count, at + 2))
        before, behind = (attribute(element, f"}}num-{end}") for end in ("prefix", "suffix"))
        text = f"{before}{'.'.join(places)}{behind}"
    start = attribute(element, "}start-value")
    return at, Level(kind, text, int(start) if start.isdecimal() else 1)
