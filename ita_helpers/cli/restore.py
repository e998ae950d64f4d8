"""``ita restore``: slots that are gone from an office's own notebook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.cli.usage import Misuse
from ita_helpers.language.catalogue import label, say


@command("restore")
@click.argument("organisation", type=PATH)
@year_option
@click.option("--slot", default="", help=label("cli.restore.slot"))
@click.pass_obj
def restore(root: Path | None, organisation: Path, year: int | None, slot: str) -> None:
    """Bring slots that are gone back into the office's own notebook."""
    from ita_helpers.edited.lines import name_of
    from ita_helpers.rendering.loading import load
    from ita_helpers.rendering.restoring import restore_slots
    from ita_helpers.store.params import load_parameters

    workspace = open_workspace(root)
    parameters = load_parameters(find_parameter_file(organisation, workspace, year), workspace)
    if not parameters.kind.has_copy:
        raise Misuse(label("follow_up.edit"))
    restored = restore_slots(workspace, parameters, load(workspace, parameters), slot)
    file = workspace.shown(restored.path)
    for each, source in restored.found.items():
        click.echo(say("edit.restored", slot=name_of(each), file=file, source=source))
    if restored.backup:
        click.echo(say("edit.restored_backup", backup=workspace.shown(restored.backup)))
    if restored.lost:
        click.echo(say("edit.not_restored", slots=list(map(name_of, restored.lost)), file=file))
        sys.exit(1)
    if not restored.found:
        click.echo(say("edit.nothing_missing", file=file, slot=slot))
