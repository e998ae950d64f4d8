"""Whether a file is there, where other programs take one away for a moment.

On Windows programs save, or copy to a cloud, by removing a file and putting another in its place.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

COMES_BACK, PAUSE = 1.5, 0.05
"""Seconds after a change of its folder in which a file may come back, and between two looks."""
TAKEN_AWAY = sys.platform == "win32"
"""Whether that is met here."""


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; what was taken away just now is waited for.

    Its folder tells, which has changed: so what was never there costs no time.
    """
    until = time.monotonic() + COMES_BACK
    while not path.exists():
        if not TAKEN_AWAY or time.monotonic() >= until or not _has_just_changed(path.parent):
            return False
        time.sleep(PAUSE)
    return True


def _has_just_changed(folder: Path) -> bool:
    """Whether it has; clocks of files and of programs there differ by some hundredths."""
    try:
        return abs(time.time() - folder.stat().st_mtime) < COMES_BACK
    except OSError:
        return False
