"""Taking pages' operators apart where texts are placed, and writing them again shorter.

typst places every few letters anew, with seven digits, and names the font each time. A font holds
until another is set or the text ends. The operators looked for cannot stand in a string: there
every letter of our fonts begins with an escaped byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, repeat
from typing import NamedTuple

_MATRIX, _BLANK = b"1 0 0 -1 ", b" "
_PLACED = re.compile(_MATRIX + rb"(-?[0-9.]+) (-?[0-9.]+) (Tm|cm)")
_MODE, _SET = b" Tr/", b" Tf "
_SETS = re.compile(rb" [0-9] Tr(/f[0-9]+) ([0-9.]+) Tf ")
_SAYS, _SAID, _ENDS = b"/Span<</ActualText<FEFF", b">>>BDC", b"EMC"
TEXT_BEGINS, TEXT_ENDS = b"BT", b"ET\nQ"
_HEXADECIMAL = re.compile(rb"(?<!Text)<([0-9A-F]+)>")
"""A string of glyphs that typst writes so where one has a number above 127."""
_ZEROS = re.compile(rb"\.?0+(?= )")


class Font(NamedTuple):
    """A font as a page calls it, and its size in points."""

    name: bytes
    size: float


NO_FONT = Font(b"", 0.0)


class Operators(NamedTuple):
    """Operators by the places at which something is drawn, in their order.

    ``drawn`` follows each place, ``bare`` is the same without the end of an ``ActualText``.
    ``said`` is the one that begins before the place, if one does; ``sets`` sets the font there, if
    it is set there. ``fonts`` are those that hold. ``head`` stands before the first place.
    """

    head: bytes
    across: Sequence[bytes]
    down: Sequence[bytes]
    kinds: Sequence[bytes]
    drawn: Sequence[bytes]
    bare: Sequence[bytes]
    said: Sequence[bytes | None]
    sets: Sequence[bytes]
    fonts: Sequence[Font]

    def clusters(self, places: Iterable[int]) -> Iterator[tuple[bytes, bytes, bytes]]:
        """Yield the font, the ``ActualText`` and the operators at the places that have one."""
        for place in places:
            if (said := self.said[place]) is not None:
                yield self.fonts[place].name, said, self.drawn[place].partition(_ENDS)[0]

    def rounded(self) -> Operators:
        """Return the same with positions to a hundredth of a point."""
        numbers = [*{*self.across, *self.down}]
        written = (b"%.2f " * len(numbers)) % (*map(float, numbers),)
        short = dict(zip(numbers, _ZEROS.sub(b"", written).split(), strict=True))
        across, down = ([*map(short.__getitem__, places)] for places in (self.across, self.down))
        return self._replace(across=across, down=down)

    def with_drawn(self, others: Mapping[int, bytes]) -> Operators:
        """Return the same with something else drawn at some places."""
        drawn, bare = list(self.drawn), list(self.bare)
        for place, each in others.items():
            drawn[place], bare[place] = each, each.replace(_ENDS, b"", 1)
        return self._replace(drawn=drawn, bare=bare)

    def written(self, spans: Iterable[bytes] | None = None) -> bytes:
        """Return the operators with fonts set once.

        ``spans`` are what the clusters begin with instead; nothing for one that need not say what
        it is.
        """
        if not any(self.said) and not any(self.sets):
            blanks = repeat(_BLANK)
            places = zip(
                repeat(_MATRIX),
                self.across,
                blanks,
                self.down,
                blanks,
                self.kinds,
                self.drawn,
                strict=False,
            )
            return b"".join([self.head, *chain.from_iterable(places)])
        as_before = (_SAYS + said + _SAID for said in self.said if said is not None)
        span = iter(as_before if spans is None else spans)
        begins = [None if said is None else next(span) for said in self.said]
        pieces = zip(
            (begun or b"" for begun in begins),
            self._needed_sets(),
            repeat(_MATRIX),
            self.across,
            repeat(_BLANK),
            self.down,
            repeat(_BLANK),
            self.kinds,
            (
                bare if begun == b"" else drawn
                for begun, bare, drawn in zip(begins, self.bare, self.drawn, strict=True)
            ),
            strict=False,
        )
        return b"".join([self.head, *chain.from_iterable(pieces)])

    def _needed_sets(self) -> list[bytes]:
        """Return what sets the fonts, a blank where the one before in a text has set the same."""
        sets = self.sets
        return [
            _BLANK if own and own == last and TEXT_BEGINS not in drawn else own
            for own, last, drawn in zip(sets, [b"", *sets], [self.head, *self.drawn], strict=False)
        ]


def take_apart(content: bytes) -> Operators:
    """Return operators by their places, all strings in brackets."""
    *pieces, end = _PLACED.split(content)
    end = _with_brackets(end)
    between = [*map(_between, pieces[::4]), (end, end.replace(_ENDS, b"", 1), None, b"", None)]
    texts, bare, said, sets, set_ = zip(*between, strict=True)
    places = pieces[1::4], pieces[2::4], pieces[3::4]
    fonts = accumulate(set_[:-1], lambda before, own: own or before, initial=NO_FONT)
    return Operators(texts[0], *places, texts[1:], bare[1:], said[:-1], sets[:-1], [*fonts][1:])


def _with_brackets(operators: bytes) -> bytes:
    if b"<" not in operators:
        return operators
    return _HEXADECIMAL.sub(lambda string: _in_brackets(string[1]), operators)


@lru_cache(maxsize=1_000)
def _in_brackets(hexadecimal: bytes) -> bytes:
    return b"(%s)" % b"".join(b"\\%03o" % each for each in bytes.fromhex(hexadecimal.decode()))


@lru_cache(maxsize=8_000)
def _between(operators: bytes) -> tuple[bytes, bytes, bytes | None, bytes, Font | None]:
    """Return what is drawn between two places, and how the second begins."""
    said, sets, font = None, b"", None
    if operators.endswith(_SET):
        at = operators.rfind(_MODE) - 2
        if font := _font_of(operators[at:]):
            operators, sets = operators[:at], operators[at:]
    if operators.endswith(_SAID):
        text, _, hexadecimal = operators[: -len(_SAID)].rpartition(_SAYS)
        if hexadecimal.isalnum():
            operators, said = text, hexadecimal
    operators = _with_brackets(operators)
    return operators, operators.replace(_ENDS, b"", 1), said, sets, font


@lru_cache(maxsize=1_000)
def _font_of(operators: bytes) -> Font | None:
    """Return the font that operators set, nothing where they do anything else."""
    found = _SETS.fullmatch(operators)
    return Font(found[1], float(found[2])) if found else None
