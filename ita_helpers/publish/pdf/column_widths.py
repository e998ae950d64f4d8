"""How wide a PDF table's columns are, and where a word wider than its column may break.

The compiler divides the width as told and prints what does not fit over the next column. So no
column is narrower than its widest word, and a word too wide for any column may break anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from ita_helpers.publish.letter_widths import text_width
from ita_helpers.publish.pdf.column_room import line_count, widen
from ita_helpers.publish.pdf.line_ends import keep_together
from ita_helpers.publish.table_fit import LANDSCAPE, PORTRAIT, Fit
from ita_helpers.publish.table_grid import cells_by_column, column_shares, place_cells
from ita_helpers.publish.thai_words import words_in
from ita_helpers.publish.tree import Cell, Inlines, Table, Text, renewed

LEAST_WORD = 1.5
"""What is narrower is a mark or a digit, in ems."""
WIDEST = 1.1
"""No letter is wider, in ems."""
TOLERANCE = 0.01
CLAIMED = 0.8
"""The share of a table's width that its widest words may claim where not all fit."""
BREAK, NO_BREAK = "\u200b", "\u00a0"
_TOKEN = re.compile(r"[^ \t\r\n\u200b]+")
_PIECE = re.compile(r"[\u0e01-\u0e4e]+|[^\u0e01-\u0e4e/?&-]*[^\u0e01-\u0e4e]")
_FOLLOWS = r"[\u0e30-\u0e3a\u0e45-\u0e4e]"
"""What never begins a line: a vowel behind or over a consonant, a tone, a sign of repetition."""
_CLUSTER = re.compile(rf"[\u0e40-\u0e44]?[^\n](?:{_FOLLOWS}|[\u0300-\u036f])*")


@dataclass(frozen=True)
class Columns:
    """The columns of a table: for the compiler, and the room for text in each (points)."""

    widths: tuple[float, ...]
    rooms: tuple[float, ...]
    padding: float

    def room(self, place: int, columns: int) -> float:
        """Return the room for the text of a cell over so many columns, in points."""
        return fsum(self.rooms[place : place + columns]) + self.padding * (columns - 1)


def share_out(fit: Fit) -> Columns:
    """Return the columns of a table that is set as ``fit`` says."""
    table, size = fit.table, fit.size
    shares, _ = column_shares(table)
    padding = 2 * (3.0 if size < 10 else 5.0)
    room = LANDSCAPE if fit.is_turned else PORTRAIT
    least = [padding + size * width for width in _widest(table, shares)]
    given = _give(shares, least, room, table, size, padding)
    return Columns(tuple(given), tuple(width - padding for width in given), padding)


def _give(
    shares: Sequence[float],
    least: Sequence[float],
    room: float,
    table: Table,
    size: float,
    padding: float,
) -> list[float]:
    """Return the width of each column; where the widest words leave too little, they may break."""
    if fsum(least) > room:
        most = _highest(least, room * CLAIMED)
        least = [min(width, most) for width in least]
    growing = [place for place, share in enumerate(shares) if share]
    rows = (
        [padding + size * width if width else 0.0 for width in row] for row in _line_widths(table)
    )
    return widen(least, room, rows, growing)


def _line_widths(table: Table) -> Iterator[list[float]]:
    """Yield how wide the text of a row's cells is on one line, in ems."""
    known: dict[int, tuple[Cell, float]] = {}
    for rows in (table.head, table.body):
        for row in place_cells(rows):
            widths = [0.0] * table.columns
            for place, cell in row:
                if cell.colspan == 1:
                    if (told := known.get(id(cell))) is None:
                        width = fsum(text_width(run.text) for run in cell.inlines)
                        known[id(cell)] = told = cell, width / cell.rowspan
                    widths[place] = told[1]
            yield widths


def lines_of(inlines: Inlines, room: float) -> int:
    """Return about how many lines a text takes in a room of so many ems."""
    lines, width = 0, 0.0
    for run in inlines:
        width += text_width(run.text)
        if run.break_after:
            lines, width = lines + line_count(width, room), 0.0
    return lines + line_count(width, room)


