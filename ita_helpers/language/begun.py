"""Patterns that are tried only where one of the letters stands with which they may begin.

A search tries all ways in which a pattern may begin at every letter of a text, unless the pattern
begins with a letter or with a set of them. Of other patterns the letters are found out here and
given to the engine, which then passes over all others: a search is up to five times as fast and
finds the same.
"""

from __future__ import annotations

import importlib
import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, cast

from ita_helpers.language.catalogue import section
from ita_helpers.language.kept import kept
from ita_helpers.language.lead_ins import but_for_lead_ins

Item = tuple[object, object]
_Code = tuple[bytes, int, int, tuple[tuple[str, int], ...]]
"""What the engine runs, its flags, how many groups it has with the whole, and their names."""
_LETTER = "I"
"""The kind of number that the engine runs, in an array."""
_parse: Callable[[str, int], Any] = importlib.import_module("re._parser").parse
_engine: Any = importlib.import_module("re._compiler")
_CATEGORIES = {"CATEGORY_DIGIT", "CATEGORY_SPACE", "CATEGORY_WORD"}
_WIDTHLESS = {"AT", "ASSERT", "ASSERT_NOT"}
_REPEATED = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_GLOBAL_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")
_CASED: set[Item] = {
    *((_engine.RANGE, (ord(first), ord(last))) for first, last in ("AZ", "az")),
    *((_engine.LITERAL, ord(letter)) for letter in "\u017f\u212a\u0130\u0131"),
}
"""All Latin letters of either case, and those that stand for one where the case is left aside."""
_OTHER_ENGINE = (AttributeError, IndexError, TypeError, ValueError, RuntimeError)
"""What a Python raises whose engine is told of a pattern in another way."""


class _Anything(Exception):
    """A pattern may begin with any letter, or match nothing."""


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return a pattern that finds the same as this one, and faster where that can be.

    Words that only lead in are not found (``lead_ins``).

    >>> compiled(r"(?:ได้\s?)?(?:สูง|ต่ำ)กว่า").findall("ได้สูงกว่า ต่ำกว่า")
    ['ได้สูงกว่า', 'ต่ำกว่า']
    """
    pattern = but_for_lead_ins(pattern)
    with suppress(*_OTHER_ENGINE):
        return _put_together(
            pattern, kept("code", f"{int(flags)} {pattern}", lambda: _code_of(pattern, flags))
        )
    return re.compile(pattern, flags)


def letters_of(pattern: str, flags: int = 0) -> frozenset[Item]:
    """Return the letters, runs and kinds of letters with which a pattern may begin.

    Nothing if it may begin with any, or if the engine sees by itself with which.
    """
    return frozenset() if _GLOBAL_FLAGS.match(pattern) else _letters(_parse(pattern, flags), flags)


def _letters(items: Sequence[Item], flags: int) -> frozenset[Item]:
    letters = set[Item]()
    try:
        is_sure = _add_first(items, letters)
        is_cased = flags & re.IGNORECASE and any(map(_has_cases, letters))
    except _Anything:
        return frozenset()
    if not is_sure or _begins_with_letters(items):
        return frozenset()
    return frozenset(letters | _CASED if is_cased else letters)


def _code_of(pattern: str, flags: int) -> _Code:
    """Return what the engine makes of a pattern, told the letters with which it may begin.

    What it makes begins with what is known of it: how long that is, the kind of what it begins
    with, the least and the most letters, and a set of letters.
    """
    parsed = _parse(pattern, flags)
    letters = frozenset() if _GLOBAL_FLAGS.match(pattern) else _letters(parsed, flags)
    flags = int(flags | parsed.state.flags)
    code = _engine._code(parsed, flags)
    if letters:
        known = list[int]()
        of_letters, _ = _engine._optimize_charset(sorted(letters))
        _engine._compile_charset(of_letters, flags, known)
        first, length, _, least, most, *rest = code
        begin = [first, 4 + len(known), _engine.SRE_INFO_CHARSET, least, most, *known]
        code = [*begin, *rest[length - 4 :]]
    packed = array(_LETTER, code).tobytes()
    return packed, flags, parsed.state.groups, tuple(parsed.state.groupdict.items())


def _put_together(pattern: str, made: _Code) -> re.Pattern[str]:
    packed, flags, count, named = made
    of_numbers = {number: name for name, number in named}
    groups = tuple(map(of_numbers.get, range(count)))
    code = array(_LETTER, packed).tolist()
    put = _engine._sre.compile(pattern, flags, code, count - 1, dict(named), groups)
    return cast("re.Pattern[str]", put)


def make_all(name: str, make: Callable[[str], object]) -> None:
    """Make all patterns of a section of the catalogue, before processes are forked."""
    for key, written in section(name).items():
        if isinstance(written, str):
            make(key)


def _begins_with_letters(items: Sequence[Item]) -> bool:
    """Whether the engine sees by itself with which letters a pattern begins."""
    if not items:
        return False
    name, about = repr(items[0][0]), items[0][1]
    if name == "SUBPATTERN":
        return _begins_with_letters(cast(tuple[object, int, int, Sequence[Item]], about)[3])
    if name == "BRANCH":
        ways = cast(tuple[object, Sequence[Sequence[Item]]], about)[1]
        return all(each and repr(each[0][0]) == "LITERAL" for each in ways)
    return name in ("LITERAL", "IN")


def _add_first(items: Iterable[Item], letters: set[Item]) -> bool:
    """Add with what items one behind another may begin; whether they are surely not empty."""
    return any(_add(item, letters) for item in items)


def _add(item: Item, letters: set[Item]) -> bool:
    kind, about = repr(item[0]), item[1]
    if kind == "LITERAL":
        letters.add(item)
    elif kind == "IN":
        letters.update(map(_member, cast(Sequence[Item], about)))
    elif kind == "BRANCH":
        ways = cast(tuple[object, Sequence[Sequence[Item]]], about)[1]
        are_sure = [_add_first(each, letters) for each in ways]
        return all(are_sure)
    elif kind == "SUBPATTERN":
        _, added, removed, inner = cast(tuple[object, int, int, Sequence[Item]], about)
        if added or removed:
            raise _Anything
        return _add_first(inner, letters)
    elif kind == "ATOMIC_GROUP":
        return _add_first(cast(Sequence[Item], about), letters)
    elif kind in _REPEATED:
        least, _, inner = cast(tuple[int, int, Sequence[Item]], about)
        return _add_first(inner, letters) and least > 0
    elif kind in _WIDTHLESS:
        return False
    else:
        raise _Anything
    return True


def _member(item: Item) -> Item:
    kind, about = repr(item[0]), repr(item[1])
    if kind in ("LITERAL", "RANGE") or about in _CATEGORIES:
        return item
    raise _Anything


def _has_cases(item: Item) -> bool:
    """Whether letters are the same but for their case; those of other alphabets are left alone."""
    first, last = item[1] if isinstance(item[1], tuple) else (item[1], item[1])
    if not isinstance(first, int) or repr(item[0]) == "CATEGORY":
        return False
    cased = [n for n in range(first, last + 1) if chr(n).lower() != chr(n).upper()]
    if any(number > 127 for number in cased):
        raise _Anything
    return bool(cased)
