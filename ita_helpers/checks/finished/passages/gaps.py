"""The differences that the scores of a report have: of years, of two things, from limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import combinations, product

from ita_helpers.checks.finished.passages.contests import kinds
from ita_helpers.checks.finished.passages.shared import limits_of, own_targets
from ita_helpers.checks.finished.passages.speaking import Number, Spoken
from ita_helpers.checks.finished.passages.standing import may_be, values
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of
from ita_helpers.values import value

FULL = 100
ROUND = [Decimal(each) for each in range(50, 101, 5)]
"""Points that a report may set itself as a limit."""
HUNDREDTH = Decimal("0.01")
AHEAD, BEHIND = 200, 90
"""Characters before a number and behind it in which stands what it may be the difference of."""
_WHOLE = re.compile(r"(?<![\d.])\d{2,3}(?![\d.])")


@value(frozen=True)
class Gap:
    """A difference that two scores have: the first less the other, of ``code``.

    ``is_change`` if it is that of two years.
    """

    code: str
    one: Decimal
    other: Decimal
    is_change: bool = False

    @property
    def by(self) -> Decimal:
        """The difference, above zero if the first is more."""
        return self.one - self.other

    @property
    def facts(self) -> dict[str, str]:
        """The two scores as they are told: the second is the old one."""
        return {"old": format_score(self.other), "new": format_score(self.one)}


def of_years(report: Report, code: str, year: int, old: int) -> Iterator[Gap]:
    """Yield the change of a code between two years (B.E.)."""
    sides = product(may_be(report, code, year), may_be(report, code, old))
    for one, other in sides:
        yield Gap(code, one, other, is_change=True)


def since_last_year(report: Report, code: str) -> Iterator[Gap]:
    """Yield the change of a code since the year before that of the report."""
    return of_years(report, code, report.year, report.year - 1)


def of_all_years(report: Report, code: str) -> Iterator[Gap]:
    """Yield the changes of a code between any two years that the report gives."""
    years = sorted(year for of, year in report.scores if of == code)
    for old, new in combinations(years, 2):
        yield Gap(code, report.scores[code, new], report.scores[code, old], is_change=True)


def of_ends(report: Report, code: str, *, earlier: int = 0) -> Iterator[Gap]:
    """Yield how far the highest and the lowest are apart, of indicators and of instruments.

    With ``earlier``, so many years before the report's own.
    """
    rules = report.rules
    groups = [rules.indicators_of(e.code) for e in rules.instruments.list] if rules else []
    for kind in (*list(kinds(report))[:3], *([e.code for e in group] for group in groups)):
        year = report.year - earlier
        scores = [p for each in kind for p in values(report, each, year)[:1]]
        if len(scores) > 1:
            yield Gap(code, max(scores), min(scores))


def of_one_end(report: Report, code: str, *, is_low: bool) -> Iterator[Gap]:
    """Yield how far an indicator is from the highest or lowest of its instrument, and of all."""
    rules = report.rules
    indicator = rules.find_indicator(code) if rules else None
    if not rules or not indicator:
        return
    for group in (rules.indicators_of(indicator.instrument), rules.indicators.list):
        scores = [p for each in group for p in values(report, each.code, report.year)[:1]]
        for own in values(report, code, report.year) if len(scores) == len(group) else ():
            yield Gap(code, own, min(scores) if is_low else max(scores))


def pairs_of(report: Report, code: str, others: Sequence[str], year: int = 0) -> Iterator[Gap]:
    """Yield the differences of a score from those of others in a year (B.E.), or the report's."""
    for each in others:
        for one in values(report, code, year or report.year):
            for other in values(report, each, year or report.year):
                yield Gap(code, one, other)


def parts_compared(spoken: Spoken, word: re.Match[str], code: str) -> tuple[str, list[str]]:
    """Return which part is compared with the other one.

    Where who answered it is told instead of its number, that is the one of which it is so.
    """
    named = spoken.last_named(word.start())
    if named and not said("filler").fullmatch(spoken.text, named.end, word.start()):
        points = {e: values(spoken.report, e, spoken.report.year)[:1] for e in PARTS}
        ordered = sorted(PARTS, key=lambda each: points[each], reverse=word.lastgroup == "above")
        code = ordered[0] if all(points.values()) else code
    return code, [each for each in PARTS if each != code]


