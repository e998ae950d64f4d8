"""The plan of measures that answers a result, as plain frozen values.

The plan of ``<year>`` answers the result of that fiscal year; it is carried out in the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date


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
        """Return the plan with the office's own abbreviations of its units written in full."""
        measures = tuple(
            replace(each, owners=tuple(units.get(owner, owner) for owner in each.owners))
            for each in self.measures
        )
        return replace(self, measures=measures)

    def without_indicator(self) -> tuple[Measure, ...]:
        """Return the measures for no indicator in particular."""
        return tuple(each for each in self.measures if not each.indicators)
