"""The chains of tools that make the same reports, each in a process of its own.

``python chains.py NAME WORKSPACE OUT REPORTS`` runs one and prints what it took as JSON, of the
program that ``PYTHONPATH`` names.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from ending import ending_all, wait_for_all

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(os.environ.get("PYTHONPATH") or ROOT)
PARALLEL = 2
BINARIES = Path(sys.executable).parent
LOOK_FOR_GARBAGE = 200_000, 10, 10
"""How seldom, as in the program's own processes: else chance decides whose report a look falls on,
which takes a seventh of the time of one."""
SAID = 30
"""Lines that are shown of what a failed command said."""
Work = Callable[[Path, Path], None]
Taken = dict[str, float]


class ChainError(Exception):
    """A command of a chain failed; the message names the report and what the command said."""


def commands(files: list[Path], out: Path) -> Taken:
    """Make reports by today's three commands each."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda file: _commands(file, out), files))
    return {}


def _commands(file: Path, out: Path) -> None:
    notebook = out / f"{file.stem}.ipynb"
    config = Path(__file__).with_name("webpdf_config.py")
    convert = [str(BINARIES / "jupyter"), "nbconvert", "--log-level=ERROR", str(notebook)]
    run = [str(BINARIES / "papermill"), "--no-progress-bar", TEMPLATE, str(notebook)]
    for command in (
        [*run, "-f", str(file)],
        [*convert, "--to", "html"],
        [*convert, "--to", "webpdf", f"--config={config}"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-SAID:])
            words = f"{Path(command[0]).name} {command[1]}"
            raise ChainError(f"{file.stem}: {words} ended with {done.returncode}\n{said}")


def papermill_api(files: list[Path], out: Path) -> Taken:
    """Make reports by papermill's function and our exporters, in long-lived processes."""
    return _in_processes(_papermill_api, files, out)


def _papermill_api(file: Path, out: Path) -> None:
    import papermill
    import yaml

    notebook = out / f"{file.stem}.ipynb"
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    papermill.execute_notebook(TEMPLATE, notebook, given, progress_bar=False)
    _export(notebook)


def ploomber_api(files: list[Path], out: Path) -> Taken:
    """Make reports by ploomber-engine's function and our exporters, in long-lived processes."""
    os.environ["PLOOMBER_STATS_ENABLED"] = "false"
    return _in_processes(_ploomber_api, files, out)


def _ploomber_api(file: Path, out: Path) -> None:
    sys.path.append(str(ROOT / ".bench"))
    import yaml
    from ploomber_engine import execute_notebook

    notebook = out / f"{file.stem}.ipynb"
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    execute_notebook(TEMPLATE, notebook, parameters=given, verbose=False, progress_bar=False)
    _export(notebook)


def _export(notebook: Path) -> None:
    from ita_helpers.publish.exporters import HtmlReportExporter, PdfReportExporter

    for exporter in (HtmlReportExporter(), PdfReportExporter()):
        made, resources = exporter.from_filename(str(notebook))
        content = made.encode("utf-8") if isinstance(made, str) else made
        notebook.with_suffix(resources["output_extension"]).write_bytes(content)


def _in_processes(work: Work, files: list[Path], out: Path) -> Taken:
    """Share files out to processes, each of which makes one report first that is not counted."""
    with get_context("spawn").Pool(PARALLEL) as pool:
        shares = [(work, files[start::PARALLEL], out) for start in range(PARALLEL)]
        taken = pool.starmap(_work, shares, chunksize=1)
    return {"wall": max(wall for wall, _ in taken), "cpu": sum(cpu for _, cpu in taken)}


def _work(work: Work, files: list[Path], out: Path) -> tuple[float, float]:
    first = out / "first"
    first.mkdir(exist_ok=True)
    work(files[0], first)
    started, before = time.perf_counter(), _cpu()
    for file in files:
        work(file, out)
    return time.perf_counter() - started, _cpu() - before


def ita_render(files: list[Path], out: Path) -> Taken:
    """Make reports by our command."""
    command = [sys.executable, "-m", "ita_helpers", "render", *map(str, files)]
    subprocess.run([*command, "--jobs", str(PARALLEL), "--out", str(out)], check=True)
    return {}


def the_floor(files: list[Path], _: Path) -> Taken:
    """Run the cells and writers alone, in two warm processes that share the machine."""
    with get_context("spawn").Pool(PARALLEL) as pool:
        both = pool.map(_floor, [files[start::PARALLEL] for start in range(PARALLEL)], chunksize=1)
    parts = {part: sum(each[part] for each in both) / PARALLEL for part in both[0]}
    return {"cpu": sum(parts.values()) * len(files), **{f"part {k}": v for k, v in parts.items()}}


def _floor(files: list[Path]) -> dict[str, float]:
    """Measure by the script of the program that is measured, which knows its cells."""
    gc.set_threshold(*LOOK_FOR_GARBAGE)
    sys.path.insert(0, str(PROGRAM / "tests/bench"))
    import floor

    found: dict[str, float] = floor.measure(files)
    return found


CHAINS: dict[str, Callable[[list[Path], Path], Taken]] = {
    "a": commands,
    "b": papermill_api,
    "c": ploomber_api,
    "d": ita_render,
    "e": the_floor,
}
TEMPLATE = str(PROGRAM / "notebooks/ita_report.ipynb")


def measure(name: str, workspace: Path, out: Path, count: int) -> dict[str, float]:
    """Run a chain; returns wall and CPU seconds a report, most memory (PSS of all), bytes."""
    os.environ |= {"ITA_ROOT": str(workspace), "PYTHONWARNINGS": "ignore"}
    files = sorted((workspace / "params").rglob("*.yml"))[:count]
    out.mkdir(parents=True)
    memory = _Memory()
    started, before = time.perf_counter(), _cpu()
    taken: dict[str, Any] = CHAINS[name](files, out)
    wall = time.perf_counter() - started
    most, looking = memory.stop()
    wait_for_all()
    taken = {"wall": wall, "cpu": _cpu() - before - looking, **taken}
    found = [path for path in out.rglob("made-up-*") if path.suffix in (".html", ".pdf")]
    made = [path for path in found if path.parent.name != "first"]
    assert name == "e" or len(made) == 2 * len(files), (name, len(made))
    size = sum(path.stat().st_size for path in made)
    sums = {key: taken.pop(key) / len(files) for key in ("wall", "cpu")}
    return {"reports": len(files), **sums, "pss": most, "bytes": size / len(files), **taken}


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


class _Memory:
    """Looks every second how much memory this process and all below it share out."""

    def __init__(self) -> None:
        self._most, self._taken, self._ends = 0, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ends.wait(1):
            self._most = max(self._most, sum(_pss(each) for each in _tree()))
            self._taken = time.thread_time()

    def stop(self) -> tuple[int, float]:
        """Return the most memory, and the CPU seconds that looking has taken itself."""
        self._ends.set()
        self._thread.join()
        return self._most, self._taken


def _tree() -> Iterable[psutil.Process]:
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, OSError):
        return 0


def main() -> None:
    """Measure one chain and print it; its last line is the outcome."""
    name, workspace, out, count = sys.argv[1:]
    with ending_all():
        try:
            found = measure(name, Path(workspace), Path(out), int(count))
        except ChainError as error:
            sys.exit(str(error))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
