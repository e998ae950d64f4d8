"""A Dask cluster on this machine, as the README starts one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import psutil

DASK = [sys.executable, "-m", "dask"]


@contextmanager
def cluster(folder, workers=2, pinned=False):
    """Run a scheduler and workers of one thread; yields its address and the workers.

    ``pinned`` gives each worker, and what it starts, one core of its own.
    """
    file = folder / "scheduler.json"
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    options = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = [["scheduler", "--host", "127.0.0.1", "--port", "0", *options]]
    commands += [["worker", "--nthreads", "1", *options]] * workers
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    started = [subprocess.Popen([*DASK, *each], **quiet) for each in commands]
    try:
        for core, each in enumerate(started[1:] if pinned else ()):
            os.sched_setaffinity(each.pid, {core})
        while not file.exists():
            time.sleep(0.1)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        from distributed import Client

        with Client(address, timeout=120, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
        yield address, started[1:]
    finally:
        for each in started:
            kill(each)
        for each in started:
            each.wait()


def kill(process):
    """Kill a process and all below it without warning."""
    below = []
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(process.pid).children(recursive=True)
    for each in (*below, process):
        with suppress(psutil.NoSuchProcess):
            each.kill()
