"""Kill batches at random moments, and flood one with broken files.

One more run must complete what was killed, and each broken file must fail alone, by name.
``python tests/stress.py [REPORTS [KILLS [FILES]]]``; what takes minutes is not part of the tests.
"""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import lxml.html
import nbformat
import pypdfium2
from conftest import write
from made_up import BROKEN, make_workspace

from ita_helpers.files.scraps import read_scraps
from ita_helpers.run.keeping import MAKING
from ita_helpers.run.manifest import FAILURES, Manifest

WHOM = ("a worker", "the command", "everything")
"""After the first the batch is interrupted in order; it would else go on to its end."""


def main() -> int:
    """Run and return the exit status."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        workspace = make_workspace(Path(name), reports)
        for number in range(kills):
            batch = start(workspace.root)
            time.sleep(dice.uniform(2, 12))
            whom = WHOM[number % len(WHOM)]
            kill(batch, whom)
            if whom == "a worker":
                time.sleep(dice.uniform(0, 3))
                os.killpg(batch.pid, signal.SIGINT)
            batch.wait(60)
            done = len(list(workspace.rendered.glob("*/*.pdf")))
            print(f"kill {number + 1} of {kills}, {whom}: {done} of {reports} reports", flush=True)
        last = start(workspace.root)
        assert last.wait() == 0, "the last run failed"
        check(workspace.rendered, reports)
    print("every report is whole and its own", flush=True)
    if files := int(sys.argv[3]) if len(sys.argv) > 3 else 1000:
        flood(files)
    return 0


def flood(files: int) -> None:
    """Render parameter files of which one in twenty is broken, in ten ways."""
    with tempfile.TemporaryDirectory() as name:
        workspace = make_workspace(Path(name), files - files // 20)
        ways = list(BROKEN.items())
        broken = set()
        for number in range(files // 20):
            way, content = ways[number % len(ways)]
            broken.add(f"params/2568/{way}-{number}.yml")
            content = content.replace("nobody", f"nobody-{number}") if way == "nobody" else content
            write(workspace, f"params/2568/{way}-{number}.yml", content)
        assert start(workspace.root).wait() == 1
        table = (workspace.rendered / FAILURES).read_text(encoding="utf-8-sig")
        assert {row["params"] for row in csv.DictReader(table.splitlines())} == broken
        page = (workspace.rendered / "index.html").read_text(encoding="utf-8")
        assert all(each in page for each in broken)
        made = list(workspace.rendered.glob("2568/*.pdf"))
        assert len(made) == files - len(broken), len(made)
        print(f"{len(made)} reports, {len(broken)} named failures", flush=True)


def start(root: Path) -> subprocess.Popen[bytes]:
    """Start a batch in a session of its own."""
    command = [sys.executable, "-m", "ita_helpers", "--root", str(root), "render"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, start_new_session=True, stdout=quiet, stderr=quiet)


def kill(batch: subprocess.Popen[bytes], whom: str) -> None:
    """Kill without warning."""
    children = descendants(batch.pid)
    targets = {"a worker": children[-1:], "the command": [batch.pid]}
    for process in targets.get(whom, [*children, batch.pid]):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(process: int) -> list[int]:
    """Return the processes below one, the nearest first."""
    found = []
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    for child in map(int, listed.split()):
        found += [child, *descendants(child)]
    return found


def check(rendered: Path, reports: int) -> None:
    """Open every file and see whose it is."""
    manifest = Manifest(rendered, lambda _: None)
    rows = {row.stem: row for row in manifest.rows()}
    manifest.close()
    assert len(rows) == reports, len(rows)
    assert not list(rendered.rglob(f"{MAKING}*")), "something half-made is left"
    for stem, row in rows.items():
        code = Path(stem).name
        path = rendered / stem
        notebook = nbformat.read(path.with_suffix(".ipynb"), as_version=4)
        nbformat.validate(notebook)
        page = lxml.html.parse(path.with_suffix(".html")).getroot().text_content()
        document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
        text = "".join(each.get_textpage().get_text_range() for each in document)
        number = code[8:].translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert row.status == "done"
        assert read_scraps(notebook)["result"]["organisation"] == code
        assert row.result["organisation"] == code
        assert f"สมมติ {number}" in page or f"สมมติ {code[8:]}" in page, code
        assert number in text or code[8:] in text, code


if __name__ == "__main__":
    sys.exit(main())
