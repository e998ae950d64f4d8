"""A step of the start page: a version of a report to be signed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import NAME
from ita_helpers.issued.versions import numbers_of, shelf_of
from ita_helpers.lab.making import MakingStep
from ita_helpers.lab.report import links, run_ita
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import LABELS, NARROWER, PARAGRAPH, Text, layout, row
from ita_helpers.language.catalogue import label
from ita_helpers.records.editions import suffix_of
from ita_helpers.records.kinds import report_kinds


class IssueStep(MakingStep):
    """Issuing a report of the office and year chosen, with its date."""

    key = "issue"

    def __init__(self, workspace: Workspace, lock: Any, report: ReportStep) -> None:
        super().__init__(workspace, lock)
        self.report, self.office = report, report.office
        self.told_lines: list[str] = []
        self.ready = widgets.HTML()
        self.which = widgets.Dropdown(
            description=self.label("which"), style=LABELS, layout=layout(**NARROWER)
        )
        self.day = widgets.Text(
            description=self.label("day"),
            placeholder=self.label("day_hint"),
            style=LABELS,
            layout=layout(**NARROWER),
        )
        self.public = widgets.Checkbox(
            description=label("words.edition.public"), indent=False, layout=layout(width="auto")
        )
        asked = row(self.day, self.public, self.make)
        self.box = self.folded(self.ready, self.which, asked, self.progress)
        self.opener.observe(self._offer, "value")

    def reset(self) -> None:
        """Offer the reports there are of the office."""
        self.show_bar(0, "")
        self._offer()
        self.day.value, self.public.value = "", False
        self.ready.value = str(PARAGRAPH.format(self.lacking() or self.label("hint")))
        self.enable(self.make)
        self.say()

    def _offer(self, _: object = None) -> None:
        """Offer the reports that have a parameter file; a follow-up may have come since."""
        self.which.options = [
            (label(f"handing_out.kinds.{each.name}"), each.suffix)
            for each in report_kinds()
            if not each.suffix or self._parameters(each.suffix).exists()
        ]
        self.which.index = 0

    def lacking(self) -> str:
        """Return what is needed before a report can be issued."""
        return self.report.lacking()

    def make_all(self) -> subprocess.CompletedProcess[str]:
        """Issue the report; return the outcome of the command."""
        self.begin("report")
        asked: tuple[str, ...] = (self.office.organisation, "--year", str(self.office.year.value))
        if self.which.value:
            asked = (str(self._parameters(self.which.value)),)
        day = ("--date", self.day.value.strip()) if self.day.value.strip() else ()
        edition = ("--edition", "public") if self.public.value else ()
        done = run_ita(self.workspace, "issue", *asked, *edition, *day)
        self.told_lines = done.stdout.splitlines()
        return done

    def made(self, words: list[str]) -> list[Text]:
        """Return what was issued, with links to its papers."""
        self.report.show_standing()
        edition = suffix_of("public") if self.public.value else ""
        shelf = shelf_of(self.workspace, self._stem(f"{self.which.value}{edition}"))
        newest = shelf / str(max(numbers_of(shelf), default=0))
        papers = sorted(each for each in newest.glob("*.*") if each.name != NAME)
        return [*self.told_lines[:1], links(papers), *self.told_lines[1:], *words]

    def _stem(self, suffix: str) -> Path:
        return Path(str(self.office.year.value), f"{self.office.organisation}{suffix}")

    def _parameters(self, suffix: str) -> Path:
        stem = self.workspace.params / self._stem(suffix)
        return stem.with_name(f"{stem.name}.yml")
