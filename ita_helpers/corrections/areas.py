"""Which words of a corrected file belong where: to a slot, to an own cell, or to the program.

An area is a slot (``06``, ``summary``) or the id of an own cell behind ``cell:``; words of the
program have none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ita_helpers.corrections.aligning import align
from ita_helpers.documents.corrected_lines import Line
from ita_helpers.documents.origin import Written

UNSURE = "?"
"""The area of a new line at the edge of a slot whose marks are gone."""


@dataclass(frozen=True)
class Found:
    """A line of the corrected file: where it belongs, and the line it was, if it was one."""

    line: Line
    area: str
    was: int | None = None
    is_moved: bool = False


def find_areas(
    before: Sequence[Written],
    areas: Sequence[str],
    after: Sequence[Line],
    marked: Sequence[str],
) -> list[Found]:
    """Return each line of the file with its area; lines of the contents are left out.

    ``areas`` are those of the lines ``before``, ``marked`` the slots whose bookmark is there.
    """
    known = {area for area in areas if area}
    single = {slot for slot in known if marked.count(slot) == 1}
    lines = [line for line in after if line.kind != "contents" and (line.text or line.runs)]
    inside = [_marked_as(line, single) for line in lines]
    pairs = _pairs(before, areas, lines, inside)
    moved = _moved(pairs)
    settled = [
        areas[pairs[place]] if place in pairs and place not in moved else None
        for place in range(len(lines))
    ]
    found: list[Found] = []
    for place, line in enumerate(lines):
        area = settled[place]
        if area is None:
            near = found[-1].area if found else ""
            home = areas[pairs[place]] if place in pairs else ""
            area = inside[place] or _of_new(place, line, (near, home), settled)
        found.append(Found(line, area, pairs.get(place), place in moved))
    return found


def _marked_as(line: Line, single: Collection[str]) -> str:
    """Return the one slot whose marks stand around a line, or an empty string."""
    inside = [slot for slot in line.slots if slot in single]
    return inside[0] if len(inside) == 1 else ""


def _pairs(
    before: Sequence[Written], areas: Sequence[str], lines: Sequence[Line], inside: Sequence[str]
) -> dict[int, int]:
    """Return the line each line was: first among those of its own slot, then among the rest."""
    steady = {at for at, each in enumerate(before) if areas[at] or each.kind == "cell"}
    pairs: dict[int, int] = {}
    for slot in (*dict.fromkeys(filter(None, inside)), None):
        taken = set(pairs.values())
        rows = [at for at in range(len(before)) if at not in taken and slot in (None, areas[at])]
        columns = [at for at in range(len(lines)) if at not in pairs and slot in (None, inside[at])]
        found = align(
            [before[at].text for at in rows],
            [lines[at].text for at in columns],
            {place for place, at in enumerate(rows) if at in steady},
        )
        pairs.update({columns[column]: rows[row] for column, row in found.items()})
    return pairs


def _moved(pairs: Mapping[int, int]) -> set[int]:
    """Return the lines that are out of the order in which all others stand."""
    moved: set[int] = set()
    ordered = sorted(pairs)
    longest = _longest_rise([pairs[place] for place in ordered])
    for place in ordered:
        if pairs[place] not in longest:
            moved.add(place)
    return moved


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the numbers of a longest rising sequence among some."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        spot = bisect_left(ends, number)
        before.append(at[spot - 1] if spot else -1)
        ends[spot:] = [number, *ends[spot + 1 :]] if spot < len(ends) else [number]
        at[spot:] = [place, *at[spot + 1 :]] if spot < len(at) else [place]
    found: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        found.add(numbers[place])
        place = before[place]
    return found


def _of_new(
    place: int,
    line: Line,
    near: tuple[str, str],
    settled: Sequence[str | None],
) -> str:
    """Return the area of a line without marks that is new or moved here, by its neighbours.

    ``near`` are the areas of the line right above and, of a moved line, the one it came from. A
    paragraph right below the words of a slot goes on with them: whether it was typed before or
    behind the mark of their end, it is printed in the same place.
    """
    right_above, home = near
    if right_above not in ("", UNSURE) and line.kind in ("text", "entry") and not line.slots:
        return right_above
    above = next((each for each in reversed(settled[:place]) if each is not None), "")
    below = next((each for each in settled[place + 1 :] if each is not None), "")
    if above == below or home == above != "":
        return above
    if home == below != "":
        return below
    return UNSURE if line.slots else ""
