"""``ita new workspace``: an office's own workspace."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command
from ita_helpers.language.catalogue import say


@command("new.workspace")
@click.argument("folder", metavar="DIR", type=PATH)
def new_workspace(folder: Path) -> None:
    """Make an office's own workspace."""
    from ita_helpers.offices.workspace import make_workspace

    workspace = make_workspace(folder)
    click.echo(say("cli.new.workspace.done", folder=workspace.root))
