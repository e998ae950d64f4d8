"""``ita params``: parameter files in bulk, and where the values of a report stand."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, YEAR, command
from ita_helpers.cli.places import find_parameter_files, open_workspace
from ita_helpers.cli.usage import Misuse
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label, say


@command("params")
@click.argument("params", nargs=-1, type=PATH)
@click.option("--year", type=YEAR, help=label("cli.params.year"))
@click.option("--province", default="", help=label("cli.params.province"))
@click.option("--type", "kind", default="", help=label("cli.params.type"))
@click.option("--show", is_flag=True, help=label("cli.params.show"))
@click.pass_obj
def write_params(
    root: Path | None,
    params: tuple[Path, ...],
    year: int | None,
    province: str,
    kind: str,
    show: bool,
) -> None:
    """Write parameter files in bulk, or show what holds for reports and where it stands."""
    workspace = open_workspace(root)
    if show:
        for file in find_parameter_files(params, workspace, year):
            click.echo("\n".join(_told(workspace, file)))
        return
    if year is None or params:
        raise Misuse(label("cli.params.what"))
    from ita_helpers.offices.params_in_bulk import write_parameters

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


def _told(workspace: Workspace, file: Path) -> list[str]:
    """Return a line for the report of a parameter file, and one for each value that it has."""
    from ita_helpers.store.params import read_written
    from ita_helpers.store.params_defaults import INSTEAD_OF_PRESET

    written = read_written(file, workspace)
    parameters = written.parameters
    values = parameters.for_notebook
    width = max(map(len, values))
    lines = [say("cli.params.shown", file=workspace.shown(file))]
    for key, value in values.items():
        given = written.given.get(key)
        place = {"file": given.file, "line": given.line, "of": given.of} if given else {"file": ""}
        is_of_preset = not value and key in INSTEAD_OF_PRESET
        shown = ", ".join(value) if isinstance(value, list | tuple) else str(value)
        said = say("cli.params.from", is_of_preset=is_of_preset, **place)
        lines.append(f"  {key:{width}}  {shown or '–'}  {said}")
    return lines
