"""Telling what was corrected in a Word file, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.corrections.finding import Addition, Told
from ita_helpers.corrections.telling import (
    Outline,
    ShownArea,
    ShownStep,
    shown,
    told_hand,
)
from ita_helpers.documents.corrected_lines import Remark
from ita_helpers.edited.lines import name_of
from ita_helpers.issued.telling import changed_places
from ita_helpers.language.catalogue import say
from ita_helpers.records.slots import OWN
from ita_helpers.rendering.adopting import Adoption, Proposed
from ita_helpers.rendering.copies import restoring
from ita_helpers.rendering.correction_places import place_of_cell, place_of_slot
from ita_helpers.rendering.taking import Adopted


def outline_of(adoption: Adoption) -> Outline:
    """Return the corrections of a file as people see them."""
    told = [line for each in adoption.corrections.told for line in _told(adoption, each)]
    return Outline(
        adoption.corrected.shown,
        say(
            "start.report.of",
            name=adoption.data.organisation.name,
            year=adoption.parameters.fiscal_year,
        ),
        tuple(_warnings(adoption)),
        tuple(_area(adoption, each) for each in adoption.proposed),
        tuple(map(_addition, adoption.corrections.additions)),
        tuple(told),
    )


def _warnings(adoption: Adoption) -> Iterator[str]:
    file = adoption.corrected.shown
    if adoption.corrected.is_open:
        yield say("adopt.open", file=file)
    if adoption.corrected.has_macros:
        yield say("documents.macros", file=file)
    if not adoption.is_certain:
        yield say("adopt.uncertain", file=file)
    slots = dict.fromkeys(each.slot for each in adoption.before if each.slot)
    counts = {slot: adoption.corrected.marked.count(slot) for slot in slots}
    missing = [name_of(slot) for slot, count in counts.items() if count == 0]
    twice = [name_of(slot) for slot, count in counts.items() if count > 1]
    if missing:
        yield say("adopt.marks_lost", slots=missing)
    if twice:
        yield say("adopt.marks_twice", slots=twice)


def _area(adoption: Adoption, proposed: Proposed) -> ShownArea:
    slot = "" if proposed.area.startswith(OWN) else proposed.area
    place = place_of_slot(adoption.workspace, adoption.data, slot)
    return ShownArea(
        proposed.area,
        name_of(proposed.area),
        tuple(map(told_hand, proposed.change.hands)),
        tuple(
            ShownStep(step.kind, shown(step.old), shown(step.new))
            for step in proposed.steps
            if step.is_change
        ),
        tuple(map(_remark, proposed.change.remarks)),
        tuple(
            (shown(each.step.new), (*(problem.text for problem in each.problems), place))
            for each in proposed.refused
        ),
    )


def _remark(remark: Remark) -> str:
    return say("adopt.remark", hand=told_hand(remark.hand), about=remark.about, text=remark.text)


def _addition(addition: Addition) -> str:
    text = " ".join(shown(line.text) for line in addition.lines)
    return say("adopt.addition" if addition.is_sure else "adopt.addition_unsure", text=text)


def _told(adoption: Adoption, told: Told) -> Iterator[str]:
    """Yield a change that is not taken, and the comments on it."""
    old, new = changed_places(*map(shown, (told.old, told.new)))
    if told.kind == "slot":
        yield say("adopt.told_slot", name=name_of(told.old))
    elif told.old != told.new:
        kind = told.kind if told.kind in ("cell", "heading") else "text"
        where = place_of_cell(adoption.workspace, adoption.data, told) if kind == "cell" else ""
        facts = {"where": where} if kind == "cell" else {}
        under = {} if kind == "heading" else {"under": told.under}
        yield say(f"adopt.told_{kind}", old=old, new=new, **facts, **under)
    for each in told.remarks:
        hand = told_hand(each.hand)
        yield say(
            "adopt.told_remark", hand=hand, about=each.about or shown(told.old), text=each.text
        )


def lines_of_outcome(adoption: Adoption, adopted: Adopted) -> Iterator[str]:
    """Yield what became of the corrections."""
    workspace, parameters = adoption.workspace, adoption.parameters
    file = workspace.shown(adopted.path)
    if not adopted.taken and not adopted.added:
        yield say("adopt.current", file=file)
    if adopted.taken:
        yield say("adopt.taken", slots=list(map(name_of, adopted.taken)), file=file)
    if adopted.added:
        yield say("adopt.added", count=adopted.added, notes=adopted.notes, file=file)
    if adopted.conflicts:
        yield say("adopt.conflicts", slots=list(map(name_of, adopted.conflicts)))
    if adopted.absent:
        names = list(map(name_of, adopted.absent))
        yield say("adopt.absent", slots=names, command=restoring(parameters))
    if adopted.lost_pictures:
        yield say("adopt.lost_pictures", count=adopted.lost_pictures)
    if adopted.backup:
        yield say("adopt.backup", backup=workspace.shown(adopted.backup))
        facts = {"organisation": parameters.organisation, "year": parameters.fiscal_year}
        yield say("adopt.then", **facts)
