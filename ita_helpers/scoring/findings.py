"""Facts that the scores of one result imply, each with the figures it rests on.

Kept apart from the arithmetic because a finding chooses (the lowest, the largest) where the
arithmetic only computes, and apart from the words because a finding is the same in every sentence.
Points have two decimals, as a reader sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.history import Change, History
from ita_helpers.scoring.levels import NextLevel, Requirement
from ita_helpers.scoring.readings import Loss

FULL = Decimal(100)
HALF_HUNDREDTH = Fraction(5, 1000)
NOTABLE = Fraction(1, 10)
"""The share of all points lost from which on those of one indicator are worth a sentence."""
RANKED = 3
"""Points lost are told of so many indicators, those that lose most."""


@dataclass(frozen=True)
class Standing:
    """A score against a target: a strength where it is reached, else a weakness."""

    code: str
    score: Decimal
    target: Decimal

    @property
    def gap(self) -> Decimal:
        """Points above the target; below it, negative."""
        return self.score - self.target

    @property
    def is_weakness(self) -> bool:
        """Whether the score is under the target."""
        return self.gap < 0


@dataclass(frozen=True)
class Extreme:
    """The indicators that share the highest or lowest score, overall or of an instrument.

    ``is_of_all``: all that have a score, more than one, share it.
    """

    indicators: tuple[Indicator, ...]
    score: Decimal
    is_of_all: bool = False


@dataclass(frozen=True)
class LowestItems:
    """The items that share the lowest score of an indicator; none where all are full.

    ``known_only``: the scores of other items are not known.
    """

    indicator: str
    items: tuple[Item, ...]
    score: Decimal
    known_only: bool = False


@dataclass(frozen=True)
class NamedItems:
    """The items of an indicator the assessors named as weak, in their order."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class LevelChange:
    """The level of last year and of this one, and the conditions of the higher that were missed."""

    previous: str
    current: str
    has_fallen: bool
    missed: tuple[Requirement, ...]


@dataclass(frozen=True)
class Changed:
    """The change of a score since last year, where the years may be compared.

    ``crossed``: the target was reached last year and is not now, or the other way round.
    """

    change: Change
    crossed: bool

    @property
    def kind(self) -> str:
        """``rose``, ``fell`` or ``steady``."""
        return "rose" if self.points > 0 else "fell" if self.points < 0 else "steady"

    @property
    def points(self) -> Decimal:
        """Points of the current year less those of the previous one."""
        return self.change.points


@dataclass(frozen=True)
class Lost:
    """The points of the overall score an indicator loses, and their rank from the largest.

    ``sharing`` is how many indicators are printed with the same points, ``share`` their part of all
    points lost (0 to 1), where all are known.
    """

    loss: Loss
    rank: int
    sharing: int
    share: Fraction | None


@dataclass(frozen=True)
class WayUp:
    """What is missing for the next level."""

    following: NextLevel

    @property
    def barring(self) -> tuple[Requirement, ...]:
        """The components that alone stand in the way of the next level."""
        return self.following.missing if self.following.barred_by_components else ()


def stand(assessment: Assessment, code: str) -> Standing | None:
    """Compare a score with its target: the components' own, or the overall one."""
    value = assessment.printed(code)
    if value is None:
        return None
    target = assessment.framework.target
    of_components = target.every_component if code in assessment.framework.component_codes else None
    points = to_hundredths(Fraction(of_components or target.overall))
    return Standing(code, value, points)


def find_lowest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the lowest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, min)


def find_highest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the highest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, max)


def largest_losses(assessment: Assessment) -> tuple[Loss, ...]:
    """Return the losses from the largest down, without those that print as zero."""
    losses = [loss for loss in assessment.losses if loss.printed > 0]
    return tuple(sorted(losses, key=lambda loss: loss.points, reverse=True))


def find_loss(assessment: Assessment, indicator: Indicator) -> Lost | None:
    """Return the points an indicator loses; nothing for a full score.

    The rank is that of the points as printed: equal ones tie.
    """
    ranked = largest_losses(assessment)
    loss = next((each for each in ranked if each.indicator == indicator), None)
    if loss is None:
        return None
    points = [each.printed for each in ranked]
    own = loss.printed
    rank = 1 + sum(1 for each in points if each > own)
    sharing = points.count(own)
    overall = assessment.reading("ITA").computed
    known = overall is not None and not assessment.missing_indicators
    share = loss.points / (100 - overall) if known and overall is not None else None
    return Lost(loss, rank, sharing, share)


