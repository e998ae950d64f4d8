"""Run every command in one surrounding after another, and compare all that it says and writes.

Each run is a fresh workspace, in which every command of ``every_command.py`` is called in turn.
``python tests/stress_surroundings.py [NAME …]``: takes minutes, so it is not part of the tests.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from conftest import write
from every_command import CALLS, Words
from surroundings import a_workspace

from ita_helpers.files.workspace import Workspace

UTF8 = {"LC_ALL": "C.UTF-8"}
BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
THAI_FOLDER = "งาน ปี [68] (ใหม่)"


@dataclass(frozen=True)
class Around:
    """What stands around a run: variables, folder, mask of new files, where its output goes."""

    variables: dict[str, str] = field(default_factory=dict)
    folder: str = "plain"
    umask: int = 0o022
    sink: str = "file"
    encoding: str = "utf-8"

    @property
    def is_heard(self) -> bool:
        """Whether what is said can be read afterwards."""
        return self.sink != "closed"


def _speaking(encoding: str, sink: str) -> Around:
    written = encoding if encoding == "cp874" else "utf-8"
    return Around({"PYTHONIOENCODING": encoding}, sink=sink, encoding=written)


AROUND = {
    "plain": Around(),
    "again": Around(),
    **{
        f"{encoding} into a {sink}": _speaking(encoding, sink)
        for encoding in ("cp874", "cp1252", "ascii")
        for sink in ("file", "pipe")
    },
    "ascii into a pipe closed early": _speaking("ascii", "closed"),
    "locale C without UTF-8": Around(BARE, sink="pipe"),
    "locale C without UTF-8, Thai folder": Around(BARE, folder=THAI_FOLDER),
    "Bangkok": Around({"TZ": "Asia/Bangkok"}),
    "Los Angeles": Around({"TZ": "America/Los_Angeles"}),
    "Thai folder": Around(folder=THAI_FOLDER),
    "hash seed 0": Around({"PYTHONHASHSEED": "0"}),
    "hash seed 1": Around({"PYTHONHASHSEED": "1"}),
    "hash seed random": Around({"PYTHONHASHSEED": "random"}),
    "umask 077": Around(umask=0o077),
    "all at once": Around(
        {"PYTHONIOENCODING": "cp1252", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "7", **BARE},
        folder=THAI_FOLDER,
        umask=0o077,
        sink="pipe",
    ),
}
OWN = """\
from pathlib import Path
print(open("ของเรา.csv").read())
print({"ก", "ข", "ค", "ง", "จ"}, Path.cwd().name, Path("ของเรา.csv").read_text())
!echo สวัสดี
import subprocess, sys
print(subprocess.run([sys.executable, "-c", "print('ไทย')"], capture_output=True, text=True).stdout)
import locale, time
print(f"{1234.5:n}", locale.getlocale(locale.LC_NUMERIC))
"""
"""What an analyst's own cell may take from around it."""
TIMES = {
    "manifest.sqlite": "when each file was written, and how long each report took",
    ".ipynb": "papermill notes when a cell ran and how long it took",
    "written.json": "the digest of the page, in which nothing differs",
}
"""What may differ from run to run, and why; all else is compared byte by byte."""
NOTED = ("start_time", "end_time", "duration")


@dataclass
class Ran:
    """What one command did: how it ended, what it said and wrote, and the modes of new files."""

    status: int
    said: str
    files: dict[str, bytes]
    modes: dict[str, int]


def main() -> int:
    """Run and return the exit status."""
    names = ["plain", *sys.argv[1:]] if sys.argv[1:] else list(AROUND)
    outcomes: dict[str, dict[Words, Ran]] = {}
    problems = 0
    for name in dict.fromkeys(names):
        with tempfile.TemporaryDirectory() as home:
            outcomes[name] = dict(run_all(Path(home), AROUND[name]))
        found = list(compare(AROUND[name], outcomes["plain"], outcomes[name]))
        problems += len(found)
        print(f"{name}: {len(outcomes[name])} commands, {len(found)} differ", flush=True)
        for each in found:
            print(f"    {each}", flush=True)
    return 1 if problems else 0


def run_all(home: Path, around: Around) -> Iterator[tuple[Words, Ran]]:
    """Yield what every command does in a fresh workspace."""
    workspace = a_workspace(home / around.folder / "งาน")
    make_ready(workspace, home)
    for words, call in CALLS.items():
        given = [*words, *shlex.split(call.words)]
        before = contents(workspace.root)
        status, said = run_one(home, workspace.root, given, call.typed, around)
        after = contents(workspace.root)
        changed = {name: made for name, made in after.items() if before.get(name) != made}
        gone = {name: b"gone" for name in before if name not in after}
        new = [name for name in changed if name not in before]
        modes = {name: stat.S_IMODE((workspace.root / name).stat().st_mode) for name in new}
        yield words, Ran(status, plain(said, home, around), changed | gone, modes)
        if words == ("edit",):
            add_own_cell(workspace)


