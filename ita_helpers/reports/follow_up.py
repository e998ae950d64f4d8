"""The report on what was done about a plan: for the year, and for its first half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from ita_helpers.faces.part import Parts, part
from ita_helpers.faces.prose import Words
from ita_helpers.files.facts import PaperFacts, PlanFacts
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import glue_all
from ita_helpers.files.workspace import find_workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date, parse_date
from ita_helpers.language.periods import day_in
from ita_helpers.language.thai import Numerals
from ita_helpers.records.editions import Edition
from ita_helpers.records.kinds import kind_named
from ita_helpers.records.problem import Problem
from ita_helpers.reports import record
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.tables import follow_up as tables
from ita_helpers.words import follow_up as words
from ita_helpers.words.follow_up import FollowUpData


def paper_facts(data: FollowUpData) -> PaperFacts:
    """Return what the exporters must know: the result's facts under the follow-up's title."""
    digits, page = data.result.digits, record.paper_facts(data.result)
    evidence = label("follow_up.evidence_title")
    day = digits(say("follow_up.as_of", day=format_date(data.as_of)))
    return replace(
        page,
        title=digits(say(f"follow_up.title.{data.period}", title=evidence, year=data.year)),
        subtitle=(*page.subtitle, day),
        running=digits(say("follow_up.running", year=data.year)),
        parts=("cover",),
        page_ranges=False,
        issued=data.as_of,
    )


def plan_facts(data: FollowUpData) -> PlanFacts:
    """Return the counts; a report of this kind has no scores of its own."""
    organisation = data.result.organisation
    return PlanFacts(
        organisation=organisation.code,
        name=organisation.name,
        fiscal_year=data.result.fiscal_year,
        is_made_up=organisation.is_made_up,
        report=data.period,
        as_of=data.as_of,
        measures=len(data.numbered),
        statuses=data.statuses,
        late=len(data.late),
    )


def title_page_of(data: FollowUpData) -> Words:
    """Return title, office, year and day, with what a reader must be warned of."""
    return record.title_words(paper_facts(data))


class FollowUp(Parts[FollowUpData]):
    """One plan and what became of it by a day; each method returns one part of the page."""

    def __init__(self, data: ReportData, period: str, as_of: date) -> None:
        self.data = FollowUpData(data, period, as_of)
        self.period, self.as_of = period, as_of

    def __repr__(self) -> str:
        return record.name_of(self.data.result)

    title_page = part(title_page_of)
    progress = part(words.describe_progress)
    by_status = part(tables.tabulate_statuses)
    by_owner = part(tables.tabulate_owners)
    by_indicator = part(tables.tabulate_addressed)
    tracked = part(tables.tabulate_tracked)
    late = part(tables.tabulate_late)
    obstacles = part(tables.tabulate_obstacles)
    evidence = part(tables.tabulate_evidence)
    questions = part(words.describe_questions)

    def list_questions(self) -> Iterator[Problem]:
        """Yield what an office should look at, each with the row of the plan's file."""
        return words.list_questions(self.data)

    def record(self) -> None:
        """Glue what became of the plan, and what the exporters must know."""
        paper, result = paper_facts(self.data), plan_facts(self.data)
        glue_all({"ita-document": paper.as_scrap(), "result": result.as_scrap()})


def load_follow_up(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "thai",
    report: str = "follow-up",
    as_of: str = "",
    edition: Edition = "internal",
    root: Path | str | None = None,
) -> FollowUp:
    """Load the plan that answers the result of a fiscal year (B.E.), to report on it.

    ``as_of`` is the day it reports on, by default the end of its period. The ``public`` edition
    leaves out what is internal, as what stood in the way. Raises an ``InputError``,
    or ``ValueError`` for an invalid day.
    """
    refuse_unknown()
    asked = (organisation, fiscal_year, numerals, None, edition)
    data = load_data(find_workspace(root), *asked)
    return FollowUp(data, report, day_of(fiscal_year, report, as_of))


def day_of(fiscal_year: int, report: str, as_of: str) -> date:
    """Return the day a report is about: the one given, else the end of its period.

    Raises ``ValueError`` for an invalid day, or a kind of report that has none.
    """
    year, ends = fiscal_year + 1, kind_named(report).ends
    if ends is None:
        raise ValueError(report)
    return parse_date(as_of, year) if as_of else day_in(year, *ends)
