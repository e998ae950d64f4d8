"""Which of several values of one thing a report means: the one told most often, or that recomputes.

What a sentence hardly claims (a figure behind "lower than", one read for another year that has
another value) is no value by itself; it is one where the rest of its year recomputes with it only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from ita_helpers.documents.claims import Claim
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.bounds import Bounds

FULL = 100
Key = tuple[str, int]
"""A code of the rules and a fiscal year (B.E.)."""
BoundsOf = Callable[[Framework, Mapping[str, Decimal]], Bounds]


def usual_points(
    claimed: Mapping[Key, Sequence[Claim]],
    told: Iterable[Claim],
    known: Mapping[int, Mapping[str, Decimal]],
    rules_of: Callable[[int], Framework | None],
    bounds: BoundsOf,
) -> dict[Key, Decimal]:
    """Return the points (0 to 100) that a report means for each code and year.

    ``claimed`` are sure claims, ``told`` all of the office's own, and ``known`` are points that
    ``data/`` has.
    """
    homeless = _by_code(told)
    of_years: dict[str, set[tuple[int, Decimal | None]]] = {}
    for (code, year), claims in claimed.items():
        of_years.setdefault(code, set()).update((year, each.points) for each in claims)
    found: dict[Key, Decimal] = {}
    for (code, year), claims in claimed.items():
        elsewhere = {p for other, p in of_years[code] if other != year}
        often = {p: n for p, n in homeless[code].items() if p not in elsewhere}
        found[code, year] = _most_told(claims, known.get(year, {}).get(code), often)
    for year in sorted({year for _, year in claimed}):
        if rules := rules_of(year):
            _settle(rules, year, found, claimed, homeless, bounds)
    return found


def _by_code(told: Iterable[Claim]) -> dict[str, Counter[Decimal]]:
    found: dict[str, Counter[Decimal]] = {}
    for each in told:
        if each.points is not None:
            found.setdefault(each.code, Counter())[each.points] += 1
    return found


def _most_told(
    claims: Sequence[Claim], known: Decimal | None, everywhere: Mapping[Decimal, int]
) -> Decimal:
    """Return the points claimed most often; of as many those known, told anywhere, of a table."""
    votes: dict[Decimal, tuple[int, bool, int, bool, int]] = {}
    for place, each in enumerate(claims):
        assert each.points is not None
        count, _, _, in_table, first = votes.get(each.points, (0, False, 0, False, -place))
        is_known, often = each.points == known, everywhere.get(each.points, 0)
        votes[each.points] = (count + 1, is_known, often, in_table or each.is_of_table, first)
    return max(votes, key=lambda points: votes[points])


def _settle(
    rules: Framework,
    year: int,
    found: dict[Key, Decimal],
    claimed: Mapping[Key, Sequence[Claim]],
    homeless: Mapping[str, Counter[Decimal]],
    bounds: BoundsOf,
) -> None:
    """Put into place of what clashes other values told of it with which the year recomputes."""
    points = {code: p for (code, of), p in found.items() if of == year and p <= FULL}
    known = {code: p for code, p in points.items() if code in rules.codes}
    held = bounds(rules, known)
    involved = dict.fromkeys(code for each in held.clashes for code in (*each.below, each.code))
    for code in involved:
        if code not in known:
            continue
        taken = {p for (of, _), p in found.items() if of == code}
        sure = {each.points for each in claimed[code, year] if each.points is not None}
        others = sorted((sure | set(homeless[code]) - taken) - {known[code]})
        tried = [(len(bounds(rules, {**known, code: p}).wrong), p) for p in others if p <= FULL]
        best = min(tried, default=(len(held.wrong), known[code]))
        if best[0] < len(held.wrong) and sum(count == best[0] for count, _ in tried) == 1:
            known[code] = found[code, year] = best[1]
            held = bounds(rules, known)
