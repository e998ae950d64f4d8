"""``ita status``: what reports still lack on their way to a signed version."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_files, open_workspace
from ita_helpers.cli.usage import OneOf
from ita_helpers.language.catalogue import label

FORMATS = ("text", "json")


@command("status")
@click.argument("params", nargs=-1, type=PATH)
@year_option
@click.option("--format", "form", type=OneOf(FORMATS), help=label("cli.status.format"))
@click.pass_obj
def status(root: Path | None, params: tuple[Path, ...], year: int | None, form: str | None) -> None:
    """Say what reports lack: of one all that comes next, of several a line each."""
    from ita_helpers.files.remembered import looking
    from ita_helpers.rendering.standing import standing_reader
    from ita_helpers.rendering.telling_standing import as_data, line_of, lines_of, lines_of_totals

    workspace = open_workspace(root)
    files = find_parameter_files(params, workspace, year)
    is_one, is_data = len(files) == 1 and bool(params), form == "json"
    found = []
    with looking():
        for each in map(standing_reader(workspace, with_slots=is_one or is_data), files):
            found.append(each)
            if not is_one and not is_data:
                click.echo(line_of(each))
    if is_data:
        click.echo(json.dumps([*map(as_data, found)], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(lines_of(found[0]) if is_one else lines_of_totals(found)))
