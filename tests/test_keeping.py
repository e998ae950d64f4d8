"""What somebody changed in the folder of the reports is never lost, whatever runs and whenever."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sealed_files import ENDINGS, notebook_of, put, sealed

from ita_helpers.run import keeping
from ita_helpers.run.keeping import claimed, digest_of, making, replace_noted
from ita_helpers.run.manifest import ReportRow, written_at
from ita_helpers.run.sealing import files_of_ours, read_report


def edited(name, content):
    """Change what a person can change in a file."""
    if not name.endswith(".ipynb"):
        return b"corrected " + content
    notebook = json.loads(content)
    notebook["cells"][0]["source"] += " corrected"
    return json.dumps(notebook).encode()


@pytest.fixture
def office(tmp_path):
    """Hold a report as an earlier run left it."""
    put(tmp_path, "office", sealed(tmp_path, "office", "old"))
    return tmp_path


def listed(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", [f"office{each}" for each in (*ENDINGS, ".ipynb")])
def test_every_kind_of_file_that_differs_is_kept_beside_the_new_one(office, caplog, name):
    words = edited(name, (office / name).read_bytes())
    (office / name).write_bytes(words)
    new = sealed(office, "office", "new")
    put(office, "office", new)
    stem, _, ending = name.rpartition(".")
    assert listed(office) == new | {f"{stem}.edited-1.{ending}": words}
    assert f"{stem}.edited-1.{ending}" in caplog.text
    (office / name).write_bytes(words)
    put(office, "office", new)
    assert listed(office) == new | {f"{stem}.edited-1.{ending}": words}
    (office / name).write_bytes(words + b"\n \n")
    put(office, "office", new)
    assert f"{stem}.edited-2.{ending}" in listed(office)


def test_what_was_written_before_goes_and_what_is_unknown_stays(office):
    new = sealed(office, "office", "new")
    put(office, "office", new)
    assert listed(office) == new
    (office / "office.ipynb").unlink()
    files = {"office.html": new["office.html"], "office.pdf": b"third"}
    put(office, "office", {**files, "office.ipynb": notebook_of("office", files, "third")})
    assert listed(office)["office.edited-1.pdf"] == new["office.pdf"]
    assert "office.edited-1.html" not in listed(office)


def test_an_old_file_without_successor_goes_only_as_it_was_written(office):
    (office / "office.pdf").write_bytes(b"corrected")
    new = sealed(office, "office", "new")
    page = {name: new[name] for name in ("office.html",)}
    page["office.ipynb"] = notebook_of("office", page, "new")
    put(office, "office", page, gone=["office.pdf", "office.docx", "office.memo.docx"])
    assert listed(office) == page | {"office.edited-1.pdf": b"corrected"}


@pytest.mark.parametrize("content", [b"", b"\0" * 70_000])
def test_what_a_power_cut_left_is_nobodys(office, content):
    (office / "office.pdf").write_bytes(content)
    new = sealed(office, "office", "new")
    put(office, "office", new)
    assert listed(office) == new


def test_words_saved_in_the_moment_of_the_exchange_are_kept(office, monkeypatch):
    move, times = keeping._move, count()

    def saving_before(path, place):
        if place.name == "office.docx" and next(times) < 2:
            place.write_bytes(
                b"saved in between %d" % place.stat().st_size if place.exists() else b"1st"
            )
        move(path, place)

    monkeypatch.setattr(keeping, "_move", saving_before)
    new = sealed(office, "office", "new")
    put(office, "office", new)
    kept = {name: content for name, content in listed(office).items() if ".edited-" in name}
    assert listed(office) == new | kept
    assert b"1st" in kept.values()


def test_a_file_that_is_open_leaves_all_as_it_was(office, monkeypatch):
    """Windows lets nobody move a file that Word holds."""
    before = listed(office)
    rename = Path.rename

    def refused(path, target):
        if path == office / "office.ipynb":
            raise PermissionError(errno.EACCES, "in use", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError, match=r"office\.ipynb"):
        put(office, "office", sealed(office, "office", "new"))
    assert listed(office) == before


KILLED = """
import os, sys
from itertools import count
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from sealed_files import put, sealed

def die(event, given):
    global left
    if event in ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"):
        left -= 1
        if not left:
            os.kill(os.getpid(), 9)

