"""Reading a tagged PDF: paragraphs, headings, lists and tables as its structure names them.

pikepdf knows the structure, over all pages; pdfium knows which letters each of its pieces has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pikepdf

from ita_helpers.documents.building import Builder, RawRow, in_columns
from ita_helpers.documents.pdf_page import Letter, Page, joined_lines

_HEADING = re.compile(r"H([1-6])")
_BLOCKS = {"P", "H", "Caption", "LI", "TOCI", "Note", "BlockQuote", "Title"}
_ROWS = {"THead", "TBody", "TFoot"}
_CELLS = {"TH", "TD"}
_INLINE = {"Span", "Link", "Lbl", "Em", "Strong", "Reference", "Quote"}
_UNREAD = {"Artifact", "Figure", "Formula"}
_DEEPEST, MOST_SPANNED = 60, 100
_RAGGED = 45.0
"""Points: a line that ends further left of the edge of a page was ended there."""
_Piece = tuple[int, int]
"""A page by its place from 0, and the number of marked content on it."""


def read_tags(builder: Builder, tagged: pikepdf.Pdf, pages: list[Page], *, least: float) -> bool:
    """Add what the tags name; nothing and False if they reach less than a share of the text."""
    root = tagged.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary) or "/K" not in root:
        return False
    reader = _Reader(builder, tagged, pages, root.get("/RoleMap"))
    blocks = list(reader.blocks(root, -1, 0))
    reached = sum(len(reader.letters.get(each, ())) for each in reader.used)
    if reached < least * sum(len(page.letters) for page in pages):
        return False
    for add in blocks:
        add()
    for text, page in _edges_of_pages(pages, reader.used):
        builder.edge(text, page=page)
    return True


class _Reader:
    def __init__(
        self, builder: Builder, tagged: pikepdf.Pdf, pages: list[Page], roles: Any
    ) -> None:
        self.builder, self.roles = builder, roles
        self.numbers = {page.objgen: at for at, page in enumerate(tagged.pages)}
        self.letters = _letters(pages)
        self.edges = _edges(pages)
        self.used: set[_Piece] = set()
        self.lines = [0] * (len(pages) + 1)

    def blocks(self, element: Any, page: int, depth: int) -> Iterator[Any]:
        """Yield what adds each block below an element, in order."""
        loose: list[_Piece] = []
        for child, at in self._children(element, page):
            if isinstance(child, int):
                loose.append((at, child))
            elif (kind := self._kind(child)) in _INLINE:
                loose += self._pieces(child, at, 0)
            else:
                yield from self._loose(loose)
                loose = []
                yield from self._block(child, at, kind, depth)
        yield from self._loose(loose)

    def _block(self, element: Any, page: int, kind: str, depth: int) -> Iterator[Any]:
        if kind in _UNREAD or depth > _DEEPEST:
            self.used.update(self._pieces(element, page, 0))
        elif kind == "Table":
            yield self._table(element, page)
        elif _HEADING.fullmatch(kind) or (kind in _BLOCKS and not self._has_blocks(element, page)):
            yield self._line(self._pieces(element, page, 0), kind)
        else:
            yield from self.blocks(element, page, depth + 1)

    def _loose(self, pieces: list[_Piece]) -> Iterator[Any]:
        """Yield words that stand in no block of their own."""
        if pieces:
            yield self._line(pieces, "Span")

    def _line(self, pieces: list[_Piece], kind: str) -> Any:
        self.used.update(pieces)
        found = _HEADING.fullmatch(kind)
        text = self._text(pieces, is_free=True)
        page = pieces[0][0] + 1 if pieces else 0

        def add() -> None:
            if text:
                self.lines[page] += 1
                level = int(found[1]) if found else 0
                number = self.lines[page]
                self.builder.line(text, level=level, page=page, number=number)

        return add

    def _table(self, table: Any, page: int) -> Any:
        rows = list(self._rows(table, page))
        pieces = self._pieces(table, page, 0)
        self.used.update(pieces)
        first = pieces[0][0] + 1 if pieces else 0
        captions = [self._pieces(e, p, 0) for e, p in self._elements(table, page, {"Caption"})]

        def add() -> None:
            for caption in captions:
                self._line(caption, "P")()
            self.builder.table(rows, page=first)

        return add

    def _rows(self, table: Any, page: int) -> Iterator[RawRow]:
        """Yield the rows, each cell in its column."""
        rows = self._elements(table, page, {"TR"})
        return in_columns(self._cells(row, at) for row, at in rows)

    def _cells(self, row: Any, page: int) -> Iterator[tuple[str, int, int]]:
        for cell, at in self._elements(row, page, _CELLS):
            yield self._cell(cell, at), _span(cell, "/ColSpan"), _span(cell, "/RowSpan")

    def _cell(self, cell: Any, page: int) -> str:
        """Return the text of a cell; each paragraph in it is a line."""
        lines: list[str] = []
        loose: list[_Piece] = []
        for child, at in self._children(cell, page):
            if isinstance(child, int):
                loose.append((at, child))
            elif self._kind(child) in _INLINE:
                loose += self._pieces(child, at, 0)
            else:
                lines += self._cell_lines(child, at)
        return "\n".join(filter(None, (self._text(loose), *lines)))

    def _cell_lines(self, element: Any, page: int) -> list[str]:
        if self._kind(element) in ("L", "Div", "Sect", "NonStruct"):
            inner = [(e, p) for e, p in self._children(element, page) if not isinstance(e, int)]
            if inner:
                return [line for e, p in inner for line in self._cell_lines(e, p)]
        return [self._text(self._pieces(element, page, 0))]

    def _elements(self, element: Any, page: int, kinds: set[str]) -> Iterator[tuple[Any, int]]:
        """Yield the nearest elements of some kinds below one, those of groups of rows too."""
        for child, at in self._children(element, page):
            if isinstance(child, int):
                continue
            kind = self._kind(child)
            if kind in kinds:
                yield child, at
            elif kind in _ROWS or kind in ("Div", "NonStruct"):
                yield from self._elements(child, at, kinds)

    def _has_blocks(self, element: Any, page: int) -> bool:
        """Whether an element holds blocks of its own, as an entry with a list in it does."""
        for child, at in self._children(element, page):
            if isinstance(child, int):
                continue
            kind = self._kind(child)
            if kind in ("Table", "L") or (kind == "LBody" and self._has_blocks(child, at)):
                return True
        return False

    def _pieces(self, element: Any, page: int, depth: int) -> list[_Piece]:
        found: list[_Piece] = []
        for child, at in self._children(element, page):
            if isinstance(child, int):
                found.append((at, child))
            elif depth < _DEEPEST and self._kind(child) not in _UNREAD:
                found += self._pieces(child, at, depth + 1)
        return found

    def _text(self, pieces: list[_Piece], *, is_free: bool = False) -> str:
        """Return the text of some pieces.

        Outside tables a line that does not reach the edge of its page ends by intent.
        """
        lines: list[list[Letter]] = [[]]
        for piece in self._once(pieces):
            for letter in self.letters.get(piece, ()):
                if letter.text in "\r\n":
                    lines.append([])
                else:
                    lines[-1].append(letter)
        page = pieces[0][0] if pieces else 0
        edge = self.edges[page] - _RAGGED if is_free and page < len(self.edges) else 0.0
        return _joined([each for each in lines if each], edge)

    def _once(self, pieces: list[_Piece]) -> Iterator[_Piece]:
        """Yield pieces page by page, without those of a page that say the same as another's.

        A browser repeats the head of a table on each page, within the same cells.
        """
        said = set[str]()
        for _, found in groupby(sorted(pieces, key=itemgetter(0)), key=itemgetter(0)):
            of_page = list(found)
            text = "".join(e.text for piece in of_page for e in self.letters.get(piece, ())).strip()
            if text not in said:
                yield from of_page
            said.add(text)

    def _children(self, element: Any, page: int) -> Iterator[tuple[Any, int]]:
        """Yield elements and numbers of marked content, each with its page."""
        at = self._page(element, page)
        kids = element.get("/K")
        for child in kids if isinstance(kids, pikepdf.Array) else () if kids is None else (kids,):
            if isinstance(child, int):
                yield child, at
            elif not isinstance(child, pikepdf.Dictionary):
                continue
            elif "/MCID" in child:
                yield int(child["/MCID"]), self._page(child, at)
            elif child.get("/Type") != "/OBJR":
                yield child, self._page(child, at)

    def _page(self, element: Any, otherwise: int) -> int:
        own = element.get("/Pg")
        return otherwise if own is None else self.numbers.get(own.objgen, otherwise)

    def _kind(self, element: Any) -> str:
        kind = str(element.get("/S", "/"))
        for _ in range(4):
            if not isinstance(self.roles, pikepdf.Dictionary) or kind not in self.roles:
                break
            kind = str(self.roles[kind])
        return kind.removeprefix("/")


def _edges_of_pages(pages: list[Page], used: set[_Piece]) -> Iterator[tuple[str, int]]:
    """Yield what stands outside the structure of most pages, with the first page that has it."""
    found: dict[str, list[int]] = {}
    for at, page in enumerate(pages):
        loose = ("\n" if (at, e.marked) in used else e.text for e in page.letters)
        for line in {each.strip() for each in re.split(r"[\r\n]+", "".join(loose))}:
            found.setdefault(line, []).append(at + 1)
    for line, on in found.items():
        if line and len(on) > 1 and len(on) > len(pages) / 2:
            yield line, on[0]


def _letters(pages: list[Page]) -> dict[_Piece, list[Letter]]:
    """Return the letters of each piece of marked content."""
    found: dict[_Piece, list[Letter]] = {}
    for at, page in enumerate(pages):
        for letter in page.letters:
            if letter.marked >= 0:
                found.setdefault((at, letter.marked), []).append(letter)
    return found


def _edges(pages: list[Page]) -> list[float]:
    """Return where the text of each page ends on the right: one place for pages of one width."""
    widest: dict[int, float] = {}
    for page in pages:
        right = max((each.right for each in page.letters), default=0.0)
        widest[round(page.width)] = max(right, widest.get(round(page.width), 0.0))
    return [widest[round(page.width)] for page in pages]


def _joined(lines: list[list[Letter]], edge: float) -> str:
    """Return lines as one text; one that ends before the edge is parted by a blank."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        pieces[-1].append("".join(each.text for each in line))
        if line[-1].right < edge:
            pieces.append([])
    return " ".join(filter(None, map(joined_lines, pieces)))


def _span(cell: Any, key: str) -> int:
    """Return over how many columns or rows a cell goes."""
    said = cell.get("/A")
    for each in said if isinstance(said, pikepdf.Array) else (said,):
        if isinstance(each, pikepdf.Dictionary) and key in each:
            return min(max(int(each[key]), 1), MOST_SPANNED)
    return 1
