"""Moving, removing and writing files that another program may hold, in one place.

Windows alone refuses to move, replace, remove or write what is open elsewhere: a scanner or a
program that copies to a cloud holds each new file for a moment, Excel and viewers as long as they
show it. So each deed is tried for ``PATIENCE``, and then the error says how the file is held.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Literal

from ita_helpers.errors import FileHeld

PATIENCE, PAUSE = 3.0, 0.1
"""Seconds a held file is waited for, and between two tries."""
LOOKED_AT = 1000
"""At most so many files of a folder are asked who holds them."""
_REFUSED = (5, 32, 33)
"""Windows' errors of access denied, of sharing and of locking."""
_READ, _WRITE, _DELETE = 0x80000000, 0x40000000, 0x10000
_SHARING, _DENIED = 32, 5
How = Literal["", "alone", "editing", "viewing", "read_only"]
"""How a file is held: nobody else may read it, write it or move it; or it is set to be read."""


def write(path: Path, content: bytes) -> None:
    """Write a file that has just been made: a scanner may hold it. Raises ``OSError``."""
    _patiently(lambda: path.write_bytes(content), path, opens=True)


def sync(path: Path) -> None:
    """Sync a file to disk. Raises ``OSError``."""
    _patiently(lambda: _sync(path), path, opens=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def replace(path: Path, place: Path) -> None:
    """Move a file to a place, whatever is there. Raises ``OSError``."""
    _patiently(lambda: path.replace(place), place, path)


def rename(path: Path, place: Path) -> None:
    """Move a file or folder to a place; Windows wants it free. Raises ``OSError``."""
    _patiently(lambda: path.rename(place), path)


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises ``OSError``."""
    _patiently(lambda: path.unlink(missing_ok=True), path)


def remove_folder(folder: Path) -> None:
    """Remove a folder and all in it, files that are set to be read only too.

    What is held stays, and whoever comes next removes it.
    """
    if sys.platform == "win32":
        for file in folder.rglob("*"):
            with suppress(OSError):
                file.chmod(stat.S_IWRITE)
    with suppress(OSError):
        _patiently(lambda: shutil.rmtree(folder), folder)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_folder(folder: str | None = None) -> Iterator[Path]:
    """Yield a temporary folder; what is still held in it at the end is no failure."""
    with tempfile.TemporaryDirectory(prefix="ita-", dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _patiently(deed: Callable[[], object], *paths: Path, opens: bool = False) -> None:
    """Try until it succeeds. Raises ``FileHeld`` for one of the paths, or ``OSError``.

    A deed that ``opens`` a file is refused without Windows' own number.
    """
    until, was_free = time.monotonic() + PATIENCE, False
    while True:
        try:
            deed()
            return
        except OSError as error:
            is_refused = getattr(error, "winerror", None) in _REFUSED
            if not (is_refused or (opens and _is_kept_shut(error))):
                raise
            held = next(((path, how) for path in paths if (how := how_held(path))), None)
            if held is None and was_free:
                raise
            if held and time.monotonic() >= until:
                path, how = held
                raise FileHeld(errno.EACCES, how, str(path)) from error
            was_free = held is None
        time.sleep(PAUSE)


def _is_kept_shut(error: OSError) -> bool:
    return sys.platform == "win32" and error.errno == errno.EACCES


def how_held(path: Path) -> How:
    """Return how a file, or the first of a folder that is held, is held by another program."""
    if not path.is_dir():
        return _how(path)
    files = (each for each in path.rglob("*") if each.is_file())
    return next((how for each in islice(files, LOOKED_AT) if (how := _how(each))), "")


def _how(path: Path) -> How:
    """Ask Windows, which alone lets a program hold a file against others."""
    if sys.platform != "win32":
        return ""
    if _opened(path, _READ) == _SHARING:
        return "alone"
    writing = _opened(path, _WRITE)
    if writing == _DENIED and _opened(path, _READ) == 0:
        return "read_only"
    if writing == _SHARING:
        return "editing"
    return "viewing" if _opened(path, _DELETE) == _SHARING else ""


def _opened(path: Path, access: int) -> int:
    """Try to open a file that all others may keep using; return the number of the error, or 0."""
    if sys.platform != "win32":
        return 0
    import _winapi

    existing, everything = 3, 7
    try:
        handle = _winapi.CreateFile(str(path), access, everything, 0, existing, 0, 0)
    except OSError as error:
        return error.winerror or 0
    _winapi.CloseHandle(handle)
    return 0
