"""Many tasks in a few processes.

A child that is killed, eats memory or never ends fails its own task and no other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from ita_helpers.errors import ItaError, OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.run.processes import FORKS, WARM_UP, fresh_processes

Task = TypeVar("Task")
Result = TypeVar("Result")
MEGABYTE = 1024 * 1024
AHEAD = 4
"""So many tasks a process are handed out ahead of time."""
TASKS_A_PROCESS = 1 if FORKS else 50
"""A forked process costs little and runs one task; a spawned one is replaced after so many."""

LOOK_EVERY = 0.02
"""Seconds until the pool sees that a process is done; a tenth, its own value, stands idle."""


@dataclass(frozen=True)
class Limits:
    """What one task may take; ``megabytes`` holds for a process, where the system can set it."""

    seconds: float = 300
    megabytes: int = 4096


@dataclass(frozen=True)
class Done(Generic[Task, Result]):
    """A task with its result, or with the error it failed by."""

    task: Task
    result: Result | None = None
    error: ItaError | None = None


def run_all(
    tasks: Iterable[Task],
    work: Callable[[Task], Result],
    workers: int,
    limits: Limits,
    warm_up: str = "",
) -> Generator[Done[Task, Result]]:
    """Yield each task as it is done, in no order; ``work`` must be picklable.

    ``warm_up`` (``module:function argument``) is called in the process the others are forked
    from.
    Closing the iterator, or an interrupt, stops the processes and loses nothing that was yielded.
    """
    os.environ[WARM_UP] = warm_up
    CONSTS.sleep_unit = LOOK_EVERY
    pool = ProcessPool(
        max_workers=workers,
        max_tasks=TASKS_A_PROCESS,
        initializer=_begin,
        initargs=(limits.megabytes,),
        context=fresh_processes(),
    )

    def submit(task: Task) -> Future[Any]:
        scheduled: Future[Any] = pool.schedule(work, args=(task,), timeout=limits.seconds)
        return scheduled

    try:
        for future, task in as_done(tasks, submit, workers * AHEAD):
            yield _read(future, task, limits)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        del os.environ[WARM_UP]


def as_done(
    tasks: Iterable[Task], submit: Callable[[Task], Future[Any]], ahead: int
) -> Iterator[tuple[Future[Any], Task]]:
    """Yield each future when it is done, in no order; ``ahead`` of them wait at most."""
    waiting = iter(tasks)
    running: dict[Future[Any], Task] = {}
    while True:
        for task in waiting:
            running[submit(task)] = task
            if len(running) >= ahead:
                break
        if not running:
            return
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            yield future, running.pop(future)


def _read(future: Future[Any], task: Task, limits: Limits) -> Done[Task, Any]:
    try:
        return Done(task, future.result())
    except ItaError as error:
        return Done(task, error=error)
    except Late:
        return Done(task, error=TookTooLong(seconds=limits.seconds))
    except MemoryError:
        return Done(task, error=OutOfMemory(megabytes=limits.megabytes))
    except ProcessExpired as error:
        return Done(task, error=WorkerDied(reason=str(error.exitcode)))


def _begin(megabytes: int) -> None:
    """Set the limits of a fresh process; what it starts inherits them.

    In a session of its own it hears nothing of an interrupt meant for the command.
    """
    if sys.platform != "win32":
        import resource

        os.setsid()
        most = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
