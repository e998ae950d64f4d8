"""How files are called: what is meant by a word on the command line, and what nothing reads."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, assert_helps_the_reader, ita, needs_links, write, write_scores

from ita_helpers.cli.places import find_parameter_file, find_parameter_files
from ita_helpers.errors import BadCode, FileMissing, MisplacedParameters, write_error
from ita_helpers.files.whole import ABANDONED, write_whole
from ita_helpers.files.workspace import Workspace, find_workspace, year_in
from ita_helpers.language.catalogue import section
from ita_helpers.offices.newcomers import RESERVED, check_code
from ita_helpers.store.misnamed import find_misnamed
from ita_helpers.store.params import load_parameters
from ita_helpers.store.scores import score_years

PARAMETERS = "organisation: ban-rai\nfiscal_year: 2568\n"

ONE_NAME = sys.platform == "win32"
"""Whether names that differ in capitals alone are one."""
OTHER_CASES = (
    ("data/scores/2567.CSV", "data/scores/2567.csv"),
    ("data/plans/2568/ban-rai.XLSX", "data/plans/2568/ban-rai.xlsx"),
)


@pytest.fixture
def elsewhere(small_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder beside the workspace's own, which commands are called from."""
    folder = small_workspace.root / "papers"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def parameters(small_workspace: Workspace) -> Path:
    return write(small_workspace, "params/2568/ban-rai.yml", PARAMETERS)


@pytest.mark.parametrize("word", ["ban-rai", "อบต.บ้านไร่", "บ้านไร่"])
@pytest.mark.parametrize("kind", ["folder", "folder of its papers", "file"])
def test_an_office_is_meant_also_beside_a_folder_or_file_of_its_name(
    small_workspace: Workspace, elsewhere: Path, parameters: Path, word: str, kind: str
) -> None:
    if kind == "file":
        (elsewhere / word).write_text("notes", encoding="utf-8")
    else:
        (elsewhere / word).mkdir()
    if kind == "folder of its papers":
        (elsewhere / word / "letter.docx").touch()
    assert find_parameter_files([Path(word)], small_workspace) == [parameters]
    assert find_parameter_file(Path(word), small_workspace) == parameters


def test_a_folder_of_parameter_files_is_meant_before_an_office_of_its_name(
    small_workspace: Workspace, elsewhere: Path, parameters: Path
) -> None:
    own = elsewhere / "ban-rai/mine.yml"
    own.parent.mkdir()
    own.write_text(PARAMETERS, encoding="utf-8")
    assert find_parameter_files([Path("ban-rai")], small_workspace) == [own]


@pytest.mark.parametrize("command", ["check", "render"])
def test_nothing_to_be_looked_at_is_no_success(
    small_workspace: Workspace, elsewhere: Path, command: str
) -> None:
    (elsewhere / "empty").mkdir()
    for places in ([], ["empty"], [elsewhere]):
        run = ita(command, *places, root=small_workspace.root)
        assert run.exit_code == 2
        assert "ไม่พบแฟ้มกำหนดค่า" in run.output


@pytest.mark.parametrize("ending", [".yaml"] if ONE_NAME else [".yaml", ".YML", ".Yaml"])
def test_parameter_files_with_another_ending_are_told_by_every_command(
    small_workspace: Workspace, ending: str
) -> None:
    file = write(small_workspace, f"params/2568/ban-rai{ending}", PARAMETERS)
    for places in ([small_workspace.params], [Path("ban-rai")], [file]):
        assert find_parameter_files(places, small_workspace) == [file]
    with pytest.raises(MisplacedParameters) as caught:
        load_parameters(file, small_workspace)
    shown = small_workspace.shown(file)
    assert_helps_the_reader(caught.value, shown, "params/2568/ban-rai.yml", "เปลี่ยนชื่อ")
    assert not (small_workspace.params / "2568/ban-rai.yml").exists()
    run = ita("check", root=small_workspace.root)
    assert run.exit_code == 1
    assert shown in run.output


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data/scores/๒๕๖๗.csv", "data/scores/2567.csv"),
        ("data/results/๒๕๖๘.Csv", "data/results/2568.csv"),
        ("data/frameworks/2570.yaml", "data/frameworks/2570.yml"),
        ("data/offices/Ban-Rai.yaml", "data/offices/ban-rai.yml"),
        ("data/plans/๒๕๖๘/ban-rai.xlsx", "data/plans/2568/ban-rai.xlsx"),
        ("notebooks/edited/๒๕๖๘/ban-rai.ipynb", "notebooks/edited/2568/ban-rai.ipynb"),
        *(() if ONE_NAME else OTHER_CASES),
    ],
)
def test_a_file_nothing_reads_because_of_its_name_is_told(
    small_workspace: Workspace, parameters: Path, written: str, meant: str
) -> None:
    file = write(small_workspace, written, "x")
    (found,) = find_misnamed(small_workspace)
    assert (found.file, found.meant) == (file, small_workspace.root / meant)
    run = ita("check", root=small_workspace.root)
    assert run.exit_code == 1
    (line,) = [line for line in run.output.splitlines() if written in line]
    assert meant in line


