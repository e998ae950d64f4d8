"""What the figures of a report are known to be: those it gives, and those that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.passages.others import claimed_points
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.sums.arithmetic import copied_part, swapped_part
from ita_helpers.documents.claims import Claim
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.scoring.weighted import weights_of

NARROW = Decimal("0.02")
"""Points: a mean is known if it can only lie within so much."""


def values(report: Report, code: str, year: int) -> list[Decimal]:
    """Return the points of a code in a year (B.E.): those claimed, else its mean if it is known."""
    return report.once_of(_values, (code, year))


def _values(report: Report, of: tuple[str, int]) -> list[Decimal]:
    claimed = claimed_points(report, *of)
    if claimed:
        return [report.scores[of]]
    rules, (code, year) = report.rules_of(of[1]), of
    if not rules or code not in rules.codes:
        return []
    return _following_from(report, rules, code, report.points(year))


def may_be(report: Report, code: str, year: int) -> list[Decimal]:
    """Return the points of a code in a year (B.E.), then others that follow from those below."""
    return report.once_of(_may_be, (code, year))


def _may_be(report: Report, of: tuple[str, int]) -> list[Decimal]:
    rules, (code, year) = report.rules_of(of[1]), of
    found = values(report, code, year)
    if rules and found and (indicator := rules.find_indicator(code)):
        return [*found, *_repaired(report, rules, indicator.instrument, of)]
    if not rules or code not in (OVERALL, *(each.code for each in rules.instruments.list)):
        return found
    below = {c: p for c, p in report.points(year).items() if c not in (code, OVERALL)}
    following = _following_from(report, rules, code, below)
    is_contradicted = not set(found) & set(following)
    return [*found, *following] if is_contradicted else found


def left_by_others(report: Report, code: str, year: int) -> list[Decimal]:
    """Return the points of a code in a year (B.E.) that all others leave for it, if these do."""
    rules = report.rules_of(year)
    others = {each: p for each, p in report.points(year).items() if each != code}
    return _following_from(report, rules, code, others) if rules and code in rules.codes else []


def _repaired(
    report: Report, rules: Framework, instrument: str, of: tuple[str, int]
) -> Iterator[Decimal]:
    """Yield the points of an indicator with which its instrument recomputes, if they are a slip."""
    code, year = of
    listed = [each.code for each in rules.indicators_of(instrument)]
    parts = {each: report.scores[each, year] for each in listed if (each, year) in report.scores}
    mean = report.scores.get((instrument, year))
    if mean is None or len(parts) != len(listed) or abs(plain_mean(parts.values()) - mean) < NARROW:
        return
    one = swapped_part(parts, mean) or copied_part(parts, mean, report.points(year - 1))
    if one and one[0] == code:
        yield to_hundredths(one[1])


def _following_from(
    report: Report, rules: Framework, code: str, points: Mapping[str, Decimal]
) -> list[Decimal]:
    """Return the points of a code that others leave for it, if it can only be one or two."""
    known = {c: p for c, p in points.items() if c in rules.codes and p <= 100}
    if not known:
        return []
    within = report.bounds(rules, known).range(code)
    low, high = to_hundredths(within.low), to_hundredths(within.high)
    return list(dict.fromkeys((low, high))) if high - low <= NARROW else []


def firm(report: Report, code: str, year: int) -> list[Decimal]:
    """Return the points of a code in a year (B.E.) if a table has them, or two places.

    What the year recomputes with only is firm too, however it is told.
    """
    return report.once_of(_firm, (code, year))


def _firm(report: Report, of: tuple[str, int]) -> list[Decimal]:
    claims = report.claimed(*of)
    usual = report.scores.get(of)
    same = [each for each in claims if each.points == usual]
    is_firm = len(same) != 1 or same[0].is_of_table
    return [usual] if usual is not None and is_firm else []


def explained(report: Report) -> frozenset[Decimal]:
    """Return the points that a report has a reason to print, whatever they are said of."""
    return report.once(_explained)


def _explained(report: Report) -> frozenset[Decimal]:
    found = {p for (code, _), p in report.scores.items() if not code[0].islower()}
    found |= {e.points for e in report.claims.claims if e.points is not None and _is_own_kind(e)}
    for year in {year for _, year in report.scores}:
        found |= set(_following(report, year))
    return frozenset(each.quantize(Decimal("0.01")) for each in found)


def _is_own_kind(claim: Claim) -> bool:
    return claim.is_of_table or claim.of != "own"


def _following(report: Report, year: int) -> Iterator[Decimal]:
    """Yield means that the points of a year have without being printed, and weighted points."""
    rules = report.rules_of(year)
    if not rules:
        return
    for code in (*(each.code for each in rules.instruments.list), OVERALL):
        for points in values(report, code, year):
            yield points
            if weight := weights_of(rules).get(code):
                yield to_hundredths(Fraction(points) * weight / 100)
    if listed := indicators(report, year):
        yield plain_mean(listed.values())


def plain_mean(points: Collection[Decimal]) -> Decimal:
    """Return the mean of some points, with two decimals."""
    return to_hundredths(sum(map(Fraction, points), Fraction(0)) / len(points))


def indicators(report: Report, year: int) -> dict[str, Decimal]:
    """Return the points of a year's indicators by code."""
    rules = report.rules_of(year)
    listed = rules.indicators.list if rules else ()
    found = {each.code: report.scores.get((each.code, year)) for each in listed}
    return {code: points for code, points in found.items() if points is not None}


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with a digit changed, or two digits swapped.

    >>> is_slip(Decimal("95.09"), Decimal("90.59")), is_slip(Decimal("95.09"), Decimal("90.58"))
    (True, False)
    """
    first, second = (f"{each:.2f}" for each in (one, other))
    if one == other:
        return False
    if abs(one - other) in (1, 10, Decimal("0.1")):
        return True
    if len(first) != len(second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1 or is_swap(one, other)


def is_swap(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with two digits swapped, a zero ahead left out.

    >>> is_swap(Decimal("18.34"), Decimal("81.34")), is_swap(Decimal("8.71"), Decimal("80.71"))
    (True, True)
    >>> is_swap(Decimal("8.71"), Decimal("80.72"))
    False
    """
    first, second = (f"{each:05.2f}" for each in (one, other))
    wrong = [at for at, letter in enumerate(first) if letter != second[at : at + 1]]
    return len(wrong) == 2 and sorted(first) == sorted(second)