def make_ready(workspace: Workspace, home: Path) -> None:
    """Write what the commands need beside the office's scores."""
    write(workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    write(workspace, "notebooks/edited/2568/ของเรา.csv", "ก,1\n")
    fake = home / "fake/jupyterlab"
    fake.mkdir(parents=True)
    (fake / "__init__.py").touch()
    (fake / "labapp.py").write_text("def main():\n    print('JupyterLab')\n", encoding="utf-8")


def run_one(
    home: Path, root: Path, words: list[str], typed: str, around: Around
) -> tuple[int, bytes]:
    """Run a command and return its status and what it said."""
    kept = {name: value for name, value in os.environ.items() if name != "ITA_ROOT"}
    path = os.pathsep.join(filter(None, [str(home / "fake"), os.environ.get("PYTHONPATH")]))
    own = {"HOME": str(home), "JUPYTER_DATA_DIR": str(home / "jupyter"), "ITA_TRUST": "1"}
    environment = {**kept, **UTF8, **own, "PYTHONPATH": path, **around.variables}
    said = home / "said.txt"
    command = [sys.executable, "-m", "ita_helpers", *words]
    with said.open("wb") as file:
        running = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            umask=around.umask,
            stdin=subprocess.PIPE,
            stdout=file if around.sink == "file" else subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if around.sink == "closed":
            running.stdout.close()
            running.stdout = None
        out, _ = running.communicate(typed.encode(around.encoding))
    return running.returncode, said.read_bytes() if out is None else out


def plain(said: bytes, home: Path, around: Around) -> str:
    """Return what was said without what must differ: folders, seconds, signs that are alike."""
    text = said.decode(around.encoding)
    text = text.replace(str(home / around.folder), "~").replace(str(home), "~")
    text = re.sub(r"[0-9]+\.[0-9] วินาที", "s", text)
    for sign, alike in {"÷": "/", "×": "x", "−": "-", "≠": "<>", "≤": "<=", "≥": ">="}.items():
        text = text.replace(sign, alike)
    return text.replace("→", "->").replace("·", ".")


def contents(root: Path) -> dict[str, bytes]:
    """Return the files of a folder, without what may differ."""
    return {
        str(each.relative_to(root)): without_times(each)
        for each in sorted(root.rglob("*"))
        if each.is_file()
    }


def without_times(file: Path) -> bytes:
    """Return a file's content without the times that are noted in it."""
    if file.suffix == ".ipynb":
        return notebook_without_times(file)
    if file.name == "manifest.sqlite":
        return manifest_without_times(file)
    return file.read_bytes()


def notebook_without_times(file: Path) -> bytes:
    """Return a notebook without when and how long its cells ran."""
    notebook = nbformat.read(file, as_version=4)
    for holder in (notebook, *notebook.cells):
        for key in NOTED:
            holder.metadata.get("papermill", {}).pop(key, None)
        holder.metadata.pop("execution", None)
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def manifest_without_times(file: Path) -> bytes:
    """Return the rows of a manifest without seconds and times of files."""
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as manifest:
        manifest.row_factory = sqlite3.Row
        tables = [name for (name,) in manifest.execute("select name from sqlite_master")]
        rows = [
            dict(row) for each in tables if "index" not in each for row in _rows(manifest, each)
        ]
    for row in rows:
        for key in ("seconds", "written", "notebook"):
            row.pop(key, None)
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def _rows(manifest: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    try:
        return manifest.execute(f'select * from "{table}"').fetchall()
    except sqlite3.DatabaseError:
        return []


def compare(around: Around, first: dict[Words, Ran], second: dict[Words, Ran]) -> Iterator[str]:
    """Yield what differs between two runs."""
    for words, ran in second.items():
        name, other = " ".join(words), first[words]
        if ran.status != CALLS[words].status:
            yield f"{name}: status {ran.status}: {ran.said[-500:]}"
        if around.is_heard and ran.said != other.said:
            yield f"{name}: says {ran.said!r} instead of {other.said!r}"
        if "Traceback" in ran.said or "ita-errors.log" in ran.files:
            yield f"{name}: a traceback"
        for file in sorted({*ran.files, *other.files}):
            if ran.files.get(file) != other.files.get(file):
                yield f"{name}: {file} differs"
        for file, mode in ran.modes.items():
            if mode != 0o666 & ~around.umask:
                yield f"{name}: {file} has mode {mode:o}"


def add_own_cell(workspace: Workspace) -> None:
    """Add to the office's own notebook a cell that asks what is around it."""
    copy = workspace.edited(Path("2568/ban-rai"))
    notebook = nbformat.read(copy, as_version=4)
    cell = nbformat.v4.new_code_cell(OWN, id="own")
    notebook.cells.insert(len(notebook.cells) // 2, cell)
    nbformat.write(notebook, copy)


if __name__ == "__main__":
    sys.exit(main())
