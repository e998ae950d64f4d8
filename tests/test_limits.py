"""What a cell may put out, write and hold: the report that wants more fails, by name, alone."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from bad_tasks import do, run_cell
from conftest import assert_helps_the_reader, needs_forks

from ita_helpers.errors import NotebookFailed, TooMuchOutput
from ita_helpers.run.batch import run_all
from ita_helpers.run.client import MOST_OUTPUT
from ita_helpers.run.execute import execute_notebook
from ita_helpers.run.limits import Limits
from ita_helpers.run.processes import MEGABYTE, MOST_FILE

HTML = "from IPython.display import HTML, display\nlarge = HTML('<b>' + 'x' * 3_000_000 + '</b>')\n"
SHOWN = {
    "printed": "while True: print('a' * 1000)",
    "displayed": f"{HTML}while True: display(large)",
    "held back": "for _ in range(30_000):\n    try:\n        print('a' * 1000)\n"
    "    except BaseException:\n        pass",
    "in a thread": "import threading\ndef tell():\n    while True: print('x' * 1000)\n"
    "teller = threading.Thread(target=tell)\nteller.start()\nteller.join()",
    "past Python": "import os\nwhile True: os.write(2, b'x' * 10_000)",
    "by a program": "import subprocess\nsubprocess.run(['yes'])",
    "by a child": "import os\nif child := os.fork():\n    os.waitpid(child, 0)\nelse:\n"
    "    while True: print('x' * 1000)",
}
GOOD = "print('a' * 5_000_000)\nopen({file!r}, 'wb').write(b'x' * 100_000_000)"
LIMITS = Limits(seconds=100, megabytes=1000)


@pytest.mark.skipif(sys.platform == "win32", reason="only there is no limit to files")
@pytest.mark.processes
def test_output_and_files_without_end_fail_by_the_number_of_their_cell(tmp_path):
    import resource

    large, good = tmp_path / "large", tmp_path / "good"
    endless = f"with open({str(large)!r}, 'wb') as file:\n    while True: file.write(b'x' * 10**6)"
    tasks = [
        *(("ita", source) for source in SHOWN.values()),
        ("nbclient", SHOWN["printed"]),
        ("ita", endless),
        ("ita", GOOD.format(file=str(good))),
    ]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    done = {each.task: each for each in run_all(tasks, run_cell, 2, LIMITS)}
    good_one, file = done.pop(tasks[-1]), done.pop(tasks[-2])
    assert good_one.error is None
    assert len(good_one.result[0].text) == 5_000_001
    assert large.stat().st_size == MOST_FILE
    assert type(file.error) is TooMuchOutput
    assert_helps_the_reader(file.error, "เซลล์ที่ 2", "แฟ้ม", MOST_FILE // MEGABYTE)
    for (engine, source), each in done.items():
        assert type(each.error) is TooMuchOutput, (engine, source, each.error)
        assert_helps_the_reader(each.error, "เซลล์ที่ 2", MOST_OUTPUT // MEGABYTE)
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before
    large.unlink()
    good.unlink()


FULL = {
    "of small things": "held = []\nwhile True: held.append(len(held))",
    "in a function": "def fill():\n    held = []\n    while True: held.append('a' * 1000)\nfill()",
    "at once": "held = bytearray(10**10)",
}


@needs_forks
@pytest.mark.processes
def test_a_cell_that_uses_up_the_memory_is_told_by_its_number():
    tasks = [("ita", source) for source in FULL.values()]
    for each in run_all(tasks, run_cell, 2, Limits(seconds=60, megabytes=400)):
        assert type(each.error) is NotebookFailed, (each.task, each.error)
        assert_helps_the_reader(each.error, "เซลล์ที่ 2", "MemoryError", "--limit-megabytes")


@pytest.mark.parametrize(
    ("source", "kind", "told"),
    [
        (SHOWN["printed"], TooMuchOutput, str(MOST_OUTPUT // MEGABYTE)),
        ("import os\nos._exit(3)", NotebookFailed, "DeadKernelError"),
    ],
)
@pytest.mark.processes
def test_the_engine_alone_names_the_cell_too(tmp_path, source, kind, told):
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    cells = [nbformat.v4.new_code_cell(each) for each in ("1", source)]
    template = tmp_path / "n.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    with pytest.raises(kind) as caught:
        execute_notebook(template, None, {}, shown="n.ipynb", engine="ita")
    assert_helps_the_reader(caught.value, "เซลล์ที่ 2 ของ n.ipynb", told)


@pytest.mark.processes
def test_a_batch_ends_no_notebook_that_runs_beside_it(tmp_path):
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    cells = [nbformat.v4.new_code_cell("import time\ntime.sleep(2)\n'to the end'")]
    template = tmp_path / "n.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(execute_notebook, template, None, {}, shown="n.ipynb", engine="ita")
        while not beside.done():
            done = [each.error for each in run_all("abcd", do, 2, LIMITS)]
            assert done == [None] * 4
    assert "to the end" in beside.result().cells[0].outputs[0].data["text/plain"]
