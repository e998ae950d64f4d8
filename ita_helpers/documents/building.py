"""Collecting lines and tables into a document: letters put right, parted tables joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ita_helpers.documents.document import Cell, Document, Line, Table
from ita_helpers.documents.headings import level_of
from ita_helpers.documents.letters import put_right, without_tags
from ita_helpers.documents.part_headings import with_parts
from ita_helpers.errors import UnreadableDocument
from ita_helpers.language.catalogue import label
from ita_helpers.records.names import normal
from ita_helpers.records.spot import Spot
from ita_helpers.values import replace

RawRow = Sequence[str | None]
"""The texts of a row's cells; ``None`` for one that belongs to the merged cell above it."""
MOST_LETTERS, MOST_IN_ONE, MOST_COLUMNS = 1_500_000, 100_000, 300
"""Letters of a document and of one line or cell, and columns of a table: no report has more.

Four hundred pages have about a million letters. Many rules compare what stands in one line with
all else in it, so that one of a million letters would take hours.
"""
FEW_HEADINGS = 2
"""A file that names no more headings than these has others that only look like it."""
_FIGURE = re.compile(r"[+\u2212-]?\d+(?:\.\d+)?")
_LINE_END = re.compile(r"\s*\n\s*")


def in_columns(rows: Iterable[Iterable[tuple[str, int, int]]]) -> Iterator[RawRow]:
    """Yield rows with each cell in its column, by its text and over how many columns and rows."""
    above: dict[int, int] = {}
    for row in rows:
        cells: list[str | None] = []
        for text, wide, high in row:
            _fill(cells, above)
            if high > 1:
                above |= dict.fromkeys(range(len(cells), len(cells) + wide), high - 1)
            cells += [text, *[""] * (wide - 1)]
        _fill(cells, above)
        yield cells


def _fill(cells: list[str | None], above: dict[int, int]) -> None:
    """Add the cells of this row that belong to merged ones above."""
    while above.get(len(cells), 0):
        above[len(cells)] -= 1
        cells.append(None)


class Builder:
    """Takes what a reader finds in reading order, and makes the document of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.losses: list[str] = []
        self.has_pictures = False
        self._blocks: list[Line | Table] = []
        self._lines = self._tables = 0
        self._end = self._letters = 0
        self._alone: set[Spot] = set()
        self._edges: dict[str, int] = {}

    def line(
        self, raw: str, *, level: int = 0, number: int = 0, page: int = 0, is_alone: bool = False
    ) -> None:
        """Add a line unless it is empty; ``number`` is its own, else it is counted.

        Raises ``UnreadableDocument`` for too much.
        ``is_alone`` if it looks like a heading where the file names none.
        """
        raw = raw.strip()
        self._count(raw)
        text = put_right(_LINE_END.sub(" ", _without_marks(raw)))
        if not text:
            return
        self._lines += 1
        spot = Spot(self.file, page, number or self._lines)
        self._blocks.append(Line(text, raw, spot, level))
        if is_alone:
            self._alone.add(spot)

    def edge(self, raw: str, *, page: int = 0) -> None:
        """Add what stands at the top or the foot of pages, once, behind everything else."""
        if put_right(raw) and not _is_page_number(put_right(raw)) and raw not in self._edges:
            self._edges[raw] = page

    def table(self, rows: Sequence[RawRow], *, page: int = 0, may_go_on: bool = False) -> None:
        """Add a table unless it is empty. Raises ``UnreadableDocument`` for too much.

        ``may_go_on`` if it stands first on its page, where a table of the page before that has as
        many columns goes on without its heads.
        """
        kept = [row for row in rows if any(cell and cell.strip() for cell in row)]
        if not kept:
            return
        for row in kept:
            self._count(*row)
        self._tables += 1
        spot = Spot(self.file, page, table=self._tables)
        made = tuple(_row(spot, at, row) for at, row in enumerate(kept, start=1))
        table = Table(_without_repeated_heads(made), spot)
        before = self._blocks[-1] if self._blocks else None
        may_go_on = may_go_on and self._end == page - 1
        self._end = page
        if may_go_on and isinstance(before, Table) and _is_rest(before, table):
            self._blocks[-1] = _with(before, table)
        else:
            self._blocks.append(table)

    def _count(self, *texts: str | None) -> None:
        """Count a line, or the cells of a row. Raises ``UnreadableDocument`` for too much."""
        longest = max(len(each or "") for each in texts)
        self._letters += sum(len(each or "") for each in texts)
        for count, most, problem in (
            (longest, MOST_IN_ONE, "one_line"),
            (len(texts), MOST_COLUMNS, "too_wide"),
            (self._letters, MOST_LETTERS, "too_long"),
        ):
            if count > most:
                raise UnreadableDocument(file=self.file, problem=problem, limit=most)

    def finish(self) -> Document:
        """Return the document; headings are guessed where the file hardly names any."""
        for raw, page in self._edges.items():
            self.line(raw, page=page)
        blocks = joined(self._blocks)
        named = sum(isinstance(each, Line) and each.level > 0 for each in blocks)
        if named <= FEW_HEADINGS:
            blocks = [self._guessed(each) for each in blocks]
        blocks = with_parts(blocks)
        return Document(self.file, tuple(blocks), tuple(dict.fromkeys(self.losses)))

    def _guessed(self, block: Line | Table) -> Line | Table:
        if isinstance(block, Table) or block.spot not in self._alone:
            return block
        return replace(block, level=block.level or level_of(block.text))


def joined(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Return blocks with each table joined that goes on under the same heads.

    Nothing may stand between its pieces but the numbers of pages.
    """
    made: list[Line | Table] = []
    count = 0
    for block in blocks:
        last = next((at for at in range(len(made) - 1, -1, -1) if not _is_page(made[at])), -1)
        before = made[last] if last >= 0 else None
        if isinstance(block, Table) and isinstance(before, Table) and _goes_on(before, block):
            made[last] = _with(before, block)
            continue
        if isinstance(block, Table):
            count += 1
            block = _numbered(block, count)
        made.append(block)
    return made


