"""What an office has to do next year and what it should keep, as findings of its scores.

Kept apart from the other findings because they also look at the plan that answers the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.plan import Measure
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import (
    NOTABLE,
    Extreme,
    below_target,
    find_highest,
    largest_losses,
    stand,
)
from ita_helpers.scoring.history import History
from ita_helpers.scoring.remarkable import find_reasons
from ita_helpers.scoring.report_data import ReportData


@dataclass(frozen=True)
class Task:
    """An indicator to work on: its score and last year's (points), and the measures for it."""

    indicator: Indicator
    score: Decimal
    previous: Decimal | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Kept:
    """The highest indicators, and the others that reach the highest level's overall score."""

    highest: Extreme
    others: tuple[Indicator, ...]
    floor: Fraction


def find_tasks(data: ReportData) -> tuple[Task, ...]:
    """Return the indicators to work on, those that cost the overall score most first.

    These are all below the target; without any, those that lose a notable share of what is lost,
    and of them only the remarkable ones where there are some: the others are to be kept.
    """
    assessment = data.assessment
    losses = {each.indicator: each.points for each in largest_losses(assessment)}
    below = below_target(assessment)
    lost = sum(losses.values(), Fraction(0))
    notable = [each for each in losses if losses[each] >= NOTABLE * lost]
    chosen = below or [each for each in notable if find_reasons(data, each)] or notable
    ranked = sorted(chosen, key=lambda each: -losses.get(each, Fraction(0)))
    measures = data.plan.measures if data.plan else ()
    aims = [(each, indicators_of(each, assessment)) for each in measures]
    return tuple(_task(assessment, data.history, aims, each) for each in ranked)


def _task(
    assessment: Assessment,
    history: History,
    aims: Sequence[tuple[Measure, set[str]]],
    indicator: Indicator,
) -> Task:
    change = history.change(indicator.code)
    return Task(
        indicator,
        to_hundredths(assessment.value(indicator.code) or Fraction(0)),
        to_hundredths(change.previous) if change else None,
        tuple(each for each, codes in aims if indicator.code in codes),
    )


def find_kept(assessment: Assessment) -> Kept | None:
    """Return what to keep; nothing where no indicator reaches the target."""
    highest = find_highest(assessment)
    standing = stand(assessment, highest.indicators[0].code) if highest else None
    if highest is None or standing is None or standing.is_weakness:
        return None
    floor = Fraction(assessment.framework.levels.list[0].overall)
    others = tuple(
        each
        for each in assessment.scored_indicators
        if each not in highest.indicators and (assessment.value(each.code) or 0) >= floor
    )
    return Kept(highest, others, floor)


def most_fallen(assessment: Assessment, history: History) -> Indicator | None:
    """Return the indicator whose fall cost the overall score most since last year."""
    weights = {each.indicator: each.weight for each in assessment.losses}
    falls = {
        indicator: Fraction(-change.points) * weight
        for indicator, weight in weights.items()
        if (change := history.change(indicator.code)) and change.points < 0
    }
    return max(falls, key=lambda each: falls[each]) if falls else None
