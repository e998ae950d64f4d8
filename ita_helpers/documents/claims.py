"""What a finished report says: scores, levels, names and plan rows, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.documents.document import Cell
from ita_helpers.records.spot import Spot
from ita_helpers.values import value


@value(frozen=True)
class Claim:
    """A value that a report gives for a code of the rules in a fiscal year (B.E.).

    ``code`` is ``ITA``, an instrument or part (``IIT``, ``EIT1``), an indicator (``7``) or an item
    (``E4``). ``points`` are points of 0 to 100 as printed, or None where only ``level`` or ``name``
    is claimed. ``name`` is what the report calls the code there, and ``words`` are the row or the
    sentence. What is said ``of`` is "own" for the office itself, or the office or group named
    ("all" for the mean of all offices). ``is_computed`` if the report says that it has
    computed the score itself, ``is_rejected`` if it says that it does not use it.
    """

    code: str
    fiscal_year: int
    spot: Spot
    words: str
    points: Decimal | None = None
    level: str = ""
    name: str = ""
    of: str = "own"
    is_of_table: bool = False
    is_computed: bool = False
    is_rejected: bool = False


@dataclass(frozen=True)
class RankClaim:
    """A rank as printed, among a kind of group (``SCOPES``) that may have a ``name``.

    ``text`` holds the rank, and among how many if no cell ``out_of`` does; whose it is as in
    ``Claim``.
    """

    scope: str
    name: str
    text: str
    fiscal_year: int
    spot: Spot
    out_of: Cell | None = None
    of: str = "own"


@dataclass(frozen=True)
class CountClaim:
    """A count as printed: its ``key`` is a column of ``data/results``, or whole respondents.

    It is ``of`` an office as in ``Claim``, or of the group that the words of its row name.
    """

    key: str
    text: str
    fiscal_year: int
    spot: Spot
    of: str = "own"


@dataclass(frozen=True)
class PlanRow:
    """A row of the report's plan of measures, each field as printed.

    ``codes`` are the indicators it means: by name before number, since rows are numbered too.
    ``columns`` are what the columns of its table mean.
    """

    indicator: str
    measure: str
    spot: Spot
    method: str = ""
    owner: str = ""
    period: str = ""
    follow_up: str = ""
    finding: str = ""
    guideline: str = ""
    status: str = ""
    codes: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Claims:
    """All that a report says: whose it is, its fiscal year (B.E., 0 if unknown), and its values.

    ``others`` are further offices that it gives scores of. ``misdated`` are headings that name an
    earlier year over scores of the report's own.
    """

    office: str
    fiscal_year: int
    claims: tuple[Claim, ...]
    plan: tuple[PlanRow, ...] = ()
    type: str = ""
    district: str = ""
    province: str = ""
    others: tuple[str, ...] = ()
    ranks: tuple[RankClaim, ...] = ()
    counts: tuple[CountClaim, ...] = ()
    misdated: frozenset[Spot] = frozenset()
