"""The plan of a report as measures: what stands in one cell parted, its time as dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.parting import owners_of, parted, without_number
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.periods import parse_window
from ita_helpers.records.names import normal
from ita_helpers.records.plan import Measure


def measures_of(rows: Iterable[PlanRow], fiscal_year: int) -> tuple[tuple[Measure, ...], list[str]]:
    """Return the measures that answer a result, and remarks on what could not be read."""
    remarks: list[str] = []
    made = [_measure(row, fiscal_year, remarks) for row in rows]
    return tuple(dict.fromkeys(made)), remarks


def _measure(row: PlanRow, fiscal_year: int, remarks: list[str]) -> Measure:
    start, end = _window(row, fiscal_year + 1, remarks)
    return Measure(
        name=without_number(row.measure),
        indicators=row.codes,
        finding=without_number(row.finding),
        guideline=without_number(row.guideline) if row.guideline != row.measure else "",
        steps=parted(row.method),
        start=start,
        end=end,
        owners=owners_of(row.owner),
        follow_up=" ".join(row.follow_up.split()),
        status=_status(row.status),
    )


def _window(row: PlanRow, planned: int, remarks: list[str]) -> tuple[date | None, date | None]:
    if not row.period.strip():
        return None, None
    try:
        window = parse_window(row.period, planned)
    except ValueError:
        facts = {"place": str(Place.in_report(row.spot)), "value": " ".join(row.period.split())}
        remarks.append(say("import.remarks.period", **facts))
        return None, None
    return window.start, window.end


def _status(text: str) -> str:
    known = {normal(each): each for each in label("plan.statuses").split()}
    return known.get(normal(text), "")
