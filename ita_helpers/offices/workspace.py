"""Making an office's own workspace: its scores, words and plans, apart from the program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ita_helpers.errors import AlreadyThere, WriteFailed, write_error
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.store.table_files import render_table, write_together
from ita_helpers.store.trust import files_to_trust, trust

FOLDERS = ("params", "data", "notebooks", "rendered")
GUIDE = "new.guide_file"


def make_workspace(folder: Path) -> Workspace:
    """Make a folder with ``params/ data/ notebooks/ rendered/`` and a list of organisations.

    What is already in the folder stays; if it has no code of others it is trusted. The list is
    written last: it makes the folder a workspace. Raises ``AlreadyThere`` for a workspace, or
    ``WriteFailed``.
    """
    workspace = Workspace(folder.absolute())
    with writing(workspace.root):
        if workspace.organisations.exists():
            raise AlreadyThere(file=str(workspace.organisations))
        try:
            for name in FOLDERS:
                (workspace.root / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(error, str(folder)) from error
        guide = workspace.root / label(GUIDE)
        if not guide.exists():
            text = label("new.guide").replace("\n", "\r\n").encode("utf-8-sig")
            write_together(workspace, {guide: text})
        if not files_to_trust(workspace):
            with suppress(WriteFailed):
                trust(workspace)
        write_together(workspace, {workspace.organisations: render_table("organisations", ())})
    return workspace
