"""Checking finished reports: each document opened, its claims found, and held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ita_helpers.boundary import told
from ita_helpers.checks.finished.outcome import CheckedDocument
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Rule
from ita_helpers.checks.finished.rules import check_finished
from ita_helpers.documents.claiming import claims_of
from ita_helpers.documents.claims import Claims
from ita_helpers.documents.document import Document
from ita_helpers.documents.reading import is_document, read_document
from ita_helpers.errors import ItaError, YearWithoutFramework
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.offices.finding import seen_from
from ita_helpers.records.framework import Framework
from ita_helpers.records.names import normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import all_organisations, read_office_names, read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_year


def documents_in(workspace: Workspace, places: Iterable[Path]) -> list[Path]:
    """Return the documents among places, and those in folders that hold no parameter files."""
    found: dict[Path, None] = {}
    for place in places:
        path = seen_from(workspace, place)
        if path.is_dir() and not any(path.rglob("*.yml")):
            found.update(dict.fromkeys(sorted(filter(is_document, path.rglob("*")))))
        elif is_document(path) and not path.is_dir():
            found[path] = None
    return list(found)


def check_documents(
    workspace: Workspace, files: Iterable[Path], rules: Sequence[Rule]
) -> Iterator[CheckedDocument]:
    """Yield what is found in documents, one after another; any error becomes a failure."""
    for file in files:
        yield check_document(workspace, file, rules)


def check_document(workspace: Workspace, file: Path, rules: Sequence[Rule]) -> CheckedDocument:
    """Return what is found in one document, or why it cannot be checked."""
    shown = workspace.shown(file)
    try:
        report = open_report(workspace, file)
        problems = tuple(check_finished(report, rules))
    except ItaError as error:
        return CheckedDocument(shown, failure=str(told(error, workspace)))
    losses = (*report.document.losses, *_unknown_year(report, shown))
    claims = report.claims
    return CheckedDocument(shown, claims.office, claims.fiscal_year, problems, losses=losses)


def _unknown_year(report: Report, shown: str) -> list[str]:
    if not report.year:
        return [say("finished.no_year", file=shown)]
    return [] if report.rules else [say("finished.no_rules", file=shown, year=report.year)]


def open_report(workspace: Workspace, file: Path) -> Report:
    """Return a document with its claims and what it is held against.

    Raises what ``read_document`` raises.
    """
    document = read_document(file, workspace.shown(file))
    claims = _claims(workspace, document)
    office = _office(workspace, claims.office)
    return Report(
        document,
        claims,
        lambda year: rules_of(workspace, year),
        read_office_names(workspace),
        office,
        _groups(workspace),
        _known(workspace, office, claims) if office else {},
    )


def rules_of(workspace: Workspace, year: int) -> Framework | None:
    """Return the rules of a fiscal year (B.E.), nothing where there are none."""
    try:
        return read_framework(workspace, year)
    except YearWithoutFramework:
        return None


def _claims(workspace: Workspace, document: Document) -> Claims:
    years = workspace.framework_years()
    return claims_of(document, {year: read_framework(workspace, year) for year in years})


def _groups(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the row with the means of all offices."""
    row = all_organisations(workspace).reference
    return (row.name, row.short_name) if row else ()


def _office(workspace: Workspace, name: str) -> Organisation | None:
    """Return the office of this name, if it is the only one."""
    named = [
        each
        for each in read_organisations(workspace).values()
        if name and normal(name) in (normal(each.name), normal(each.short_name))
    ]
    return named[0] if len(named) == 1 else None


def _known(
    workspace: Workspace, office: Organisation, claims: Claims
) -> dict[int, dict[str, Decimal]]:
    years = {each.fiscal_year for each in claims.claims} | {claims.fiscal_year}
    return {year: _scores(workspace, office, year) for year in years if year}


def _scores(workspace: Workspace, office: Organisation, year: int) -> dict[str, Decimal]:
    found = read_year(workspace, office.code, year, rules_of(workspace, year))
    return {code: each.points for code, each in found.scores.items()} if found else {}
