"""What the steps that make papers share: their progress, and links to the results."""

from __future__ import annotations

import subprocess
from typing import Any, ClassVar

import ipywidgets as widgets

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.steps import Step, Text, layout
from ita_helpers.language.catalogue import label


class MakingStep(Step):
    """A step with a button ``make`` that works through ``stages`` and shows which one it is at."""

    stages: ClassVar[tuple[str, ...]] = ("report", "done")

    def __init__(self, workspace: Workspace, lock: Any) -> None:
        super().__init__(workspace, lock)
        self.make = self.button("make", self._make_telling_stages, "success")
        self.bar = widgets.IntProgress(max=len(self.stages), layout=layout(width="20em"))
        self.step = widgets.Label()
        self.progress = widgets.HBox([self.bar, self.step])
        self.show_bar(0, "")

    def lacking(self) -> str:
        """Return what is needed before anything can be made, empty where nothing is."""
        raise NotImplementedError

    def make_all(self) -> subprocess.CompletedProcess[str]:
        """Do the work of the step; return the outcome of the command."""
        raise NotImplementedError

    def made(self, words: list[str]) -> list[Text]:
        """Return the message about the result, with the output of the command."""
        raise NotImplementedError

    def enable(self, button: Any) -> None:
        """Enable a button again if nothing is missing."""
        button.disabled = button is self.make and bool(self.lacking())

    def begin(self, stage: str, style: str = "info") -> None:
        """Show which stage begins."""
        self.show_bar(self.stages.index(stage) + 1, style)
        self.step.value = self.label(f"steps.{stage}")

    def stop(self) -> None:
        """Show that it ended before it was done."""
        self.show_bar(self.bar.value, "danger")
        self.step.value = label("start.report.stopped")

    def show_bar(self, value: int, style: str) -> None:
        """Show the bar at a stage, none at all at 0."""
        self.bar.value, self.bar.bar_style = value, style
        self.progress.layout.display = "" if value else "none"

    def _make_telling_stages(self) -> None:
        try:
            done = self.make_all()
        except BaseException:
            self.stop()
            raise
        if done.returncode:
            self.stop()
            self.complain(*(done.stderr or done.stdout or label("edit.not_rendered")).splitlines())
            return
        self.begin("done", "success")
        self.say(*self.made(done.stderr.splitlines()))
