"""The comparison of the whole country and of a province, made up: 8,317 offices of 76 provinces.

``python tests/bench/comparison.py [OFFICES]``. The executed notebooks are stand-ins that hold what
a comparison reads (the scrap ``result`` and the counts) and no report; the manifest is rebuilt from
them. Measured are seconds, CPU and memory of the command and its processes, then the same with the
manifest gone, so that every notebook is read itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil
from compared import YEAR, make_reports

from ita_helpers.files.workspace import Workspace
from ita_helpers.run.manifest import NAME, Manifest
from ita_helpers.run.sealing import read_report
from ita_helpers.store.places import official_places

ALL = 8317


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ALL
    provinces = [*official_places().districts]
    with tempfile.TemporaryDirectory() as name:
        workspace = make_reports(Path(name), count, provinces)
        Manifest(workspace.rendered, read_report).close()
        one = provinces[len(provinces) // 2]
        compare(workspace, "country")
        compare(workspace, "province", "--province", one)
        (workspace.rendered / NAME).unlink()
        for file in (workspace.params / str(YEAR)).glob("*.yml"):
            file.unlink()
        compare(workspace, "country by its notebooks")


def compare(workspace: Workspace, what: str, *asked: str) -> None:
    """Run the command; print seconds, memory and the sizes of what it wrote."""
    before = time.perf_counter()
    words = ("--root", str(workspace.root), "compare", "--year", str(YEAR), *asked)
    command = psutil.Popen([sys.executable, "-m", "ita_helpers", *words, "--to", "html,pdf,docx"])
    most, spent = 0, dict[int, float]()
    while command.poll() is None:
        time.sleep(0.1)
        running = [command, *(command.children(recursive=True) if command.is_running() else [])]
        most = max(most, sum(map(_memory, running)))
        spent |= {each.pid: cpu for each in running if (cpu := _cpu(each))}
    assert command.returncode == 0, command.returncode
    seconds = time.perf_counter() - before
    made = sorted((workspace.rendered / str(YEAR)).glob("*-comparison.*"))
    sizes = ", ".join(f"{each.suffix} {each.stat().st_size / 1000:.0f} kB" for each in made)
    print(f"{what}: {seconds:.1f} s ({sum(spent.values()):.1f} of CPU)", end=", ")
    print(f"{most / 2**20:.0f} MB; {sizes}", flush=True)
    for each in made:
        each.unlink()


def _cpu(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:2]))
    except psutil.Error:
        return 0.0


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, OSError):
        return 0


if __name__ == "__main__":
    main()
