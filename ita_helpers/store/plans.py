"""Reading ``data/plans/<year>/<organisation>.xlsx`` (``.ods``, ``.csv``) as people keep it.

Headings in Thai or English, title rows above, cells merged downwards and extra columns are all
read. What cannot be read gives one message with its row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ita_helpers.documents.naming import Naming
from ita_helpers.documents.parting import (
    is_several,
    measures_in,
    owners_of,
    parted,
    without_number,
)
from ita_helpers.documents.plan_aims import Aims, read_aims
from ita_helpers.documents.plan_heads import head_of, said_of_status, status_of
from ita_helpers.documents.plan_status import Status, read_status
from ita_helpers.documents.plan_tables import codes_in
from ita_helpers.documents.plan_time import Time, read_time
from ita_helpers.errors import BadCell, ForeignPlan, NoPlan, TwoPlans
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.records.framework import Framework
from ita_helpers.records.plan import Measure, Plan, is_repeated, joined, plan_problem
from ita_helpers.records.problem import Problem
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.store.plan_finding import find_plan, tables_left
from ita_helpers.store.plan_table import PlanTable

CONTINUED = {"steps", "owners", "start", "end", "expected", "follow_up", "result", "evidence"}
"""Columns that a further row of a measure may fill."""
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

    A table without a measure does not count as a plan; of several the first with measures does.

    Raises what ``read_plan`` raises for a file that is not a plan.
    """
    grids = read_grids(path, shown)
    table = find_plan(grids)
    if table is None:
        raise NoPlan(file=shown, example=head_of("measure"))
    _refuse_foreign(table, organisation, shown)
    plan = _Reader(table, framework).read()
    left = tuple(_left(each) for each in tables_left(grids, table))
    return replace(plan, remarks=(*plan.remarks, *left)) if plan else None


def _left(table: PlanTable) -> Problem:
    """Say that a table of measures was not read."""
    return plan_problem("left", sheet=table.grid.sheet, head=table.head + 1)


def _refuse_foreign(table: PlanTable, organisation: str, shown: str) -> None:
    """Raise ``ForeignPlan`` where the rows above the table name another organisation."""
    for row in table.grid.rows[: table.head]:
        for text in row:
            for code in _CODE.findall(text):
                if code != organisation:
                    raise ForeignPlan(file=shown, found=code, expected=organisation)


