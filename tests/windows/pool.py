"""The pool where nothing can be forked: limits, what a task leaves behind, a killed parent."""

from __future__ import annotations

import time

from machine import INSIDE, Machine, on_windows
from trying import PATIENT, alone, expect, small

COMMAND, WORKER = "-m ita_helpers render", "multiprocessing.spawn"


def _python(machine: Machine, script: str, *words: str) -> tuple[int, str]:
    """Run a file of ``inside/`` by the program's own Python."""
    command = [machine.ita_command()[0], on_windows(INSIDE / script), *words]
    return machine.run(*command, PYTHONUTF8="1", PYTHONPATH=on_windows(INSIDE))


@alone
def limits_of_time_and_memory_hold(machine: Machine) -> str:
    """Let only the task fail that takes too long or too much, with all it has started."""
    said = expect(_python(machine, "limits.py"), "all as it should be")
    return said.strip().splitlines()[-1]


@alone
def a_command_that_is_killed_leaves_nothing_running(machine: Machine) -> str:
    """Kill a batch: what it has started ends with it, and the next one clears what it left."""
    folder = small(machine, "ตัดจบ")
    running = machine.start(*machine.ita_command(), "render", *PATIENT, "--force", folder=folder)
    until = time.monotonic() + 600
    while not machine.processes(WORKER):
        assert time.monotonic() < until and running.poll() is None, "no worker was started"
        time.sleep(0.5)
    for each in machine.processes(COMMAND):
        each.kill()
    until = time.monotonic() + 30
    while machine.processes(WORKER):
        assert time.monotonic() < until, "workers run on"
        time.sleep(0.5)
    expect(machine.ita("render", *PATIENT, "--force", folder=folder))
    left = [each.name for each in (folder / "rendered/2568").glob(".making-*")]
    assert left == []
    return "workers ended within 30 s"
