"""Running the same tasks on the workers of a Dask cluster (``pip install .[cluster]``).

Each worker runs a task in a fresh process on its own machine, as a batch does here. If a worker
dies, its tasks are tried again.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Any

from ita_helpers.boundary import as_failure
from ita_helpers.errors import ClusterAway, ClusterDaemons, ClusterMissing
from ita_helpers.run.batch import Done, Result, Task, run_all
from ita_helpers.run.limits import Limits

AHEAD = 4
"""Tasks submitted in advance per thread of the cluster."""
WAIT = 15
"""Seconds until a cluster that does not answer, or has no worker, counts as unreachable."""


def run_on_cluster(
    tasks: Iterable[Task],
    work: Callable[[Task], Result],
    address: str,
    limits: Limits,
    warm_up: str = "",
) -> Generator[Done[Task, Result]]:
    """Yield each task as it is done, in any order: ``run_all`` on a cluster.

    ``address`` is the scheduler's (``tcp://host:8786``). Raises ``ClusterMissing`` without the
    library, ``ClusterAway`` for a cluster that does not answer.
    """
    client = _connected(address)
    if isinstance(client, str):
        gc.collect()
        raise ClusterAway(address=address, reason=client)
    with client, client.get_executor(pure=False) as executor:
        threads = sum(client.nthreads().values())

        def submit(task: Task) -> Future[Any]:
            sent: Future[Any] = executor.submit(_on_worker, task, work, limits, warm_up)
            return sent

        for future, task in _as_done(tasks, submit, threads * AHEAD):
            yield _read(future, task)


def _connected(address: str) -> Any:
    """Return a client of the cluster, or why there is none. Raises ``ClusterMissing``.

    A client that found no cluster is to be collected by the caller: left to chance, it is closed
    in the thread that the next client starts, and the two wait for each other for ever.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterMissing() from error
    try:
        client: Any = Client(address, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=WAIT)
    except Exception as error:
        return str(error) or type(error).__name__
    return client


def _as_done(
    tasks: Iterable[Task], submit: Callable[[Task], Future[Any]], ahead: int
) -> Iterator[tuple[Future[Any], Task]]:
    """Yield each future when it is done, in any order, submitting at most ``ahead`` in advance."""
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


def _on_worker(
    task: Task, work: Callable[[Task], Result], limits: Limits, warm_up: str
) -> Done[Task, Result]:
    if multiprocessing.current_process().daemon:
        return Done(task, error=ClusterDaemons())
    return next(run_all([task], work, 1, limits, warm_up))


def _read(future: Future[Any], task: Task) -> Done[Task, Any]:
    try:
        done: Done[Task, Any] = future.result()
    except (Exception, CancelledError) as error:
        return Done(task, error=as_failure(error))
    return done
