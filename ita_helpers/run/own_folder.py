"""A folder that is replaced as a whole, and only where it holds what was written and nothing else.

It is made aside and then moved into its place. A record in it names its files by size and digest,
and ends with a digest of itself.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from ita_helpers.errors import FileHeld, FolderChanged, write_error
from ita_helpers.files.moving import remove_folder, rename, sync
from ita_helpers.files.whole import sync_folder
from ita_helpers.run.keeping import claimed, digest_of

MADE_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that systems put into folders that somebody looks at."""
SOME = 11
"""So many files are named of a folder of somebody else, which may be as large as a disk."""
_NEW, _WAS = "new", "was"


def sealed(told: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return a record with what ``noted`` says of each file, and its own digest at the end."""
    whole = {**told, "files": files}
    return _written({**whole, "digest": _digest_of(whole)})


def noted(content: bytes) -> dict[str, Any]:
    """Return size and digest of a file's content."""
    return {"size": len(content), "sha256": sha256(content).hexdigest()}


def changed_files(folder: Path, record: str) -> list[str]:
    """Return the files of a folder that are not as they were written; none for one of ours.

    Some are named where the record is not as it was written, and what stands in the place of the
    folder. Raises ``OSError``.
    """
    if not folder.is_dir():
        return [folder.name]
    paths = (each for each in folder.rglob("*") if not _is_folder(each) or not any(each.iterdir()))
    found = (each.relative_to(folder).as_posix() for each in paths)
    there = (each for each in found if each.rpartition("/")[2] not in MADE_BY_SYSTEMS)
    files = _recorded(folder / record)
    if files is None:
        return sorted(islice(there, SOME))
    names = sorted(each for each in there if each != record)
    return [name for name in names if not _is(folder / name, files.get(name))]


def replace_folder(
    folder: Path, shown: str, record: str, fill: Callable[[Path], None], making: str
) -> None:
    """Have a new folder filled beside the old one, and put it into its place.

    ``record`` is the name of its record, ``making`` how the name of the place begins where it is
    made, ``shown`` how the folder is called in messages. A link leads to the folder that is
    replaced. Its files are looked at once it is moved away; who works long before asks
    ``refuse_changed`` first. Raises ``FolderChanged`` for one that holds anything of somebody else,
    ``WriteFailed``, ``WorkspaceBusy``, or what ``fill`` raises; then the folder is as it was.
    """
    folder = Path(os.path.realpath(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with claimed(folder.parent, folder.name), _workshop(folder, making) as made:
            (made / _NEW).mkdir()
            fill(made / _NEW)
            _sync_all(made / _NEW)
            _exchange(made, folder, shown, record)
    except OSError as error:
        raise write_error(error, folder) from error


@contextmanager
def _workshop(folder: Path, making: str) -> Iterator[Path]:
    """Yield a folder to work in; what programs left that were ended at it is put back first."""
    name = f"{making}{folder.name}"
    for left in folder.parent.iterdir():
        if left.name.rpartition("-")[0] == name:
            _put_back(left, folder)
            remove_folder(left)
    made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder.parent))
    try:
        yield made
    finally:
        remove_folder(made)


def _put_back(made: Path, folder: Path) -> None:
    """Put the former folder back where its place is free."""
    if os.path.lexists(made / _WAS) and not os.path.lexists(folder):
        rename(made / _WAS, folder)


def _sync_all(folder: Path) -> None:
    for each in folder.rglob("*"):
        sync_folder(each) if _is_folder(each) else sync(each)
    sync_folder(folder)


def _exchange(made: Path, folder: Path, shown: str, record: str) -> None:
    """Move the new folder into its place, and the former one away, if that is ours."""
    try:
        if os.path.lexists(folder):
            _move_away(folder, made / _WAS)
            refuse_changed(made / _WAS, shown, record)
        rename(made / _NEW, folder)
    except BaseException:
        _put_back(made, folder)
        raise
    sync_folder(folder.parent)


def _move_away(folder: Path, aside: Path) -> None:
    """Move a folder; what goes wrong is told of the folder, not of where it was to go."""
    try:
        rename(folder, aside)
    except FileHeld:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def refuse_changed(folder: Path, shown: str, record: str) -> None:
    """Raise ``FolderChanged`` for a folder that holds anything of somebody else.

    Raises ``WriteFailed`` for one that cannot be looked into.
    """
    try:
        changed = changed_files(folder, record) if os.path.lexists(folder) else []
    except OSError as error:
        raise write_error(error, folder) from error
    if changed:
        raise FolderChanged(folder=shown, files=changed)


def _recorded(record: Path) -> dict[str, str] | None:
    """Return the digests of the recorded files; nothing for a record that is not as written."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        digest = told.pop("digest")
        files = {name: str(each["sha256"]) for name, each in told["files"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return files if digest == _digest_of(told) else None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is(file: Path, digest: str | None) -> bool:
    return file.is_file() and not file.is_symlink() and digest_of(file) == digest


def _digest_of(told: Mapping[str, Any]) -> str:
    return sha256(_written(told)).hexdigest()


def _written(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
