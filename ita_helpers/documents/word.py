"""Reading Word files: what their pages show, with tracked changes taken as accepted.

Only the parts of text are opened. Links, macros, fields and embedded objects are never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ita_helpers.documents.building import Builder
from ita_helpers.documents.word_lists import Numbering, Styles
from ita_helpers.documents.word_xml import (
    attribute,
    child,
    children,
    find,
    is_bold,
    is_deleted,
    is_hidden,
    value_of,
)
from ita_helpers.files.packages import Package, local

MAIN = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
_LEFT_OUT = {
    *("del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "txbxContent"),
    *("annotationRef", "separator", "continuationSeparator"),
}
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MACROS = "vbaproject.bin"


def is_word(package: Package) -> bool:
    """Whether a package is a Word file, macros or not."""
    return MAIN in package


def has_macros(package: Package) -> bool:
    """Whether programs lie in a Word file; nobody runs them here."""
    return any(each.endswith(_MACROS) for each in package.names)


def read_word(builder: Builder, package: Package) -> None:
    """Add the paragraphs, lists, tables, text boxes and notes of a Word file, then its edges."""
    reader = _Reader(builder, package)
    body = find(package.tree(MAIN), "body")
    reader.read(body)
    for name in NOTES:
        if name in package:
            for note in package.tree(name):
                if not attribute(note, "type"):
                    reader.read(note)
    for name in sorted(package.names):
        if _EDGE.fullmatch(name):
            reader.read_edge(package.tree(name))


class _Paragraph(NamedTuple):
    text: str
    level: int
    is_bold: bool


class _Reader:
    def __init__(self, builder: Builder, package: Package) -> None:
        self.builder = builder
        self.styles = Styles.of(package)
        self.numbering = Numbering.of(package, self.styles)

    def read(self, parent: etree._Element | None) -> None:
        for block in _blocks(parent):
            if local(block) == "p":
                self._line(block)
            elif local(block) == "tbl":
                self._table(block)

    def read_edge(self, part: etree._Element) -> None:
        """Add what the heads or the feet of pages say."""
        for paragraph in part.iter("{*}p"):
            self.builder.edge(self._paragraph(paragraph).text.replace("\t", " ").strip())

    def _line(self, paragraph: etree._Element) -> None:
        read = self._paragraph(paragraph)
        text = read.text.replace("\t", " ")
        self.builder.line(text, level=read.level, is_alone=read.is_bold)
        for box in _boxes(paragraph):
            self.read(box)

    def _paragraph(self, paragraph: etree._Element) -> _Paragraph:
        text = "".join(_pieces(paragraph))
        if not text.strip():
            return _Paragraph("", 0, False)
        number = self.numbering.number(paragraph)
        runs = [run for run in paragraph.iter("{*}r") if "".join(_pieces(run)).strip()]
        bold = all(map(is_bold, runs)) or self.styles.is_bold(paragraph)
        return _Paragraph(f"{number} {text}".strip(), self.styles.level(paragraph), bold)

    def _table(self, table: etree._Element) -> None:
        rows = [each for each in _blocks(table) if local(each) == "tr" and not is_deleted(each)]
        cells = [cell for row in rows for cell in _cells(row)]
        if len(cells) == 1:
            self.read(cells[0])
            return
        self.builder.table([list(self._row(row)) for row in rows])
        for cell in cells:
            for inner in _blocks(cell):
                if local(inner) == "tbl":
                    self._table(inner)

    def _row(self, row: etree._Element) -> Iterator[str | None]:
        for _ in range(_number(row, "trPr", "gridBefore")):
            yield ""
        for cell in _cells(row):
            merged = child(child(cell, "tcPr"), "vMerge")
            is_continued = merged is not None and attribute(merged, "val") in ("", "continue")
            yield None if is_continued else self._text(cell)
            for _ in range(_number(cell, "tcPr", "gridSpan") - 1):
                yield None if is_continued else ""

    def _text(self, cell: etree._Element) -> str:
        paragraphs = [each for each in _blocks(cell) if local(each) == "p"]
        lines = [self._paragraph(each).text.replace("\t", " ") for each in paragraphs]
        for paragraph in paragraphs:
            lines += [self._text(box) for box in _boxes(paragraph)]
        return "\n".join(filter(None, map(str.strip, lines)))


def _blocks(parent: etree._Element | None) -> Iterator[etree._Element]:
    """Yield paragraphs, tables, rows or cells, those in content controls and insertions too."""
    for element in children(parent):
        if local(element) in _WRAPPERS:
            yield from _blocks(element)
        elif local(element) == "AlternateContent":
            yield from _blocks(child(element, "Choice"))
        else:
            yield element


def _cells(row: etree._Element) -> list[etree._Element]:
    return [each for each in _blocks(row) if local(each) == "tc"]


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the text that an element shows outside its text boxes."""
    for each in children(element):
        name = local(each)
        if name in _LEFT_OUT or (name == "r" and is_hidden(each)):
            continue
        if name == "t":
            yield each.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _pieces(each)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes that hang on a paragraph, each once."""
    for each in children(element):
        if local(each) == "txbxContent":
            yield each
        elif local(each) not in ("Fallback", "del", "moveFrom"):
            yield from _boxes(each)


def _number(element: etree._Element, properties: str, name: str) -> int:
    written = value_of(child(element, properties), name)
    return min(int(written), 100) if written.isdecimal() else 0
