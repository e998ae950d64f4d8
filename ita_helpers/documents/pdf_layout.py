"""Reading a PDF without tags: lines by where words stand, tables by their rulings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ita_helpers.documents.building import Builder, RawRow, page_words
from ita_helpers.documents.headings import indicator_words, is_listed
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.pdf_columns import ROW, Grid, head_of, leading_of, parted
from ita_helpers.documents.pdf_page import Page, Ruling, joined_lines
from ita_helpers.documents.pdf_side_by_side import SideBySide, read_down
from ita_helpers.documents.pdf_words import (
    NEAR,
    NUMBERED,
    Words,
    cell_text,
    line_text,
    lines_of,
    words_of,
)

_EDGE, _TOP, _FOOT = 80.0, -1, -2
"""Points from the edge of a page in which its head and its foot stand; marks for the two."""
_RAGGED = 45.0
"""Points: a line that ends further left ends its paragraph."""
_SPACED = 1.5
"""Points by which paragraphs are at least further apart than their lines, if they are."""
_UNEVEN = 12.0
"""Points by which the room on both sides of a line in the middle may differ."""
_LONG = 0.6
"""The share of its width that a line of a paragraph has at least."""
_DOTTED = re.compile(r"\s*[0-9\u0e50-\u0e59]{1,2}(?:\.[0-9\u0e50-\u0e59]{1,2})+\s")
_LETTERS = re.compile(r"[A-Za-z\u0e01-\u0e2e]")
_DIGITS = re.compile(r"[0-9\u0e50-\u0e59]+")


@dataclass
class _Table:
    page: Page
    xs: list[float]
    ys: list[float]
    rulings: list[Ruling]

    def holds(self, words: Words) -> bool:
        x = (words.left + words.right) / 2
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < words.middle < self.ys[-1]


def read_layout(builder: Builder, pages: Sequence[Page]) -> None:
    """Add the lines and tables of all pages, without what is repeated at their edges."""
    found = [(page, _tables(page), list(words_of(page))) for page in pages]
    free = [
        (page, [each for each in words if not any(table.holds(each) for table in tables)])
        for page, tables, words in found
    ]
    edges = _repeated(free)
    kept = [[each for each in words if _key(page, each) not in edges] for page, words in free]
    read = [read_down(words) for words in kept]
    lined = [lines_of(each.words) for each in read]
    leading = leading_of(lined)
    flow = _Flow(builder, leading)
    blocks = _blocks(lined, leading)
    for (page, tables, words), down, outside in zip(found, read, blocks, strict=True):
        flow.add(page, _in_order(tables, words, outside, down), down.ends)
    flow.end()
    _add_edges(builder, free, edges, leading)


def _add_edges(
    builder: Builder,
    free: Sequence[tuple[Page, Sequence[Words]]],
    edges: set[tuple[str, int]],
    leading: float,
) -> None:
    """Add what pages repeat, each as the first page has it."""
    told: set[tuple[str, int]] = set()
    for page, words in free:
        repeated = [each for each in words if _key(page, each) in edges - told]
        told |= {_key(page, each) for each in repeated}
        for _, text, _ in _paragraphs(lines_of(repeated), leading):
            builder.edge(text, page=page.number)


def _blocks(
    pages: Sequence[Sequence[list[Words]]], leading: float
) -> list[list[list[Words] | Grid]]:
    """Return the lines of all pages outside rulings, and those of them that are tables."""
    made: list[list[list[Words] | Grid]] = []
    for lines in pages:
        last = made[-1][-1] if made and made[-1] else None
        blocks = parted(lines, leading, last if isinstance(last, Grid) else None)
        if blocks and isinstance(blocks[0], Grid) and isinstance(last, list):
            made[-1][-1] = head_of(last, blocks[0]) or last
        made.append(blocks)
    return made


def _in_order(
    tables: Sequence[_Table],
    words: Sequence[Words],
    outside: Sequence[list[Words] | Grid],
    down: SideBySide,
) -> list[object]:
    """Return the tables and lines of a page from its top."""
    inside: dict[int, list[Words]] = {}
    for each in words:
        at = next((number for number, table in enumerate(tables) if table.holds(each)), None)
        if at is not None:
            inside.setdefault(at, []).append(each)
    blocks: list[tuple[float, object]] = [
        (down.height(tables[at].xs[0], tables[at].ys[-1]), _rows(tables[at], cells))
        for at, cells in inside.items()
    ]
    for block in outside:
        if isinstance(block, Grid):
            blocks.append((block.lines[0][0].middle, block.rows))
        else:
            blocks.append((block[0].middle, block))
    return [block for _, block in sorted(blocks, key=lambda pair: -pair[0])]


class _Flow:
    """Adds the blocks of one page after another; a paragraph may go on over a page."""

    def __init__(self, builder: Builder, leading: float) -> None:
        self._builder, self._leading = builder, leading
        self._lines: list[tuple[int, list[Words]]] = []
        self._numbers = Counter[int]()

    def add(self, page: Page, blocks: Sequence[object], ends: Sequence[float] = ()) -> None:
        """Add the blocks of a page, wide gaps in several lines being those of a table.

        At the heights ``ends`` columns of text begin or end, which no paragraph reaches over.
        """
        has_lines = False
        above = 0
        for block in blocks:
            assert isinstance(block, list)
            if block and isinstance(block[0], Words):
                has_lines = True
                passed = sum(each > block[0].base for each in ends)
                if passed != above:
                    self.end()
                above = passed
                self._lines.append((page.number, block))
                continue
            self.end()
            self._builder.table(block, page=page.number, may_go_on=not has_lines)

    def end(self) -> None:
        """Add the lines of which paragraphs are not yet made, each where its first one stands."""
        for first, text, is_bold in _paragraphs([line for _, line in self._lines], self._leading):
            page = self._lines[first][0]
            self._numbers[page] += 1
            is_alone = is_bold or text.startswith(indicator_words())
            self._builder.line(text, page=page, number=self._numbers[page], is_alone=is_alone)
        self._lines.clear()


def _paragraphs(lines: Sequence[list[Words]], leading: float) -> Iterator[tuple[int, str, bool]]:
    """Yield paragraphs with the numbers of their first lines, and whether they begin bold.

    A full line goes on with the next one. ``leading`` is the distance of lines of text in points.
    """
    if not lines:
        return
    start = min(line[0].left for line in lines)
    edge = max(line[-1].right for line in lines)
    pieces: list[str] = []
    first, is_bold = 0, False
    for number, (line, following) in enumerate(pairwise([*lines, []])):
        first, is_bold = (first, is_bold) if pieces else (number, line[0].is_bold)
        pieces.append(line_text(line))
        is_centred = _is_centred(line, start, edge)
        is_full = bool(following) and not is_centred and _goes_on(line, following, edge, leading)
        begins = line_text(following)
        apart = following and line[0].base - following[0].base > ROW * leading
        if not is_full or apart or _begins(pieces[-1], line, begins, following):
            yield first, joined_lines(pieces), is_bold
            pieces = []


def _begins(before: str, line: Sequence[Words], text: str, words: Sequence[Words]) -> bool:
    """Whether a line begins a paragraph by what it says: an entry, a caption or a bold heading."""
    if is_listed(text) or NUMBERED.match(text):
        return True
    if pattern("caption").match(text) and not pattern("caption_due").search(before):
        return True
    return words[0].is_bold and not line[0].is_bold and bool(_DOTTED.match(text))


def _is_centred(line: Sequence[Words], start: float, edge: float) -> bool:
    """Whether a line stands in the middle, as those of a title do, with room on both sides."""
    before, behind = line[0].left - start, edge - line[-1].right
    return min(before, behind) > _RAGGED and abs(before - behind) < _UNEVEN


def _goes_on(
    line: Sequence[Words], following: Sequence[Words], edge: float, leading: float
) -> bool:
    """Whether a line is full, or broken early before a long word of a paragraph.

    The first line of the next page must not begin a paragraph: how far the two are apart tells
    nothing.
    """
    is_full = line[-1].right > edge - _RAGGED
    if following[0].base > line[0].base:
        is_indented = following[0].left > line[0].left + NEAR
        return is_full and not is_indented and following[0].is_bold == line[0].is_bold
    if is_full:
        return True
    is_long = line[-1].right - line[0].left > _LONG * (edge - line[0].left)
    is_near = line[0].base - following[0].base < leading + _SPACED
    is_below = following[0].left <= line[0].left + NEAR
    return is_long and is_near and is_below and not line[0].is_bold


def _repeated(found: Sequence[tuple[Page, Sequence[Words]]]) -> set[tuple[str, int]]:
    """Return what stands on most pages at one height, whatever numbers are in it."""
    seen = Counter(key for page, words in found for key in {_key(page, e) for e in words})
    return {key for key, count in seen.items() if count > 2 and count > len(found) / 2}


def _key(page: Page, words: Words) -> tuple[str, int]:
    """Return a text without its page's number, and its height: at an edge only which edge."""
    top = page.height - words.base
    place = _TOP if top < _EDGE else _FOOT if words.base < _EDGE else round(words.base)
    return _masked(words.text), place


