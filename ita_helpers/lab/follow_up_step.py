"""The fifth step of the start page: the report on what became of the plan."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from ita_helpers.errors import BadFollowUpDay
from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.making import MakingStep
from ita_helpers.lab.report import folder_of_report, links_to_report, run_render
from ita_helpers.lab.report_step import ReportStep
from ita_helpers.lab.steps import LABELS, PARAGRAPH, WIDE, Text, layout, row
from ita_helpers.language.dates import format_date, parse_date, today_in_thailand
from ita_helpers.language.periods import Window, fiscal_window
from ita_helpers.offices.finding import find_parameter_file
from ita_helpers.store.params import load_parameters
from ita_helpers.store.params_change import period_of, place_follow_up


class FollowUpStep(MakingStep):
    """Making the report on the plan as of a day, for the half-year or year it falls in."""

    key = "follow_up"

    def __init__(self, workspace: Workspace, lock: Any, report: ReportStep) -> None:
        super().__init__(workspace, lock)
        self.report, self.office = report, report.office
        self.params = Path()
        self.ready = widgets.HTML()
        self.day = widgets.Text(
            description=self.label("day"), style=LABELS, layout=layout(**{**WIDE, "width": "24em"})
        )
        self.day.observe(self._day_changed, "value")
        self.box = self.folded(self.ready, row(self.day, self.make), self.progress)

    def reset(self) -> None:
        """Offer today, or the end of the plan's year where that is over."""
        self.show_bar(0, "")
        year = self._year()
        self.day.value = format_date(max(year.start, min(year.end, today_in_thailand())))
        self._tell_ready()
        self.say()

    def lacking(self) -> str:
        """Return what is needed before a follow-up can be made."""
        if lacking := self.report.lacking():
            return lacking
        there = self.workspace.plans(*self.office.owner)
        return "" if there else self.label("no_plan")

    def make_all(self) -> subprocess.CompletedProcess[str]:
        """Write the parameter file and make the report; return the outcome of the command."""
        self.begin("report")
        self.params = self._place()
        return run_render(self.workspace, self.params)

    def made(self, words: list[str]) -> list[Text]:
        """Return the links to the report, its folder, and the output of the command."""
        stem = load_parameters(self.params, self.workspace).paper
        folder = folder_of_report(self.workspace, stem)
        return [links_to_report(self.workspace, stem), self.sentence("open", folder=folder), *words]

    def _place(self) -> Path:
        code, year = self.office.owner
        analysis = find_parameter_file(Path(code), self.workspace, year).path
        return place_follow_up(self.workspace, analysis, self._day())

    def _year(self) -> Window:
        """Return the fiscal year the plan is carried out in."""
        return fiscal_window(self.office.year.value + 1)

    def _day(self) -> date:
        """Return the day that is written. Raises ``BadFollowUpDay``."""
        first, today = self._year().start, today_in_thailand()
        facts = {"text": self.day.value, "first": format_date(first), "last": format_date(today)}
        try:
            day = parse_date(self.day.value, self.office.year.value + 1)
        except ValueError as error:
            raise BadFollowUpDay(**facts, problem="none") from error
        if not first <= day <= max(first, today):
            raise BadFollowUpDay(**facts, problem="outside")
        return day

    def _day_changed(self, _: object) -> None:
        self._tell_ready()

    def _tell_ready(self) -> None:
        self.enable(self.make)
        self.ready.value = str(PARAGRAPH.format(self.lacking() or self._kind()))

    def _kind(self) -> str:
        """Return which report the day stands for, or what is wrong with the day."""
        try:
            day = self._day()
        except BadFollowUpDay as error:
            return str(error)
        period = period_of(self.office.year.value, day)
        return self.sentence("kind", period=period, year=self.office.year.value + 1)
