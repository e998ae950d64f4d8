"""A file that another program takes away for a moment is waited for; one that never was is not."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Timer

import pytest
from surroundings import a_workspace

from ita_helpers.errors import FileMissing
from ita_helpers.files import presence
from ita_helpers.files.presence import is_there, listed
from ita_helpers.files.text import read_text
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.scores import codes_with_rows, score_years, written_rows

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


def test_a_file_taken_away_between_look_and_reading_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    file = tmp_path / "a.csv"
    file.write_text("a", encoding="utf-8")
    aside, timers = tmp_path / "~a.csv", []

    def taken_away(path):
        if timers:
            return True
        file.rename(aside)
        timers.append(Timer(0.2, lambda: aside.rename(file)))
        timers[0].start()
        return True

    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", taken_away)
        assert read_text(file, "a.csv") == "a"
    timers[0].join()


def test_what_is_no_file_is_told_after_some_looks(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    (tmp_path / "a.csv").touch()
    with pytest.raises(FileMissing):
        read_text(tmp_path / "a.csv", "a.csv")


LISTS = {
    "data/scores/2568.csv": (
        score_years,
        codes_with_rows,
        lambda workspace: written_rows(workspace, "ban-rai", 2568),
    ),
    "data/frameworks/2567.yml": (Workspace.framework_years,),
    "data/plans/2568/ban-rai.ods": (lambda workspace: workspace.plans("ban-rai", 2568),),
}


@pytest.mark.parametrize(
    ("name", "made"), [(name, each) for name, all_made in LISTS.items() for each in all_made]
)
def test_no_list_lacks_a_file_that_comes_back(tmp_path, monkeypatch, name, made):
    monkeypatch.setattr(presence, "TAKEN_AWAY", False)
    monkeypatch.setattr("ita_helpers.files.workspace.program_root", lambda: tmp_path / "program")
    workspace = a_workspace(tmp_path / "own")
    file = workspace.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    whole = made(workspace)
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    aside = file.rename(file.with_name(f"~{file.stem}"))
    timer = Timer(0.2, lambda: aside.rename(file))
    timer.start()
    assert whole
    assert made(workspace) == whole
    timer.join()


def test_a_list_of_a_folder_that_is_still_costs_no_time(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(time, "sleep", None)
    (tmp_path / "a.csv").touch()
    os.utime(tmp_path, (LONG_AGO, LONG_AGO))
    assert listed(tmp_path, tmp_path.iterdir) == [tmp_path / "a.csv"]
    missing = tmp_path / "b"
    assert listed(missing, lambda: missing.glob("*")) == []


def test_what_is_gone_for_good_is_not_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(presence, "COMES_BACK", 0.1)
    looks = iter([[tmp_path / "a.csv"]])
    assert listed(tmp_path, lambda: next(looks, [])) == []


def test_what_does_not_come_back_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(presence, "TAKEN_AWAY", True)
    monkeypatch.setattr(presence, "COMES_BACK", 0.1)
    assert not is_there(tmp_path / "a.csv")
