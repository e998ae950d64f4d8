"""Abbreviations without all their points, and brackets without their other half."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import pattern
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in, once_each
from ita_helpers.language.catalogue import label

OPEN, CLOSED = "()"
NEAR = 3
"""Lines beside one in which the other half of a bracket may stand."""
LONG = 24
"""Letters shown beside a bracket."""


def points_lost(report: Report) -> Iterator[Found]:
    """Yield abbreviations of bodies that lack points, each once."""
    yield from once_each(
        found_at(passage, place, right=f"{label('signs.short_begins')}{last}.")
        for passage, place in report.places(pattern("points_lost"))
        if (last := place["one"] or place["other"])
    )


def brackets_apart(report: Report) -> Iterator[Found]:
    """Yield brackets that are opened and not closed in a paragraph, or the other way round.

    Where a line near it has the other half, one paragraph is in two lines; and the last line of a
    document may be cut. A PDF is read line by line.
    """
    lines = [each for each in report.lines if not each.spot.page]
    halves = [_halves(each.text) for each in lines]
    for at, (passage, apart) in enumerate(zip(lines, halves, strict=True)):
        if len(apart) != 1 or at == len(lines) - 1:
            continue
        place, which = apart[0]
        around = halves[at + 1 : at + 1 + NEAR] if which == OPEN else halves[max(0, at - NEAR) : at]
        if any(other != which for each in around for _, other in each):
            continue
        start, end = (place, place + LONG) if which == OPEN else (place + 1 - LONG, place + 1)
        start = max(0, start)
        yield found_in(passage, start, passage.text[start:end]).told("bracket")


def _halves(text: str) -> list[tuple[int, str]]:
    """Return the brackets of a text that have no other half, the numbers of entries left out."""
    entries = (
        [each.span() for each in pattern("entry_closed").finditer(text)] if CLOSED in text else []
    )
    opened, apart = list[int](), list[tuple[int, str]]()
    for place, letter in enumerate(text):
        if letter == OPEN:
            opened.append(place)
        elif letter == CLOSED and opened:
            opened.pop()
        elif letter == CLOSED and not any(start <= place < end for start, end in entries):
            apart.append((place, CLOSED))
    return sorted(apart + [(place, OPEN) for place in opened])
