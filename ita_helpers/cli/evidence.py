"""``ita evidence``: what the next assessment asks to see of a result, ready for the website."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.language.catalogue import say


@command("evidence")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def evidence(root: Path | None, params: Path, year: int | None) -> None:
    """Make the evidence of an office."""
    from ita_helpers.evidence.telling import lines_of, to_do
    from ita_helpers.rendering.evidence import gather
    from ita_helpers.rendering.evidence_folder import PAGE, files_of, folder_of, write_folder

    workspace = open_workspace(root)
    dossier = gather(workspace, find_parameter_file(params, workspace, year))
    folder = folder_of(workspace, dossier.organisation, dossier.fiscal_year)
    write_folder(workspace, folder, files_of(dossier))
    shown = workspace.shown(folder)
    click.echo(say("evidence.done", name=dossier.name, year=dossier.assessment, folder=shown))
    for line in lines_of(dossier):
        click.echo(line)
    for each in to_do(dossier):
        click.echo(str(each))
    click.echo(say("evidence.open", page=f"{shown}/{PAGE}"))
    sys.exit(0 if dossier.is_complete else 1)
