"""How wide a PDF table's columns are, and where a word wider than its column may break.

The compiler divides the width as told and prints what does not fit over the next column. So no
column is narrower than its widest word, and a word too wide for any column may break anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files

from PIL import ImageFont

from ita_helpers.language.catalogue import label
from ita_helpers.publish.table_fit import Fit
from ita_helpers.publish.table_grid import column_shares, place_cells
from ita_helpers.publish.tree import Inlines, Table, Text

PORTRAIT, LANDSCAPE = 467.0, 713.0
"""Points: the width between the margins of the PDF's A4 page, upright and turned."""
THAI_WORD = 4.7
"""Few Thai words are wider, in ems; the catalogue names those. A narrower column breaks any."""
MISREAD = 2.0
"""A line breaker that knows no dictionary of compounds leaves up to so much of the next word, in
ems, with a wide one."""
LEAST_WORD = 1.5
"""What is narrower is a mark or a digit, in ems."""
WIDEST = 1.1
"""No letter is wider, in ems."""
TOLERANCE = 0.01
UNKNOWN = 1.0
"""Width of a letter that our font lacks, in ems."""
CLAIMED = 0.8
"""The share of a table's width that its widest words may claim."""
BREAK = "\u200b"
MEASURED = 1000
_TOKEN = re.compile(r"[^ \t\r\n\u200b]+")
_PIECE = re.compile(r"[\u0e01-\u0e4e]+|[^\u0e01-\u0e4e/?&-]*[^\u0e01-\u0e4e]")
_FOLLOWS = r"[\u0e30-\u0e3a\u0e45-\u0e4e]"
"""What never begins a line: a vowel behind or over a consonant, a tone, a sign of repetition."""
_UNBREAKABLE_THAI = re.compile(
    rf"(?:[\u0e01-\u0e2e]{{16,}}|([\u0e00-\u0e7f]{{1,4}}?)\1{{3,}})(?!{_FOLLOWS})"
)
"""What no dictionary breaks: consonants without a vowel, or the same again and again."""
_CLUSTER = re.compile(rf"[\u0e40-\u0e44]?[^\n](?:{_FOLLOWS}|[\u0300-\u036f])*")


@dataclass(frozen=True)
class Columns:
    """The columns of a table: for the compiler, and the room for text in each (points).

    A ``share`` of 0 is a column as wide as its text; a ``width`` above 0 holds instead of it.
    """

    shares: tuple[float, ...]
    widths: tuple[float, ...]
    rooms: tuple[float, ...]
    padding: float

    def room(self, place: int, columns: int) -> float:
        """Return the room for the text of a cell over so many columns, in points."""
        return sum(self.rooms[place : place + columns]) + self.padding * (columns - 1)


def share_out(fit: Fit) -> Columns:
    """Return the columns of a table that is set as ``fit`` says."""
    table, size = fit.table, fit.size
    shares, _ = column_shares(table)
    padding = 2 * (3.0 if size < 10 else 5.0)
    room = LANDSCAPE if fit.is_turned else PORTRAIT
    least = [
        padding + size * (_widest(table, place, _piece_width if share else _line_width))
        for place, share in enumerate(shares)
    ]
    crushed, given = _give(shares, least, room)
    widths = tuple(width if place in crushed else 0.0 for place, width in enumerate(given))
    return Columns(tuple(shares), widths, tuple(width - padding for width in given), padding)


