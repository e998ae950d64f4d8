"""``ita new``: the commands that create something."""

from __future__ import annotations

import click

from ita_helpers.cli.common import Commands, Group, help_of

COMMANDS = Commands(
    {
        "workspace": ("new_workspace", "new_workspace"),
        "organisation": ("new_organisation", "new_organisation"),
        "form": ("new_form", "new_form"),
    }
)
HELP, LINE = help_of("cli.new")


@click.group("new", cls=Group, commands=COMMANDS, key="cli.new", help=HELP, short_help=LINE)
def new() -> None:
    """Create a workspace, an organisation or a form."""
