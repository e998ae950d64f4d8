"""Taking corrections from a Word file: words into their cells, the rest as notes beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ita_helpers.corrections.applying import NewCell, Outcome, add_cells, apply
from ita_helpers.corrections.cell_words import texts_of
from ita_helpers.corrections.changing import Step
from ita_helpers.corrections.finding import Addition
from ita_helpers.corrections.markdown import Pasted, entry_of, line_to_markdown
from ita_helpers.corrections.reviewing import review_of, with_reviews
from ita_helpers.corrections.telling import note_of, remark_notes
from ita_helpers.documents.corrected_lines import Line
from ita_helpers.edited.cells import Notebook, slot_of
from ita_helpers.edited.reviews import Review
from ita_helpers.errors import NoCopy, write_error
from ita_helpers.publish.reading.notebook import read_pieces
from ita_helpers.records.slots import OWN
from ita_helpers.rendering import copies
from ita_helpers.rendering.adopting import Adoption, Proposed

_EDGES = re.compile(r"\s+")


@dataclass
class Adopted:
    """What was written: ``path`` is unchanged and ``backup`` nothing where all was there."""

    path: Path
    backup: Path | None
    taken: tuple[str, ...] = ()
    added: int = 0
    notes: int = 0
    absent: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    lost_pictures: int = 0


def take(adoption: Adoption, chosen: Collection[str], *, with_additions: bool = True) -> Adopted:
    """Write the corrections of the chosen areas into the office's notebook; all or nothing.

    The version before is kept beside it. Raises ``NoCopy``, ``ChangedMeanwhile``, ``WriteFailed``.
    """
    workspace, parameters = adoption.workspace, adoption.parameters
    target = workspace.edited(parameters.stem)
    try:
        return _take(adoption, chosen, target, with_additions)
    except OSError as error:
        raise write_error(error, target) from error


def changes_something(adoption: Adoption) -> bool:
    """Whether taking all corrections would change the office's notebook; false if it has them."""
    made = _made(adoption, [each.area for each in adoption.proposed], with_additions=True)
    return bool(made.outcome.changed or made.added)


@dataclass(frozen=True)
class _Made:
    """The notebook with corrections: what became of the words, the new cells, the pictures."""

    notebook: Notebook
    outcome: Outcome
    added: Sequence[NewCell]
    pasted: Pasted


def _take(
    adoption: Adoption, chosen: Collection[str], target: Path, with_additions: bool
) -> Adopted:
    made = _made(adoption, chosen, with_additions=with_additions)
    outcome = made.outcome
    adopted = Adopted(
        target,
        None,
        taken=tuple(outcome.changed),
        added=len(made.added),
        notes=sum(each.is_note for each in made.added),
        absent=tuple(outcome.absent),
        conflicts=tuple(outcome.conflicts),
        lost_pictures=outcome.lost_pictures + made.pasted.lost,
    )
    if outcome.changed or made.added:
        workspace, version = adoption.workspace, adoption.version
        adopted.backup = copies.replace_copy(workspace, target, version, made.notebook)
    return adopted


def _made(adoption: Adoption, chosen: Collection[str], *, with_additions: bool) -> _Made:
    """Return the office's notebook with the corrections of some areas. Raises ``NoCopy``."""
    own = adoption.own
    if own.copy is None:
        facts = {
            "organisation": adoption.parameters.organisation,
            "year": adoption.parameters.fiscal_year,
        }
        raise NoCopy(file=own.shown, **facts)
    taken = [each for each in adoption.proposed if each.area in chosen]
    outcome = apply(
        own.copy, {each.area: each.steps for each in taken}, adoption.corrected.pictures
    )
    pasted = Pasted()
    cells = [
        *_notes(taken, outcome, adoption.corrected.shown),
        *(_additions(adoption, pasted) if with_additions else ()),
    ]
    made, added = add_cells(with_reviews(outcome.notebook, _reviews(taken, outcome)), cells)
    return _Made(made, outcome, added, pasted)


def _reviews(taken: Sequence[Proposed], outcome: Outcome) -> dict[str, Review]:
    """Return who reviewed the slots all of whose corrections are now in the notebook."""
    whole = {*outcome.changed} - {*outcome.conflicts}
    found = {
        each.area: review_of(each.change.hands)
        for each in taken
        if each.area in whole and not each.refused and not each.area.startswith(OWN)
    }
    return {area: review for area, review in found.items() if review}


def _notes(taken: Sequence[Proposed], outcome: Outcome, file: str) -> Iterator[NewCell]:
    """Yield notes above the areas: comments, and words that were not taken with the reason."""
    for each in taken:
        for text in remark_notes(each.change.remarks, file):
            yield NewCell(text, above=each.area, is_note=True)
        for refused in each.refused:
            text = note_of("number", refused.step, file, refused.problems)
            yield NewCell(text, above=each.area, is_note=True)
        for step in outcome.conflicts.get(each.area, ()):
            yield NewCell(note_of("conflict", step, file), above=each.area, is_note=True)


def _additions(adoption: Adoption, pasted: Pasted) -> Iterator[NewCell]:
    """Yield the cells of new words outside the slots, each behind the cell it was typed under."""
    cells = adoption.own.copy["cells"] if adoption.own.copy else ()
    cell_of = _cells_by_text(adoption.own.copy)
    for each in adoption.corrections.additions:
        behind = next(filter(None, (_cell(cells, cell_of, *one) for one in each.behind)), "")
        problems = [
            problem
            for line in each.lines
            for problem in adoption.problems_of("", Step("new", line=line))
        ]
        source = _source(each, adoption.corrected.pictures, pasted)
        used = {name: one for name, one in pasted.attachments.items() if name in source}
        if problems or not each.is_sure or not behind:
            kind = "number" if problems else "place"
            step = Step("new", line=replace(each.lines[0], runs=_all_runs(each.lines)))
            text = note_of(kind, step, adoption.corrected.shown, problems)
            yield NewCell(text, behind=behind, is_note=True)
        else:
            yield NewCell(source, behind=behind, attachments=used)


def _all_runs(lines: Sequence[Line]) -> Any:
    return tuple(run for line in lines for run in line.runs)


def _source(addition: Addition, pictures: Mapping[str, bytes], pasted: Pasted) -> str:
    pieces: list[str] = []
    count = 0
    for line in addition.lines:
        text = line_to_markdown(line, pictures, pasted)
        if line.kind == "entry":
            count += 1
            entry = entry_of(text, is_ordered=line.is_ordered, depth=line.depth, number=count)
            pieces.append(f"\n{entry}" if count > 1 else f"\n\n{entry}")
        else:
            count = 0
            pieces.append(f"\n\n{text}")
    return "".join(pieces).strip()


def _cells_by_text(copy: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the last cell that prints a line, by the line."""
    found: dict[str, str] = {}
    for piece in read_pieces(copy, {}, None) if copy else ():
        found.update(dict.fromkeys(filter(None, texts_of(piece.blocks)), piece.cell))
    return found


def _cell(
    cells: Sequence[Mapping[str, Any]], cell_of: Mapping[str, str], area: str, text: str
) -> str:
    """Return the id of the cell that a line above comes from, or an empty string."""
    if area.startswith(OWN):
        return area[len(OWN) :]
    if area:
        return next((cell["id"] for cell in reversed(cells) if slot_of(cell) == area), "")
    bare = _EDGES.split(text, maxsplit=1)[-1]
    return cell_of.get(text) or cell_of.get(bare, "")
