"""What things are told to have in common: points against a limit, a change, a level, a status."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label, section
from ita_helpers.values import value

FULL = 100
KINDS = ("indicator", "instrument", "part", "item", "year", "office", "measure", "point", "any")


@value(frozen=True)
class Thing:
    """What is known of one thing that may be counted: points (0 to 100) of a year and before it.

    ``level`` and ``status`` as printed; ``is_covered`` if a measure answers it, None if unknown.
    ``others`` is what it may be instead, where points of it do not recompute.
    """

    points: Decimal | None = None
    earlier: Decimal | None = None
    level: str = ""
    status: str = ""
    is_covered: bool | None = None
    others: tuple[Thing, ...] = ()


Test = Callable[[Thing], bool | None]


@dataclass(frozen=True)
class Predicate:
    """What things are told to have in common, where it stands, and whether a thing has it.

    ``of`` is what it is about: points, change, level, status or covered.
    """

    start: int
    end: int
    holds: Test
    of: str = "points"


@cache
def pattern(key: str, levels: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return a pattern ``quantified.<key>`` with numbers, kinds and names of levels in it."""
    kinds = "|".join(section("quantified.kinds")[each] for each in KINDS)
    written = label(f"quantified.{key}").replace("NUMBER", label("quantified.number"))
    written = written.replace("KIND", f"(?:{kinds})").replace("COUNTED", f"(?:{kinds})")
    return compiled(written.replace("LEVELS", "|".join(map(re.escape, levels))))


def predicates(report: Report, text: str, passage: Passage) -> Iterator[Predicate]:
    """Yield what a text of a passage tells that things can have in common.

    Those that overlap all.
    """

    def places(key: str, levels: tuple[str, ...] = ()) -> Iterator[re.Match[str]]:
        known = pattern(key, levels)
        return known.finditer(text) if report.may_hold(passage, known) else iter(())

    for place in places("status"):
        yield Predicate(*place.span(), _status(place), "status")
    for place in places("covered"):
        yield Predicate(*place.span(), _covered(bool(place["not"])), "covered")
    for place in places("level", report.level_names):
        yield Predicate(*place.span(), _level(place["level"]), "level")
    yield from points_told(report, text, passage)
    for place in places("more_than_before"):
        if pattern("counted_behind").match(text, place.end()):
            continue
        yield Predicate(*place.span(), _changed(1 if place["up"] else -1), "change")
    for place in places("way"):
        if not said("then_other").match(text, place.end()):
            yield _way(text, place)


def points_told(report: Report, text: str, passage: Passage) -> Iterator[Predicate]:
    """Yield what a text of a passage tells of points: full, or on one side of a limit."""
    full, limit, between = pattern("full"), pattern("limit"), pattern("between")
    for place in between.finditer(text) if report.may_hold(passage, between) else ():
        if min(Decimal(place["low"]), Decimal(place["high"])) > SMALL:
            yield Predicate(*place.span(), _between(Decimal(place["low"]), Decimal(place["high"])))
    for place in full.finditer(text) if report.may_hold(passage, full) else ():
        yield Predicate(*place.span(), _full(is_not=bool(place["not"])))
    for place in limit.finditer(text) if report.may_hold(passage, limit) else ():
        if test := _limit(report, place):
            end = place.end() if place["limit"] else place.end("target")
            yield Predicate(place.start(), end, test)


def _full(*, is_not: bool) -> Test:
    return _against(lambda points: (points == FULL) != is_not)


def _between(low: Decimal, high: Decimal) -> Test:
    """Return whether points are between two limits; on the upper one they may be meant or not."""

    def holds(thing: Thing) -> bool | None:
        if thing.points is None or thing.points == high:
            return None
        return low <= thing.points < high

    return holds


