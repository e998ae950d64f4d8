"""The report on what was done of a plan: for the year, and for its first half.

It speaks of a day that is written down, never of today: the same data give the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Words
from ita_helpers.faces.table import Cell, Row, Table, head_row, left_then_right, number
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import glue_all
from ita_helpers.files.workspace import find_workspace
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date, parse_date
from ita_helpers.language.periods import day_in, format_window
from ita_helpers.language.thai import Numerals
from ita_helpers.records.kinds import kind_named
from ita_helpers.records.plan import Measure
from ita_helpers.records.problem import Problem
from ita_helpers.reports.report import Report
from ita_helpers.scoring.coverage import indicators_of, is_late
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.tables.measures import measure_name

Numbered = Sequence[tuple[int, Measure]]


class FollowUp(Report):
    """One plan and what became of it by a day; each method returns one part of the page."""

    def __init__(self, data: ReportData, period: str, as_of: date) -> None:
        super().__init__(data)
        self.period, self.as_of = period, as_of
        measures = data.plan.measures if data.plan else ()
        self.numbered: Numbered = list(enumerate(measures, start=1))

    def progress(self) -> Words | Absent:
        """Return how many measures stand where, and how many are late."""
        if not self.numbered:
            return Absent("plan")
        counts = self._count(lambda each: self._status(each))
        said = join_names(
            say("follow_up.count", name=name, count=count) for name, count in counts.items()
        )
        late = len([each for _, each in self.numbered if self._is_late(each)])
        undated = len([each for _, each in self.numbered if self._is_undated(each)])
        text = say(
            "follow_up.progress",
            name=self.data.organisation.name,
            year=self._year,
            day=format_date(self.as_of),
            count=len(self.numbered),
            said=said,
            late=late,
            undated=undated,
        )
        return Words((self._digits(text),))

    def by_status(self) -> Table | Absent:
        """Return the measures counted by status."""
        return self._counted("status", self._count(lambda each: self._status(each)))

    def by_owner(self) -> Table | Absent:
        """Return the measures of each owner, and how many of them are done."""
        return self._done_of("owners", lambda each: each.owners or (label("follow_up.nobody"),))

    def by_indicator(self) -> Table | Absent:
        """Return the measures of each indicator, and how many of them are done."""
        return self._done_of("indicator", self._indicators)

    def tracked(self) -> Table | Absent:
        """Return every measure with its period, status and result."""
        keys = ("number", "measure", "period", "status", "result")
        return self._table("tracked", keys, self.numbered, self._tracked_row)

    def late(self) -> Table | Absent:
        """Return the measures that were to be done by the day and are not."""
        late = [(number, each) for number, each in self.numbered if self._is_late(each)]
        return self._table("late", ("number", "measure", "period", "owners"), late, self._late_row)

    def obstacles(self) -> Table | Absent:
        """Return what stood in the way."""
        told = [(number, each) for number, each in self.numbered if each.obstacles]
        keys = ("number", "measure", "obstacles")
        return self._table("obstacles", keys, told, lambda each: (each.obstacles,))

    def evidence(self) -> Table | Absent:
        """Return the documents that show what was done."""
        shown = [(number, each) for number, each in self.numbered if each.evidence]
        keys = ("number", "measure", "evidence")
        return self._table("evidence", keys, shown, lambda each: (each.evidence,))

    def questions(self) -> Words | Absent:
        """Return what an office should look at: done before it began, done without evidence."""
        said = [self._digits(each.text) for each in self.list_questions()]
        return Words(tuple(said)) if said else Absent("questions")

    def record(self) -> None:
        """Glue what became of the plan, and what the exporters must know."""
        glue_all({"ita-document": self._document(), "result": self._result()})

    @property
    def _year(self) -> int:
        return self.data.fiscal_year + 1

    def list_questions(self) -> Iterator[Problem]:
        """Yield what an office should look at, each with the row of the plan's file."""
        done = label("plan.done")
        for place, each in self.numbered:
            if each.status == done and each.start and each.start > self.as_of:
                facts = {"number": place, "day": format_date(self.as_of)}
                facts["period"] = format_window(each.start, each.end)
                yield _question("too_early", each.row, **facts)
            if each.status == done and not each.evidence:
                yield _question("no_evidence", each.row, number=place)
            if self._is_undated(each):
                yield _question("no_period", each.row, number=place)
            if not each.status:
                yield _question("no_status", each.row, number=place)

    def _is_late(self, measure: Measure) -> bool:
        return is_late(measure, self.as_of, label("plan.ended").split())

    def _is_undated(self, measure: Measure) -> bool:
        """Whether nobody can know if a measure is late."""
        return measure.end is None and measure.status not in label("plan.ended").split()

    def _status(self, measure: Measure) -> str:
        return measure.status or label("follow_up.unknown")

    def _indicators(self, measure: Measure) -> Sequence[str]:
        named = indicators_of(measure, self.data.assessment)
        return [
            say("words.indicator", code=each.code, name=each.name)
            for each in self.data.framework.indicators.list
            if each.code in named
        ] or [label("plan.general")]

    def _count(self, read: Callable[[Measure], str]) -> dict[str, int]:
        known = [*label("plan.statuses").split(), label("follow_up.unknown")]
        found = [read(each) for _, each in self.numbered]
        return {name: found.count(name) for name in known if name in found}

    def _counted(self, key: str, counts: dict[str, int]) -> Table | Absent:
        if not counts:
            return Absent("plan")
        rows = [(name, str(count)) for name, count in counts.items()]
        return self._numbers(f"by_{key}", (key, "count"), rows)

    def _done_of(self, key: str, read: Callable[[Measure], Sequence[str]]) -> Table | Absent:
        groups: dict[str, list[Measure]] = {}
        for _, each in self.numbered:
            for name in read(each):
                groups.setdefault(name, []).append(each)
        if not groups:
            return Absent("plan")
        done = label("plan.done")
        rows = [
            (
                name,
                str(len(group)),
                str(sum(each.status == done for each in group)),
                str(sum(self._is_late(each) for each in group)),
            )
            for name, group in groups.items()
        ]
        counted_twice = sum(map(len, groups.values())) > len(self.numbered)
        notes = (label(f"follow_up.counted_twice.{key}"),) if counted_twice else ()
        return self._numbers(f"by_{key}", (key, "count", "done", "late"), rows, notes)

    def _numbers(
        self,
        key: str,
        heads: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        notes: tuple[str, ...] = (),
    ) -> Table:
        names = [label(f"follow_up.head.{each}") for each in heads]
        return Table(
            caption=say(f"follow_up.caption.{key}", year=self._year),
            head=(head_row(*names, aligns=left_then_right(len(heads) - 1)),),
            body=tuple((Cell(name, scope="row"), *map(number, counts)) for name, *counts in rows),
            notes=notes,
        ).in_numerals(self.data.numerals)

    def _table(
        self,
        key: str,
        heads: Sequence[str],
        measures: Numbered,
        read: Callable[[Measure], Sequence[str]],
    ) -> Table | Absent:
        if not measures:
            return Absent("plan" if not self.numbered else "none")
        names = [label(f"follow_up.head.{each}") for each in heads]
        body: list[Row] = [
            (
                Cell(str(place), scope="row"),
                Cell(measure_name(each)),
                *(Cell(text or label("words.not_said")) for text in read(each)),
            )
            for place, each in measures
        ]
        return Table(
            caption=say(f"follow_up.caption.{key}", year=self._year),
            head=(head_row(*names),),
            body=tuple(body),
        ).in_numerals(self.data.numerals)

    def _tracked_row(self, each: Measure) -> Sequence[str]:
        status = self._status(each)
        if self._is_late(each):
            status = say("follow_up.and_late", status=status)
        return format_window(each.start, each.end), status, each.result

    def _late_row(self, each: Measure) -> Sequence[str]:
        return format_window(each.start, each.end), join_names(each.owners)

    def _document(self) -> dict[str, Any]:
        page = super()._document()
        title = say(f"follow_up.title.{self.period}", title=self._evidence_title(), year=self._year)
        day = say("follow_up.as_of", day=format_date(self.as_of))
        return {
            **page,
            "title": self._digits(title),
            "subtitle": [*page["subtitle"], self._digits(day)],
            "running": self._digits(say("follow_up.running", year=self._year)),
            "parts": ["cover"],
            "page_ranges": False,
            "issued": self.as_of.isoformat(),
        }

    def _evidence_title(self) -> str:
        return label("follow_up.evidence_title")

    def _result(self) -> dict[str, Any]:
        """Return the counts; a report of this kind has no scores of its own."""
        organisation = self.data.organisation
        return {
            "organisation": organisation.code,
            "name": organisation.name,
            "fiscal_year": self.data.fiscal_year,
            "is_made_up": organisation.is_made_up,
            "report": self.period,
            "as_of": self.as_of.isoformat(),
            "measures": len(self.numbered),
            "statuses": self._count(lambda each: self._status(each)),
            "late": sum(self._is_late(each) for _, each in self.numbered),
        }


def _question(kind: str, row: int, **facts: object) -> Problem:
    return Problem(kind, say(f"follow_up.{kind}", **facts), row=row)


def load_follow_up(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "thai",
    report: str = "follow-up",
    as_of: str = "",
    root: Path | str | None = None,
) -> FollowUp:
    """Load the plan that answers the result of a fiscal year (B.E.), to report on it.

    ``as_of`` is the day it speaks of, by default the end of its period. Raises an ``InputError``,
    or ``ValueError`` for a day that is none.
    """
    refuse_unknown()
    data = load_data(find_workspace(root), organisation, fiscal_year, numerals)
    return FollowUp(data, report, day_of(fiscal_year, report, as_of))


def day_of(fiscal_year: int, report: str, as_of: str) -> date:
    """Return the day a report speaks of: the one given, else the end of its period.

    Raises ``ValueError`` for a day that is none, or a kind of report that speaks of none.
    """
    year, ends = fiscal_year + 1, kind_named(report).ends
    if ends is None:
        raise ValueError(report)
    return parse_date(as_of, year) if as_of else day_in(year, *ends)
