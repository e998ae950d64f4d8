"""Finding the issued versions of a workspace: ``issued/<year>/<organisation>/<number>/``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ita_helpers.errors import BadVersion
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import NAME, Version, read_version


def shelf_of(workspace: Workspace, stem: Path) -> Path:
    """Return the folder of the versions of a report; ``stem`` is what its papers are called."""
    return workspace.issued / stem


def numbers_of(shelf: Path) -> list[int]:
    """Return the numbers of the versions in the folder of a report, in order."""
    folders = shelf.iterdir() if shelf.is_dir() else ()
    return sorted(int(each.name) for each in folders if _is_version(each))


def _is_version(folder: Path) -> bool:
    name = folder.name
    return name.isascii() and name.isdigit() and name[0] != "0" and folder.is_dir()


def newest(workspace: Workspace, stem: Path) -> Version | None:
    """Return the newest version of a report, or nothing.

    Raises ``BadVersion``.
    """
    shelf = shelf_of(workspace, stem)
    numbers = numbers_of(shelf)
    if not numbers:
        return None
    return _read(workspace, shelf / str(numbers[-1]))


def all_versions(workspace: Workspace) -> Iterator[tuple[Path, Version]]:
    """Yield every version with its folder; one whose record is damaged is left out."""
    for record in sorted(workspace.issued.glob(f"*/*/*/{NAME}")):
        if _is_version(record.parent):
            with suppress(BadVersion):
                yield record.parent, _read(workspace, record.parent)


def _read(workspace: Workspace, folder: Path) -> Version:
    """Read the record of a folder. Raises ``BadVersion``, also for the record of another folder."""
    shown = workspace.shown(folder / NAME)
    version = read_version(folder / NAME, shown)
    if version.number != int(folder.name):
        raise BadVersion(file=shown, problem="misplaced", number=version.number)
    return version
