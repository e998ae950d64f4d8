"""Scores that stand in a line of their own below or above their name, as in boxes of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ita_helpers.documents.document import Line, Table
from ita_helpers.documents.naming import OVERALL, Naming
from ita_helpers.documents.patterns import pattern
from ita_helpers.language.catalogue import label
from ita_helpers.records.spot import Spot

LONGEST_NAME, LONGEST_TOLD, MOST_BESIDE = 100, 140, 24
"""Letters of a name, of a name with its score, and of what may stand beside the name."""
_NAME, _SCORE, _LEVEL, _TOLD = "nslw"
_BELOW = re.compile(f"{_NAME}{_SCORE}{_LEVEL}?|{_TOLD}{_LEVEL}")
_ABOVE = re.compile(f"{_SCORE}{_LEVEL}?{_NAME}")
_DIGIT = re.compile(r"\d\.\d|\d{3}")
_FIGURE = re.compile(r"(?<![\d.])\d{2,3}\.\d\d(?![\d.])")

Marked = tuple[str, Line]


def told_apart(
    blocks: Sequence[Line | Table], naming: Naming, level_of: Callable[[str], str]
) -> dict[Spot, str]:
    """Return what lines that hold a score alone say together with the line of its name.

    A level in a line of its own belongs to the score before it. Where a score may belong to the
    name above or below it, it says nothing; where several levels follow each other, no level does.
    """

    def marked(block: Line | Table) -> str:
        return _mark(block.text, naming, level_of) if isinstance(block, Line) else ""

    lines = (each.text for each in blocks if isinstance(each, Line))
    made: dict[Spot, str] = {}
    if not any(pattern("figures.alone").fullmatch(each) or level_of(each) for each in lines):
        return made
    for is_short, group in groupby(((marked(e), e) for e in blocks), key=lambda e: bool(e[0])):
        if is_short:
            run = [(mark, line) for mark, line in group if isinstance(line, Line)]
            made |= dict(_joined(run, level_of))
    return made


def told_in_cell(text: str, naming: Naming, level_of: Callable[[str], str]) -> str:
    """Return what a cell says that holds a name and its score, or a level, in a line each."""
    lines = text.split("\n")
    if len(lines) != 2:
        return ""
    marks = "".join(_mark(each, naming, level_of) for each in lines)
    if marks in (_NAME + _SCORE, _SCORE + _NAME):
        return " ".join(lines if marks[0] == _NAME else lines[::-1])
    level = level_of(lines[1]) if pattern("columns.of_level").match(lines[0]) else ""
    return f"{label('documents.level_word')}: {level}" if level else ""


def _joined(run: Sequence[Marked], level_of: Callable[[str], str]) -> Iterator[tuple[Spot, str]]:
    """Yield the spot of each score with what it and the lines beside it say, or nothing."""
    marks = "".join(mark for mark, _ in run)
    if _NAME in marks:
        yield from ((line.spot, "") for mark, line in run if mark == _SCORE)
    is_below = marks[0] != _SCORE
    if is_below == (marks[-1] == _NAME) and _SCORE in marks:
        return
    for found in (_BELOW if is_below else _ABOVE).finditer(marks):
        if marks[found.end() : found.end() + 1] in (_LEVEL, _SCORE) and is_below:
            continue
        lines = [line for _, line in run[found.start() : found.end()]]
        if not is_below:
            lines = [lines[-1], *lines[:-1]]
        at = 0 if found.group()[0] == _TOLD else 1
        yield lines[at].spot, " ".join(_said(e.text, level_of) for e in lines)


def _said(text: str, level_of: Callable[[str], str]) -> str:
    """Return a text, of a level alone with the word for one."""
    level = level_of(text)
    return f"{label('documents.level_word')} {level}" if level else text


def _mark(text: str, naming: Naming, level_of: Callable[[str], str]) -> str:
    """Return what a line holds and no more: a name, a score, a level, or a result with its name."""
    if pattern("figures.alone").fullmatch(text):
        return _SCORE
    if level_of(text):
        return _LEVEL
    if len(text) > LONGEST_TOLD or pattern("of_a_sentence").search(text):
        return ""
    code = naming.code_of(text)
    if code == OVERALL and len(_FIGURE.findall(text)) == 1:
        return _TOLD
    if not code or len(text) > LONGEST_NAME or _DIGIT.search(text):
        return ""
    named = sum(each.end - each.start for each in naming.mentions(text))
    return _NAME if len(text) - named <= MOST_BESIDE else ""