for left in count(1):
    folder = Path(sys.argv[1]) / str(left)
    folder.mkdir()
    put(folder, "office", sealed(folder, "office", "old"))
    (folder / "office.docx").write_bytes(b"corrected")
    if not (child := os.fork()):
        sys.addaudithook(die)
        put(folder, "office", sealed(folder, "office", "new"))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


@pytest.mark.processes
def test_killed_at_any_step_the_next_run_completes_it_and_nothing_is_lost(tmp_path):
    given = [str(tmp_path), str(Path(__file__).parent)]
    subprocess.run([sys.executable, "-W", "ignore", "-c", KILLED, *given], check=True)
    steps = list(tmp_path.iterdir())
    assert len(steps) > 30
    for folder in steps:
        with claimed(folder, "office"), making(folder, "office", files_of_ours):
            pass
        found = listed(folder)
        assert b"corrected" in found.values(), folder
        kept = {name for name in found if ".edited-" in name}
        assert kept <= {"office.edited-1.docx"}, folder
        whole = {name: content for name, content in found.items() if name not in kept}
        before = sealed(folder, "office", "old") | {"office.docx": b"corrected"}
        assert whole in (sealed(folder, "office", "new"), before), folder


@pytest.mark.parametrize("name", ["index.xlsx", "teaching/worksheet.docx", "failures.csv"])
def test_files_that_say_nothing_of_themselves_are_noted_and_kept(tmp_path, name):
    replace_noted(tmp_path, {name: b"one"})
    replace_noted(tmp_path, {name: b"two"})
    assert [path.name for path in (tmp_path / name).parent.glob("*.*")] != []
    assert not list(tmp_path.rglob("*.edited-*"))
    (tmp_path / name).write_bytes(b"corrected")
    replace_noted(tmp_path, {name: b"two"})
    (kept,) = tmp_path.rglob("*.edited-*")
    assert kept.read_bytes() == b"corrected" and (tmp_path / name).read_bytes() == b"two"
    (tmp_path / name).write_bytes(b"again")
    replace_noted(tmp_path, {}, gone=[name])
    assert {path.read_bytes() for path in tmp_path.rglob("*.edited-*")} == {b"corrected", b"again"}
    assert not (tmp_path / name).exists()


ODD = {
    "kept": ("office.edited-1.ipynb", None),
    "failed": ("office.failed.ipynb", None),
    "deep": ("office.ipynb", b"[" * 100_000),
    "surrogate": ("office.ipynb", rb'{"metadata": {"ita": {"inputs": "x"}}, "cells": ["\ud800"]}'),
    "no data": ("office.ipynb", b'{"metadata": {"ita": 3}, "cells": []}'),
    "no notebook": ("office.ipynb", b"3"),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_no_report_of_ours_is_not_taken_for_one(office, what):
    name, content = ODD[what]
    good = (office / "office.ipynb").read_bytes()
    (office / name).write_bytes(good if content is None else content)
    assert read_report(office / name) is None


def row_of(folder):
    formats = {"html": {".html": digest_of(folder / "office.html")}}
    notebook = digest_of(folder / "office.ipynb")
    times = written_at(folder / "office", formats)
    return ReportRow("office", "", "done", "d", formats=formats, notebook=notebook, written=times)


def test_sizes_times_and_ends_of_files_tell_whether_they_were_touched(office):
    row = row_of(office)
    assert row.touched(office) is row
    page = office / "office.html"
    content, status = page.read_bytes(), page.stat()
    page.write_bytes(content)
    again = row.touched(office)
    assert again and again.written != row.written
    others = [b"", content + b" ", b"\0" * len(content)]
    if sys.platform != "win32":  # where nothing tells but the time, which anybody can set
        others.insert(0, b"X" * len(content))
    for other in others:
        page.write_bytes(other)
        os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert row.touched(office) is None, other
    assert row_of(office).touched(office) is None, "zeros are no report, whatever vouches for them"


@pytest.mark.parametrize("odd", ['["\\ud83d"]', "[" * 300 + "]" * 300, "{", "\ufeff[]", '"x"'])
def test_notes_that_cannot_be_used_vouch_for_nothing(tmp_path, odd):
    (tmp_path / keeping.WRITTEN).write_text(f'{{"index.html": {odd}}}', encoding="utf-8")
    (tmp_path / "index.html").write_bytes(b"somebody's")
    keeping.replace_noted(tmp_path, {"index.html": b"ours"})
    assert (tmp_path / "index.html").read_bytes() == b"ours"
    assert (tmp_path / "index.edited-1.html").read_bytes() == b"somebody's"