def _limit(report: Report, place: re.Match[str]) -> Test | None:
    """Return whether points are on the side of a limit that words mean."""
    written, how, more = place["limit"], place["how"], place["more"] or ""
    if (not written and not place["target"]) or (written and Decimal(written) <= SMALL):
        return None
    if not report.rules or (how in _words("needs_more") and not more and not place["target"]):
        return None
    if not written and report.once(has_own_target):
        return None
    behind = place.end("target") if not written else 0
    if behind and any(
        pattern(key).match(place.string, behind) for key in ("gap_behind", "own_behind")
    ):
        return None
    limit = Decimal(written) if written else Decimal(str(report.rules.target.overall))
    is_not = bool(place["not"])
    if more in _words("rounded"):
        return _against(lambda points: (limit <= points < limit + 1) != is_not)
    if more in _words("equal"):
        return _against(lambda points: (points == limit) != is_not)
    if pattern("less").search(how):
        return _against(lambda points: (points < limit) != is_not)
    if more or pattern("at_least").search(how):
        return _against(lambda points: (points >= limit) != is_not)
    return _against(lambda points: (points > limit) != is_not)


def target_told(report: Report, before: str) -> Decimal | None:
    """Return the target that words speak of: the last one told, or that of the rules of the year.

    Nothing where the report has another one and the words do not say which is meant.
    """
    told = [each["points"] for each in pattern("own_target").finditer(before)]
    if told:
        return Decimal(told[-1])
    is_open = not report.rules or report.once(has_own_target)
    return None if is_open or not report.rules else Decimal(str(report.rules.target.overall))


def has_own_target(report: Report) -> bool:
    """Whether a report names a target that is not that of the rules of its year."""
    usual = Decimal(str(report.rules.target.overall)) if report.rules else None
    return any(each != usual for each in own_targets(report))


def own_targets(report: Report) -> frozenset[Decimal]:
    """Return the targets that a report names."""
    return report.once(_own_targets)


def _own_targets(report: Report) -> frozenset[Decimal]:
    return frozenset(Decimal(e["points"]) for _, e in report.places(pattern("own_target")))


def limits_of(report: Report) -> set[Decimal]:
    """Return the year's target, what its levels ask for, and full points."""
    rules = report.rules
    if not rules:
        return set()
    asked = {float(each) for level in rules.levels.list for each in level.conditions.values()}
    return {Decimal(str(each)) for each in (rules.target.overall, float(FULL), *asked) if each}


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(label(f"quantified.{key}").split("|"))


def _against(test: Callable[[Decimal], bool]) -> Test:
    return lambda thing: None if thing.points is None else test(thing.points)


def _way(text: str, place: re.Match[str]) -> Predicate:
    """Return a change one way, by as much as stands behind it."""
    sign = {"up": 1, "down": -1, "same": 0}[place.lastgroup or "same"]
    is_not = not place.group().startswith(place[place.lastgroup or "same"])
    if place["same"] and pattern("changed").search(place["same"]):
        is_not = not is_not
    amount = pattern("amount").match(text, place.end())
    if amount and sign and not is_not and (amount["how"] or amount["unit"]):
        end, by = amount.end(), Decimal(amount["by"])
        return Predicate(place.start(), end, _by(sign, by, amount), "change")
    return Predicate(*place.span(), _changed(sign, is_not=is_not), "change")


def _changed(sign: int, *, is_not: bool = False) -> Test:
    def holds(thing: Thing) -> bool | None:
        if thing.points is None or thing.earlier is None:
            return None
        change = thing.points - thing.earlier
        has = change * sign > 0 if sign else change == 0
        return has != is_not

    return holds


def _by(sign: int, by: Decimal, amount: re.Match[str]) -> Test:
    """Return whether points changed one way, by what is told at least, at most, or just so."""
    how = amount["how"] or ""

    def holds(thing: Thing) -> bool | None:
        if thing.points is None or thing.earlier is None:
            return None
        change = (thing.points - thing.earlier) * sign
        if not how or pattern("amount_equal").search(how):
            return change == by
        if pattern("amount_less").fullmatch(how):
            return 0 < change < by
        return change > by if pattern("amount_more").fullmatch(how) else change >= by

    return holds


def _level(level: str) -> Test:
    return lambda thing: thing.level == level if thing.level else None


def _covered(is_not: bool) -> Test:
    return lambda thing: None if thing.is_covered is None else thing.is_covered != is_not


def _status(place: re.Match[str]) -> Test:
    begun, doing, done, *_ = label("plan.statuses").split()

    def holds(thing: Thing) -> bool | None:
        if not thing.status:
            return None
        if place["done"]:
            return thing.status == done
        if place["doing"]:
            return thing.status == doing
        is_of_end = pattern("not_done").search(place["undone"])
        return thing.status != done if is_of_end else thing.status == begun

    return holds
