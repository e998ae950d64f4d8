"""The comparison of many offices: what its notebook calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.panel import Panel
from ita_helpers.faces.part import Parts, part
from ita_helpers.faces.prose import Stack, Words
from ita_helpers.faces.table import Table
from ita_helpers.figures.dots import SMALL
from ita_helpers.figures.heat import plot_heat
from ita_helpers.figures.spread import plot_spread
from ita_helpers.files.facts import PaperFacts
from ita_helpers.files.notebook_parameters import refuse_unknown
from ita_helpers.files.scraps import SHEETS, glue_all
from ita_helpers.files.workspace import find_workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.records.editions import Edition
from ita_helpers.records.layout import COMPARED
from ita_helpers.reports import record
from ita_helpers.reports.gathering import read_comparison
from ita_helpers.scoring.compared import ComparisonData, Scope
from ita_helpers.tables import compared_offices as offices
from ita_helpers.tables import comparison as tables
from ita_helpers.tables.compared_sheets import book_of
from ita_helpers.words import comparison as words
from ita_helpers.words.rules import assumption


def paper_facts(data: ComparisonData, code: str) -> PaperFacts:
    """Return what the exporters must know; ``code`` is what the comparison is called."""

    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    made_up = label("words.made_up_banner") if data.is_made_up else ""
    rules = assumption(data.framework, label("report.title.this"))
    return PaperFacts(
        organisation=code,
        name=data.name,
        fiscal_year=data.fiscal_year,
        title=digits(say("comparison.title", year=data.fiscal_year)),
        subtitle=(digits(data.name),),
        banners=tuple(digits(each) for each in (made_up, rules) if each),
        running=digits(say("comparison.running", year=data.fiscal_year)),
        mark=made_up,
        numerals=data.numerals,
        parts=COMPARED,
        whole=tuple(f"“{each.name}”" for each in data.framework.levels.list),
        edition=data.edition,
    )


def spread_at_once(data: ComparisonData) -> Panel | Absent:
    """Return the distribution for the first screen, under a heading of its own."""
    figure = plot_spread(data, SMALL)
    if isinstance(figure, Absent):
        return figure
    title = Words((), heading=label("comparison.spread.caption_short"), level=3)
    figures = replace(figure.data, caption="") if figure.data else None
    return Panel("components", (title, replace(figure, caption="", data=figures)))


def tabulate_all_groups(data: ComparisonData) -> Stack | Absent:
    """Return a table for each thing by which the offices can be grouped."""
    found = [tables.tabulate_groups(data, kind) for kind in tables.kinds_of_groups(data)]
    listed = tuple(each for each in found if isinstance(each, Table))
    return Stack(listed) if listed else Absent("none")


class Comparison(Parts[ComparisonData]):
    """Many offices beside each other; each method returns one part of the page."""

    def __init__(self, data: ComparisonData, code: str, report: str) -> None:
        self.data, self.code, self.report = data, code, report

    def __repr__(self) -> str:
        year = say("words.year", year=self.data.fiscal_year)
        return with_numerals(f"{self.data.name} {year}", self.data.numerals)

    headline = part(words.headline)
    at_once = part(spread_at_once)
    to_do = part(offices.tabulate_to_do)
    keep = part(words.keep)
    state = part(words.state)
    marked = part(words.describe_marked)
    ranks = part(tables.tabulate_ranks)
    levels = part(tables.tabulate_levels)
    groups = part(tabulate_all_groups)
    spread = part(plot_spread)
    weak_said = part(words.describe_weak)
    weak = part(tables.tabulate_weak)
    heat = part(plot_heat)
    changes = part(offices.tabulate_changes)
    moved = part(offices.tabulate_moved)
    barred = part(offices.tabulate_barred)
    measures = part(offices.tabulate_measures)
    standing = part(offices.tabulate_standing)
    limits = part(words.describe_limits)
    skipped = part(words.describe_skipped)

    def title_page(self) -> Words:
        """Return the title, whose offices are compared, and what a reader must be warned of."""
        return record.title_words(paper_facts(self.data, self.code))

    def record(self) -> None:
        """Glue the lists for the workbook, and what the exporters must know."""
        said = (*words.describe_limits(self.data).paragraphs, *words.lines_of_skipped(self.data))
        book = book_of(self.data, said)
        result = {"report": self.report, "organisation": self.code, "name": self.data.name}
        counts = {"fiscal_year": self.data.fiscal_year, "offices": len(self.data.offices)}
        paper = paper_facts(self.data, self.code).as_scrap()
        glue_all({"ita-document": paper, "result": result | counts, SHEETS: book.as_scrap()})


def load_comparison(
    organisation: str,
    fiscal_year: int,
    *,
    numerals: Numerals = "thai",
    edition: Edition = "internal",
    report: str = "comparison",
    province: str = "",
    district: str = "",
    office_type: str = "",
    offices: Sequence[str] = (),
    marked: str = "",
    published: bool = False,
    root: Path | str | None = None,
) -> Comparison:
    """Load the reports of many offices of a fiscal year (B.E.), to compare them.

    ``organisation`` is the code that the comparison itself is called by. Without a place, a type
    and a list all offices of the workspace are compared; ``published`` are the listed ones of a
    place. Raises an ``InputError``, as ``NothingToCompare`` where no office has a report.
    """
    refuse_unknown()
    scope = Scope(province, district, office_type, tuple(offices), published)
    data = read_comparison(find_workspace(root), int(fiscal_year), scope, numerals, edition, marked)
    return Comparison(data, organisation, report)
