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
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.plan_aims import Aims, read_aims, read_printed_aims
from ita_helpers.documents.plan_status import Status, read_status
from ita_helpers.documents.plan_time import Time, read_time
from ita_helpers.importing.found import FoundMeasure, Place
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.records.framework import Framework
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
LONGEST_AIMS = 80
"""Characters: what is longer before a colon is a sentence."""
_COLUMNS = frozenset((*CELLS, "indicators"))


def measures_of(
    rows: Iterable[PlanRow], framework: Framework
) -> tuple[tuple[FoundMeasure, ...], list[str]]:
    """Return the measures that answer a result, and remarks on what could not be read.

    Of tables with different headings the fullest counts.
    """
    naming = Naming(framework)
    remarks: list[str] = []
    found: list[FoundMeasure] = []
    for row in _of_fullest(list(rows), remarks):
        row = _with_aims_of_finding(row, naming)
        made = [FoundMeasure(each, place_of(row)) for each in _measures(row, naming, remarks)]
        if found and len(made) == 1 and is_repeated(found[-1].measure, made[0].measure):
            found[-1] = replace(found[-1], measure=joined(found[-1].measure, made[0].measure))
        else:
            found += made
    return tuple({each.measure: each for each in reversed(found)}.values())[::-1], remarks


def place_of(row: PlanRow) -> Place:
    """Return where a row of a plan stands."""
    return Place.in_report(row.spot)


def _of_fullest(rows: list[PlanRow], remarks: list[str]) -> Iterator[PlanRow]:
    """Yield the rows of the fullest table and of those with its heading; say which are left.

    A table whose measures all stand in the fullest one only sums it up.
    """
    fullest = max(rows, key=lambda each: len(each.columns & _COLUMNS), default=None)
    left: dict[int, list[PlanRow]] = {}
    taken: set[str] = set()
    for row in rows:
        if fullest and row.columns == fullest.columns:
            taken.add(normal(row.measure))
            yield row
        else:
            left.setdefault(row.spot.table, []).append(row)
    for others in left.values():
        if fullest and not all(normal(each.measure) in taken for each in others):
            place = str(Place.in_report(replace(others[0].spot, row=0)))
            facts = {"place": place, "used": fullest.spot.table}
            remarks.append(say("import.remarks.plan_left", **facts))


def _with_aims_of_finding(row: PlanRow, naming: Naming) -> PlanRow:
    """Return a row with the indicators that its finding begins with in their own cell."""
    before, _, finding = row.finding.partition(":")
    if row.indicator or len(before) > LONGEST_AIMS or before.strip().isdecimal():
        return row
    aims = read_aims(before, naming)
    is_said = (aims.indicators or aims.items) and not (aims.problem or aims.words)
    return replace(row, indicator=before, finding=finding.strip()) if is_said else row


def _measures(row: PlanRow, naming: Naming, remarks: list[str]) -> Iterator[Measure]:
    """Yield the measures of a row, several if its cells list them."""
    cells = {column: _said(getattr(row, field)) for column, field in CELLS.items()}
    parts = measures_in(cells)
    if len(parts) == 1 and is_several(row.measure):
        place = str(place_of(row))
        remarks.append(say("import.remarks.several_measures", place=place))
    time, planned = None, naming.framework.fiscal_year + 1
    aims, status = _aims(row, naming, remarks), _status(row, remarks)
    for each in parts:
        if time is None or each["start"] != row.period:
            time = _time(row, each["start"], planned, remarks)
        yield _measure(each, time, aims, status)


def _said(text: str) -> str:
    """Return the text of a cell; nothing of one that says that it has none."""
    return "" if pattern("aims.none").fullmatch(text.strip()) else text


def _measure(cells: dict[str, str], time: Time, aims: Aims, status: Status) -> Measure:
    guideline, name = cells["guideline"], without_number(cells["measure"])
    return Measure(
        name=name,
        kind=next(filter(name.startswith, label("plan.kinds").split()), ""),
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
    place = str(place_of(row))
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
        place = str(place_of(row))
        remarks.append(say("import.remarks.status", place=place, value=status.words))
    return status
