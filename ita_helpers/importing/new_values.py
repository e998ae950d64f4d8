"""What an import would change, as values: each new figure, and what a person has agreed to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ita_helpers.importing.found import FoundMeasure, FoundYear, Place
from ita_helpers.importing.result_problems import FoundProblem, Judged
from ita_helpers.offices.newcomers import (
    Newcomer,
)
from ita_helpers.store.table_files import Cells
from ita_helpers.values import value

Key = tuple[str, ...]
TABLES = {
    "scores": ("organisation", "code"),
    "results": ("organisation",),
    "suggestions": ("organisation", "code"),
    "ranks": ("organisation", "scope", "name"),
}
"""The key columns of each table."""


@value(frozen=True)
class NewValue:
    """One value of one office: ``old`` is what the table has, empty for a new one."""

    organisation: str
    fiscal_year: int
    table: str
    what: str
    old: str
    new: str
    place: Place

    @property
    def contradicts(self) -> bool:
        """Whether the table says something else."""
        return bool(self.old)


@dataclass(frozen=True)
class Consent:
    """What a person agrees to, item by item.

    ``overwrite`` values that the tables already have; ``accept`` figures of the file that
    contradict each other, or a name close to a known office's; import what is ``hidden`` in the
    file.
    """

    overwrite: bool = False
    accept: bool = False
    hidden: bool = False


@dataclass
class Import:
    """All that an import would do. ``rows`` are whole rows by table, year and key.

    ``hidden`` is what is left out because it is hidden in the file. ``plans`` are the measures of
    an office's year that has no plan yet. ``judged`` are the results by office and year (B.E.).
    """

    newcomers: list[Newcomer] = field(default_factory=list)
    changes: list[NewValue] = field(default_factory=list)
    rows: dict[tuple[str, int], dict[Key, Cells]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    problems: list[FoundProblem] = field(default_factory=list)
    hidden: list[FoundYear] = field(default_factory=list)
    plans: dict[tuple[str, int], tuple[FoundMeasure, ...]] = field(default_factory=dict)
    judged: dict[tuple[str, int], Judged] = field(default_factory=dict)
    unchanged: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be written."""
        return not (self.changes or self.newcomers or self.plans)

    def contradicts_more(self, other: Import) -> bool:
        """Whether it contradicts a value that another does not."""
        return not set(self.contradictions) <= set(other.contradictions)

    def does_the_same(self, other: Import) -> bool:
        """Whether it writes what another would write."""
        mine, theirs = (
            (each.newcomers, each.changes, each.rows, each.plans) for each in (self, other)
        )
        return mine == theirs

    @cached_property
    def contradictions(self) -> list[NewValue]:
        """The values for which the tables have another one."""
        return [each for each in self.changes if each.contradicts]

    @cached_property
    def additions(self) -> list[NewValue]:
        """The values the tables have not yet."""
        return [each for each in self.changes if not each.contradicts]