def _without_repeated_heads(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows without those that repeat the first one, where tables were joined by hand."""
    head = [normal(each.text) for each in rows[0]]
    if sum(map(bool, head)) < FEW_HEADINGS:
        return rows
    return (rows[0], *(row for row in rows[1:] if [normal(each.text) for each in row] != head))


def _row(spot: Spot, number: int, row: RawRow) -> tuple[Cell, ...]:
    cells = []
    for column, raw in enumerate(row, start=1):
        raw_text = (raw or "").strip()
        lines = (put_right(each) for each in _without_marks(raw_text).split("\n"))
        text = "\n".join(filter(None, lines))
        place = Spot(spot.file, spot.page, table=spot.table, row=number, column=column)
        cells.append(Cell(text, raw_text, place, is_continued=raw is None))
    return tuple(cells)


def _without_marks(raw: str) -> str:
    """Return text without the tags and the asterisks that were pasted with it."""
    return without_tags(raw.replace("**", "")).strip()


def _is_page(block: Line | Table) -> bool:
    """Whether a line holds nothing but the number of a page."""
    return isinstance(block, Line) and _is_page_number(block.text)


def _is_page_number(text: str) -> bool:
    bare = normal(text).strip("-–()/")
    for word in page_words():
        bare = bare.removeprefix(word)
    return bare.isdecimal()


@cache
def page_words() -> tuple[str, ...]:
    """Return the words before the number of a page."""
    return tuple(label("documents.page_words").split())


def _is_rest(before: Table, table: Table) -> bool:
    """Whether a table at the top of a page has the columns of the one before it."""
    return len({len(row) for row in (*before.rows, *table.rows)}) == 1


def _goes_on(before: Table, table: Table) -> bool:
    return bool(_repeated(before, table)) and len(table.rows) > _repeated(before, table)


def _repeated(before: Table, table: Table) -> int:
    """Return how many first rows two tables have in common."""
    count = 0
    for one, other in zip(before.rows, table.rows, strict=False):
        if [normal(each.text) for each in one] != [normal(each.text) for each in other]:
            break
        count += 1
    return count


def _with(before: Table, table: Table) -> Table:
    """Return a table with the rows of its next piece, without the heads that are repeated.

    A row that a page parted in two has nothing in its first cell behind it.
    """
    count = _repeated(before, table)
    more = table.rows[count:]
    if not count and more and _is_rest_of_row(before.rows[-1], more[0]):
        last = tuple(map(_with_rest, before.rows[-1], more[0]))
        before, more = replace(before, rows=(*before.rows[:-1], last)), more[1:]
    more = _without_repeated_heads((before.rows[0], *more))[1:]
    rows = tuple(
        tuple(replace(each, spot=_moved(each.spot, before, number)) for each in row)
        for number, row in enumerate(more, start=len(before.rows) + 1)
    )
    return replace(before, rows=(*before.rows, *rows))


def _is_rest_of_row(row: Sequence[Cell], rest: Sequence[Cell]) -> bool:
    """Whether a row goes on: with nothing in its first cell, and nothing that begins anew.

    The first cell of another row is blank too where it belongs to a merged one.
    """
    if rest[0].text or rest[0].is_continued:
        return False
    return not any(
        _FIGURE.fullmatch(one.text) and _FIGURE.fullmatch(other.text)
        for one, other in zip(row, rest, strict=False)
    )


def _with_rest(cell: Cell, rest: Cell) -> Cell:
    """Return a cell with what stands of it on the next page."""
    text, raw = (
        " ".join(filter(None, pair)) for pair in ((cell.text, rest.text), (cell.raw, rest.raw))
    )
    return replace(cell, text=text, raw=raw)


def _moved(spot: Spot, table: Table, row: int) -> Spot:
    return replace(spot, table=table.spot.table, row=row)


def _numbered(table: Table, number: int) -> Table:
    if table.spot.table == number:
        return table
    rows = tuple(
        tuple(replace(each, spot=replace(each.spot, table=number)) for each in row)
        for row in table.rows
    )
    return Table(rows, replace(table.spot, table=number))
