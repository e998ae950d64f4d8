"""Writing the folder of the evidence: made aside, and moved into its place as a whole.

A folder that is there is replaced only if it holds what was written and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ita_helpers.evidence.dossier import Dossier
from ita_helpers.evidence.page import write_page
from ita_helpers.evidence.record import NAME, record_of
from ita_helpers.evidence.website import as_html, as_text, passages_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.run.own_folder import replace_folder

PAGE, FRAGMENT, TEXT = "checklist.html", "website.html", "website.txt"
_MAKING = ".evidence-"


def folder_of(workspace: Workspace, organisation: str, fiscal_year: int) -> Path:
    """Return the folder of an office's evidence for the assessment after a fiscal year (B.E.)."""
    return workspace.rendered / str(fiscal_year) / f"{organisation}-evidence"


def files_of(dossier: Dossier) -> dict[str, bytes]:
    """Return the files of the folder by name."""
    passages = passages_of(dossier)
    files = {each.name: each.content for each in dossier.papers}
    files[FRAGMENT] = as_html(passages).encode("utf-8")
    files[TEXT] = as_text(passages).encode("utf-8")
    page = write_page(dossier, files, FRAGMENT, TEXT).encode("utf-8")
    files = {PAGE: page, **files}
    return {**files, NAME: record_of(dossier, files)}


def write_folder(workspace: Workspace, folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder of their own, all of them or none.

    Raises ``FolderChanged``, ``WriteFailed`` or ``WorkspaceBusy``; then the folder is as it was.
    """

    def fill(new: Path) -> None:
        for name, content in files.items():
            (new / name).write_bytes(content)

    replace_folder(folder, workspace.shown(folder), NAME, fill, _MAKING)
