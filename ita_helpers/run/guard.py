"""A thread that keeps a batch's processes and their children within their limits.

It runs in the command's process. If that one is forked itself, it begins when that is done, since a
lock that a thread holds would stay locked. Killing a process closes its pipe, so that no read by
the batch waits for ever.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from ita_helpers.run.processes import MEGABYTE, forks_here

EVERY = 0.5
"""Seconds between two checks: a faster-growing process exceeds its limit for that long."""
GRACE = 5
"""Seconds past its deadline after which the guard kills a process."""
MOST_STARTING = 60
"""Seconds a process may take to start before the fork server is killed and replaced."""
ROUNDS = 20
"""How often a family is searched for newly started processes."""


class _Known:
    """What all guards of this process share: the fork server, and the processes started."""

    lock = threading.Lock()
    server: psutil.Process | None = None
    started: set[int] = set()  # noqa: RUF012


class Family:
    """A process of a batch with all it has started; ``deadline`` is of ``time.monotonic``."""

    def __init__(self, pid: int) -> None:
        self.root = psutil.Process(pid)
        self.deadline = math.inf
        self.is_too_large = False

    def end(self) -> None:
        """Kill the whole family, including processes whose parents have ended."""
        with suppress(psutil.Error):
            self.root.suspend()
        _kill_below(self.root)
        with suppress(psutil.Error):
            self.root.kill()
        _kill_orphans()

    def is_over(self, limit: int) -> bool:
        """Whether it uses more than ``limit`` bytes; the exact, expensive sum is computed last."""
        members = [self.root, *_descendants(self.root)]
        return sum(map(_resident, members)) > limit and sum(map(_share, members)) > limit


class Guard:
    """Watches families while it is entered; ``megabytes`` is the limit for each."""

    def __init__(self, megabytes: int) -> None:
        self._most = megabytes * MEGABYTE
        self._families: set[Family] = set()
        self._starting = math.inf
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="guard", daemon=True)

    def __enter__(self) -> Guard:
        if not forks_here():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.ident:
            self._thread.join()

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Hold while a process starts: until it is registered it looks like an orphan."""
        with _Known.lock:
            self._starting = time.monotonic()
            try:
                yield
            finally:
                self._starting = math.inf

    def follow(self, pid: int) -> Family:
        """Watch a process just started; called while ``starting`` is held.

        Raises ``ProcessLookupError`` for one that has ended already.
        """
        try:
            family = Family(pid)
            parent = family.root.parent()
        except psutil.NoSuchProcess as error:
            raise ProcessLookupError(str(error)) from error
        if parent and parent.ppid() == psutil.Process().pid:
            _Known.server = parent
        _Known.started.add(pid)
        self._families.add(family)
        if not self._thread.ident:
            self._thread.start()
        return family

    def forget(self, family: Family) -> None:
        """Stop watching a family that was ended."""
        self._families.discard(family)
        _Known.started.discard(family.root.pid)

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            self._look_after_server()
            _kill_orphans(_children)
            for family in self._families.copy():
                with suppress(psutil.Error, OSError):
                    self._look_after(family)

    def _look_after(self, family: Family) -> None:
        if family.is_over(self._most):
            family.is_too_large = True
            family.end()
        elif time.monotonic() > family.deadline + GRACE:
            family.end()

    def _look_after_server(self) -> None:
        """Resume the fork server if one of the processes has stopped it."""
        if (server := _Known.server) is None:
            return
        with suppress(psutil.Error, OSError):
            if server.status() == psutil.STATUS_STOPPED:
                server.resume()
            if time.monotonic() - self._starting > MOST_STARTING:
                server.kill()


def _descendants(process: psutil.Process) -> Iterator[psutil.Process]:
    for child in _children(process):
        yield child
        yield from _descendants(child)


def _children(process: psutil.Process) -> list[psutil.Process]:
    """Return a process's children: as Linux lists them, or as found among all processes.

    Looking through all takes 3 ms, and processes are looked after twice a second. One may be
    missing in the list while another ends; it is there the next time. Raises ``psutil.Error``.
    """
    tasks = Path(f"/proc/{process.pid}/task")
    try:
        listed = " ".join((each / "children").read_text("ascii") for each in tasks.iterdir())
    except OSError:
        return process.children()
    found = []
    for pid in map(int, listed.split()):
        with suppress(psutil.Error):
            found.append(psutil.Process(pid))
    return found


def _resident(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _share(process: psutil.Process) -> int:
    """Return a process's memory, counting only its share of shared memory if the system tells."""
    with suppress(psutil.Error, OSError):
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.rss)) + int(getattr(full, "swap", 0))
    return _resident(process)


def _kill_below(root: psutil.Process) -> None:
    """Kill all that a stopped process has started, stopping them first so that none starts more."""
    found: set[psutil.Process] = set()
    with suppress(psutil.Error):
        for _ in range(ROUNDS):
            new = set(root.children(recursive=True)) - found
            _each(psutil.Process.suspend, new)
            found |= new
            if not new:
                break
    _each(psutil.Process.kill, found)


def _kill_orphans(
    children: Callable[[psutil.Process], list[psutil.Process]] = psutil.Process.children,
) -> None:
    """Kill the orphans that the fork server adopted, as far as they are among its ``children``.

    Skipped while a process starts, which may hang until the guard helps.
    """
    if not _Known.lock.acquire(timeout=EVERY):
        return
    try:
        with suppress(psutil.Error, OSError):
            if server := _Known.server:
                for child in children(server):
                    _kill_orphan(child, server)
    finally:
        _Known.lock.release()


def _kill_orphan(child: psutil.Process, server: psutil.Process) -> None:
    """Kill a child of ``server`` that no guard knows, unless it is in the session of ``server``.

    A task starts its own session; other processes forked from the same server do not.
    """
    with suppress(psutil.Error, OSError):
        if child.pid in _Known.started or os.getsid(child.pid) == os.getsid(server.pid):
            return
        child.suspend()
        _kill_below(child)
        child.kill()


def _each(deed: Callable[[psutil.Process], None], processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.Error):
            deed(process)
