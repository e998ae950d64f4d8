"""Reading ``data/plans/<year>/<organisation>.xlsx`` (``.ods``, ``.csv``) as people keep it.

Headings in Thai or English, title rows above, cells merged downwards and extra columns are all
read. What cannot be read gives one message with its row and column.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from ita_helpers.documents.parting import owners_of, parted, without_number
from ita_helpers.documents.plan_heads import TICK_COLUMNS, head_of, status_of
from ita_helpers.errors import BadCell, ForeignPlan, NoPlan, TwoPlans, nearest
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.language.periods import Window, parse_window
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.store.plan_table import PlanTable, find_table

_PARTS = re.compile(r"\s*[,;\n]\s*")
_ITEMS = re.compile(r"[\s,;]+")
_NUMBERED = re.compile(r"(\d{1,2})(?!\d)[.)\s:]*(.*)", re.DOTALL)
_CODE = re.compile(r"\(([a-z0-9][a-z0-9-]*)\)")


def read_plan(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework
) -> Plan | None:
    """Read the plan that answers the result of a fiscal year (B.E.); ``None`` if there is none.

    Raises ``TwoPlans``, ``ForeignPlan``, ``NoPlan``, ``BadCell`` or what ``read_grids`` raises.
    """
    paths = workspace.plans(organisation, fiscal_year)
    if not paths:
        return None
    if len(paths) > 1:
        raise TwoPlans(first=workspace.shown(paths[0]), file=workspace.shown(paths[1]))
    return read_plan_file(paths[0], workspace.shown(paths[0]), organisation, framework)


def read_plan_file(path: Path, shown: str, organisation: str, framework: Framework) -> Plan | None:
    """Read a file as the plan of an organisation; ``shown`` is its path for messages.

    A table without a measure does not count as a plan.

    Raises what ``read_plan`` raises for a file that is not a plan.
    """
    for grid in read_grids(path, shown):
        table = find_table(grid)
        if table:
            _refuse_foreign(table, organisation, shown)
            return _Reader(table, framework).read()
    raise NoPlan(file=shown, example=head_of("measure"))


def _refuse_foreign(table: PlanTable, organisation: str, shown: str) -> None:
    """Raise ``ForeignPlan`` where the rows above the table name another organisation."""
    for row in table.grid.rows[: table.head]:
        for text in row:
            for code in _CODE.findall(text):
                if code != organisation:
                    raise ForeignPlan(file=shown, found=code, expected=organisation)


class _Reader:
    """Reads the rows of a table, and knows the place of each for errors."""

    def __init__(self, table: PlanTable, framework: Framework) -> None:
        self.table, self.framework, self.row = table, framework, 0
        self.common_era: list[int] = []
        self.names = {
            normal(name): each.code
            for each in framework.indicators.list
            for name in (each.name, *each.aliases)
        }

    def read(self) -> Plan | None:
        measures: list[Measure] = []
        gap = False
        for row in range(self.table.last + 1, len(self.table.grid.rows)):
            self.row = row
            if self.table.is_empty(row):
                gap = True
                continue
            if gap and measures and not self.text("measure"):
                break
            if self._is_heading():
                continue
            if measures and self._continues():
                measures[-1] = self._continued(measures[-1])
            else:
                measures.append(self._measure())
        if not measures:
            return None
        return Plan(tuple(measures), self.table.grid.file, self.table.extra, tuple(self.common_era))

    def text(self, column: str) -> str:
        return self.table.text(self.row, column)

    def _is_heading(self) -> bool:
        """Whether the heading is printed again, as on each page."""
        grid, head = self.table.grid, self.table.head
        return all(
            grid.cell(self.row, at) == grid.cell(head, at) for at in self.table.columns.values()
        )

    def _continues(self) -> bool:
        """Whether a row only goes on with the steps and owners of the measure above."""
        filled = {each for each in self.table.columns if self.text(each)}
        return self.table.continues(self.row, "measure") or filled <= {"steps", "owners"}

    def _measure(self) -> Measure:
        if not self.text("measure"):
            raise self.error("measure", "no_measure")
        start, end = self._window()
        texts = ("aim", "kind", "expected", "follow_up", "result", "obstacles", "evidence")
        return Measure(
            name=without_number(self.text("measure")),
            indicators=self._indicators(),
            items=self._items(),
            finding=without_number(self.text("finding")),
            guideline=without_number(self.text("guideline")),
            steps=parted(self.text("steps")),
            start=start,
            end=end,
            owners=owners_of(self.text("owners")),
            status=self._status(),
            row=self.row + 1,
            **{column: self.text(column) for column in texts},
        )

    def _continued(self, measure: Measure) -> Measure:
        """Return a measure with what further rows of its merged cell add."""
        steps = (*measure.steps, *parted(self.text("steps")))
        owners = (*measure.owners, *owners_of(self.text("owners")))
        return replace(
            measure, steps=tuple(dict.fromkeys(steps)), owners=tuple(dict.fromkeys(owners))
        )

    def _indicators(self) -> tuple[str, ...]:
        """Return the indicators of a cell, each by number, by name, or by both."""
        found = []
        for part in _PARTS.split(to_arabic(self.text("indicators"))):
            bare = part
            for word in label("import.indicator_words").split():
                bare = bare.removeprefix(word).strip()
            if bare and normal(bare) != normal(label("plan.general")):
                found += self._indicator(bare)
        return tuple(dict.fromkeys(found))

    def _indicator(self, text: str) -> list[str]:
        names = self.names
        if normal(text) in names:
            return [names[normal(text)]]
        codes = text.split()
        if all(code in names.values() for code in codes):
            return codes
        numbered = _NUMBERED.fullmatch(text)
        if not numbered or numbered[1] not in names.values():
            raise self.error("indicators", "code")
        named = names.get(normal(numbered[2]))
        if numbered[2] and named != numbered[1]:
            raise self.error("indicators", "pair")
        return [numbered[1]]

    def _items(self) -> tuple[str, ...]:
        by_folded = {item.code.lower(): item.code for item in self.framework.all_items}
        written = [each for each in _ITEMS.split(to_arabic(self.text("items"))) if each]
        if any(each.lower() not in by_folded for each in written):
            raise self.error("items", "code")
        return tuple(by_folded[each.lower()] for each in written)

    def _window(self) -> tuple[date | None, date | None]:
        """Return first and last day: from one cell that holds both, or from two."""
        first, last = self._period("start"), self._period("end")
        if first and last and last.end < first.start:
            raise self.error("end", "order")
        if any(each and each.is_common_era for each in (first, last)):
            self.common_era.append(self.row + 1)
        if last and "start" not in self.table.columns and last.start.month != last.end.month:
            first = last
        start, end = first.start if first else None, last.end if last else None
        return start, end or (first.end if first else None)

    def _period(self, column: str) -> Window | None:
        text = self.text(column)
        if not text.strip("-\u2013\u2014 "):
            return None
        try:
            return parse_window(text, self.framework.fiscal_year + 1)
        except ValueError as error:
            problem = "order" if str(error) == "reversed" else "date"
            raise self.error(column, problem) from error

    def _status(self) -> str:
        if ticked := status_of({each: self.text(each) for each in TICK_COLUMNS}):
            return ticked
        known = label("plan.statuses").split()
        by_name = {normal(each): each for each in known}
        status = self.text("status")
        if status and normal(status) not in by_name:
            raise self.error("status", "plan_status", like=nearest(status, known) or known[0])
        return by_name[normal(status)] if status else ""

    def error(self, column: str, problem: str, **facts: str) -> BadCell:
        return BadCell(
            file=self.table.grid.file,
            row=self.row + 1,
            column=self.table.heading(column),
            value=self.text(column),
            problem=problem,
            **facts,
        )
