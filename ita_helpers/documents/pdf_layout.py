"""Reading a PDF without tags: lines by where words stand, tables by their rulings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ita_helpers.documents.building import Builder, RawRow, page_words
from ita_helpers.documents.headings import indicator_words, is_listed
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.pdf_page import Letter, Page, Ruling, joined_lines

_SMALL_GAP, _GAP = 2.0, 0.36
"""Points, and a share of a letter's height: pdfium ends a line between letters that are nearer than
this, and is not believed."""
_NEAR, _WIDE_GAP, _FAR_BACK = 3.0, 14.0, 60.0
"""Points: places that are one place; a gap between words that are apart; a step back to others."""
_EDGE, _TOP, _FOOT = 80.0, -1, -2
"""Points from the edge of a page in which its head and its foot stand; marks for the two."""
_OTHER_LINE = 2.0
"""Points: letters of one line stand at heights that are nearer to each other."""
_RAGGED = 45.0
"""Points: a line that ends further left ends its paragraph."""
_LONG = 0.6
"""The share of its width that a line of a paragraph has at least."""
_NUMBERED = re.compile(
    r"\s*[0-9\u0e50-\u0e59]{1,2}(?:\.[0-9\u0e50-\u0e59]{1,2})*[.)]\s*[^\s0-9\u0e50-\u0e59]"
)
_DOTTED = re.compile(r"\s*[0-9\u0e50-\u0e59]{1,2}(?:\.[0-9\u0e50-\u0e59]{1,2})+\s")
_LETTERS = re.compile(r"[A-Za-z\u0e01-\u0e2e]")
_DIGITS = re.compile(r"[0-9\u0e50-\u0e59]+")


@dataclass(frozen=True)
class Words:
    """Words that stand together on one line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    is_bold: bool = False

    @property
    def middle(self) -> float:
        """The height of their middle."""
        return (self.bottom + self.top) / 2


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
    found = [(page, _tables(page), list(_words(page))) for page in pages]
    free = [
        (page, [each for each in words if not any(table.holds(each) for table in tables)])
        for page, tables, words in found
    ]
    edges = _repeated(free)
    for page, tables, words in found:
        kept = [each for each in words if _key(page, each) not in edges]
        _read_page(builder, page, tables, kept)
    _add_edges(builder, free, edges)


def _add_edges(
    builder: Builder, free: Sequence[tuple[Page, Sequence[Words]]], edges: set[tuple[str, int]]
) -> None:
    """Add what pages repeat, each as the first page has it."""
    told: set[tuple[str, int]] = set()
    for page, words in free:
        repeated = [each for each in words if _key(page, each) in edges - told]
        told |= {_key(page, each) for each in repeated}
        for text, _ in _paragraphs(_lines(repeated)):
            builder.edge(text, page=page.number)


def _read_page(
    builder: Builder, page: Page, tables: Sequence[_Table], words: Sequence[Words]
) -> None:
    inside: dict[int, list[Words]] = {}
    outside: list[Words] = []
    for each in words:
        at = next((number for number, table in enumerate(tables) if table.holds(each)), None)
        (outside if at is None else inside.setdefault(at, [])).append(each)
    blocks: list[tuple[float, object]] = [
        (tables[at].ys[-1], _rows(tables[at], cells)) for at, cells in inside.items()
    ]
    blocks += [(line[0].middle, line) for line in _lines(outside)]
    _add(builder, page, [block for _, block in sorted(blocks, key=lambda pair: -pair[0])])


def _add(builder: Builder, page: Page, blocks: Sequence[object]) -> None:
    """Add the blocks of a page, wide gaps in several lines being those of a table."""
    paragraph: list[list[Words]] = []
    number = 0

    def end() -> None:
        nonlocal number
        for text, is_bold in _paragraphs(paragraph):
            number += 1
            is_alone = is_bold or text.startswith(indicator_words())
            builder.line(text, page=page.number, number=number, is_alone=is_alone)
        paragraph.clear()

    for at, block in enumerate(blocks):
        assert isinstance(block, list)
        if block and isinstance(block[0], Words):
            paragraph.append(block)
            continue
        end()
        is_first = not any(
            isinstance(e, list) and e and isinstance(e[0], Words) for e in blocks[:at]
        )
        builder.table(block, page=page.number, may_go_on=is_first)
    end()


def _paragraphs(lines: Sequence[list[Words]]) -> Iterator[tuple[str, bool]]:
    """Yield paragraphs, and whether they begin bold: a full line goes on with the next one."""
    if not lines:
        return
    edge = max(line[-1].right for line in lines)
    pieces: list[str] = []
    is_bold = False
    for line, following in pairwise([*lines, []]):
        is_bold = is_bold if pieces else line[0].is_bold
        pieces.append(" ".join(each.text for each in line))
        is_full = bool(following) and _goes_on(line, following, edge)
        begins = " ".join(each.text for each in following)
        apart = following and line[0].bottom - following[0].top > line[0].top - line[0].bottom
        if not is_full or apart or _begins(pieces[-1], line, begins, following):
            yield joined_lines(pieces), is_bold
            pieces = []


