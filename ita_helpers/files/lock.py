"""One writer at a time: the lock of a folder that several programs and machines may share.

The lock is a file that names process and machine, and that its holder keeps refreshing. If the
holder was on this machine and has ended, the lock is broken at once; if it is on another, after
``LEASE`` seconds without a sign of life.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from filelock import OwnerRecord, SoftFileLease, Timeout

from ita_helpers.errors import WorkspaceBusy, write_error
from ita_helpers.language.catalogue import say

log = logging.getLogger(__name__)

NAME = ".ita-lock"
LEASE = 60.0
"""Seconds; all programs that share a folder must agree on it."""
_SPACE_OF_NUMBERS = "?pidns-"
"""What filelock writes behind the name of a machine that numbers its processes apart (a container):
such a holder is as one elsewhere, and is known to have ended by its silence alone."""
SILENT, STEP, PATIENCE = 2.0, 5.0, 600.0
"""Seconds waited without a word, between two looks, and at most."""


@contextmanager
def one_writer(folder: Path, name: str = NAME) -> Iterator[None]:
    """Lock a folder against other writers: what is read inside stays true until it is written.

    Another ``name`` holds a part of it that its writers agree on.

    A thread that holds the lock may ask again; a lock whose file cannot be removed ends with its
    process. Says after ``SILENT`` seconds for whom it waits, and
    that a lock was left behind. Raises ``WorkspaceBusy`` after ``PATIENCE`` seconds, or
    ``WriteFailed`` where no lock can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = SoftFileLease(folder.resolve() / name, lease_duration=LEASE, is_singleton=True)
        if lock.is_locked:
            lock.acquire()
        else:
            _acquire(lock, folder / name)
    except OSError as error:
        raise write_error(error, folder / name) from error
    try:
        yield
    finally:
        with suppress(OSError):
            lock.release()


@contextmanager
def if_nobody_writes(folder: Path, name: str) -> Iterator[bool]:
    """Take a folder's lock if it is free, without waiting or output; yields whether it is held.

    A lock whose holder has ended on this machine counts as free. Raises ``OSError``.
    """
    lock = SoftFileLease(folder.resolve() / name, lease_duration=LEASE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        with suppress(OSError):
            lock.release()


@dataclass(frozen=True)
class _Look:
    """A lock's file at one moment: its holder, and whether no process here has its number.

    ``refreshed`` is when the holder last gave a sign of life, by the clock of the disk.
    """

    holder: OwnerRecord | None
    has_ended: bool = field(compare=False)
    refreshed: float

    @classmethod
    def at(cls, lock: SoftFileLease, file: Path) -> _Look:
        holder = lock.owner
        has_ended = bool(holder and not psutil.pid_exists(holder.pid) and lock.owner == holder)
        try:
            return cls(holder, has_ended, file.stat().st_mtime)
        except OSError:
            return cls(None, has_ended=False, refreshed=time.time())

    def facts(self, file: Path) -> dict[str, Any]:
        host, process = (self.holder.hostname, self.holder.pid) if self.holder else ("–", "–")
        host = host.partition(_SPACE_OF_NUMBERS)[0]
        age = max(0, round(time.time() - self.refreshed))
        return {"file": file, "host": host, "process": process, "age": age}


def _acquire(lock: SoftFileLease, file: Path) -> None:
    """Acquire a lock within ``PATIENCE``. Raises ``WorkspaceBusy``."""
    look, started = _Look.at(lock, file), time.monotonic()
    seen_since, step = started, SILENT
    while True:
        try:
            lock.acquire(timeout=step)
            break
        except Timeout as error:
            now, before, look = time.monotonic(), look, _Look.at(lock, file)
            if now - started >= PATIENCE:
                raise WorkspaceBusy(**look.facts(file)) from error
            if step == SILENT:
                log.warning(say("messages.lock_waiting", **look.facts(file)))
            seen_since, step = (seen_since if look == before else now), STEP
    if look.holder and _was_left_behind(look, lock.owner, time.monotonic() - seen_since):
        log.warning(say("messages.lock_broken", **look.facts(file)))


def _was_left_behind(look: _Look, mine: OwnerRecord | None, seconds: float) -> bool:
    """Whether a lock was not given back: its holder has ended here, or kept silent elsewhere.

    The lease runs from when the lock was made, which may be somewhat before it was first seen.
    """
    if mine and look.holder and mine.hostname == look.holder.hostname:
        return look.has_ended
    return seconds >= LEASE - STEP
