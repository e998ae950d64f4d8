"""The evidence of an office for the next assessment: its papers, what they show, its addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from ita_helpers.documents.naming import Naming
from ita_helpers.errors import NoEvidence, UnusablePaper
from ita_helpers.evidence.addresses import TABLE, read_addresses, write_addresses
from ita_helpers.evidence.dossier import Dossier, Element, Item
from ita_helpers.evidence.elements import find_element, find_tables, measures_in, usual_elements
from ita_helpers.evidence.spelling import spelled
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.kinds import report_kinds
from ita_helpers.records.rules import Evidence, EvidenceItem
from ita_helpers.rendering.evidence_papers import Found, Wanted, find_paper
from ita_helpers.rendering.loading import load
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import evidence_of
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.store.rules import read_framework
from ita_helpers.words.coverage import missing_elements


@dataclass(frozen=True)
class _Asked:
    """What is asked of an office, with what its report is made from."""

    workspace: Workspace
    file: Path
    parameters: ReportParameters
    data: ReportData
    evidence: Evidence

    @property
    def owner(self) -> tuple[str, int]:
        """The office and the fiscal year (B.E.) of the result."""
        return self.parameters.organisation, self.parameters.fiscal_year


def gather(workspace: Workspace, file: Path) -> Dossier:
    """Return the evidence of the office that a parameter file is of.

    Items without a row in the table of addresses get one. Raises ``NoEvidence``, ``UnusablePaper``
    for an analysis that cannot be shown, ``BadAddress``, or what reading raises.
    """
    parameters = load_parameters(file, workspace)
    data = load(workspace, parameters)
    if data.evidence is None:
        raise _no_evidence(workspace, parameters.fiscal_year)
    asked = _Asked(workspace, file, parameters, data, data.evidence)
    found = find_paper(Wanted(workspace, *asked.owner, report_kinds()[0]))
    analysis = _item(asked, data.evidence.analysis, found, data.framework)
    return _with_addresses(asked, _dossier(asked, found, (analysis, _follow_up(asked))))


def _no_evidence(workspace: Workspace, fiscal_year: int) -> NoEvidence:
    known = [year for year in workspace.framework_years() if evidence_of(workspace, year)]
    return NoEvidence(assessment=fiscal_year + 1, known=known)


def _dossier(asked: _Asked, found: Found, items: tuple[Item, ...]) -> Dossier:
    data, version = asked.data, found.version
    overall = data.assessment.value("ITA")
    level = data.assessment.verdict.level or ""
    return Dossier(
        organisation=asked.parameters.organisation,
        name=data.organisation.name,
        fiscal_year=data.fiscal_year,
        items=items,
        overall=version.scores.get("ITA", "") if version else _points(overall),
        level=version.level if version else level,
        confidence=asked.evidence.confidence,
        doubt=_doubt(asked),
        table=asked.workspace.shown(asked.workspace.yearly(TABLE, data.fiscal_year)),
        website=data.office.website,
        numerals=data.numerals,
    )


def _points(value: Fraction | None) -> str:
    return "" if value is None else format_score(value)


def _doubt(asked: _Asked) -> str:
    """Return what the items rest on where nobody read them in the year's manual."""
    evidence = asked.evidence
    if evidence.confidence == "verified":
        return ""
    items = [each.item.upper() for each in (evidence.analysis, evidence.follow_up)]
    is_assumed = evidence.confidence == "assumed"
    facts = {"year": asked.data.fiscal_year + 1, "items": items, "is_assumed": is_assumed}
    return say("confirm.check_evidence", **facts)


def _follow_up(asked: _Asked) -> Item:
    """Return the item that asks what became of measures, with the report that covers most."""
    wanted = asked.evidence.follow_up
    organisation, fiscal_year = asked.owner
    owner = (asked.workspace, organisation, fiscal_year - wanted.years_back)
    reports = [Wanted(*owner, kind) for kind in report_kinds() if kind.ends]
    for each in reports:
        try:
            found = find_paper(each)
        except UnusablePaper as error:
            if error.facts["problem"] != "missing":
                return Item(wanted.item, wanted.title, None, lack=str(error))
            continue
        return _item(asked, wanted, found, read_framework(asked.workspace, owner[2]))
    return Item(wanted.item, wanted.title, None, lack=str(_no_follow_up(reports[0])))


def _no_follow_up(wanted: Wanted) -> UnusablePaper:
    """Return what to do where there is no report on the measures of a year."""
    workspace, organisation, year = wanted.workspace, wanted.organisation, wanted.fiscal_year
    plans = workspace.plans(organisation, year)
    if plans and wanted.parameters.exists():
        return wanted.unusable(workspace.rendered / wanted.stem, "missing")
    file = workspace.shown(plans[0] if plans else workspace.new_plan(organisation, year))
    problem = "no_follow_up" if plans else "no_plan"
    return UnusablePaper(file=file, year=year, problem=problem)


def _item(asked: _Asked, wanted: EvidenceItem, found: Found, rules: Framework) -> Item:
    """Return an item with its paper and what that shows.

    The rules list the elements of the analysis alone.
    """
    is_analysis = wanted is asked.evidence.analysis
    listed = asked.evidence.required_elements if is_analysis else ()
    names = listed or usual_elements("analysis" if is_analysis else "follow_up")
    tables = spelled(find_tables(found.document, Naming(rules)), found.measures)
    elements = [find_element(each, tables, found.document) for each in names]
    if listed:
        elements = [_with_remedy(asked, each) for each in elements]
    paper = replace(found.paper, rows=measures_in(tables))
    shown = tuple(each for each in elements if listed or each.places)
    return Item(wanted.item, wanted.title, paper, elements=shown, is_listed=bool(listed))


def _with_remedy(asked: _Asked, element: Element) -> Element:
    """Return an element with what to do where it is lacking."""
    data = asked.data
    if data.plan is None:
        key = "no_plan"
    elif element.state == "partly":
        key = "blank"
    elif "measures" not in data.layout.parts:
        key = "part"
    else:
        key = "layout" if element.name in missing_elements(data) else "report"
    remedy = say(
        f"evidence.remedy.{key}",
        plan=data.plan.file if data.plan else "",
        params=asked.workspace.shown(asked.file),
        organisation=data.organisation.code,
        year=data.fiscal_year,
    )
    return replace(element, remedy=remedy)


def _with_addresses(asked: _Asked, dossier: Dossier) -> Dossier:
    """Return the evidence with its addresses, each of which has a row to be filled in."""
    codes = [each.code for each in dossier.items]
    known = read_addresses(asked.workspace, *asked.owner, codes)
    if new := dict.fromkeys((each for each in codes if each not in known), ""):
        write_addresses(asked.workspace, *asked.owner, new)
        known = read_addresses(asked.workspace, *asked.owner, codes)
    items = (replace(e, address=known[e.code].text, row=known[e.code].row) for e in dossier.items)
    return replace(dossier, items=tuple(items))
