"""Where the data are that a correction in Word contradicts: which file, which rows."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.corrections.finding import Told
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import numbers_in
from ita_helpers.records.slots import code_of
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.tables import TableRow, rows_of


def place_of_cell(workspace: Workspace, data: ReportData, told: Told) -> str:
    """Return the sentence that says where the data of a table's cell are changed."""
    numbers = set(numbers_in(told.old))
    rows = [row.number for row in _scores(workspace, data) if row["score"] in numbers]
    if rows and told.old.strip() in numbers:
        path = workspace.yearly("scores", data.fiscal_year)
        return say("adopt.where_scores", file=workspace.shown(path), rows=rows)
    plans = workspace.plans(data.organisation.code, data.fiscal_year)
    measures = data.plan.measures if data.plan else ()
    if plans and any(each.name and each.name in told.old for each in measures):
        return say("adopt.where_plan", file=workspace.shown(plans[0]))
    return label("adopt.where_data")


def place_of_slot(workspace: Workspace, data: ReportData, slot: str) -> str:
    """Return the sentence that says where the scores of a slot's indicator are."""
    file = workspace.shown(workspace.yearly("scores", data.fiscal_year))
    code = code_of(slot)
    rows = [row.number for row in _scores(workspace, data) if code and row["code"] == code]
    if rows:
        return say("adopt.data_row", file=file, rows=rows)
    return say("adopt.data_file", file=file)


def _scores(workspace: Workspace, data: ReportData) -> Iterator[TableRow]:
    path = workspace.yearly("scores", data.fiscal_year)
    yield from rows_of(path, "scores", workspace, data.organisation.code)
