"""The same work on this machine, with a pool that is spawned as on Windows: what is compared."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

SPAWNED = """
import sys
from ita_helpers.run import processes
processes.FORKS = False
from ita_helpers.__main__ import main
sys.argv = ["ita", *sys.argv[1:]]
main()
"""


def render_here(program: Path, formats: str) -> tuple[float, Path]:
    """Render all samples; return the seconds it took and the folder of the reports."""
    out = program.parent / "on-linux"
    shutil.rmtree(out, ignore_errors=True)
    orders = ["--root", str(program), "render", "--to", formats, "--out", str(out), "--force"]
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", SPAWNED, *orders], cwd=program.parent, check=True)
    return time.monotonic() - began, out
