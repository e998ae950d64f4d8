"""The template notebook: its shape, and its run by bare papermill."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT

from ita_helpers.params import ReportParameters
from ita_helpers.scraps import read_scraps

TEMPLATE = ROOT / "notebooks/ita_report.ipynb"
NOTEBOOK = nbformat.read(TEMPLATE, as_version=4)
CODE = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]


def test_the_parameters_cell_is_the_schema():
    known = set()
    for name in ("ita_report.ipynb", "follow_up.ipynb"):
        notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
        (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
        assigned = ast.parse(cell.source).body
        names = {each.targets[0].id: ast.literal_eval(each.value) for each in assigned}
        parameters = ReportParameters(**names)
        assert parameters.template == name
        assert set(names) == set(parameters.for_notebook)
        known |= set(names)
    assert known == set(ReportParameters.model_fields)


def test_a_cell_is_a_call_and_never_a_program():
    for cell in CODE:
        assert len(cell.source.splitlines()) <= 3 or "parameters" in cell.metadata["tags"]
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.For | ast.If | ast.While | ast.Lambda)


def test_the_template_carries_no_outputs():
    nbformat.validate(NOTEBOOK)
    assert all(not cell.outputs and cell.execution_count is None for cell in CODE)


def test_there_is_one_title_and_every_cell_has_its_name():
    titles = [c for c in NOTEBOOK.cells if c.cell_type == "markdown" and c.source.startswith("# ")]
    assert len(titles) == 1
    identities = [cell.id for cell in NOTEBOOK.cells]
    assert len(set(identities)) == len(identities)


@pytest.mark.parametrize("file", ["params/2568/bang-khae.yml", "params/2562/pa-tueng.yml"])
@pytest.mark.processes
def test_bare_papermill_runs_it_from_a_parameter_file(tmp_path, file):
    output = tmp_path / "out.ipynb"
    papermill = [sys.executable, "-m", "papermill", "notebooks/ita_report.ipynb", str(output)]
    run = subprocess.run(
        [*papermill, "-f", file, "--no-progress-bar"],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "ITA_ROOT"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    scraps = read_scraps(nbformat.read(output, as_version=4))
    assert scraps["result"]["organisation"] == scraps["ita-document"]["organisation"]
    assert scraps["result"]["overall"] in (92.86, 94.89)
