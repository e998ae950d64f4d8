"""What is reckoned in a text, in signs or in words, and what it comes to, exactly."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from ita_helpers.checks.finished.passages.others import claimed_points
from ita_helpers.checks.finished.passages.speaking import Spoken, all_spoken
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.language.number_words import number_of
from ita_helpers.values import value

_DOES = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
SIGNS = {"plus": "+", "minus": "-", "times": "*", "by": "/", "of": "*"}
MOST, FULL, NEAR = 64, 100, 16
"""Ways to read what is reckoned with several claimed scores; a whole in per cent; characters
before "of" in which a percentage stands.
"""


@value(frozen=True)
class Piece:
    """A sign, a number or a name in what is reckoned; ``values`` are those it may have."""

    kind: str
    start: int
    end: int
    values: tuple[Fraction, ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Reckoned:
    """Something reckoned with its printed result, and all that it may come to."""

    spoken: Spoken
    result: re.Match[str]
    ways: tuple[Fraction, ...]


def reckoned(report: Report) -> Iterator[Reckoned]:
    """Yield what a report reckons in its sentences and cells, with the result printed behind."""
    known = {id(each.passage): each for each in all_spoken(report)}
    for passage in report.that_hold(said("reckoning")):
        spoken = known.get(id(passage)) or Spoken(report, passage)
        pieces: list[Piece] = []
        for each in _pieces(report, spoken):
            if each.kind == "break":
                if one := _with_conclusion(spoken, pieces):
                    yield one
                pieces = []
            elif each.kind == "is":
                if one := _with_result(spoken, pieces, each.end):
                    yield one
                pieces = []
            elif each.kind == "number" and pieces and pieces[-1].kind == "number":
                pieces[-1] = each
            else:
                pieces.append(each)
        if one := _with_conclusion(spoken, pieces):
            yield one


def _pieces(report: Report, spoken: Spoken) -> Iterator[Piece]:
    """Yield the pieces of a text in its order; "break" where it says something else."""
    text, at = spoken.text, 0
    names = {each.start: each for each in spoken.named}
    while at < len(text):
        if (name := names.get(at)) and name.end > at:
            points = claimed_points(report, name.code, report.year)
            values = tuple(map(Fraction, points))
            yield Piece("number" if values else "break", at, name.end, values, is_name=True)
            at = name.end
            continue
        found = said("reckoning_piece").search(text, at)
        if not found or found.start() > at:
            end = min([each for each in names if each > at], default=len(text))
            end = min(end, found.start()) if found else end
            yield Piece("break", at, end)
            at = end
            continue
        kind = str(found.lastgroup)
        if kind == "of" and not said("is_percent").search(text, max(0, at - NEAR), at):
            kind = "break"
        if kind == "number":
            yield Piece(kind, *found.span(), (_number(found.group()),))
        elif kind != "filler":
            yield Piece(kind, *found.span())
        at = found.end()


def _number(written: str) -> Fraction:
    found = said("number_in_piece").search(written)
    assert found
    value = (
        Fraction(found.group().replace(",", ""))
        if found.group()[0].isdigit()
        else Fraction(number_of(found.group()))
    )
    return value / FULL if said("is_percent").search(written) else value


def _with_result(spoken: Spoken, pieces: Sequence[Piece], start: int) -> Reckoned | None:
    result = said("reckoned_result").match(spoken.text, start)
    ways = _ways(pieces) if result else ()
    return Reckoned(spoken, result, tuple(ways)) if result and ways else None


def _with_conclusion(spoken: Spoken, pieces: Sequence[Piece]) -> Reckoned | None:
    """Return what is reckoned before other words, and its result behind "therefore"."""
    if sum(each.is_name for each in pieces) < 2:
        return None
    found = said("therefore").search(spoken.text, pieces[-1].end)
    return _with_result(spoken, pieces, found.end()) if found else None


def _ways(pieces: Sequence[Piece]) -> list[Fraction]:
    """Return what pieces may come to, with and without points before lines; none if no sum."""
    signs = [each for each in pieces if each.kind in SIGNS]
    choices = [each.values for each in pieces if each.kind == "number"]
    if not signs or len(choices) < 2 or any(not each for each in choices):
        return []
    ways: list[Fraction] = []
    for values in islice(product(*choices), MOST):
        written, plain, left = "", "", iter(values)
        for each in pieces:
            if each.kind == "then":
                written, plain = f"({written})", f"({plain})"
                continue
            is_sign = each.kind in SIGNS
            sign = SIGNS[each.kind] if is_sign else {"open": "(", "close": ")"}.get(each.kind)
            text = sign or f"Fraction({next(left)})"
            written += text
            plain = f"({plain}){text}" if is_sign else plain + text
        ways += [found for each in (written, plain) if (found := computed(each)) is not None]
    return [*ways, *(each / FULL for each in ways)]


def computed(written: str) -> Fraction | None:
    """Return the value of an expression of numbers, or None if it is none.

    >>> computed("(0.3 * 90) + 2"), computed("3 +")
    (Fraction(29, 1), None)
    """
    try:
        return _value(ast.parse(written.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return None


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.Call) and isinstance(node.args[0], ast.expr):
        return _value(node.args[0])
    if isinstance(node, ast.BinOp) and type(node.op) in _DOES:
        found: Fraction = _DOES[type(node.op)](_value(node.left), _value(node.right))
        return found
    raise ValueError(node)
