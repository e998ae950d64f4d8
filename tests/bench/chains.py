"""The chains of tools that make the same reports, each in a process of its own.

``python chains.py NAME WORKSPACE OUT`` runs one and prints what it took as JSON.
"""

from __future__ import annotations

import ctypes
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

import psutil

ROOT = Path(__file__).parent.parent.parent
PARALLEL = 2
BINARIES = Path(sys.executable).parent
PR_SET_CHILD_SUBREAPER = 36
Work = Callable[[Path, Path], None]


def commands(files: list[Path], out: Path) -> None:
    """Make reports by today's three commands each."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda file: _commands(file, out), files))


def _commands(file: Path, out: Path) -> None:
    notebook = out / f"{file.stem}.ipynb"
    config = Path(__file__).with_name("webpdf_config.py")
    convert = [str(BINARIES / "jupyter"), "nbconvert", "--log-level=ERROR", str(notebook)]
    for command in (
        [
            str(BINARIES / "papermill"),
            "--no-progress-bar",
            TEMPLATE,
            str(notebook),
            "-f",
            str(file),
        ],
        [*convert, "--to", "html"],
        [*convert, "--to", "webpdf", f"--config={config}"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def papermill_api(files: list[Path], out: Path) -> None:
    """Make reports by papermill's function and our exporters, in long-lived processes."""
    _in_processes(_papermill_api, files, out)


def _papermill_api(file: Path, out: Path) -> None:
    import papermill
    import yaml

    notebook = out / f"{file.stem}.ipynb"
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    papermill.execute_notebook(TEMPLATE, notebook, given, progress_bar=False)
    _export(notebook)


def ploomber_api(files: list[Path], out: Path) -> None:
    """Make reports by ploomber-engine's function and our exporters, in long-lived processes."""
    sys.path.append(str(ROOT / ".bench"))
    os.environ["PLOOMBER_STATS_ENABLED"] = "false"
    _in_processes(_ploomber_api, files, out)


def _ploomber_api(file: Path, out: Path) -> None:
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


def _in_processes(work: Work, files: list[Path], out: Path) -> None:
    context = get_context("spawn")
    shares = [files[start::PARALLEL] for start in range(PARALLEL)]
    processes = [context.Process(target=_work, args=(work, each, out)) for each in shares]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0, process.exitcode


def _work(work: Work, files: list[Path], out: Path) -> None:
    for file in files:
        work(file, out)


def ita_render(files: list[Path], out: Path) -> None:
    """Make reports by our command."""
    command = [str(BINARIES / "ita"), "render", *map(str, files)]
    subprocess.run([*command, "--jobs", str(PARALLEL), "--out", str(out)], check=True)


CHAINS = {"a": commands, "b": papermill_api, "c": ploomber_api, "d": ita_render}
TEMPLATE = str(ROOT / "notebooks/ita_report.ipynb")


def measure(name: str, workspace: Path, out: Path) -> dict[str, float]:
    """Run a chain; returns wall and CPU seconds, most memory (PSS of all processes), bytes."""
    os.environ |= {"ITA_ROOT": str(workspace), "PYTHONWARNINGS": "ignore"}
    files = sorted((workspace / "params").rglob("*.yml"))
    out.mkdir(parents=True)
    _adopt_orphans()
    memory = _Memory()
    started, before = time.perf_counter(), _cpu()
    CHAINS[name](files, out)
    wall = time.perf_counter() - started
    most = memory.stop()
    _wait_for_all()
    made = [path for path in out.rglob("made-up-*") if path.suffix in (".html", ".pdf")]
    assert len(made) == 2 * len(files), (name, len(made))
    size = sum(path.stat().st_size for path in made)
    reports = len(files)
    return {
        "reports": reports,
        "wall": wall / reports,
        "cpu": (_cpu() - before) / reports,
        "pss": most,
        "bytes": size / reports,
    }


def _adopt_orphans() -> None:
    """Become the parent of what a chain leaves running, so that its time is counted."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _wait_for_all() -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.1)
        except ChildProcessError:
            return


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


class _Memory:
    """Looks every second how much memory this process and all below it share out."""

    def __init__(self) -> None:
        self._most, self._ends = 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ends.wait(1):
            self._most = max(self._most, sum(_pss(each) for each in _tree()))

    def stop(self) -> int:
        self._ends.set()
        self._thread.join()
        return self._most


def _tree() -> Iterable[psutil.Process]:
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, OSError):
        return 0


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
