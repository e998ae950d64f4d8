"""Reading ``data/plans/<year>/<organisation>.xlsx`` (``.ods``, ``.csv``) as people keep it.

Headings in Thai or English, title rows above, cells merged downwards and extra columns are all
read. What cannot be read gives one message with its row and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from ita_helpers.errors import BadCell, ForeignPlan, NoPlan, TwoPlans, nearest
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, section
from ita_helpers.language.periods import Window, parse_window
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.spreadsheets.grids import Grid, read_grids
from ita_helpers.store.dictionary import columns_of

SEARCHED = 20
"""Rows from the top in which the heading is looked for."""
FEWEST = 2
"""Known columns, the measure among them, that make a heading."""
_PARTS = re.compile(r"\s*[,;\n]\s*")
_ITEMS = re.compile(r"[\s,;]+")
_LINES = re.compile(r"\s*(?:;|\r?\n)\s*")
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


class PlanTable:
    """Where a plan is on a sheet: first and last row of its heading, column of each heading."""

    def __init__(self, grid: Grid, head: int, columns: Mapping[str, int], last: int) -> None:
        self.grid, self.head, self.columns, self.last = grid, head, columns, last
        self.merged = {
            (row, first): top
            for top, first, bottom, _ in grid.merged
            for row in range(top + 1, bottom + 1)
        }

    def text(self, row: int, column: str) -> str:
        """Return a cell; a cell merged downwards holds for each of its rows."""
        at = self.columns.get(column)
        if at is None:
            return ""
        return self.grid.cell(self.merged.get((row, at), row), at)

    def is_empty(self, row: int) -> bool:
        """Whether a row has nothing of its own under the headings."""
        return not any(self.grid.cell(row, at) for at in self.columns.values())

    def continues(self, row: int, column: str) -> bool:
        """Whether a cell belongs to the one above."""
        return (row, self.columns.get(column)) in self.merged

    def heading(self, column: str) -> str:
        """Return the heading of a column in the file, else the usual one."""
        at = self.columns.get(column)
        return head_of(column) if at is None else self.grid.cell(self.head, at)

    @property
    def extra(self) -> tuple[str, ...]:
        """The headings that the program does not use."""
        known = set(self.columns.values())
        cells = enumerate(self.grid.rows[self.head])
        return tuple(text for at, text in cells if text and at not in known)


def find_table(grid: Grid) -> PlanTable | None:
    """Return the table of measures of a sheet, or nothing."""
    by_head = _heads()
    for row in range(min(SEARCHED, len(grid.rows))):
        columns: dict[str, int] = {}
        for at, text in enumerate(grid.rows[row]):
            key = by_head.get(normal(text))
            if key:
                columns.setdefault(key, at)
        if "measure" in columns and len(columns) >= FEWEST:
            return _with_rows_below(grid, row, columns)
    return None


def _with_rows_below(grid: Grid, head: int, columns: dict[str, int]) -> PlanTable:
    """Return the table with the rest of a heading of several rows: first and last day, months."""
    last = max((bottom for top, _, bottom, _ in grid.merged if top == head), default=head)
    wide = next(
        (
            right
            for top, left, _, right in grid.merged
            if (top, left) == (head, columns.get("start"))
        ),
        columns.get("start", 0),
    )
    if last > head and "start" in columns:
        below = [
            (_heads().get(normal(grid.cell(row, at))), at)
            for row in range(head + 1, last + 1)
            for at in range(columns["start"], wide + 1)
        ]
        named = {key: at for key, at in below if key in ("start", "end")}
        if named:
            columns |= named
        elif wide > columns["start"]:
            del columns["start"]
    return PlanTable(grid, head, columns, last)


def head_of(column: str) -> str:
    """Return the usual Thai heading of a column of the plan."""
    return str(section("plan.columns")[column]).split("|")[0].strip()


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
            if measures and self.table.continues(self.row, "measure"):
                measures[-1] = self._continued(measures[-1])
            else:
                measures.append(self._measure())
        if not measures:
            return None
        return Plan(tuple(measures), self.table.grid.file, self.table.extra, tuple(self.common_era))

    def text(self, column: str) -> str:
        return self.table.text(self.row, column)

    def _measure(self) -> Measure:
        if not self.text("measure"):
            raise self.error("measure", "no_measure")
        start, end = self._window()
        texts = ("aim", "kind", "finding", "guideline", "expected", "follow_up", "result")
        return Measure(
            name=self.text("measure"),
            indicators=self._indicators(),
            items=self._items(),
            steps=self._lines("steps"),
            start=start,
            end=end,
            owners=self._lines("owners"),
            status=self._status(),
            obstacles=self.text("obstacles"),
            evidence=self.text("evidence"),
            row=self.row + 1,
            **{column: self.text(column) for column in texts},
        )

    def _continued(self, measure: Measure) -> Measure:
        """Return a measure with what further rows of its merged cell add."""
        steps, owners = (
            tuple(dict.fromkeys((*before, *self._lines(column))))
            for column, before in (("steps", measure.steps), ("owners", measure.owners))
        )
        return replace(measure, steps=steps, owners=owners)

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

    def _lines(self, column: str) -> tuple[str, ...]:
        return tuple(line for line in _LINES.split(self.text(column)) if line)

    def _window(self) -> tuple[date | None, date | None]:
        """Return first and last day: from one cell that holds both, or from two."""
        first, last = self._period("start"), self._period("end")
        if first and last and last.end < first.start:
            raise self.error("end", "order")
        if any(each and each.is_common_era for each in (first, last)):
            self.common_era.append(self.row + 1)
        start, end = first.start if first else None, last.end if last else None
        return start, end or (first.end if first else None)

    def _period(self, column: str) -> Window | None:
        text = self.text(column)
        if not text:
            return None
        try:
            return parse_window(text, self.framework.fiscal_year + 1)
        except ValueError as error:
            problem = "order" if str(error) == "reversed" else "date"
            raise self.error(column, problem) from error

    def _status(self) -> str:
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


@cache
def _heads() -> dict[str, str]:
    """Return the column a heading names, in English or in one of its Thai forms."""
    heads = {normal(column): column for column in columns_of("plans")}
    for column, names in section("plan.columns").items():
        heads |= {normal(name): column for name in names.split("|")}
    return heads
