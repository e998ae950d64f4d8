"""Processes beside a batch that do one kind of work for all its tasks, and so keep what they know.

A forked task lives as long as it takes; what a library remembers for the next time ends with it. So
the process that tasks are forked from starts helpers first, in which such a library may also start
threads. A task that gets no answer does the work itself: helpers save time and decide nothing.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe

from ita_helpers.run.processes import MEGABYTE

Work = Callable[..., bytes]
BEGINS = 2.0
"""Seconds within which a helper takes a task up, or the task does it itself."""
LONGEST = 60.0
"""Seconds a helper may work on one task before it is replaced."""
MOST = 600 * MEGABYTE
"""Bytes of memory above which a helper is replaced after a task, and twice of which end it."""
STARTS = 1000
"""How often helpers are replaced in all."""
_HELLO, _NOTHING = b"helper", b""


class _Door:
    """Where tasks ask: an end of a pair of sockets that all processes forked later share."""

    ours: socket.socket | None = None


def start_helpers(work: Work, count: int) -> None:
    """Start helpers that call ``work`` with what is asked; they end with the last who could ask.

    Called in a process without threads, of which all that may ask are forked later.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        try:
            ours.close()
            _keep(work, count, _alone_with(theirs))
        finally:
            os._exit(1)
    theirs.close()
    ours.settimeout(BEGINS)
    _Door.ours = ours


def has_helpers() -> bool:
    """Whether this process or the one it was forked from has started helpers."""
    return _Door.ours is not None


class Helper:
    """One helper, which does nothing else from the first thing it is asked until it is left."""

    def __init__(self) -> None:
        self._answers: Connection | None = None

    def __enter__(self) -> Helper:
        if _Door.ours is not None:
            with suppress(OSError, EOFError):
                answers, theirs = Pipe()
                self._answers = answers
                with theirs:
                    socket.send_fds(_Door.ours, [_HELLO], [theirs.fileno()])
                if not answers.poll(BEGINS) or answers.recv_bytes() != _HELLO:
                    self._leave()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def ask(self, *asked: str) -> bytes:
        """Return what it makes of the words, or nothing where there is none or it fails."""
        try:
            if self._answers:
                self._answers.send_bytes(json.dumps(asked).encode())
                return self._answers.recv_bytes()
        except (OSError, EOFError):
            self._leave()
        return _NOTHING

    def _leave(self) -> None:
        if self._answers:
            self._answers.close()
        self._answers = None


def _alone_with(door: socket.socket) -> socket.socket:
    """Keep no file of the process this one was forked from but the door; say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.closerange(3, door.fileno())
    os.closerange(door.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    return door


def _keep(work: Work, count: int, door: socket.socket) -> None:
    """Have so many helpers, each in a process of its own, until nobody is left who could ask."""
    running = {_start(work, door) for _ in range(count)}
    starts = count
    while running:
        ended, status = os.wait()
        running.discard(ended)
        if status and starts < STARTS:
            running.add(_start(work, door))
            starts += 1
    os._exit(0)


def _start(work: Work, door: socket.socket) -> int:
    if pid := os.fork():
        return pid
    try:
        _limit()
        while _is_small():
            hello, files, *_ = socket.recv_fds(door, len(_HELLO), 1)
            if not hello:
                os._exit(0)
            with suppress(OSError, EOFError), Connection(files[0]) as asking:
                asking.send_bytes(_HELLO)
                while True:
                    words = asking.recv_bytes()
                    asking.send_bytes(_make(work, json.loads(words)))
    finally:
        os._exit(1)


def _make(work: Work, asked: Sequence[str]) -> bytes:
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        return work(*asked)
    except Exception:
        return _NOTHING
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (2 * MOST, 2 * MOST))


def _is_small() -> bool:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MOST
