"""Tasks that take too long, too much, or leave a process behind, in the pool of the program."""

import sys
import time
from pathlib import Path

import psutil
from tasks import BEHIND, do

from ita_helpers.errors import OutOfMemory, TookTooLong, WorkerDied
from ita_helpers.run.batch import run_all
from ita_helpers.run.limits import Limits

LIMITS = Limits(seconds=25, megabytes=700)
KINDS = {"endless": TookTooLong, "large": OutOfMemory, "large in a child": OutOfMemory}
KINDS |= {"dies": WorkerDied}


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