def test_files_that_are_called_as_they_should_or_belong_to_the_user_are_not_told(
    small_workspace: Workspace,
) -> None:
    assert find_misnamed(Workspace(ROOT)) == []
    for file in ("data/scores/2568 copy.csv", "data/offices/ตรา.png", "data/plans/2568/backups/a"):
        write(small_workspace, file, "x")
    assert find_misnamed(small_workspace) == []


@pytest.mark.parametrize("name", ["๒๕๖๘", "²", "2568", "2๕68"])
def test_a_year_has_one_name(small_workspace: Workspace, name: str) -> None:
    write_scores(small_workspace, "ITA,90,,,", fiscal_year=2567)
    write(small_workspace, f"data/scores/{name}.csv", "organisation,code,score,status,source,note")
    assert score_years(small_workspace) == [2567, 2568]
    assert year_in(name) == (2568 if name == "2568" else 0)


def test_paths_are_accepted_as_messages_show_them(
    small_workspace: Workspace, elsewhere: Path, parameters: Path
) -> None:
    shown = Path(small_workspace.shown(parameters))
    assert find_parameter_file(shown, small_workspace) == parameters
    assert find_parameter_files([shown.parent], small_workspace) == [parameters]
    nearer = elsewhere / shown
    nearer.parent.mkdir(parents=True)
    nearer.write_text(PARAMETERS, encoding="utf-8")
    assert find_parameter_file(shown, small_workspace) == nearer
    with pytest.raises(FileMissing):
        find_parameter_file(Path("params/2568/nowhere.yml"), small_workspace)


@needs_links
def test_files_are_shown_from_the_root_by_whatever_way_they_were_reached(
    small_workspace: Workspace, elsewhere: Path, parameters: Path, tmp_path: Path
) -> None:
    linked = tmp_path.with_name(f"{tmp_path.name}-linked")
    linked.symlink_to(small_workspace.root, target_is_directory=True)
    for root in ("..", "../papers/..", str(linked), str(small_workspace.root)):
        workspace = find_workspace(root)
        for way in ("..", small_workspace.root, linked, workspace.root):
            file = Path(way) / parameters.relative_to(small_workspace.root)
            assert workspace.shown(file) == "params/2568/ban-rai.yml"
    outside = tmp_path.parent / "outside.yml"
    assert small_workspace.shown(outside) == str(outside)
    assert small_workspace.shown(tmp_path / "papers/../../outside.yml") == str(outside)


@pytest.mark.parametrize("code", sorted(RESERVED))
def test_a_name_that_windows_keeps_for_itself_is_refused_with_the_reason(code: str) -> None:
    with pytest.raises(BadCode) as caught:
        check_code(code)
    assert_helps_the_reader(caught.value, code, "Windows", "เติมคำต่อท้าย")
    check_code(f"{code}-sao")
    with pytest.raises(BadCode) as other:
        check_code("A b")
    assert "Windows" not in str(other.value)


@pytest.mark.parametrize("name", sorted(set(section("messages.write_reasons"))))
def test_why_a_file_could_not_be_written_is_said_in_thai(name: str) -> None:
    if number := getattr(errno, name, None):
        error: Exception = OSError(number, os.strerror(number), "x")
    else:
        error = sqlite3.OperationalError(f"{name} … error")
    told = write_error(error, "x")
    assert_helps_the_reader(told, section("messages.write_reasons")[name])
    assert os.strerror(number or 1) not in str(told)


def test_a_reason_nobody_foresaw_is_told_by_the_name_of_the_system() -> None:
    assert_helps_the_reader(write_error(OSError(errno.EXDEV, "Cross-device link"), "x"), "EXDEV")
    assert "device" not in str(write_error(OSError(errno.EXDEV, "Cross-device link"), "x"))


def test_what_a_killed_program_left_beside_a_file_goes_after_a_day(tmp_path: Path) -> None:
    old, new, own = (
        tmp_path / name for name in (f".{'a' * 16}.new", f".{'b' * 16}.new", ".notes.new")
    )
    for file in (old, new, own):
        file.touch()
    for file in (old, own):
        os.utime(file, times=(0, time.time() - ABANDONED - 60))
    write_whole(tmp_path / "index.html", b"x")
    assert sorted(tmp_path.iterdir()) == sorted([new, own, tmp_path / "index.html"])
