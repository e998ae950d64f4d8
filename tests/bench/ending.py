"""Leaving nothing running where a measurement is stopped: by Ctrl-C, ``kill``, its parent's end."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psutil

ADOPT_ORPHANS, END_WITH_PARENT = 36, 1
"""``PR_SET_CHILD_SUBREAPER`` and ``PR_SET_PDEATHSIG`` of Linux."""
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 20
"""Seconds in which all that was killed has to be gone."""


@contextmanager
def ending_all() -> Iterator[None]:
    """Become the parent of whatever is left running inside, and end it all at the end.

    What a measurement's orphans computed is then counted too.
    """
    prctl = ctypes.CDLL(None).prctl
    prctl(ADOPT_ORPHANS, 1)
    prctl(END_WITH_PARENT, signal.SIGTERM)
    for each in STOPS:
        signal.signal(each, _leave)
    try:
        yield
    finally:
        for each in STOPS:
            signal.signal(each, signal.SIG_IGN)
        end_all()


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def wait_for_all(seconds: float = PATIENCE) -> None:
    """Wait until no process is below this one, as long as that may take."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return


def end_all() -> None:
    """Kill all processes below this one; those that adopt others hand them over when they die."""
    deadline = time.monotonic() + PATIENCE
    own = psutil.Process()
    while (left := own.children(recursive=True)) and time.monotonic() < deadline:
        for each in left:
            try:
                each.kill()
            except psutil.Error:
                continue
        wait_for_all(1)
