"""``ita plan``: the table of measures, drafted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.cli.usage import confirmed
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.screen import can_ask

if TYPE_CHECKING:
    from ita_helpers.scoring.report_data import ReportData


@command("plan")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def plan(root: Path | None, params: Path, year: int | None) -> None:
    """Draft the table of measures."""
    from ita_helpers.files.change import writing
    from ita_helpers.plans.update import write_plan
    from ita_helpers.rendering.loading import load
    from ita_helpers.store.params import load_parameters

    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(params, workspace, year), workspace)
    with writing(workspace.root):
        data = load(workspace, parameters)
        if _fill(workspace, data):
            data = load(workspace, parameters)
        drafted = write_plan(workspace, parameters, data)
    file = workspace.shown(drafted.path)
    if drafted.backup:
        backup = workspace.shown(drafted.backup)
        click.echo(say("cli.plan.added", count=drafted.count, file=file, backup=backup))
        if drafted.formulas:
            click.echo(say("cli.plan.formulas", count=drafted.formulas))
    elif drafted.unknown:
        click.echo(say("cli.plan.unknown", file=file, codes=join_names(drafted.unknown)))
    elif drafted.count:
        click.echo(say("cli.plan.made", count=drafted.count, file=file))
    elif drafted.path.exists():
        click.echo(say("cli.plan.nothing", file=file))
    else:
        click.echo(label("cli.plan.nothing_low"))


def _fill(workspace: Workspace, data: ReportData) -> bool:
    """Show the indicators that the words of the measures name, and write them if confirmed."""
    from ita_helpers.plans.filling import fill_indicators, propose_indicators

    proposals = propose_indicators(data.plan, data.framework) if data.plan else []
    if not proposals:
        return False
    (path,) = workspace.plans(data.organisation.code, data.fiscal_year)
    click.echo(say("cli.plan.unnamed", file=workspace.shown(path)))
    for each in proposals:
        codes = join_names(each.codes)
        click.echo(
            say("cli.plan.proposal", row=each.measure.row, name=each.measure.name, codes=codes)
        )
    if not can_ask():
        click.echo(label("cli.plan.unasked"))
        return False
    if not confirmed(label("cli.plan.ask")):
        return False
    backup = fill_indicators(workspace, path, proposals)
    click.echo(say("cli.plan.filled", count=len(proposals), backup=workspace.shown(backup)))
    return True
