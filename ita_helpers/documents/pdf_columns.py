"""Tables without rulings on a page of a PDF: lines whose words stand in the same columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ita_helpers.documents.building import RawRow
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.pdf_page import Letter
from ita_helpers.documents.pdf_words import Words, cell_text, run_of

_GUTTER, _FIGURES, _BLANK, _NARROWEST = 12.0, 5.0, 2.5, 1.0
"""Points between two cells of a line; between two figures; in a gutter that other lines show; and
between two columns of a table."""
ROW, _FAR, _STAGGERED = 1.25, 3.2, 0.9
"""Shares of the distance of lines of text: rows with room between them are further apart than the
first, a table ends before the second, and cells set in the middle of a row are nearer than the
third."""
_FEWEST_LINES, _FEWEST_COLUMNS = 3, 3
"""Lines with cells side by side of a table, fewer if it has so many columns."""
_FREQUENT = 0.2
"""The share of the lines at the usual distance that stand nearer, if that is the one of lines."""
_LEADING, _LOOKED_AT = 20.0, 4
"""Points where no lines tell; lines from the top of a table that may show its columns."""
_FIGURE = re.compile(r"[+\u2212-]?[0-9\u0e50-\u0e59]+(?:\.[0-9\u0e50-\u0e59]+)?")
_SCORE = re.compile(r"[+\u2212-]?[0-9\u0e50-\u0e59]{1,3}\.[0-9\u0e50-\u0e59]{2}")
_SPACE = Letter(" ", 0, 0, 0, 0)
Line = list[Words]
Columns = list[tuple[float, float]]


@dataclass(frozen=True)
class Grid:
    """Lines of a page that are a table, and where its columns begin and end."""

    lines: list[Line]
    columns: Columns
    leading: float

    @cached_property
    def rows(self) -> list[RawRow]:
        """The rows from the top, each with a text for every column."""
        made: list[list[Line]] = []
        is_loose = any(self._is_far(*pair) for pair in pairwise(self.lines))
        for before, line in pairwise([[], *self.lines]):
            is_new = not before or (self._is_far(before, line) if is_loose else _leads(self, line))
            if is_new or not made:
                made.append([[] for _ in self.columns])
            for cell in line:
                made[-1][_column(self.columns, cell)].append(cell)
        return [[cell_text(cell) for cell in row] for row in made]

    def _is_far(self, before: Line, line: Line) -> bool:
        return before[0].base - line[0].base > ROW * self.leading


def _leads(grid: Grid, line: Line) -> bool:
    """Whether a line begins a row where rows stand as near as lines."""
    return len(line) > 1 and _column(grid.columns, line[0]) == 0


def leading_of(pages: Sequence[Sequence[Line]]) -> float:
    """Return the distance of lines of text in points: the one that is found most.

    Where most paragraphs have one line that is theirs, and a smaller one that is frequent counts.
    """
    gaps = Counter[float]()
    for lines in pages:
        for one, other in pairwise(lines):
            if len(one) == len(other) == 1 and one[0].left < other[0].right:
                gaps[round(2 * (one[0].base - other[0].base)) / 2] += 1
    most = max(gaps.values(), default=0)
    usual = max(gaps, key=lambda gap: gaps[gap], default=0.0)
    near = [gap for gap in gaps if 0 < gap * ROW < usual and gaps[gap] >= _FREQUENT * most]
    return min(near, default=usual) or _LEADING


def parted(lines: Sequence[Line], leading: float, above: Grid | None = None) -> list[Line | Grid]:
    """Return the lines of a page, those that are a table as one.

    ``above`` is the table with which the page before ends, as it may go on.
    """
    cells = [_cells(line) for line in lines]
    made: list[Line | Grid] = []
    at = 0
    while at < len(lines):
        grid = _grid(cells[at:], leading, above.columns if above and not at else None)
        if grid:
            first = at
            while first and isinstance(made[-1], list):
                head = _head(cells[first - 1], grid)
                if not head:
                    break
                first -= 1
                made.pop()
                grid = Grid([head, *grid.lines], grid.columns, leading)
            made.append(grid)
            at = first + len(grid.lines)
        else:
            made.append(lines[at])
            at += 1
    return made


def head_of(line: Line, below: Grid) -> Grid | None:
    """Return the last line of a page as the head of the table with which the next one begins."""
    cells = _fitted(below.columns, _cells(line))
    if len(cells) != len(below.columns):
        return None
    places = [_column(below.columns, cell) for cell in cells]
    is_head = places == list(range(len(cells)))
    return Grid([cells], below.columns, below.leading) if is_head else None


def _cells(line: Line) -> Line:
    """Return the words of a line parted where a gap is wide, or stands between two figures."""
    cells: Line = []
    for piece in _pieces(line, _FIGURES):
        before = cells[-1] if cells else None
        if before and not _is_parted(before, piece):
            cells[-1:] = run_of([*before.letters, _SPACE, *piece.letters])
        else:
            cells.append(piece)
    return cells


def _is_parted(before: Words, piece: Words) -> bool:
    figures = all(_FIGURE.fullmatch(each.text) for each in (before, piece))
    return figures or piece.left - before.right > _GUTTER


def _pieces(line: Line, least: float) -> Line:
    """Return the words of a line parted at all blanks of so many points."""
    found: Line = []
    for words in line:
        runs = list(_runs(words.letters, least))
        found += [words] if len(runs) == 1 else [each for run in runs for each in run_of(run)]
    return found


def _runs(letters: Sequence[Letter], least: float) -> Iterator[list[Letter]]:
    run: list[Letter] = []
    right = 0.0
    is_blank = False
    for letter in letters:
        was_blank, is_blank = is_blank, letter.text.isspace()
        if not is_blank:
            gap = letter.left - right
            if run and gap > least and (was_blank or gap > _FIGURES) and not letter.is_mark:
                yield run
                run = []
            right = max(right, letter.right) if run else max(0.0, letter.right)
        run.append(letter)
    yield run


def _fitted(columns: Columns, line: Line) -> Line:
    """Return the cells of a line, parted also at blanks that stand in the gutters of a table."""
    if _with(columns, line) is not None:
        return line
    cells: Line = []
    for piece in _pieces(line, _BLANK):
        before = cells[-1] if cells else None
        if before and _column(columns, before) == _column(columns, piece):
            cells[-1:] = run_of([*before.letters, _SPACE, *piece.letters])
        else:
            cells.append(piece)
    known = _with(columns, cells)
    return cells if known and len(known) == len(columns) else line


def _grid(lines: Sequence[Line], leading: float, known: Columns | None) -> Grid | None:
    """Return the table with which some lines begin, if they do.

    ``known`` are the columns of the page before. Else any of the first lines may show them.
    """
    if known and (grid := _table(lines, leading, known)) and len(grid.columns) == len(known):
        return grid
    if len(lines[0]) < 2:
        return None
    seeds = ([(cell.left, cell.right) for cell in line] for line in lines[:_LOOKED_AT])
    grids = [_table(lines, leading, seed) for seed in seeds if len(seed) > 1]
    tables = [grid for grid in grids if grid and _is_table(grid)]
    return max(tables, key=lambda grid: len(grid.lines) * len(grid.columns), default=None)


def _table(lines: Sequence[Line], leading: float, seed: Columns) -> Grid | None:
    """Return the first lines that fit in some columns."""
    columns = seed
    count, found = 0, list[Line]()
    for before, each in pairwise([lines[0], *lines]):
        if _is_caption(each):
            break
        line = _fitted(columns, each)
        if count and (before[0].base - line[0].base > _FAR * leading or _is_heading(before, line)):
            break
        wider = _with(columns, line)
        if wider is None and count and _is_group(columns, lines[count : count + 2]):
            wider = columns
        if wider is None:
            break
        columns, count = wider, count + 1
        found.append(line)
    while count > 1 and len(lines[count - 1]) == 1 and _is_below(lines, count, leading):
        count -= 1
    return Grid(found[:count], columns, leading) if count else None


def _is_group(columns: Columns, lines: Sequence[Line]) -> bool:
    """Whether a line goes over the columns of a table whose rows go on behind it."""
    if len(lines) < 2 or len(lines[0]) > 1 or len(columns) < _FEWEST_COLUMNS:
        return False
    wider = _with(columns, _fitted(columns, lines[1]))
    return len(lines[1]) > 1 and wider is not None and len(wider) == len(columns)


def _is_below(lines: Sequence[Line], count: int, leading: float) -> bool:
    """Whether the last of some lines stands in no row with the one before it."""
    return lines[count - 2][0].base - lines[count - 1][0].base > ROW * leading


def _is_heading(before: Line, line: Line) -> bool:
    return len(line) == 1 and line[0].is_bold and not before[0].is_bold


def _is_caption(line: Line) -> bool:
    text = " ".join(word for cell in line for word in cell.text.split())
    return bool(pattern("caption").match(text))


def _is_table(grid: Grid) -> bool:
    """Whether lines are a table: enough of them side by side, and scores if it is a narrow one."""
    beside = [line for line in grid.lines if len(line) > 1]
    is_wide = len(grid.columns) >= _FEWEST_COLUMNS
    if len(beside) < (2 if is_wide else _FEWEST_LINES):
        return False
    texts = [cell.text for line in beside for cell in line]
    return is_wide or len(beside) <= sum(bool(_SCORE.match(text)) for text in texts)


def _head(line: Line, grid: Grid) -> Line | None:
    """Return the cells of a line above a table if it belongs to it.

    It has several cells, or stands so near that they are of one row at several heights.
    """
    if _is_caption(line):
        return None
    cells = _fitted(grid.columns, line)
    share = _FAR if len(cells) > 1 else _STAGGERED
    wider = _with(grid.columns, cells)
    is_near = cells[0].base - grid.lines[0][0].base < share * grid.leading
    return cells if is_near and wider and len(wider) == len(grid.columns) else None


def _with(columns: Columns, line: Line) -> Columns | None:
    """Return columns as wide as the cells of one more line make them; nothing if they meet."""
    made, used = list(columns), set[int]()
    for cell in line:
        over = [
            at for at, (left, right) in enumerate(made) if cell.left < right > left < cell.right
        ]
        if len(over) > 1 or used.intersection(over):
            return None
        used.update(over)
        if over:
            left, right = made[over[0]]
            made[over[0]] = min(left, cell.left), max(right, cell.right)
        else:
            made.append((cell.left, cell.right))
    made.sort()
    is_apart = all(other[0] - one[1] > _NARROWEST for one, other in pairwise(made))
    return made if is_apart else None


def _column(columns: Columns, cell: Words) -> int:
    """Return in which column a cell stands: the first that it meets, or the nearest."""
    gaps = [max(left - cell.right, cell.left - right, 0.0) for left, right in columns]
    return min(range(len(columns)), key=lambda at: gaps[at])
