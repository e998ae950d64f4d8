"""The plan of measures that answers a result: plain frozen values.

The plan of ``<year>`` answers the result of that fiscal year; it is carried out in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Measure:
    """One row of a plan; text that is not given is empty.

    ``indicators`` and ``items`` are codes; ``steps`` and ``owners`` one line each. ``is_done`` is
    unknown until the office says so.
    """

    indicators: tuple[str, ...]
    items: tuple[str, ...]
    aim: str
    kind: str
    finding: str
    guideline: str
    name: str
    steps: tuple[str, ...]
    start: date | None
    end: date | None
    owners: tuple[str, ...]
    follow_up: str
    status: str
    result: str
    obstacles: str
    evidence: str


@dataclass(frozen=True)
class Plan:
    """The measures of one organisation for one result."""

    measures: tuple[Measure, ...]

    def of_indicators(self, codes: Sequence[str]) -> tuple[Measure, ...]:
        """Return the measures for any of these indicators."""
        return tuple(each for each in self.measures if set(each.indicators) & set(codes))

    def without_indicator(self) -> tuple[Measure, ...]:
        """Return the measures for no indicator in particular."""
        return tuple(each for each in self.measures if not each.indicators)
