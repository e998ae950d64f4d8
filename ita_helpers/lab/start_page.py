"""The start page: an office, its scores and its report, by buttons.

All the work is done by the functions that the commands call; this module only has widgets.
"""

from __future__ import annotations

import threading

import ipywidgets as widgets
from IPython.display import clear_output, display

from ita_helpers.errors import ItaError
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.evidence_step import EvidenceStep
from ita_helpers.lab.follow_up_step import FollowUpStep
from ita_helpers.lab.issue_step import IssueStep
from ita_helpers.lab.lesson_step import LessonStep
from ita_helpers.lab.many_step import ManyStep
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.plan_step import PlanStep
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.scores_step import ScoresStep
from ita_helpers.lab.steps import PARAGRAPH, html, message
from ita_helpers.lab.word_step import WordStep
from ita_helpers.lab.wording import worded
from ita_helpers.language.catalogue import say
from ita_helpers.offices.finding import open_workspace


def show() -> None:
    """Replace the notebook's output by the page, or by what prevents showing it."""
    try:
        shown = StartPage(open_workspace(None)).box
    except ItaError as error:
        shown = html(message("alert", "error", [say("start.failed", message=worded(error))]))
    clear_output(wait=True)  # type: ignore[no-untyped-call]
    display(shown)  # type: ignore[no-untyped-call]


class StartPage:
    """The steps; each notifies those below it."""

    def __init__(self, workspace: Workspace) -> None:
        lock = threading.RLock()
        self.office = OfficeStep(workspace, lock, self._office_chosen)
        self.scores = ScoresStep(workspace, lock, self.office, self._scores_saved)
        self.report = ReportStep(workspace, lock, self.office)
        self.plan = PlanStep(workspace, lock, self.report, self._plan_saved)
        self.follow_up = FollowUpStep(workspace, lock, self.report)
        self.word = WordStep(workspace, lock, self.report, self.report.reset)
        self.issue = IssueStep(workspace, lock, self.report)
        self.evidence = EvidenceStep(workspace, lock, self.report)
        self.many = ManyStep(workspace, lock, self.office)
        self.lesson = LessonStep(workspace, lock, self.report)
        where = html(PARAGRAPH.format(say("start.folder", folder=workspace.root)))
        steps = (self.office, self.scores, self.report, self.plan, self.follow_up)
        others = (self.word, self.issue, self.evidence, self.many, self.lesson)
        self.box = widgets.VBox([where, *(each.box for each in (*steps, *others))])
        self._office_chosen()

    def _office_chosen(self) -> None:
        steps = (self.scores, self.report, self.plan, self.follow_up)
        others = (self.word, self.issue, self.evidence, self.many, self.lesson)
        for each in (*steps, *others):
            each.reset()

    def _scores_saved(self, offices: list[str]) -> None:
        self.office.refresh(offices)
        steps = (self.report, self.plan, self.follow_up, self.word, self.issue, self.evidence)
        for each in (*steps, self.lesson):
            each.reset()
        self.many.just_saved(offices)

    def _plan_saved(self) -> None:
        self.report.reset()
        self.follow_up.reset()
