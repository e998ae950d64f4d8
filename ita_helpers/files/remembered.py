"""Caching what was read from a file until the file changes.

A batch asks for the same tables and rules thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ita_helpers.files.presence import once_there

T = TypeVar("T")
_HELD: dict[tuple[Path, str], tuple[tuple[int, ...], Any]] = {}


def remembered(path: Path, kind: str, read: Callable[[], T]) -> T:
    """Return what ``read`` makes of a file; it is called again when the file has changed.

    ``kind`` tells apart what is made of the same file. Nobody may change what is returned.
    """
    stamp = stamp_of(path)
    held = _HELD.get((path, kind))
    if held is None or held[0] != stamp:
        held = _HELD[path, kind] = (stamp, read())
    value: T = held[1]
    return value


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what tells whether a file has changed, without reading it."""
    found = once_there(path, path.stat)
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
