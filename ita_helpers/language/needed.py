"""What a text must hold for a pattern to be found in it, read from the pattern itself.

Looking for a word takes a hundredth of the time that looking for a pattern does, so a pattern is
looked for only in texts that hold the words it cannot do without. Blanks count for nothing on
either side, so that patterns which allow them between any two letters need words as well.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, cast

from ita_helpers.language.kept import kept

DIGIT = "\0"
"""Stands among needed words for any digit."""
MOST_WORDS, MOST_LETTERS = 24, 8
"""Ways in which a piece of a pattern is spelled out, and letters of a set that are."""
Item = tuple[object, object]
"""An operation of a parsed pattern, and what it is about."""
_parse: Callable[[str, int], Iterable[Item]] = importlib.import_module("re._parser").parse
_INLINE = {"SUBPATTERN", "ATOMIC_GROUP"}
_REPEATED = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_NOTHING = frozenset({""})
_DIGITS = range(ord("0"), ord("9") + 1)


@dataclass(frozen=True)
class Need:
    """One of some words, or one of some groups of needs that must all be met."""

    words: frozenset[str]
    groups: tuple[tuple[Need, ...], ...] = ()


Needs = tuple[Need, ...]
"""What is needed together; nothing for a pattern that may be found in any text."""


@cache
def needs_of(pattern: str, flags: int = 0) -> Needs:
    r"""Return what a text without blanks holds wherever a pattern is found in it.

    >>> [sorted(each.words) for each in needs_of(r"ตัว ?ที่\s?[12](?:/ก|/ข)?")]
    [['ตัวที่1', 'ตัวที่2']]
    """
    packed = kept("needs", f"{int(flags)} {pattern}", lambda: _packed(_found(pattern, flags)))
    return _unpacked(packed)


def _found(pattern: str, flags: int) -> Needs:
    needs = _told(_sequence(_parse(pattern, flags), bool(flags & re.IGNORECASE)))
    return tuple(sorted(dict.fromkeys(needs), key=_rareness))


def _packed(needs: Needs) -> tuple[Any, ...]:
    return tuple((each.words, tuple(map(_packed, each.groups))) for each in needs)


def _unpacked(packed: Iterable[Any]) -> Needs:
    return tuple(Need(words, tuple(map(_unpacked, groups))) for words, groups in packed)


def _rareness(need: Need) -> tuple[bool, bool, int]:
    """Return what sorts first the needs that are soon looked for and most often not met."""
    return bool(need.groups), DIGIT in need.words, len(need.words)


@dataclass(frozen=True)
class _Piece:
    """A piece of a pattern: all that it may be, spelled out without blanks, else what it needs."""

    words: frozenset[str] | None
    needs: Needs = ()


_UNKNOWN = _Piece(None)
_ANY_DIGIT = _Piece(None, (Need(frozenset({DIGIT})),))


def _told(piece: _Piece) -> Needs:
    """Return what a piece needs."""
    if piece.words is None:
        return piece.needs
    return () if "" in piece.words else (Need(_shortest(piece.words)),)


def _shortest(words: frozenset[str]) -> frozenset[str]:
    """Return words without those that hold another."""
    return frozenset(e for e in words if not any(o in e for o in words if o != e))


def _sequence(items: Iterable[Item], ignores_case: bool) -> _Piece:
    """Return what is known of items one behind another; spelled out as far as they can be."""
    needs: Needs = ()
    words, is_whole = _NOTHING, True
    for item in items:
        piece = _item(item, ignores_case)
        if piece.words is not None:
            longer = frozenset(map("".join, product(words, piece.words)))
            if len(longer) <= MOST_WORDS:
                words = longer
                continue
        is_whole = False
        needs = (*needs, *_told(_Piece(words)), *piece.needs)
        words = piece.words or _NOTHING
    return _Piece(words) if is_whole else _Piece(None, (*needs, *_told(_Piece(words))))


def _item(item: Item, ignores_case: bool) -> _Piece:
    name, about = repr(item[0]), item[1]
    if name == "LITERAL":
        return _letter(cast(int, about), ignores_case)
    if name == "IN":
        return _set(cast(Sequence[Item], about), ignores_case)
    if name == "BRANCH":
        ways = cast(tuple[object, Sequence[Iterable[Item]]], about)[1]
        return _branch([_sequence(each, ignores_case) for each in ways])
    if name in _INLINE:
        return _group(about, ignores_case)
    if name in _REPEATED:
        return _repeated(cast(tuple[int, int, Iterable[Item]], about), ignores_case)
    if name == "ASSERT":
        inner = cast(tuple[int, Sequence[Item]], about)[1]
        if [repr(kind) for kind, _ in inner] == ["IN"]:
            return _Piece(_NOTHING)
        return _Piece(None, _told(_sequence(inner, ignores_case)))
    return _Piece(_NOTHING) if name in ("AT", "ASSERT_NOT") else _UNKNOWN


def _letter(code: int, ignores_case: bool) -> _Piece:
    letter = chr(code)
    if letter.isspace():
        return _Piece(_NOTHING)
    is_cased = ignores_case and letter.lower() != letter.upper()
    return _UNKNOWN if is_cased else _Piece(frozenset({letter}))


def _set(items: Sequence[Item], ignores_case: bool) -> _Piece:
    codes: list[int] = []
    for kind, of in items:
        more = _codes(repr(kind), of)
        if not more:
            return _UNKNOWN
        codes += more
    pieces = [_letter(each, ignores_case) for each in codes]
    if len(codes) <= MOST_LETTERS and _UNKNOWN not in pieces:
        return _branch(pieces)
    return _ANY_DIGIT if all(chr(each).isdecimal() for each in codes) else _UNKNOWN


def _codes(kind: str, of: object) -> Sequence[int]:
    """Return the letters that a part of a set stands for; nothing if they are many, or others."""
    if kind == "LITERAL":
        return (cast(int, of),)
    if kind == "CATEGORY":
        return {"CATEGORY_SPACE": [ord(" ")], "CATEGORY_DIGIT": _DIGITS}.get(repr(of), ())
    if kind == "RANGE":
        first, last = cast(tuple[int, int], of)
        return range(first, last + 1) if last - first < len(_DIGITS) else ()
    return ()


def _group(about: object, ignores_case: bool) -> _Piece:
    if not isinstance(about, tuple):
        return _sequence(cast(Iterable[Item], about), ignores_case)
    _, added, _, inner = cast(tuple[object, int, int, Iterable[Item]], about)
    return _sequence(inner, ignores_case or bool(added & re.IGNORECASE))


def _repeated(about: tuple[int, int, Iterable[Item]], ignores_case: bool) -> _Piece:
    least, most, inner = about
    piece = _sequence(inner, ignores_case)
    if piece.words == _NOTHING:
        return piece
    if least == most == 1:
        return piece
    if most == 1 and piece.words is not None:
        return _Piece(piece.words | _NOTHING)
    return _Piece(None, _told(piece)) if least else _UNKNOWN


def _branch(pieces: Sequence[_Piece]) -> _Piece:
    """Return what is known of a piece that is one of several."""
    spelled = [each.words for each in pieces if each.words is not None]
    if len(spelled) == len(pieces):
        words = frozenset().union(*spelled)
        if len(words) <= MOST_WORDS:
            return _Piece(words)
    needs = [_told(each) for each in pieces]
    if not all(needs):
        return _UNKNOWN
    single = frozenset().union(*(each[0].words for each in needs if _is_words(each)))
    groups = tuple(each for each in needs if not _is_words(each))
    return _Piece(None, (Need(_shortest(single), groups),))


def _is_words(needs: Needs) -> bool:
    return len(needs) == 1 and not needs[0].groups
