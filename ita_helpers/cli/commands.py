"""The command ``ita`` and the list of its commands."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, Commands, Group
from ita_helpers.cli.usage import HELP
from ita_helpers.language.catalogue import label

COMMANDS = Commands(
    {
        "start": ("start", "start"),
        "new": ("new", "new"),
        "import": ("import_scores", "import_scores"),
        "params": ("params", "write_params"),
        "edit": ("edit", "edit"),
        "render": ("render", "render"),
        "adopt": ("adopt", "adopt"),
        "check": ("check", "check"),
        "status": ("status", "status"),
        "issue": ("issue", "issue"),
        "verify": ("verify", "verify"),
        "evidence": ("evidence", "evidence"),
        "publish": ("publish", "publish"),
        "plan": ("plan", "plan"),
        "index": ("index", "index"),
        "compare": ("compare", "compare"),
        "restore": ("restore", "restore"),
        "explain": ("explain", "explain"),
        "confirm-rules": ("confirm_rules", "confirm_rules"),
        "teach": ("teach", "teach"),
        "trust": ("trust", "trust_workspace"),
    }
)


@click.group(
    cls=Group,
    commands=COMMANDS,
    help=label("cli.main"),
    context_settings={"help_option_names": HELP},
)
@click.option("--root", type=PATH, help=label("cli.root"))
@click.version_option(
    package_name="ita-helpers", help=label("cli.version"), message=label("cli.version_is")
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Run ``ita``."""
    context.obj = root
