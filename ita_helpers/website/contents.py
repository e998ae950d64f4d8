"""What a site shows: the public papers of offices by year, their results, and where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ita_helpers.files.facts import ResultFacts
from ita_helpers.records.kinds import Kind


@dataclass(frozen=True)
class SitePaper:
    """A file of a report on the site; ``source`` is copied, its links led to the new names.

    ``renamed`` are the names of the report's files as they lie in the site, by those they have now.
    """

    name: str
    source: Path
    renamed: Mapping[str, str]

    @property
    def ending(self) -> str:
        """The format: ``pdf``."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class SiteReport:
    """A report of an office on the site.

    ``fiscal_year`` (B.E.) is that of the result. ``facts`` are those of the result, for a follow-up
    empty but for the office. ``number`` counts its issued versions and is 0 for one that was not
    issued. ``sources`` say where the scores come from, ``codes`` are the scores shown, in order,
    with their names.
    """

    organisation: str
    fiscal_year: int
    kind: Kind
    facts: ResultFacts
    papers: tuple[SitePaper, ...]
    number: int = 0
    sources: tuple[str, ...] = ()
    codes: Mapping[str, str] | None = None

    @property
    def is_analysis(self) -> bool:
        """Whether it has a result."""
        return self.kind.is_indexed

    @property
    def folder(self) -> str:
        """The folder of its office in the site."""
        return f"offices/{self.organisation}"

    @property
    def about(self) -> int:
        """The fiscal year (B.E.) it speaks of: a follow-up of that after the result."""
        return self.fiscal_year + bool(self.kind.ends)


@dataclass(frozen=True)
class SiteComparison:
    """The comparison of the offices of a site in a fiscal year (B.E.): so many, of a province.

    Without ``province`` it is of all. ``folder`` is where its papers lie in the site.
    """

    fiscal_year: int
    province: str | None
    folder: str
    count: int
    papers: tuple[SitePaper, ...]


@dataclass(frozen=True)
class Site:
    """A site: ``reports`` by office and year, the lesson's page if there is one, comparisons."""

    reports: tuple[SiteReport, ...]
    lesson: Path | None = None
    comparisons: tuple[SiteComparison, ...] = ()

    @cached_property
    def results(self) -> tuple[SiteReport, ...]:
        """The reports that have a result."""
        return tuple(each for each in self.reports if each.is_analysis)

    @property
    def years(self) -> list[int]:
        """The fiscal years (B.E.) of the results, the newest first."""
        return sorted({each.fiscal_year for each in self.results}, reverse=True)

    @cached_property
    def offices(self) -> dict[str, list[SiteReport]]:
        """The reports of each office, the newest first."""
        found: dict[str, list[SiteReport]] = {}
        for each in sorted(self.reports, key=lambda each: (-each.about, each.kind.name)):
            found.setdefault(each.organisation, []).append(each)
        return found


def name_of_paper(organisation: str, kind: Kind, fiscal_year: int, ending: str) -> str:
    """Return what a paper is called on a site: plain ASCII, the same every year but for the year.

    ``ending`` begins with a dot, or with what the paper is called besides.
    """
    return f"ita-{kind.name}-{fiscal_year + bool(kind.ends)}-{organisation}{ending}"
