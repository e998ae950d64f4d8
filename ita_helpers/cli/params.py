"""``ita params``: parameter files in bulk."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import YEAR, command
from ita_helpers.cli.places import open_workspace
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.params_in_bulk import write_parameters


@command("params")
@click.option("--year", type=YEAR, required=True, help=label("cli.params.year"))
@click.option("--province", default="", help=label("cli.params.province"))
@click.option("--type", "kind", default="", help=label("cli.params.type"))
@click.pass_obj
def write_params(root: Path | None, year: int, province: str, kind: str) -> None:
    """Write parameter files in bulk."""
    workspace = open_workspace(root)
    written = write_parameters(workspace, year, province, kind)
    click.echo(
        say(
            "cli.params.done",
            made=len(written.made),
            kept=len(written.kept),
            folder=workspace.shown(workspace.params / str(year)),
            without=[each.name for each in written.without_scores],
        )
    )
