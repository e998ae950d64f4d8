"""Facts that the scores of one result imply, each with the figures it rests on.

Apart from the arithmetic because a finding chooses (the lowest, the largest) where the arithmetic
only computes; apart from the words because a finding is the same in every sentence. Points have
two decimals, as a reader sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


@dataclass(frozen=True)
class Finding:
    """A fact: its ``kind``, the codes it is ``about``, the ``numbers`` (points) it rests on."""

    @property
    def kind(self) -> str:
        """What is found, in one word."""
        raise NotImplementedError

    @property
    def about(self) -> tuple[str, ...]:
        """Codes of what it is about; none for the whole result."""
        return ()

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The figures of the data, or made of them by subtraction alone."""
        return ()


@dataclass(frozen=True)
class Standing(Finding):
    """A score against a target: a strength where it is reached, else a weakness."""

    code: str
    score: Decimal
    target: Decimal

    @property
    def kind(self) -> str:
        """``weakness`` or ``strength``."""
        return "weakness" if self.is_weakness else "strength"

    @property
    def about(self) -> tuple[str, ...]:
        """The code."""
        return (self.code,)

    @property
    def gap(self) -> Decimal:
        """Points above the target; below it, negative."""
        return self.score - self.target

    @property
    def is_weakness(self) -> bool:
        """Whether the score is under the target."""
        return self.gap < 0

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Score and target."""
        return (self.score, self.target)


@dataclass(frozen=True)
class Extreme(Finding):
    """The indicators that share the highest or lowest score, overall or of an ``instrument``.

    ``is_of_all``: all that have a score, more than one, share it.
    """

    indicators: tuple[Indicator, ...]
    score: Decimal
    instrument: str = ""
    is_highest: bool = False
    is_of_all: bool = False

    @property
    def kind(self) -> str:
        """``highest`` or ``lowest``, of an instrument where one is named."""
        return "highest" if self.is_highest else "lowest"

    @property
    def about(self) -> tuple[str, ...]:
        """The instrument, then the indicators."""
        return (self.instrument or "ITA", *(each.code for each in self.indicators))

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The score they share."""
        return (self.score,)


@dataclass(frozen=True)
class LowestItems(Finding):
    """The items that share the lowest score of an indicator; none where all are full.

    ``known_only``: the scores of other items are not known.
    """

    indicator: str
    items: tuple[Item, ...]
    score: Decimal
    known_only: bool = False

    @property
    def kind(self) -> str:
        """``lowest items``."""
        return "lowest items"

    @property
    def about(self) -> tuple[str, ...]:
        """The indicator, then the items."""
        return (self.indicator, *(item.code for item in self.items))

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The score they share."""
        return (self.score,)


@dataclass(frozen=True)
class NamedItems(Finding):
    """The items of an indicator the assessors named as weak, in their order."""

    indicator: str
    items: tuple[Item, ...]

    @property
    def kind(self) -> str:
        """``named items``."""
        return "named items"

    @property
    def about(self) -> tuple[str, ...]:
        """The indicator, then the items."""
        return (self.indicator, *(item.code for item in self.items))


@dataclass(frozen=True)
class LevelChange:
    """The level of last year and of this one, and the conditions of the higher that were missed."""

    previous: str
    current: str
    has_fallen: bool
    missed: tuple[Requirement, ...]


@dataclass(frozen=True)
class Changed(Finding):
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
    def about(self) -> tuple[str, ...]:
        """The code."""
        return (self.change.code,)

    @property
    def points(self) -> Decimal:
        """Points of the current year less those of the previous one."""
        return self.change.points

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Last year's score and this year's."""
        return (to_hundredths(self.change.previous), to_hundredths(self.change.current))


@dataclass(frozen=True)
class Lost(Finding):
    """The points of the overall score an indicator leaves open, and their rank from the largest.

    ``sharing`` is how many indicators are printed with the same points, ``share`` their part of all
    points lost (0 to 1), where all are known.
    """

    loss: Loss
    rank: int
    sharing: int
    share: Fraction | None

    @property
    def kind(self) -> str:
        """``lost``."""
        return "lost"

    @property
    def about(self) -> tuple[str, ...]:
        """The indicator."""
        return (self.loss.indicator.code,)

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The points lost."""
        return (to_hundredths(self.loss.points),)


@dataclass(frozen=True)
class WayUp(Finding):
    """What is missing for the next level."""

    following: NextLevel

    @property
    def kind(self) -> str:
        """``barred`` where only components are missing, else ``way up``."""
        return "barred" if self.barring else "way up"

    @property
    def about(self) -> tuple[str, ...]:
        """What is missing."""
        return tuple(each.code for each in self.following.missing)

    @property
    def barring(self) -> tuple[Requirement, ...]:
        """The components that alone stand in the way of the next level."""
        return self.following.missing if self.following.barred_by_components else ()

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """What each condition asks for."""
        return tuple(to_hundredths(each.needed) for each in self.following.requirements)


@dataclass(frozen=True)
class LevelOpen(Finding):
    """The numbers allow several levels, or not the published one."""

    published: str
    possible: tuple[str, ...]
    components: tuple[str, ...]
    is_conflict: bool

    @property
    def kind(self) -> str:
        """``level in conflict`` or ``level open``."""
        return "level in conflict" if self.is_conflict else "level open"

    @property
    def about(self) -> tuple[str, ...]:
        """The components whose scores are missing."""
        return self.components


@dataclass(frozen=True)
class Disagreement(Finding):
    """A published figure that rounding does not bring to the computed one."""

    code: str
    published: Decimal
    computed: Decimal

    @property
    def kind(self) -> str:
        """``disagreement``."""
        return "disagreement"

    @property
    def about(self) -> tuple[str, ...]:
        """The code."""
        return (self.code,)

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The published and the computed figure."""
        return (self.published, self.computed)


