"""The fourth step of the start page: drafting the plan of measures and reading it back.

What reads and writes plans is loaded where there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from markupsafe import Markup, escape

from ita_helpers.errors import ChangedMeanwhile, ItaError
from ita_helpers.files.change import writing
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.workspace import PLAN_ENDINGS, Workspace
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.report import link
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import PARAGRAPH, Step, Text, layout, output, row, scrolled
from ita_helpers.language.catalogue import join_names, say
from ita_helpers.offices.finding import find_parameter_file
from ita_helpers.records.plan import Plan
from ita_helpers.store.params import load_parameters
from ita_helpers.store.plans import read_plan, read_plan_file
from ita_helpers.store.rules import read_framework

if TYPE_CHECKING:
    from ita_helpers.plans.filling import Proposal
    from ita_helpers.plans.update import Drafted


class PlanStep(Step):
    """Drafting the plan of the chosen office and year, and reading it back from Excel."""

    key = "plan"

    def __init__(
        self, workspace: Workspace, lock: Any, report: ReportStep, changed: Callable[[], None]
    ) -> None:
        super().__init__(workspace, lock)
        self.report, self.changed = report, changed
        self.office: OfficeStep = report.office
        self.read: tuple[str, bytes] | None = None
        self.before = b""
        self.known = widgets.Output()
        """JupyterLab leads links in outputs to the files, and those in other widgets nowhere."""
        self.draft = self.button("draft", self._draft, "primary")
        self.fill = self.button("fill", self._fill, "primary")
        self.proposals: list[Proposal] = []
        self.upload = widgets.FileUpload(
            accept=",".join(PLAN_ENDINGS),
            description=self.label("upload"),
            layout=layout(width="auto"),
        )
        self.upload.observe(self._uploaded, "value")
        self.save = self.button("save", self._save, "primary")
        self.box = self.folded(self.known, row(self.draft, self.fill, self.upload, self.save))

    def reset(self) -> None:
        """Forget the file that was read, and show the plan that is there."""
        self._forget()
        self.say()
        self._tell_known()

    def enable(self, button: Any) -> None:
        """Enable a button again if it would do something."""
        button.disabled = self.read is None if button is self.save else bool(self.report.lacking())

    def _forget(self) -> None:
        self.read = None
        self.upload.value = ()
        self._offer()

    def _offer(self) -> None:
        for each in (self.draft, self.fill, self.upload, self.save):
            self.enable(each)

    def _tell_known(self) -> None:
        lacking = self.report.lacking()
        files = [] if lacking else self.workspace.plans(*self.office.owner)
        shown = self.sentence("there", folder=files[0].parent) if files else self.label("none")
        text = lacking or Markup(" · ").join([*map(link, files), escape(shown)])
        plan = self._plan() if files else None
        self.proposals = self._proposed(plan)
        self.fill.layout.display = "" if self.proposals else "none"
        unnamed = self._unnamed() if plan and not plan.names_indicators else ""
        self.known.outputs = (output(PARAGRAPH.format(text) + unnamed),)

    def _plan(self) -> Plan | None:
        """Return the plan that is there; one that cannot be read is told where it is used."""
        with suppress(ItaError):
            code, year = self.office.owner
            return read_plan(self.workspace, code, year, read_framework(self.workspace, year))
        return None

    def _proposed(self, plan: Plan | None) -> list[Proposal]:
        if not plan:
            return []
        from ita_helpers.plans.filling import propose_indicators

        return propose_indicators(plan, read_framework(self.workspace, self.office.year.value))

    def _unnamed(self) -> Markup:
        """Return what is said of a plan that names no indicators: those its words name."""
        if not self.proposals:
            return PARAGRAPH.format(self.label("unnamed"))
        lines = (
            say(
                "cli.plan.proposal",
                row=e.measure.row,
                name=e.measure.name,
                codes=join_names(e.codes),
            )
            for e in self.proposals
        )
        listed = Markup("<br>").join(map(escape, lines))
        asked = PARAGRAPH.format(self.label("fillable"))
        return asked + scrolled(listed, self.label("proposals"))

    def _draft(self) -> None:
        from ita_helpers.plans.update import write_plan
        from ita_helpers.rendering.loading import load

        code, year = self.office.owner
        params = find_parameter_file(Path(code), self.workspace, year).path
        parameters = load_parameters(params, self.workspace)
        with writing(self.workspace.root):
            drafted = write_plan(self.workspace, parameters, load(self.workspace, parameters))
        self._tell_known()
        self.changed()
        self.say(*self._drafted(drafted))

    def _drafted(self, drafted: Drafted) -> list[Text]:
        """Return what became of a draft."""
        if not drafted.path.exists():
            return [self.label("nothing_low")]
        if drafted.unknown:
            unknown = self.sentence("unknown", codes=join_names(drafted.unknown))
            return [link(drafted.path), unknown]
        if not drafted.count:
            return [link(drafted.path), self.label("nothing")]
        backup = self.workspace.shown(drafted.backup) if drafted.backup else ""
        facts = {"count": drafted.count, "backup": backup, "formulas": drafted.formulas}
        return [link(drafted.path), self.sentence("drafted", file=drafted.path, **facts)]

    def _fill(self) -> None:
        """Write the indicators that were shown, unless the plan has changed since."""
        from ita_helpers.plans.filling import fill_indicators

        (path,) = self.workspace.plans(*self.office.owner)
        with writing(self.workspace.root):
            if self._proposed(self._plan()) != self.proposals:
                raise ChangedMeanwhile(file=self.workspace.shown(path))
            backup = fill_indicators(self.workspace, path, self.proposals)
        facts = {"count": len(self.proposals), "backup": self.workspace.shown(backup)}
        self._tell_known()
        self.changed()
        self.say(link(path), self.sentence("filled", **facts))

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        (upload,) = change["new"]
        with self.told():
            self.read = None
            name, content = Path(upload["name"]).name, bytes(upload["content"])
            self._compare(name, content)
        if self.read is None:
            self._forget()
        self._offer()

    def _compare(self, name: str, content: bytes) -> None:
        """Show what a file would change in the plan; keep it if it would change anything."""
        from ita_helpers.plans.change import describe_changes

        code, year = self.office.owner
        framework = read_framework(self.workspace, year)
        with scratch_folder() as folder:
            path = folder / name
            path.write_bytes(content)
            new = read_plan_file(path, name, code, framework) or Plan(())
        there = self.workspace.plans(code, year)
        self.before = there[0].read_bytes() if there else b""
        lines = list(describe_changes(read_plan(self.workspace, code, year, framework), new))
        if content == self.before:
            self.say(self.sentence("same", file=name))
            return
        self.read = (Path(name).suffix.lower(), content)
        said = self.sentence("read", file=name, count=len(new.measures), changed=len(lines))
        shown = Markup("<br>").join(map(escape, lines))
        preview = scrolled(shown, self.label("preview")) if lines else ""
        self.warn(said, self.label("unsaved"), preview)

    def _save(self) -> None:
        from ita_helpers.plans.update import replace_plan

        assert self.read is not None
        backup = replace_plan(self.workspace, *self.office.owner, self.read, self.before)
        self._forget()
        self._tell_known()
        self.changed()
        self.say(self.sentence("saved", backup=self.workspace.shown(backup) if backup else ""))
