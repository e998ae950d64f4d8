"""What became of a plan by a given day, and the sentences about it.

The day is always recorded, never today: the same data give the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.thai import Numerals
from ita_helpers.records.plan import Measure
from ita_helpers.records.problem import Problem
from ita_helpers.scoring.coverage import is_late
from ita_helpers.scoring.report_data import ReportData


@dataclass(frozen=True)
class FollowUpData:
    """A result with the plan that answers it, the period of the report, and its day."""

    result: ReportData
    period: str
    as_of: date

    @property
    def numerals(self) -> Numerals:
        """The digits of the report."""
        return self.result.numerals

    @property
    def year(self) -> int:
        """The fiscal year (B.E.) of the plan."""
        return self.result.fiscal_year + 1

    @cached_property
    def numbered(self) -> Sequence[tuple[int, Measure]]:
        """The measures with their numbers in the plan."""
        plan = self.result.plan
        return tuple(enumerate(plan.measures if plan else (), start=1))

    @property
    def statuses(self) -> dict[str, int]:
        """How many measures have each status, those without one last."""
        return count_statuses(each for _, each in self.numbered)

    @property
    def late(self) -> Sequence[tuple[int, Measure]]:
        """The measures that were to be done by the day and are not."""
        return tuple((number, each) for number, each in self.numbered if self.is_late(each))

    def is_late(self, measure: Measure) -> bool:
        """Whether a measure was to be done by the day and is not."""
        return is_late(measure, self.as_of, label("plan.ended").split())


def count_statuses(measures: Iterable[Measure]) -> dict[str, int]:
    """Return how many measures have each status, those without one last."""
    known = [*label("plan.statuses").split(), label("follow_up.unknown")]
    found = [status_of(each) for each in measures]
    return {name: found.count(name) for name in known if name in found}


def count_due(measures: Iterable[Measure]) -> dict[str, int]:
    """Return how many measures that have not ended are to end on each day (ISO), by day."""
    ended = label("plan.ended").split()
    days = [each.end.isoformat() for each in measures if each.end and each.status not in ended]
    return {day: days.count(day) for day in sorted({*days})}


def status_of(measure: Measure) -> str:
    """Return the status that a measure counts under, or a text that none is known."""
    return measure.status or label("follow_up.unknown")


def describe_progress(data: FollowUpData) -> Words | Absent:
    """Say how many measures have which status, and how many are late."""
    if not data.numbered:
        return Absent("plan")
    told = [*label("follow_up.told").split(), label("follow_up.unknown")]
    said = join_names(
        say("follow_up.count", name=name, count=data.statuses[name])
        for name in told
        if name in data.statuses
    )
    text = say(
        "follow_up.progress",
        name=data.result.organisation.name,
        year=data.year,
        day=format_date(data.as_of),
        count=len(data.numbered),
        said=said,
        late=len(data.late),
        undated=sum(_is_undated(each) for _, each in data.numbered),
    )
    return Words((text,))


def describe_questions(data: FollowUpData) -> Words | Absent:
    """Return what an office should look at: done before it began, done without evidence."""
    said = tuple(each.text for each in list_questions(data))
    return Words(said) if said else Absent("questions")


def list_questions(data: FollowUpData) -> Iterator[Problem]:
    """Yield what an office should look at, each with the row of the plan's file."""
    for number, each in data.numbered:
        for rule in RULES:
            yield from rule(number, each, data)


def _too_early(number: int, measure: Measure, data: FollowUpData) -> Iterator[Problem]:
    """Yield a measure that is done before it begins."""
    if _is_done(measure) and measure.start and measure.start > data.as_of:
        facts = {"number": number, "day": format_date(data.as_of)}
        yield _question("too_early", measure, period=measure.time, **facts)


def _no_evidence(number: int, measure: Measure, _: FollowUpData) -> Iterator[Problem]:
    if _is_done(measure) and not measure.evidence:
        yield _question("no_evidence", measure, number=number)


def _no_period(number: int, measure: Measure, _: FollowUpData) -> Iterator[Problem]:
    if _is_undated(measure):
        yield _question("no_period", measure, number=number)


def _no_status(number: int, measure: Measure, _: FollowUpData) -> Iterator[Problem]:
    if not measure.shown_status:
        yield _question("no_status", measure, number=number)


def _is_done(measure: Measure) -> bool:
    return measure.status == label("plan.done")


def _is_undated(measure: Measure) -> bool:
    """Whether it cannot be known if a measure is late."""
    return measure.end is None and measure.status not in label("plan.ended").split()


def _question(kind: str, measure: Measure, **facts: object) -> Problem:
    return Problem(kind, say(f"follow_up.{kind}", **facts), row=measure.row)


RULES: tuple[Callable[[int, Measure, FollowUpData], Iterable[Problem]], ...] = (
    _too_early,
    _no_evidence,
    _no_period,
    _no_status,
)
"""The questions about each measure, shown in the report and by ``ita check``."""
