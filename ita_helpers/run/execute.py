"""Running one notebook with papermill."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ita_helpers.errors import EndedEarly, NotebookFailed, TooMuchOutput
from ita_helpers.files.moving import scratch_folder
from ita_helpers.files.notebook_parameters import INJECTED
from ita_helpers.files.scraps import quick_imports
from ita_helpers.run.limits import Engine
from ita_helpers.run.private import forget_places
from ita_helpers.run.processes import MEGABYTE, MOST_FILE, folder_for_sockets, largest_file

SECONDS_A_CELL = 300


def execute_notebook(
    template: Path,
    output: Path | None,
    parameters: Mapping[str, Any],
    *,
    shown: str,
    engine: Engine = "nbclient",
    in_this_process: bool = False,
    seconds: float | None = SECONDS_A_CELL,
    beside: Path | None = None,
    is_written: bool = True,
) -> Any:
    """Run ``template`` with ``parameters``, write ``output`` and return the executed notebook.

    Without ``is_written`` only a notebook that failed is written.

    ``in_this_process`` makes the engine ``ita`` skip starting a process when this one is fresh; the
    caller then enforces the time limit. Otherwise no cell may take more than ``seconds``; raises
    ``CellTooSlow``. The cells run in the folder ``beside``, or in this process's.

    Raises ``NotebookFailed`` with the number of the cell and its error, or ``EndedEarly`` if it
    called ``sys.exit`` and more cells follow; ``output`` then holds what was done. ``shown`` is the
    notebook's name for the message.
    """
    with quick_imports():
        import papermill
        from papermill.exceptions import PapermillExecutionError

    ran: list[Any] = []
    with scratch_folder(folder_for_sockets()) as sockets, _writing_only_to_files():
        here = {"in_this_process": in_this_process}
        apart = {"kernel_apart": True, **_transport(sockets)}
        try:
            executed = papermill.execute_notebook(
                _literal(template),
                _literal(output) if is_written else None,
                dict(parameters),
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                engine_name="ita",
                cwd=beside,
                execution_timeout=int(seconds) if seconds else None,
                ran=ran,
                **(here if engine == "ita" else apart),
            )
            _note_output(executed, output)
            forget_places(executed)
            _name_given(executed)
            _refuse_early_end(executed)
            return executed
        except (PapermillExecutionError, EndedEarly) as error:
            _write_failed(ran, output)
            if isinstance(error, EndedEarly):
                raise EndedEarly(**{**error.facts, "notebook": shown}) from error
            raise _failure(error, shown) from error
        except NotebookFailed as error:
            raise type(error)(**{**error.facts, "notebook": shown}) from error
        except OSError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise NotebookFailed(cell="–", notebook=shown, reason=reason, kept="") from error


@contextmanager
def _writing_only_to_files() -> Iterator[None]:
    """Keep papermill from making the text of a notebook that it then puts nowhere."""
    from papermill import execute

    def write(notebook: Any, path: str | None) -> None:
        if path is not None:
            before(notebook, path)

    before, execute.write_ipynb = execute.write_ipynb, write
    try:
        yield
    finally:
        execute.write_ipynb = before


def _literal(path: Path | None) -> str | None:
    """Return a path with braces escaped, since papermill fills them in."""
    return None if path is None else str(path).replace("{", "{{").replace("}", "}}")


def _name_given(notebook: Any) -> None:
    """Give papermill's parameters cell a fixed id instead of its random one."""
    given = [each for each in notebook.cells if INJECTED in each.metadata.get("tags", ())]
    if given and all(each.get("id") != INJECTED for each in notebook.cells):
        given[0]["id"] = INJECTED


def _refuse_early_end(notebook: Any) -> None:
    """Raise ``EndedEarly`` if cells below a ``sys.exit`` did not run: papermill accepts that."""
    cells = [(n, each) for n, each in enumerate(notebook.cells, 1) if each.cell_type == "code"]
    ended = [
        number
        for number, cell in cells
        if any(each.get("ename") == "SystemExit" for each in cell.outputs)
    ]
    unrun = [n for n, each in cells if each.source.strip() and each.execution_count is None]
    if ended and any(number > ended[-1] for number in unrun):
        raise EndedEarly(cell=ended[-1], notebook="", kept="")


def _failure(error: Any, shown: str) -> NotebookFailed:
    """Return the error for a cell's own exception, as papermill reports it."""
    named = {"cell": error.cell_index + 1, "notebook": shown, "kept": ""}
    if error.evalue.startswith(f"[Errno {errno.EFBIG}]") and largest_file() == MOST_FILE:
        return TooMuchOutput(what="file", megabytes=MOST_FILE // MEGABYTE, **named)
    reason = ": ".join(filter(None, (error.ename, error.evalue)))
    return NotebookFailed(reason=reason, **named)


def _note_output(notebook: Any, output: Path | None) -> None:
    """Note the file of a notebook as papermill does where it writes it."""
    notebook.metadata.papermill["output_path"] = str(output) if output else None


def _write_failed(ran: Sequence[Any], output: Path | None) -> None:
    """Write what was run of a notebook that failed; its error names files."""
    import nbformat

    if output is not None and ran:
        _note_output(ran[-1], output)
        forget_places(ran[-1])
        nbformat.write(ran[-1], output)  # type: ignore[no-untyped-call]


def _transport(sockets: Path) -> dict[str, Any]:
    """Return the options that make kernel and runner use sockets in a private folder.

    Others on the machine can read TCP ports, and ports may collide; Windows has nothing else. A
    kernel is silent about being interrupted while it is shut down.
    """
    from traitlets.config import Config

    config: dict[str, dict[str, Any]] = {
        "NotebookClient": {"extra_arguments": [f"--log-level={logging.CRITICAL}"]}
    }
    if sys.platform != "win32":
        config["KernelManager"] = {"transport": "ipc", "ip": str(sockets / "kernel")}
    return {"config": Config(config)}
