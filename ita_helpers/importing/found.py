"""What a reader finds in a file: offices, scores and results, each with the cell it was read in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Protocol

from ita_helpers.errors import InputError
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.scores import WeightedPoints
from ita_helpers.spreadsheets.grids import Grid

CONFLICTING = "conflicting"
"""The status of a second published figure, which is never used."""
FULL = 100
"""A score is out of so many points."""


@dataclass(frozen=True)
class Place:
    """A cell of a file, as people find it again."""

    file: str
    sheet: str
    cell: str

    @classmethod
    def of(cls, grid: Grid, row: int, column: int) -> Place:
        """Return the place of a cell of a grid (0-based row and column)."""
        return cls(grid.file, grid.sheet, grid.address(row, column))

    def __str__(self) -> str:
        return say("import.place", file=self.file, sheet=self.sheet, cell=self.cell)

    @property
    def facts(self) -> dict[str, str]:
        """The facts of an error that names this place."""
        return {"file": self.file, "sheet": self.sheet, "cell": self.cell}

    def as_source(self, stated: str) -> str:
        """Return the text of a ``source`` column: what is stated, and file and cell."""
        file, cell = PurePath(self.file).name, self.cell
        where = f"{file} {self.sheet}!{cell}" if self.sheet else f"{file} {cell}"
        return f"{stated or file} [{where}]"


@dataclass(frozen=True)
class FoundScore:
    """One score (0 to 100 points); ``source`` is what the file states, without file and cell.

    ``out_of`` is what the points are out of where the cell says it, ``headed`` what the heading
    says; 0 where they do not. Out of less than 100 they are weighted points.
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
        """The points where they are weighted ones."""
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
class FoundYear:
    """What a file says of one office in one fiscal year (B.E.).

    ``result`` holds columns of ``data/results`` with the place of each, and ``told`` how its level
    was read where no overall score says so. ``code`` is given where
    the file names the organisation by its code. ``asks_for_scores`` where the file is of a kind of
    ours, whose columns are said to hold scores out of 100. ``is_hidden`` where the row or the sheet
    is not shown to who opens the file.
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


@dataclass(frozen=True)
class Reading:
    """All that was found in a file, and what a person should know of how it was read.

    With ``mistakes`` in it nothing of it is used: they are told together with those that show
    when it is compared. ``hidden_mistakes`` are those of what is hidden.
    """

    years: tuple[FoundYear, ...]
    remarks: tuple[str, ...] = ()
    mistakes: tuple[InputError, ...] = ()
    hidden_mistakes: tuple[InputError, ...] = ()


@dataclass(frozen=True)
class Orders:
    """What the command says of the files: year (B.E.; 0 if not said), whose they are, and where.

    Nothing is read but of ``organisation``. A form must be of the ``chosen`` one; a list may hold
    any.
    """

    workspace: Workspace
    fiscal_year: int = 0
    organisation: str = ""
    province: str = ""
    chosen: str = ""


class Reader(Protocol):
    """One kind of document that scores are read from."""

    def recognises(self, grids: Sequence[Grid]) -> bool:
        """Whether a file with these sheets is of this kind."""

    def read(self, grids: Sequence[Grid], orders: Orders) -> Reading:
        """Return what the file holds, and the mistakes in it, which name sheet and cell.

        Raises an ``InputError`` for a file that cannot be read on.
        """
