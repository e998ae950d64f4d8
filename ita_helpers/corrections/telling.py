"""Telling of corrections: in sentences, and as notes of a notebook that no report prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from ita_helpers.corrections.changing import Step
from ita_helpers.documents.corrected_lines import PICTURE, Hand, Remark
from ita_helpers.edited.cells import escaped
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date
from ita_helpers.publish.thai_words import words_in
from ita_helpers.records.problem import Problem
from ita_helpers.records.slots import OWN

_THAI = re.compile(r"([\u0e00-\u0e7f]+)")


class Stretch(NamedTuple):
    """A stretch of words: the same in both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Stretch]:
    """Return two texts as stretches of whole words: ``same``, ``old``, ``new``."""
    one, other = _words(shown(old)), _words(shown(new))
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch("same", "".join(one[i1:i2])))
            continue
        found += [Stretch("old", "".join(one[i1:i2]))] if i2 > i1 else []
        found += [Stretch("new", "".join(other[j1:j2]))] if j2 > j1 else []
    return found


def _words(text: str) -> list[str]:
    pieces = filter(None, _THAI.split(text))
    return [
        word for piece in pieces for word in (words_in(piece) if _THAI.match(piece) else [piece])
    ]


def shown(text: str) -> str:
    """Return a text as people see it: a word for a picture."""
    return text.replace(PICTURE, label("adopt.picture"))


def told_hand(hand: Hand) -> str:
    """Return who did something and when, as a sentence names it."""
    return say("adopt.hand", author=hand.author or label("adopt.nobody"), date=_day(hand.date))


@dataclass(frozen=True)
class ShownStep:
    """A change of one paragraph as people see it: ``stretches`` are its words, old and new."""

    kind: str
    old: str
    new: str

    @property
    def stretches(self) -> list[Stretch]:
        """The words of both texts."""
        return difference(self.old, self.new)


@dataclass(frozen=True)
class ShownArea:
    """The changes of an area as people see them; ``refused`` are texts with the reasons."""

    area: str
    name: str
    hands: tuple[str, ...]
    steps: tuple[ShownStep, ...]
    remarks: tuple[str, ...]
    refused: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Outline:
    """All corrections of a file as people see them; ``report`` names whose report it is.

    ``warnings`` tell of its marks, ``additions`` of new words outside the slots, ``told`` of what
    is not taken from Word.
    """

    file: str
    report: str
    warnings: tuple[str, ...]
    areas: tuple[ShownArea, ...]
    additions: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was corrected."""
        return not (self.areas or self.additions or self.told)


def lines_of_area(area: ShownArea) -> Iterator[str]:
    """Yield the changes of an area as lines of a terminal."""
    yield say(
        "adopt.own_area" if area.area.startswith(OWN) else "adopt.area",
        name=area.name,
        hands=area.hands,
    )
    for step in area.steps:
        said = say(f"adopt.step_{step.kind}", old=step.old, new=step.new)
        yield from (f"  {line}" for line in said.splitlines())
    for text, reasons in area.refused:
        yield f"  {say('adopt.refused', new=text)}"
        yield from (f"    {each}" for each in reasons)
    yield from (f"  {each}" for each in area.remarks)


def lines_of_additions(outline: Outline) -> Iterator[str]:
    """Yield new words outside the slots as lines of a terminal."""
    if outline.additions:
        yield label("adopt.additions_head")
        yield from (f"  {each}" for each in outline.additions)


def lines_of_told(outline: Outline) -> Iterator[str]:
    """Yield what is not taken from Word as lines of a terminal."""
    if outline.told:
        yield label("adopt.told_head")
        yield from (f"  {each}" for each in outline.told)


def remark_notes(remarks: Sequence[Remark], file: str) -> Iterator[str]:
    """Yield the comments as Markdown."""
    for each in remarks:
        about, text = escaped([each.about, each.text])
        yield say("adopt.remark_note", hand=told_hand(each.hand), about=about, text=text, file=file)


def note_of(kind: str, step: Step, file: str, problems: Sequence[Problem] = ()) -> str:
    """Return words that were not taken, with the reason, as Markdown."""
    old, new = escaped([shown(step.old), shown(step.new)])
    reasons = [escaped([each.text])[0] for each in problems]
    return say(f"adopt.note_{kind}", old=old, new=new, file=file, reasons=reasons)


def _day(written: str) -> str:
    """Return the day of a moment as Word writes it, or nothing."""
    from datetime import date

    try:
        return format_date(date.fromisoformat(written[:10]))
    except ValueError:
        return ""
