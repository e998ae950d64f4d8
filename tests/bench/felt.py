"""What people wait for, one thing at a time: commands, one cold report, editing, an import.

``python felt.py NAME FOLDER`` measures one and prints its CPU seconds as JSON, for the made-up
offices in ``FOLDER``. The program that is measured is the one that ``PYTHONPATH`` names.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from chains import LOOK_FOR_GARBAGE, PROGRAM
from ending import ending_all, wait_for_all

from ita_helpers.files.workspace import Workspace

ROWS = 1000
"""Offices of the list that is imported; all are new, as on an office's first day."""
MEASURES = 300
TURNS = 3
SAMPLE = "made-up-00001"
PLAN = "มาตรการ,ตัวชี้วัด,ผู้รับผิดชอบ,ระยะเวลา,วิธีติดตาม"
COMMANDS = {
    "--help": "--help",
    "a usage error": "rendr",
    "explain": f"explain {SAMPLE} --year 2568",
    "check": f"check {SAMPLE} --year 2568",
    "params": "params --year 2568",
    "index": "index",
}
PRESSED = """
import time
from pathlib import Path
from ita_helpers.files.workspace import find_workspace
from ita_helpers.lab.start_page import StartPage
page = StartPage(find_workspace())
page.office.list.value = "made-up-00001"
time.sleep(3)
started = time.perf_counter()
done = page.report.make_all()
assert not done.returncode, done.stderr
print(time.perf_counter() - started)
"""
"""The start page's button, three seconds after the page was opened."""
Seconds = dict[str, float]


def spent(command: list[str], turns: int = 1) -> float:
    """Return the least CPU seconds of a command and all it starts, of some turns."""
    found = []
    for _ in range(turns):
        before = _cpu()
        subprocess.run(command, capture_output=True, check=False)
        wait_for_all()
        found.append(_cpu() - before)
    return min(found)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ita(words: str) -> list[str]:
    return [sys.executable, "-m", "ita_helpers", *words.split()]


def commands(workspace: Workspace) -> Seconds:
    """Return what commands cost, and what it costs to load the two libraries all of them need."""
    (workspace.rendered / "2568").mkdir(parents=True, exist_ok=True)
    bare = spent([sys.executable, "-c", "import click, yaml"], 2 * TURNS)
    named = {name: spent(_ita(words), TURNS) for name, words in COMMANDS.items()}
    return {"import click, yaml": bare, **named}


def one_report(workspace: Workspace) -> Seconds:
    """Return what one report costs, HTML and PDF, with nothing loaded before."""
    file = workspace.params / f"2568/{SAMPLE}.yml"
    return {"one cold report": spent(_ita(f"render {file} --force"))}


def editing(workspace: Workspace) -> Seconds:
    """Return what it costs to make an office's own notebook."""
    shutil.rmtree(workspace.root / "notebooks/edited", ignore_errors=True)
    return {"ita edit": spent(_ita(f"edit {SAMPLE} --year 2568 --no-lab"))}


def pressing(workspace: Workspace) -> Seconds:
    """Return what the first report from the start page costs, and how long it is waited for."""
    for each in ("notebooks/edited", "rendered"):
        shutil.rmtree(workspace.root / each, ignore_errors=True)
    before = _cpu()
    command = [sys.executable, "-c", PRESSED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wait_for_all()
    waited = float(done.stdout.splitlines()[-1])
    return {"start page's report": _cpu() - before, "waited": waited}


def importing(workspace: Workspace) -> Seconds:
    """Return what an import of a province's list costs."""
    from lists import write_list

    from ita_helpers.offices.workspace import make_workspace

    folder = workspace.root.parent / "empty"
    shutil.rmtree(folder, ignore_errors=True)
    empty = make_workspace(folder)
    file = folder.with_name("list.xlsx")
    write_list(file, empty, ROWS, 2568)
    words = f"--root {folder} import {file} --year 2568 --yes"
    used = spent(_ita(words))
    assert len((folder / "data/scores/2568.csv").read_bytes().splitlines()) > ROWS
    return {f"import of {ROWS:,} rows": used}


def many_measures(workspace: Workspace) -> Seconds:
    """Return the floor of a report without a plan, and of one with many measures."""
    sys.path.insert(0, str(PROGRAM / "tests/bench"))
    import floor

    gc.set_threshold(*LOOK_FOR_GARBAGE)
    os.environ["ITA_ROOT"] = str(workspace.root)
    files = sorted((workspace.params / "2568").glob("*.yml"))[:2]
    bare = sum(floor.measure(files).values())
    rows = [f"มาตรการสมมติที่ {n},{n % 10 + 1},กองสมมติ,ต.ค. 68 – ก.ย. 69," for n in range(MEASURES)]
    for each in files:
        plan = workspace.root / f"data/plans/2568/{each.stem}.csv"
        plan.parent.mkdir(parents=True, exist_ok=True)
        plan.write_text("\n".join([PLAN, *rows]) + "\n", encoding="utf-8")
    planned = sum(floor.measure(files).values())
    shutil.rmtree(workspace.root / "data/plans")
    return {"floor without a plan": bare, f"floor with {MEASURES} measures": planned}


FELT: dict[str, Callable[[Workspace], Seconds]] = {
    each.__name__: each
    for each in (commands, one_report, editing, pressing, importing, many_measures)
}


def main() -> None:
    """Measure one thing and print it."""
    name, folder = sys.argv[1:]
    workspace = Workspace(Path(folder))
    os.environ |= {"ITA_ROOT": str(workspace.root), "PYTHONWARNINGS": "ignore"}
    with ending_all():
        os.chdir(workspace.root)
        started = time.perf_counter()
        found = FELT[name](workspace)
        print(json.dumps({**found, "wall": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
