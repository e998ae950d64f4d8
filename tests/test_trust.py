"""Code that came with a workspace runs only for who said that it may."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import (
    ORGANISATIONS,
    ROOT,
    assert_helps_the_reader,
    ita,
    needs_links,
    write,
    write_scores,
)

from ita_helpers.cli import asking
from ita_helpers.errors import NotTrusted
from ita_helpers.files.workspace import Workspace
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.rendering import copies
from ita_helpers.rendering.loading import load
from ita_helpers.store.params import load_parameters
from ita_helpers.store.trust import LIST, files_to_trust, is_trusted, own_code, require_trust, trust

NAME = "2568/ban-rai"
OWN = "open('was-here', 'w').close()"


@pytest.fixture(autouse=True)
def list_of_trust(tmp_path_factory, monkeypatch):
    """Hold the list of somebody who has trusted nothing yet."""
    monkeypatch.delenv("ITA_TRUST")
    folder = tmp_path_factory.mktemp("jupyter")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    return folder / LIST


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Hold a workspace with a copy that the program made."""
    workspace = Workspace(tmp_path_factory.mktemp("made"))
    write(workspace, "data/organisations.csv", ORGANISATIONS)
    write_scores(workspace, "ITA,92.00,,s,")
    file = write(workspace, f"params/{NAME}.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    done = ita("edit", file, "--no-lab", root=workspace.root)
    assert done.exit_code == 0, done.output
    return workspace


@pytest.fixture
def clean(made, tmp_path):
    """Hold a workspace that came from elsewhere, its copy as the program made it."""
    shutil.copytree(made.root, tmp_path / "from elsewhere")
    return Workspace(tmp_path / "from elsewhere")


@pytest.fixture
def foreign(clean):
    """Hold one whose copy has a cell of its office's own."""
    add_cell(clean, OWN)
    return clean


def add_cell(workspace, code):
    copy = workspace.edited(Path(NAME))
    notebook = nbformat.read(copy, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell(code, id="own"))
    nbformat.write(notebook, copy)


def was_run(workspace):
    return any(workspace.root.rglob("was-here"))


def render(workspace, answers=None):
    return ita("render", "--to", "html", root=workspace.root, answers=answers)


def answer(monkeypatch, word):
    """Let somebody sit at the screen who answers the question."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(asking, "confirmed", lambda *_, **__: word)


@pytest.mark.processes
def test_a_copy_without_code_of_others_needs_no_trust(clean):
    assert files_to_trust(clean) == []
    assert render(clean).exit_code == 0
    assert not is_trusted(clean)


@pytest.mark.processes
def test_code_of_others_runs_only_after_one_word_and_not_after_it_is_taken_back(foreign):
    copy = foreign.edited(Path(NAME))
    assert files_to_trust(foreign) == [copy]
    refused = render(foreign)
    assert refused.exit_code == 1
    assert "ita trust" in refused.output
    assert foreign.shown(copy) in refused.output
    assert not was_run(foreign)

    said = ita("trust", root=foreign.root)
    assert said.exit_code == 0
    assert foreign.shown(copy) in said.output
    assert render(foreign).exit_code == 0
    assert was_run(foreign)

    assert ita("trust", "--revoke", root=foreign.root).exit_code == 0
    assert files_to_trust(foreign) == [copy]
    assert ita("render", "--force", "--to", "html", root=foreign.root).exit_code == 1


@pytest.mark.processes
def test_a_person_is_asked_once(foreign, monkeypatch):
    answer(monkeypatch, False)
    asking.ask_trust(foreign)
    assert not is_trusted(foreign)
    answer(monkeypatch, True)
    asking.ask_trust(foreign)
    assert is_trusted(foreign)
    monkeypatch.setattr(asking, "confirmed", lambda *_, **__: pytest.fail("asked again"))
    asking.ask_trust(foreign)


@pytest.mark.processes
def test_renewing_a_copy_runs_none_either(foreign):
    file = foreign.params / f"{NAME}.yml"
    parameters = load_parameters(file, foreign)
    write(foreign, "data/offices/ban-rai.yml", "head: นายกองค์การบริหารส่วนตำบล\n")
    with pytest.raises(NotTrusted) as raised:
        copies.renew_copy(foreign, parameters, file, load(foreign, parameters))
    assert_helps_the_reader(raised.value, f"notebooks/edited/{NAME}.ipynb", foreign.root)
    assert not was_run(foreign)


@pytest.mark.processes
def test_the_lesson_of_a_foreign_workspace_is_refused(foreign):
    lesson = nbformat.read(ROOT / "notebooks/how_scoring_works.ipynb", as_version=4)
    lesson.cells.append(nbformat.v4.new_code_cell(OWN, id="own"))
    nbformat.write(lesson, foreign.root / "notebooks/how_scoring_works.ipynb")
    refused = ita("teach", root=foreign.root)
    assert refused.exit_code == 1
    assert "ita trust" in refused.output
    assert not was_run(foreign)


DISGUISES = {
    "a value that is computed": "x = open('was-here', 'w')",
    "a place that is computed": "a = [0][print()] = 1",
    "a magic": "%run other.py",
    "a call within the call": "from ita_helpers.lab import render_report\n\nrender_report(f())",
    "more than the call": "from ita_helpers.lab import render_report\n\nrender_report('a')\nf()",
    "another import": "from ita_helpers.lab import render_report, link\n\nrender_report('a')",
    "noted as ours": "print()",
}


@pytest.mark.parametrize("code", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.processes
def test_code_in_the_dress_of_ours_is_found(foreign, code):
    copy = foreign.edited(Path(NAME))
    notebook = json.loads(copy.read_text("utf-8"))
    own = next(cell for cell in notebook["cells"] if cell.get("id") == "own")
    ours = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    own.update(source=code, metadata=ours["metadata"])
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    assert files_to_trust(foreign) == [copy]
    assert own_code(foreign, "ita_report.ipynb", copy)


@pytest.mark.parametrize("name", ["pandas.py", "cycler/__init__.py", "x.cpython-311.so"])
@pytest.mark.processes
def test_a_module_beside_a_notebook_needs_trust(clean, name):
    file = write(clean, f"notebooks/edited/2568/{name}", "")
    assert files_to_trust(clean) == [file]
    beside = clean.edited(Path(NAME)).parent
    with pytest.raises(NotTrusted, match=r"notebooks/edited/2568/"):
        require_trust(clean, beside / "ban-rai.ipynb", [], beside)


@pytest.mark.processes
def test_what_is_made_here_is_trusted_unless_it_was_there_before(tmp_path, foreign):
    assert is_trusted(make_workspace(tmp_path / "new"))
    shutil.copytree(foreign.root / "notebooks", tmp_path / "unpacked/notebooks")
    assert not is_trusted(make_workspace(tmp_path / "unpacked"))


@needs_links
def test_trust_is_of_one_folder_whatever_way_leads_to_it(tmp_path):
    workspace = make_workspace(tmp_path / "งาน")
    (tmp_path / "link").symlink_to(workspace.root)
    assert is_trusted(Workspace(tmp_path / "link"))
    shutil.copytree(workspace.root, tmp_path / "copy")
    assert not is_trusted(Workspace(tmp_path / "copy"))
    assert is_trusted(Workspace(ROOT))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, null]", b"\xff", b'["x"'])
def test_a_list_that_cannot_be_read_trusts_nobody_and_can_be_written(
    tmp_path, list_of_trust, content
):
    list_of_trust.write_bytes(content)
    workspace = Workspace(tmp_path)
    assert not is_trusted(workspace)
    trust(workspace)
    assert is_trusted(workspace)


STARTS = """
import os
from ita_helpers.run.processes import fresh_processes, without_main

context = fresh_processes()
with without_main():
    is_clean = "import os; assert 'PYTHONSAFEPATH' not in os.environ"
    process = context.Process(target=exec, args=(is_clean,))
    process.start()
process.join()
assert process.exitcode == 0, process.exitcode
assert "PYTHONSAFEPATH" not in os.environ
"""


@pytest.mark.processes
def test_nothing_beside_a_workspace_is_taken_for_the_program(tmp_path):
    own = Workspace(tmp_path / "own")
    write(own, "ita_helpers/__init__.py", "open('ran', 'w').close()")
    program = tmp_path / "program.py"
    program.write_text(STARTS, encoding="utf-8")
    started = [sys.executable, program]
    run = subprocess.run(started, cwd=own.root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert not (own.root / "ran").exists()