def _highest(widths: Sequence[float], room: float) -> float:
    """Return the maximum column width at which all fit."""
    most = max(widths, default=0.0)
    rest, left = room, len(widths)
    for width in sorted(widths):
        if width * left > rest:
            return rest / left
        rest -= width
        left -= 1
    return most


def break_long_words(inlines: Inlines, room: float, size: float) -> Inlines:
    """Return runs that may break between words where those are wider than the room (points).

    A word wider than the room may break anywhere.
    """
    return tuple(_break_run(run, room / size) for run in inlines)


def _break_run(run: Text, room: float) -> Text:
    if run.formula:
        return run
    text = _TOKEN.sub(lambda token: _break_token(token.group(), room), run.text)
    whole = run.whole and text_width(run.text) <= room + TOLERANCE
    return renewed(run, text=text, whole=whole) if (text, whole) != (run.text, run.whole) else run


def _break_token(token: str, room: float) -> str:
    if len(token) * WIDEST <= room or text_width(token) <= room + TOLERANCE:
        return token
    pieces = _PIECE.findall(token)
    broken = [_break_piece(piece, room) for piece in pieces]
    for place in range(len(pieces) - 1):
        if _clings(pieces[place], pieces[place + 1], room):
            broken[place] += BREAK
    return "".join(broken)


def _clings(piece: str, following: str, room: float) -> bool:
    """Return whether a number or foreign word and the Thai word beside it are too wide together.

    A bracket or a dot is no word.
    """
    if _is_thai(piece) == _is_thai(following):
        return False
    before, after = _words(piece)[-1], _words(following)[0]
    foreign = after if _is_thai(piece) else before
    return text_width(foreign) >= LEAST_WORD and text_width(before + after) > room


def _break_piece(piece: str, room: float) -> str:
    if text_width(piece) <= room + TOLERANCE:
        return piece
    words = (
        word if text_width(word) <= room + TOLERANCE else _break_anywhere(word)
        for word in _words(piece)
    )
    return re.sub(rf"{BREAK}+(?={_FOLLOWS})|(?<={BREAK}){BREAK}+", "", BREAK.join(words))


def _break_anywhere(word: str) -> str:
    return _CLUSTER.sub(lambda cluster: cluster.group() + BREAK, word)


def _widest(table: Table, shares: Sequence[float]) -> list[float]:
    """Return how wide each column must be, in ems.

    For its widest word, or for its lines where it has no share of the room.
    """
    return [
        max(((_least_width if share else _line_width)(each.inlines) for each in cells), default=0.0)
        for share, cells in zip(shares, cells_by_column(table), strict=True)
    ]


def _line_width(inlines: Inlines) -> float:
    return max((text_width(run.text) for run in inlines), default=0.0)


def _least_width(inlines: Inlines) -> float:
    """Return the width of the widest part that is not broken, in ems."""
    widest = before = 0.0
    for part in (part for group in keep_together(inlines) for part in _unbroken(group)):
        width = before + text_width(part)
        widest, before = max(widest, width), width if part.endswith(NO_BREAK) else 0.0
    return widest


def _unbroken(group: Sequence[Text]) -> Iterator[str]:
    """Yield what of a group is not broken: all of it, or its words."""
    if len(group) > 1 or group[0].whole:
        yield "".join(run.text for run in group)
        return
    for token in _TOKEN.findall(group[0].text):
        yield from (word for piece in _PIECE.findall(token) for word in _words(piece))


def _words(piece: str) -> tuple[str, ...]:
    """Return the words of a piece, which is one where it is not Thai."""
    return words_in(piece) if _is_thai(piece) else (piece,)


def _is_thai(piece: str) -> bool:
    """Return whether a piece begins with Thai letters, of which its digits are none."""
    return 0x0E01 <= ord(piece[0]) <= 0x0E4E
