"""``ita check``: parameter files, data and the words of notebooks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_files, open_workspace
from ita_helpers.language.catalogue import say
from ita_helpers.rendering.checking import Checked, check_all


@command("check")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.pass_obj
def check(root: Path | None, params: tuple[Path, ...], year: int | None) -> None:
    """Check parameter files, data and the words of notebooks."""
    workspace = open_workspace(root)
    files = find_parameter_files(params, workspace, year)
    found = Checked()
    for checked in check_all(workspace, files, names=not params):
        for line in checked.told:
            click.echo(line)
        found += checked
    for line in sorted(found.of_years):
        click.echo(line)
    count = len(found.lines)
    click.echo(say("check.done", files=len(files), count=count, drafts=found.drafts))
    sys.exit(1 if count else 0)