class _Reader:
    """Reads the rows of a table, and knows the place of each for errors and remarks."""

    def __init__(self, table: PlanTable, framework: Framework) -> None:
        self.table, self.framework, self.row = table, framework, 0
        self.measures: list[Measure] = []
        self.common_era: list[int] = []
        self.remarks: list[Problem] = []
        self.sections: list[int] = []
        self.section_codes: tuple[str, ...] = ()
        naming = Naming(framework)
        self.naming = naming
        self.aims_of = cache(lambda text: read_aims(text, naming))

    def read(self) -> Plan | None:
        gap = False
        for row in range(self.table.last + 1, len(self.table.grid.rows)):
            self.row = row
            heading = self.table.heads_again(row)
            if not any(self.table.grid.rows[row]):
                gap = True
            elif self._is_end(heading=heading, gap=gap):
                break
            elif text := self.table.section(row):
                self._enter(text)
            elif not self._is_passed(heading):
                self._take()
        if not self.measures:
            return None
        return Plan(
            tuple(self.measures),
            self.table.grid.file,
            self.table.extra,
            tuple(self.common_era),
            tuple(dict.fromkeys((*self._told_sections(), *self.remarks))),
        )

    def text(self, column: str) -> str:
        return self.table.text(self.row, column)

    def _is_end(self, *, heading: str, gap: bool) -> bool:
        """Whether the table has ended: by another heading, a signature, or a gap."""
        if heading == "other":
            return True
        if not self.measures:
            return False
        if self.table.is_below(self.row):
            return True
        return gap and not self.text("measure") and not self.table.section(self.row)

    def _is_passed(self, heading: str) -> bool:
        """Whether a row says nothing: the heading again, a sum, or no cell of the plan."""
        table, row = self.table, self.row
        return bool(heading) or table.is_empty(row) or table.is_total(row)

    def _enter(self, text: str) -> None:
        """Go below the heading of a section; one that names an indicator gives it to its rows."""
        self.sections.append(self.row + 1)
        self.section_codes = tuple(codes_in(text, self.naming))

    def _told_sections(self) -> Iterator[Problem]:
        rows = [row for row in self.sections if row < self.measures[-1].row]
        if rows:
            yield plan_problem("sections", rows=rows)

    def _take(self) -> None:
        """Read a row as measures, or as more of the one above."""
        texts = {column: self.text(column) for column in self.table.read_columns}
        if self.measures and self._continues(texts):
            self.measures[-1] = joined(self.measures[-1], self._more())
            return
        if not texts.get("measure"):
            raise self.error("measure", "no_measure")
        rows = measures_in(texts)
        if len(rows) == 1 and is_several(texts["measure"]):
            self._tell("in_one_cell", "measure")
        made = [self._measure(each) for each in rows]
        if self.measures and len(made) == 1 and is_repeated(self.measures[-1], made[0]):
            self.measures[-1] = joined(self.measures[-1], made[0])
        else:
            self.measures += made

    def _continues(self, texts: Mapping[str, str]) -> bool:
        """Whether a row only goes on with the measure above."""
        filled = {column for column, text in texts.items() if text}
        return self.table.continues(self.row, "measure") or filled <= CONTINUED

    def _more(self) -> Measure:
        """Return what a further row of a measure adds to it, an indicator of its own too."""
        own = {
            column: "" if self.table.continues(self.row, column) else self.text(column)
            for column in self.table.read_columns
        }
        return self._measure(own | {"measure": self.measures[-1].name})

    def _measure(self, texts: Mapping[str, str]) -> Measure:
        time = self._time(texts.get("start", ""), texts.get("end", ""))
        aims, status = self._aims(texts), self._status(texts)
        kept = ("aim", "kind", "expected", "follow_up", "result", "obstacles", "evidence")
        return Measure(
            name=without_number(texts["measure"]),
            indicators=aims.indicators,
            items=aims.items,
            aimed_at=aims.words,
            finding=without_number(texts.get("finding", "")),
            guideline=without_number(texts.get("guideline", "")),
            steps=parted(texts.get("steps", "")),
            start=time.start,
            end=time.end,
            period=time.words,
            owners=owners_of(texts.get("owners", "")),
            status=status.status,
            status_said=status.words,
            row=self.row + 1,
            **{column: texts.get(column, "") for column in kept}
            | {"result": texts.get("result") or said_of_status(texts)},
        )

    def _aims(self, texts: Mapping[str, str]) -> Aims:
        """Read the cells of indicators and items; what is not certain is kept and told."""
        aims = self.aims_of(texts.get("indicators", ""))
        if aims.problem:
            facts = {"year": self.framework.fiscal_year, "unknown": aims.unknown}
            self._tell(aims.problem, "indicators", **facts)
        codes = aims.indicators if aims.indicators or aims.words else self.section_codes
        items = (*aims.items, *self._items(texts.get("items", "")))
        items = tuple(dict.fromkeys(items))
        is_same = (codes, items) == (aims.indicators, aims.items)
        return aims if is_same else replace(aims, indicators=codes, items=items)

    def _items(self, text: str) -> tuple[str, ...]:
        """Return the items of a cell of their own; what names none is told."""
        aims = self.aims_of(text)
        is_said = aims.indicators or aims.words
        if aims.problem or (is_said and not aims.items):
            year = self.framework.fiscal_year
            self._tell("items_unread", "items", year=year, unknown=aims.unknown)
        return aims.items

    def _time(self, first: str, last: str) -> Time:
        """Read when a measure is carried out; what cannot be read is kept and told."""
        planned = self.framework.fiscal_year + 1
        time = read_time(first, last, planned, has_start=self.table.has_start)
        if time.problem:
            column = "start" if first else "end"
            self._tell(time.problem, column, value=time.words)
        if time.is_common_era:
            self.common_era.append(self.row + 1)
        return time

    def _status(self, texts: Mapping[str, str]) -> Status:
        """Read the status; words that are none for certain are kept and told."""
        if ticked := status_of(texts):
            return Status(ticked)
        status = read_status(texts.get("status", ""))
        if status.is_unread:
            self._tell("status_unread", "status", statuses=label("plan.statuses").split())
        return status

    def error(self, column: str, problem: str, **facts: str) -> BadCell:
        return BadCell(
            file=self.table.grid.file,
            row=self.row + 1,
            column=self.table.heading(column),
            value=self.text(column),
            problem=problem,
            **facts,
        )

    def _tell(self, kind: str, column: str, **facts: object) -> None:
        told = {"head": self.table.heading(column), "value": self.text(column)} | facts
        self.remarks.append(plan_problem(kind, self.row + 1, **told))
