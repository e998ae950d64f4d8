"""What is shown as evidence: the items of an assessment, their papers, and where elements stand.

Plain frozen values, in Arabic digits but for what is printed in a paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Literal

from ita_helpers.documents.claims import PlanRow
from ita_helpers.language.thai import Numerals

State = Literal["found", "partly", "missing", "unchecked"]


@dataclass(frozen=True)
class Place:
    """Pages under one heading; they are counted in the file from 1."""

    heading: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Element:
    """An element of an item and the places where a paper shows it.

    It may be ``unchecked``: its name is that of no column of a plan. ``blank`` are the measures
    that lack it, ``remedy`` what to do about it.
    """

    name: str
    column: str
    places: tuple[Place, ...] = ()
    blank: tuple[str, ...] = ()
    remedy: str = ""

    @property
    def state(self) -> State:
        """Whether it is there."""
        if self.places:
            return "partly" if self.blank else "found"
        return "missing" if self.column else "unchecked"


@dataclass(frozen=True)
class Paper:
    """A PDF as it was made, under the name for the website.

    ``fiscal_year`` (B.E.) is the one it speaks of. ``labels`` are the numbers printed on its pages,
    ``rows`` the measures it shows. A working copy has the ``number`` 0; an issued version its
    number, that of the office, and its date. ``is_outdated`` where data changed since. What is
    ``asked`` of a command is this report. One that ``is_internal`` says so on each page.
    """

    name: str
    kind: str
    fiscal_year: int
    content: bytes
    labels: tuple[str, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    number: int = 0
    document: str = ""
    day: date | None = None
    is_outdated: bool = False
    asked: str = ""
    is_internal: bool = False

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content).hexdigest()

    def label(self, page: int) -> str:
        """Return the number printed on a page; empty where none is."""
        return self.labels[page - 1] if page <= len(self.labels) else ""


@dataclass(frozen=True)
class Item:
    """An item of the assessment (``o25``), its paper or what it lacks, and its address.

    ``is_listed`` if the year's rules list its elements; otherwise they are those of any such paper.
    ``row`` is that of its address in the table.
    """

    code: str
    title: str
    paper: Paper | None
    lack: str = ""
    elements: tuple[Element, ...] = ()
    is_listed: bool = False
    address: str = ""
    row: int = 0

    @property
    def is_there(self) -> bool:
        """Whether it has a paper of ours, or one that the office itself has published."""
        return bool(self.paper or self.address)

    @property
    def is_complete(self) -> bool:
        """Whether it is there, a paper of ours with all that the rules list."""
        listed = self.elements if self.is_listed else ()
        return self.is_there and all(each.state == "found" for each in listed)


@dataclass(frozen=True)
class Dossier:
    """The evidence of one office: the result of a fiscal year (B.E.), for the next assessment.

    ``overall`` and ``level`` are those of the analysis, as printed. ``table`` is where addresses
    are filled in, ``website`` the office's own. ``doubt`` says what the items rest on if they are
    not known from the manual, ``confidence`` how far they are known.
    """

    organisation: str
    name: str
    fiscal_year: int
    items: tuple[Item, ...]
    overall: str = ""
    level: str = ""
    confidence: str = "verified"
    doubt: str = ""
    table: str = ""
    website: str = ""
    numerals: Numerals = "thai"

    @property
    def assessment(self) -> int:
        """The fiscal year (B.E.) whose assessment asks for it."""
        return self.fiscal_year + 1

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers there are."""
        return tuple(each.paper for each in self.items if each.paper)

    @property
    def is_complete(self) -> bool:
        """Whether every item is."""
        return all(each.is_complete for each in self.items)
