"""papermill's notebook client, with a limit on cells' output and the failing cell named."""

from __future__ import annotations

from typing import Any

from ita_helpers.errors import CellTooSlow, NotebookFailed, TooMuchOutput
from ita_helpers.files.scraps import quick_imports
from ita_helpers.run.processes import MEGABYTE

with quick_imports():
    from nbclient.exceptions import CellExecutionError, CellTimeoutError
    from nbformat import from_dict
    from nbformat.v4 import new_output
    from papermill.clientwrap import PapermillNotebookClient

MOST_OUTPUT = 20 * MEGABYTE
"""Bytes that all cells of a notebook may print and display; the largest sample's do 0.4 MB."""
OUTPUTS = {
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "stream": ("name", "text"),
}
"""What an output of each kind keeps of its message."""


class EnoughError(BaseException):
    """Stops a cell that has put out too much; its own ``except Exception`` cannot catch it."""


class PutOut:
    """Counts what the cells of a notebook print and display, in bytes."""

    size = 0

    @property
    def is_too_much(self) -> bool:
        """Whether it makes the report fail."""
        return self.size > MOST_OUTPUT

    def add(self, size: int) -> None:
        """Count more output before it is kept; raises ``EnoughError``."""
        self.size += size
        if self.is_too_much:
            raise EnoughError


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells; for failures other than a cell's own error it names the running cell."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.put_out = PutOut()
        self.on_cell_executed = _end_at_exit

    def execute_cell(self, cell: Any, cell_index: int, *given: Any, **options: Any) -> Any:
        """Run a cell.

        Raises nbclient's exception for an error of the cell, else ``NotebookFailed`` or a subclass
        with only the cell filled in.
        """
        if cell.cell_type != "code":
            return cell
        named = {"cell": cell_index + 1, "notebook": "", "kept": ""}
        try:
            return super().execute_cell(cell, cell_index, *given, **options)
        except CellExecutionError:
            raise
        except CellTimeoutError as error:
            raise CellTooSlow(seconds=self.timeout, **named) from error
        except (Exception, EnoughError) as error:
            reason = ": ".join(filter(None, (type(error).__name__, str(error))))
            raise NotebookFailed(reason=reason, **named) from error
        finally:
            if self.put_out.is_too_much:
                raise TooMuchOutput(what="shown", megabytes=MOST_OUTPUT // MEGABYTE, **named)

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        """Add an output to a cell.

        One of text alone is made here: nbformat looks up its schema for every output that it makes,
        and again for all of them when the notebook is written.
        """
        is_asked_for = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if is_asked_for or display_id or self.clear_before_next_output or not _is_text(msg):
            return super().output(outs, msg, display_id, cell_index)
        kept = {name: msg["content"][name] for name in OUTPUTS[msg["msg_type"]]}
        made = from_dict({"output_type": msg["msg_type"], **kept})  # type: ignore[no-untyped-call]
        outs.append(made)
        return made


def _is_text(message: Any) -> bool:
    """Whether a message is an output whose every form is text."""
    known = OUTPUTS.get(message["msg_type"], ())
    data = message["content"].get("data", {})
    return bool(known) and all(isinstance(each, str) for each in data.values())


def _end_at_exit(cell: Any, execute_reply: Any, **_: Any) -> None:
    """Let ``exit`` and ``quit`` of the shell end the run as ``sys.exit`` does.

    A separate kernel would end some time during the next cells, and one in this process never.
    """
    asked = execute_reply["content"].get("payload") or ()
    if not any(each.get("source") == "ask_exit" for each in asked):
        return
    said: dict[str, Any] = {"ename": "SystemExit", "evalue": "", "traceback": []}
    cell.outputs.append(new_output("error", **said))  # type: ignore[no-untyped-call]
    raise CellExecutionError("", said["ename"], said["evalue"])


class KernelClient(Client):
    """Runs the cells in a separate kernel, which is shut down when it puts out too much."""

    def process_message(self, message: Any, cell: Any, cell_index: int) -> Any:
        """Count what the kernel sends, and process it while it is not too much."""
        try:
            buffers = message.get("buffers") or ()
            self.put_out.add(len(self.kc.session.pack(message["content"])))
            self.put_out.add(sum(memoryview(each).nbytes for each in buffers))
        except EnoughError:
            self.shutdown_kernel = "immediate"
            self.task_poll_for_reply.cancel()
            return None
        return super().process_message(message, cell, cell_index)
