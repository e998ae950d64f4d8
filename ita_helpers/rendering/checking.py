"""Checking reports and all they are made of: results, people's words, plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ita_helpers.boundary import told
from ita_helpers.checks.finished.outcome import CheckedDocument
from ita_helpers.checks.telling import (
    Finding,
    find_in_figures,
    find_in_row,
    find_whole,
    lines_of,
    rated,
)
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.problem import Problem
from ita_helpers.rendering import copies
from ita_helpers.rendering.copy_checks import (
    cells_to_check,
    check_losses,
    check_report,
    unseen_cells,
)
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.misnamed import find_misnamed
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.words.contradictions import check_result, find_contradictions
from ita_helpers.words.peers import doubt_peers


@dataclass
class Checked:
    """What is wrong or may be wrong with some reports, and how many of their slots are drafts.

    ``findings`` are contradictions, stale and lost words, ``asked`` the questions about a plan,
    which may be meant as it is, ``doubts`` what may be right. ``of_years`` says what is uncertain
    about the rules of their years and of the next. Of one report there are its parameter file, the
    office and the fiscal year (B.E.), and the ``failure`` that kept it from being checked.
    """

    findings: list[Finding] = field(default_factory=list)
    asked: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    drafts: int = 0
    of_years: frozenset[str] = frozenset()
    file: str = ""
    office: str = ""
    fiscal_year: int = 0
    failure: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines on what is wrong, or may be wrong with a plan."""
        return lines_of([*self.findings, *self.asked])

    @property
    def told(self) -> list[str]:
        """All lines, what is wrong first."""
        return [*self.lines, *lines_of(self.doubts)]

    def __add__(self, other: Checked) -> Checked:
        return Checked(
            self.findings + other.findings,
            self.asked + other.asked,
            self.doubts + other.doubts,
            self.drafts + other.drafts,
            self.of_years | other.of_years,
        )

    def as_document(self) -> CheckedDocument:
        """Return what the page of a check shows of one report."""
        found = (*self.findings, *self.asked, *self.doubts)
        drafts = (say("check.drafts", count=self.drafts),) if self.drafts else ()
        return CheckedDocument(
            self.file,
            self.office,
            self.fiscal_year,
            () if self.failure else tuple(each.as_problem() for each in found),
            self.failure,
            drafts,
        )


def check_all(workspace: Workspace, files: Iterable[Path], *, names: bool) -> Iterator[Checked]:
    """Yield what is found in the reports of parameter files, one after another.

    With ``names`` the first item reports files that nothing reads because of their names.
    """
    if names:
        yield Checked([find_whole("misnamed", each) for each in _check_names(workspace)])
    for file in files:
        yield check_report_of(workspace, file)


def _check_names(workspace: Workspace) -> list[str]:
    return [
        say(
            "cli.check.misnamed",
            file=workspace.shown(each.file),
            meant=workspace.shown(each.meant),
            is_there=each.meant.exists(),
        )
        for each in find_misnamed(workspace)
    ]


def check_report_of(workspace: Workspace, file: Path) -> Checked:
    """Check the report of a parameter file; any error becomes the one thing that is found."""
    checked = Checked(file=workspace.shown(file))
    try:
        parameters = load_parameters(file, workspace)
        checked.fiscal_year = parameters.fiscal_year
        if parameters.kind.is_of_many:
            from ita_helpers.rendering.comparing import tell_limits

            limits = tell_limits(workspace, parameters)
            checked.doubts = rated((find_whole("limit", each) for each in limits), "hint")
            return checked
        data = load(workspace, parameters)
        checked.office = data.organisation.name
        _check(checked, workspace, parameters, data)
    except Exception as error:
        failure = str(told(error, workspace))
        found = [find_whole("failure", failure)]
        return Checked(found, file=checked.file, office=checked.office, failure=failure)
    return checked


