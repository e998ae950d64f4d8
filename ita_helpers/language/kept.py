"""What takes long to make of the program's own words, kept on disk as Python keeps its modules.

It stands in the folder of compiled modules, is made once and holds until Python, the catalogues or
the modules of this room change. What is not in it, or cannot be used, is made again; where Python
may write no compiled modules, nothing is kept.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")
_ROOM = Path(__file__).parent
_SIZE = 16
_UNUSABLE = (OSError, EOFError, ValueError, TypeError)


class _Kept:
    """What the file holds, and what is made while it is filled: packed, by digest."""

    filling: dict[bytes, bytes] | None = None


def kept(kind: str, of: str, make: Callable[[], T]) -> T:
    """Return what is kept of a text, else what is made of it.

    ``make`` returns plain values, which ``marshal`` packs.
    """
    key = _digest(f"{kind} {of}".encode("utf-8", "surrogatepass"))
    packed = _read().get(key)
    if packed is None:
        made = make()
        if _Kept.filling is not None:
            _Kept.filling[key] = marshal.dumps(cast(Any, made))
        return made
    return cast(T, marshal.loads(packed))


def fill(make: Callable[[], object]) -> bool:
    """Keep what ``make`` makes, unless something is kept or the folder is closed to the program.

    Returns whether it was called. Raises what it raises.
    """
    place = None if _read() or sys.dont_write_bytecode else _place()
    if place is None:
        return False
    own = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        own.touch()
    except OSError:
        return False
    try:
        _Kept.filling = {}
        make()
        with suppress(OSError):
            own.write_bytes(_stamp() + marshal.dumps(_Kept.filling))
            own.replace(place)
    finally:
        _Kept.filling = None
        with suppress(OSError):
            own.unlink(missing_ok=True)
    return True


@cache
def _read() -> dict[bytes, bytes]:
    with suppress(*_UNUSABLE):
        place = _place()
        written = place.read_bytes() if place else b""
        if written[:_SIZE] == _stamp():
            return cast(dict[bytes, bytes], marshal.loads(memoryview(written)[_SIZE:]))
    return {}


def _place() -> Path | None:
    """Return the file, nothing where Python keeps no compiled modules."""
    try:
        return Path(importlib.util.cache_from_source(__file__)).with_suffix(".kept")
    except NotImplementedError:
        return None


@cache
def _stamp() -> bytes:
    """Return what changes when that changes which is made, or what it is made by."""
    files = sorted(path for path in _ROOM.rglob("*") if path.suffix in (".py", ".yml"))
    told: list[Any] = [sys.version, sys.byteorder]
    for path in files:
        found = path.stat()
        told += [path.relative_to(_ROOM).as_posix(), found.st_size, found.st_mtime_ns]
    return _digest(repr(told).encode())


def _digest(of: bytes) -> bytes:
    return blake2b(of, digest_size=_SIZE).digest()
