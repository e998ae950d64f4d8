"""The plan of a report as measures: what stands in one cell parted, its time as dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ita_helpers.documents.claims import PlanRow
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.parting import (
    is_several,
    measures_in,
    owners_of,
    parted,
    without_number,
)
from ita_helpers.documents.plan_aims import Aims, read_printed_aims
from ita_helpers.documents.plan_status import Status, read_status
from ita_helpers.documents.plan_time import Time, read_time
from ita_helpers.importing.found import Place
from ita_helpers.language.catalogue import say
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.records.framework import Framework
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


def measures_of(
    rows: Iterable[PlanRow], framework: Framework
) -> tuple[tuple[Measure, ...], list[str]]:
    """Return the measures that answer a result, and remarks on what could not be read.

    Of tables with different headings the first counts.
    """
    naming = Naming(framework)
    remarks: list[str] = []
    measures: list[Measure] = []
    for row in _of_first(list(rows), remarks):
        made = list(_measures(row, naming, remarks))
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


def _measures(row: PlanRow, naming: Naming, remarks: list[str]) -> Iterator[Measure]:
    """Yield the measures of a row, several if its cells list them."""
    cells = {column: getattr(row, field) for column, field in CELLS.items()}
    parts = measures_in(cells)
    if len(parts) == 1 and is_several(row.measure):
        place = str(Place.in_report(row.spot))
        remarks.append(say("import.remarks.several_measures", place=place))
    time, planned = None, naming.framework.fiscal_year + 1
    aims, status = _aims(row, naming, remarks), _status(row, remarks)
    for each in parts:
        if time is None or each["start"] != row.period:
            time = _time(row, each["start"], planned, remarks)
        yield _measure(each, time, aims, status)


def _measure(cells: dict[str, str], time: Time, aims: Aims, status: Status) -> Measure:
    guideline = cells["guideline"]
    return Measure(
        name=without_number(cells["measure"]),
        indicators=aims.indicators,
        items=aims.items,
        aimed_at=aims.words,
        finding=without_number(cells["finding"]),
        guideline=without_number(guideline) if guideline != cells["measure"] else "",
        steps=parted(cells["steps"]),
        start=time.start,
        end=time.end,
        period=time.words,
        owners=owners_of(cells["owners"]),
        follow_up=" ".join(cells["follow_up"].split()),
        status=status.status,
        status_said=status.words,
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


def _aims(row: PlanRow, naming: Naming, remarks: list[str]) -> Aims:
    """Read the cell of indicators, else take those that the row means; doubts are told."""
    aims = read_printed_aims(row.indicator, naming)
    if aims.problem:
        year = naming.framework.fiscal_year
        facts = {"problem": aims.problem, "unknown": aims.unknown, "year": year}
        place, value = str(Place.in_report(row.spot)), " ".join(row.indicator.split())
        remarks.append(say("import.remarks.aim", place=place, value=value, **facts))
    return aims if aims.indicators or aims.words else replace(aims, indicators=row.codes)


def _status(row: PlanRow, remarks: list[str]) -> Status:
    """Read the status; words that are none for certain are kept and told."""
    status = read_status(row.status)
    if status.is_unread:
        place = str(Place.in_report(row.spot))
        remarks.append(say("import.remarks.status", place=place, value=status.words))
    return status
