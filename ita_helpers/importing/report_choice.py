"""Choosing among what a report says twice: the figure that agrees with all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ita_helpers.documents.claims import Claim
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import round_half_up
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import PublishedResult, Score, YearScores
from ita_helpers.records.spot import Spot
from ita_helpers.scoring.assessment import assess
from ita_helpers.words.contradictions import find_contradictions


@dataclass(frozen=True)
class Chosen:
    """The claim that is proposed for a code, and one for each other value that contradicts it.

    ``recomputes`` if the values beside it decided. A claim that the report rejects is proposed only
    where there is no other, and contradicts what the report computed.
    """

    code: str
    used: Claim
    others: tuple[Claim, ...] = ()
    recomputes: bool = False


@dataclass(frozen=True)
class ChosenLevel:
    """The level that a report gives, where, and other levels it gives too."""

    name: str
    spot: Spot
    others: tuple[str, ...] = ()


def choose_level(own: Iterable[Claim], framework: Framework) -> ChosenLevel | None:
    """Return the level of the whole result that is said most often; the first of several."""
    known = {each.name for each in framework.levels.list}
    said = [each for each in own if each.level in known and each.code == OVERALL]
    if not said:
        return None
    counts = Counter(each.level for each in said)
    name = max(counts, key=lambda each: counts[each])
    spot = next(each.spot for each in said if each.level == name)
    return ChosenLevel(name, spot, tuple(each for each in counts if each != name))


def choose_scores(own: Sequence[Claim], framework: Framework, level: str) -> list[Chosen]:
    """Return a choice for each code of the rules that the report itself did not compute."""
    by_code = {code: found for code in framework.codes if (found := _values(own, code))}
    usual = {code: _usual(found) for code, found in by_code.items()}
    chosen = []
    for code, found in by_code.items():
        used, recomputes = usual[code], False
        if len(found) > 1:
            used, recomputes = _agreeing(framework, code, found, usual, level)
            usual[code] = used
        others = tuple(each for each in found if each is not used)
        chosen.append(Chosen(code, used, others, recomputes))
    return chosen


def _values(own: Sequence[Claim], code: str) -> list[Claim]:
    """Return one claim for each value of a code, those of tables first."""
    said = [each for each in own if each.code == code and each.points is not None]
    computed = {each.points for each in said if each.is_computed}
    rejected = {each.points for each in said if each.is_rejected}
    said = [replace(each, is_rejected=each.points in rejected) for each in said]
    ordered = sorted(said, key=lambda each: (each.is_rejected, not each.is_of_table))
    found: list[Claim] = []
    for each in ordered:
        if each.points not in computed and not any(_is_same(each, other) for other in found):
            found.append(each)
    return [each for each in found if not any(_is_rounded(each, other) for other in found)]


def _is_same(one: Claim, other: Claim) -> bool:
    return one.points == other.points


def _is_rounded(claim: Claim, other: Claim) -> bool:
    """Whether a value is only another one with fewer decimals."""
    assert claim.points is not None
    assert other.points is not None
    decimals = -int(claim.points.as_tuple().exponent)
    if claim is other or decimals >= 2 or claim.points == other.points:
        return False
    return round_half_up(Fraction(other.points), max(decimals, 0)) == claim.points


def _usual(found: Sequence[Claim]) -> Claim:
    return next((each for each in found if not each.is_rejected), found[0])


def _agreeing(
    framework: Framework,
    code: str,
    found: Sequence[Claim],
    usual: Mapping[str, Claim],
    level: str,
) -> tuple[Claim, bool]:
    """Return the value with the fewest contradictions, and whether it has fewer than the others."""
    counted = [(_contradictions(framework, {**usual, code: each}, level), each) for each in found]
    least = min(count for count, _ in counted)
    best = [each for count, each in counted if count == least]
    return _usual(best), len(best) < len(found)


def _contradictions(framework: Framework, used: Mapping[str, Claim], level: str) -> int:
    scores = {
        code: Score(code, each.points or Decimal(0), "", "", "") for code, each in used.items()
    }
    result = PublishedResult(level or None, None, {}, "")
    year = YearScores("", framework.fiscal_year, scores, result=result)
    return len(find_contradictions(assess(framework, year)))
