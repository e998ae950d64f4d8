"""What a plan of measures covers of a result, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ita_helpers.records.plan import Measure, Plan
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.readings import Loss

SMALL = Fraction(1, 200)
"""Points: a smaller loss prints as zero."""


@dataclass(frozen=True)
class Coverage:
    """How many of the lost points the measures address.

    ``addressed`` and ``lost`` are points of the overall score; an indicator counts as a whole when
    some measure names it or one of its items. ``uncovered`` are indicators that lose points and
    have no measure, the largest loss first; ``items`` weak items without one; ``aimless`` the
    measures that name neither. ``uncounted`` are those whose words single out no indicator: who
    writes "all indicators" has not answered the weak ones.
    """

    addressed: Fraction
    lost: Fraction
    uncovered: tuple[Loss, ...]
    lowest_uncovered: tuple[Indicator, ...]
    items: tuple[Item, ...]
    aimless: tuple[Measure, ...]
    uncounted: tuple[Measure, ...] = ()

    @property
    def share(self) -> Fraction:
        """The addressed part of the lost points, in per cent; 100 where nothing is lost."""
        return 100 * self.addressed / self.lost if self.lost else Fraction(100)


def indicators_of(measure: Measure, assessment: Assessment) -> set[str]:
    """Return the indicators a measure is for, including by its items."""
    if not measure.items:
        return set(measure.indicators)
    owners = assessment.framework.owners_of_items
    return set(measure.indicators) | {owners[code] for code in measure.items if code in owners}


def cover(plan: Plan, assessment: Assessment, weak_below: int) -> Coverage | None:
    """Return what a plan covers; nothing if the indicators' lost points are not known.

    Items below ``weak_below`` (points) are weak.
    """
    losses = assessment.losses
    if not losses or assessment.missing_indicators:
        return None
    owners = assessment.framework.owners_of_items
    covered = {code for each in plan.measures for code in each.indicators}
    covered |= {owners[code] for e in plan.measures for code in e.items if code in owners}
    open_losses = [e for e in losses if e.indicator.code not in covered and e.points >= SMALL]
    lowest = min(
        (value for e in losses if (value := assessment.value(e.indicator.code)) is not None),
        default=None,
    )
    return Coverage(
        addressed=sum((e.points for e in losses if e.indicator.code in covered), Fraction(0)),
        lost=sum((e.points for e in losses), Fraction(0)),
        uncovered=tuple(sorted(open_losses, key=lambda each: -each.points)),
        lowest_uncovered=tuple(
            e.indicator
            for e in losses
            if assessment.value(e.indicator.code) == lowest
            and lowest is not None
            and lowest < 100
            and e.indicator.code not in covered
        ),
        items=tuple(_weak_items(plan, assessment, weak_below)),
        aimless=tuple(e for e in plan.measures if not (e.indicators or e.items or e.is_uncounted)),
        uncounted=tuple(e for e in plan.measures if e.is_uncounted),
    )


def is_late(measure: Measure, on: date, ended: Sequence[str]) -> bool:
    """Return whether a measure is overdue on a day; ``ended`` are the statuses of finished ones."""
    return measure.end is not None and measure.end < on and measure.status not in ended


def _weak_items(plan: Plan, assessment: Assessment, weak_below: int) -> list[Item]:
    """Return the items under a score, and those the assessors named, that no measure is for."""
    framework = assessment.framework
    named = {each.about for each in assessment.scores.suggestions}
    weak = []
    for item in framework.all_items:
        value = assessment.printed(item.code)
        is_weak = item.code in named or (value is not None and value < weak_below)
        if is_weak and not _is_covered(plan, item, assessment):
            weak.append(item)
    return weak


def _is_covered(plan: Plan, item: Item, assessment: Assessment) -> bool:
    """Return whether measures are for an item: by name, or by its indicator and no other item.

    If an item's indicator is unknown, all indicators of its instrument must have a measure.
    """
    if any(item.code in each.items for each in plan.measures):
        return True
    whole = {code for each in plan.measures if not each.items for code in each.indicators}
    framework = assessment.framework
    if owner := framework.owners_of_items.get(item.code):
        return owner in whole
    (instrument,) = (each.instrument for each in framework.items if item in each.list)
    return {each.code for each in framework.indicators_of(instrument)} <= whole
