"""The engine ``ita``: what it leaves in a notebook is what a kernel would have left."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import warnings
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, assert_helps_the_reader, needs_forks, spanning, stop_fork_server
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ita_helpers.errors import CellTooSlow, NotebookFailed
from ita_helpers.run.client import PutOut
from ita_helpers.run.execute import execute_notebook
from ita_helpers.run.in_process import _Session
from ita_helpers.run.limits import ENGINES

BEHAVIOURS = {
    "value": "1 + 1",
    "nothing": "2;",
    "several": "1\n'two'",
    "streams": "import sys\nprint('ก')\nprint('ข', file=sys.stderr)\nprint('ค')",
    "flush": "print('a', flush=True)\nprint('b')",
    "subprocess": "import os, subprocess, sys, time\nprint('1')\nos.system('echo 2')\n"
    "time.sleep(0.5)\nprint('3')\nsubprocess.run([sys.executable, '-c', 'print(4)'])\n"
    "time.sleep(0.5)",
    "stderr of others": "os.system('echo away >&2')\ntime.sleep(0.5)",
    "shell": "!echo สวัสดี",
    "listed": "x = !echo one\nx",
    "display": "from IPython.display import HTML, Markdown, SVG, JSON, display, clear_output\n"
    "display(HTML('<b>ก</b>'), Markdown('*ข*'))\nprint('between')\ndisplay({'a': 1})",
    "update": "handle = display('before', display_id='place')",
    "updated": "handle.update('after')",
    "clear": "print('gone')\nclear_output()\nprint('stays')",
    "clear later": "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "bundle": "display({'text/plain': 'p', 'application/json': {'b': [1, None]}}, raw=True)",
    "metadata": "display(HTML('x'), metadata={'k': 'v'})",
    "representation": "class Face:\n    def _repr_html_(self):\n        return '<i>face</i>'\n"
    "    def __repr__(self):\n        return 'face'\nFace()",
    "broken representation": "class Bad:\n    def _repr_html_(self):\n        1/0\n"
    "    def __repr__(self):\n        return 'bad'\n",
    "capture": "%%capture held\nprint('held')\nHTML('held')",
    "captured": "held.show()",
    "timeit": "%%python\nprint('of another process')",
    "await": "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')\n'done'",
    "loop": "asyncio.get_running_loop().is_running()",
    "history": "In[1], _, __name__",
    "module": "import __main__\n__main__.x is x",
    "who": "type(get_ipython()).__name__, 'IPKernelApp' in get_ipython().config",
    "frame": "import pandas\npandas.DataFrame({'ก': [1.5, None]})",
    "matplotlib": "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(1, 1))",
    "magic": "%matplotlib inline\nplt.figure(figsize=(1, 1)).add_subplot()\nprint('drawn')",
    "backend": "import matplotlib\nmatplotlib.get_backend()",
    "settings": "%config InlineBackend.figure_formats = ['svg']",
    "warning": "import warnings\nwarnings.warn('careful', stacklevel=1)",
    "logging": "import logging\nlogging.getLogger('ita_helpers').warning('said')\n"
    "logging.info('not said')",
    "forked": "import multiprocessing\nfork = multiprocessing.get_context('fork').Process\n"
    "child = fork(target=lambda: print('of a child'))\nchild.start()\nchild.join()",
    "pool": "from concurrent.futures import ProcessPoolExecutor\ndef twice(x):\n"
    "    return 2 * x\nwith ProcessPoolExecutor(1) as pool:\n    print(list(pool.map(twice, [1])))",
    "left running": "left = subprocess.Popen(['sh', '-c', 'sleep 0.4; echo late'])",
    "ends later": "left.wait()",
    "surrogate": "print('\\udcff')",
    "widget": "import ipywidgets\nipywidgets.IntSlider(3)",
    "widget output": "box = ipywidgets.Output()\nwith box:\n    print('inside')\nbox",
    "types": "sys.stdout.isatty(), sys.stdout.encoding, sys.stdin.read(), '' in sys.path",
    "import beside": "import beside\nbeside.NAME",
    "environment": "os.environ['MPLBACKEND'], os.environ.get('TERM')",
}
ENDS = {
    "error": "def outer():\n    return inner()\ndef inner():\n    raise ValueError('ผิด')\nouter()",
    "syntax": "print(1\nx = ",
    "exit": "import sys\nsys.exit(3)",
    "exit of the shell": "exit",
    "input": "input('?')",
    "interrupt": "raise KeyboardInterrupt",
    "error after output": "print('before')\n1/0",
    "error shown": "class Bad:\n    def __repr__(self):\n        raise OSError('no')\nBad()",
}


TRIES = 3
"""A kernel apart does not answer now and then, mostly where a widget takes output."""


def run(folder, name, engine, sources):
    """Return the executed notebook, whether it failed or not."""
    folder.mkdir(exist_ok=True)
    (folder / "beside.py").write_text("NAME = 'beside'\n", encoding="utf-8")
    template, output = folder / f"{name}.ipynb", folder / f"{name}.{engine}.ipynb"
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # there a kernel catches no descriptors
    for _ in range(TRIES):
        try:
            execute_notebook(template, output, {}, shown=name, engine=engine, seconds=60)
        except CellTooSlow:
            continue
        except NotebookFailed:
            pass
        return nbformat.read(output, as_version=4)
    raise AssertionError("no kernel answered")


def outcome(notebook):
    """Return what running left: widgets' ids, processes' numbers and addresses aside."""
    cells = [
        {name: cell.get(name) for name in ("source", "outputs", "execution_count")}
        | {"status": cell.metadata.get("papermill", {}).get("status")}
        for cell in notebook.cells
    ]
    widgets = notebook.metadata.get("widgets", {})
    states = [json.dumps(each) for kind in widgets.values() for each in kind["state"].values()]
    states = sorted(re.sub(r"[0-9a-f]{32}", "<id>", each) for each in states)
    text = json.dumps([_merged(cells), states, notebook.metadata.get("language_info")], indent=1)
    text = re.sub(r"[0-9a-f]{32}", "<id>", text)
    text = re.sub(r"ipykernel_[0-9]+[\\\\/]+[0-9]+", "ipykernel_<n>", text)
    return re.sub(r"0x[0-9a-f]+", "<address>", text).splitlines()


def _merged(cells):
    """Join what one stream wrote: a kernel sends it in pieces of its own timing."""
    for cell in cells:
        outputs = []
        for output in cell["outputs"] or ():
            last = outputs[-1] if outputs else {}
            if output.get("name") and output.get("name") == last.get("name"):
                last["text"] += output["text"]
            else:
                outputs.append(dict(output))
        cell["outputs"] = outputs
    return cells


@pytest.mark.processes
def test_a_notebook_of_many_behaviours_is_left_as_by_a_kernel(tmp_path):
    made = [outcome(run(tmp_path, "many", each, BEHAVIOURS.values())) for each in ENGINES]
    assert made[0] == made[1]


@pytest.mark.hypothesis
@pytest.mark.parametrize("name", spanning(ENDS, "error", "exit", "input", "interrupt"))
@pytest.mark.processes
def test_a_notebook_that_ends_early_is_left_as_by_a_kernel(tmp_path, name):
    made = [outcome(run(tmp_path, "end", each, [ENDS[name], "1"])) for each in ENGINES]
    assert made[0] == made[1]


NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.hypothesis
@pytest.mark.parametrize(
    "notebook", spanning(NOTEBOOKS, "ita_report.ipynb", "how_scoring_works.ipynb")
)
@pytest.mark.processes
def test_every_notebook_of_the_project_is_left_as_by_a_kernel(tmp_path, notebook, monkeypatch):
    monkeypatch.setenv("ITA_ROOT", str(ROOT))
    parameters = {"organisation": "made-up-example", "fiscal_year": 2568}
    made = []
    for engine in ENGINES:
        output = tmp_path / f"{engine}.ipynb"
        template = ROOT / "notebooks" / notebook
        execute_notebook(template, output, parameters, shown=notebook, engine=engine)
        made.append(outcome(nbformat.read(output, as_version=4)))
    assert made[0] == made[1]


@pytest.mark.processes
def test_papermill_finds_the_engine_by_its_name(tmp_path):
    run(tmp_path, "named", "ita", ["print('ก')", "1/0", "2"])
    command = [sys.executable, "-m", "papermill", "--engine", "ita", "--no-progress-bar"]
    files = [str(tmp_path / "named.ipynb"), str(tmp_path / "out.ipynb")]
    done = subprocess.run([*command, *files], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"ZeroDivisionError" in done.stderr
    notebook = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    states = [cell.metadata.get("papermill", {}).get("status") for cell in cells]
    assert states == ["completed", "failed", "pending"]


WARM = """
import os, sys
os.environ["ITA_WARM_UP"] = "ita_helpers.rendering.ahead:load_ahead {root}\\n{file}"
import ita_helpers.run.warm
fds = [f"/proc/self/fd/{{each}}" for each in os.listdir("/proc/self/fd")]
links = [os.readlink(each) for each in fds if os.path.lexists(each)]
asked = ("matplotlib", "typst", "scrapbook", "pandas", "pyarrow", "matplotlib.figure", "pythainlp")
loaded = [name for name in asked if name in sys.modules]
print(len(os.listdir("/proc/self/task")), [each for each in links if "eventpoll" in each], loaded)
"""


FILES = ("2568/made-up-example", "2562/pa-tueng")


@pytest.mark.hypothesis
@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
@pytest.mark.processes
@pytest.mark.parametrize("name", spanning(FILES, "2568/made-up-example"))
def test_nothing_threaded_runs_before_a_fork(name):
    file = ROOT / f"params/{name}.yml"
    script = WARM.format(root=ROOT, file=file)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = ["matplotlib", "typst", "scrapbook"]
    assert done.stdout.split(maxsplit=1)[0] == "1", done.stdout
    assert done.stdout.strip().endswith(f"[] {loaded}"), done.stdout


@needs_forks
@pytest.mark.processes
def test_an_interrupt_while_a_fork_server_loads_is_not_told_by_it():
    script = "import signal, ita_helpers.run.warm; print(signal.getsignal(signal.SIGINT).__name__)"
    loading = {"ITA_WARM_UP": "os:system kill -INT $PPID"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, env={**os.environ, **loading}, capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("default_int_handler", "")


LEAVES = """import os, sys, warnings, matplotlib.pyplot as plt
left = 1
plt.rcParams["font.size"] = 33
plt.figure()
os.environ["LEFT"] = "1"
os.chdir("/")
os.umask(0o777)
sys.path.append("/left")
sys.argv.append("left")
warnings.simplefilter("error")
def away(*_): pass
sys.excepthook = away
print("done")"""
FINDS = """import os, sys, warnings, matplotlib.pyplot as plt
("left" in globals(), plt.rcParams["font.size"], plt.get_fignums(), "LEFT" in os.environ,
 "/left" in sys.path, "left" in sys.argv, sys.excepthook.__name__)"""


def in_one_process(folder, sources):
    """Run notebooks one after the other in this process; returns their last outputs."""
    found = []
    for number, source in enumerate(sources):
        template = folder / f"{number}.ipynb"
        cells = [nbformat.v4.new_code_cell(source)]
        kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
        notebook = execute_notebook(
            template, None, {}, shown="n", engine="ita", in_this_process=True
        )
        found.append(notebook.cells[-1].outputs[-1])
    return found


def test_a_notebook_finds_nothing_of_the_one_before_in_its_process(tmp_path):
    before = sys.stdout, sys.modules["__main__"], Path.cwd(), sys.argv[:], sys.path[:]
    umask, kept = os.umask(0o022), os.umask(0o022)
    first, _, second = in_one_process(tmp_path, [FINDS, LEAVES, FINDS])
    assert first.data == second.data
    assert before == (sys.stdout, sys.modules["__main__"], Path.cwd(), sys.argv, sys.path)
    assert os.umask(umask) == kept


DRAWS = """import matplotlib.pyplot as plt
plt.figure()
plt.get_backend()"""


def test_a_notebook_draws_in_itself_whatever_its_process_has_drawn_with(tmp_path):
    """On Windows that would be a window, for which nobody waits."""
    import matplotlib.pyplot as plt

    before = plt.get_backend()
    plt.switch_backend("svg")
    try:
        (drawn,) = in_one_process(tmp_path, [DRAWS])
    finally:
        plt.switch_backend(before)
    assert drawn.data["text/plain"] == "'module://matplotlib_inline.backend_inline'"


GLUED = "from ita_helpers.files.scraps import glue_all; glue_all({'a': {'b': [1, None]}})"
THEIRS = "import scrapbook; scrapbook.glue('a', {'b': [1, None]})"
JUDGED = """import jsonschema, scrapbook
assert scrapbook.scraps.json_validate is jsonschema.validate
print()"""


def test_what_a_report_leaves_is_as_scrapbook_leaves_it_and_other_scraps_are_judged(tmp_path):
    ours, theirs, _ = in_one_process(tmp_path, [GLUED, THEIRS, JUDGED])
    assert ours == theirs


def test_a_notebook_of_another_language_is_refused(tmp_path):
    kernel = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    cells = [nbformat.v4.new_code_cell("x <- 1")]
    template = tmp_path / "r.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    with pytest.raises(NotebookFailed, match="--engine nbclient"):
        execute_notebook(template, None, {}, shown="r", engine="ita")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.processes
def test_a_cell_that_takes_too_long_ends_the_notebook(tmp_path, engine):
    template = tmp_path / "slow.ipynb"
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    cells = [nbformat.v4.new_code_cell(source) for source in ("1", "while True: pass")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    with pytest.raises(CellTooSlow) as caught:
        execute_notebook(template, None, {}, shown="slow.ipynb", engine=engine, seconds=2)
    assert_helps_the_reader(caught.value, "เซลล์ที่ 2", "slow.ipynb", "2 วินาที")


TWICE = """
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from ita_helpers.run.execute import execute_notebook
for name in ("first", "second"):
    executed = execute_notebook(
        Path(f"{name}.ipynb"), None, {}, shown=name, engine="ita", in_this_process=True
    )
