"""Checking finished reports: each document opened, its claims found, and held against the rules."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from pathlib import Path

from ita_helpers.boundary import told
from ita_helpers.checks.finished import reading
from ita_helpers.checks.finished.levels import level_names
from ita_helpers.checks.finished.names import topics
from ita_helpers.checks.finished.outcome import CheckedDocument
from ita_helpers.checks.finished.passages import shared
from ita_helpers.checks.finished.passages.signs import sign
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Rule
from ita_helpers.checks.finished.rules import RULES, check_finished
from ita_helpers.checks.finished.times.times_read import time_words
from ita_helpers.documents import patterns
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import Claims
from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.naming import OVERALL, Naming, nearest_rules
from ita_helpers.documents.reading import has_thai, read_document
from ita_helpers.documents.year_told import year_of
from ita_helpers.errors import UnreadableDocument
from ita_helpers.files.workspace import Workspace
from ita_helpers.language import kept
from ita_helpers.language.begun import make_all
from ita_helpers.language.catalogue import say
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.spot import Spot
from ita_helpers.run.batch import run_all
from ita_helpers.run.limits import Limits
from ita_helpers.run.serving import run_here
from ita_helpers.store.organisations import all_organisations, read_office_names, read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_year

FEWEST, MOST, TASKS = 25, 100, 4
"""Documents that one process checks at a time, and how many tasks each processor gets at least.

The first documents of a process take longer than those behind them.
"""
RARELY = 500_000
"""New objects after which those are looked for that only each other hold.

A report that is done with leaves none, and each look takes as long as a fifth of a report.
"""
LIMITS = Limits(seconds=600, megabytes=2048)
PATTERNS = {
    "finished.patterns": reading.pattern,
    "said": reading.said,
    "signs": sign,
    "quantified": shared.pattern,
    "levelled": level_names.pattern,
    "times": time_words,
    "topics": topics.told,
    "topics.items": topics.in_names,
    "topics.words": topics.in_words,
}
"""The sections of the catalogue that the rules find patterns in, and what makes them."""


@dataclass(frozen=True)
class Basis:
    """What documents are held against, read once: the rules of all years, the offices."""

    workspace: Workspace
    rules: Mapping[int, Framework]
    offices: Mapping[str, Organisation]
    namings: dict[int, Naming] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> Basis:
        """Read it. Raises what ``read_framework`` and ``read_organisations`` raise."""
        rules = {year: read_framework(workspace, year) for year in workspace.framework_years()}
        named: dict[str, list[Organisation]] = {}
        offices = (e for e in read_organisations(workspace).values() if not e.is_reference)
        for each in offices:
            for name in {normal(each.name), normal(each.short_name)}:
                named.setdefault(name, []).append(each)
        single = {name: found[0] for name, found in named.items() if len(found) == 1}
        return cls(workspace, rules, single)

    def office(self, name: str) -> Organisation | None:
        """Return the office of this name, if it is the only one."""
        return self.offices.get(normal(name)) if name else None

    def known(self, office: Organisation, claims: Claims) -> dict[int, dict[str, Decimal]]:
        """Return the scores that ``data/`` has of an office, by year (B.E.) and code."""
        years = {each.fiscal_year for each in claims.claims} | {claims.fiscal_year}
        found = {
            year: read_year(self.workspace, office.code, year, self.rules.get(year))
            for year in sorted(years - {0})
        }
        return {
            year: {code: each.points for code, each in of_year.scores.items()}
            for year, of_year in found.items()
            if of_year
        }

    def naming(self, year: int) -> Naming:
        """Return what finds the names of a fiscal year (B.E.), the same for all its documents."""
        rules = nearest_rules(self.rules, year)
        if rules.fiscal_year not in self.namings:
            self.namings[rules.fiscal_year] = Naming(rules)
        return self.namings[rules.fiscal_year]

    @cached_property
    def means(self) -> dict[int, Decimal]:
        """The means of all offices that ``data/`` has, by year (B.E.)."""
        row = all_organisations(self.workspace).reference
        found = {}
        for year, rules in self.rules.items():
            scores = read_year(self.workspace, row.code, year, rules) if row else None
            if scores and OVERALL in scores.scores:
                found[year] = scores.scores[OVERALL].points
        return found

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the row with the means of all offices."""
        row = all_organisations(self.workspace).reference
        return (row.name, row.short_name) if row else ()


