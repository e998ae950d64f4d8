"""Many offices beside each other: what their reports recorded, ranked and counted.

Pure: the facts come from reports that were made; nothing is computed anew but ranks and counts.
Only results under the same rules are ranked together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from ita_helpers.files.facts import PlanFacts, ResultFacts
from ita_helpers.language.points import to_hundredths
from ita_helpers.language.thai import Numerals, sort_key
from ita_helpers.records.editions import Edition
from ita_helpers.records.framework import Framework
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.scores import Rank
from ita_helpers.scoring.ranking import mean_of, rank_all

Rules = tuple[int, tuple[str, ...], float | None, tuple[str, ...]]
"""What a result was judged by: the year of assumed rules, levels, target, indicators."""
SkippedWhy = Literal["damaged", "foreign", "other_year", "other_office", "unknown"]


@dataclass(frozen=True)
class Compared:
    """One office of a comparison: what its report recorded (``facts``), and what is known besides.

    ``drafts`` and ``problems`` count what its report still has, where that is known; ``issued`` is
    the number of its newest issued version, 0 for none. ``changed`` names what differs since:
    ``data`` (its scores from the report's), ``issued`` (the report from the issued version).
    ``moved`` is the province its report names, where the list of offices names another.
    ``follow_up`` is what became of its plan.
    """

    office: Organisation
    facts: ResultFacts
    drafts: int | None = None
    problems: int = 0
    issued: int = 0
    changed: tuple[str, ...] = ()
    moved: str = ""
    published: Rank | None = None
    follow_up: PlanFacts | None = None

    @property
    def code(self) -> str:
        """The code of the office."""
        return self.office.code

    @cached_property
    def overall(self) -> Decimal | None:
        """The overall score (points, two decimals)."""
        return _points(self.facts.overall_shown)

    @cached_property
    def change(self) -> Decimal | None:
        """The change of the overall score since last year, where the rules allow one."""
        return _points(self.facts.change)

    def score(self, code: str) -> Decimal | None:
        """Return a score (points, two decimals)."""
        return _points(self.facts.scores.get(code))

    @property
    def level_moved(self) -> int:
        """How many levels it rose (above 0) or fell since last year; 0 where that is not known."""
        facts, levels = self.facts, self.facts.levels
        is_known = facts.comparable in ("same", "changed", "assumed")
        if not is_known or facts.level not in levels or facts.previous_level not in levels:
            return 0
        return levels.index(facts.previous_level) - levels.index(facts.level)

    @property
    def rules(self) -> Rules:
        """What its result was judged by."""
        facts = self.facts
        codes = tuple(sorted(code for code in facts.lost))
        return facts.assumed_from, facts.levels, facts.target, codes


@dataclass(frozen=True)
class Skipped:
    """A notebook that is none of the comparison's reports, and why."""

    file: str
    why: SkippedWhy


@dataclass(frozen=True)
class Scope:
    """Whom a comparison is of: all of a place and type, or a list of codes.

    Without any of them it is of the whole country. ``published`` are those of the place, among them
    the listed, whose public editions are on one site.
    """

    province: str = ""
    district: str = ""
    type: str = ""
    listed: tuple[str, ...] = ()
    published: bool = False

    @property
    def kind(self) -> str:
        """The narrowest thing that limits it, as a rank's scope is called."""
        if self.listed and not self.published:
            return "list"
        named = {"district": self.district, "province": self.province, "type": self.type}
        limits = [kind for kind, name in named.items() if name]
        return limits[0] if limits else "country"

    @property
    def has_published_ranks(self) -> bool:
        """Whether ranks that somebody published are of the same offices."""
        return self.kind != "list" and sum(map(bool, (self.province, self.type))) < 2


@dataclass(frozen=True)
class Group:
    """Offices of one province, district or type, with their scores."""

    name: str
    offices: tuple[Compared, ...]


@dataclass(frozen=True)
class ComparisonData:
    """All that a comparison shows. ``fiscal_year`` is B.E.

    ``offices`` are those whose reports are compared; ``missing`` belong to it and have no report,
    ``apart`` have one under other rules, ``made_up`` counts made-up offices that were left out.
    ``marked`` is the code of an office to be found at once, ``country_mean`` the mean of all
    agencies that was published (points). ``as_of`` is the day the last of their reports was made.
    """

    scope: Scope
    name: str
    framework: Framework
    offices: tuple[Compared, ...]
    numerals: Numerals = "thai"
    edition: Edition = "internal"
    marked: str = ""
    missing: tuple[Organisation, ...] = ()
    apart: tuple[Compared, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    made_up: int = 0
    twice: tuple[tuple[str, ...], ...] = ()
    country_mean: Decimal | None = None
    as_of: date | None = None

    @property
    def fiscal_year(self) -> int:
        """The year of the results (B.E.)."""
        return self.framework.fiscal_year

    @cached_property
    def names(self) -> Counter[str]:
        """How many of its offices have each short name."""
        reported = (each.office for each in (*self.offices, *self.apart))
        return Counter(each.short_name for each in (*reported, *self.missing))

    @property
    def marked_office(self) -> Compared | None:
        """The office to be found at once, if it has a score here."""
        return next((each for each in self.scored if each.code == self.marked), None)

    @property
    def marked_score(self) -> Decimal | None:
        """Its overall score (points)."""
        return self.marked_office.overall if self.marked_office else None

    @property
    def late(self) -> tuple[Compared, ...]:
        """The offices whose report on their plan tells of late measures, the most first."""
        known = [each for each in self.offices if each.follow_up and each.follow_up.late]
        return tuple(sorted(known, key=lambda e: -(e.follow_up.late if e.follow_up else 0)))

    def overdue(self, each: Compared) -> int:
        """Return how many measures an office should have ended, by the plan its report was made of.

        None where a report on the plan tells which are late.
        """
        if each.follow_up or self.as_of is None:
            return 0
        day = self.as_of.isoformat()
        return int(sum(count for end, count in each.facts.due.items() if end < day))

    @property
    def is_made_up(self) -> bool:
        """Whether the offices are made up, which are never mixed with others."""
        return any(each.office.is_made_up for each in self.offices)

    @property
    def belonging(self) -> int:
        """How many offices belong to it, with and without a report."""
        return len(self.offices) + len(self.apart) + len(self.missing)

    @property
    def target(self) -> Decimal:
        """The target of the overall score (points)."""
        return to_hundredths(Decimal(self.framework.target.overall))

    @cached_property
    def scored(self) -> tuple[Compared, ...]:
        """The offices with an overall score, the highest first, those of the same by name."""
        known = [each for each in self.offices if each.overall is not None]
        return tuple(
            sorted(known, key=lambda each: (-_known(each.overall), sort_key(each.office.name)))
        )

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The rank of each office by its overall score."""
        return rank_all({each.code: _known(each.overall) for each in self.scored})

    @cached_property
    def passed(self) -> tuple[Compared, ...]:
        """The offices whose overall score reaches the target."""
        return tuple(each for each in self.scored if _known(each.overall) >= self.target)

    @cached_property
    def below(self) -> tuple[Compared, ...]:
        """The offices whose overall score is below the target, the lowest first."""
        return tuple(each for each in reversed(self.scored) if _known(each.overall) < self.target)

    @cached_property
    def changed(self) -> tuple[Compared, ...]:
        """The offices whose overall score may be compared with last year's, the worst first."""
        known = [each for each in self.offices if each.change is not None]
        return tuple(
            sorted(known, key=lambda each: (_known(each.change), sort_key(each.office.name)))
        )

    @property
    def fell(self) -> tuple[Compared, ...]:
        """The offices whose overall score fell, the largest fall first."""
        return tuple(each for each in self.changed if _known(each.change) < 0)

    @property
    def rose(self) -> tuple[Compared, ...]:
        """The offices whose overall score rose, the largest rise first."""
        return tuple(each for each in reversed(self.changed) if _known(each.change) > 0)

    @cached_property
    def moved_level(self) -> tuple[Compared, ...]:
        """The offices whose level changed, those that fell furthest first."""
        known = [each for each in _by_name(self.offices) if each.level_moved]
        return tuple(sorted(known, key=lambda each: each.level_moved))

    @cached_property
    def barred(self) -> tuple[Compared, ...]:
        """The offices that reach the next level but for components, one component first."""
        known = [each for each in _by_name(self.offices) if each.facts.barred_by]
        order = {each.code: (len(each.facts.barred_by), each.facts.barred_by) for each in known}
        return tuple(sorted(known, key=lambda each: order[each.code]))

    @property
    def levels(self) -> dict[str, int]:
        """How many offices have each level, from the highest down; those not known are left out."""
        counted = Counter(each.facts.level for each in self.offices if each.facts.level)
        names = [each.name for each in self.framework.levels.list]
        known = {name: counted[name] for name in names}
        return known | {name: counted[name] for name in sorted(counted.keys() - known.keys())}

    @property
    def contradicted(self) -> tuple[Compared, ...]:
        """The offices whose published rank is not the one their score has among all here."""
        return tuple(
            each
            for each in self.scored
            if each.published and each.published.rank != self.ranks[each.code]
        )

    @cached_property
    def weaknesses(self) -> tuple[Weakness, ...]:
        """The indicators that any office has a score of, most offices below the target first."""
        found = [w for each in self.framework.indicators.list if (w := _weakness(self, each.code))]
        return tuple(sorted(found, key=lambda each: (-len(each.below), -(each.lost or 0))))

    def groups(self, kind: str) -> tuple[Group, ...]:
        """Return the scored offices by ``province``, ``district`` or ``type``, the best mean first.

        Districts of the same name in two provinces are two.
        """
        found: dict[tuple[str, str], list[Compared]] = {}
        for each in self.scored:
            name = getattr(each.office, kind)
            within = each.office.province if kind == "district" else ""
            found.setdefault((name, within), []).append(each)
        several = Counter(name for name, _ in found)
        return tuple(
            Group(f"{name} ({within})" if several[name] > 1 and within else name, tuple(offices))
            for (name, within), offices in sorted(found.items(), key=_rank_of_group)
        )


@dataclass(frozen=True)
class Weakness:
    """How an indicator stands among offices: points lost of the overall score, offices below.

    ``mean`` and ``lost`` (the mean of the points lost) are points; ``below`` are below the target.
    """

    code: str
    name: str
    instrument: str
    known: int
    below: tuple[Compared, ...]
    mean: Decimal
    lost: Decimal | None
    lowest_of: int


def _weakness(data: ComparisonData, code: str) -> Weakness | None:
    indicator = data.framework.indicator(code)
    known = [(each, score) for each in data.offices if (score := each.score(code)) is not None]
    if not known:
        return None
    lost = [Decimal(str(each.facts.lost[code])) for each, _ in known if code in each.facts.lost]
    return Weakness(
        code=code,
        name=indicator.name,
        instrument=indicator.instrument,
        known=len(known),
        below=tuple(each for each, score in known if score < data.target),
        mean=_rounded_mean(score for _, score in known),
        lost=_rounded_mean(lost) if lost else None,
        lowest_of=sum(code in each.facts.lowest for each, _ in known),
    )


def _rounded_mean(values: Iterable[Decimal]) -> Decimal:
    return to_hundredths(mean_of(values) or Fraction(0))


def part_by_rules(offices: Sequence[Compared]) -> tuple[list[Compared], list[Compared]]:
    """Return the offices judged by the rules of most, and the others.

    Indicators that are not known tell nothing of the rules.
    """
    counted = Counter(_judged_by(each) for each in offices)
    if len(counted) < 2:
        return [*offices], []
    usual = counted.most_common(1)[0][0]
    same = [each for each in offices if _judged_by(each) == usual]
    return same, [each for each in offices if _judged_by(each) != usual]


def _judged_by(each: Compared) -> tuple[object, ...]:
    year, levels, target, _ = each.rules
    return year, levels, target


def find_twice(offices: Iterable[Compared]) -> tuple[tuple[str, ...], ...]:
    """Return the codes of offices that have one official number, and are counted as several."""
    found: dict[str, list[str]] = {}
    for each in offices:
        if each.office.official_code:
            found.setdefault(each.office.official_code, []).append(each.code)
    return tuple(tuple(codes) for codes in found.values() if len(codes) > 1)


def _by_name(offices: Iterable[Compared]) -> list[Compared]:
    return sorted(offices, key=lambda each: sort_key(each.office.name))


def _rank_of_group(group: tuple[tuple[str, str], list[Compared]]) -> tuple[bool, Fraction]:
    """Return what sorts groups by their mean, the highest first, and one without a name last."""
    (name, _), offices = group
    mean = mean_of(each.overall for each in offices if each.overall is not None)
    return not name, -(mean or Fraction(0))


def _known(value: Decimal | None) -> Decimal:
    assert value is not None
    return value


def _points(value: float | None) -> Decimal | None:
    return None if value is None else to_hundredths(Decimal(str(value)))