def _masked(text: str) -> str:
    """Return a text without the number of its page, if it has one."""
    is_numbered = not _LETTERS.search(text) or any(each in text for each in page_words())
    return _DIGITS.sub("0", text) if is_numbered else text


def _tables(page: Page) -> list[_Table]:
    """Return the grids that rulings make: those that touch each other are of one."""
    groups: list[list[Ruling]] = []
    for ruling in page.rulings:
        touching = [group for group in groups if any(_touch(ruling, each) for each in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([ruling, *(each for group in touching for each in group)])
    made: list[_Table] = []
    for group in groups:
        xs = _places(each.at for each in group if each.is_upright)
        ys = _places([*(e.at for e in group if not e.is_upright), *_open_ends(group)])
        if len(xs) > 1 and len(ys) > 1 and (len(xs) > 2 or len(ys) > 2):
            made += _parted_tables(_Table(page, xs, ys, group))
    return made


def _parted_tables(table: _Table) -> Iterator[_Table]:
    """Yield the tables that stand upon each other in one grid: their columns differ throughout.

    Rows of one table differ too where cells are merged, but have no columns of their own then.
    """
    tops = table.ys[::-1]
    ruled = [_columns_of(table, (top + foot) / 2) for top, foot in pairwise(tops)]
    parts: list[tuple[int, frozenset[float]]] = []
    for at, own in enumerate(ruled):
        if not parts or (own and _differ(own, _last_ruled(ruled[:at]))):
            parts.append((_first_of(ruled, at), own))
        else:
            parts[-1] = parts[-1][0], parts[-1][1] | own
    at = 1
    while at < len(parts):
        if _differ(parts[at][1], parts[at - 1][1]):
            at += 1
        else:
            parts[at - 1 : at + 1] = [(parts[at - 1][0], parts[at - 1][1] | parts[at][1])]
            at = max(at - 1, 1)
    if len(parts) == 1:
        yield table
        return
    for (first, columns), (last, _) in pairwise([*parts, (len(ruled), frozenset())]):
        xs = sorted({table.xs[0], *columns, table.xs[-1]})
        yield _Table(table.page, xs, tops[first : last + 1][::-1], table.rulings)


def _columns_of(table: _Table, height: float) -> frozenset[float]:
    """Return where rulings part the columns of a row."""
    inner = table.xs[1:-1]
    return frozenset(x for x in inner if _is_ruled(table, x, height, is_upright=True))


def _last_ruled(rows: Sequence[frozenset[float]]) -> frozenset[float]:
    return next((each for each in reversed(rows) if each), frozenset())


def _first_of(rows: Sequence[frozenset[float]], at: int) -> int:
    """Return the first row of a table of which a row has columns: rows of one cell are above."""
    while at and not rows[at - 1]:
        at -= 1
    return at


def _differ(one: frozenset[float], other: frozenset[float]) -> bool:
    """Whether each of two rows has columns that the other has not."""
    return bool(one and other and one - other and other - one)


def _open_ends(group: Sequence[Ruling]) -> list[float]:
    """Return the heights at which a page cuts a table, where a browser draws no line across."""
    across = [each.at for each in group if not each.is_upright]
    upright = [each for each in group if each.is_upright]
    if not across or not upright:
        return []
    top, foot = max(each.end for each in upright), min(each.start for each in upright)
    tops = _places(each.at for each in upright if each.end > top - NEAR)
    feet = _places(each.at for each in upright if each.start < foot + NEAR)
    is_open = (
        len(tops) > 1 and top > max(across) + NEAR,
        len(feet) > 1 and foot < min(across) - NEAR,
    )
    return [each for each, opens in zip((top, foot), is_open, strict=True) if opens]


def _touch(one: Ruling, other: Ruling) -> bool:
    if one.is_upright == other.is_upright:
        return (
            abs(one.at - other.at) < NEAR
            and one.start < other.end + NEAR
            and other.start < one.end + NEAR
        )
    return (
        one.start - NEAR < other.at < one.end + NEAR
        and other.start - NEAR < one.at < other.end + NEAR
    )


def _places(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are one place once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _rows(table: _Table, words: Sequence[Words]) -> list[RawRow]:
    """Return the rows of a grid from the top; cells without a ruling between them are merged."""
    tops = table.ys[::-1]
    count, width = len(tops) - 1, len(table.xs) - 1
    owner = _owners(table, count, width)
    texts: dict[tuple[int, int], list[Words]] = {}
    for each in words:
        row = sum(y > each.middle for y in tops) - 1
        column = sum(x < (each.left + each.right) / 2 for x in table.xs) - 1
        if 0 <= row < count and 0 <= column < width:
            texts.setdefault(owner[row, column], []).append(each)
    rows: list[RawRow] = []
    for row in range(count):
        cells: list[str | None] = []
        for column in range(width):
            own = owner[row, column]
            if own == (row, column):
                cells.append(cell_text(texts.get(own, [])))
            else:
                cells.append(None if own[0] < row else "")
        rows.append(cells)
    return rows


def _owners(table: _Table, count: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each cell the first cell of those it is merged with."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    tops = table.ys[::-1]
    for row in range(count):
        y = (tops[row] + tops[row + 1]) / 2
        for column in range(width):
            x = (table.xs[column] + table.xs[column + 1]) / 2
            if column and not _is_ruled(table, table.xs[column], y, is_upright=True):
                owner[row, column] = owner[row, column - 1]
            elif row and not _is_ruled(table, tops[row], x, is_upright=False):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return owner


def _is_ruled(table: _Table, at: float, place: float, *, is_upright: bool) -> bool:
    return any(
        each.is_upright == is_upright
        and abs(each.at - at) <= NEAR
        and each.start - NEAR <= place <= each.end + NEAR
        for each in table.rulings
    )