def is_much(lost: Lost | None, assessment: Assessment) -> bool:
    """Whether an indicator loses so many points that they are worth a sentence.

    It is among the few that lose most, with all that lose the same, and not because all do.
    """
    if lost is None or (lost.share is not None and lost.share < NOTABLE):
        return False
    last = lost.rank + lost.sharing - 1
    return last <= RANKED and not 1 < len(assessment.scored_indicators) <= last


def below_target(assessment: Assessment) -> tuple[Indicator, ...]:
    """Return the indicators whose score is under the year's target."""
    return tuple(
        each
        for each in assessment.scored_indicators
        if (standing := stand(assessment, each.code)) and standing.is_weakness
    )


def find_level_change(assessment: Assessment, history: History) -> LevelChange | None:
    """Return how the level changed since last year; nothing if the names cannot be compared.

    ``conditions`` are those of the higher level that the lower year's scores miss, by the scores
    and rules of that year.
    """
    previous = history.previous
    if previous is None or previous.assessment is None:
        return None
    old, new = previous.level, history.current.level
    names = [each.name for each in assessment.framework.levels.list]
    before = [each.name for each in previous.assessment.framework.levels.list]
    if old == new or old is None or new is None or names != before:
        return None
    has_fallen = names.index(new) > names.index(old)
    lower = assessment if has_fallen else previous.assessment
    level = lower.framework.level(old if has_fallen else new)
    missed = tuple(each for each in lower.requirements(level) if each.state == "short")
    return LevelChange(old, new, has_fallen, missed)


def find_change(assessment: Assessment, history: History, code: str) -> Changed | None:
    """Return the change of a score since last year; nothing across rules that broke."""
    change = history.change(code)
    if change is None:
        return None
    target = Fraction(assessment.framework.target.overall)
    reached = [to_hundredths(each) >= target for each in (change.previous, change.current)]
    return Changed(change, reached[0] != reached[1])


def find_lowest_items(assessment: Assessment, indicator: Indicator) -> LowestItems | None:
    """Return the lowest of the scored items; nothing without any, or where all are full."""
    scores = {
        item: value
        for item in assessment.framework.items_of(indicator.code)
        if (value := assessment.printed(item.code)) is not None
    }
    low = min(scores.values(), default=FULL)
    if low == FULL:
        return None
    lowest = tuple(item for item in scores if scores[item] == low)
    known_only = len(scores) < len(assessment.framework.items_of(indicator.code))
    return LowestItems(indicator.code, lowest, low, known_only)


def find_named_items(assessment: Assessment, indicator: Indicator) -> NamedItems | None:
    """Return the items the assessors named, or nothing."""
    items = {item.code: item for item in assessment.framework.items_of(indicator.code)}
    about = dict.fromkeys(each.about for each in assessment.scores.suggestions)
    named = tuple(items[code] for code in about if code in items)
    return NamedItems(named) if named else None


def find_way_up(assessment: Assessment) -> WayUp | None:
    """Return what the next level requires; nothing at the top or without a level."""
    return WayUp(assessment.next_level) if assessment.next_level else None


def lowest_possible_item(assessment: Assessment, indicator: Indicator) -> Fraction | None:
    """Return the least points an item can have when an indicator is the mean of n of them.

    100 - n (100 - s), less the rounding of s; nothing where the number of items is not verified,
    where they are no mean, or where the bound says nothing.
    """
    framework = assessment.framework
    value = assessment.value(indicator.code)
    block = next((b for b in framework.items if b.instrument == indicator.instrument), None)
    parts = framework.instrument(indicator.instrument).parts
    if block is None or block.confidence != "verified" or block.item_rule != "mean" or parts:
        return None
    count = len(framework.items_of(indicator.code))
    if value is None or not count:
        return None
    low = count * (value - HALF_HUNDREDTH) - 100 * (count - 1)
    return low if low > 0 else None


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
        each.code: value for each in scored if (value := assessment.printed(each.code)) is not None
    }
    if not scores:
        return None
    best = choose(scores.values())
    sharing = tuple(each for each in scored if scores[each.code] == best)
    is_of_all = 1 < len(scored) == len(sharing)
    return Extreme(sharing, best, is_of_all)
