"""What a command does depends on nothing around it: streams, code pages, locales."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
import papermill
import pytest
from conftest import assert_helps_the_reader, is_wide, write
from every_command import CALLS, every_command
from made_up import shorten
from surroundings import a_workspace

from ita_helpers import screen
from ita_helpers.__main__ import main
from ita_helpers.boundary import LOG
from ita_helpers.errors import NotebookFailed
from ita_helpers.files.workspace import Workspace
from ita_helpers.run.execute import execute_notebook

WRITTEN = {"cp874": "cp874", "ascii": "utf-8"} | ({"cp1252": "utf-8"} if is_wide() else {})
"""What is written where an encoding is asked for: one that has Thai, and others."""


def test_every_command_has_a_call():
    assert set(every_command()) == set(CALLS), "give each a call in tests/every_command.py"


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Run every command in this process in a fresh workspace, its output led somewhere."""
    for name in ("PYTHONUTF8", "PYTHONHASHSEED", "PYTHONIOENCODING"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setattr("ita_helpers.lab.opening.run_jupyterlab", lambda *_: 0)

    def run(encoding, place):
        workspace = a_workspace(tmp_path / encoding)
        monkeypatch.chdir(workspace.root)
        ended = {}
        for words, call in CALLS.items():
            typed = io.TextIOWrapper(io.BytesIO(call.typed.encode(WRITTEN[encoding])), encoding)
            given = shlex.split(call.cheap or call.words)
            with (
                os.fdopen(place(words), "w", encoding=encoding) as out,
                os.fdopen(place(words), "w", encoding=encoding) as err,
                monkeypatch.context() as patch,
            ):
                for name, stream in {"stdin": typed, "stdout": out, "stderr": err}.items():
                    patch.setattr(sys, name, stream)
                patch.setattr(sys, "argv", ["ita", *words, *given])
                with pytest.raises(SystemExit) as caught:
                    main()
                ended[words] = caught.value.code or 0
                sys.stdout.flush()
                sys.stderr.flush()
        return workspace, ended

    yield run
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_names_are_read_from_a_pipe_in_either_encoding(monkeypatch, encoding):
    reading, writing = os.pipe()
    os.write(writing, "รก เธอ อบต.บ้านไร่\r\nกรม".encode(encoding))
    os.close(writing)
    with os.fdopen(reading, "r", encoding="cp874") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        screen.ready_streams()
        assert [*sys.stdin] == ["รก เธอ อบต.บ้านไร่\n", "กรม"]


def statuses():
    return {w: c.cheap_status if c.cheap else c.status for w, c in CALLS.items()}


@pytest.mark.hypothesis
def test_every_command_does_the_same_in_any_code_page_and_where_nobody_listens(program, tmp_path):
    made = {}
    for encoding, written in WRITTEN.items():
        said = tmp_path / f"said in {encoding}"
        said.mkdir()
        workspace, ended = program(encoding, partial(new_file, said))
        assert ended == statuses()
        for words in CALLS:
            text = (said / "-".join(words)).read_text(encoding=written)
            assert any("ก" <= letter <= "๛" for letter in text), words
            assert not [each for each in ("Traceback", "\\u0e") if each in text], (words, text)
        assert not (workspace.root / LOG).exists()
        made[encoding] = files_of(workspace)
        os.chdir(tmp_path)
        shutil.rmtree(workspace.root)
    unheard, ended = program("ascii", closed_pipe)
    assert ended == statuses()
    assert made == dict.fromkeys(WRITTEN, files_of(unheard))


def new_file(folder, words):
    return os.open(folder / "-".join(words), os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def closed_pipe(_):
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def files_of(workspace):
    files = (each for each in workspace.root.rglob("*") if each.is_file())
    return {
        str(each.relative_to(workspace.root)): each.read_bytes()
        for each in files
        if each.suffix != ".sqlite"
    }


SPEAKING = "import ita_helpers.__main__ as program; program.main()"


def ita_apart(*words, root, how="", **variables):
    """Run the program by a shell that may close streams."""
    command = shlex.join([sys.executable, "-c", SPEAKING, *words])
    environment = {**os.environ, **variables}
    options = {"cwd": root, "env": environment, "capture_output": True, "check": False}
    return subprocess.run(["sh", "-c", f"{command} {how}"], **options)


@pytest.mark.processes
def test_thai_names_are_understood_in_a_locale_without_thai(small_workspace):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = ita_apart("new", "workspace", "งาน ใหม่", root=small_workspace.root, **plain)
    assert run.returncode == 0, run.stderr.decode()
    assert "งาน ใหม่" in run.stdout.decode()
    assert Workspace(small_workspace.root / "งาน ใหม่").organisations.exists()


@pytest.mark.processes
def test_a_report_is_made_where_all_streams_are_closed(small_workspace):
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    run = ita_apart(
        "render", "--to", "html", root=shorten(small_workspace).root, how="<&- >&- 2>&-"
    )
    assert run.returncode == 0
    assert (small_workspace.rendered / "2568/ban-rai.html").exists()


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_words_that_a_full_disk_swallows_are_told_and_the_work_is_done(small_workspace):
    run = ita_apart("new", "workspace", "new", root=small_workspace.root, how=">/dev/full")
    assert run.returncode == 1
    assert "พื้นที่จัดเก็บเต็ม" in run.stderr.decode()
    assert Workspace(small_workspace.root / "new").organisations.exists()


WHERE = [
    "from ita_helpers import load_report\nreport = load_report('ban-rai', 2568)",
    "from pathlib import Path\nprint(Path.cwd().parts[-3:], Path('own.csv').read_text())",
]


@pytest.mark.processes
def test_own_cells_run_beside_their_notebook_whatever_runs_it(small_workspace, monkeypatch):
    file = small_workspace.edited(Path("2568/ban-rai"))
    write(small_workspace, "notebooks/edited/2568/own.csv", "own")
    cells = [nbformat.v4.new_code_cell(each) for each in WHERE]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), file)
    monkeypatch.chdir(small_workspace.root)
    monkeypatch.delenv("ITA_ROOT", raising=False)
    ran = {name: papermill.execute_notebook(file, None, engine_name=name) for name in (None, "ita")}
    apart = {"shown": "own", "engine": "nbclient", "beside": file.parent}
    ran["as render does"] = execute_notebook(file, None, {}, **apart)
    said = {name: each.cells[-1].outputs[0].text for name, each in ran.items()}
    assert said == dict.fromkeys(ran, "('notebooks', 'edited', '2568') own\n")
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

    jupyter = MappingKernelManager(root_dir=str(small_workspace.root))
    address = file.relative_to(small_workspace.root).as_posix()
    assert jupyter.cwd_for_path(address) == str(file.parent)


@pytest.mark.parametrize("misspelt", ["fiscal_yaer", "organisaton"])
def test_a_misspelt_parameter_of_papermill_makes_no_report_of_another(small_workspace, misspelt):
    sources = ["organisation = 'ban-rai'\nfiscal_year = 2568", f"{WHERE[0]}\nreport"]
    cells = [nbformat.v4.new_code_cell(each) for each in sources]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    file = small_workspace.root / "in.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), file)
    given = {"shown": "in", "engine": "ita", "in_this_process": True, "beside": file.parent}
    execute_notebook(file, None, {"fiscal_year": 2567}, **given)
    with pytest.raises(NotebookFailed) as caught:
        execute_notebook(file, None, {misspelt: "2567"}, **given)
    meant = {"fiscal_yaer": "fiscal_year", "organisaton": "organisation"}[misspelt]
    assert_helps_the_reader(caught.value, misspelt, f"“{meant}”")
