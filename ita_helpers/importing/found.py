"""What a reader finds in a file: offices, scores and results, each with the cell it was read in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import Protocol

from ita_helpers.documents import endings
from ita_helpers.errors import InputError
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.plan import Measure
from ita_helpers.records.scores import WeightedPoints
from ita_helpers.records.spot import Spot
from ita_helpers.spreadsheets import grids
from ita_helpers.spreadsheets.grids import Grid
from ita_helpers.values import value

ENDINGS = tuple(dict.fromkeys((*grids.ENDINGS, *endings.ENDINGS)))
"""The files that can be read: spreadsheets, and finished reports."""
CONFLICTING = "conflicting"
"""The status of a second published figure, which is never used."""
FULL = 100
"""The maximum of a score."""


@value(frozen=True)
class Place:
    """A cell of a file, as people find it again; in a report it is a page, table, row or line."""

    file: str
    sheet: str
    cell: str

    @classmethod
    def in_report(cls, spot: Spot) -> Place:
        """Return the place of something in a finished report, or in a table as printed."""
        if spot.cell:
            return cls(spot.file, spot.sheet, spot.cell)
        numbers = {each: getattr(spot, each) for each in ("page", "table", "row", "line")}
        return cls(spot.file, "", say("import.spot", **numbers))

    @classmethod
    def of(cls, grid: Grid, row: int, column: int) -> Place:
        """Return the place of a cell of a grid (0-based row and column)."""
        return cls(grid.file, grid.sheet, grid.address(row, column))

    def __str__(self) -> str:
        return say("import.place", file=self.file, sheet=self.sheet, cell=self.cell)

    @property
    def where(self) -> str:
        """Where it is in a report, in words; nothing for a cell of a spreadsheet."""
        return self.cell if " " in self.cell else ""

    @property
    def facts(self) -> dict[str, str]:
        """The facts of an error that names this place."""
        return {"file": self.file, "sheet": self.sheet, "cell": self.cell}

    def as_source(self, stated: str) -> str:
        """Return the text of a ``source`` column: what is stated, and file and cell."""
        file, cell = _name_of(self.file), self.cell
        where = f"{file} {self.sheet}!{cell}" if self.sheet else f"{file} {cell}"
        return f"{stated or file} [{where}]"


@cache
def _name_of(file: str) -> str:
    return PurePath(file).name


@value(frozen=True)
class FoundScore:
    """One score (0 to 100 points); ``source`` is what the file states, without file and cell.

    ``out_of`` is the maximum of the points if the cell states it, ``headed`` if the heading does;
    otherwise 0. With a maximum below 100 they are weighted points.
    """

    code: str
    points: Decimal
    place: Place
    source: str = ""
    status: str = ""
    note: str = ""
    out_of: int = 0
    headed: int = 0

    @property
    def weighted(self) -> WeightedPoints | None:
        """The points, if they are weighted ones."""
        is_weighted = 0 < self.out_of < FULL
        return WeightedPoints(self.points, self.out_of) if is_weighted else None


@dataclass(frozen=True)
class FoundSuggestion:
    """An item the assessors named as weak, with their words where known."""

    code: str
    text: str
    place: Place
    source: str = ""


@dataclass(frozen=True)
class FoundRank:
    """A rank in a kind of group (``SCOPES``) that may have a ``name``; ``out_of`` 0 if not said."""

    scope: str
    name: str
    rank: int
    out_of: int
    place: Place

    @property
    def text(self) -> str:
        """The rank as it is printed."""
        return f"{self.rank}/{self.out_of}" if self.out_of else str(self.rank)


@dataclass(frozen=True)
class FoundMeasure:
    """A measure of a plan, and the row it was read in."""

    measure: Measure
    place: Place


@dataclass(frozen=True)
class FoundYear:
    """What a file says of one office in one fiscal year (B.E.).

    ``result`` holds columns of ``data/results`` with the place of each, and ``told`` how its level
    was read if no overall score says so. ``code`` is given if the file names the organisation by
    its code. ``asks_for_scores`` is set if the file is one of our own forms, whose columns are
    labelled as scores out of 100; ``is_hidden`` if the row or the sheet is not visible to people
    who open the file. ``plan`` are the measures that answer the result.
    """

    office: Newcomer
    place: Place
    fiscal_year: int
    scores: tuple[FoundScore, ...]
    result: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    suggestions: tuple[FoundSuggestion, ...] = ()
    source: str = ""
    told: str = ""
    asks_for_scores: bool = False
    is_hidden: bool = False
    plan: tuple[FoundMeasure, ...] = ()
    ranks: tuple[FoundRank, ...] = ()


@dataclass(frozen=True)
class Found:
    """All that was found in a file, and what a person should know about how it was read.

    If it has ``mistakes``, none of it is used: they are reported together with those found in
    comparing. ``hidden_mistakes`` are those in hidden rows and sheets. With ``doubts`` another
    reader may know better; if none does, they are mistakes.
    """

    years: tuple[FoundYear, ...]
    remarks: tuple[str, ...] = ()
    mistakes: tuple[InputError, ...] = ()
    hidden_mistakes: tuple[InputError, ...] = ()
    doubts: tuple[InputError, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What the command says about the files: year (B.E.; 0 if not given), whose, and where.

    Only data of ``organisation`` are read. A form must be that of the ``chosen`` one; a list may
    hold any.
    """

    workspace: Workspace
    fiscal_year: int = 0
    organisation: str = ""
    province: str = ""
    chosen: str = ""


class Reader(Protocol):
    """Reads scores from one kind of document."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether a file with these sheets is of this kind."""

    def read(self, grids: Sequence[Grid], orders: Asked) -> Found:
        """Return what the file holds, and the mistakes in it, which name sheet and cell.

        Raises an ``InputError`` for a file that cannot be read any further.
        """
