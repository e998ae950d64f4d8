"""Checking one report with all it is made of: the result, the words people wrote, the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_helpers.boundary import told
from ita_helpers.checks.plan import PlanProblem, check_plan, describe
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.rendering import copies
from ita_helpers.rendering.copy_checks import (
    cells_to_check,
    check_losses,
    check_report,
    unseen_cells,
)
from ita_helpers.rendering.one import load
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.misnamed import find_misnamed
from ita_helpers.store.organisations import read_office_names
from ita_helpers.store.params import ReportParameters, load_parameters
from ita_helpers.words.contradictions import check_result


def check_names(workspace: Workspace) -> list[str]:
    """Return a line for each file of the workspace that nothing reads because of its name."""
    return [
        say(
            "cli.check.misnamed",
            file=workspace.shown(each.file),
            meant=workspace.shown(each.meant),
            is_there=each.meant.exists(),
        )
        for each in find_misnamed(workspace)
    ]


@dataclass
class Checked:
    """What is wrong with one report, what may be, and how many of its slots are drafts.

    ``of_years`` says what is not sure about the rules of its year and of the next.
    """

    lines: list[str]
    notes: list[str] = field(default_factory=list)
    drafts: int = 0
    of_years: frozenset[str] = frozenset()


def check_report_of(workspace: Workspace, file: Path) -> Checked:
    """Check the report of a parameter file; whatever goes wrong is one of the lines."""
    try:
        parameters = load_parameters(file, workspace)
        data = load(workspace, parameters)
        if not parameters.is_analysis:
            return Checked([*_check_plan(workspace, data), *_check_follow_up(parameters, data)])
        certain, doubts = _check_scores(workspace, data)
        joined = copies.join_copy(workspace, parameters, data)
        drafts = len(joined.slots("draft")) if joined else len(copies.drafts_of(data))
        lines = check_report(workspace, parameters, data, joined)
        cells = cells_to_check(workspace, parameters, joined)
        lines += check_losses(workspace, parameters, joined, cells)
        lines += _check_plan(workspace, data)
        if joined:
            doubts += unseen_cells(workspace, parameters, joined, cells)
            doubts += copies.tell_values(workspace, parameters, joined)
        return Checked([*certain, *lines], doubts, drafts, frozenset(_check_years(data)))
    except Exception as error:
        return Checked([str(told(error, workspace))])


def _check_scores(workspace: Workspace, data: ReportData) -> tuple[list[str], list[str]]:
    """Return a line for each contradiction within the result, and for each doubtful figure."""
    if data.organisation.is_reference:
        return [], []
    sorted_out: dict[bool, list[str]] = {True: [], False: []}
    scores = data.assessment.scores.scores
    for each in check_result(data.assessment):
        rows = sorted(scores[code].row for code in each.codes if code in scores)
        file = workspace.shown(workspace.yearly("scores", data.fiscal_year))
        line = say("result_check.line", file=file, rows=rows, problem=each.text)
        sorted_out[each.is_certain].append(line)
    return sorted_out[True], sorted_out[False]


def _check_years(data: ReportData) -> Iterator[str]:
    """Yield what a report rests on and nobody has read in the manual of its year."""
    if data.framework.is_assumed:
        yield say("confirm.check", year=data.fiscal_year)
    if data.evidence and data.evidence.confidence != "verified":
        items = [each.item.upper() for each in (data.evidence.analysis, data.evidence.follow_up)]
        is_assumed = data.evidence.confidence == "assumed"
        facts = {"year": data.fiscal_year + 1, "items": items, "is_assumed": is_assumed}
        yield say("confirm.check_evidence", **facts)


def _check_follow_up(parameters: ReportParameters, data: ReportData) -> list[str]:
    from ita_helpers.reports.follow_up import FollowUp, day_of

    period: Any = parameters.report
    day = day_of(parameters.fiscal_year, period, parameters.as_of)
    file = data.plan.file if data.plan else ""
    return [
        describe(PlanProblem("follow_up", row, text), file)
        for row, text in FollowUp(data, period, day).list_questions()
    ]


def _check_plan(workspace: Workspace, data: ReportData) -> list[str]:
    if data.plan is None:
        return []
    offices = read_office_names(workspace)
    return [describe(each, data.plan.file) for each in check_plan(data, offices)]
