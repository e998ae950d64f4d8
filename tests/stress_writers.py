"""Set runs of ``ita render`` against each other in one folder of reports, and kill some.

``python tests/stress_writers.py [FIRST [FORCED [KILLS]]]``: so many pairs that create the manifest,
the failures and the index in the same instant, pairs that make the same reports, and kills. No row
may be missing, no start may stop, what a person corrected is kept, and each set of files is whole.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from made_up import make_workspace
from stress import kill

from ita_helpers.files.workspace import Workspace
from ita_helpers.index import write_index
from ita_helpers.run.keeping import MAKING, digest_of
from ita_helpers.run.manifest import Manifest, ReportRow

WORDS = b"corrected by hand"


def main() -> int:
    """Run and return the exit status."""
    numbers = [int(each) for each in sys.argv[1:]]
    first, forced, kills = [*numbers, *(40, 20, 20)[len(numbers) :]]
    make_first_runs(first)
    with tempfile.TemporaryDirectory() as name:
        workspace = make_workspace(Path(name), 3)
        set_against_each_other(workspace, forced)
        kill_some(workspace, kills)
    return 0


def make_first_runs(pairs: int) -> None:
    """Let two processes create one folder's manifest at once, and all that lists its rows."""
    for number in range(pairs):
        with tempfile.TemporaryDirectory() as name:
            folder, start = Path(name) / "rendered", multiprocessing.Barrier(2)
            given = [(folder, start, each) for each in "ab"]
            running = [multiprocessing.Process(target=write_rows, args=each) for each in given]
            for each in running:
                each.start()
            for each in running:
                each.join(120)
            assert [each.exitcode for each in running] == [0, 0], number
            manifest = Manifest(folder, lambda _: None)
            assert len(list(manifest.rows())) == 10, number
            manifest.close()
            table = (folder / "failures.csv").read_text("utf-8-sig")
            assert len(table.splitlines()) == 11, number
            left = [each.name for each in folder.iterdir() if each.suffix in (".new", ".old-1")]
            assert not left and not list(folder.glob("*.edited-*")), number
    print(f"{pairs} pairs of first runs: no row lost, none stopped", flush=True)


def write_rows(folder: Path, start: Any, name: str) -> None:
    """Write five failures, their table and the index; one of two processes."""
    start.wait()
    manifest = Manifest(folder, lambda _: None)
    for number in range(5):
        manifest.write(ReportRow(f"2568/{name}{number}", f"{name}{number}", "failed"))
        manifest.write_failures()
    write_index(folder, manifest.rows())
    manifest.close()


def begin(workspace: Workspace, *options: str) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own."""
    command = [sys.executable, "-m", "ita_helpers", "--root", str(workspace.root), "render"]
    quiet, pipe = subprocess.DEVNULL, subprocess.PIPE
    whole = [*command, "--to", "html,docx", *options]
    return subprocess.Popen(whole, start_new_session=True, stdout=quiet, stderr=pipe)


def set_against_each_other(workspace: Workspace, pairs: int) -> None:
    """Let two runs make the same reports while somebody corrects one."""
    for number in range(pairs):
        running = [begin(workspace, "--force") for _ in range(2)]
        corrected = correct(workspace, number) if number else b""
        said = [each.communicate()[1].decode() for each in running]
        assert [each.returncode for each in running] == [0, 0], said
        assert not any("Traceback" in each for each in said), said
        check(workspace, corrected)
    print(f"{pairs} pairs of runs: all whole, corrections kept", flush=True)


def kill_some(workspace: Workspace, kills: int) -> None:
    """Kill a run in the middle of its work, and let the next complete it."""
    dice = random.Random(2)
    for number in range(kills):
        batch = begin(workspace, "--force")
        corrected = correct(workspace, 1000 + number)
        time.sleep(dice.uniform(1, 12))
        kill(batch, "everything")
        batch.communicate()
        last = begin(workspace)
        said = last.communicate()[1].decode()
        assert last.returncode == 0 and "Traceback" not in said, said
        check(workspace, corrected)
    print(f"{kills} kills: the next run completed each, corrections kept", flush=True)


def correct(workspace: Workspace, number: int) -> bytes:
    """Save a Word file as its office would; return what is in it."""
    file = workspace.rendered / "2568/made-up-00001.docx"
    words = WORDS + str(number).encode()
    new = file.with_name("saved.tmp")
    new.write_bytes(words)
    new.replace(file)
    return words


def check(workspace: Workspace, corrected: bytes) -> None:
    """See that each report is whole and its own, and the corrected file there."""
    folder = workspace.rendered / "2568"
    left = [each.name for each in folder.iterdir() if each.name.startswith(".")]
    assert not [each for each in left if each.startswith(MAKING)], left
    kept = {path.read_bytes() for path in folder.glob("*.docx")}
    assert not corrected or corrected in kept
    assert all(
        each.startswith(WORDS) for path in folder.glob("*.edited-*") for each in [path.read_bytes()]
    )
    notebooks = [each for each in folder.glob("*.ipynb") if ".edited-" not in each.name]
    assert len(notebooks) == 3, notebooks
    for notebook in notebooks:
        ours = json.loads(notebook.read_text("utf-8"))["metadata"]["ita"]
        for files in ours["formats"].values():
            for ending, digest in files.items():
                found = notebook.with_suffix(ending)
                assert digest_of(found) == digest or found.read_bytes() == corrected, found


if __name__ == "__main__":
    sys.exit(main())
