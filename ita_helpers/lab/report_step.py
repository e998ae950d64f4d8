"""The third step of the start page: the report of the office chosen."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from ita_helpers import store
from ita_helpers.catalogue import label
from ita_helpers.finding import find_parameter_file
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.report import link, links_to_report, run_render
from ita_helpers.lab.steps import PARAGRAPH, Step, layout, row
from ita_helpers.params import load_parameters
from ita_helpers.paths import Workspace
from ita_helpers.trust import files_to_trust, shown_to_trust, trust

STEPS = ("check", "notebook", "report", "done")


class ReportStep(Step):
    """Making the report of the office and year chosen."""

    key = "report"

    def __init__(self, workspace: Workspace, lock: Any, office: OfficeStep) -> None:
        super().__init__(workspace, lock)
        self.office = office
        self.ready = widgets.HTML()
        self.make = self.button("make", self._make, "success")
        self.foreign = widgets.HTML()
        self.trust = self.button("trust", self._trust, "warning")
        self.bar = widgets.IntProgress(max=len(STEPS), layout=layout(width="20em"))
        self.step = widgets.Label()
        self.progress = widgets.HBox([self.bar, self.step])
        question = widgets.VBox([self.foreign, self.trust])
        self.box = self.boxed(self.ready, question, row(self.make), self.progress)

    def reset(self) -> None:
        """Tell what report would be made, and show the one that is there."""
        self._show_bar(0, "")
        self._ask_trust()
        self.ready.value = str(PARAGRAPH.format(self._lacking() or self._of()))
        self.enable(self.make)
        stem = self._stem()
        there = stem.name and links_to_report(self.workspace, stem)
        self.say(*([self.label("earlier"), self._links(stem)] if there else []))

    def enable(self, button: Any) -> None:
        """Let a button be pressed again where nothing is lacking."""
        button.disabled = button is self.make and bool(self._lacking())

    def _ask_trust(self) -> None:
        """Show the question whether the workspace's code may run, where it needs an answer."""
        found = files_to_trust(self.workspace)
        facts = shown_to_trust(self.workspace, found)
        self.foreign.value = str(PARAGRAPH.format(self.sentence("foreign", **facts)))
        for each in (self.foreign, self.trust):
            each.layout.display = "" if found else "none"

    def _trust(self) -> None:
        trust(self.workspace)
        self._ask_trust()
        self.say(self.label("trusted"))

    def _stem(self) -> Path:
        """Return what the files of the report are called in every folder."""
        return Path(str(self.office.year.value), self.office.organisation)

    def _lacking(self) -> str:
        """Return what is needed before a report can be made."""
        year = self.office.year.value
        if not self.office.organisation:
            return self.label("no_office")
        if self.office.organisation not in store.organisations_with_scores(self.workspace, year):
            return self.sentence("no_scores", year=year)
        return ""

    def _of(self) -> str:
        organisation = store.find_organisation(self.workspace, self.office.organisation)
        return self.sentence("of", name=organisation.name, year=self.office.year.value)

    def _make(self) -> None:
        stem = self._stem()
        try:
            done = self._make_all(stem)
        except BaseException:
            self._stop()
            raise
        if done.returncode:
            self._stop()
            self.complain(*(done.stderr or done.stdout or label("edit.not_rendered")).splitlines())
            return
        self._begin("done", "success")
        folder = (self.workspace.rendered / stem).parent
        words = done.stderr.splitlines()
        self.say(self._links(stem), self.sentence("open", folder=folder), *words)

    def _make_all(self, stem: Path) -> subprocess.CompletedProcess[str]:
        """Make notebook and report; return what became of the command."""
        from ita_helpers import copies
        from ita_helpers.rendering.one import load

        self._begin("check")
        params = find_parameter_file(Path(stem.name), self.workspace, int(stem.parent.name))
        parameters = load_parameters(params, self.workspace)
        data = load(self.workspace, parameters)
        self._begin("notebook")
        copies.renew_copy(self.workspace, parameters, params, data)
        self._begin("report")
        return run_render(self.workspace, params)

    def _begin(self, step: str, style: str = "info") -> None:
        self._show_bar(STEPS.index(step) + 1, style)
        self.step.value = self.label(f"steps.{step}")

    def _stop(self) -> None:
        self._show_bar(self.bar.value, "danger")
        self.step.value = self.label("stopped")

    def _show_bar(self, value: int, style: str) -> None:
        self.bar.value, self.bar.bar_style = value, style
        self.progress.layout.display = "" if value else "none"

    def _links(self, stem: Path) -> Markup:
        notebook = self.workspace.edited(stem)
        links = [links_to_report(self.workspace, stem)]
        if notebook.exists():
            links.append(link(notebook, self.label("notebook")))
        return Markup(" · ").join(links)
