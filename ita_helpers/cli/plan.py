"""``ita plan``: the table of measures, drafted."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.files.change import writing
from ita_helpers.language.catalogue import label, say
from ita_helpers.plans.update import write_plan
from ita_helpers.rendering.one import load
from ita_helpers.store.params import load_parameters


@command("plan")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def plan(root: Path | None, params: Path, year: int | None) -> None:
    """Draft the table of measures."""
    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(params, workspace, year), workspace)
    with writing(workspace.root):
        drafted = write_plan(workspace, parameters, load(workspace, parameters))
    file = workspace.shown(drafted.path)
    if drafted.backup:
        backup = workspace.shown(drafted.backup)
        click.echo(say("cli.plan.added", count=drafted.count, file=file, backup=backup))
        if drafted.formulas:
            click.echo(say("cli.plan.formulas", count=drafted.formulas))
    elif drafted.count:
        click.echo(say("cli.plan.made", count=drafted.count, file=file))
    elif drafted.path.exists():
        click.echo(say("cli.plan.nothing", file=file))
    else:
        click.echo(label("cli.plan.nothing_low"))
