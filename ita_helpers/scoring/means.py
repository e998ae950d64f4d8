"""The rules of a year as weighted means, so that one small function computes every score.

The assessment, the what-if of the lesson and the script of its page share them; the script reads
the same mapping as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator

Parts = tuple[tuple[int, str], ...]
"""The weights and codes that a score is the mean of."""
Means = Mapping[str, Parts]
"""Each code with what it is the mean of."""


def means_of(framework: Framework) -> dict[str, Parts]:
    """Return what each score of a year is the mean of; nothing for items without a known rule.

    Sub-indicators come before their indicator, indicators before instruments, the overall score
    last.
    """
    means: dict[str, Parts] = {}
    for indicator in framework.indicators.list:
        means |= _means_below(framework, indicator)
    instruments = framework.instruments.list
    for instrument in instruments:
        indicators = framework.indicators_of(instrument.code)
        means[instrument.code] = tuple((1, each.code) for each in indicators)
    means["ITA"] = tuple((each.weight, each.code) for each in instruments)
    return means


def _means_below(framework: Framework, indicator: Indicator) -> dict[str, Parts]:
    rule = framework.item_rule(indicator.instrument)
    groups = framework.sub_indicators_of(indicator.code) if rule == "grouped" else ()
    below = {g.code: [each.code for each in framework.items_under(g.code)] for g in groups}
    own = [each.code for each in groups]
    if rule == "mean":
        own = [each.code for each in framework.items_under(indicator.code)]
    listed = {**below, indicator.code: own}
    return {code: tuple((1, each) for each in codes) for code, codes in listed.items() if codes}


def evaluate(means: Means, values: Mapping[str, Fraction], code: str) -> Fraction | None:
    """Return a score (points), exact: the value given, else the mean of what it is made of.

    Nothing where a figure below is missing.
    """
    if code in values:
        return values[code]
    below = {each: evaluate(means, values, each) for _, each in means.get(code, ())}
    return mean_of(means.get(code, ()), below)


def mean_of(parts: Parts, below: Mapping[str, Fraction | None]) -> Fraction | None:
    """Return the weighted mean of scores (points); nothing where one of them is missing."""
    known = [(weight, points) for weight, code in parts if (points := below.get(code)) is not None]
    return weighted_mean(known) if parts and len(known) == len(parts) else None


def weighted_mean(pairs: Iterable[tuple[Fraction | int, Fraction]]) -> Fraction:
    """Return the mean of (weight, points) pairs, exact."""
    listed = list(pairs)
    total = sum((Fraction(weight) for weight, _ in listed), Fraction(0))
    return sum((weight * points for weight, points in listed), Fraction(0)) / total
