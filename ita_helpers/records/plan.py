"""The plan of measures that answers a result, as plain frozen values.

The plan of ``<year>`` answers the result of that fiscal year; it is carried out in the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ita_helpers.language.catalogue import say
from ita_helpers.language.periods import format_window
from ita_helpers.records.names import normal
from ita_helpers.records.problem import Problem

BETWEEN = ", "
"""Stands between several values of a column where a measure is kept as texts."""


@dataclass(frozen=True)
class Measure:
    """One row of a plan; text that is not given is empty.

    ``indicators`` and ``items`` are codes; ``steps`` and ``owners`` one line each. ``period`` are
    the words of the file, where ``start`` and ``end`` do not say all of them; so are ``aimed_at``
    beside the codes, and ``status_said`` beside the status. ``row`` is its number in the file, 0
    for a measure that stands in none.
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
    period: str = ""
    aimed_at: str = ""
    status_said: str = ""

    @property
    def is_uncounted(self) -> bool:
        """Whether words say what it is for that single out no indicator: "all", or a slip."""
        return bool(self.aimed_at) and not (self.indicators or self.items)

    @property
    def shown_status(self) -> str:
        """Its status as papers print it; empty where none is given."""
        return self.status_said or self.status

    @property
    def time(self) -> str:
        """Its period as papers print it."""
        return self.period or format_window(self.start, self.end)


@dataclass(frozen=True)
class Plan:
    """The measures of one organisation for one result, as one file has them.

    ``file`` is its path as shown; ``extra`` are columns the program does not use; ``common_era``
    are the rows whose years were written in C.E.; ``remarks`` say what could not be read as it
    stands, and what was left out.
    """

    measures: tuple[Measure, ...]
    file: str = ""
    extra: tuple[str, ...] = ()
    common_era: tuple[int, ...] = ()
    remarks: tuple[Problem, ...] = ()

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

    @property
    def says_aims(self) -> bool:
        """Whether any measure says what it is for, by a code or in words."""
        return any(e.indicators or e.items or e.aimed_at for e in self.measures)

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


def plan_problem(kind: str, row: int = 0, **facts: object) -> Problem:
    """Return what is to be looked at in a plan; ``row`` is that of its file, 0 for all of it."""
    return Problem(kind, say(f"plan.check.{kind}", **facts), row=row)


def is_repeated(measure: Measure, again: Measure) -> bool:
    """Whether a row repeats a measure to name further steps of it, as merged cells are saved."""
    aims = [(each.indicators, each.aimed_at) for each in (measure, again)]
    is_same = normal(measure.name) == normal(again.name) and aims[1] in (((), ""), aims[0])
    return is_same and bool(measure.steps and again.steps) and measure.steps != again.steps


def joined(measure: Measure, more: Measure) -> Measure:
    """Return a measure with what further rows add to it, nothing twice."""
    texts = ("finding", "guideline", "expected", "follow_up", "result", "obstacles", "evidence")
    lists = ("indicators", "items", "steps", "owners")
    added: dict[str, Any] = {
        each: _both(getattr(measure, each), getattr(more, each)) for each in texts
    }
    for each in lists:
        added[each] = tuple(dict.fromkeys((*getattr(measure, each), *getattr(more, each))))
    starts = [each.start for each in (measure, more) if each.start]
    ends = [each.end for each in (measure, more) if each.end]
    times = dict.fromkeys(each.time for each in (measure, more) if each.time)
    is_said = any(each.period for each in (measure, more))
    return replace(
        measure,
        start=min(starts, default=None),
        end=max(ends, default=None),
        period=", ".join(times) if is_said else "",
        status=measure.status or more.status,
        status_said=measure.status_said if measure.shown_status else more.status_said,
        **added,
    )


def _both(text: str, more: str) -> str:
    return text if more in text else "\n".join(filter(None, (text, more)))


def _in_full(owners: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return owners in full, each once; ``known`` gives the full name of a unit."""
    names: list[str] = []
    for owner in owners:
        words = [owner] if normal(owner) in known else owner.split()
        full = [known.get(normal(each), "") for each in words]
        names += full if all(full) else [owner]
    return tuple(dict.fromkeys(names))
