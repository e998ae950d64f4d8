"""Changing the Markdown of an area's cells as its words were changed in Word.

Paragraphs that stayed keep their Markdown. What was changed meanwhile in the notebook too is left
alone and reported; what is there already is not written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

from ita_helpers.corrections.cell_words import Piece, Printed, formulas_in, pieces_of
from ita_helpers.corrections.markdown import Pasted, entry_of, line_to_markdown, picture_name
from ita_helpers.documents.corrected_lines import Line
from ita_helpers.edited.cells import escaped

Kind = Literal["kept", "changed", "new", "moved", "away", "gone"]
"""What became of a paragraph; one that is ``moved`` within its area was taken ``away`` before."""


@dataclass(frozen=True)
class Step:
    """What became of one paragraph: ``old`` is its text before, ``line`` what stands there now."""

    kind: Kind
    old: str = ""
    line: Line | None = None

    @property
    def is_change(self) -> bool:
        """Whether people should see it."""
        return self.kind not in ("kept", "away")

    @property
    def new(self) -> str:
        """The text that stands there now."""
        return self.line.text if self.line else ""


@dataclass
class _Item:
    """A paragraph of the cells: untouched (``printed`` of its ``piece``) or a line from Word."""

    cell: int
    text: str
    piece: Piece | None = None
    printed: Printed | None = None
    line: Line | None = None


@dataclass
class Changed:
    """The cells of an area with the new words.

    ``sources`` are by the place among the cells, ``conflicts`` the steps that found other words
    than those the Word file was written with. ``is_changed`` is false where all was there already.
    """

    sources: list[str]
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    conflicts: list[Step] = field(default_factory=list)
    lost_pictures: int = 0
    is_changed: bool = False


def change(
    cells: Sequence[Mapping[str, Any]], steps: Sequence[Step], pictures: Mapping[str, bytes]
) -> Changed:
    """Return the Markdown of some cells after the steps; ``pictures`` are by their id in a run."""
    before = ["".join(cell["source"]) for cell in cells]
    formulas = frozenset(each for source in before for each in formulas_in(source))
    words = _Words(cells, pictures)
    parted = (part for step in steps for part in _parted(step, formulas))
    conflicts = [step for step in parted if not words.take(step)]
    if not words.is_touched:
        return Changed(before, conflicts=conflicts)
    pasted = Pasted()
    sources = [
        "\n\n".join(_written([i for i in words.items if i.cell == at], pictures, pasted, formulas))
        for at in range(len(cells))
    ]
    is_changed = [each.strip() for each in before] != sources
    return Changed(sources, pasted.attachments, conflicts, pasted.lost, is_changed)


def _parted(step: Step, formulas: frozenset[str]) -> Iterator[Step]:
    """Yield a step for each picture of a new paragraph, and for the words around it.

    A notebook prints a picture as a paragraph of its own, unless it is a formula in a line.
    """
    if step.line is None or step.kind == "kept":
        yield step
        return
    kind, old = step.kind, step.old
    for is_picture, group in groupby(
        step.line.runs, key=lambda run: bool(run.picture) and run.alt not in formulas
    ):
        runs = tuple(group)
        for each in ((run,) for run in runs) if is_picture else (runs,):
            line = replace(step.line, runs=each)
            if line.text:
                yield Step(kind, old, line)
                kind, old = "new", ""


class _Words:
    """The paragraphs of an area's cells while they are changed; knows where it stands."""

    def __init__(self, cells: Sequence[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> None:
        self.pictures = pictures
        self.items: list[_Item] = []
        self.is_touched = False
        self.at = 0
        for number, cell in enumerate(cells):
            for piece in pieces_of(cell):
                printed = piece.printed or (Printed("", ""),)
                self.items += [_Item(number, each.text, piece, each) for each in printed]

    def take(self, step: Step) -> bool:
        """Change the words by one step; false where they are not those it speaks of."""
        match step.kind:
            case "kept":
                self._go_behind(step.old)
                return True
            case "gone" | "away":
                return self._drop(step)
            case "new" | "moved":
                return self._insert(step)
        return self._replace(step)

    def _find(self, text: str) -> int | None:
        places = [place for place, item in enumerate(self.items) if item.text == text != ""]
        return min(places, key=lambda place: (place < self.at, place), default=None)

    def _go_behind(self, text: str) -> bool:
        place = self._find(text)
        self.at = self.at if place is None else place + 1
        return place is not None

    def _is_there(self, line: Line) -> bool:
        """Go behind a line that is there already; a pasted picture is known by its content."""
        if not line.pictures:
            return self._go_behind(line.text)
        name = picture_name(self.pictures.get(line.pictures[0].picture, b""))
        places = [
            place
            for place, item in enumerate(self.items)
            if item.piece and name in item.piece.source
        ]
        self.at = places[-1] + 1 if places else self.at
        return bool(places)

    def _drop(self, step: Step) -> bool:
        place = self._find(step.old)
        if place is not None:
            del self.items[place]
            self.is_touched = True
            self.at = place if step.kind == "gone" else self.at
        return True

    def _replace(self, step: Step) -> bool:
        place = self._find(step.old)
        if place is None:
            return self._go_behind(step.new)
        assert step.line is not None
        self.items[place] = _Item(self.items[place].cell, step.new, line=step.line)
        self.at, self.is_touched = place + 1, True
        return True

    def _insert(self, step: Step) -> bool:
        assert step.line is not None
        if self._is_there(step.line):
            return True
        cell = self.items[self.at - 1].cell if self.at else 0
        self.items.insert(self.at, _Item(cell, step.new, line=step.line))
        self.at, self.is_touched = self.at + 1, True
        return True


def _written(
    items: Sequence[_Item],
    pictures: Mapping[str, bytes],
    pasted: Pasted,
    formulas: frozenset[str],
) -> Iterable[str]:
    """Yield the paragraphs of a cell as Markdown; whole pieces as they were, lists as lists."""
    entries: list[str] = []
    count = place = 0
    while place < len(items):
        item = items[place]
        whole = _whole(items, place)
        if whole and item.piece:
            yield from _flushed(entries)
            yield item.piece.source
            place, count = place + whole, 0
            continue
        entry, depth, text = _paragraph(item, pictures, pasted, formulas)
        if entry is None:
            yield from _flushed(entries)
            yield text
            count = 0
        else:
            count += 1
            entries.append(entry_of(text, is_ordered=entry, depth=depth, number=count))
        place += 1
    yield from _flushed(entries)


def _flushed(entries: list[str]) -> Iterable[str]:
    if entries:
        yield "\n".join(entries)
        entries.clear()


def _whole(items: Sequence[_Item], place: int) -> int:
    """Return how many items a whole untouched piece has that begins here, else 0."""
    piece = items[place].piece
    if piece is None:
        return 0
    count = max(1, len(piece.printed))
    following = items[place : place + count]
    printed = piece.printed or (following[0].printed,)
    is_whole = [item.printed for item in following] == list(printed) and all(
        item.piece is piece for item in following
    )
    return count if is_whole else 0


def _paragraph(
    item: _Item, pictures: Mapping[str, bytes], pasted: Pasted, formulas: frozenset[str]
) -> tuple[bool | None, int, str]:
    """Return whether a paragraph is an entry of a list and numbered, its depth, its Markdown."""
    if item.line is not None:
        text = line_to_markdown(item.line, pictures, pasted, formulas)
        is_entry = item.line.kind == "entry"
        return (item.line.is_ordered if is_entry else None), item.line.depth, text
    assert item.printed is not None
    text = item.printed.own or escaped([item.text])[0]
    return item.printed.entry, item.printed.depth, text
