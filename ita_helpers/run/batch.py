"""Running many tasks in a few processes.

A child that is killed, uses up memory or never ends fails only its own task: each has its own pipe
to this process, and nothing is shared that could stay locked.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from ita_helpers.boundary import as_failure
from ita_helpers.errors import ItaError, OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.run import serving
from ita_helpers.run.bound import Bond
from ita_helpers.run.guard import Family, Guard
from ita_helpers.run.limits import Limits
from ita_helpers.run.processes import (
    FORKS,
    MEGABYTE,
    WARM_UP,
    adopt_orphans,
    fresh_processes,
    limit_files,
    without_main,
)

Task = TypeVar("Task")
Result = TypeVar("Result")
STARTS, PAUSE = 5, 0.2
"""How often starting a process is tried: the fork server may have been killed.

The pauses between (seconds, longer each time) let the system see that it is dead.
"""
MOST_AT_ONCE = 60 if sys.platform == "win32" else 10_000
"""How many processes can be waited for at once: before Python 3.13, Windows waits for 63."""
ANSWERING, ENDING = 60, 10
"""Seconds for reading an answer whole, and for a killed process to be gone."""


@dataclass(frozen=True)
class Done(Generic[Task, Result]):
    """A task with its result, or with the error it failed with."""

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
    from. Closing the iterator, or an interrupt, stops the processes and loses nothing that was
    yielded.
    """
    with Guard(limits.megabytes) as guard:
        yield from _run_guarded(
            iter(tasks), partial(_Worker, work, limits, guard), min(workers, MOST_AT_ONCE), warm_up
        )


def _run_guarded(
    waiting: Iterator[Task], start: Callable[[], _Worker], workers: int, warm_up: str
) -> Generator[Done[Task, Any]]:
    idle: list[_Worker] = []
    busy: dict[Connection, _Worker] = {}
    os.environ[WARM_UP] = warm_up
    try:
        while True:
            for task in waiting:
                try:
                    worker = idle.pop() if idle else start()
                except (OSError, EOFError) as error:
                    yield Done(task, error=WorkerDied(reason=str(error)))
                    continue
                worker.begin(task)
                busy[worker.connection] = worker
                if len(busy) >= workers:
                    break
            if not busy:
                return
            for connection in _ready(busy.values()):
                worker = busy.pop(connection)
                done = worker.end()
                if worker.serves_on:
                    idle.append(worker)
                if done is None:
                    waiting = chain([worker.task], waiting)
                else:
                    yield done
    finally:
        os.environ.pop(WARM_UP, None)
        for worker in (*idle, *busy.values()):
            worker.kill()


def _ready(workers: Iterable[_Worker]) -> list[Connection]:
    """Return the connections of workers that are done, dead or overdue; waits for one."""
    listed = list(workers)
    soonest = min(worker.deadline for worker in listed)
    left = max(0, soonest - time.monotonic())
    done = wait([worker.connection for worker in listed], left)
    late = [each.connection for each in listed if each.deadline <= time.monotonic()]
    return [each.connection for each in listed if each.connection in (*done, *late)]


class _Worker:
    """A process that runs one task after another, as long as they leave nothing behind."""

    def __init__(self, work: Callable[[Any], Any], limits: Limits, guard: Guard) -> None:
        self._limits, self._guard = limits, guard
        self._tasks = 0
        for attempt in range(1, STARTS + 1):
            try:
                self._start(work)
                return
            except (OSError, EOFError):
                if attempt == STARTS:
                    raise
                time.sleep(attempt * PAUSE)

    def _start(self, work: Callable[[Any], Any]) -> None:
        context = fresh_processes()
        self.connection, theirs = context.Pipe()
        given = (theirs, work, self._limits.megabytes)
        self._process = context.Process(target=_serve, args=given)
        try:
            with self._guard.starting(), without_main():
                self._process.start()
                self._family: Family = self._guard.follow(self._process.pid)
            self._bond = Bond(self._process.pid, self._limits.megabytes * MEGABYTE)
        except (OSError, EOFError):
            self.connection.close()
            raise
        finally:
            theirs.close()

    def begin(self, task: Any) -> None:
        """Hand over a task; if the process is dead, ``end`` will report it."""
        self.task = task
        self._tasks += 1
        self.deadline = self._family.deadline = time.monotonic() + self._limits.seconds
        with suppress(OSError):
            self.connection.send(task)

    def end(self) -> Done[Any, Any] | None:
        """Return the outcome of the task, or nothing if it is to run in a fresh process.

        A process that did not answer, or takes no other task, is killed.
        """
        try:
            if not self.connection.poll():
                self.kill()
                return Done(self.task, error=TookTooLong(seconds=self._limits.seconds))
            self._family.deadline = min(self.deadline, time.monotonic() + ANSWERING)
            outcome, goes_on = self.connection.recv()
        except Exception:
            return self._judged(Done(self.task, error=self._died()))
        if not goes_on:
            self.kill()
        return self._judged(Done(self.task, *outcome))

    def _judged(self, done: Done[Any, Any]) -> Done[Any, Any] | None:
        """Return an outcome, or nothing for a failure that the tasks before it may have caused.

        What they left counts as its memory; its time is its own.
        """
        is_own = self._tasks == 1 or isinstance(done.error, TookTooLong) or not FORKS
        return done if is_own or not done.error else None

    def _died(self) -> ItaError:
        """Return why there is no answer that can be read."""
        self._process.join(1)
        reason = str(self._process.exitcode)
        self.kill()
        if self._family.is_too_large:
            return OutOfMemory(megabytes=self._limits.megabytes)
        if self.deadline <= time.monotonic():
            return TookTooLong(seconds=self._limits.seconds)
        return WorkerDied(reason=reason)

    @property
    def serves_on(self) -> bool:
        """Whether the process can take another task."""
        return not self.connection.closed

    def kill(self) -> None:
        """End the process and all it has started."""
        self._family.end()
        self._bond.end()
        if sys.platform != "win32":
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join(ENDING)
        self._guard.forget(self._family)
        with suppress(ValueError):
            self._process.close()
        self.connection.close()


def _serve(connection: Connection, work: Callable[[Any], Any], megabytes: int) -> None:
    """Run tasks as they come and send each outcome; the child's side."""
    _limit(megabytes)
    goes_on = True
    while goes_on:
        try:
            task = connection.recv()
        except EOFError:
            return
        serving.begin()
        outcome = _run(work, task, megabytes)
        goes_on = serving.end(has_failed=outcome[1] is not None, megabytes=megabytes)
        connection.send((outcome, goes_on))


def _run(work: Callable[[Any], Any], task: Any, megabytes: int) -> tuple[Any, ItaError | None]:
    try:
        return work(task), None
    except MemoryError:
        return None, OutOfMemory(megabytes=megabytes)
    except BaseException as error:
        return None, as_failure(error)


def _limit(megabytes: int) -> None:
    """Set the limits of a fresh process; what it starts inherits them.

    In its own session it receives no interrupt meant for the command.
    """
    if sys.platform != "win32":
        import resource

        os.setsid()
        adopt_orphans()
        most = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        limit_files()
