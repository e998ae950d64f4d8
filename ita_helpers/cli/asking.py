"""Asking once whether the code of a workspace may run."""

from __future__ import annotations

from ita_helpers.cli.usage import confirmed
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.screen import can_ask


def ask_trust(workspace: Workspace) -> None:
    """Ask once whether the code of a workspace may run, if somebody can be asked.

    Untrusted code is refused later, where it should run. Raises ``WriteFailed``.
    """
    from ita_helpers.store.trust import files_to_trust, shown_to_trust, trust

    if not can_ask() or not (found := files_to_trust(workspace)):
        return
    if confirmed(say("cli.trust.ask", **shown_to_trust(workspace, found)), err=True):
        trust(workspace)