def _check(
    checked: Checked, workspace: Workspace, parameters: ReportParameters, data: ReportData
) -> None:
    """Add what is found in a report."""
    asked = _check_plan(workspace, data)
    if parameters.kind.ends:
        checked.asked = rated([*asked, *_check_follow_up(parameters, data)], "warning")
        return
    certain, doubts = _check_scores(workspace, data)
    own = OwnNotebook(workspace, parameters, data)
    cells = cells_to_check(own)
    words = [*check_report(own), *check_losses(own, cells)]
    if own.joined:
        doubts += unseen_cells(own, cells)
        doubts += [find_whole("values", each) for each in copies.tell_values(own)]
    doubts += [Finding(Problem("peers", each), checked.file) for each in _doubt_peers(data)]
    checked.findings = [*certain, *rated(words, "warning")]
    checked.asked = rated(asked, "warning")
    checked.doubts = rated(doubts, "hint")
    checked.drafts = len(own.unreviewed(own.drafts)) if parameters.kind.has_copy else 0
    checked.of_years = frozenset(_check_years(data))


def _doubt_peers(data: ReportData) -> Iterator[str]:
    """Yield what is uncertain about the peers that an office is to be ranked among."""
    if said := doubt_peers(data):
        yield said
    if data.ranking and "peers" not in data.layout.parts:
        yield label("peers.not_shown")


def count_findings(own: OwnNotebook, known: tuple[int, int] | None) -> dict[str, int]:
    """Return how many things there are to look at in a report: scores, words, losses, its plan.

    ``known`` are what the last run counted of words and losses, if that still holds.
    """
    asked = [*_check_plan(own.workspace, own.data)]
    if own.parameters.kind.ends:
        return {"plan": len(asked) + len(_check_follow_up(own.parameters, own.data))}
    scores = () if own.data.organisation.is_reference else find_contradictions(own.data.assessment)
    words, losses = known or (len(check_report(own)), len(check_losses(own, cells_to_check(own))))
    return {"scores": len(scores), "words": words, "losses": losses, "plan": len(asked)}


def _check_scores(workspace: Workspace, data: ReportData) -> tuple[list[Finding], list[Finding]]:
    """Return the contradictions within the result, and the doubtful figures."""
    if data.organisation.is_reference:
        return [], []
    sorted_out: dict[bool, list[Finding]] = {True: [], False: []}
    scores = data.assessment.scores.scores
    for each in check_result(data.assessment):
        rows = sorted(scores[code].row for code in each.codes if code in scores)
        file = workspace.shown(workspace.yearly("scores", data.fiscal_year))
        sorted_out[each.is_certain].append(find_in_figures(each, file, rows))
    return sorted_out[True], sorted_out[False]


def _check_years(data: ReportData) -> Iterator[str]:
    """Yield what a report rests on without confirmation from its year's manual."""
    if data.framework.is_assumed:
        yield say("confirm.check", year=data.fiscal_year)
    if data.evidence and data.evidence.confidence != "verified":
        items = [each.item.upper() for each in (data.evidence.analysis, data.evidence.follow_up)]
        is_assumed = data.evidence.confidence == "assumed"
        facts = {"year": data.fiscal_year + 1, "items": items, "is_assumed": is_assumed}
        yield say("confirm.check_evidence", **facts)


def _check_follow_up(parameters: ReportParameters, data: ReportData) -> list[Finding]:
    from ita_helpers.reports.follow_up import FollowUp, day_of

    day = day_of(parameters.fiscal_year, parameters.report, parameters.as_of)
    file = data.plan.file if data.plan else ""
    questions = FollowUp(data, parameters.report, day).list_questions()
    return [find_in_row(each, file) for each in questions]


def _check_plan(workspace: Workspace, data: ReportData) -> list[Finding]:
    if data.plan is None:
        return []
    from ita_helpers.checks.plan import check_plan

    offices = read_office_names(workspace)
    return [find_in_row(each, data.plan.file) for each in check_plan(data, offices)]