@dataclass(frozen=True)
class Missing(Finding):
    """Scores the data do not hold: indicators, components, and whether any item is known."""

    indicators: tuple[str, ...]
    components: tuple[str, ...]
    has_items: bool

    @property
    def kind(self) -> str:
        """``missing``."""
        return "missing"

    @property
    def about(self) -> tuple[str, ...]:
        """Indicators, then components."""
        return (*self.indicators, *self.components)


def find_all(assessment: Assessment, history: History) -> tuple[Finding, ...]:
    """Return everything the scores imply, what concerns the whole first."""
    return tuple(_find_all(assessment, history))


def _find_all(assessment: Assessment, history: History) -> Iterator[Finding]:
    yield from _level(assessment)
    for code in ("ITA", *_component_codes(assessment)):
        if standing := stand(assessment, code):
            yield standing
    yield from _extremes(assessment)
    for code in ("ITA", *assessment.framework.codes[1:]):
        if changed := find_change(assessment, history, code):
            yield changed
    for indicator in assessment.scored_indicators:
        found = (
            stand(assessment, indicator.code),
            find_loss(assessment, indicator),
            find_lowest_items(assessment, indicator),
            find_named_items(assessment, indicator),
        )
        yield from (each for each in found if each is not None)
    yield from (
        Disagreement(each.code, to_hundredths(each.published), to_hundredths(each.computed))
        for each in assessment.comparisons
        if each.is_used and not each.agrees
    )
    yield find_missing(assessment)


def stand(assessment: Assessment, code: str) -> Standing | None:
    """Return how a score stands to its target: the components' own, or the overall one."""
    value = assessment.value(code)
    if value is None:
        return None
    target = assessment.framework.target
    of_components = target.every_component if code in _component_codes(assessment) else None
    points = to_hundredths(Fraction(of_components or target.overall))
    return Standing(code, to_hundredths(value), points)


def find_lowest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the lowest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, min)


def find_highest(assessment: Assessment, instrument: str | None = None) -> Extreme | None:
    """Return the highest indicators, overall or of one instrument; ties share."""
    return _extreme(assessment, instrument, max)


def largest_losses(assessment: Assessment) -> tuple[Loss, ...]:
    """Return the losses from the largest down, those printed as nothing left out."""
    losses = [loss for loss in assessment.losses if to_hundredths(loss.points) > 0]
    return tuple(sorted(losses, key=lambda loss: loss.points, reverse=True))


def find_loss(assessment: Assessment, indicator: Indicator) -> Lost | None:
    """Return what an indicator leaves open; nothing for a full score.

    The rank is that of the points as a reader sees them: what is printed alike ties.
    """
    ranked = largest_losses(assessment)
    loss = next((each for each in ranked if each.indicator == indicator), None)
    if loss is None:
        return None
    points = [to_hundredths(each.points) for each in ranked]
    own = to_hundredths(loss.points)
    rank = 1 + sum(1 for each in points if each > own)
    sharing = points.count(own)
    overall = assessment.reading("ITA").computed
    known = overall is not None and not assessment.missing_indicators
    share = loss.points / (100 - overall) if known and overall is not None else None
    return Lost(loss, rank, sharing, share)


def below_target(assessment: Assessment) -> tuple[Indicator, ...]:
    """Return the indicators whose score is under the year's target."""
    return tuple(
        each
        for each in assessment.scored_indicators
        if (standing := stand(assessment, each.code)) and standing.is_weakness
    )


def find_level_change(assessment: Assessment, history: History) -> LevelChange | None:
    """Return how the level changed since last year; nothing where the names cannot be compared.

    ``conditions`` are those of the higher of both levels that the lower year's scores miss, with
    the scores of that year and under its own rules.
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
        item: to_hundredths(value)
        for item in assessment.framework.items_of(indicator.code)
        if (value := assessment.value(item.code)) is not None
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
    named = [items[each.code] for each in assessment.scores.suggestions if each.code in items]
    return NamedItems(indicator.code, tuple(named)) if named else None


def find_way_up(assessment: Assessment) -> WayUp | None:
    """Return what the next level asks for; nothing at the top or without a level."""
    return WayUp(assessment.next_level) if assessment.next_level else None


def find_missing(assessment: Assessment) -> Missing:
    """Return which scores the data do not hold."""
    framework = assessment.framework
    return Missing(
        tuple(each.code for each in assessment.missing_indicators),
        tuple(code for code in _component_codes(assessment) if assessment.value(code) is None),
        any(assessment.value(item.code) is not None for item in framework.all_items),
    )


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


def _component_codes(assessment: Assessment) -> tuple[str, ...]:
    return tuple(
        code
        for instrument in assessment.framework.instruments.list
        for code in (instrument.code, *(part.code for part in instrument.parts))
    )


def _level(assessment: Assessment) -> Iterator[Finding]:
    verdict = assessment.verdict
    if verdict.status in ("not determined", "in conflict"):
        names = tuple(each.name for each in verdict.possible)
        conflict = verdict.status == "in conflict"
        yield LevelOpen(verdict.published or "", names, verdict.open_components, conflict)
    if way := find_way_up(assessment):
        yield way


def _extremes(assessment: Assessment) -> Iterator[Finding]:
    codes = [each.code for each in assessment.framework.instruments.list]
    for instrument in (None, *codes):
        both = (find_highest(assessment, instrument), find_lowest(assessment, instrument))
        yield from (each for each in both if each is not None)


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
    sharing = tuple(each for each in scored if scores[each.code] == best)
    is_of_all = 1 < len(scored) == len(sharing)
    return Extreme(sharing, best, instrument or "", choose is max, is_of_all)
