"""What a report costs by each chain of tools, measured in one run (``make bench``).

``python tests/bench/run.py [REPORTS [CHAINS]]`` (``40 bd``). Seconds are this machine's; what to
compare are the ratios.
The figures are written to ``.bench/result.json`` too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import floor
import writers
from made_up import make_workspace

NAMES = {
    "a": "papermill, nbconvert html, webpdf",
    "b": "papermill's API, our exporters",
    "c": "ploomber-engine's API, our exporters",
    "d": "ita render",
}
CHOSEN = sys.argv[2] if len(sys.argv) > 2 else ""
ROOT = Path(__file__).parent.parent.parent


def main() -> None:
    """Measure all chains and print the table."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as name:
        workspace = make_workspace(Path(name) / "workspace", reports)
        found = {
            each: measure(each, workspace.root, Path(name) / each)
            for each in NAMES
            if not CHOSEN or each in CHOSEN
        }
        files = sorted(workspace.params.rglob("*.yml"))
        parts = measure_floor(workspace.root, files)
    show(found, *parts, reports)
    result = ROOT / ".bench/result.json"
    result.write_text(json.dumps({"chains": found, "floor": parts[0]}, indent=1), encoding="utf-8")
    print(f"\nalso in {result.relative_to(ROOT)}\n")
    writers.run()


def measure(chain: str, workspace: Path, out: Path) -> dict[str, float]:
    """Run one chain in a process of its own."""
    print(f"({chain}) {NAMES[chain]} …", file=sys.stderr, flush=True)
    script = Path(__file__).with_name("chains.py")
    command = [sys.executable, str(script), chain, str(workspace), str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"    {found['wall']:.2f} s a report", file=sys.stderr, flush=True)
    return found


def measure_floor(workspace: Path, files: list[Path]) -> tuple[dict[str, float], float]:
    """Return what the cells and writers alone cost: one process alone, and each of two at a time.

    Two that share a machine take more time each, as those of the chains do.
    """
    os.environ["ITA_ROOT"] = str(workspace)
    with get_context("spawn").Pool(2) as pool:
        alone = pool.apply(floor.measure, (files,))
        both = pool.map(floor.measure, [files, files], chunksize=1)
    return alone, sum(sum(each.values()) for each in both) / 2


def show(
    found: dict[str, dict[str, float]], parts: dict[str, float], shared: float, reports: int
) -> None:
    """Print the tables."""
    ours = found.get("d", next(iter(found.values())))
    print(f"{reports} reports, HTML and PDF, 2 at a time; a report:\n")
    print(f"{'':42}{'wall s':>8}{'CPU s':>8}{'d is × as fast':>16}{'PSS MB':>8}{'kB':>6}")
    for key, each in found.items():
        name = NAMES[key]
        ratio, memory = each["wall"] / ours["wall"], each["pss"] / 2**20
        taken = f"{each['wall']:8.2f}{each['cpu']:8.2f}{ratio:16.1f}{memory:8.0f}"
        print(f"({key}) {name:38}{taken}{each['bytes'] / 1000:6.0f}")
    print(f"(e) {'the floor: cells and writers':38}{'':8}{shared:8.2f}")
    print(f"\n(d) - (e): {1000 * (ours['cpu'] - shared):.0f} ms of CPU a report")
    print(f"the floor in one process alone: {1000 * sum(parts.values()):.0f} ms, of which")
    for part, seconds in sorted(parts.items(), key=lambda pair: -pair[1]):
        print(f"    {part:20}{1000 * seconds:6.0f} ms")


if __name__ == "__main__":
    main()
