"""The second step of the start page: the form, the files read, and what they would change.

What reads files is loaded when one is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup, escape

from ita_helpers.errors import ItaError
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.found import ENDINGS, Asked, Found
from ita_helpers.importing.new_values import Consent, Import
from ita_helpers.lab.office_step import OfficeStep
from ita_helpers.lab.report import link
from ita_helpers.lab.steps import PARAGRAPH, WIDE, Step, Text, html, layout, row, scrolled
from ita_helpers.language.catalogue import label
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.scores import years_with_scores


class ScoresStep(Step):
    """Making the form, showing what files would change, and saving it."""

    key = "scores"

    def __init__(
        self,
        workspace: Workspace,
        lock: Any,
        office: OfficeStep,
        saved: Callable[[list[str]], None],
    ) -> None:
        super().__init__(workspace, lock)
        self.office, self.saved = office, saved
        self.readings: list[Found] = []
        self.plan = Import()
        self.known = widgets.HTML()
        self.upload = widgets.FileUpload(
            accept=",".join(ENDINGS), description=self.label("upload"), layout=layout(width="auto")
        )
        self.force = self._box_to_tick("force", self._forced)
        self.accept = self._box_to_tick("accept", self._consented)
        self.hidden = self._box_to_tick("hidden", self._consented)
        self.acceptable = False
        self.save = self.button("save", self._save, "primary")
        self.upload.observe(self._uploaded, "value")
        hint = html(PARAGRAPH.format(self.label("kinds")))
        files = row(self.button("form", self._make_form), self.upload, self.save)
        self.box = self.boxed(self.known, files, hint, self.hidden, self.accept, self.force)

    def _box_to_tick(self, name: str, act: Callable[[object], None]) -> Any:
        box = widgets.Checkbox(description=self.label(name), indent=False, layout=layout(**WIDE))
        box.observe(act, "value")
        return box

    def reset(self) -> None:
        """Forget the file that was read, and show which years of the office have scores."""
        self._forget()
        self.say()
        self._tell_known()

    def _forget(self) -> None:
        self.readings, self.plan = [], Import()
        self.upload.value = ()
        self._untick()
        self._offer()

    def _untick(self) -> None:
        self.acceptable = False
        for each in (self.force, self.accept, self.hidden):
            each.value = False

    def _offer(self) -> None:
        """Enable the buttons and boxes that would change something."""
        is_asked = {
            self.force: self.plan.contradictions,
            self.accept: self.acceptable,
            self.hidden: self.plan.hidden or self.hidden.value,
        }
        for box, asked in is_asked.items():
            box.layout.display = "" if asked else "none"
        self.save.disabled = not self._would_change()

    def enable(self, button: Any) -> None:
        """Enable a button again; the save button only if there is something to save."""
        super().enable(button)
        self._offer()

    def _tell_known(self) -> None:
        years = years_with_scores(self.workspace, self.office.organisation)
        text = self.sentence("have", years=years) if years else self.label("none")
        self.known.value = str(PARAGRAPH.format(text if self.office.organisation else ""))

    def _make_form(self) -> None:
        from ita_helpers.forms.writer import write_form

        code = self.office.organisation
        known = find_organisation(self.workspace, code) if code else None
        path = write_form(self.workspace, self.office.year.value, known)
        self.say(link(path), self.sentence("form_made", file=path))

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        uploads = list(change["new"])
        with self.told():
            self.readings, self.plan = [], Import()
            self._untick()
            self.say(label("start.working"))
            readings = [self._read(each) for each in uploads]
            self._compare(readings)
            self._show_plan(self.sentence("read", files=[each["name"] for each in uploads]))
        if not self.readings:
            self._forget()
        self._offer()

    def _compare(self, readings: list[Found]) -> None:
        """Compare files; keep them if they would change something, or could if accepted."""
        from ita_helpers.importing.compare import compare

        consent = self._consent()
        self.plan = Import()
        try:
            self.plan = compare(self.workspace, readings, consent)
        except ItaError:
            accepting = replace(consent, accept=True)
            self.acceptable = consent.accept or self._can_compare(readings, accepting)
            self.readings = readings if self.acceptable else []
            raise
        if self.plan.hidden or not self.plan.is_empty:
            self.readings = readings

    def _can_compare(self, readings: list[Found], consent: Consent) -> bool:
        from ita_helpers.importing.compare import compare

        try:
            compare(self.workspace, readings, consent)
        except ItaError:
            return False
        return True

    def _show_plan(self, why: Text) -> None:
        from ita_helpers.importing.telling import describe_plan

        if self.plan.is_empty:
            following = self.label("only_hidden" if self.plan.hidden else "nothing")
            self.say(why, *describe_plan(self.plan), following)
            return
        lines = Markup("<br>").join(map(escape, describe_plan(self.plan, whole=True)))
        following = "contradicts" if self.plan.contradictions else "unsaved"
        self.warn(why, self.label(following), scrolled(lines, self.label("preview")))

    def _show_anew(self, plan: Import) -> None:
        """Show what the files would change now that somebody else has changed the tables."""
        self.plan = plan
        self.force.value = False
        self.saved([])
        self._tell_known()
        self._show_plan(self.label("changed"))

    def _read(self, upload: Any) -> Found:
        """Read a file that was uploaded, under the name it has."""
        from ita_helpers.importing.files import read_file

        year, chosen = self.office.year.value, self.office.organisation
        orders = Asked(self.workspace, year, chosen=chosen)
        with scratch_folder() as folder:
            path = folder / Path(upload["name"]).name
            path.write_bytes(upload["content"])
            return read_file(path, orders, shown=path.name)

    def _forced(self, _: object) -> None:
        self._offer()

    def _consented(self, _: object) -> None:
        """Show what would change with what is agreed to now."""
        if not self.readings:
            return
        with self.told():
            self._compare(self.readings)
            self._show_plan("")
        self._offer()

    def _consent(self) -> Consent:
        ticked = (self.force, self.accept, self.hidden)
        return Consent(*(each.value for each in ticked))

    def _changes(self) -> list[tuple[str, int]]:
        """Return office and year of each value that would be saved as the box is ticked."""
        if not self.plan.changes:
            return []
        from ita_helpers.importing.apply import left_alone

        left = set() if self.force.value else left_alone(self.plan)
        changes = [(each.organisation, each.fiscal_year) for each in self.plan.changes]
        return [each for each in changes if each not in left]

    def _would_change(self) -> bool:
        return bool(self._changes() or self.plan.newcomers)

    def _save(self) -> None:
        from ita_helpers.importing.apply import apply_as_shown, left_alone
        from ita_helpers.importing.compare import compare

        shown, changes, force = self.plan, self._changes(), self.force.value
        plan, written = apply_as_shown(self.workspace, self.readings, shown, self._consent())
        if written is None:
            self._show_anew(plan)
            return
        left = set() if force else left_alone(plan)
        said = [self.sentence("saved", count=len(changes))]
        codes = [*(code for code, _ in changes), *(each.code for each in plan.newcomers)]
        self.saved(list(dict.fromkeys(codes)))
        if left:
            self.plan = compare(self.workspace, self.readings, self._consent())
            offices = [f"{plan.names[code]} ({year})" for code, year in sorted(left)]
            said.append(self.sentence("left", offices=offices))
        else:
            self._forget()
        self._tell_known()
        self.say(*said)
