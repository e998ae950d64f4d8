"""Finding what was corrected: word by word in each area, and what belongs to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from ita_helpers.corrections.areas import UNSURE, Found, find_areas
from ita_helpers.corrections.changing import Step
from ita_helpers.documents.corrected_lines import Hand, Kind, Line, Remark
from ita_helpers.documents.origin import Written


@dataclass(frozen=True)
class AreaChange:
    """What was corrected in a slot or an own cell: what became of each of its paragraphs."""

    area: str
    steps: tuple[Step, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def changed(self) -> tuple[Step, ...]:
        """The steps that change something; a moved paragraph counts where it went."""
        return tuple(step for step in self.steps if step.is_change)

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Who tracked changes here."""
        lines = (step.line for step in self.steps if step.line)
        return tuple(dict.fromkeys(hand for line in lines for hand in line.hands))


@dataclass(frozen=True)
class Addition:
    """New lines outside all slots, or whose place is uncertain (``is_sure``).

    ``behind`` are the areas and texts of the lines above them, the nearest first.
    """

    lines: tuple[Line, ...]
    behind: tuple[tuple[str, str], ...]
    is_sure: bool


@dataclass(frozen=True)
class Told:
    """A change to what comes from data or template, which is told and not taken.

    ``kind`` is that of the line, ``under`` the heading or caption above it. Without ``new`` the
    line is gone, without ``old`` it is new there. ``remarks`` are comments on it.
    """

    kind: Kind | Literal["slot"]
    old: str
    new: str
    under: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """All that was corrected in a file."""

    areas: tuple[AreaChange, ...] = ()
    additions: tuple[Addition, ...] = ()
    told: tuple[Told, ...] = field(default_factory=tuple)


def find_corrections(
    before: Sequence[Written],
    areas: Sequence[str],
    after: Sequence[Line],
    marked: Sequence[str],
) -> Corrections:
    """Compare a file with the lines it was written with; ``areas`` are those of these lines."""
    shown = [place for place, each in enumerate(before) if each.kind != "contents"]
    before, areas = [before[place] for place in shown], [areas[place] for place in shown]
    found = find_areas(before, areas, after, marked)
    missing = frozenset(_missing(areas, found))
    changes = [
        change
        for area in dict.fromkeys(filter(None, areas))
        if area not in missing
        for change in [_area_change(area, before, areas, found)]
        if change.changed or change.remarks
    ]
    told = [
        *_told(before, areas, found),
        *(Told("cell", "", each.line.text) for each in found if _is_new_cell(each)),
        *(Told("slot", area, "") for area in sorted(missing)),
    ]
    return Corrections(tuple(changes), tuple(_additions(before, found)), tuple(told))


def _is_new_cell(found: Found) -> bool:
    """Whether somebody added this cell to a table, which no cell of a notebook can hold."""
    return found.was is None and not found.area and found.line.kind == "cell"


def _area_change(
    area: str, before: Sequence[Written], areas: Sequence[str], found: Sequence[Found]
) -> AreaChange:
    """Return the steps of an area: what was moved within it is taken away first."""
    inside = [each for each in found if each.area == area]
    kept = {each.was for each in inside if not each.is_moved and each.was is not None}
    gone = [place for place, each in enumerate(areas) if each == area and place not in kept]
    moved = {each.was for each in inside if each.is_moved}
    steps = [Step("away", before[place].text) for place in gone if place in moved]
    left = [place for place in gone if place not in moved]
    for each in inside:
        if each.is_moved or each.was is None or areas[each.was] != area:
            steps.append(Step("moved" if each.is_moved else "new", line=each.line))
            continue
        while left and left[0] < each.was:
            steps.append(Step("gone", before[left.pop(0)].text))
        old = before[each.was].text
        steps.append(Step("kept" if old == each.line.text else "changed", old, each.line))
    steps += [Step("gone", before[place].text) for place in left]
    remarks = tuple(remark for each in inside for remark in each.line.remarks)
    return AreaChange(area, tuple(_replaced(steps)), remarks)


def _replaced(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield steps; what is gone and what is new in the same place is one paragraph, changed."""
    for is_open, group in groupby(steps, key=lambda step: step.kind in ("gone", "new")):
        if not is_open:
            yield from group
            continue
        held = list(group)
        gone = [step for step in held if step.kind == "gone"]
        new = [step for step in held if step.kind == "new"]
        for one, other in zip(gone, new, strict=False):
            yield Step("changed", one.old, other.line)
        yield from gone[len(new) :]
        yield from new[len(gone) :]


def _missing(areas: Sequence[str], found: Sequence[Found]) -> Iterator[str]:
    """Yield the areas that the file does not have at all: what stood around them is gone too."""
    kept = {each.was for each in found}
    there = {each.area for each in found}
    for area in dict.fromkeys(filter(None, areas)):
        first, last = areas.index(area), len(areas) - 1 - areas[::-1].index(area)
        above = next((place for place in reversed(range(first)) if not areas[place]), None)
        below = next((place for place in range(last + 1, len(areas)) if not areas[place]), None)
        if area not in there and not {above, below} - {None} <= kept:
            yield area


def _told(
    before: Sequence[Written], areas: Sequence[str], found: Sequence[Found]
) -> Iterator[Told]:
    """Yield what was changed in lines of the program, those that are gone together as one."""
    was = {each.was: each.line for each in found if each.was is not None}
    under = ""
    for (is_gone, _), group in groupby(
        enumerate(before), key=lambda pair: (pair[0] not in was, areas[pair[0]])
    ):
        lines = [(place, each) for place, each in group if not areas[place]]
        for place, each in lines:
            now = was.get(place)
            if each.kind == "heading" or _is_caption(before, place):
                under = each.text
            if now is not None and (now.text != each.text or now.remarks):
                new = now.text if now.text != each.text else each.text
                yield Told(each.kind, each.text, new, under, now.remarks)
        if is_gone and lines:
            first = lines[0][1]
            yield Told(first.kind, " · ".join(each.text for _, each in lines), "", under)


def _is_caption(before: Sequence[Written], place: int) -> bool:
    following = before[place + 1] if place + 1 < len(before) else None
    return before[place].kind == "text" and following is not None and following.kind == "cell"


def _additions(before: Sequence[Written], found: Sequence[Found]) -> Iterator[Addition]:
    """Yield neighbouring new lines outside the slots together."""

    def kind_of(pair: tuple[int, Found]) -> str:
        each = pair[1]
        is_new = (each.was is None or each.is_moved) and each.line.kind != "cell"
        return each.area if is_new and each.area in ("", UNSURE) else "known"

    for kind, group in groupby(enumerate(found), key=kind_of):
        if kind == "known":
            continue
        places = list(group)
        above = reversed(found[: places[0][0]])
        behind = tuple(_known(before, above))
        yield Addition(tuple(each.line for _, each in places), behind, kind == "")


def _known(before: Sequence[Written], above: Iterable[Found]) -> Iterator[tuple[str, str]]:
    """Yield area and former text of the lines above that were there before, the nearest first."""
    for each in above:
        if each.was is not None and not each.is_moved:
            yield each.area, before[each.was].text
