"""Which files are there, where other programs take one away for a moment.

On Windows programs save, or copy to a cloud, by removing a file and putting another in its place.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
COMES_BACK, PAUSE = 1.5, 0.05
"""Seconds after a change of its folder in which a file may come back, and between two looks."""
STILL = 0.5
"""Seconds without a change after which a folder holds all its files."""
LOOKS = 5
"""How often a file is read that comes and goes."""
TAKEN_AWAY = sys.platform == "win32"
"""Whether that is met here."""


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; what was taken away just now is waited for.

    Its folder tells, which has changed: so what was never there costs no time.
    """
    until = time.monotonic() + COMES_BACK
    while not path.exists():
        if not TAKEN_AWAY or time.monotonic() >= until or not _has_changed(path.parent, COMES_BACK):
            return False
        time.sleep(PAUSE)
    return True


def once_there(path: Path, read: Callable[[], T]) -> T:
    """Return what ``read`` makes of a file, also where it is taken away between look and reading.

    Raises ``FileNotFoundError`` where it is not there, and what else ``read`` raises.
    """
    for _ in range(LOOKS):
        with suppress(FileNotFoundError):
            return read()
        if not is_there(path):
            break
    return read()


def listed(folder: Path, look: Callable[[], Iterable[Path]]) -> list[Path]:
    """Return the files that ``look`` finds in a folder, sorted.

    What is missing from a list is missed by nobody, so one looks until the folder is still.
    """
    until, found = time.monotonic() + COMES_BACK, {*look()}
    if not (TAKEN_AWAY and _has_changed(folder, STILL)):
        return sorted(found)
    while _has_changed(folder, STILL) and time.monotonic() < until:
        time.sleep(PAUSE)
        found.update(look())
    return sorted(filter(is_there, found))


def _has_changed(folder: Path, seconds: float) -> bool:
    """Whether it has in the last ones; clocks of files and programs differ by some hundredths."""
    try:
        return abs(time.time() - folder.stat().st_mtime) < seconds
    except OSError:
        return False
