"""Choosing which reports go into a site, what holds the others back, and making it.

What is published is the public edition: of an office that has issued one that version, otherwise
the working copy, made anew where it is not current.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ita_helpers.files.facts import ResultFacts
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Version
from ita_helpers.issued.versions import newest, shelf_of
from ita_helpers.language.catalogue import say
from ita_helpers.publish.formats import all_formats
from ita_helpers.records.editions import Edition, suffix_of
from ita_helpers.records.kinds import kind_named
from ita_helpers.records.scores import printed_source
from ita_helpers.rendering.checking import check_report_of
from ita_helpers.rendering.many import Batch
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.rendering.site_comparisons import Uncompared, compare_published
from ita_helpers.rendering.standing import Lack, Standing, standing_reader
from ita_helpers.run.keeping import digest_of
from ita_helpers.run.limits import Limits
from ita_helpers.run.manifest import Manifest, ReportRow
from ita_helpers.run.sealing import read_report
from ita_helpers.store.loading import inputs_of
from ita_helpers.store.organisations import find_organisation
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_year
from ita_helpers.website.contents import Site, SitePaper, SiteReport, name_of_paper
from ita_helpers.words.figures import figure_name

HOLDING = ("drafts", "reopened", "word", "notes", "findings")
"""What holds a report back until somebody says otherwise; so do data that are made up."""
FINAL = ("unreadable", "outdated", "altered", "unmade")
"""What no word can publish."""
LESSON = "teaching.html"
WHOLE = tuple(each.name for each in all_formats() if each.is_whole)
"""The formats that show all of a paper."""


@dataclass(frozen=True)
class Choice:
    """A report that was asked for, with what holds it back; ``is_final`` where nothing helps.

    ``asked`` are the parameters of its public edition, if its parameter file can be read;
    ``findings`` name the cells of what a check finds.
    """

    file: Path
    standing: Standing
    asked: ReportParameters | None = None
    held: tuple[Lack, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it can be published as it is."""
        return not self.held

    @property
    def is_final(self) -> bool:
        """Whether it cannot be published whatever is said."""
        return any(each.kind in FINAL for each in self.held)


def choose(workspace: Workspace, files: Iterable[Path]) -> Iterator[Choice]:
    """Yield for each parameter file whether its report can be published. Changes nothing.

    Comparisons are left out: they are of many offices, some of which may be held back.
    """
    read = standing_reader(workspace, with_slots=False)
    for file in files:
        standing = read(file)
        if standing.report and kind_named(standing.report).is_of_many:
            continue
        held = [each for each in standing.lacks if each.kind in (*HOLDING, "unreadable")]
        asked = None
        if standing.state != "unreadable":
            asked = load_parameters(file, workspace).of_edition("public")
            held += _also_held(workspace, asked)
        is_found = any(each.kind == "findings" for each in held)
        lines = check_report_of(workspace, file).lines if is_found else ()
        yield Choice(file, standing, asked, tuple(held), tuple(lines))


def _also_held(workspace: Workspace, asked: ReportParameters) -> Iterator[Lack]:
    if find_organisation(workspace, asked.organisation).is_made_up:
        yield Lack("made_up")
    version = newest(workspace, asked.paper)
    if version is None:
        return
    if version.made_from.data != inputs_of(workspace, asked.organisation, asked.fiscal_year):
        yield Lack("outdated", {"number": version.number})
    folder = shelf_of(workspace, asked.paper) / str(version.number)
    changed = [name for name, digest in version.files.items() if digest_of(folder / name) != digest]
    if changed:
        yield Lack("altered", {"number": version.number, "files": changed})


@dataclass(frozen=True)
class Gathered:
    """The site of the chosen reports, and what could not be made: public editions, comparisons."""

    site: Site
    rows: tuple[ReportRow, ...]
    failed: tuple[Choice, ...]
    uncompared: tuple[Uncompared, ...] = ()


def made_in(
    workspace: Workspace, choices: Sequence[Choice], edition: Edition, *, is_trusted: bool
) -> dict[str, ReportRow]:
    """Make an edition of reports where it is not current; returns the manifest's rows by report.

    Raises what rendering raises.
    """
    orders = _orders(workspace, edition, is_trusted=is_trusted)
    Batch(orders, Limits()).run([each.file for each in choices])
    with closing(Manifest(workspace.rendered, read_report)) as manifest:
        return {row.stem: row for row in manifest.rows()}


def _orders(workspace: Workspace, edition: Edition, *, is_trusted: bool) -> RenderOptions:
    return RenderOptions(
        workspace,
        workspace.rendered,
        WHOLE,
        "ua-1",
        force=False,
        seconds=Limits().seconds,
        is_trusted=is_trusted,
        edition=edition,
    )


