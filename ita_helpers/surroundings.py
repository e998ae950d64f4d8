"""One state for every run, whatever machine, locale and environment it is started in.

Loads nothing but the standard library: it comes before all else.
"""

from __future__ import annotations

import locale
import os
import sys

UTF8 = "PYTHONUTF8"
HASHES = "PYTHONHASHSEED"
STREAMS = "PYTHONIOENCODING"


def settle() -> None:
    """Let names of files, arguments and texts be UTF-8, here and in all programs that are started.

    Else what a cell reads by ``open(file)`` would depend on the code page of the machine, and the
    order of a set that it prints on chance. Where the locale is another, the program is started
    anew in its own place; Windows, whose names of files are Unicode anyhow, is told for the
    processes that run cells.
    """
    os.environ.update({UTF8: "1", HASHES: "0"})
    is_utf8 = locale.getencoding().lower().replace("-", "") == "utf8"
    if sys.platform == "win32" or sys.flags.utf8_mode or is_utf8:
        return
    if sys.stdout:
        os.environ.setdefault(STREAMS, sys.stdout.encoding)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
