"""Hold each new file of a folder alone for a moment, as a scanner does: ``scan.py FOLDER``."""

import os
import sys
import time

sys.path.append(os.path.dirname(__file__))  # noqa: PTH120

from opening import kernel, opened

MOMENT = 0.4


def files(folder):
    """Yield all files with the time of their last change."""
    for above, _, names in os.walk(folder):
        for name in names:
            path = f"{above}\\{name}"
            try:
                yield path, os.stat(path).st_mtime_ns  # noqa: PTH116
            except OSError:
                continue


print(os.getpid(), flush=True)
known = set(files(sys.argv[1]))
while True:
    for each in files(sys.argv[1]):
        if each not in known and not each[0].endswith((".ita-lock", ".sqlite", "-journal")):
            known.add(each)
            if handle := opened(each[0], "alone"):
                print("held", flush=True)
                time.sleep(MOMENT)
                kernel.CloseHandle(handle)
    time.sleep(0.02)
