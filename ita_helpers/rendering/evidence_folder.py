"""Writing the folder of the evidence: made aside, and moved into its place as a whole.

A folder that is there is replaced only if it holds what was written and nothing else.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ita_helpers.errors import FolderChanged, write_error
from ita_helpers.evidence.dossier import Dossier
from ita_helpers.evidence.page import write_page
from ita_helpers.evidence.record import NAME, changed_files, record_of
from ita_helpers.evidence.website import as_html, as_text, passages_of
from ita_helpers.files.whole import sync, sync_folder
from ita_helpers.files.workspace import Workspace
from ita_helpers.run.keeping import claimed

PAGE, FRAGMENT, TEXT = "checklist.html", "website.html", "website.txt"
_MAKING = ".evidence-"
_NEW, _WAS = "new", "was"


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
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with claimed(folder.parent, folder.name), _workshop(folder) as made:
            _make(made / _NEW, files)
            _exchange(workspace, made, folder)
    except OSError as error:
        raise write_error(error, folder) from error


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Yield a folder to work in; what programs left that were ended at it is put back first."""
    prefix = f"{_MAKING}{folder.name}-"
    for left in folder.parent.glob(f"{prefix}*"):
        _put_back(left, folder)
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put_back(made: Path, folder: Path) -> None:
    """Put the former folder back where its place is free."""
    if os.path.lexists(made / _WAS) and not os.path.lexists(folder):
        (made / _WAS).rename(folder)


def _make(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        sync(folder / name)
    sync_folder(folder)


def _exchange(workspace: Workspace, made: Path, folder: Path) -> None:
    """Move the new folder into its place, and the former one away, if that is ours."""
    try:
        if os.path.lexists(folder):
            folder.rename(made / _WAS)
            if changed := changed_files(made / _WAS):
                raise FolderChanged(folder=workspace.shown(folder), files=changed)
        (made / _NEW).rename(folder)
    except BaseException:
        _put_back(made, folder)
        raise
    sync_folder(folder.parent)
