"""The whole country, made up: 8,317 organisations of five years (``make national``).

``python tests/bench/national.py [REPORTS]`` renders so many of them (``all``: hours) and says how
many hours all would take on this machine, by the wall and in CPU. For what is measured over all of
them (nothing changed, ten changed, the index) the others then get stand-ins: files of letters and a
row of the manifest with the right digest.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil
from ending import ending_all
from made_up import make_workspace
from measure import measure_page

from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.run.manifest import Manifest, ReportRow, written_at
from ita_helpers.run.sealing import read_report
from ita_helpers.store.params import load_parameters

ALL, USUAL = 8317, 200
HOUR = 3600
YEARS = (2564, 2565, 2566, 2567, 2568)
FORMATS = {"html": {".html": ""}, "pdf ua-1": {".pdf": ""}}
CHANGED = 10


def main() -> None:
    """Measure and print."""
    asked = sys.argv[1] if len(sys.argv) > 1 else str(USUAL)
    count = ALL if asked == "all" else min(ALL, int(asked))
    with ending_all(), tempfile.TemporaryDirectory() as name:
        workspace = make_workspace(Path(name), ALL, YEARS)
        files = sorted((workspace.params / "2568").glob("*.yml"))
        say_hours(render(workspace, "first", files[:count] if count < ALL else [], count), count)
        if count < ALL:
            stand_in(workspace, files[count:])
        render(workspace, "nothing changed", [], ALL)
        change(workspace, files[:CHANGED])
        render(workspace, "ten changed", [], CHANGED)
        print("index", measure_page(workspace.rendered / "index.html"))


def say_hours(taken: tuple[float, float], count: int) -> None:
    """Print how long all reports would take, from what some took: seconds of wall and of CPU."""
    hours, computed = (each / count * ALL / HOUR for each in taken)
    print(f"all {ALL:,} from {count:,}: {hours:.2f} hours, {computed:.2f} hours of CPU", flush=True)


def render(
    workspace: Workspace, what: str, files: Iterable[Path], count: int
) -> tuple[float, float]:
    """Run the command; print seconds, the pace at start and end, and the memory.

    Memory is that of the second tenth of the reports and of the last. Returns the command's
    seconds, of wall and of CPU.
    """
    started, before = time.time(), time.perf_counter()
    command = [sys.executable, "-m", "ita_helpers", "--root", str(workspace.root), "render"]
    batch = psutil.Popen([*command, *map(str, files)])
    parent = worker = 0
    spent: list[tuple[int, float]] = []
    held: list[tuple[int, int]] = []
    folder = workspace.rendered / "2568"
    while batch.poll() is None:
        time.sleep(2)
        done = sum(1 for each in folder.glob("*.ipynb") if each.stat().st_mtime >= started)
        spent.append((done, max(_cpu(batch), spent[-1][1] if spent else 0.0)))
        parent = max(parent, _memory(batch, "rss"))
        children = batch.children(recursive=True) if batch.is_running() else []
        shares = [_memory(each, "pss") for each in children]
        worker = max([worker, *shares])
        held.append((done, _memory(batch, "pss") + sum(shares)))
    assert batch.returncode == 0, batch.returncode
    seconds = time.perf_counter() - before
    made = sorted(
        path.stat().st_mtime
        for path in (workspace.rendered / "2568").glob("*.ipynb")
        if path.stat().st_mtime >= started
    )
    print(f"{what}: {seconds:.1f} s, {len(made)} made, parent {parent / 2**20:.0f} MB", end="")
    if len(made) >= 100:
        tenth = len(made) // 10
        first = (made[2 * tenth] - made[tenth]) / tenth
        last = (made[-1] - made[-1 - tenth]) / tenth
        print(f", {first:.3f} s a report at the start, {last:.3f} at the end", end="")
        print(f" ({last / first:.2f} x), worker {worker / 2**20:.0f} MB PSS", end="")
        early = _slope(spent, tenth, 2 * tenth)
        late = _slope(spent, len(made) - tenth, len(made))
        print(f", CPU {early:.3f} and {late:.3f} s a report ({late / early:.2f} x)", end="")
        begun = _most(held, tenth, 2 * tenth)
        ended = _most(held, len(made) - tenth, len(made))
        sizes = f"{begun / 2**20:.0f} and {ended / 2**20:.0f} MB"
        print(f", memory of all {sizes} ({ended / begun:.2f} x)", end="")
    print(flush=True)
    assert what != "ten changed" or len(made) == count, len(made)
    return seconds, spent[-1][1]


def _slope(spent: list[tuple[int, float]], low: int, high: int) -> float:
    """Return the seconds of CPU a report between two counts of finished ones."""
    inside = [each for each in spent if low <= each[0] <= high]
    (first, before), (last, after) = inside[0], inside[-1]
    return (after - before) / max(1, last - first)


def _most(held: list[tuple[int, int]], low: int, high: int) -> int:
    """Return the most bytes a batch and all its processes held between two counts of finished."""
    return max(size for done, size in held if low <= done <= high)


def _cpu(batch: psutil.Process) -> float:
    """Return the seconds a batch and all its processes, ended ones too, have computed."""
    total = 0.0
    for each in [batch, *(batch.children(recursive=True) if batch.is_running() else [])]:
        try:
            total += sum(each.cpu_times()[:4])
        except psutil.Error:
            continue
    return total


def _memory(process: psutil.Process, kind: str) -> int:
    try:
        return int(getattr(process.memory_full_info(), kind))
    except (psutil.Error, OSError):
        return 0


def stand_in(workspace: Workspace, files: list[Path]) -> None:
    """Pretend that the reports of the other organisations have been made."""
    manifest = Manifest(workspace.rendered, read_report)
    pattern = next(row for row in manifest.rows() if row.result)
    for file in files:
        parameters = load_parameters(file, workspace)
        stem = parameters.stem.as_posix()
        for ending in (".ipynb", ".html", ".pdf"):
            (workspace.rendered / stem).with_suffix(ending).write_bytes(b"x" * 6_000)
        manifest.write(
            ReportRow(
                stem,
                workspace.shown(file),
                "done",
                inputs_of_report(workspace, parameters),
                result={**pattern.result, "organisation": parameters.organisation},
                formats=FORMATS,
                written=written_at(workspace.rendered / stem, FORMATS),
            )
        )
    manifest.close()


def change(workspace: Workspace, files: list[Path]) -> None:
    """Give some organisations another score."""
    path = workspace.yearly("scores", 2568)
    lines = path.read_text(encoding="utf-8").splitlines()
    codes = {file.stem for file in files}
    for place, line in enumerate(lines):
        code, indicator, *rest = line.split(",")
        if code in codes and indicator == "1":
            lines[place] = ",".join([code, indicator, "12.34", *rest[1:]])
    new = path.with_suffix(".new")
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(path)


if __name__ == "__main__":
    main()
