"""Starting fresh processes: forked from a warm one where the system can, otherwise spawned."""

from __future__ import annotations

import atexit
import ctypes
import multiprocessing
import multiprocessing.util
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.util import register_after_fork
from pathlib import Path
from types import ModuleType
from typing import Any

from ita_helpers.run.as_found import fresh_logging
from ita_helpers.surroundings import Process

WARM_UP = "ITA_WARM_UP"
"""The environment variable that says what is loaded ahead: ``module:function argument``."""
BACKEND = "module://matplotlib_inline.backend_inline"
"""The backend that draws matplotlib's own figures in a notebook (``MPLBACKEND``)."""
MEGABYTE = 1024 * 1024
MOST_FILE = 200 * MEGABYTE
"""Bytes of the largest file that a process which runs cells may write."""
ADOPT_ORPHANS = 36
"""``PR_SET_CHILD_SUBREAPER`` of Linux."""
FORKS = sys.platform not in ("win32", "darwin")
"""Whether processes are forked here; macOS can, but its own libraries break."""

MOMENTS = 50
"""How many milliseconds a thread may take to be gone."""
SAFE_PATH, OURS = "PYTHONSAFEPATH", "ita"
"""Keeps the folder a program is started in out of what it imports (``-P``); our value for it."""


def _forget_safe_path() -> None:
    """Keep it from what the cells of a notebook start."""
    if os.environ.get(SAFE_PATH) == OURS:
        del os.environ[SAFE_PATH]


_forget_safe_path()

LONGEST_FOLDER = 60
"""Bytes of a folder for sockets: their whole path may have about a hundred."""


def folder_for_sockets() -> str:
    """Return the temporary folder, or a short one where its path leaves no room for a socket's."""
    usual = tempfile.gettempdir()
    fits = sys.platform == "win32" or len(os.fsencode(usual)) <= LONGEST_FOLDER
    return usual if fits else "/tmp"


def _choose_folder_for_sockets() -> None:
    """Let ``multiprocessing`` put its sockets there; it asks for the folder once."""
    before, tempfile.tempdir = tempfile.tempdir, folder_for_sockets()
    try:
        multiprocessing.util.get_temp_dir()
    finally:
        tempfile.tempdir = before


def fresh_processes() -> Any:
    """Return the context of ``multiprocessing`` whose processes have run nothing yet."""
    if not FORKS:
        return multiprocessing.get_context("spawn")
    if sys.platform == "linux" and forks_here():
        return _ForkingHere()
    _choose_folder_for_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ita_helpers.run.warm"])
    return context


class _Here:
    is_forked = False


@contextmanager
def forking_here(warm_up: str = "") -> Iterator[None]:
    """Fork the processes started inside from this one, where that can be done safely.

    A fork server is another interpreter, which takes longer to load what a report needs than the
    report. It is what own code may harm, so this is for the program's own code. ``warm_up`` is as
    for ``run_all``. What a command starts afterwards finds the environment as it was.
    """
    before = dict(os.environ)
    if _can_fork_here():
        keep_from_threads()
        os.environ[WARM_UP] = warm_up
        import_module("ita_helpers.run.warm")
        del os.environ[WARM_UP]
        _Here.is_forked = True
    try:
        yield
    finally:
        if _Here.is_forked:
            os.environ.clear()
            os.environ.update(before)
            adopt_orphans(is_wanted=False)
        _Here.is_forked = False


def forks_here() -> bool:
    """Whether the next process is forked from this one, which has no other thread."""
    return _Here.is_forked and _can_fork_here()


def _can_fork_here() -> bool:
    """Whether this process is the program's own and has one thread; Linux alone tells."""
    return sys.platform == "linux" and Process.is_settled and _has_one_thread()


def _has_one_thread() -> bool:
    """Whether no other thread runs here; one that has ended may be there for a moment."""
    for _ in range(MOMENTS):
        if len(list(Path("/proc/self/task").iterdir())) == 1:
            return True
        if threading.active_count() > 1:
            return False
        time.sleep(0.001)
    return False


if sys.platform == "linux":
    from multiprocessing.context import ForkContext, ForkProcess

    class _Forked(ForkProcess):
        def run(self) -> None:
            """Run as a process of the fork server does, leaving alone what is the parent's."""
            _forget_safe_path()
            atexit._clear()
            with fresh_logging():
                super().run()

    class _ForkingHere(ForkContext):
        """Forks this process; a child does not hold the ends of pipes that are this process's."""

        Process = _Forked

        def Pipe(self, duplex: bool = True) -> tuple[Any, Any]:  # noqa: N802
            """Return the two ends of a pipe, the first of which is for this process."""
            ours, theirs = super().Pipe(duplex)
            register_after_fork(ours, type(ours).close)
            return ours, theirs


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that run no file of the program's caller first, as is the default.

    That is the started program's own file, and what lies in the folder it was started in under the
    name of something that is imported: a workspace from elsewhere may hold anything.
    """
    main, is_asked = sys.modules["__main__"], SAFE_PATH in os.environ
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.setdefault(SAFE_PATH, OURS)
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if not is_asked:
            del os.environ[SAFE_PATH]


def keep_from_threads() -> None:
    """Keep BLAS, OpenMP and pyarrow's allocator, which pandas brings, from starting threads.

    Matplotlib's own figures are drawn into the notebook.
    """
    os.environ["MPLBACKEND"] = BACKEND
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"


def adopt_orphans(*, is_wanted: bool = True) -> None:
    """Make this process adopt the orphans of its children, or no more.

    Only Linux can; elsewhere an orphan goes to the system and outlives the batch.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, int(is_wanted), 0, 0, 0)


def largest_file() -> int | None:
    """Return the bytes of the largest file that this process may write, where there is a limit."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if most == resource.RLIM_INFINITY else most


def limit_files() -> None:
    """Limit the files of this process and all it starts to ``MOST_FILE``; a lower limit stays.

    A write past it is an ``OSError`` (``EFBIG``) in Python and ends other programs.
    """
    if sys.platform == "win32":
        return
    import resource

    before = largest_file()
    most = MOST_FILE if before is None else min(before, MOST_FILE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
