"""How much faster two one-core workers of a cluster are than one (``make bench``)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from clusters import cluster
from made_up import make_workspace


def main() -> None:
    """Measure both and print the ratio."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    taken = {workers: measure(workers, reports) for workers in (1, 2)}
    for workers, seconds in taken.items():
        print(f"{workers} worker(s): {seconds / reports:.2f} s a report")
    print(f"two are {taken[1] / taken[2]:.2f} x as fast as one")


def measure(workers: int, reports: int) -> float:
    """Return the seconds for some reports after each worker has made a few."""
    with tempfile.TemporaryDirectory() as name, cluster(Path(name), workers, pinned=True) as made:
        folder, address = Path(name), made[0]
        render(make_workspace(folder / "first", 16).root, address)
        root = make_workspace(folder / "workspace", reports).root
        started = time.perf_counter()
        render(root, address)
        return time.perf_counter() - started


def render(root: Path, address: str) -> None:
    """Make all reports of a workspace on the cluster."""
    command = [sys.executable, "-m", "ita_helpers", "--root", str(root), "render"]
    subprocess.run([*command, "--scheduler", address], check=True)


if __name__ == "__main__":
    main()
