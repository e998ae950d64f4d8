"""What a score, or a change of it, is told to come to in the overall score, by its weight.

The one place that reads it: such a number is neither a score nor a difference of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ita_helpers.checks.finished.passages.gaps import of_all_years
from ita_helpers.checks.finished.passages.speaking import Spoken, places
from ita_helpers.checks.finished.reading import Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.sums.arithmetic import off_by
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of

FULL, ONE = 100, Fraction(1)
NEAR = 40
"""Characters before an instrument in which stands that one of its indicators is meant."""


@dataclass(frozen=True)
class Effect:
    """A number told as an effect, with all that it may be."""

    spoken: Spoken
    place: re.Match[str]
    ways: tuple[Fraction, ...]

    @property
    def printed(self) -> str:
        """The number as printed."""
        return str(self.place["effect"])


def effects(report: Report) -> tuple[Effect, ...]:
    """Return the numbers of sentences that are told as effects on the overall score."""
    return report.once(_effects)


def starts_of_effects(report: Report, spoken: Spoken) -> frozenset[int]:
    """Return where the numbers of a sentence begin that are told as effects."""
    return report.once(_starts).get(id(spoken.passage), frozenset())


def _starts(report: Report) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for each in effects(report):
        starts = found.setdefault(id(each.spoken.passage), set())
        starts.add(each.place.start("effect"))
    return {passage: frozenset(starts) for passage, starts in found.items()}


def _effects(report: Report) -> tuple[Effect, ...]:
    return tuple(_of_changes(report)) if report.rules else ()


def _of_changes(report: Report) -> Iterator[Effect]:
    """Yield what one point, or a change told before, comes to in the overall score."""
    for key in ("effect_of_one", "effect_of_change"):
        for spoken, place in places(report, key):
            weight, by = _weight(report, spoken, place), place.groupdict().get("by")
            if weight:
                whole = _of_whole(report) if by else ()
                yield Effect(spoken, place, (weight * (Fraction(by) if by else ONE), *whole))


def _of_whole(report: Report) -> Sequence[Fraction]:
    return [abs(Fraction(gap.by)) for gap in of_all_years(report, OVERALL)]


def _weight(report: Report, spoken: Spoken, place: re.Match[str]) -> Fraction:
    """Return what part of the overall score that is of which an effect is told, 0 if unknown."""
    start, end = place.span("of") if place["of"] else (0, place.start("begin"))
    named = [each for each in spoken.named if start <= each.start and each.end <= end]
    if len({each.code for each in named}) != 1 and place["of"]:
        return Fraction(0)
    return weight_of(report, spoken, named[-1]) if named else Fraction(0)


def weight_of(report: Report, spoken: Spoken, named: Mention) -> Fraction:
    """Return what part of the overall score what is named is: an indicator, or an instrument.

    An instrument may be named only as that whose indicators, one each, are meant.
    """
    rules = report.rules
    weights = weights_of(rules) if rules else {}
    indicator = rules.find_indicator(named.code) if rules else None
    code = indicator.instrument if indicator else named.code
    share = Fraction(weights.get(code, 0), FULL)
    before = spoken.text[max(0, named.start - NEAR) : named.start]
    is_of_one = indicator or said("indicator_of").search(before)
    return share / len(rules.indicators_of(code)) if rules and share and is_of_one else share


def wrong_effects(report: Report) -> Iterator[Found]:
    """Yield effects on the overall score that are not the weight times what has them."""
    for each in effects(report):
        if all(off_by(way, each.printed) for way in each.ways):
            right = format_score(each.ways[0])
            yield found_at(each.spoken.passage, each.place, "effect", right=right).told("effect")


def wrong_products(report: Report) -> Iterator[Found]:
    """Yield weighted points that are not the product of the score and the weight before them."""
    for key in ("score_weight_product", "weight_score_product"):
        for passage, place in report.places(said(key), in_lines=True):
            right = Fraction(place["score"]) * Fraction(place["weight"]) / FULL
            ways = [right, *_by_name(report, passage.text, place)]
            if all(off_by(way, place["product"]) for way in ways):
                yield found_at(passage, place, "product", right=format_score(ways[-1]))


def _by_name(report: Report, text: str, place: re.Match[str]) -> Iterator[Fraction]:
    """Yield the product by the weight of what is named before a score, whatever weight is told."""
    weights = weights_of(report.rules) if report.rules else {}
    named = [e for e in report.mentions.before(text, place.end("score")) if e.code in weights]
    if named:
        yield Fraction(place["score"]) * weights[named[-1].code] / FULL