def of_limits(
    report: Report, code: str, between: str, year: int = 0, *, is_by: bool = False
) -> Iterator[Gap]:
    """Yield the distances from the target, from what levels ask, and from full points.

    They are those of the report's year and, if it is given, of another one (B.E.). By how much
    (``is_by``) may be told from a target that is a limit of the year, told nowhere.
    """
    rules = report.rules
    if not rules:
        return
    limits = {Decimal(str(rules.target.overall))}
    if said("target_of_own").search(between) and not own_targets(report):
        return
    if said("target").search(between):
        limits |= own_targets(report) or (limits_of(report) if is_by else set())
    else:
        limits.add(Decimal(100))
        for level in rules.levels.list:
            asked = level.conditions.get(code, level.conditions.get(OVERALL, 0))
            limits |= {Decimal(str(float(asked)))} if asked else set()
    for of in {year or report.year, report.year}:
        for one in values(report, code, of):
            yield from (Gap(code, one, each) for each in limits)


def of_losses(report: Report, code: str) -> Iterator[Gap]:
    """Yield what a code lacks of the weight of its instrument."""
    weight = weights_of(report.rules).get(code) if report.rules else None
    for points in values(report, code, report.year) if weight else ():
        share = Decimal(weight or 0) / FULL
        yield Gap(code, share * FULL, share * points)


def of_weighted_changes(report: Report, codes: Sequence[str]) -> Iterator[Gap]:
    """Yield what the changes of things add to their instruments and to the whole."""
    for code in dict.fromkeys(codes):
        for share, change in product(shares_of(report, code), since_last_year(report, code)):
            yield Gap(code, share * change.one, share * change.other, is_change=True)


def of_weighted_pairs(report: Report, code: str, others: Sequence[str]) -> Iterator[Gap]:
    """Yield how far what a thing gives to the whole is from what others give."""
    for other in others:
        shares = [list(shares_of(report, each))[-1:] for each in (code, other)]
        for one, than in product(*shares):
            for gap in pairs_of(report, code, [other]):
                yield Gap(code, one * gap.one, than * gap.other)


def shares_of(report: Report, code: str) -> Iterator[Decimal]:
    """Yield how much of its instrument a thing is, and how much of the whole."""
    rules = report.rules
    indicator = rules.find_indicator(code) if rules else None
    if not rules:
        return
    instrument = indicator.instrument if indicator else code
    count = len(rules.indicators_of(instrument)) if indicator else 1
    if indicator:
        yield Decimal(1) / count
    if weight := weights_of(rules).get(instrument):
        yield Decimal(weight) / FULL / count


def rises_needed(report: Report, code: str) -> set[Decimal]:
    """Return by how much a code has to rise for its instrument or the whole to reach a limit."""
    indicator = report.rules.find_indicator(code) if report.rules else None
    wholes = [indicator.instrument, OVERALL] if indicator else [OVERALL]
    limits = {*limits_of(report), *ROUND}
    return {
        ((limit - points) / share).quantize(HUNDREDTH, way)
        for whole, share in zip(wholes, shares_of(report, code), strict=False)
        for points in values(report, whole, report.year)
        for limit in limits
        for way in (ROUND_HALF_UP, ROUND_UP)
    }


def told_gaps(spoken: Spoken, number: Number) -> list[Gap]:
    """Return the differences of the scores and limits that a sentence gives near a number."""
    large = _large_near(spoken, number)
    return [Gap("", one, other) for one in large for other in large if one > other]


def _large_near(spoken: Spoken, number: Number) -> list[Decimal]:
    """Return the scores and limits that stand near a number: a paragraph tells of others too."""
    start, end = max(0, number.start - AHEAD), number.end + BEHIND
    near = [e.points for e in spoken.numbers if start <= e.start < end and e.points > SMALL]
    return near + [Decimal(each.group()) for each in _WHOLE.finditer(spoken.text, start, end)]


def from_large_numbers(report: Report, spoken: Spoken, number: Number, code: str) -> Iterator[Gap]:
    """Yield how far a subject is from the large numbers near one in its sentence, its limits."""
    for limit in _large_near(spoken, number):
        for points in values(report, code, report.year):
            yield Gap(code, points, limit)
