"""The means of groups of offices that a finished report prints beside its office's scores.

Those of the whole country come with the program and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ita_helpers.documents.claims import Claim, Claims
from ita_helpers.documents.sentence_parts import ALL, OWN
from ita_helpers.importing.found import FULL, Asked, FoundScore, FoundYear, Place
from ita_helpers.importing.groups import group_newcomer, is_country, known_of
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.framework import Framework


def means_of_groups(
    orders: Asked, claims: Claims, office: Newcomer, framework: Framework
) -> Iterator[FoundYear]:
    """Yield each group's means in the year of the rules, as the report's tables print them."""
    year = framework.fiscal_year
    said = [each for each in claims.claims if _is_mean(each) and each.fiscal_year == year]
    for of in dict.fromkeys(each.of for each in said):
        group = group_newcomer(orders.workspace, of, known_of(orders, office, ()))
        if group and not is_country(group):
            own = [each for each in said if each.of == of and each.code in framework.codes]
            yield from _year(group, own, year)


def _is_mean(claim: Claim) -> bool:
    return claim.is_of_table and claim.points is not None and claim.of not in (OWN, ALL)


def _year(group: Newcomer, said: Iterable[Claim], fiscal_year: int) -> Iterator[FoundYear]:
    by_code: dict[str, set[object]] = {}
    firsts: dict[str, Claim] = {}
    for each in said:
        firsts.setdefault(each.code, each)
        by_code.setdefault(each.code, set()).add(each.points)
    scores = tuple(
        FoundScore(code, each.points, Place.in_report(each.spot), status="printed", out_of=FULL)
        for code, each in firsts.items()
        if each.points is not None and len(by_code[code]) == 1
    )
    if scores:
        yield FoundYear(group, scores[0].place, fiscal_year, scores)
