from __future__ import annotations

import pytest
from conftest import ROOT, assert_helps_the_reader, write

from ita_helpers.errors import WorkspaceNotFound
from ita_helpers.paths import find_workspace


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
