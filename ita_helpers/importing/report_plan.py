"""The plan of a report as measures: what stands in one cell parted, its time as dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.parting import (
    is_several,
    measures_in,
    owners_of,
    parted,
    without_number,
)
from ita_helpers.documents.plan_time import Time, read_time
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.records.names import normal
from ita_helpers.records.plan import Measure, is_repeated, joined

CELLS = {
    "measure": "measure",
    "steps": "method",
    "finding": "finding",
    "guideline": "guideline",
    "owners": "owner",
    "start": "period",
    "follow_up": "follow_up",
}
"""The field of a report's row for each column whose cell may list what goes with each measure."""


def measures_of(rows: Iterable[PlanRow], fiscal_year: int) -> tuple[tuple[Measure, ...], list[str]]:
    """Return the measures that answer a result, and remarks on what could not be read.

    Of tables with different headings the first counts.
    """
    remarks: list[str] = []
    measures: list[Measure] = []
    for row in _of_first(list(rows), remarks):
        made = list(_measures(row, fiscal_year, remarks))
        if measures and len(made) == 1 and is_repeated(measures[-1], made[0]):
            measures[-1] = joined(measures[-1], made[0])
        else:
            measures += made
    return tuple(dict.fromkeys(measures)), remarks


def _of_first(rows: list[PlanRow], remarks: list[str]) -> Iterator[PlanRow]:
    """Yield the rows of the first table and of those with its heading; say which are left."""
    left: dict[int, PlanRow] = {}
    for row in rows:
        if row.columns == rows[0].columns:
            yield row
        else:
            left.setdefault(row.spot.table, row)
    for row in left.values():
        place = str(Place.in_report(replace(row.spot, row=0)))
        remarks.append(say("import.remarks.plan_left", place=place, first=rows[0].spot.table))


def _measures(row: PlanRow, fiscal_year: int, remarks: list[str]) -> Iterator[Measure]:
    """Yield the measures of a row, several if its cells list them."""
    cells = {column: getattr(row, field) for column, field in CELLS.items()}
    parts = measures_in(cells)
    if len(parts) == 1 and is_several(row.measure):
        place = str(Place.in_report(row.spot))
        remarks.append(say("import.remarks.several_measures", place=place))
    time = None
    for each in parts:
        if time is None or each["start"] != row.period:
            time = _time(row, each["start"], fiscal_year + 1, remarks)
        yield _measure(row, each, time)


def _measure(row: PlanRow, cells: dict[str, str], time: Time) -> Measure:
    guideline = cells["guideline"]
    return Measure(
        name=without_number(cells["measure"]),
        indicators=row.codes,
        finding=without_number(cells["finding"]),
        guideline=without_number(guideline) if guideline != cells["measure"] else "",
        steps=parted(cells["steps"]),
        start=time.start,
        end=time.end,
        period=time.words,
        owners=owners_of(cells["owners"]),
        follow_up=" ".join(cells["follow_up"].split()),
        status=_status(row.status),
    )


def _time(row: PlanRow, text: str, planned: int, remarks: list[str]) -> Time:
    """Read a period; what cannot be read or lies outside the year is kept and told."""
    time = read_time(text, "", planned)
    place = str(Place.in_report(row.spot))
    facts: dict[str, object] = {"place": place, "value": " ".join(text.split())}
    years = [fiscal_year_of(each) for each in (time.start, time.end) if each]
    if time.problem:
        remarks.append(say("import.remarks.period", problem=time.problem, **facts))
    elif set(years) - {planned}:
        facts |= {"planned": planned, "is_partly": min(years) <= planned <= max(years)}
        remarks.append(say("import.remarks.period_outside", **facts))
    return time


def _status(text: str) -> str:
    known = {normal(each): each for each in label("plan.statuses").split()}
    return known.get(normal(text), "")
