"""Taking corrections from a Word file into the office's own notebook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ita_helpers.checks.words import check_words, collect_facts
from ita_helpers.corrections.applying import OWN, NewCell, Outcome, add_cells, apply
from ita_helpers.corrections.cell_words import texts_of
from ita_helpers.corrections.changing import Step
from ita_helpers.corrections.finding import Addition, AreaChange, Corrections, find_corrections
from ita_helpers.corrections.markdown import Pasted, entry_of, line_to_markdown
from ita_helpers.corrections.telling import note_of, remark_notes
from ita_helpers.documents.corrected import Line
from ita_helpers.documents.corrected_file import Corrected, read_corrected
from ita_helpers.documents.origin import Origin, Written
from ita_helpers.edited.cells import HIDDEN, is_hint, is_left_over, slot_of, tags_of
from ita_helpers.errors import BadCorrection, ItaError, NoCopy, write_error
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import numbers_in
from ita_helpers.publish.reading.notebook import read_pieces
from ita_helpers.records.problem import Problem
from ita_helpers.rendering import copies
from ita_helpers.rendering.one import load
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import ReportParameters, load_parameters

_EDGES = re.compile(r"\s+")


@dataclass(frozen=True)
class Refused:
    """A paragraph whose numbers the data do not have, which is not taken."""

    step: Step
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Proposed:
    """What was corrected in one area: ``refused`` is not taken as words, but as a note."""

    change: AreaChange
    steps: tuple[Step, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def area(self) -> str:
        """The slot, or ``cell:`` and the id of an own cell."""
        return self.change.area


@dataclass(frozen=True)
class Adoption:
    """The corrections of one file against one report; nothing is written yet.

    ``is_certain`` if the lines it is compared with are those it was written with.
    """

    workspace: Workspace
    parameters: ReportParameters
    data: ReportData
    corrected: Corrected
    before: tuple[Written, ...]
    is_certain: bool = True

    @cached_property
    def own(self) -> OwnNotebook:
        """The office's notebook."""
        return OwnNotebook(self.workspace, self.parameters, self.data)

    @cached_property
    def corrections(self) -> Corrections:
        """What was corrected."""
        areas = _areas(self.before, self.own.copy)
        return find_corrections(self.before, areas, self.corrected.lines, self.corrected.marked)

    @cached_property
    def proposed(self) -> tuple[Proposed, ...]:
        """The corrections by area, without paragraphs whose numbers the data do not have."""
        return tuple(map(self._proposed, self.corrections.areas))

    def _proposed(self, change: AreaChange) -> Proposed:
        steps, refused = list[Step](), list[Refused]()
        for step in change.steps:
            problems = self._problems(change.area, step)
            if problems:
                refused.append(Refused(step, problems))
                steps += [Step("kept", step.old)] if step.old else []
            else:
                steps.append(step)
        return Proposed(change, tuple(steps), tuple(refused))

    def _problems(self, area: str, step: Step) -> tuple[Problem, ...]:
        """Return the numbers of a changed paragraph that were not in it and are not in the data."""
        if step.kind not in ("changed", "new"):
            return ()
        slot = "" if area.startswith(OWN) else area
        facts = collect_facts(self.data, slot, self._names)
        before = set(numbers_in(step.old))
        return tuple(
            each
            for each in check_words(step.new, facts)
            if each.kind == "number" and not set(numbers_in(each.found)) <= before
        )

    @cached_property
    def _names(self) -> Any:
        return read_office_names(self.workspace)


def open_adoption(workspace: Workspace, params: Path, corrected: Corrected) -> Adoption:
    """Return the corrections of a file to the report of a parameter file.

    The office's notebook is made where there is none. Raises ``BadCorrection``, and what loading
    and ``renew_copy`` raise.
    """
    parameters = load_parameters(params, workspace)
    data = load(workspace, parameters)
    if not workspace.edited(parameters.stem).is_file():
        copies.renew_copy(workspace, parameters, params, data)
    return prepare(workspace, parameters, data, corrected)


def prepare(
    workspace: Workspace, parameters: ReportParameters, data: ReportData, corrected: Corrected
) -> Adoption:
    """Return the corrections of a file to a report. Raises ``BadCorrection``."""
    origin = corrected.origin
    if origin and (origin.organisation, origin.fiscal_year) != (
        parameters.organisation,
        parameters.fiscal_year,
    ):
        found = f"{origin.organisation}/{origin.fiscal_year}"
        expected = f"{parameters.organisation}/{parameters.fiscal_year}"
        raise BadCorrection(
            file=corrected.shown, problem="other_report", found=found, expected=expected
        )
    if origin and origin.lines:
        return Adoption(workspace, parameters, data, corrected, origin.lines)
    paper = origin.paper if origin else ""
    working = _working_copy(workspace, parameters, paper)
    if working is None:
        raise BadCorrection(file=corrected.shown, problem="no_basis", found="", expected="")
    is_certain = origin is not None and working.digest == origin.digest
    return Adoption(workspace, parameters, data, corrected, working.lines, is_certain)


