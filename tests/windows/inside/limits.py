"""Tasks that take too long, too much, or leave a process behind, in the pool of the program."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from ita_helpers.errors import OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.run.batch import run_all
from ita_helpers.run.limits import Limits

BEHIND = "97531"
SLEEPS = [sys.executable, "-c", f"import time; time.sleep({BEHIND})"]
STARTS = [sys.executable, "-c", f"import subprocess; subprocess.Popen({SLEEPS!r})"]
LIMITS = Limits(seconds=25, megabytes=700)
KINDS = {"endless": TookTooLong, "large": OutOfMemory, "large in a child": OutOfMemory}
KINDS |= {"dies": WorkerDied}


def do(task):
    """Do what is named, or well."""
    if task == "endless":
        subprocess.Popen(SLEEPS)
        time.sleep(300)
    elif task == "large":
        held = [bytes([1]) * 10_000_000 for _ in range(120)]
        time.sleep(len(held))
    elif task == "large in a child":
        code = "import time; held = [bytes([1]) * 10_000_000 for _ in range(120)]; time.sleep(99)"
        subprocess.run([sys.executable, "-c", code], check=True)
    elif task == "dies":
        subprocess.Popen(SLEEPS)
        os._exit(3)
    elif task == "leaves a grandchild":
        subprocess.run(STARTS, check=True)
    return f"{task} done"


def left():
    """Return how many processes were left."""
    return sum(
        BEHIND in " ".join(each.info["cmdline"] or ()) for each in psutil.process_iter(["cmdline"])
    )


if __name__ == "__main__":
    tasks = [*KINDS, "leaves a grandchild", "a", "b", "c"]
    began = time.monotonic()
    done = {each.task: each for each in run_all(tasks, do, 2, LIMITS)}
    for task in tasks:
        error = done[task].error
        kind = KINDS.get(task, type(None))
        assert isinstance(error, kind), (task, repr(error))
    for _ in range(30):
        if not left():
            break
        time.sleep(0.5)
    assert not left(), f"{left()} processes were left"
    print(
        f"all as it should be: {len(tasks)} tasks in {time.monotonic() - began:.0f} s, in",
        Path(sys.executable).parent.parent.name,
    )
