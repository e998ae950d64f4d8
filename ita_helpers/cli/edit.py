"""``ita edit``: an office's own notebook, made or renewed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ita_helpers.cli.asking import ask_trust
from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.cli.usage import Misuse
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say

if TYPE_CHECKING:
    from ita_helpers.rendering.copies import Renewal


@command("edit")
@click.argument("params", type=PATH)
@year_option
@click.option("--no-lab", is_flag=True, help=label("cli.edit.no_lab"))
@click.pass_obj
def edit(root: Path | None, params: Path, year: int | None, no_lab: bool) -> None:
    """Make or renew the office's own notebook of one report, and open it."""
    from ita_helpers.rendering.copies import renew_copy
    from ita_helpers.rendering.loading import load
    from ita_helpers.store.params import load_parameters

    workspace = open_workspace(root)
    params = find_parameter_file(params, workspace, year)
    parameters = load_parameters(params, workspace)
    if not parameters.kind.has_copy:
        raise Misuse(label("follow_up.edit"))
    data = load(workspace, parameters)
    ask_trust(workspace)
    renewal = renew_copy(workspace, parameters, params, data)
    _tell_renewal(workspace, renewal)
    if not no_lab:
        from ita_helpers.lab.opening import run_jupyterlab

        sys.exit(run_jupyterlab(workspace, str(renewal.path)))


def _tell_renewal(workspace: Workspace, renewal: Renewal) -> None:
    file = workspace.shown(renewal.path)
    if not renewal.is_written:
        click.echo(say("edit.current", file=file))
    elif renewal.backup:
        click.echo(say("edit.renewed", file=file, backup=workspace.shown(renewal.backup)))
    else:
        click.echo(say("edit.made", file=file))
    if renewal.offers:
        click.echo(say("edit.offered", year=renewal.offers_of, count=renewal.offers))
