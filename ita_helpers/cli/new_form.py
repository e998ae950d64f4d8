"""``ita new form``: the score form."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.errors import AlreadyThere
from ita_helpers.language.catalogue import label, say


@command("new.form")
@click.argument("organisation", required=False, default="")
@click.option("--year", type=YEAR, required=True, help=label("cli.new.form.year"))
@click.option("--out", type=PATH, help=label("cli.new.form.out"))
@click.pass_obj
def new_form(root: Path | None, organisation: str, year: int, out: Path | None) -> None:
    """Write the score form."""
    from ita_helpers.files.change import writing
    from ita_helpers.forms.writer import write_form
    from ita_helpers.offices.finding import find_named

    workspace = open_workspace(root)
    known = find_named(workspace, organisation) if organisation else None
    out = out.absolute() if out else None
    with writing(out.parent if out else workspace.root):
        if out and out.exists():
            raise AlreadyThere(file=str(out))
        path = write_form(workspace, year, known, out)
    click.echo(say("form.made", file=workspace.shown(path)))
