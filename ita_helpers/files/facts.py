"""What a notebook records about its report, for exporters, the index and later reports.

The scraps ``ita-document`` and ``result``: ``reports/record.py`` and the lesson write them, the
exporters and the index read them. Whatever an older version did not record has its default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self, cast

from ita_helpers.language.thai import Numerals


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Values by name, as a scrap holds them."""

    def as_scrap(self) -> dict[str, Any]:
        """Return the facts as values that JSON knows."""
        return {each.name: _as_json(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class PaperFacts(_Facts):
    """What a notebook says of its papers (the scrap ``ita-document``).

    ``rules_year`` is the fiscal year (B.E.) whose rules its part on rules prints, where that is
    another than its own; ``made`` are the cover's lines on who made it and when,
    ``parts`` are those of the report in their order, ``folded`` the slots of
    the indicators that share one table as long as nobody wrote in them, in the order of its rows;
    ``whole`` are the names that no line breaks; ``emblem`` (of the cover) and ``garuda`` (of the
    memo) are PNG pictures as base64, ``word_template`` is a path; ``rules`` tell what each block of
    the rules rests on; ``edition`` is empty where there is only one.
    """

    organisation: str = ""
    name: str = ""
    fiscal_year: int = 0
    rules_year: int = 0
    title: str = ""
    subtitle: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    running: str = ""
    mark: str = ""
    numerals: Numerals = "arabic"
    parts: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    page_ranges: bool = False
    emblem: str = ""
    garuda: str = ""
    word_template: str = ""
    word_font: str = ""
    issued: date | None = None
    whole: tuple[str, ...] = ()
    rules: tuple[Mapping[str, str], ...] = ()
    edition: str = ""

    @classmethod
    def read(cls, scrap: object) -> Self | None:
        """Read the scrap; nothing for a notebook that is no report of ours."""
        if not isinstance(scrap, dict):
            return None
        known = {each.name: scrap[each.name] for each in fields(cls) if each.name in scrap}
        for name in ("subtitle", "banners", "made", "parts", "folded", "whole", "rules"):
            known[name] = tuple(known.get(name, ()))
        if issued := known.get("issued"):
            known["issued"] = date.fromisoformat(issued)
        return cls(**known)


@dataclass(frozen=True, kw_only=True)
class ResultFacts(_Facts):
    """The numbers of a result worth comparing (the scrap ``result``), in points.

    ``overall_shown``, ``previous_overall`` and ``change`` have two decimals, as a reader sees them;
    ``levels`` are all of the year from the highest down, ``barred_by`` the components that alone
    keep the level above away, ``comparable`` what the rules say of a comparison with the year
    before, ``assumed_from`` the year (B.E.) whose rules are taken over, 0 where they are known.
    ``changes`` are those of components and indicators by code where the rules allow one, ``reason``
    says in a sentence what decides the level; ``statuses`` counts the plan's measures by status,
    ``due`` those that have not ended by the day (ISO) on which they are to end.
    """

    organisation: str = ""
    name: str = ""
    short_name: str = ""
    type: str = ""
    district: str = ""
    province: str = ""
    is_made_up: bool = False
    fiscal_year: int = 0
    assumed_from: int = 0
    overall: float | None = None
    overall_shown: float | None = None
    overall_computed: float | None = None
    level: str | None = None
    level_status: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    lost: Mapping[str, float] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    target: float | None = None
    below_target: bool | None = None
    barred_by: tuple[str, ...] = ()
    previous_overall: float | None = None
    previous_level: str | None = None
    change: float | None = None
    changes: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    statuses: Mapping[str, float] = field(default_factory=dict)
    due: Mapping[str, float] = field(default_factory=dict)
    comparable: str | None = None
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()

    def as_scrap(self) -> dict[str, Any]:
        """Return the facts as values that JSON knows.

        Rules that are known and plans without a day are not told of.
        """
        told = super().as_scrap()
        return {
            key: each for key, each in told.items() if each or key not in ("assumed_from", "due")
        }

    @classmethod
    def read(cls, scrap: object) -> Self:
        """Read the scrap; what is missing or was changed into something else is not known."""
        return cls(**_read(cls, scrap))


@dataclass(frozen=True, kw_only=True)
class PlanFacts(_Facts):
    """What became of a plan (the scrap ``result`` of a follow-up), which has no scores.

    ``report`` is the period, ``as_of`` the day it speaks of, ``statuses`` and ``late`` count
    measures.
    """

    organisation: str = ""
    name: str = ""
    fiscal_year: int = 0
    is_made_up: bool = False
    report: str = ""
    as_of: date | None = None
    measures: int = 0
    statuses: Mapping[str, float] = field(default_factory=dict)
    late: int = 0

    @classmethod
    def read(cls, scrap: object) -> Self:
        """Read the scrap; what is missing or was changed into something else is not known."""
        return cls(**_read(cls, scrap))


def _read(kind: type[_Facts], scrap: object) -> dict[str, Any]:
    """Return the values of a scrap by the names of a kind of facts, each read by its type."""
    left = scrap if isinstance(scrap, dict) else {}
    known = [each for each in fields(kind) if each.name in left]
    return {each.name: _READ[str(each.type)](left[each.name]) for each in known}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: object) -> float | None:
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    return cast(float, value) if is_one else None


def _numbers(value: object) -> dict[str, float]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(key): number for key, each in pairs if (number := _number(each)) is not None}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


_READ: Mapping[str, Callable[[object], Any]] = {
    "str": lambda value: value if isinstance(value, str) else "",
    "str | None": lambda value: value if isinstance(value, str) else None,
    "bool": lambda value: value is True,
    "bool | None": lambda value: value if isinstance(value, bool) else None,
    "int": lambda value: value if type(value) is int else 0,
    "float | None": _number,
    "date | None": _day,
    "tuple[str, ...]": _texts,
    "Mapping[str, float]": _numbers,
}
"""How a value of a scrap is read, by the type of its fact."""


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
