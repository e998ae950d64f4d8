"""What would be issued of a report, as it stands today, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version as release_of
from pathlib import Path
from typing import Any

from ita_helpers.checks.telling import lines_of
from ita_helpers.edited.cells import slot_of
from ita_helpers.edited.join import printed_slots
from ita_helpers.edited.lines import name_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.comparing import MEASURE
from ita_helpers.issued.record import MadeFrom, Version, as_measure
from ita_helpers.language.catalogue import say
from ita_helpers.language.dates import format_date, today_in_thailand
from ita_helpers.language.points import format_score
from ita_helpers.publish.public_notebook import public_cells, public_words, sentences_withheld
from ita_helpers.records.editions import Edition
from ita_helpers.records.office import OfficeYear
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.records.slots import OWN
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.orders import program_digest
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.run.sealing import notebook_digest
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import content_of, inputs_of
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.words.slots import draft_all

_COLUMNS = (
    "indicators items aim kind finding guideline steps owners expected follow_up result obstacles "
    "evidence"
).split()
"""The columns of a plan that are fields of a measure by the same name."""


@dataclass(frozen=True)
class Candidate:
    """A report that is to be issued; ``inputs`` digests all it was read from.

    ``data`` is what the office has.

    ``asked_day`` is the date that was asked for, ``allows_made_up`` that made-up data may be
    issued.
    """

    workspace: Workspace
    file: Path
    parameters: ReportParameters
    inputs: str
    data: ReportData
    allows_made_up: bool = False
    asked_day: date | None = None

    def dated(self, day: date | None) -> Candidate:
        """Return it with the date that was asked for."""
        return replace(self, asked_day=day)

    @cached_property
    def shown(self) -> ReportData:
        """What the edition asked for shows of the data."""
        edition = self.parameters.edition
        is_all = edition == "internal"
        return self.data if is_all else load(self.workspace, self.parameters, edition)

    @cached_property
    def own(self) -> OwnNotebook:
        """The notebook it is made of."""
        return OwnNotebook(self.workspace, self.parameters, self.data)

    @property
    def given(self) -> OfficeYear:
        """What the office says of this year's paper: the analysis, not the reports on its plan."""
        of_year = self.shown.office.year(self.parameters.fiscal_year)
        return of_year if not self.parameters.kind.ends else OfficeYear()

    @property
    def _earliest(self) -> date | None:
        """The day before which the paper cannot be dated: of the result, or of what it tells."""
        if self.parameters.kind.ends:
            from ita_helpers.reports.follow_up import day_of

            asked = self.parameters
            return day_of(asked.fiscal_year, asked.report, asked.as_of)
        result = self.data.assessment.scores.result
        return result.announced if result else None

    @property
    def is_dated(self) -> bool:
        """Whether somebody said the date."""
        return bool(self.asked_day or self.given.date)

    @property
    def day(self) -> date:
        """The date of the paper: the office's, else the one asked for, else today."""
        return self.given.date or self.asked_day or today_in_thailand()

    @cached_property
    def version(self) -> Version:
        """What would be issued, without its number and papers."""
        data, assessment = self.shown, self.shown.assessment
        values = {code: assessment.value(code) for code in data.framework.codes}
        return Version(
            organisation=self.parameters.organisation,
            name=data.organisation.name,
            fiscal_year=self.parameters.fiscal_year,
            report=self.parameters.kind.name,
            edition=self.parameters.edition,
            document=self.given.number,
            day=self.day,
            signers=tuple(each.position for each in self.given.signers),
            is_made_up=data.organisation.is_made_up,
            level=assessment.verdict.level or "",
            scores={code: format_score(each) for code, each in values.items() if each is not None},
            measures=measures_of(data.plan),
            words=dict(self._words()),
            made_from=self.made_from,
        )

    def _words(self) -> Iterator[tuple[str, str]]:
        """Yield the words of each printed slot, then those the office wrote outside all slots."""
        if not self.own.joined:
            return
        from ita_helpers.rendering.adopting import own_cells_of

        notebook, parts = self.own.joined.notebook, self.parameters.layout.notebook_parts
        printed = printed_slots(self.own.template, parts)
        slots: dict[str, list[str]] = {}
        for cell in notebook["cells"]:
            if (slot := slot_of(cell)) in printed:
                drafted = "\n".join(self._drafts.get(slot, ()))
                is_draft = cell["cell_type"] == "code"
                slots.setdefault(slot, []).append(drafted if is_draft else self._said(cell).strip())
        yield from ((slot, "\n\n".join(texts)) for slot, texts in slots.items())
        for cell in own_cells_of(self._copy_shown()):
            yield f"{OWN}{cell['id']}", "".join(cell["source"]).strip()

    def _copy_shown(self) -> Mapping[str, Any] | None:
        """Return the office's copy with the cells that the edition has."""
        copy, parts = self.own.copy, self.parameters.layout.notebook_parts
        if copy is None or self.parameters.edition == "internal":
            return copy
        known = [cell["id"] for cell in self.own.template["cells"]]
        shown = public_cells(copy["cells"], known, parts)
        return {**copy, "cells": [{**cell, "source": self._said(cell)} for cell in shown]}

    def _said(self, cell: Mapping[str, Any]) -> str:
        """Return the words of a cell as the edition has them."""
        is_public = self.parameters.edition == "public"
        if not is_public:
            return "".join(cell["source"])
        return public_words(cell, sentences_withheld(self.own.drafts, self._drafts))

    @cached_property
    def _drafts(self) -> Mapping[str, Sequence[str]]:
        """The sentences of the slots as the edition drafts them."""
        is_all = self.parameters.edition == "internal"
        return self.own.drafts if is_all else draft_all(self.shown)

    @cached_property
    def made_from(self) -> MadeFrom:
        """The digests of all it would be made from."""
        owner = (self.parameters.organisation, self.parameters.fiscal_year)
        joined = self.own.joined
        return MadeFrom(
            data=inputs_of(self.workspace, *owner),
            rules=content_of(self.workspace.framework(owner[1])),
            parameters=content_of(self.file),
            words=notebook_digest(joined.notebook if joined else self.own.template),
            program=program_digest(),
            release=release_of("ita-helpers"),
        )

    def refusals(self) -> Iterator[str]:
        """Yield what stands in the way of issuing it, each with its remedy."""
        from ita_helpers.rendering.checking import check_report_of

        year, day = self.parameters.fiscal_year, self.day
        facts = {"organisation": self.parameters.organisation, "year": year}
        has_copy = self.parameters.kind.has_copy
        if drafts := self.own.unreviewed(self.own.drafts) if has_copy else ():
            yield say("issue.draft", slots=[*map(name_of, drafts)], **facts)
        if reopened := self.own.reopened:
            yield say("issue.reopened", slots=[*map(name_of, reopened)], **facts)
        checked = check_report_of(self.workspace, self.file)
        yield from lines_of(checked.findings)
        if self.data.framework.is_assumed:
            yield say("issue.assumed", year=year)
        if self.data.organisation.is_made_up and not self.allows_made_up:
            yield say("issue.made_up", name=self.data.organisation.name)
        if (earliest := self._earliest) and day < earliest:
            days = {"day": format_date(day), "earliest": format_date(earliest)}
            yield say("issue.too_early", **days, **facts, is_result=not self.parameters.kind.ends)
        if self.asked_day and self.asked_day != day:
            days = {"day": format_date(day), "asked": format_date(self.asked_day)}
            yield say("issue.two_dates", **days, **facts)


def read_candidate(
    workspace: Workspace, file: Path, edition: Edition | None = None, *, allows_made_up: bool
) -> Candidate:
    """Read the report of a parameter file as it stands. Raises what reading raises.

    Without an ``edition`` it is the one that the file asks for.
    """
    parameters = load_parameters(file, workspace).of_edition(edition)
    return candidate_of(workspace, file, parameters, allows_made_up=allows_made_up)


def candidate_of(
    workspace: Workspace, file: Path, parameters: ReportParameters, *, allows_made_up: bool
) -> Candidate:
    """Read the report of a parameter file that was read. Raises what reading raises."""
    inputs = inputs_of_report(workspace, parameters)
    data = load(workspace, parameters)
    return Candidate(workspace, file, parameters, inputs, data, allows_made_up)


def measures_of(plan: Plan | None) -> tuple[dict[str, str], ...]:
    """Return the measures of a plan by its columns, time and status as papers print them."""
    return tuple(map(_as_columns, plan.measures if plan else ()))


def _as_columns(measure: Measure) -> dict[str, str]:
    columns = {column: getattr(measure, column) for column in _COLUMNS}
    printed = {"start": measure.time, "status": measure.shown_status}
    return as_measure({MEASURE: measure.name, **columns, **printed})
