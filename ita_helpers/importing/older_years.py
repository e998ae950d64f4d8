"""Results of years before the first rules: overall score and level, of another index.

They are kept for a reader of the history, never computed with and never compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.naming import OVERALL
from ita_helpers.errors import BadImport
from ita_helpers.importing.found import FoundScore, Place
from ita_helpers.language.catalogue import join_names, label, say


def is_older(fiscal_year: int, years: Iterable[int]) -> bool:
    """Whether a fiscal year (B.E.) is before all ``years`` that have rules."""
    return 0 < fiscal_year < min(years)


def of_the_whole(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of the overall score and its level."""
    return [each for each in claims if each.code == OVERALL and (each.level or each.points)]


def older_scores(claims: Sequence[Claim], status: str = "") -> tuple[FoundScore, ...]:
    """Return the one overall score. Raises ``BadImport`` for two."""
    scored = [each for each in claims if each.points is not None and not each.is_computed]
    for each in scored:
        if each.points != scored[0].points:
            facts = Place.in_report(each.spot).facts
            like = Place.in_report(scored[0].spot).cell
            raise BadImport(problem="twice", value=each.points, like=like, **facts)
    firsts = [(each.points, Place.in_report(each.spot)) for each in scored[:1]]
    return tuple(FoundScore(OVERALL, p, place, status=status) for p, place in firsts if p)


def older_level(claims: Iterable[Claim]) -> dict[str, tuple[str, Place]]:
    """Return the level if it is one of those that the index before the rules had."""
    known = label("import.older_levels").split()
    first = next((each for each in claims if each.level in known), None)
    return {"level": (first.level, Place.in_report(first.spot))} if first else {}


def tell_older(file: str, years: Iterable[int], first: int) -> str:
    """Return what a person should know of years before the ``first`` that has rules."""
    shown = join_names(map(str, sorted(years)))
    return say("import.remarks.older", file=file, years=shown, first=first)
