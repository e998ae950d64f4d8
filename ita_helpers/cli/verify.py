"""``ita verify``: whether a file is an issued version, a working copy, or was altered since."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command
from ita_helpers.cli.places import open_workspace


@command("verify")
@click.argument("file", type=PATH)
@click.pass_obj
def verify(root: Path | None, file: Path) -> None:
    """Say what a file is."""
    from ita_helpers.documents.reading import read_bytes
    from ita_helpers.issued.telling import lines_of_verified
    from ita_helpers.issued.verifying import verify as look
    from ita_helpers.offices.finding import seen_from

    workspace = open_workspace(root)
    place = seen_from(workspace, file)
    verified = look(workspace, place, read_bytes(place, workspace.shown(place)))
    for line in lines_of_verified(workspace, place, verified):
        click.echo(line)
    sys.exit(0 if verified.state in ("issued", "signed") else 1)
