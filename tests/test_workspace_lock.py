"""One writer at a time, in threads, processes and on machines; each file whole."""

from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import SoftFileLease

from ita_helpers.errors import WorkspaceBusy, WriteFailed
from ita_helpers.files import lock as workspace_lock
from ita_helpers.files.lock import LEASE, NAME, one_writer
from ita_helpers.files.whole import put_in_place, waiting_file, write_whole

ADD = """
import sys
from pathlib import Path
from ita_helpers.files.lock import one_writer
from ita_helpers.files.whole import write_whole

file = Path(sys.argv[1])
for _ in range(25):
    with one_writer(file.parent):
        write_whole(file, str(int(file.read_text()) + 1).encode())
"""
HOLD = """
import sys, time
from pathlib import Path
from ita_helpers.files.lock import one_writer

with one_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.processes
def test_processes_that_add_to_one_file_lose_no_step(tmp_path: Path) -> None:
    file = tmp_path / "count"
    file.write_text("0")
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(file)]) for _ in range(4)]
    assert [each.wait(120) for each in running] == [0] * 4
    assert file.read_text() == "100"
    assert [each.name for each in tmp_path.iterdir()] == ["count"]


@pytest.mark.processes
def test_the_lock_of_a_killed_program_is_broken_at_once_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    started = time.monotonic()
    with caplog.at_level(logging.WARNING), one_writer(tmp_path):
        assert time.monotonic() - started < LEASE / 2
    assert str(holder.pid) in caplog.text


@pytest.mark.processes
def test_a_running_holder_is_named_and_waited_for_only_so_long(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("SILENT", 0.1), ("STEP", 0.1), ("PATIENCE", 0.3)):
        monkeypatch.setattr(workspace_lock, name, seconds)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(WorkspaceBusy) as caught, one_writer(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()
    assert caught.value.facts["process"] == holder.pid
    assert str(holder.pid) in str(caught.value)
    assert str(holder.pid) in caplog.text


@pytest.mark.parametrize("host", ["office-2", f"{socket.gethostname()}?pidns-f0000152"])
def test_a_silent_lock_of_another_machine_or_container_is_broken_after_the_lease(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    lease = 2.5
    for name, seconds in (("SILENT", 0.2), ("STEP", 0.8), ("LEASE", lease)):
        monkeypatch.setattr(workspace_lock, name, seconds)
    lock = SoftFileLease(tmp_path / NAME, lease_duration=lease)
    lock.acquire()
    marker = (tmp_path / NAME).read_text()
    lock.release()
    theirs = re.sub("host=.*", f"host={host}", re.sub("pid=.*", "pid=4194303", marker))
    (tmp_path / NAME).write_text(theirs)
    started = time.monotonic()
    with one_writer(tmp_path):
        assert lease <= time.monotonic() - started < 10 * lease
    assert caplog.text.count(host.partition("?")[0]) == 2
    assert "?" not in caplog.text


def test_a_holder_may_ask_again(tmp_path: Path) -> None:
    with one_writer(tmp_path), one_writer(tmp_path):
        assert (tmp_path / NAME).exists()
    assert not (tmp_path / NAME).exists()


def test_a_place_for_the_lock_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteFailed, match="file"), one_writer(tmp_path / "file"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may do what")
def test_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    write_whole(tmp_path / "new", b"1")
    (tmp_path / "private").touch(0o600)
    write_whole(tmp_path / "private", b"1")
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    assert modes["new"] == modes["usual"]
    assert modes["private"] == 0o600


def test_a_writing_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "table").write_bytes(b"old")
    with pytest.raises(OSError, match="no"), waiting_file(tmp_path / "table") as new:
        new.write_bytes(b"half")
        raise OSError("no")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError), waiting_file(tmp_path / "folder") as new:
        put_in_place(new, tmp_path / "folder")
    assert (tmp_path / "table").read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "table"]