def gather(workspace: Workspace, choices: Sequence[Choice], *, is_trusted: bool) -> Gathered:
    """Make the public edition of the chosen reports where it is not current, and read them.

    So are the comparisons of those that are published. Raises what rendering raises.
    """
    known = made_in(workspace, choices, "public", is_trusted=is_trusted)
    found = _Gathering(workspace, choices, known).gathered
    orders = _orders(workspace, "public", is_trusted=is_trusted)
    made, failed = compare_published(orders, found.site.reports)
    return replace(found, site=replace(found.site, comparisons=made), uncompared=failed)


@dataclass(frozen=True)
class _Gathering:
    """Reads the reports of a site; ``known`` are the rows of the manifest by report."""

    workspace: Workspace
    choices: Sequence[Choice]
    known: Mapping[str, ReportRow]

    @cached_property
    def _codes(self) -> dict[int, dict[str, str]]:
        """The scores that a site shows in each of its years, with their names."""
        years = {each.standing.fiscal_year for each in self.choices}
        return {year: _codes_of(self.workspace, year) for year in years}

    @property
    def gathered(self) -> Gathered:
        reports, rows, failed = [], [], []
        for choice in self.choices:
            asked = choice.asked
            row = self.known.get(asked.paper.as_posix()) if asked else None
            if asked is None or row is None or row.status != "done":
                failed.append(self._failed(choice, row))
                continue
            reports.append(self._report(asked, row))
            if asked.kind.is_indexed:
                rows.append(self._listed(row))
        lesson = self.workspace.rendered / LESSON
        site = Site(tuple(reports), lesson if lesson.is_file() else None)
        return Gathered(site, tuple(rows), tuple(failed))

    def _failed(self, choice: Choice, row: ReportRow | None) -> Choice:
        reason = row.reason if row else ""
        return replace(choice, held=(Lack("unmade", {"reason": reason}),))

    def _listed(self, row: ReportRow) -> ReportRow:
        """Return a row as the front page of the site lists it: by office, with its papers alone."""
        papers = {f".{each}": row.written.get(f".{each}", ()) for each in WHOLE}
        stem = row.stem.removesuffix(suffix_of("public"))
        return replace(row, stem=stem, edition="", written=papers, drafts=0, problems=0)

    def _report(self, asked: ReportParameters, row: ReportRow) -> SiteReport:
        version = newest(self.workspace, asked.paper)
        return SiteReport(
            asked.organisation,
            asked.fiscal_year,
            asked.kind,
            self._facts(asked, row),
            tuple(self._papers(asked, version)),
            version.number if version else 0,
            tuple(self._sources(asked)),
            self._codes[asked.fiscal_year] if asked.kind.is_indexed else None,
        )

    def _facts(self, asked: ReportParameters, row: ReportRow) -> ResultFacts:
        """Return the facts of a result; of a follow-up those of its office."""
        if asked.kind.is_indexed:
            return ResultFacts.read(row.result)
        office = find_organisation(self.workspace, asked.organisation)
        return ResultFacts(
            organisation=office.code,
            name=office.name,
            short_name=office.short_name,
            type=office.type,
            district=office.district,
            province=office.province,
            is_made_up=office.is_made_up,
        )

    def _papers(self, asked: ReportParameters, version: Version | None) -> Iterator[SitePaper]:
        """Yield the files of a report: of its newest version, else of the working copy."""
        owner = (asked.organisation, asked.kind, asked.fiscal_year)
        if version:
            folder = shelf_of(self.workspace, asked.paper) / str(version.number)
        else:
            folder = (self.workspace.rendered / asked.paper).parent
        names = version.files if version else [f"{asked.paper.name}.{e}" for e in WHOLE]
        renamed = {name: name_of_paper(*owner, Path(name).suffix) for name in names}
        order = [f".{each}" for each in WHOLE]
        for name in sorted(renamed, key=lambda each: order.index(Path(each).suffix)):
            yield SitePaper(renamed[name], folder / name, renamed)

    def _sources(self, asked: ReportParameters) -> Iterator[str]:
        """Yield what the scores of a result come from, each source once."""
        framework = read_framework(self.workspace, asked.fiscal_year)
        year = read_year(self.workspace, asked.organisation, asked.fiscal_year, framework)
        scores = year.scores.values() if year and asked.kind.is_indexed else ()
        yield from dict.fromkeys(printed_source(each.source) for each in scores)


def _codes_of(workspace: Workspace, fiscal_year: int) -> dict[str, str]:
    """Return the scores of a year with their names: all but those of items."""
    framework = read_framework(workspace, fiscal_year)
    names = {
        each.code: say("site.indicator", code=each.code, name=each.name)
        for each in framework.indicators.list
    }
    others = {code: figure_name(framework, code) for code in ("ITA", *framework.component_codes)}
    instruments = {
        each.code: say("site.component", code=each.code, name=each.name)
        for each in framework.instruments.list
    }
    named = {**others, **instruments, **names}
    return {code: named[code] for code in framework.codes if code in named}