print(executed.cells[-1].outputs[0].text)
"""


@pytest.mark.processes
def test_settings_of_charts_end_with_the_notebook_that_loaded_them(tmp_path):
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    sources = {
        "first": "import matplotlib\nmatplotlib.rcParams['font.family'] = ['fantasy']",
        "second": "import matplotlib\nprint(matplotlib.rcParams['font.family'])",
    }
    for name, source in sources.items():
        cells = [nbformat.v4.new_code_cell(source)]
        made = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
        nbformat.write(made, tmp_path / f"{name}.ipynb")
    command = [sys.executable, "-c", TWICE]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "sans-serif" in run.stdout


@pytest.mark.processes
def test_cells_see_the_environment_of_their_caller(tmp_path, monkeypatch):
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    source = "import os\nprint(os.environ.get('GIVEN'))"
    template = tmp_path / "n.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    for told in ("one", "two"):
        monkeypatch.setenv("GIVEN", told)
        executed = execute_notebook(template, None, {}, shown="n", engine="ita")
        assert executed.cells[-1].outputs[0].text == f"{told}\n"


@pytest.mark.processes
def test_what_cells_leave_to_be_done_at_the_end_is_done(tmp_path):
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    left = tmp_path / "left"
    source = f"import atexit, pathlib\natexit.register(pathlib.Path({str(left)!r}).touch)"
    template = tmp_path / "n.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
    execute_notebook(template, None, {}, shown="n", engine="ita", seconds=-1)
    assert left.exists()


LEAVING = [f"import sys\nsys.exit({status})" for status in ("0", "", "3")]
LEAVING += ["raise SystemExit", "exit", "quit()"]
LEFT = [*(("ita", each) for each in LEAVING), ("nbclient", LEAVING[0]), ("nbclient", "exit()")]


@pytest.mark.parametrize(("engine", "leaving"), LEFT)
@pytest.mark.processes
def test_a_cell_that_ends_the_run_early_is_a_failure_with_its_number(tmp_path, engine, leaving):
    with pytest.raises(NotebookFailed) as caught:
        _execute(tmp_path, engine, "1", leaving, "2")
    assert caught.value.facts["cell"] == 2


@pytest.mark.parametrize("leaving", [LEAVING[0], "exit()"])
@pytest.mark.processes
def test_the_last_cell_may_end_the_run(tmp_path, leaving):
    assert len(_execute(tmp_path, "ita", "1", leaving, "").cells) == 3


@pytest.mark.parametrize("last", ["2", "1/0", "import sys\nsys.exit(0)"])
def test_only_a_notebook_that_failed_is_written_if_so_asked(tmp_path, last):
    given = {"in_this_process": True, "is_written": False}
    with suppress(NotebookFailed):
        executed = _execute(tmp_path, "ita", "import os\nos.getcwd()", last, "3", **given)
        assert executed.metadata.papermill["output_path"] == "out.ipynb"
    assert (tmp_path / "out.ipynb").exists() == (last != "2")
    if last != "2":
        text = (tmp_path / "out.ipynb").read_text("utf-8")
        assert str(tmp_path) not in text
        assert ("ZeroDivisionError" if last == "1/0" else "SystemExit") in text


@pytest.mark.parametrize(
    "in_this_process", [True, pytest.param(False, marks=pytest.mark.processes)]
)
def test_each_cell_says_from_when_to_when_it_ran(tmp_path, in_this_process):
    executed = _execute(tmp_path, "ita", "1", "2", in_this_process=in_this_process)
    for noted in (each.metadata.papermill for each in executed.cells):
        begun, ended = (datetime.fromisoformat(noted[f"{end}_time"]) for end in ("start", "end"))
        assert noted["duration"] == (ended - begun).total_seconds() >= 0


def test_a_cell_that_warns_where_it_is_compiled_warns_each_time(tmp_path):
    said = []
    for _ in range(2):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            _execute(tmp_path, "ita", "x = '\\d'", in_this_process=True)
        said.append([str(each.message) for each in warned])
    assert said[0] == said[1]
    assert "invalid escape" in str(said)


@pytest.mark.parametrize("name", ["{0}", "{organisation}", "{", "}{", "{{x}}"])
@pytest.mark.processes
def test_braces_in_a_path_are_letters(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    _execute(folder, "ita", "1")
    assert (folder / "out.ipynb").exists()


DRAWN = (
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)).add_subplot()"
    "\nprint(plt.rcParams['axes.facecolor'], plt.get_backend())"
)


@pytest.mark.processes
def test_cells_draw_alike_whatever_backend_and_settings_stand_around(tmp_path, monkeypatch):
    alone = _execute(tmp_path, "ita", DRAWN).cells[0].outputs
    assert [each.output_type for each in alone] == ["stream", "display_data"]
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: red\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    stop_fork_server()
    try:
        assert _execute(tmp_path, "ita", DRAWN).cells[0].outputs == alone
    finally:
        stop_fork_server()


LONG = """
import os, sys, tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
import nbformat
from ita_helpers.run.execute import execute_notebook
os.environ["TMPDIR"] = sys.argv[1]
folder = Path(sys.argv[1])
cells = [nbformat.v4.new_code_cell("1")]
kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "in.ipynb")
for engine in ("ita", "nbclient"):
    execute_notebook(folder / "in.ipynb", None, {}, shown="in", engine=engine)
print(tempfile.gettempdir())
"""


@needs_forks
@pytest.mark.processes
def test_a_temporary_folder_with_a_long_name_holds_no_sockets(tmp_path):
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LONG, folder], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(folder), done.stderr


def _execute(folder, engine, *sources, **options):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "in.ipynb")
    files = folder / "in.ipynb", folder / "out.ipynb"
    return execute_notebook(*files, {}, shown="in", beside=folder, engine=engine, **options)


WORDS = st.text() | st.sampled_from(["\ud800", "กข", Markup("<b>")])
CONTENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), CONTENTS))
def test_a_message_carries_what_json_makes_of_its_content(content):
    session = _Session(PutOut())
    try:
        packed = session.pack(content)
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            session._carried(content)
        return
    carried, size = session._carried(content)
    assert json.dumps(carried) == json.dumps(session.unpack(packed))
    assert not re.search("Markup|tuple", f"{[*map(type, values_in(carried))]}")
    assert size <= len(packed)


def values_in(value):
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from values_in(each)
