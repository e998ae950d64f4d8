"""The outcome of ``ita check``: the form that was asked for, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say


@dataclass(frozen=True)
class Asked:
    """The form of the outcome, the file it goes to, and the codes of rules or their beginnings."""

    form: str
    out: Path | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]


def hand_over(workspace: Workspace, told: str, out: Path | None) -> None:
    """Write an outcome to a file, or on the screen."""
    if out:
        from ita_helpers.files.whole import write_whole

        write_whole(out, told.encode("utf-8"))
        click.echo(say("finished.written", file=workspace.shown(out)))
    else:
        click.echo(told, nl=False)