def check_documents(
    workspace: Workspace, files: Sequence[Path], codes: Sequence[str]
) -> Iterator[CheckedDocument]:
    """Yield what the rules of these codes find in documents, in order; errors become failures.

    Many documents are shared out to several processes.
    """
    if len(files) <= FEWEST:
        kept.fill(partial(_make_patterns, workspace))
        yield from _check_some(workspace, codes, tuple(files))
        return
    workers = os.cpu_count() or 1
    size = min(MOST, max(FEWEST, len(files) // (TASKS * workers)))
    tasks = [tuple(files[at : at + size]) for at in range(0, len(files), size)]
    work = partial(_check_task, workspace, tuple(codes))
    waiting, done = iter(tasks), dict[tuple[Path, ...], list[CheckedDocument]]()
    warm_up = f"{__name__}:warm_up {workspace.root}"
    due = next(waiting, ())
    for each in run_all(tasks, work, workers, LIMITS, warm_up):
        done[each.task] = each.result or [
            CheckedDocument(workspace.shown(file), failure=str(each.error)) for file in each.task
        ]
        while due in done:
            yield from done.pop(due)
            due = next(waiting, ())


def warm_up(root: str) -> None:
    """Read what all documents are held against, in the process that the others are forked from.

    All patterns are made and the examples of all rules checked before the fork.
    """
    make = partial(_make_patterns, Workspace(Path(root)))
    if not kept.fill(make):
        make()
    gc.set_threshold(RARELY)


def _make_patterns(workspace: Workspace) -> None:
    patterns.make_all()
    for name, make in PATTERNS.items():
        make_all(name, make)
    basis = _basis(workspace)
    for year in basis.rules:
        basis.naming(year)
    examples = (f"{rule.title}: {rule.example}" for rule in RULES)
    spots = (Spot("", line=number) for number, _ in enumerate(RULES, start=1))
    lines = tuple(Line(text, text, spot) for text, spot in zip(examples, spots, strict=True))
    check_finished(as_report(basis, Document("", lines)), on_failure=lambda *_: None)


def _check_task(
    workspace: Workspace, codes: Sequence[str], files: tuple[Path, ...]
) -> list[CheckedDocument]:
    """Check documents in a process of a pool, which then takes others: it has read what they say.

    The first fifty cost a quarter more than those behind them.
    """
    run_here(leaves_nothing=True)
    return _check_some(workspace, codes, files)


def _check_some(
    workspace: Workspace, codes: Sequence[str], files: tuple[Path, ...]
) -> list[CheckedDocument]:
    rules = [each for each in RULES if each.code in codes]
    return [check_document(_basis(workspace), file, rules) for file in files]


@lru_cache(1)
def _basis(workspace: Workspace) -> Basis:
    return Basis.of(workspace)


def check_document(basis: Basis, file: Path, rules: Sequence[Rule]) -> CheckedDocument:
    """Return what is found in one document, or why it cannot be checked.

    A rule that fails is told of among what could not be read; the others hold.
    """
    shown = basis.workspace.shown(file)
    failed = []

    def tell(rule: Rule, error: Exception) -> None:
        reason = str(told(error, basis.workspace))
        failed.append(say("finished.rule_failed", file=shown, code=rule.code, reason=reason))

    try:
        report = open_report(basis, file)
        problems = tuple(check_finished(report, rules, tell))
    except Exception as error:
        return CheckedDocument(shown, failure=str(told(error, basis.workspace)))
    losses = (*report.document.losses, *_unknown_year(report, shown), *failed)
    report.let_go()
    claims = report.claims
    return CheckedDocument(shown, claims.office, claims.fiscal_year, problems, losses=losses)


def _unknown_year(report: Report, shown: str) -> list[str]:
    if not report.year:
        return [say("finished.no_year", file=shown)]
    return [] if report.rules else [say("finished.no_rules", file=shown, year=report.year)]


def open_report(basis: Basis, file: Path) -> Report:
    """Return a document with its claims and what it is held against.

    Raises what ``read_document`` raises, and ``UnreadableDocument`` for one in another language.
    """
    document = read_document(file, basis.workspace.shown(file))
    if not has_thai(document):
        raise UnreadableDocument(file=document.file, problem="english")
    return as_report(basis, document)


def as_report(basis: Basis, document: Document) -> Report:
    """Return a document that was read with its claims and what it is held against."""
    year = year_of(document)
    naming = basis.naming(year)
    claims = claims_of(document, basis.rules, fiscal_year=year, naming=naming)
    office = basis.office(claims.office)
    return Report(
        document,
        claims,
        basis.rules,
        read_office_names(basis.workspace),
        office,
        basis.groups,
        basis.known(office, claims) if office else {},
        naming,
        basis.means,
    )
