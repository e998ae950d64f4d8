"""JupyterLab as we open it: nothing that an analyst types cuts, changes or removes a cell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT, ita, write
from ipykernel.kernelspec import get_kernel_dict

from ita_helpers.lab.opening import KERNELS_VARIABLE, SETTINGS, SETTINGS_VARIABLE
from ita_helpers.lab.report import run_render
from ita_helpers.rendering.copies import Renewal

OVERRIDES = SETTINGS / "labconfig/default_setting_overrides.json"
SHORTCUTS = "@jupyterlab/shortcuts-extension:shortcuts"
TYPED = re.compile(r"(Shift )?\S")
"""A key that writes a letter, by itself or with Shift."""


def shipped_with_jupyterlab():
    from jupyterlab.commands import get_app_dir  # brings the whole server

    for file in Path(get_app_dir(), "schemas").rglob("*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        yield from schema.get("jupyter.lab.shortcuts", [])


@pytest.mark.processes
def test_no_letter_means_anything_to_the_pinned_jupyterlab_beside_a_text():
    ours = json.loads(OVERRIDES.read_text(encoding="utf-8"))[SHORTCUTS]["shortcuts"]
    off = {(tuple(each["keys"]), each["selector"]) for each in ours if each["disabled"]}
    there = {
        (tuple(each["keys"]), each["selector"])
        for each in shipped_with_jupyterlab()
        if re.search(r"jp-Notebook|jp-kernel", each["selector"])
        and each["keys"]
        and all(TYPED.fullmatch(key) for key in each["keys"])
    }
    assert len(there) > 20
    assert there == off


def test_our_kernel_is_that_of_the_pinned_ipykernel_with_one_thing_more():
    with_ours = get_kernel_dict(extra_arguments=["--ext=ita_helpers.run.run_first"])
    with_ours["argv"][0] = "python"
    spec = SETTINGS / "kernels/python3/kernel.json"
    assert json.loads(spec.read_text(encoding="utf-8")) == with_ours


def test_every_way_to_open_jupyterlab_brings_our_settings_and_keeps_a_persons_own(
    tmp_path, monkeypatch
):
    ran, commands = [], []
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(
        "ita_helpers.lab.opening.subprocess.run",
        lambda command, env, check: ran.append(env) or commands.append(command) or done,
    )
    monkeypatch.setattr(
        "ita_helpers.rendering.copies.renew_copy", lambda *_: Renewal(tmp_path, True)
    )
    monkeypatch.setenv(SETTINGS_VARIABLE, "/theirs")
    assert ita("start", tmp_path / "w").exit_code == 0
    assert ita("edit", ROOT / "params/2568/bang-khae.yml").exit_code == 0
    assert [each[SETTINGS_VARIABLE] for each in ran] == [f"{SETTINGS}{os.pathsep}/theirs"] * 2
    assert all((Path(each["PATH"].split(os.pathsep)[0]) / "ita").exists() for each in ran)
    assert all(each[KERNELS_VARIABLE].split(os.pathsep)[0] == str(SETTINGS) for each in ran)
    assert [each[1:4] for each in commands] == [["-P", "-m", "ita_helpers.lab.server"]] * 2
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    (source,) = (each for each, place in shared.items() if "lab/settings/overrides.d/" in place)
    assert (ROOT / source).samefile(OVERRIDES)


@pytest.mark.processes
def test_a_module_beside_a_notebook_is_not_taken_for_the_librarys(small_workspace, monkeypatch):
    folder = small_workspace.root / "notebooks"
    for name in ("random", "json", "click"):
        write(small_workspace, f"notebooks/{name}.py", "raise SystemExit('taken')")
    monkeypatch.chdir(folder)
    done = run_render(small_workspace, Path("../params/none.yml"))
    assert "none.yml" in done.stderr
    assert "taken" not in done.stderr
