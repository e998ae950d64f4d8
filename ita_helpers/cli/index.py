"""``ita index``: the list of all reports of a folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.errors import FileMissing
from ita_helpers.language.catalogue import label, say


@command("index")
@click.option("--out", type=PATH, help=label("cli.render.out"))
@click.pass_obj
def index(root: Path | None, out: Path | None) -> None:
    """Write the index page and workbook of all reports of a folder."""
    from ita_helpers.index import PAGE, WORKBOOK, write_index
    from ita_helpers.run.manifest import Manifest
    from ita_helpers.run.sealing import read_report

    workspace = open_workspace(root)
    folder = out or workspace.rendered
    if not folder.is_dir():
        raise FileMissing(file=workspace.shown(folder))
    with closing(Manifest(folder, read_report)) as manifest:
        if manifest.was_rebuilt:
            click.echo(say("cli.render.rebuilt", file=workspace.shown(manifest.path)), err=True)
        count = write_index(folder, manifest.rows())
    files = [workspace.shown(folder / name) for name in (PAGE, WORKBOOK)]
    click.echo(say("cli.index.done", count=count, files=files))
