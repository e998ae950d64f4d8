"""Facts that the scores of one result imply, ready to be put into words.

Apart from the arithmetic because a finding chooses (the lowest, the largest) where the arithmetic
only computes; apart from the words because a finding is the same in every sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.assessment import Assessment, Loss
from ita_helpers.framework import Indicator
from ita_helpers.thai import to_hundredths


@dataclass(frozen=True)
class Extreme:
    """The indicators that share the highest or lowest score, and that score (two decimals)."""

    indicators: tuple[Indicator, ...]
    score: Decimal


def find_lowest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the lowest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, min)


def find_highest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the highest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, max)


def largest_losses(assessment: Assessment) -> tuple[Loss, ...]:
    """Return the losses from the largest down, those of nothing left out."""
    losses = [loss for loss in assessment.losses if loss.points > 0]
    return tuple(sorted(losses, key=lambda loss: loss.points, reverse=True))


def below_target(assessment: Assessment) -> tuple[Indicator, ...]:
    """Return the indicators whose score is under the year's target."""
    target = assessment.framework.target.overall
    return tuple(
        each
        for each in assessment.scored_indicators
        if (value := assessment.value(each.code)) is not None and to_hundredths(value) < target
    )


def _extreme(
    assessment: Assessment,
    instrument: str | None,
    choose: Callable[[Iterable[Decimal]], Decimal],
) -> Extreme | None:
    scored = [
        each
        for each in assessment.scored_indicators
        if instrument is None or each.instrument == instrument
    ]
    scores = {
        each.code: to_hundredths(value)
        for each in scored
        if (value := assessment.value(each.code)) is not None
    }
    if not scores:
        return None
    best = choose(scores.values())
    return Extreme(tuple(each for each in scored if scores[each.code] == best), best)
