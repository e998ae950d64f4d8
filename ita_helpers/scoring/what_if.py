"""What if: scores changed by hand, what follows from them, and the least that reaches a level.

Pure and exact. Unlike in the assessment of a published result, figures are taken as they are, not
as printed ones that may be off by half a hundredth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from ita_helpers.language.points import to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Instrument, InstrumentPart, Level
from ita_helpers.records.scores import PRINTED_SLACK
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.bounds import (
    FULL,
    Bounds,
    mean_of_parts,
    parts_of_one,
    possible_levels,
)
from ita_helpers.scoring.means import Means, evaluate, means_of

Scores = Mapping[str, Fraction]
Span = tuple[Fraction, Fraction]
"""The least and the most points a score can have."""


@dataclass(frozen=True)
class Shortfall:
    """A level's condition that is not certainly met: at most ``gap`` points are missing.

    ``code`` is ``ITA``, a component or an indicator; ``is_open`` where the scores do not tell.
    """

    code: str
    needed: Fraction
    gap: Fraction
    is_open: bool = False


@dataclass(frozen=True)
class Trial:
    """Scores to try out.

    ``values`` are points by code of indicator or item; an indicator's own value takes precedence
    over those of its items. ``parts`` are the points of all parts of an instrument but the last,
    which is the remainder; empty if parts are not known. They belong to the score their instrument
    has in ``bases``, by default its present one, and follow it in proportion from there.
    """

    framework: Framework
    values: Scores
    parts: Scores = field(default_factory=dict)
    bases: Scores = field(default_factory=dict)

    @cached_property
    def means(self) -> Means:
        """What each score is the mean of."""
        return means_of(self.framework)

    @cached_property
    def overall(self) -> Fraction:
        """The overall score (points), exact."""
        return self.score("ITA")

    def score(self, code: str) -> Fraction:
        """Return any score (points), exact. Raises ``KeyError`` where it is not known."""
        if code not in self._scores:
            points = evaluate(self.means, self.values, code)
            if points is None:
                raise KeyError(code)
            self._scores[code] = points
        return self._scores[code]

    @cached_property
    def _scores(self) -> dict[str, Fraction]:
        return {}

    def knows_items_of(self, indicator: str) -> bool:
        """Whether an indicator is the mean of items that are known."""
        rest = {code: points for code, points in self.values.items() if code != indicator}
        return evaluate(self.means, rest, indicator) is not None

    def part(self, code: str) -> Fraction | None:
        """Return the points of a part of an instrument, ``None`` if parts are not known."""
        owner = self.framework.part_owner(code)
        if owner is None or owner.parts[0].code not in self.parts:
            return None
        if code in self.parts:
            return self._follow(owner, self.parts[code])
        taken = sum(
            (each.weight * self._follow(owner, self.parts[each.code]) for each in owner.parts[:-1]),
            Fraction(0),
        )
        return (owner.weight * self.score(owner.code) - taken) / owner.parts[-1].weight

    def _follow(self, owner: Instrument, points: Fraction) -> Fraction:
        """Return a part moved with its instrument, in proportion to its shortfall or its points.

        So the instrument stays the mean of its parts, and all stay within 0 to 100.
        """
        now = self.score(owner.code)
        base = self.bases.get(owner.code, now)
        if now > base:
            return FULL - (FULL - points) * (FULL - now) / (FULL - base)
        return points * now / base if now < base else points

    def span(self, component: str) -> Span:
        """Return the points that what a level looks at can have; both ends alike if known."""
        owner = self.framework.part_owner(component)
        if owner is None:
            return self.score(component), self.score(component)
        known = self.part(component)
        if known is not None:
            return known, known
        weight = next(each.weight for each in owner.parts if each.code == component)
        total, others = owner.weight * self.score(owner.code), owner.weight - weight
        low, high = (total - others * FULL) / weight, total / weight
        return max(Fraction(0), low), min(FULL, high)

    @cached_property
    def possible(self) -> tuple[Level, ...]:
        """The levels these scores can have, the highest first; one where the level is certain."""
        return possible_levels(self.framework, self._bounds())

    def _bounds(self) -> Bounds:
        """Return what is judged, as it stands; parts that are not known leave a range."""
        instruments = self.framework.instruments.list
        unknown = [e for e in instruments if e.parts and self.part(e.parts[0].code) is None]
        codes = {"ITA", *self.framework.levels.judged, *(each.code for each in unknown)}
        spans = {code: self.span(code) for code in codes}
        limits = {code: ((low, 0), (high, 0)) for code, (low, high) in spans.items()}
        means = tuple(map(mean_of_parts, unknown))
        return Bounds.of(limits, means, parts_of_one(means))

    def barred_by(self, level: Level) -> tuple[Shortfall, ...]:
        """Return the conditions of a level that these scores do not certainly meet."""
        return tuple(
            Shortfall(code, points, points - low, is_open=to_hundredths(high) >= points)
            for code, points in level.conditions.items()
            for low, high in (self.span(code),)
            if to_hundredths(low) < points
        )

    def with_value(self, code: str, points: Fraction) -> Trial:
        """Return the trial with an indicator or item changed; parts change in proportion.

        Raises ``ValueError`` for points outside 0 to 100, ``KeyError`` for a code without a score.
        """
        if not 0 <= points <= FULL:
            raise ValueError(points)
        indicator = self.framework.owners_of_items.get(code, code)
        self.score(code)
        values = {known: value for known, value in self.values.items() if known != indicator}
        if code != indicator and evaluate(self.means, values, indicator) is None:
            raise KeyError(code)
        now = {owner.code: self.score(owner.code) for owner, _ in self._known_parts()}
        return replace(self, values={**values, code: points}, bases={**now, **self.bases})

    def with_part(self, code: str, points: Fraction) -> Trial:
        """Return the trial with a part changed; the last part gets the instrument's remainder.

        Raises ``KeyError`` for a part that is unknown or the last, ``ValueError`` for points that
        leave another part outside 0 to 100.
        """
        if code not in self.parts:
            raise KeyError(code)
        now = {part.code: self.part(part.code) for _, part in self._known_parts()}
        parts = {known: each for known, each in now.items() if each is not None}
        changed = replace(self, parts={**parts, code: points}, bases={})
        owner = self.framework.part_owner(code)
        assert owner is not None
        if not all(0 <= (changed.part(each.code) or 0) <= FULL for each in owner.parts):
            raise ValueError(points)
        return changed

    def _known_parts(self) -> Iterator[tuple[Instrument, InstrumentPart]]:
        """Yield the parts whose points are kept, each with its instrument."""
        for owner in self.framework.instruments.list:
            for part in owner.parts:
                if part.code in self.parts:
                    yield owner, part


def try_out(assessment: Assessment) -> Trial | None:
    """Return a published result as a trial; nothing where an indicator has no score.

    Parts are as published, adjusted for rounding between them and their instrument.
    """
    framework = assessment.framework
    items = {
        code: points
        for code in framework.item_codes
        if (points := assessment.value(code)) is not None
    }
    indicators = {each.code: assessment.value(each.code) for each in framework.indicators.list}
    known = {code: points for code, points in indicators.items() if points is not None}
    if len(known) < len(indicators):
        return None
    trial = Trial(framework, {**items, **known})
    parts: dict[str, Fraction] = {}
    for instrument in framework.instruments.list:
        published = [assessment.value(part.code) for part in instrument.parts]
        if instrument.parts and published.count(None) <= 1 < len(published):
            parts |= _fit_parts(instrument, published, trial.score(instrument.code))
    return replace(trial, parts=parts)


def _fit_parts(
    instrument: Instrument, known: list[Fraction | None], whole: Fraction
) -> dict[str, Fraction]:
    """Return all parts but the last, so that the instrument is the mean of its parts.

    A missing one is the remainder. Rounding differences are shared evenly; nothing is returned if
    the difference is larger, or a part is outside 0 to 100.
    """
    taken = sum(
        part.weight * (points or 0) for part, points in zip(instrument.parts, known, strict=True)
    )
    left = instrument.weight * whole - taken
    if None in known:
        gap = known.index(None)
        points = left / instrument.parts[gap].weight
        fitted = [each if each is not None else points for each in known]
    else:
        shift = left / instrument.weight
        if abs(shift) > 2 * PRINTED_SLACK:
            return {}
        fitted = [(each or Fraction(0)) + shift for each in known]
    if not all(-PRINTED_SLACK <= each <= FULL + PRINTED_SLACK for each in fitted):
        return {}
    codes = [part.code for part in instrument.parts[:-1]]
    return _within(instrument, dict(zip(codes, fitted[:-1], strict=True)), whole)


def _within(
    instrument: Instrument, parts: dict[str, Fraction], whole: Fraction
) -> dict[str, Fraction]:
    """Return the parts, moved as little as puts each of them, and the last, within 0 to 100."""
    moved: dict[str, Fraction] = {}
    left, room = instrument.weight * whole, instrument.weight
    for part in instrument.parts[:-1]:
        room -= part.weight
        low, high = (left - room * FULL) / part.weight, left / part.weight
        moved[part.code] = min(max(parts[part.code], low, Fraction(0)), high, FULL)
        left -= part.weight * moved[part.code]
    return moved


@dataclass(frozen=True)
class Gain:
    """The least total gain that reaches a level, in points of indicators, and scores that have it.

    ``by_group`` gives start and end of each instrument, or part of one, that has to rise.
    ``assumes_equal_parts`` if parts are not known and taken as equal: the scores then allow that
    level, among others.
    """

    level: Level
    total: Fraction
    by_group: Mapping[str, Span]
    trial: Trial
    assumes_equal_parts: bool = False


@dataclass(frozen=True)
class _Group:
    """What rises together: an instrument, or a part of it; ``price`` is points of indicators."""

    code: str
    instrument: Instrument
    weight: int
    start: Fraction
    price: Fraction

    @property
    def effect(self) -> Fraction:
        """Points of the overall score for one point of an indicator."""
        return Fraction(self.weight, 100) / self.price

    @property
    def unknown_parts(self) -> tuple[str, ...]:
        """The parts of an instrument that rises as a whole because they are not known."""
        is_whole = self.code == self.instrument.code
        return tuple(each.code for each in self.instrument.parts) if is_whole else ()


def find_least_gain(trial: Trial, level: Level) -> Gain:
    """Return the least total gain of indicator points that reaches a level or a higher one.

    Every indicator point has the same price. First whatever a condition looks at is brought to
    it, which nothing else can do; what the overall score still lacks is bought where a point moves
    it most. A level is judged on two decimals, so 94.995 is enough for 95.
    """
    groups = _groups(trial)
    floors = {c: points - PRINTED_SLACK for c, points in level.conditions.items()}
    ends = {g.code: min(FULL, max(g.start, _floor_of(g, floors))) for g in groups}
    for instrument in trial.framework.instruments.list:
        least = _least_of(trial, instrument, floors) - trial.score(instrument.code)
        own = [each for each in groups if each.instrument == instrument]
        _buy(own, ends, least * Fraction(instrument.weight, 100))
    dearest_last = sorted(groups, key=lambda each: each.effect, reverse=True)
    _buy(dearest_last, ends, floors["ITA"] - trial.overall)
    total = sum((g.price * (ends[g.code] - g.start) for g in groups), Fraction(0))
    by_group = {g.code: (g.start, ends[g.code]) for g in groups if ends[g.code] > g.start}
    unknown = any(part in floors for each in groups for part in each.unknown_parts)
    reached = _raise_groups(trial, groups, ends, floors)
    return Gain(level, total, by_group, reached, assumes_equal_parts=unknown)


def _floor_of(group: _Group, floors: Scores) -> Fraction:
    """Return what a group must have: its own condition, or those of parts taken as alike."""
    codes = (group.code, *group.unknown_parts)
    return max(floors.get(code, Fraction(0)) for code in codes)


def _least_of(trial: Trial, instrument: Instrument, floors: Scores) -> Fraction:
    """Return what an instrument must have by its own condition and those of its indicators."""
    indicators = trial.framework.indicators_of(instrument.code)
    asked = [each.code for each in indicators if each.code in floors]
    rises = (max(floors[code] - trial.score(code), Fraction(0)) for code in asked)
    raised = trial.score(instrument.code) + sum(rises, Fraction(0)) / len(indicators)
    return max(raised, floors.get(instrument.code, raised))


def _buy(groups: list[_Group], ends: dict[str, Fraction], gain: Fraction) -> None:
    """Raise the ends, the first group's first, until they bring so much of the overall score."""
    gain -= sum(Fraction(g.weight, 100) * (ends[g.code] - g.start) for g in groups)
    for group in groups:
        if gain > 0:
            rise = min(gain * 100 / group.weight, FULL - ends[group.code])
            ends[group.code] += rise
            gain -= rise * Fraction(group.weight, 100)


