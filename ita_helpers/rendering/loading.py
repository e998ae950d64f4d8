"""Reading all that a report is made from; what only reads or checks needs nothing that makes it."""

from __future__ import annotations

from ita_helpers.errors import NotOfOneOffice, PlanMissing
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.editions import Edition
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.store.loading import load_data
from ita_helpers.store.params import ReportParameters


def load(
    workspace: Workspace, parameters: ReportParameters, edition: Edition = "internal"
) -> ReportData:
    """Read and check everything a report is made from, as the office has it or an edition shows it.

    Raises ``PlanMissing`` for a report on a plan that is not there, or ``NotOfOneOffice``.
    """
    if parameters.kind.is_of_many:
        asked = workspace.params / parameters.stem.with_suffix(".yml")
        raise NotOfOneOffice(file=workspace.shown(asked))
    owner = (parameters.organisation, parameters.fiscal_year)
    layout = parameters.of_edition(edition).layout
    numerals, peers = parameters.numerals, parameters.peers
    data = load_data(workspace, *owner, numerals, layout, edition, peers)
    if parameters.kind.needs_plan and data.plan is None:
        file = workspace.shown(workspace.new_plan(*owner))
        raise PlanMissing(file=file, organisation=parameters.organisation)
    return data
