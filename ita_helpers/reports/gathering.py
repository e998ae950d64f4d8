"""Gathering the reports of many offices for a comparison."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ita_helpers.errors import NoOrganisations, NothingToCompare
from ita_helpers.files.workspace import RENDERED_VARIABLE, Workspace
from ita_helpers.language.thai import Numerals
from ita_helpers.records.editions import Edition
from ita_helpers.records.names import normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.reports.recorded import RecordedReports, Unusable
from ita_helpers.scoring.compared import (
    Compared,
    ComparisonData,
    Scope,
    Skipped,
    find_twice,
    part_by_rules,
)
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.ranks import read_ranks
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_reference
from ita_helpers.words.comparison import name_scope


@dataclass(frozen=True)
class Gathered:
    """The offices of a scope by what became of their reports; see ``ComparisonData``."""

    offices: tuple[Compared, ...]
    apart: tuple[Compared, ...]
    missing: tuple[Organisation, ...]
    skipped: tuple[Skipped, ...]
    made_up: int
    twice: tuple[tuple[str, ...], ...]
    as_of: date


def members_of(workspace: Workspace, scope: Scope) -> list[Organisation]:
    """Return the organisations of a scope in the order of their table, groups left out.

    Raises ``UnknownOrganisation`` for a listed code, or ``NoOrganisations`` where none belongs.
    """
    if scope.listed:
        return [find_organisation(workspace, code) for code in dict.fromkeys(scope.listed)]
    return _all_of_place(workspace, scope)


def _all_of_place(workspace: Workspace, scope: Scope) -> list[Organisation]:
    asked = {"province": scope.province, "district": scope.district, "type": scope.type}
    wanted = {key: normal(name) for key, name in asked.items() if name}
    found = [
        each
        for each in read_organisations(workspace).values()
        if not each.is_reference
        and all(normal(getattr(each, key)) == name for key, name in wanted.items())
    ]
    if not found:
        shown = workspace.shown(workspace.organisations)
        raise NoOrganisations(file=shown, **asked)
    return found


def gather(workspace: Workspace, rendered: Path, fiscal_year: int, scope: Scope) -> Gathered:
    """Read what the reports of a scope recorded in a fiscal year (B.E.).

    Made-up offices are left out where there are others. Raises what ``members_of`` raises, or
    ``NothingToCompare`` where no office has a report.
    """
    members = members_of(workspace, scope)
    reader = RecordedReports(
        workspace, rendered, fiscal_year, scope, frozenset(e.code for e in members)
    )
    found: dict[str, Compared] = {}
    skipped = [*reader.strangers()]
    for office in members:
        try:
            if compared := reader.read(office):
                found[office.code] = compared
        except Unusable as error:
            skipped.append(Skipped(reader.shown(office.code), error.why))
    if not found:
        raise _nothing(workspace, rendered, fiscal_year, len(members))
    is_mixed = any(not each.office.is_made_up for each in found.values())
    left_out = {code for code, each in found.items() if is_mixed and each.office.is_made_up}
    kept = [each for code, each in found.items() if code not in left_out]
    offices, apart = part_by_rules(kept)
    belonging = _all_of_place(workspace, scope) if scope.published else members
    return Gathered(
        tuple(offices),
        tuple(apart),
        tuple(e for e in belonging if e.code not in found and not (is_mixed and e.is_made_up)),
        tuple(skipped),
        len(left_out),
        find_twice(kept),
        reader.last_made(found),
    )


def _nothing(workspace: Workspace, rendered: Path, year: int, count: int) -> NothingToCompare:
    folder = workspace.shown(rendered / str(year))
    return NothingToCompare(folder=folder, year=year, count=count)


def recorded(workspace: Workspace, rendered: Path, fiscal_year: int, scope: Scope) -> list[object]:
    """Return what tells whether a comparison is still current, without reading a notebook.

    Raises what ``gather`` raises.
    """
    members = members_of(workspace, scope)
    codes = frozenset(each.code for each in members)
    reader = RecordedReports(workspace, rendered, fiscal_year, scope, codes)
    if not reader.states():
        raise _nothing(workspace, rendered, fiscal_year, len(members))
    numbers = [(code, reader.issued_number(code)) for code in sorted(codes)]
    ranks = [repr(read_ranks(workspace, code, fiscal_year)) for code in sorted(codes)]
    scores = [
        tuple((row["code"], row["score"], row["status"]) for row in reader.score_rows(code))
        for code in sorted(codes)
    ]
    return [*map(repr, members), *reader.states(), *numbers, *ranks, *scores]


def read_comparison(
    workspace: Workspace,
    fiscal_year: int,
    scope: Scope,
    numerals: Numerals = "thai",
    edition: Edition = "internal",
    marked: str = "",
) -> ComparisonData:
    """Read what is compared, from the folder that reports are made into."""
    rendered = Path(os.environ.get(RENDERED_VARIABLE) or workspace.rendered)
    framework = read_framework(workspace, fiscal_year)
    found = gather(workspace, rendered, fiscal_year, scope)
    reference = read_reference(workspace, fiscal_year, framework)
    mean = reference.scores.get("ITA") if reference else None
    return ComparisonData(
        scope=scope,
        name=name_scope(scope, len(scope.listed)),
        framework=framework,
        offices=found.offices,
        numerals=numerals,
        edition=edition,
        marked=marked,
        missing=found.missing,
        apart=found.apart,
        skipped=found.skipped,
        made_up=found.made_up,
        twice=found.twice,
        country_mean=mean.points if mean else None,
        as_of=found.as_of,
    )
