"""The papermill engine ``ita``: runs cells in a fresh process forked from a warm one.

``papermill --engine ita IN OUT`` finds it by its entry point. A batch, whose processes are already
fresh, asks for the cells to run in the current one (``in_this_process``).
"""

from __future__ import annotations

import atexit
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ita_helpers.errors import CellTooSlow, ForeignLanguage, ItaError, NotebookFailed
from ita_helpers.files.scraps import quick_imports
from ita_helpers.run.processes import BACKEND, fresh_processes, limit_files, without_main


class ItaEngine:
    """Runs the cells in ipykernel's own shell, without a kernel process and its sockets.

    Has the interface of papermill's ``Engine`` without inheriting: papermill loads this module
    while it is still being imported.
    """

    @classmethod
    def execute_notebook(cls, *given: Any, **options: Any) -> Any:
        """Run a notebook as ``Engine.execute_notebook`` does."""
        return _engine().execute_notebook.__func__(cls, *given, **options)

    @classmethod
    def nb_kernel_name(cls, *given: Any, **options: Any) -> Any:
        """Return the name of the kernel a notebook asks for."""
        return _engine().nb_kernel_name(*given, **options)

    @classmethod
    def nb_language(cls, *given: Any, **options: Any) -> Any:
        """Return the language of a notebook."""
        return _engine().nb_language(*given, **options)

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        in_this_process: bool = False,
        kernel_apart: bool = False,
        execution_timeout: float | None = None,
        ran: list[Any] | None = None,
        **options: Any,
    ) -> Any:
        """Run a notebook that papermill has prepared and return it, and add it to ``ran``.

        ``execution_timeout`` (seconds per cell) applies where the process may be ended, so not
        ``in_this_process``. ``kernel_name`` is looked up only for a ``kernel_apart``; otherwise the
        cells run in this Python, and ``ForeignLanguage`` is raised for another language.
        """
        if ran is not None:
            ran.append(nb_man.nb)
        nb_man.cell_complete = partial(_complete, nb_man.cell_complete)
        if kernel_apart:
            return _in_kernel_apart(nb_man, kernel_name, execution_timeout, options["config"])
        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise ForeignLanguage(language=language)
        known = {name: options[name] for name in PASSED if options.get(name) is not None}
        if in_this_process:
            from ita_helpers.run.in_process import InProcessClient

            return InProcessClient(nb_man, **known).execute()
        with _fresh_process(nb_man.nb, known) as events:
            _follow(nb_man, events, execution_timeout)
        return nb_man.nb


def _complete(complete: Callable[..., None], cell: Any, *given: Any, **named: Any) -> None:
    """Note that a cell is done, as papermill does, which reads its own date by dateutil."""
    noted = cell.metadata.papermill
    started = noted.pop("start_time", None)
    complete(cell, *given, **named)
    if started:
        took = datetime.fromisoformat(noted["end_time"]) - datetime.fromisoformat(started)
        noted |= {"start_time": started, "duration": took.total_seconds()}


def _engine() -> Any:
    with quick_imports():
        from papermill.engines import Engine

    return Engine


def _in_kernel_apart(nb_man: Any, name: str, seconds: float | None, config: Any) -> Any:
    """Run the cells as papermill's own engine does, silencing the kernel's own messages."""
    from papermill.log import logger

    from ita_helpers.run.client import KernelClient

    given = {"kernel_name": name, "timeout": seconds, "startup_timeout": STARTING}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = {**quiet, "env": {**os.environ, "MPLBACKEND": BACKEND}}
    return KernelClient(nb_man, log=logger, config=config, **given).execute(**started)


STARTING = 60
"""Seconds a separate kernel has to start."""
GRACE = 5
"""Seconds a process has to end when its notebook is done: cells may have left work running."""
PASSED = ("log_output", "stdout_file", "stderr_file")
"""papermill's options that an in-process client understands."""


@contextmanager
def _fresh_process(notebook: Any, options: dict[str, Any]) -> Iterator[Connection]:
    """Run a notebook in its own process; yields its messages about cells."""
    context = fresh_processes()
    events, teller = context.Pipe(duplex=False)
    quiet = {name: options[name] for name in options if name == "log_output"}
    given = (teller, notebook, quiet, Path.cwd(), dict(os.environ))
    process = context.Process(target=_run, args=given, daemon=False)
    with without_main():
        process.start()
    teller.close()
    try:
        yield events
        process.join(GRACE)
    finally:
        process.kill()
        process.join()
        events.close()


def _run(
    teller: Connection,
    notebook: Any,
    options: dict[str, Any],
    folder: Path,
    environment: dict[str, str],
) -> None:
    """Run the cells in a given folder and environment and report each; the child's side.

    The process it is forked from may have been started in others.
    """
    from ita_helpers.run.in_process import InProcessClient

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    limit_files()
    client = InProcessClient(_Teller(notebook, teller), **options)
    try:
        client.execute()
    except ItaError as error:
        teller.send(("broken", 0, error))
    else:
        teller.send(("done", 0, notebook))
    atexit._run_exitfuncs()


class _Teller:
    """Stands in for papermill's notebook manager in the child."""

    def __init__(self, notebook: Any, teller: Connection) -> None:
        self.nb, self._teller = notebook, teller

    def cell_start(self, _: Any, cell_index: int) -> None:
        """Report that a cell starts."""
        self._teller.send(("start", cell_index, None))

    def cell_exception(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Report that a cell failed."""
        self._teller.send(("failed", cell_index, cell))

    def cell_complete(self, cell: Any, cell_index: int) -> None:
        """Report that a cell is done, successfully or not."""
        self._teller.send(("completed", cell_index, cell))

    def autosave_cell(self) -> None:
        """Leave saving to the parent."""


def _follow(nb_man: Any, events: Connection, seconds: float | None) -> None:
    """Apply the child's messages to papermill's notebook."""
    index, limit = 0, None
    while True:
        try:
            if not events.poll(limit):
                raise CellTooSlow(cell=index + 1, notebook="", seconds=limit, kept="")
            event, index, told = events.recv()
        except (EOFError, BrokenPipeError) as error:  # the latter on Windows
            reason = "DeadKernelError: Kernel died"
            raise NotebookFailed(cell=index + 1, notebook="", reason=reason, kept="") from error
        match event:
            case "start":
                limit = seconds if seconds and seconds > 0 else None
                nb_man.cell_start(nb_man.nb.cells[index], index)
            case "failed":
                _take(nb_man.nb.cells[index], told)
                nb_man.cell_exception(nb_man.nb.cells[index], cell_index=index, exception=None)
            case "completed":
                _take(nb_man.nb.cells[index], told)
                nb_man.cell_complete(nb_man.nb.cells[index], cell_index=index)
            case "broken":
                raise told
            case "done":
                for cell, run in zip(nb_man.nb.cells, told.cells, strict=True):
                    _take(cell, run)
                for name in ("language_info", "widgets"):
                    if name in told.metadata:
                        nb_man.nb.metadata[name] = told.metadata[name]
                return


def _take(cell: Any, told: Any) -> None:
    """Copy the results of running into a cell; papermill's own notes stay."""
    for name in ("outputs", "execution_count"):
        if name in told:
            cell[name] = told[name]
    if "execution" in told.metadata:
        cell.metadata["execution"] = told.metadata["execution"]
