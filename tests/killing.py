"""Running commands to their end, and killing them with all they have started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from conftest import ROOT
from stress import descendants

from ita_helpers.files.workspace import Workspace


def command(workspace: Workspace, *words: str) -> list[str]:
    """Return the call of a command."""
    return [sys.executable, "-m", "ita_helpers", "--root", str(workspace.root), *words]


def timed(workspace: Workspace, *words: str, status: int = 0) -> float:
    """Run a command to its end and return the seconds it took."""
    started = time.monotonic()
    run = subprocess.run(command(workspace, *words), capture_output=True, check=False, cwd=ROOT)
    assert run.returncode == status, run.stderr.decode()
    return time.monotonic() - started


def killed_after(seconds: float, workspace: Workspace, *words: str) -> None:
    """Start a command and kill it with all it has started, unless it has ended by then."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command(workspace, *words), stdout=quiet, stderr=quiet, cwd=ROOT)
    time.sleep(seconds)
    for each in (process.pid, *descendants(process.pid)):
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait(60)
