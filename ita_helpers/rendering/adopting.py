"""Taking corrections from a Word file into the office's own notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ita_helpers.checks.words import Facts, check_replaced, check_words, collect_facts
from ita_helpers.corrections.cell_words import texts_of
from ita_helpers.corrections.changing import Step
from ita_helpers.corrections.finding import AreaChange, Corrections, find_corrections
from ita_helpers.documents.corrected_file import Corrected, read_corrected
from ita_helpers.documents.corrected_lines import as_compared
from ita_helpers.documents.origin import VERSION, Origin, Written
from ita_helpers.edited.cells import HIDDEN, is_hint, is_left_over, slot_of, tags_of
from ita_helpers.errors import BadCorrection, ItaError
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import numbers_in
from ita_helpers.publish.reading.notebook import read_pieces
from ita_helpers.records.editions import EDITIONS
from ita_helpers.records.problem import Problem
from ita_helpers.records.slots import OWN
from ita_helpers.rendering import copies
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.words.slots import draft, slots_of


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

    ``version`` are the bytes of the office's notebook that it was compared with. ``is_certain`` if
    the lines it is compared with are those it was written with.
    """

    workspace: Workspace
    parameters: ReportParameters
    data: ReportData
    corrected: Corrected
    before: tuple[Written, ...]
    version: bytes
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
            problems = self.problems_of(change.area, step)
            if problems:
                refused.append(Refused(step, problems))
                steps += [Step("kept", step.old)] if step.old else []
            else:
                steps.append(step)
        return Proposed(change, tuple(steps), tuple(refused))

    def problems_of(self, area: str, step: Step) -> tuple[Problem, ...]:
        """Return the numbers of a changed paragraph that contradict the data.

        They were not in it and are not in the data, or stand alone in the place of another figure.
        """
        if step.kind not in ("changed", "new"):
            return ()
        slot = "" if area.startswith(OWN) else area
        before = set(numbers_in(step.old))
        unknown = tuple(
            each
            for each in check_words(step.new, self._facts_of(slot))
            if each.kind == "number" and not set(numbers_in(each.found)) <= before
        )
        drafted = draft(self.data, slot) if slot in slots_of(self.data) else ()
        return unknown or tuple(check_replaced(step.old, step.new, drafted))

    @cached_property
    def _facts_of(self) -> Callable[[str], Facts]:
        """What returns the facts of a slot, collected once for all its paragraphs."""
        names = read_office_names(self.workspace)
        return cache(lambda slot: collect_facts(self.data, slot, names))


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
    if origin and origin.version > VERSION:
        raise BadCorrection(file=corrected.shown, problem="newer", found="", expected="")
    version = workspace.edited(parameters.stem).read_bytes()
    if origin and origin.lines:
        return Adoption(workspace, parameters, data, corrected, origin.lines, version)
    paper = origin.paper if origin else ""
    edition = next((each for each in EDITIONS if origin and each == origin.edition), None)
    working = _working_copy(workspace, parameters.of_edition(edition), paper)
    if working is None:
        raise BadCorrection(file=corrected.shown, problem="no_basis", found="", expected="")
    if origin is None and not _is_alike(working.lines, corrected, data):
        expected = f"{parameters.organisation}/{parameters.fiscal_year}"
        raise BadCorrection(file=corrected.shown, problem="unlike", found="", expected=expected)
    is_certain = origin is not None and working.digest == origin.digest
    return Adoption(workspace, parameters, data, corrected, working.lines, version, is_certain)


def _working_copy(workspace: Workspace, parameters: ReportParameters, paper: str) -> Origin | None:
    """Return the origin of the Word file that was made last, if there is one."""
    ending = f".{paper}.docx" if paper else ".docx"
    path = workspace.rendered / f"{parameters.paper}{ending}"
    if not path.is_file():
        return None
    try:
        origin = read_corrected(path, workspace.shown(path)).origin
    except ItaError:
        return None
    return origin if origin and origin.lines else None


def _is_alike(before: Sequence[Written], corrected: Corrected, data: ReportData) -> bool:
    """Whether a file that does not say whose it is has the title of a report, and its office."""
    year = str(data.fiscal_year)
    title = next((each.text for each in before if year in each.text), "")
    texts = [each.text for each in corrected.lines]
    return title in texts and any(as_compared(data.organisation.name) in each for each in texts)


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
