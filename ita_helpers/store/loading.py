"""Loading all that one report is made from.

Kept apart from the report itself so that the command line can check and compare inputs without
loading the charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from ita_helpers.files.change import undisturbed
from ita_helpers.files.presence import is_there
from ita_helpers.files.remembered import found_once, remembered
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.thai import Numerals
from ita_helpers.records.editions import Edition
from ita_helpers.records.internal import of_edition
from ita_helpers.records.layout import Layout, choose_layout
from ita_helpers.records.plan import Plan
from ita_helpers.records.rules import Evidence
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.assessment import Assessment, assess
from ita_helpers.scoring.history import build_history
from ita_helpers.scoring.report_data import Peers, ReportData
from ita_helpers.store.groups import read_peers, written_peers
from ita_helpers.store.offices import read_office
from ita_helpers.store.organisations import find_organisation, read_organisations
from ita_helpers.store.peer_scores import Asked, read_ranking
from ita_helpers.store.rules import (
    advice_file,
    has_own_rules,
    read_advice,
    read_framework,
    read_regulations,
)
from ita_helpers.store.scores import (
    read_reference,
    read_year,
    require_year,
    score_years,
    written_reference,
    written_rows,
)


def load_data(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    numerals: Numerals,
    layout: Layout | None = None,
    edition: Edition = "internal",
    peers: Asked = "",
) -> ReportData:
    """Read and check everything a report is made from, in one consistent state.

    Of what an office's files hold, an edition has only what it may show. ``peers`` are whom it is
    ranked among: its ``province``, ``district`` or ``type``, or offices by their codes.
    """
    asked = (workspace, organisation, fiscal_year, numerals, layout, edition, peers)
    return undisturbed(workspace.root, lambda: _load(*asked))


def _load(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    numerals: Numerals,
    layout: Layout | None,
    edition: Edition,
    asked: Asked,
) -> ReportData:
    shown = partial(of_edition, edition)
    office = find_organisation(workspace, organisation)
    framework = read_framework(workspace, fiscal_year)
    current = shown(require_year(workspace, organisation, fiscal_year, framework))
    assessments: dict[int, Assessment] = {fiscal_year: assess(framework, current)}
    others, reference = dict[int, YearScores](), dict[int, YearScores]()
    known = workspace.framework_years()
    years = {year for year in (*score_years(workspace), fiscal_year) if year <= fiscal_year}
    rules = {year: read_framework(workspace, year) if year in known else None for year in years}
    for year, rules_of_year in sorted(rules.items()):
        if means := read_reference(workspace, year, rules_of_year):
            reference[year] = shown(means)
        if year == fiscal_year:
            continue
        scores = shown(read_year(workspace, organisation, year, rules_of_year))
        if scores and rules_of_year:
            assessments[year] = assess(rules_of_year, scores)
        elif scores:
            others[year] = scores
    facts = shown(read_office(workspace, organisation))
    plan = shown(_plan(workspace, organisation, fiscal_year))
    peers = read_peers(workspace, office, rules)
    return ReportData(
        organisation=office,
        assessment=assessments[fiscal_year],
        history=build_history(assessments, others),
        reference=reference,
        numerals=numerals,
        own_framework=has_own_rules(workspace, fiscal_year),
        layout=layout or choose_layout(),
        office=facts,
        plan=plan.with_units(facts.units) if plan else None,
        last_plan=shown(_last_plan(workspace, organisation, fiscal_year)),
        evidence=evidence_of(workspace, fiscal_year),
        regulations=read_regulations(workspace, fiscal_year),
        advice=read_advice(workspace, fiscal_year, framework),
        peers=tuple(Peers(each.group, shown(each.years)) for each in peers),
        ranking=read_ranking(workspace, office, framework, asked),
        edition=edition,
    )


def _last_plan(workspace: Workspace, organisation: str, fiscal_year: int) -> Plan | None:
    """Return the plan that was carried out in the year of the result, where its rules are known."""
    if fiscal_year - 1 not in workspace.framework_years():
        return None
    return _plan(workspace, organisation, fiscal_year - 1)


def _plan(workspace: Workspace, organisation: str, fiscal_year: int) -> Plan | None:
    """Return the plan if there is one; only then are the spreadsheet readers imported."""
    if not workspace.plans(organisation, fiscal_year):
        return None
    from ita_helpers.store.plans import read_plan

    return read_plan(workspace, organisation, fiscal_year, read_framework(workspace, fiscal_year))


def evidence_of(workspace: Workspace, fiscal_year: int) -> Evidence | None:
    """Return what next year's assessment asks to see: assumed from this year's in the newest year.

    ``None`` if the rules name none.
    """
    years = workspace.framework_years()
    if fiscal_year + 1 in years:
        return read_framework(workspace, fiscal_year + 1).evidence
    evidence = read_framework(workspace, fiscal_year).evidence
    is_newest = fiscal_year == max(years)
    return evidence.as_assumed() if evidence and is_newest else None


def inputs_of(workspace: Workspace, organisation: str, fiscal_year: int) -> str:
    """Return a digest of all the data one report is made from, as stored.

    Rows count, not files: another organisation's scores, or another order, change nothing. Raises
    an ``ItaError`` for tables that cannot be read.
    """
    return undisturbed(workspace.root, lambda: _inputs_of(workspace, organisation, fiscal_year))


def _inputs_of(workspace: Workspace, organisation: str, fiscal_year: int) -> str:
    office = read_organisations(workspace).get(organisation)
    own = [
        written_rows(workspace, organisation, fiscal_year),
        written_peers(workspace, office, fiscal_year) if office else [],
        repr(read_office(workspace, organisation)),
        *(
            content_of(path)
            for year in (fiscal_year - 1, fiscal_year)
            for path in workspace.plans(organisation, year)
        ),
    ]
    cohort = found_once((workspace, fiscal_year), lambda: _cohort(workspace, fiscal_year))
    return _digest([*own, cohort])


def _cohort(workspace: Workspace, fiscal_year: int) -> str:
    """Return the digest of what all reports of a year share: rules, laws, advice, means."""
    years = [year for year in workspace.framework_years() if year <= fiscal_year + 1]
    framework = read_framework(workspace, fiscal_year)
    shared = [
        [content_of(workspace.framework(year)) for year in years],
        has_own_rules(workspace, fiscal_year),
        [content_of(workspace.yearly("questions", year)) for year in years],
        content_of(workspace.regulations),
        content_of(advice_file(workspace, fiscal_year, framework)),
        written_reference(workspace, fiscal_year),
    ]
    return _digest(shared)


def content_of(path: Path) -> str:
    """Return the digest of a file; a fixed text for a missing file or a folder."""
    if not (is_there(path) and path.is_file()):
        return "folder" if path.is_dir() else ""
    return remembered(path, "content", lambda: sha256(path.read_bytes()).hexdigest())


def _digest(parts: Sequence[object]) -> str:
    return sha256(repr(parts).encode("utf-8")).hexdigest()
