"""The template notebook: its shape, and its run by bare papermill."""

from __future__ import annotations

import ast

import nbformat
import pytest
from click.testing import CliRunner
from conftest import ROOT, YEARS, rules

from ita_helpers.files.scraps import read_scraps
from ita_helpers.records.kinds import KINDS, report_kinds
from ita_helpers.records.slots import slot_of_code
from ita_helpers.run.run_first import load_ipython_extension, show
from ita_helpers.store.params import ReportParameters

TEMPLATE = ROOT / "notebooks/ita_report.ipynb"
NOTEBOOK = nbformat.read(TEMPLATE, as_version=4)
CODE = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]


def test_the_parameters_cell_is_the_schema():
    known = set()
    for name in sorted({each.notebook for each in report_kinds()}):
        notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
        (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
        assigned = ast.parse(cell.source).body
        names = {each.targets[0].id: ast.literal_eval(each.value) for each in assigned}
        parameters = ReportParameters(**names)
        assert parameters.template == name
        assert set(names) == set(parameters.for_notebook)
        known |= set(names)
    assert known == set(ReportParameters.model_fields)


@pytest.mark.parametrize("year", YEARS)
def test_every_indicator_of_a_year_has_its_three_cells(year):
    said = "\n".join(cell.source for cell in CODE)
    lacking = [
        f'notebooks/ita_report.ipynb has no cell report.{call}("{slot}")'
        for code in [each.code for each in rules(year).indicators.list]
        for slot in [slot_of_code(code)]
        for call in ("indicator", "items", "narrative")
        if f'report.{call}("{slot}")' not in said
    ]
    assert not lacking, "\n".join(lacking)


def test_a_cell_is_a_call_and_never_a_program():
    for cell in CODE:
        assert len(cell.source.splitlines()) <= 3 or "parameters" in cell.metadata["tags"]
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.For | ast.If | ast.While | ast.Lambda)


@pytest.mark.parametrize("name", sorted({each.notebook for each in KINDS}))
def test_a_cell_run_before_those_it_needs_names_them_in_thai_whichever_it_is(name):
    cells = nbformat.read(ROOT / f"notebooks/{name}", as_version=4).cells
    needed = 0
    for cell in cells:
        if cell.cell_type == "code" and cell.id not in ("parameters", "import"):
            shell = Shell()
            load_ipython_extension(shell)
            with pytest.raises(NameError) as caught:
                exec(cell.source, {})
            shell.handle(shell, NameError, caught.value, caught.tb)
            (said,) = shell.shown._render_traceback_()
            assert "Run > Run All Above Selected Cell" in said
            needed += 1
    assert needed == len([c for c in cells if c.cell_type == "code"]) - 2


def test_another_missing_name_is_told_in_pythons_words():
    shell = Shell()
    with pytest.raises(NameError) as caught:
        exec("our_limit", {})
    show(shell, NameError, caught.value, caught.tb)
    assert not hasattr(shell.shown, "_render_traceback_")


class Shell:
    """Stands for IPython's, of which the handler takes two methods."""

    def set_custom_exc(self, kinds, handler):
        assert kinds == (NameError,)
        self.handle = handler

    def showtraceback(self, error, tb_offset=None):
        self.shown = error[1]


def test_helper_cells_of_every_notebook_are_folded():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "remove-cell" in cell.metadata.get("tags", []):
                assert cell.metadata.jupyter.source_hidden, (path.name, cell.id)


def test_the_template_carries_no_outputs():
    nbformat.validate(NOTEBOOK)
    assert all(not cell.outputs and cell.execution_count is None for cell in CODE)


def test_there_is_one_title_and_every_cell_has_its_name():
    titles = [c for c in NOTEBOOK.cells if c.cell_type == "markdown" and c.source.startswith("# ")]
    assert len(titles) == 1
    identities = [cell.id for cell in NOTEBOOK.cells]
    assert len(set(identities)) == len(identities)


@pytest.mark.processes
def test_bare_papermill_runs_it_from_a_parameter_file(tmp_path, monkeypatch):
    """One of another year than the README's, whose command its own test runs."""
    from papermill.cli import papermill

    output = tmp_path / "out.ipynb"
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ITA_ROOT", raising=False)
    files = ["notebooks/ita_report.ipynb", str(output), "-f", "params/2562/pa-tueng.yml"]
    run = CliRunner().invoke(papermill, [*files, "--no-progress-bar"])
    assert run.exit_code == 0, run.output
    scraps = read_scraps(nbformat.read(output, as_version=4))
    assert scraps["result"]["organisation"] == scraps["ita-document"]["organisation"]
    assert scraps["result"]["overall"] == 94.89
