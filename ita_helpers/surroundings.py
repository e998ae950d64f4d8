"""Giving every run the same state, on any machine and in any locale and environment.

Imports only the standard library, because it runs before anything else.
"""

from __future__ import annotations

import gc
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

UTF8 = "PYTHONUTF8"
HASHES = "PYTHONHASHSEED"
STREAMS = "PYTHONIOENCODING"
LOOK_FOR_GARBAGE = 200_000, 10, 10
"""How seldom: what the program loads stays, a million objects, and each look at them costs time. A
report leaves less than the first number, so that none falls while it is made."""


class Process:
    """What this process is."""

    is_settled = False
    """Whether the program alone decides what runs in it: a command, and no kernel or test."""


@contextmanager
def not_looking_for_garbage() -> Iterator[None]:
    """Do work that leaves no garbage behind without looking for any.

    A paper is a hundred thousand objects, none of which goes before it is done: each look at them
    finds nothing, and in a process of others' (papermill, nbconvert) there are many.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def settle() -> None:
    """Use UTF-8 for file names, arguments and text, here and in every program started.

    Otherwise what a cell reads with ``open(file)`` would depend on the machine's code page, and the
    order of a printed set on chance. In another locale the program replaces itself with a restarted
    one; on Windows, whose file names are Unicode anyway, the setting applies to the processes that
    run cells.
    """
    os.environ.update({UTF8: "1", HASHES: "0"})
    is_utf8 = locale.getencoding().lower().replace("-", "") == "utf8"
    if sys.platform == "win32" or sys.flags.utf8_mode or is_utf8:
        Process.is_settled = True
        return
    if sys.stdout:
        os.environ.setdefault(STREAMS, sys.stdout.encoding)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
