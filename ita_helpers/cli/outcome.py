"""The outcome of ``ita check``: the form that was asked for, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable
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


def hand_over(workspace: Workspace, pieces: Iterable[str], out: Path | None) -> None:
    """Write the pieces of an outcome to a file, or on the screen, as they come."""
    if out:
        from ita_helpers.files.whole import put_in_place, waiting_file

        with waiting_file(out) as new:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            put_in_place(new, out)
        click.echo(say("finished.written", file=workspace.shown(out)))
        return
    for piece in pieces:
        click.echo(piece, nl=False)
