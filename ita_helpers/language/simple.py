"""Sentences that only print facts and ask whether there are any; Jinja takes 20 ms to load.

What a command says when it is called wrongly needs nothing more. A sentence of any other form, and
one with a fact that is missing or empty, is left to Jinja (``catalogue``), which means the same by
every form read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Facts = Mapping[str, object]
Piece = Callable[[Facts], str]
Test = Callable[[Facts], bool]

_MARK = re.compile(r"{{ (?P<fact>[a-z_]+) }}|{% (?P<word>[a-z]+)(?: (?P<asked>[a-z_]+))? %}\n?")
_OTHER = ("{%", "{{", "{#", "%}", "}}")
_LITERALS = ("none", "true", "false")
Marks = Iterator["re.Match[str] | str"]


class NotSimpleError(ValueError):
    """A sentence is of another form, or a fact of it has no value."""


def simple(text: str) -> Callable[[Facts], str] | None:
    """Return what makes a sentence of its facts; nothing for a text of another form.

    What is returned raises ``NotSimpleError`` for a fact that it prints and that has no value.

    >>> simple("ข้อ {{ item }}{% if year %} ของปี {{ year }}{% endif %}")({"item": 9, "year": 0})
    'ข้อ 9'
    >>> simple("{{ names | join }}")
    """
    marks = _marks(text)
    try:
        pieces, end = _read(marks)
    except NotSimpleError:
        return None
    return None if end else pieces


def _marks(text: str) -> Marks:
    start = 0
    for found in _MARK.finditer(text):
        yield text[start : found.start()]
        yield found
        start = found.end()
    yield text[start:]


def _read(marks: Marks) -> tuple[Piece, re.Match[str] | None]:
    """Read until a mark that ends or divides a condition; returns it too, nothing at the end."""
    pieces: list[Piece] = []
    for mark in marks:
        if isinstance(mark, str):
            pieces.append(_words(mark))
        elif mark["fact"]:
            pieces.append(_fact(_named(mark["fact"])))
        elif mark["word"] == "if":
            pieces.append(_condition(mark, marks))
        else:
            return _joined(pieces), mark
    return _joined(pieces), None


def _condition(begun: re.Match[str], marks: Marks) -> Piece:
    cases: list[tuple[Test, Piece]] = []
    mark: re.Match[str] | None = begun
    while mark and mark["word"] in ("if", "elif", "else"):
        test = _always if mark["word"] == "else" else _asked(_named(mark["asked"]))
        piece, mark = _read(marks)
        cases.append((test, piece))
        if test is _always:
            break
    if not mark or mark["word"] != "endif":
        raise NotSimpleError
    return lambda facts: next((piece(facts) for test, piece in cases if test(facts)), "")


def _named(name: str | None) -> str:
    if not name or name in _LITERALS:
        raise NotSimpleError
    return name


def _words(text: str) -> Piece:
    if any(each in text for each in _OTHER):
        raise NotSimpleError
    return lambda _: text


def _fact(name: str) -> Piece:
    def printed(facts: Facts) -> str:
        value = facts.get(name)
        if value is None:
            raise NotSimpleError(name)
        return str(value)

    return printed


def _asked(name: str) -> Test:
    def is_there(facts: Facts) -> bool:
        if name not in facts:
            raise NotSimpleError(name)
        return bool(facts[name])

    return is_there


def _always(_: Facts) -> bool:
    return True


def _joined(pieces: list[Piece]) -> Piece:
    return lambda facts: "".join([piece(facts) for piece in pieces])
