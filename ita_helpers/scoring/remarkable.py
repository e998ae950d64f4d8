"""Which indicators deserve a section of their own, and why; the others share one table.

Every threshold of that choice stands here. A reader wants to know what is low, what got worse, what
the assessors asked for and where most is lost: any one of these is reason enough.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import (
    FULL,
    RANKED,
    find_change,
    find_loss,
    find_lowest,
    find_lowest_items,
    is_much,
    stand,
)
from ita_helpers.scoring.report_data import ReportData

Reason = Literal["low", "low item", "lowest", "fell", "named", "lost"]
LOST = Fraction(1, 2)
"""From so many points of the overall score on a loss is much, however little others lose."""
REASONS: tuple[Reason, ...] = get_args(Reason)


def find_reasons(data: ReportData, indicator: Indicator) -> tuple[Reason, ...]:
    """Return why an indicator is remarkable; nothing for one that is not, or has no score."""
    found = {
        "low": _is_low(data, indicator),
        "low item": _has_low_item(data, indicator),
        "lowest": is_lowest(data, indicator),
        "fell": _fell(data, indicator),
        "named": _is_named(data, indicator),
        "lost": _lost_much(data, indicator),
    }
    is_scored = data.assessment.value(indicator.code) is not None
    return tuple(each for each in REASONS if is_scored and found[each])


def find_unremarkable(data: ReportData) -> tuple[Indicator, ...]:
    """Return the indicators that share one table; none where the report has a section for each."""
    return () if data.layout.analysis == "full" else find_worth_keeping(data)


def find_worth_keeping(data: ReportData) -> tuple[Indicator, ...]:
    """Return the indicators of which nothing is to be developed, whatever the layout."""
    return tuple(each for each in data.assessment.scored_indicators if not find_reasons(data, each))


def limit_of(data: ReportData) -> Fraction:
    """Return the score (points) under which an indicator or item is low.

    It is the target, or where advice no longer says how to improve but what to keep, if higher.
    """
    return max(data.target, Fraction(data.weak_below))


def is_lowest(data: ReportData, indicator: Indicator) -> bool:
    """Whether it is the lowest of all: none is if nothing is missing, or many are the lowest."""
    lowest = find_lowest(data.assessment)
    if lowest is None or lowest.score == FULL or len(lowest.indicators) > RANKED:
        return False
    return indicator in lowest.indicators


def _is_low(data: ReportData, indicator: Indicator) -> bool:
    standing = stand(data.assessment, indicator.code)
    return standing is not None and standing.score < limit_of(data)


def _has_low_item(data: ReportData, indicator: Indicator) -> bool:
    """Hold the items to the same score: a good mean hides one that needs work."""
    lowest = find_lowest_items(data.assessment, indicator)
    return lowest is not None and lowest.score < limit_of(data)


def _fell(data: ReportData, indicator: Indicator) -> bool:
    """Take even a small fall: nobody should look for one in a table of what to keep."""
    changed = find_change(data.assessment, data.history, indicator.code)
    return changed is not None and changed.points < 0


def _lost_much(data: ReportData, indicator: Indicator) -> bool:
    """Whether it is among those that lose most, and not of next to nothing."""
    lost = find_loss(data.assessment, indicator)
    return lost is not None and lost.loss.points >= LOST and is_much(lost, data.assessment)


def _is_named(data: ReportData, indicator: Indicator) -> bool:
    """Whether the assessors named it, one of its sub-indicators or items."""
    framework = data.framework
    codes = {indicator.code, *(each.code for each in framework.sub_indicators_of(indicator.code))}
    codes |= {each.code for each in framework.items_of(indicator.code)}
    return any(each.about in codes for each in data.assessment.scores.suggestions)
