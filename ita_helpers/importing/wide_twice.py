"""Offices that a list names twice: the same values are told, others refused."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.errors import NotPlaced, TwiceInFile
from ita_helpers.importing.found import FoundYear
from ita_helpers.language.catalogue import label, say


def put(years: dict[tuple[object, ...], FoundYear], found: FoundYear) -> Iterator[str]:
    """Add an office's year to the others; yield a remark about one that occurs twice.

    One without values, because of a mistake, is not compared. Raises what ``_repeated`` raises.
    """
    office = found.office
    key = (
        found.is_hidden,
        found.fiscal_year,
        office.name,
        office.type,
        office.district,
        office.province,
    )
    first = years.setdefault(key, found)
    if first is not found and _values(found) and _values(first):
        yield _repeated(first, found)


def _repeated(first: FoundYear, again: FoundYear) -> str:
    """Return the remark about an office that occurs twice with the same values.

    Raises ``TwiceInFile`` where they differ, or ``NotPlaced`` for a name on two sheets that no
    district tells apart.
    """
    if first.place.sheet != again.place.sheet and not again.office.district:
        raise NotPlaced(
            name=again.office.name, place=str(again.place), found=[str(first.place)], codes=[]
        )
    values = [_values(found) for found in (first, again)]
    facts = {"place": str(again.place), "first": first.place.cell}
    if values[0] != values[1]:
        raise TwiceInFile(name=again.office.name, what=label("import.values"), **facts)
    return say("import.remarks.repeated", value=again.office.name, **facts)


def _values(found: FoundYear) -> dict[str, object]:
    scores: dict[str, object] = {each.code: each.points for each in found.scores}
    return {**scores, **{column: value for column, (value, _) in found.result.items()}}
