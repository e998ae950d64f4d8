"""Writing each file whole or not at all: to a temporary name, synced to disk, then moved."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from ita_helpers.files.moving import remove, replace, sync, write

WAITING = ".new"
"""The ending of files that wait to be moved."""
ABANDONED = 86_400
"""Seconds after which such a file counts as abandoned."""
_OURS = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(WAITING)}")


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to a file; permissions stay as they were.

    Raises ``OSError``; the old file then stays.
    """
    with waiting_file(path) as new:
        write(new, content)
        put_in_place(new, path)


@contextmanager
def waiting_file(path: Path) -> Iterator[Path]:
    """Yield a file beside ``path`` that no other process writes to; it is removed afterwards.

    Folders are made as needed. Raises ``OSError``.
    """
    new = name_beside(path, WAITING)
    _sweep(path.parent)
    try:
        make_like(path, new)
        yield new
    finally:
        with suppress(OSError):
            remove(new)


@cache
def _sweep(folder: Path) -> None:
    """Remove files left in a folder by programs killed while writing; checked only once."""
    oldest = time.time() - ABANDONED
    with suppress(OSError):
        for file in folder.iterdir():
            if _OURS.fullmatch(file.name) and file.stat().st_mtime < oldest:
                file.unlink()


def name_beside(path: Path, ending: str) -> Path:
    """Return a path beside a file that nobody else uses."""
    return path.with_name(f".{secrets.token_hex(8)}{ending}")


def make_like(path: Path, new: Path) -> None:
    """Create an empty file with the permissions of the one at ``path``, if there is one.

    Folders are made as needed; on Windows they say who may do what. Raises ``OSError``.
    """
    new.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    if path.is_file() and sys.platform != "win32":
        new.chmod(stat.S_IMODE(path.stat().st_mode))


def put_in_place(new: Path, path: Path) -> None:
    """Sync a file, move it to its name, and sync its folder.

    A power cut then leaves the old file or the whole new one. Raises ``OSError``.
    """
    sync(new)
    replace(new, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to disk; Windows has no way to do it."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