def _begins(before: str, line: Sequence[Words], text: str, words: Sequence[Words]) -> bool:
    """Whether a line begins a paragraph by what it says: an entry, a caption or a bold heading."""
    if is_listed(text) or _NUMBERED.match(text):
        return True
    if pattern("caption").match(text) and not pattern("caption_due").search(before):
        return True
    return words[0].is_bold and not line[0].is_bold and bool(_DOTTED.match(text))


def _goes_on(line: Sequence[Words], following: Sequence[Words], edge: float) -> bool:
    """Whether a line is full, or broken early before a long word of a paragraph."""
    if line[-1].right > edge - _RAGGED:
        return True
    is_long = line[-1].right - line[0].left > _LONG * (edge - line[0].left)
    return is_long and not line[0].is_bold and following[0].left <= line[0].left + _NEAR


def _words(page: Page) -> Iterator[Words]:
    """Yield runs of letters that stand together; a wide gap or a new line ends one."""
    run: list[Letter] = []
    last: Letter | None = None
    is_ended = False
    upright = sorted(each.at for each in page.rulings if each.is_upright)
    for letter in page.letters:
        if letter.text in "\r\n":
            is_ended = True
            continue
        is_blank = letter.text.isspace()
        if last and not is_blank and not letter.is_mark:
            height = max(each.top - each.bottom for each in (last, letter))
            is_gap = is_ended and letter.left - last.right > max(_SMALL_GAP, _GAP * height)
            if is_gap or _is_apart(last, letter, upright):
                yield from _run(run)
                run = []
            is_ended = False
        run.append(letter)
        last = last if is_blank else _reached(last, letter)
    yield from _run(run)


def _reached(last: Letter | None, letter: Letter) -> Letter:
    """Return the last letter that stands on the line, as far to the right as its marks reach."""
    if last is None or not letter.is_mark:
        return letter
    return replace(last, right=max(last.right, letter.right))


def _is_apart(before: Letter, letter: Letter, upright: Sequence[float]) -> bool:
    """Whether a letter begins new words: on another line, behind a wide gap or a ruling."""
    is_other_line = abs(letter.base - before.base) > _OTHER_LINE
    gap = letter.left - before.right
    is_crossed = gap > 2 and any(before.right - 1 < x < letter.left + 1 for x in upright)
    return is_other_line or gap > _WIDE_GAP or gap < -_FAR_BACK or is_crossed


def _run(run: Sequence[Letter]) -> Iterator[Words]:
    text = "".join(each.text for each in run)
    drawn = [each for each in run if not each.text.isspace() and each.right > each.left]
    if text.strip() and drawn:
        yield Words(
            text.strip(),
            min(each.left for each in drawn),
            min(each.bottom for each in drawn),
            max(each.right for each in drawn),
            max(each.top for each in drawn),
            drawn[0].base,
            run[0].is_bold,
        )


def _lines(words: Iterable[Words]) -> list[list[Words]]:
    """Return words line by line, from the top; those of one line from the left."""
    lines: list[list[Words]] = []
    for each in sorted(words, key=lambda word: -word.base):
        near = max(_NEAR, (each.top - each.bottom) / 3)
        if lines and abs(lines[-1][0].base - each.base) < near:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda word: word.left) for line in lines]


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
    made = []
    for group in groups:
        xs = _places(each.at for each in group if each.is_upright)
        ys = _places(each.at for each in group if not each.is_upright)
        if len(xs) > 1 and len(ys) > 1 and (len(xs) > 2 or len(ys) > 2):
            made.append(_Table(page, xs, ys, group))
    return made


def _touch(one: Ruling, other: Ruling) -> bool:
    if one.is_upright == other.is_upright:
        return (
            abs(one.at - other.at) < _NEAR
            and one.start < other.end + _NEAR
            and other.start < one.end + _NEAR
        )
    return (
        one.start - _NEAR < other.at < one.end + _NEAR
        and other.start - _NEAR < one.at < other.end + _NEAR
    )


def _places(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are one place once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
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
                cells.append(_cell(texts.get(own, [])))
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
        and abs(each.at - at) <= _NEAR
        and each.start - _NEAR <= place <= each.end + _NEAR
        for each in table.rulings
    )


def _cell(words: Sequence[Words]) -> str:
    """Return the text of a cell; a numbered line or one with a dash begins anew."""
    text: list[str] = []
    for line in _lines(words):
        joined = " ".join(each.text for each in line)
        if text and not (is_listed(joined) or _NUMBERED.match(joined)):
            text[-1] = joined_lines([text[-1], joined])
        else:
            text.append(joined)
    return "\n".join(text)
