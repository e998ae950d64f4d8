"""``ita trust``: the code of a workspace may run."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import command
from ita_helpers.cli.places import open_workspace
from ita_helpers.language.catalogue import label, say


@command("trust")
@click.option("--revoke", is_flag=True, help=label("cli.trust.revoke"))
@click.pass_obj
def trust_workspace(root: Path | None, revoke: bool) -> None:
    """Let the code of a workspace run."""
    from ita_helpers.store.trust import distrust, files_to_trust, shown_to_trust, trust

    workspace = open_workspace(root)
    if revoke:
        distrust(workspace)
        click.echo(say("cli.trust.revoked", workspace=workspace.root))
        return
    found = files_to_trust(workspace)
    trust(workspace)
    click.echo(say("cli.trust.done", **shown_to_trust(workspace, found)))
