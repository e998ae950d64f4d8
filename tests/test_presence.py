"""A file that another program takes away for a moment is waited for; one that never was is not."""

from __future__ import annotations

import os
import time
from threading import Timer

from ita_helpers.files import presence
from ita_helpers.files.presence import is_there

LONG_AGO = 1_700_000_000


def test_a_file_that_comes_back_was_there(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    file, aside = tmp_path / "a.csv", tmp_path / "~a.csv"
    aside.touch()
    timer = Timer(0.2, lambda: aside.rename(file))
    timer.start()
    assert is_there(file)
    timer.join()


def test_a_clock_that_runs_behind_that_of_files_does_not_matter(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(presence, "COMES_BACK", 0.3)
    ahead = time.time() + 0.2
    os.utime(tmp_path, (ahead, ahead))
    looked = time.monotonic()
    assert not is_there(tmp_path / "a.csv")
    assert time.monotonic() - looked >= presence.PAUSE


def test_what_was_never_there_costs_no_time(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(time, "sleep", None)
    os.utime(tmp_path, (LONG_AGO, LONG_AGO))
    assert not is_there(tmp_path / "a.csv")
    assert not is_there(tmp_path / "b" / "a.csv")


def test_what_does_not_come_back_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(presence, "COMES_BACK", 0.1)
    assert not is_there(tmp_path / "a.csv")
