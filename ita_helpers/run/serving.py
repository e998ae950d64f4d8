"""Whether a process of a pool takes another task when it is done with one.

What other code than the program's leaves behind ends with its process. What the program leaves
behind are its caches, which the next report needs too.
"""

from __future__ import annotations

import gc

import psutil

from ita_helpers.run import processes

TASKS_A_PROCESS = 50
"""After so many tasks a process is replaced: what the PDF compiler remembers grows, from the
eleventh task on by half a megabyte each."""


class FreshProcessWanted(BaseException):
    """A task is not to run where others have run: like any failure there, it runs anew, alone."""


class _Served:
    """What this process of a pool has done."""

    tasks = 0
    goes_on = False


def run_here(*, leaves_nothing: bool) -> None:
    """Say, before a task runs its code, whether that leaves nothing behind in this process.

    Only then does the process take another task. Raises ``FreshProcessWanted`` for a task that may
    leave something behind if others have run here. Where processes cannot be forked each serves
    many, whatever they run.
    """
    if not leaves_nothing and _Served.tasks and processes.FORKS:
        raise FreshProcessWanted
    _Served.goes_on = leaves_nothing


def goes_on() -> bool:
    """Return whether the program's code alone runs in the task, and the process may take another.

    Garbage is then looked for once, before that.
    """
    return _Served.goes_on


def begin() -> None:
    """Look for the garbage of the task before, if there was one; the last one's goes unlooked for.

    What is left then stays (caches), so it is kept out of later searches.
    """
    if _Served.tasks:
        gc.collect()
        gc.freeze()


def end(*, has_failed: bool, megabytes: int) -> bool:
    """Return whether the process takes another task after the one that it has done.

    It does not if it holds more than half of what it may.
    """
    has_room = 2 * psutil.Process().memory_info().rss < megabytes * processes.MEGABYTE
    is_wanted = has_room and ((_Served.goes_on and not has_failed) or not processes.FORKS)
    _Served.goes_on = False
    _Served.tasks += 1
    return is_wanted and _Served.tasks < TASKS_A_PROCESS
