"""Unpack the program under a Thai name with spaces and start it as its user does, for real.

The first start fetches every pin of the lock (about two minutes); the second has no network and no
tools and must begin within seconds. ``python tests/stress_launcher.py``; not part of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from conftest import ROOT
from surroundings import DEAD

OFFLINE = {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1", **DEAD}
SHIPPED = ("notebooks/ita_report.ipynb", "data/regulations.yml", "data/advice/2568.yml")
LEFT_OUT = (".*", "tests", "rendered", "__pycache__")
SECONDS = 5


def main() -> int:
    """Run and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "สมศรี"
        program = home / "Documents/งาน ITA (2568)"
        shutil.copytree(ROOT, program, ignore=shutil.ignore_patterns(*LEFT_OUT))
        print(begin(home, program, "--version"), end="", flush=True)
        base = home / ".local/share/ita-workbook"
        (made,) = (each for each in base.iterdir() if each.is_dir())
        print(f"{megabytes(made)} MB installed", flush=True)
        (shipped,) = made.glob("lib/python*/site-packages/ita_helpers/program")
        assert [file for file in SHIPPED if not (shipped / file).is_file()] == []
        assert len(list((shipped / "data/frameworks").glob("*.yml"))) > 5
        began = time.monotonic()
        assert "version" in begin(home, program, "--version", **OFFLINE)
        seconds = time.monotonic() - began
        assert seconds < SECONDS, seconds
        render(home, program)
    print(f"the second start took {seconds:.1f} seconds, without the network", flush=True)
    return 0


def render(home: Path, program: Path) -> None:
    """Make a report from data alone: rules and template are those that were installed."""
    for folder in ("frameworks", "advice"):
        (program / "data" / folder).rename(home / folder)
    (program / "notebooks/ita_report.ipynb").unlink()
    python = next(home.glob(".local/share/ita-workbook/*/bin/python"))
    orders = ["--root", str(program), "render", str(program / "params/2568/bang-khae.yml")]
    subprocess.run([python, "-P", "-m", "ita_helpers", *orders], check=True)
    assert (program / "rendered/2568/bang-khae.pdf").is_file()


def begin(home: Path, program: Path, *arguments: str, **variables: str) -> str:
    """Start, and return what was said."""
    kept = {name: value for name, value in os.environ.items() if name != "XDG_DATA_HOME"}
    done = subprocess.run(
        ["sh", str(program / "start.sh"), *arguments],
        env={**kept, "HOME": str(home), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def megabytes(folder: Path) -> int:
    """Return the size of the files of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_blocks * 512 for path in files) // 10**6


if __name__ == "__main__":
    sys.exit(main())
