"""The first step of the start page: which office, and which year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from ita_helpers.errors import MisspeltPlace, SimilarOrganisation
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.steps import LABELS, WIDE, Step, layout, message, row
from ita_helpers.language.thai import sort_key
from ita_helpers.offices.newcomers import (
    Newcomer,
    add_organisation,
    check_newcomer,
    check_not_misspelt,
    codes_in_use,
    with_code,
)
from ita_helpers.records.names import short_types
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import newest_year, read_framework
from ita_helpers.words.rules import assumption

NEW = ""
"""What the list of offices holds for one that is not in it."""


class OfficeStep(Step):
    """Choosing an office and a year, or adding an office."""

    key = "office"

    def __init__(self, workspace: Workspace, lock: Any, chosen: Callable[[], None]) -> None:
        super().__init__(workspace, lock)
        self.chosen = chosen
        self.confirmed: Newcomer | None = None
        years = sorted(workspace.framework_years(), reverse=True)
        newest = newest_year(workspace)
        self.list = self._field(widgets.Dropdown, "choose", options=self._options())
        self.year = self._field(widgets.Dropdown, "year", options=years, value=newest)
        self.list.layout.width, self.year.layout.width = "36em", "16em"
        self.name = self._field(widgets.Text, "name", hint="name_hint")
        kinds = tuple(short_types())
        self.type = self._field(
            widgets.Combobox, "type", hint="type_hint", options=kinds, ensure_option=False
        )
        self.district = self._field(widgets.Text, "district")
        self.province = self._field(widgets.Text, "province")
        self.code = self._field(widgets.Text, "code", hint="code_hint")
        self.facts = (self.name, self.type, self.district, self.province, self.code)
        buttons = (self.button("propose", self._propose), self.button("add", self._add, "primary"))
        self.form = widgets.VBox([*self.facts, row(*buttons)])
        self.list.observe(self._list_changed, "value")
        self.year.observe(self._list_changed, "value")
        self.rules = widgets.HTML()
        self.box = self.boxed(row(self.list, self.year), self.rules, self.form)
        self._show_form()

    @property
    def organisation(self) -> str:
        """The code of the office chosen, empty where none is."""
        return str(self.list.value or "")

    @property
    def owner(self) -> tuple[str, int]:
        """The code of the office and the fiscal year (B.E.) chosen."""
        return self.organisation, self.year.value

    def refresh(self, added: list[str]) -> None:
        """Reload the list of offices; one added while none was chosen is selected."""
        chosen = self.organisation or (added[0] if len(added) == 1 else NEW)
        self.list.unobserve(self._list_changed, "value")
        self.list.options = self._options()
        self.list.value = chosen
        self.list.observe(self._list_changed, "value")
        self._show_form()

    def _field(self, kind: Any, key: str, hint: str = "", **options: Any) -> Any:
        """Return a field with its label."""
        if hint:
            options["placeholder"] = self.label(hint)
        return kind(description=self.label(key), layout=layout(**WIDE), style=LABELS, **options)

    def _options(self) -> list[tuple[str, str]]:
        organisations = read_organisations(self.workspace).values()
        known = [(f"{e.name} ({e.code})", e.code) for e in organisations if not e.is_reference]
        known.sort(key=lambda each: sort_key(each[0]))
        return [*known, (self.label("new"), NEW)]

    def _list_changed(self, _: object) -> None:
        with self.told():
            self._show_form()
            self.say()
            self.chosen()

    def _show_form(self) -> None:
        self.form.layout.display = "none" if self.organisation else ""
        framework = read_framework(self.workspace, self.year.value)
        rules = assumption(framework, self.label("papers"))
        self.rules.value = str(message("note", "warn", [rules])) if rules else ""

    def _newcomer(self) -> Newcomer:
        newcomer = Newcomer.of(
            self.name.value,
            type=self.type.value,
            district=self.district.value,
            province=self.province.value,
            code=self.code.value,
        )
        check_newcomer(self.workspace, newcomer)
        return newcomer

    def _propose(self) -> None:
        self.code.value = with_code(self._newcomer(), codes_in_use(self.workspace)).code
        self.say(self.sentence("proposed", code=self.code.value))

    def _add(self) -> None:
        newcomer = self._newcomer()
        if newcomer != self.confirmed:
            try:
                check_not_misspelt(self.workspace, newcomer)
            except (MisspeltPlace, SimilarOrganisation) as question:
                self.confirmed = newcomer
                key = "similar" if isinstance(question, SimilarOrganisation) else "misspelt"
                self.warn(self.sentence(key, **question.facts))
                return
        added = add_organisation(self.workspace, newcomer, self.year.value).organisation
        for each in self.facts:
            each.value = ""
        self.refresh([added.code])
        self.chosen()
        self.say(self.sentence("added", name=added.name, code=added.code))
