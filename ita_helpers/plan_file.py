"""Reading ``data/plans/<year>/<organisation>.csv``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ita_helpers.catalogue import label
from ita_helpers.dates import parse_date
from ita_helpers.errors import BadCell
from ita_helpers.framework import Framework
from ita_helpers.paths import Workspace
from ita_helpers.plan import Measure, Plan
from ita_helpers.store import Row, read_table
from ita_helpers.thai import to_arabic

_CODES = re.compile(r"[\s,;]+")
_LINES = re.compile(r"\s*(?:;|\r?\n)\s*")


def read_plan(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework
) -> Plan | None:
    """Read the plan that answers the result of a fiscal year (B.E.); nothing where there is none.

    Raises a ``DataError`` that names file, row, value and remedy.
    """
    path = workspace.plan(organisation, fiscal_year)
    if not path.exists():
        return None
    rows = [_Reader(workspace, path, row) for row in read_table(path, "plans", workspace)]
    measures = tuple(_measure(row, framework) for row in rows)
    return Plan(measures) if measures else None


class _Reader:
    """Reads the cells of one row, with the place of a mistake at hand."""

    def __init__(self, workspace: Workspace, path: Path, row: Row) -> None:
        self.workspace, self.path, self.row = workspace, path, row

    def codes(self, column: str, known: Sequence[str]) -> tuple[str, ...]:
        by_folded = {code.lower(): code for code in known}
        written = [each for each in _CODES.split(to_arabic(self.row[column])) if each]
        if any(each.lower() not in by_folded for each in written):
            raise self.error(column, "code")
        return tuple(by_folded[each.lower()] for each in written)

    def lines(self, column: str) -> tuple[str, ...]:
        return tuple(line for line in _LINES.split(self.row[column]) if line)

    def date(self, column: str) -> date | None:
        if not self.row[column]:
            return None
        try:
            return parse_date(self.row[column])
        except ValueError as error:
            raise self.error(column, "date") from error

    def error(self, column: str, problem: str) -> BadCell:
        return BadCell(
            file=self.workspace.shown(self.path),
            row=self.row.number,
            column=column,
            value=self.row[column],
            problem=problem,
        )


def _measure(reader: _Reader, framework: Framework) -> Measure:
    row = reader.row
    if not row["measure"]:
        raise reader.error("measure", "no_measure")
    if row["status"] and row["status"] not in label("plan.statuses").split():
        raise reader.error("status", "plan_status")
    start, end = reader.date("start"), reader.date("end")
    if start and end and end < start:
        raise reader.error("end", "order")
    return Measure(
        indicators=reader.codes("indicators", [i.code for i in framework.indicators.list]),
        items=reader.codes("items", [item.code for item in framework.all_items]),
        aim=row["aim"],
        kind=row["kind"],
        finding=row["finding"],
        guideline=row["guideline"],
        name=row["measure"],
        steps=reader.lines("steps"),
        start=start,
        end=end,
        owners=reader.lines("owners"),
        follow_up=row["follow_up"],
        status=row["status"],
        result=row["result"],
        obstacles=row["obstacles"],
        evidence=row["evidence"],
    )
