"""What a sentence is read with, what is found in it, and what it says."""

from __future__ import annotations

from decimal import Decimal

from ita_helpers.language.begun import compiled
from ita_helpers.values import value

OWN, ALL = "own", "all"
FIGURE = compiled(
    r"(?<![\d.,/A-Za-z:@])(?<!\d[-–])(\d{1,3}(?:\.\d{1,2})?)"
    r"(?!\d|\.\d|\s?/\s?\d|,\d{3}| ?[-–] ?\d{2})"
)


@value(frozen=True)
class Context:
    """What holds for a text unless it says otherwise: code and fiscal year (B.E.).

    ``is_changed`` if its figures are differences; ``bracketed`` is the year of those in brackets.
    ``years`` (B.E.) are those that the caption of a table names, in its order; ``paired`` are those
    of two scores with a stroke between them.
    """

    report_year: int
    year: int
    code: str = ""
    is_changed: bool = False
    bracketed: int = 0
    years: tuple[int, ...] = ()
    paired: tuple[int, ...] = ()


@value(frozen=True)
class Said:
    """One value a text gives for a code; see ``Claim``."""

    code: str
    year: int
    start: int
    points: Decimal | None = None
    level: str = ""
    name: str = ""
    of: str = OWN


@value(frozen=True)
class Event:
    """What is found at a place of a sentence: a mention, a figure, a year, a mean or a level."""

    start: int
    end: int
    kind: str
    value: object
