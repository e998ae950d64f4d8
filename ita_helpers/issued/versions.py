"""Finding the issued versions of a workspace: ``issued/<year>/<organisation>/<number>/``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ita_helpers.errors import BadVersion
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import NAME, Version, read_version

GIVEN = "given"
"""The folder of empty files named by the numbers that were given, since somebody may remove the
folder of a version by hand."""


def shelf_of(workspace: Workspace, stem: Path) -> Path:
    """Return the folder of the versions of a report; ``stem`` is what its papers are called."""
    return workspace.issued / stem


def numbers_of(shelf: Path) -> list[int]:
    """Return the numbers of the versions in the folder of a report, in order."""
    folders = shelf.iterdir() if shelf.is_dir() else ()
    return sorted(int(each.name) for each in folders if _is_version(each))


def last_number(shelf: Path) -> int:
    """Return the last number that was given, also if the folder of the version is gone, or 0."""
    return max(_given(shelf), default=0)


def lost_numbers(shelf: Path) -> list[int]:
    """Return the numbers that were given to versions whose folders are gone."""
    return sorted(_given(shelf) - {*numbers_of(shelf)})


def _given(shelf: Path) -> set[int]:
    found = (*shelf.glob("*"), *(shelf / GIVEN).glob("*"))
    return {int(each.name) for each in found if _is_number(each.name)}


def _is_version(folder: Path) -> bool:
    return _is_number(folder.name) and folder.is_dir()


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and name[0] != "0"


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
