"""Reports made by a cluster: a worker that dies costs another try, not a report."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from clusters import cluster, kill
from conftest import ita
from made_up import make_workspace, shorten

from ita_helpers.files.scraps import read_scraps
from ita_helpers.run.manifest import Manifest

REPORTS = 4


@pytest.mark.processes
def test_a_killed_worker_costs_no_report(tmp_path):
    workspace = shorten(make_workspace(tmp_path / "w", REPORTS))
    with cluster(tmp_path) as (address, workers):
        command = [sys.executable, "-m", "ita_helpers", "--root", str(workspace.root)]
        command += ["render", "--to", "html", "--scheduler", address]
        batch = subprocess.Popen(command)
        while not list(workspace.rendered.glob("*/*.html")):
            assert batch.poll() is None
            time.sleep(0.1)
        kill(workers[0])
        assert batch.wait(300) == 0
    manifest = Manifest(workspace.rendered, lambda _: None)
    rows = list(manifest.rows())
    manifest.close()
    assert [row.status for row in rows] == ["done"] * REPORTS
    for row in rows:
        path = (workspace.rendered / row.stem).with_suffix(".ipynb")
        left = read_scraps(json.loads(path.read_text(encoding="utf-8")))["result"]
        assert row.stem.endswith(left["organisation"]) and row.result == left


def test_a_cluster_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("ita_helpers.run.cluster.WAIT", 1)
    workspace = make_workspace(tmp_path, 2)
    run = ita("render", "--scheduler", "tcp://127.0.0.1:9", root=workspace.root)
    assert run.exit_code == 1
    assert "tcp://127.0.0.1:9" in run.output and "dask scheduler" in run.output


def test_without_the_library_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = ita("render", "--scheduler", "tcp://x:1", root=make_workspace(tmp_path, 2).root)
    assert run.exit_code == 1
    assert "pip install .[cluster]" in run.output


@pytest.mark.parametrize("address", ["nonsense", "tcp://"])
def test_an_address_that_is_none_is_named(tmp_path, monkeypatch, address):
    monkeypatch.setattr("ita_helpers.run.cluster.WAIT", 1)
    run = ita("render", "--scheduler", address, root=make_workspace(tmp_path, 2).root)
    assert run.exit_code == 1
    assert address in run.output
