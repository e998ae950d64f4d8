"""The plan of measures that answers a result, as plain frozen values.

The plan of ``<year>`` answers the result of that fiscal year; it is carried out in the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ita_helpers.records.names import normal


@dataclass(frozen=True)
class Measure:
    """One row of a plan; text that is not given is empty.

    ``indicators`` and ``items`` are codes; ``steps`` and ``owners`` one line each. ``row`` is its
    number in the file, 0 for a measure that stands in none.
    """

    name: str
    indicators: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    aim: str = ""
    kind: str = ""
    finding: str = ""
    guideline: str = ""
    steps: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    owners: tuple[str, ...] = ()
    expected: str = ""
    follow_up: str = ""
    status: str = ""
    result: str = ""
    obstacles: str = ""
    evidence: str = ""
    row: int = 0


@dataclass(frozen=True)
class Plan:
    """The measures of one organisation for one result, as one file has them.

    ``file`` is its path as shown; ``extra`` are columns the program does not use; ``common_era``
    are the rows whose years were written in C.E.
    """

    measures: tuple[Measure, ...]
    file: str = ""
    extra: tuple[str, ...] = ()
    common_era: tuple[int, ...] = ()

    def of_indicators(self, codes: Sequence[str]) -> tuple[Measure, ...]:
        """Return the measures for any of these indicators."""
        return tuple(each for each in self.measures if set(each.indicators) & set(codes))

    @property
    def names_indicators(self) -> bool:
        """Whether any measure names an indicator or item.

        Where none does, as in plans without such a column, nothing can be said of what the plan
        covers, nor that a measure is for all indicators.
        """
        return any(each.indicators or each.items for each in self.measures)

    def with_units(self, units: Mapping[str, str]) -> Plan:
        """Return the plan with its units as the office's own list writes them in full.

        Units of the list are known too where only blanks part them.
        """
        known = {normal(each): each for each in units.values()}
        known |= {normal(short): full for short, full in units.items()}
        measures = tuple(
            replace(each, owners=_in_full(each.owners, known)) for each in self.measures
        )
        return replace(self, measures=measures)

    def without_indicator(self) -> tuple[Measure, ...]:
        """Return the measures for no indicator in particular."""
        return tuple(each for each in self.measures if not each.indicators)


def _in_full(owners: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return owners in full, each once; ``known`` gives the full name of a unit."""
    names: list[str] = []
    for owner in owners:
        words = [owner] if normal(owner) in known else owner.split()
        full = [known.get(normal(each), "") for each in words]
        names += full if all(full) else [owner]
    return tuple(dict.fromkeys(names))
