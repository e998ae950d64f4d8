"""Caching what was read from a file until the file changes.

A batch asks for the same tables and rules thousands of times. While it only looks which reports are
current, it asks once a second whether they have changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ita_helpers.files.presence import once_there

T = TypeVar("T")
_HELD: dict[tuple[Path, str], tuple[tuple[int, ...], Any]] = {}
FRESH = 1.0
"""Seconds for which what many reports share counts as unchanged while one looks at them."""


@dataclass
class _Look:
    """What was found meanwhile, and since when; ``depth`` is 0 while nobody looks."""

    depth: int = 0
    since: float = 0.0
    found: dict[Hashable, Any] = field(default_factory=dict)


_LOOK = _Look()


@contextmanager
def looking() -> Iterator[None]:
    """Let ``found_once`` keep what it finds, for at most ``FRESH`` seconds.

    For a look at many reports that makes none: what changes meanwhile has changed after the look.
    """
    _LOOK.depth += 1
    try:
        yield
    finally:
        _LOOK.depth -= 1
        _LOOK.found.clear()


def found_once(of: Hashable, find: Callable[[], T]) -> T:
    """Return what ``find`` finds, which ``looking`` keeps; ``of`` says of what it is.

    Nobody may change what is returned.
    """
    if not _LOOK.depth:
        return find()
    now = time.monotonic()
    if now - _LOOK.since > FRESH:
        _LOOK.found.clear()
        _LOOK.since = now
    if of not in _LOOK.found:
        _LOOK.found[of] = find()
    value: T = _LOOK.found[of]
    return value


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
