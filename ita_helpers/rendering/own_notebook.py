"""The notebook of one report: the template, the office's copy and both joined, each read once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ita_helpers.edited.join import Joined, join, printed_slots
from ita_helpers.edited.numbering import numbers_in
from ita_helpers.edited.reading import read_notebook_file, read_own_notebook
from ita_helpers.edited.reviews import Review, plain_name
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.dates import day_in_thailand
from ita_helpers.records.slots import STANDING
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.params import ReportParameters
from ita_helpers.words.slots import draft_all


@dataclass(frozen=True)
class OwnNotebook:
    """What a report's notebook is made of; each part is read when it is asked for first.

    Reading raises ``UnreadableNotebook``, ``ForeignNotebook`` or ``NewerNotebook``, joining
    ``ConflictingSlot``.
    """

    workspace: Workspace
    parameters: ReportParameters
    data: ReportData

    @cached_property
    def template(self) -> Mapping[str, Any]:
        """The template."""
        path = self.workspace.template(self.parameters.template)
        return read_notebook_file(path, self.workspace.shown(path))

    @cached_property
    def copy(self) -> Mapping[str, Any] | None:
        """The office's own notebook, or nothing."""
        return read_copy(self.workspace, self.parameters)

    @cached_property
    def joined(self) -> Joined | None:
        """Today's template with the words of the office's copy; nothing without a copy."""
        if self.copy is None:
            return None
        return join(self.template, self.copy, self.drafts, self.shown, self._seen)

    @property
    def _seen(self) -> Review | None:
        """What a tick without a record is recorded as: on the day the copy was saved last."""
        try:
            day = day_in_thailand(self.path.stat().st_mtime)
        except (OSError, OverflowError, ValueError):
            return None
        return Review(day, plain_name(self.data.office.reviewer))

    @cached_property
    def drafts(self) -> dict[str, list[str]]:
        """The sentences of the slots that have a draft, in the report's digits."""
        return {slot: sentences for slot, sentences in draft_all(self.data).items() if sentences}

    def unreviewed(self, drafts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """Return the printed slots whose draft somebody still has to review.

        ``drafts`` are the sentences of all slots. A standing draft needs no review.
        """
        drafted = [slot for slot, said in drafts.items() if said and slot not in STANDING]
        open_ones = self.joined.slots("draft") if self.joined else drafted
        return self._printed(open_ones)

    @property
    def reopened(self) -> tuple[str, ...]:
        """The printed slots whose words were edited after a review, which holds no more."""
        return self._printed(self.joined.lapsed if self.joined else ())

    def _printed(self, slots: Iterable[str]) -> tuple[str, ...]:
        printed = printed_slots(self.template, self.parameters.layout.notebook_parts)
        return tuple(slot for slot in slots if slot in printed)

    @property
    def path(self) -> Path:
        """Where the office's copy is, or would be."""
        return self.workspace.edited(self.parameters.stem)

    @property
    def shown(self) -> str:
        """The path of the copy, for people."""
        return self.workspace.shown(self.path)

    @property
    def source(self) -> Path:
        """The file that the report is made of: the copy, or the template."""
        return self.path if self.copy else self.workspace.template(self.parameters.template)

    def to_run(self, folder: Path) -> Path:
        """Return the file to run: the template, or both joined, written into a folder."""
        template = self.workspace.template(self.parameters.template)
        if self.joined is None:
            return template
        file = folder / template.name
        file.write_text(json.dumps(self.joined.notebook, ensure_ascii=False), encoding="utf-8")
        return file

    @property
    def cells(self) -> list[Mapping[str, Any]]:
        """The cells of that file as they are written."""
        cells: list[Mapping[str, Any]] = (self.copy or self.template)["cells"]
        return cells

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each cell of that file, from one on, by its id there and when joined."""
        return numbers_in(self.cells, self.joined.notebook["cells"] if self.joined else ())


def read_copy(workspace: Workspace, parameters: ReportParameters) -> Mapping[str, Any] | None:
    """Return the office's own notebook of a report, or nothing.

    Raises ``UnreadableNotebook``, ``ForeignNotebook`` or ``NewerNotebook``.
    """
    path = workspace.edited(parameters.stem)
    if not parameters.kind.has_copy or not path.is_file():
        return None
    owner = (parameters.organisation, parameters.fiscal_year)
    return read_own_notebook(path, workspace.shown(path), *owner)