def _give(
    shares: Sequence[float], least: Sequence[float], room: float
) -> tuple[set[int], list[float]]:
    """Return the columns that need a width of their own, and the width of each column."""
    most = _highest(least, room * CLAIMED)
    natural = {place for place, share in enumerate(shares) if not share}
    capped = {place for place in natural if least[place] > most}
    wanted = [min(width, most) for width in least]
    fixed = set(natural)
    while True:
        rest = room - sum(wanted[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        given = [
            wanted[place] if place in fixed else rest * share / total
            for place, share in enumerate(shares)
        ]
        crushed = {place for place, width in enumerate(given) if width < wanted[place]}
        if not crushed:
            return fixed - natural | capped, given
        fixed |= crushed


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
    """Return runs whose words may break anywhere where they are wider than the room (points)."""
    return tuple(_break_run(run, room / size) for run in inlines)


def _break_run(run: Text, room: float) -> Text:
    if run.formula:
        return run
    text = _TOKEN.sub(lambda token: _break_token(token.group(), room), run.text)
    whole = run.whole and text_width(run.text) <= room + TOLERANCE
    return replace(run, text=text, whole=whole) if (text, whole) != (run.text, run.whole) else run


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
    words = (each for each in (piece, following) if not _is_thai(each))
    is_word = max(map(text_width, words)) >= LEAST_WORD
    return is_word and sum(map(_unparted_width, (piece, following))) > room


def _break_piece(piece: str, room: float) -> str:
    if text_width(piece) <= room + TOLERANCE:
        return piece
    if _is_thai(piece) and room + TOLERANCE >= THAI_WORD:
        broken = _UNBREAKABLE_THAI.sub(lambda found: _break_anywhere(found.group()), piece)
        return _part_wide_words(broken, room)
    return _break_anywhere(piece)


def _part_wide_words(piece: str, room: float) -> str:
    """Let a line end after a wide word that would be too wide with part of the next one."""
    for word, width in _wide_words():
        if word in piece and width + MISREAD > room:
            piece = re.sub(rf"{word}(?!{_FOLLOWS}|$)", f"{word}{BREAK}", piece)
    return piece


def _break_anywhere(piece: str) -> str:
    return _CLUSTER.sub(lambda cluster: cluster.group() + BREAK, piece)


def _widest(table: Table, column: int, width: Callable[[Text], float]) -> float:
    """Return the width of the widest run of a column, measured in one of two ways, in ems."""
    return max(
        (
            width(run)
            for rows in (table.head, table.body)
            for row in place_cells(rows)
            for place, cell in row
            if place == column and cell.colspan == 1
            for run in cell.inlines
        ),
        default=0.0,
    )


def _line_width(run: Text) -> float:
    return text_width(run.text)


def _piece_width(run: Text) -> float:
    """Return the width of the widest part of a run that is not broken, in ems."""
    if run.whole:
        return text_width(run.text)
    pieces = (piece for token in _TOKEN.findall(run.text) for piece in _PIECE.findall(token))
    return max((_least_width(piece) for piece in pieces), default=0.0)


def _unparted_width(piece: str) -> float:
    """Return how wide a piece may stay where no help is given to the line breaker, in ems."""
    least = _least_width(piece)
    return (
        min(least + MISREAD, text_width(piece)) if _is_thai(piece) and least > THAI_WORD else least
    )


def _least_width(piece: str) -> float:
    width = text_width(piece)
    if width <= THAI_WORD or not _is_thai(piece):
        return width
    return max([THAI_WORD, *(wide for word, wide in _wide_words() if word in piece)])


@cache
def _wide_words() -> list[tuple[str, float]]:
    return [(word, text_width(word)) for word in label("typography.wide_words").split()]


def _is_thai(piece: str) -> bool:
    """Return whether a piece begins with Thai letters, of which its digits are none."""
    return 0x0E01 <= ord(piece[0]) <= 0x0E4E


def text_width(text: str) -> float:
    """Return the width of a text in the bold face of our font, in ems."""
    return sum(_letter_width(letter) for letter in text)


@cache
def _letter_width(letter: str) -> float:
    known = letter <= "\u024f" or "\u0e00" <= letter <= "\u0e7f" or "\u2000" <= letter <= "\u203f"
    return _face().getlength(letter) / MEASURED if known else UNKNOWN


@cache
def _face() -> ImageFont.FreeTypeFont:
    with as_file(files("ita_helpers.faces") / "fonts/Sarabun-Bold.ttf") as file:
        return ImageFont.truetype(file, MEASURED, layout_engine=ImageFont.Layout.BASIC)