def _groups(trial: Trial) -> list[_Group]:
    groups = []
    for instrument in trial.framework.instruments.list:
        count = len(trial.framework.indicators_of(instrument.code))
        parts = [(each.code, each.weight, trial.part(each.code)) for each in instrument.parts]
        known = [(code, weight, points) for code, weight, points in parts if points is not None]
        whole = (instrument.code, instrument.weight, trial.score(instrument.code))
        for code, weight, points in known or [whole]:
            price = Fraction(count * weight, instrument.weight)
            groups.append(_Group(code, instrument, weight, points, price))
    return groups


def _raise_groups(trial: Trial, groups: list[_Group], ends: Scores, floors: Scores) -> Trial:
    """Return the trial with the groups at their ends.

    Indicators are brought to their floors, then the lowest raised first.
    """
    values, parts = dict(trial.values), dict(trial.parts)
    for group in groups:
        if group.code in parts:
            parts[group.code] = ends[group.code]
    for instrument in trial.framework.instruments.list:
        gain = sum(
            (g.price * (ends[g.code] - g.start) for g in groups if g.instrument == instrument),
            Fraction(0),
        )
        indicators = trial.framework.indicators_of(instrument.code)
        scores = {each.code: trial.score(each.code) for each in indicators}
        forced = {c: floors[c] for c, points in scores.items() if points < floors.get(c, 0)}
        gain -= sum(floor - scores[code] for code, floor in forced.items())
        values |= forced | (fill_up(scores | forced, gain) if gain else {})
    return Trial(trial.framework, values, parts)


def fill_up(scores: Scores, gain: Fraction) -> dict[str, Fraction]:
    """Return the scores that change when so many points raise the lowest ones to one height.

    >>> {code: int(points) for code, points in fill_up({"a": Fraction(60), "b": Fraction(70),
    ...     "c": Fraction(90)}, Fraction(20)).items()}
    {'a': 75, 'b': 75}
    """
    rising = sorted(scores, key=lambda code: scores[code])
    for count in range(1, len(rising) + 1):
        lowest = rising[:count]
        height = (sum((scores[code] for code in lowest), Fraction(0)) + gain) / count
        if count == len(rising) or height <= scores[rising[count]]:
            break
    return {code: min(height, FULL) for code in lowest}
