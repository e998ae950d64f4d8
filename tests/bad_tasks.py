"""What tasks do to the processes they run in; imported there, so that it loads next to nothing."""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import signal
import subprocess
import time
from multiprocessing.connection import Connection

MARK = "97531"
"""How long (seconds) the children of tasks sleep: by this a test finds them."""
SLEEP = ["sleep", MARK]


def in_own_session():
    subprocess.Popen(SLEEP, start_new_session=True)


def adopted():
    """Leave a grandchild whose parent has ended."""
    subprocess.run(["sh", "-c", f"setsid sleep {MARK} & exit"], check=True)


def forked_twice():
    if child := os.fork():
        os.waitpid(child, 0)
        return
    os.setsid()
    if not os.fork():
        os.execvp("sleep", SLEEP)
    os._exit(0)


def leaves_its_family():
    """Give a child that maps too much to what all are forked from; it ends before the task."""
    ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)
    reading, writing = os.pipe()
    if not os.fork():
        os.setsid()
        if not os.fork():
            os.close(reading)
            maps()
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)


def stops_the_server():
    os.kill(os.getppid(), signal.SIGSTOP)


def dies_and_leaves():
    forked_twice()
    os._exit(3)


def dies_and_leaves_its_pipe():
    if not os.fork():
        os.setsid()
        time.sleep(300)
    os._exit(3)


def sends(content):
    (pipe,) = [each for each in gc.get_objects() if isinstance(each, Connection)]
    os.write(pipe.fileno(), content)


def answers_nonsense():
    sends(b"\0\0\0\3abc")


def answers_half():
    sends(b"\0\0\1\0half")
    time.sleep(300)


def stops_itself():
    os.kill(os.getpid(), signal.SIGSTOP)


def stops_the_server_again_and_again():
    for _ in range(30_000):
        stops_the_server()
        time.sleep(0.01)


def maps(megabytes=900):
    held = mmap.mmap(-1, megabytes * 2**20)
    for place in range(0, len(held), mmap.PAGESIZE):
        held[place] = 1
    time.sleep(300)


def maps_in_children():
    for _ in range(4):
        if not os.fork():
            os.setsid()
            maps(250)
    time.sleep(300)


HARMLESS = [in_own_session, adopted, forked_twice, leaves_its_family, stops_the_server]
"""What a task may leave behind and be done."""
DEADLY = [dies_and_leaves, dies_and_leaves_its_pipe, answers_nonsense]
ENDLESS = [stops_itself, stops_the_server_again_and_again, answers_half]
LARGE = [maps, maps_in_children]
ALL = {each.__name__: each for each in (*HARMLESS, *DEADLY, *ENDLESS, *LARGE)}


def do(task):
    """Do what is named, or well."""
    if deed := ALL.get(task):
        deed()
    return f"{task} done"


def end_the_fork_server(number):
    """Kill what all processes are forked from, once."""
    if number == 3:
        os.kill(os.getppid(), signal.SIGKILL)
    return number


RUN_HERE = []


def serve(number):
    """Say that an even number leaves nothing behind; return what ran in this process before."""
    from ita_helpers.errors import FileMissing
    from ita_helpers.run.serving import run_here

    run_here(leaves_nothing=number % 2 == 0)
    before = tuple(RUN_HERE)
    RUN_HERE.append(number)
    if number % 10 == 8:
        raise FileMissing(file="x")
    return before


def hold(number):
    """Keep 100 MB and say so; die at some numbers where another has run, and once in any case."""
    from ita_helpers.run.serving import run_here

    run_here(leaves_nothing=True)
    if number == 9 or (number == 7 and RUN_HERE):
        os._exit(1)
    RUN_HERE.append(bytearray(100 * 1024 * 1024))
    return len(RUN_HERE)


def double(number):
    """Do well, or badly in one of the ways a notebook can."""
    from ita_helpers.errors import FileMissing

    match number:
        case 13:
            raise FileMissing(file="x")
        case 14:
            os._exit(3)
        case 15:
            time.sleep(60)
        case 16:
            return len(b"x" * 2_000_000_000)
    return 2 * number


def run_cell(task):
    """Run a notebook with a good cell and another one; ``task`` is the engine and its source."""
    import tempfile
    from pathlib import Path

    import nbformat

    from ita_helpers.run.execute import execute_notebook

    engine, source = task
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    cells = [nbformat.v4.new_code_cell(each) for each in ("'before'", source)]
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "n.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), template)
        notebook = execute_notebook(
            template, None, {}, shown="n", engine=engine, in_this_process=True
        )
    return notebook.cells[-1].outputs