def _working_copy(workspace: Workspace, parameters: ReportParameters, paper: str) -> Origin | None:
    """Return the origin of the Word file that was made last, if there is one."""
    ending = f".{paper}.docx" if paper else ".docx"
    path = workspace.rendered / f"{parameters.stem}{ending}"
    if not path.is_file():
        return None
    try:
        origin = read_corrected(path, workspace.shown(path)).origin
    except ItaError:
        return None
    return origin if origin and origin.lines else None


def _areas(before: Sequence[Written], copy: Mapping[str, Any] | None) -> list[str]:
    """Return the areas of lines: the slot, or the own cell that prints these lines."""
    areas = [each.slot for each in before]
    texts = [each.text for each in before]
    at = 0
    for cell in own_cells_of(copy):
        printed = _printed_by(cell)
        place: int | None = _run_of(printed, texts, areas, at)
        if place is not None:
            areas[place : place + len(printed)] = [f"{OWN}{cell['id']}"] * len(printed)
            at = place + len(printed)
    return areas


def own_cells_of(copy: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    """Yield the Markdown cells of an office's notebook that it wrote outside all slots."""
    for cell in copy["cells"] if copy else ():
        is_hidden = HIDDEN in tags_of(cell) or is_hint(cell) or slot_of(cell)
        if cell["cell_type"] == "markdown" and not is_hidden and not is_left_over(cell):
            yield cell


def _printed_by(cell: Mapping[str, Any]) -> list[str]:
    pieces = read_pieces({"cells": [cell]}, {}, None)
    return [text for piece in pieces for text in texts_of(piece.blocks) if text]


def _run_of(
    printed: Sequence[str], texts: Sequence[str], areas: Sequence[str], at: int
) -> int | None:
    """Return where lines stand together outside all areas; a heading may have got a number."""
    starts: Iterable[int] = (*range(at, len(texts)), *range(at))
    for start in starts:
        run = texts[start : start + len(printed)]
        is_free = not any(areas[start : start + len(printed)])
        if printed and is_free and len(run) == len(printed) and all(map(_is_same, printed, run)):
            return start
    return None


def _is_same(printed: str, text: str) -> bool:
    return text == printed or (text[:1].isdigit() and text.endswith(f" {printed}"))


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


def adopt(adoption: Adoption, chosen: Collection[str], *, with_additions: bool = True) -> Adopted:
    """Write the corrections of the chosen areas into the office's notebook; all or nothing.

    The version before is kept beside it. Raises ``NoCopy``, ``ChangedMeanwhile``, ``WriteFailed``.
    """
    workspace, parameters = adoption.workspace, adoption.parameters
    target = workspace.edited(parameters.stem)
    try:
        return _adopt(adoption, chosen, target, with_additions)
    except OSError as error:
        raise write_error(error, target) from error


def _adopt(
    adoption: Adoption, chosen: Collection[str], target: Path, with_additions: bool
) -> Adopted:
    own = adoption.own
    if own.copy is None:
        facts = {
            "organisation": adoption.parameters.organisation,
            "year": adoption.parameters.fiscal_year,
        }
        raise NoCopy(file=adoption.workspace.shown(target), **facts)
    before = target.read_bytes()
    taken = [each for each in adoption.proposed if each.area in chosen]
    outcome = apply(
        own.copy, {each.area: each.steps for each in taken}, adoption.corrected.pictures
    )
    pasted = Pasted()
    cells = [
        *_notes(taken, outcome, adoption.corrected.shown),
        *(_additions(adoption, pasted) if with_additions else ()),
    ]
    made, count = add_cells(outcome.notebook, cells)
    adopted = Adopted(
        target,
        None,
        taken=tuple(outcome.changed),
        added=count,
        notes=sum(each.is_note for each in cells),
        absent=tuple(outcome.absent),
        conflicts=tuple(outcome.conflicts),
        lost_pictures=outcome.lost_pictures + pasted.lost,
    )
    if outcome.changed or count:
        adopted.backup = copies.replace_copy(adoption.workspace, target, before, made)
    return adopted


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
            for problem in adoption._problems("", Step("new", line=line))
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
