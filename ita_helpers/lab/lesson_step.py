"""The lesson on how scores are counted, with the office's figures or the made-up ones."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.making import MakingStep
from ita_helpers.lab.report import links, run_ita
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import PARAGRAPH, Text, row

PAGE = "teaching.html"
FOLDER = "teaching"


class LessonStep(MakingStep):
    """Making the page for learners and the trainer's papers."""

    key = "lesson"

    def __init__(self, workspace: Workspace, lock: Any, report: ReportStep) -> None:
        super().__init__(workspace, lock)
        self.report, self.office = report, report.office
        self.ready = widgets.HTML()
        self.box = self.folded(self.ready, row(self.make), self.progress)

    def reset(self) -> None:
        """Tell whose figures the lesson would have."""
        self.show_bar(0, "")
        made_up = bool(self.report.lacking())
        self.ready.value = str(PARAGRAPH.format(self.sentence("of", made_up=made_up)))
        self.say()

    def lacking(self) -> str:
        """Return an empty text: there is always the made-up office."""
        return ""

    def make_all(self) -> subprocess.CompletedProcess[str]:
        """Make page and papers; return the outcome of the command."""
        self.begin("report")
        code, year = self.office.organisation, str(self.office.year.value)
        arguments = () if self.report.lacking() else (code, "--year", year)
        return run_ita(self.workspace, "teach", *arguments)

    def made(self, words: list[str]) -> list[Text]:
        """Return the links to page and papers, and who they are for."""
        rendered: Path = self.workspace.rendered
        papers = sorted((rendered / FOLDER).glob("*.*"))
        page = links([rendered / PAGE])
        return [page, links(papers), self.sentence("open", folder=rendered / FOLDER), *words]
