"""``ita start``: the start page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command


@command("start")
@click.argument("folder", metavar="[DIR]", required=False, type=PATH)
@click.pass_obj
def start(root: Path | None, folder: Path | None) -> None:
    """Open the start page."""
    from ita_helpers.lab.opening import open_start_page

    status = open_start_page(folder or root)
    sys.exit(status)
