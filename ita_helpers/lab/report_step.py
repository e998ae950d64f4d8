"""The third step of the start page: the report of the office chosen, checked and made."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.anew import make_anew
from ita_helpers.lab.making import MakingStep
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.report import folder_of_report, link, links_to_report, run_render
from ita_helpers.lab.steps import PARAGRAPH, Text, layout, row, scrolled
from ita_helpers.offices.finding import find_parameter_file
from ita_helpers.records.editions import suffix_of
from ita_helpers.records.kinds import report_kinds
from ita_helpers.rendering.handing_out import MEMO
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.params import ReportParameters, load_parameters, read_written
from ita_helpers.store.params_change import set_keys
from ita_helpers.store.scores import organisations_with_scores
from ita_helpers.store.trust import files_to_trust, shown_to_trust, trust


class ReportStep(MakingStep):
    """Checking and making an office's report, with memo and public edition if asked for."""

    key = "report"
    stages = ("check", "notebook", "report", "done")

    def __init__(self, workspace: Workspace, lock: Any, office: OfficeStep) -> None:
        super().__init__(workspace, lock)
        self.office = office
        self.ready, self.standing = widgets.HTML(), widgets.HTML()
        self.memo, self.public = (
            widgets.Checkbox(description=self.label(key), indent=False, layout=layout(width="auto"))
            for key in ("memo", "public")
        )
        self.check = self.button("check", self._check)
        self.foreign = widgets.HTML()
        self.trust = self.button("trust", self._trust, "warning")
        question = widgets.VBox([self.foreign, self.trust])
        buttons = row(self.make, self.check, self.memo, self.public)
        self.box = self.boxed(self.ready, self.standing, question, buttons, self.progress)

    def reset(self) -> None:
        """Tell what report would be made, and show the one that is there."""
        self.show_bar(0, "")
        self._ask_trust()
        lacking = self.lacking()
        self.ready.value = str(PARAGRAPH.format(lacking or self._of()))
        self.show_standing()
        self.memo.value = not lacking and self._has_memo()
        self.public.value = not lacking and bool(links_to_report(self.workspace, self._public))
        for each in (self.make, self.check):
            self.enable(each)
        stem = self._stem()
        there = stem.name and (links_to_report(self.workspace, stem) or self.public.value)
        self.say(*([self.label("earlier"), self._links(stem)] if there else []))

    def show_standing(self) -> None:
        """Show how the report stands and what it lacks; nothing before it has a parameter file."""
        from ita_helpers.rendering.standing import standing_reader
        from ita_helpers.rendering.telling_standing import nameless_line_of

        stem = self._stem()
        params = self.workspace.params / stem.with_suffix(".yml")
        is_asked = not self.lacking() and params.exists()
        read = standing_reader(self.workspace, with_slots=False, only=params)
        self.standing.value = (
            str(PARAGRAPH.format(nameless_line_of(read(params)))) if is_asked else ""
        )

    def enable(self, button: Any) -> None:
        """Enable a button again; those for the report only if nothing is missing."""
        button.disabled = button in (self.make, self.check) and bool(self.lacking())

    def lacking(self) -> str:
        """Return what is needed before a report can be made."""
        year = self.office.year.value
        if not self.office.organisation:
            return self.label("no_office")
        if self.office.organisation not in organisations_with_scores(self.workspace, year):
            return self.sentence("no_scores", year=year)
        return ""

    def make_all(self) -> subprocess.CompletedProcess[str]:
        """Make notebook and report; return the outcome of the command."""
        self.begin("check")
        params = self._parameter_file()
        self._set_memo(params)
        return self._render(params)

    def _render(self, params: Path) -> subprocess.CompletedProcess[str]:
        """Make the report as its file asks for it, then the public edition if that is wanted."""
        done = make_anew(self.workspace, params, self.begin)
        if done.returncode or not self.public.value:
            return done
        other = run_render(self.workspace, params, "public")
        other.stderr = "\n".join(dict.fromkeys(f"{done.stderr}\n{other.stderr}".splitlines()))
        return other

    def made(self, words: list[str]) -> list[Text]:
        """Return the links to the report, its folder, and the output of the command."""
        stem = self._stem()
        self.show_standing()
        folder = folder_of_report(self.workspace, stem)
        return [self._links(stem), self.sentence("open", folder=folder), *words]

    def _ask_trust(self) -> None:
        """Show the question whether the workspace's code may run, if it needs an answer."""
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

    @property
    def _public(self) -> Path:
        """What the files of the public edition are called."""
        stem = self._stem()
        return stem.with_name(f"{stem.name}{suffix_of('public')}")

    def _of(self) -> str:
        organisation = find_organisation(self.workspace, self.office.organisation)
        return self.sentence("of", name=organisation.name, year=self.office.year.value)

    def _parameter_file(self) -> Path:
        stem = self._stem()
        year = int(stem.parent.name)
        return find_parameter_file(Path(stem.name), self.workspace, year).path

    def _has_memo(self) -> bool:
        """Whether the report has a memo as its parameter file stands."""
        path = self.workspace.params / self._stem().with_suffix(".yml")
        return path.exists() and MEMO in load_parameters(path, self.workspace).layout.parts

    def _set_memo(self, params: Path) -> None:
        """Change in a parameter file whether the report has a memo, if it says otherwise."""
        parameters = load_parameters(params, self.workspace)
        has, wanted = MEMO in parameters.layout.parts, self.memo.value
        if has != wanted:
            usual = read_written(params, self.workspace, without="parts").parameters
            parts = _parts(parameters, usual, with_memo=wanted)
            set_keys(self.workspace, params, {"parts": parts})

    def _check(self) -> None:
        from ita_helpers.rendering.checking import Checked, check_all

        analysis = self._parameter_file()
        kinds = (analysis.with_stem(f"{analysis.stem}{each.suffix}") for each in report_kinds())
        files = [each for each in kinds if each.exists()]
        checked = list(check_all(self.workspace, files, names=False))
        lines = [line for each in checked for line in each.told]
        found = sum(checked, Checked())
        count = len(found.lines)
        said: list[Text] = [self.sentence("checked", count=count, drafts=found.drafts)]
        if lines:
            shown = Markup("").join(PARAGRAPH.format(line) for line in lines)
            said.append(scrolled(shown, self.label("problems")))
        (self.warn if lines else self.say)(*said, *sorted(found.of_years))

    def _links(self, stem: Path) -> Markup:
        notebook = self.workspace.edited(stem)
        found = (links_to_report(self.workspace, each) for each in (stem, self._public))
        links = [each for each in found if each]
        if notebook.exists():
            links.append(link(notebook, self.label("notebook")))
        return Markup(" · ").join(links)


def _parts(parameters: ReportParameters, usual: ReportParameters, *, with_memo: bool) -> str:
    """Return the parts of a report with or without its memo, in YAML; empty for the ``usual``."""
    others = [each for each in parameters.layout.parts if each != MEMO]
    wanted = [MEMO, *others] if with_memo else others
    return "" if tuple(wanted) == usual.layout.parts else f"[{', '.join(wanted)}]"
