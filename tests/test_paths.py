from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ORGANISATIONS, ROOT, assert_helps_the_reader, needs_links, write

from ita_helpers.cli import main
from ita_helpers.errors import WorkspaceNotFound
from ita_helpers.files.workspace import Workspace, find_workspace


def test_the_root_is_the_option_then_the_variable_then_the_nearest_folder(
    small_workspace, monkeypatch
):
    inside = small_workspace.root / "a/b"
    inside.mkdir(parents=True)
    monkeypatch.delenv("ITA_ROOT", raising=False)
    monkeypatch.chdir(inside)
    assert find_workspace().root == small_workspace.root
    monkeypatch.setenv("ITA_ROOT", str(ROOT))
    assert find_workspace().root == ROOT
    assert find_workspace(small_workspace.root).root == small_workspace.root


@pytest.mark.parametrize("inside", ["program", "program/notebooks", "", "home/Documents"])
def test_where_start_is_called_outside_it_means_the_workspace_of_a_double_click(
    tmp_path, monkeypatch, inside
):
    program, home, usual = (tmp_path / each for each in ("program", "home", "home/Documents/ITA"))
    (program / "notebooks").mkdir(parents=True)
    (home / "Documents").mkdir(parents=True)
    write(Workspace(program), "data/organisations.csv", "samples")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.delenv("ITA_ROOT", raising=False)
    monkeypatch.setenv("ITA_PROGRAM", str(program))
    monkeypatch.chdir(tmp_path / inside)
    if inside.startswith("program"):
        assert find_workspace().root == program
    write(Workspace(usual), "data/organisations.csv", ORGANISATIONS)
    assert find_workspace().root == usual
    assert find_workspace(program).root == program
    run = CliRunner().invoke(main, ["plan", "บ้านไกล"])
    said, failed = run.output.splitlines()
    assert str(usual) in said and "บ้านไกล" in failed
    monkeypatch.chdir(usual)
    assert str(usual) not in CliRunner().invoke(main, ["plan", "บ้านไกล"]).output
    monkeypatch.delenv("ITA_PROGRAM")
    monkeypatch.chdir(program)
    assert find_workspace().root == program


@pytest.mark.parametrize("named", [True, False])
def test_no_workspace_is_one_clear_error(tmp_path, monkeypatch, named):
    monkeypatch.delenv("ITA_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkspaceNotFound) as caught:
        find_workspace(tmp_path if named else None)
    assert_helps_the_reader(caught.value, tmp_path, "--root", "ITA_ROOT")


def test_rules_of_the_workspace_come_before_the_programs(small_workspace):
    assert small_workspace.framework(2568) == ROOT / "data/frameworks/2568.yml"
    assert not small_workspace.overrides_framework(2568)
    own = write(small_workspace, "data/frameworks/2568.yml", "fiscal_year: 2568\n")
    assert small_workspace.framework(2568) == own
    assert small_workspace.overrides_framework(2568)


@needs_links
def test_rules_are_not_the_workspaces_own_through_a_link(tmp_path):
    linked = tmp_path / "linked"
    linked.symlink_to(ROOT)
    assert not find_workspace(linked).overrides_framework(2568)


def test_rules_of_a_workspace_inside_the_program_are_its_own(tmp_path, monkeypatch):
    inside = tmp_path / "program/offices/one"
    write(Workspace(inside), "data/organisations.csv", "")
    write(Workspace(inside), "data/frameworks/2568.yml", "")
    monkeypatch.setattr("ita_helpers.files.workspace.program_root", lambda: tmp_path / "program")
    assert find_workspace(inside).overrides_framework(2568)
