"""Joining what one row of a table claims: a score with its level and name, none of them twice."""

from __future__ import annotations

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.sentence_parts import OWN
from ita_helpers.documents.table_heads import Head
from ita_helpers.values import replace


def without_doubles(claims: list[Claim]) -> list[Claim]:
    """Return a row's claims without those of a name alone where the same code has a score."""
    scored = {each.code for each in claims if each.points is not None}
    return [e for e in claims if e.points is not None or e.level or e.code not in scored]


def with_level(claims: list[Claim]) -> list[Claim]:
    """Return a row's claims with its level at the one score it belongs to."""
    levels = [each for each in claims if each.level and each.points is None]
    scores = [each for each in claims if each.points is not None and not each.level]
    if len(levels) != 1:
        return claims
    own = [
        e
        for e in scores
        if (e.code, e.fiscal_year, e.of) == (levels[0].code, levels[0].fiscal_year, OWN)
    ]
    if len(own) != 1:
        return claims
    joined = replace(own[0], level=levels[0].level)
    return [joined if each is own[0] else each for each in claims if each is not levels[0]]


def with_name(claims: list[Claim], label: Head) -> list[Claim]:
    """Return a row's claims with the name its label gives."""
    if not label.text or not label.code:
        return claims
    return [
        replace(each, name=label.text) if each.code == label.code and not each.name else each
        for each in claims
    ]
