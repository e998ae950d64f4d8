"""A kernel in this process, with the interface that nbclient's client expects.

ipykernel's own kernel and shell run the cells, so that every display, magic and traceback is what a
separate kernel would send; only the sockets in between are left out.
"""

from __future__ import annotations

import asyncio
import atexit
import codecs
import io
import logging
import os
import queue
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

from traitlets import Instance
from traitlets.config import Config

from ita_helpers.files.scraps import quick_imports
from ita_helpers.run import serving
from ita_helpers.run.as_found import figures_as_found, process_as_found
from ita_helpers.run.asked_again import remember
from ita_helpers.run.client import MOST_OUTPUT, Client, EnoughError, PutOut
from ita_helpers.run.processes import BACKEND, MEGABYTE, MOST_FILE, largest_file

with quick_imports():
    import ipykernel.debugger  # noqa: F401
    from ipykernel.eventloops import enable_gui
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.zmqshell import ZMQInteractiveShell
    from IPython.core.inputtransformer2 import TransformerManager
    from jupyter_client.session import Session
    from nbclient.client import timestamp

remember()
log = logging.getLogger(__name__)

CONFIG = Config(HistoryManager={"enabled": False}, IPKernelApp={})
"""No history, which opens a database and starts a thread; libraries look for the other."""
RESERVE = 32 * MEGABYTE
"""Bytes reserved for reporting a cell that has used up all memory."""
SENT = ("display_data", "update_display_data", "execute_result", "error", "comm_open", "comm_msg")
"""The messages that count as output; printed text was counted before."""
PLAIN = ("status", "execute_input")
"""Messages of the kernel's own words, which JSON leaves as they are."""
LARGEST = 2**63
Message = dict[str, Any]
RunningKernel = Any
"""A ``_Kernel``: ipykernel's own types have sockets, which this one lacks."""


class InProcessClient(Client):
    """papermill's client of a notebook, on a kernel in this process.

    Such a kernel cannot be interrupted: to enforce a time limit, end the process.
    """

    def create_kernel_manager(self) -> Any:
        """Return the one kernel of this process."""
        self.km = _Manager(self.put_out)
        return self.km

    async def _async_poll_kernel_alive(self) -> None:
        """Do nothing: a kernel that ends takes this process with it."""

    async def _async_poll_for_reply(
        self,
        msg_id: str,
        cell: Any,
        timeout: int | None,  # noqa: ARG002
        task_poll_output_msg: Any,
        task_poll_kernel_alive: Any,
    ) -> Message:
        """Return the reply to a cell, which waits when the cell has run, once its outputs are."""
        reply = await self.kc.shell_channel.get_msg()
        while reply["parent_header"].get("msg_id") != msg_id:
            reply = await self.kc.shell_channel.get_msg()
        if self.record_timing:
            cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(reply)
        await task_poll_output_msg
        task_poll_kernel_alive.cancel()
        found: Message = reply
        return found


class _Manager:
    """What nbclient asks of a kernel's manager."""

    def __init__(self, put_out: PutOut) -> None:
        self.has_kernel = False
        self._put_out = put_out
        self._kernel = ExitStack()

    def start_kernel(self, **_: Any) -> None:
        self.kernel = self._kernel.enter_context(kernel(self._put_out))
        self.has_kernel = True

    def client(self) -> _Client:
        return _Client(self.kernel)

    def is_alive(self) -> bool:
        return self.has_kernel

    def shutdown_kernel(self, **_: Any) -> None:
        self._kernel.close()
        self.has_kernel = False

    def cleanup_resources(self) -> None:
        self._kernel.close()


class _Channel(deque[Message]):
    """A queue of messages that wait to be read."""

    async def get_msg(self, timeout: float | None = None) -> Message:
        if not self and timeout is not None:
            await asyncio.sleep(timeout)
            if not self:
                raise queue.Empty
        while not self:
            await asyncio.sleep(0.01)
        return self.popleft()


class _ShellChannel(_Channel):
    """The waiting replies; messages sent through it (to a widget) are handled at once."""

    def __init__(self, running: RunningKernel) -> None:
        super().__init__()
        self._kernel = running

    def send(self, message: Message) -> None:
        """Let the kernel handle a message."""
        self._kernel.set_parent([], message)
        self._kernel.shell_handlers[message["header"]["msg_type"]](self, [], message)


class _Client:
    """What nbclient asks of a kernel's client: send a cell, read replies and outputs."""

    def __init__(self, running: RunningKernel) -> None:
        self._kernel = running
        self.allow_stdin = False
        self.session = running.session
        self.iopub_channel: _Channel = running.iopub_socket
        self.shell_channel = _ShellChannel(running)

    def start_channels(self) -> None:
        """Nothing to start."""

    def stop_channels(self) -> None:
        """Nothing to stop."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""

    def kernel_info(self) -> str:
        """Answer what language the kernel speaks; returns the question's id."""
        request = self._request("kernel_info_request", {})
        answer = self._kernel.kernel_info
        self._kernel.session.send(self.shell_channel, "kernel_info_reply", answer, request)
        return str(request["header"]["msg_id"])

    async def execute(self, code: str, **options: Any) -> str:
        """Run a cell to its end; its outputs and the reply then wait in the channels.

        Processes that the cell has forked end with it: they must not continue as this process.
        """
        content = {"code": code, "allow_stdin": False, **options}
        request = self._request("execute_request", content)
        self._kernel.set_parent([], request)
        process = os.getpid()
        try:
            await self._kernel.execute_request(self.shell_channel, [], request)
        finally:
            if os.getpid() != process:
                os._exit(1)
        idle = {"execution_state": "idle"}
        self._kernel.session.send(self.iopub_channel, "status", idle, request)
        return str(request["header"]["msg_id"])

    def _request(self, kind: str, content: dict[str, Any]) -> Message:
        request: Message = self._kernel.session.msg(kind, content)
        return request


class _Session(Session):
    """Puts messages into the channel they are sent to, as a socket would."""

    def __init__(self, put_out: PutOut) -> None:
        super().__init__()
        self.put_out = put_out

    def send(  # type: ignore[override]
        self,
        stream: _Channel,
        msg_or_type: Message | str,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,  # noqa: ARG002
        buffers: Any = None,
        track: bool = False,  # noqa: ARG002
        header: Any = None,
        metadata: Any = None,
    ) -> Message:
        """Send a message, its content passed through JSON. Raises ``EnoughError``."""
        message: Message = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else self.msg(msg_or_type, content, parent, header, metadata)
        )
        if message["msg_type"] in PLAIN:
            stream.append({**message, "buffers": []})
            return message
        content, size = self._carried(message["content"])
        if message["msg_type"] in SENT:
            self.put_out.add(size + sum(map(_bytes_of, buffers or ())))
        carried = {"content": content, "metadata": self._carried(message["metadata"])[0]}
        stream.append({**message, **carried, "buffers": list(buffers or ())})
        return message

    def _carried(self, value: Any) -> tuple[Any, int]:
        """Return what JSON makes of a value, and its bytes; most are plain and only copied."""
        sizes: list[int] = []
        try:
            return _copied(value, sizes), sum(sizes)
        except (TypeError, ValueError, RecursionError):
            packed = self.pack(value)
            return self.unpack(packed), len(packed)


def _bytes_of(buffer: Any) -> int:
    return memoryview(buffer).nbytes


def _copied(value: Any, sizes: list[int]) -> Any:
    """Return a copy of a value that JSON leaves as it is, and note the bytes of its parts.

    Raises ``TypeError`` or ``ValueError`` for one that it may not.
    """
    kind = type(value)
    if kind is str:
        sizes.append(len(value) if value.isascii() else len(value.encode()))
        return value
    if value is None or kind is bool or (kind is int and abs(value) < LARGEST):
        sizes.append(1)
        return value
    if kind is dict:
        return {_copied(_named(name), sizes): _copied(each, sizes) for name, each in value.items()}
    if kind is list or kind is tuple:
        return [_copied(each, sizes) for each in value]
    raise TypeError(kind)


def _named(name: object) -> object:
    if type(name) is not str:
        raise TypeError(name)
    return name


class _Stream(io.TextIOBase):
    """Standard output or error of the cells, including what bypasses it to the descriptor.

    Output waits until a flush, a display or the end of the cell, as in a kernel.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, descriptor: int, running: RunningKernel) -> None:
        self.name, self._descriptor, self._kernel = name, descriptor, running
        self._waiting = io.StringIO()
        self._owner = os.getpid()
        self._past: int | None = None
        self._taken = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the descriptor, for subprocesses."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Keep text until the next flush; raises ``EnoughError``."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:
            return os.write(self._descriptor, text.encode("utf-8", errors="replace"))
        self._take_past()
        return self._keep(text)

    def flush(self) -> None:
        """Send waiting output; a process forked by a cell wrote to the descriptor instead."""
        if os.getpid() != self._owner:
            return
        self._take_past()
        if text := self._waiting.getvalue():
            self._waiting = io.StringIO()
            content = {"name": self.name, "text": text}
            parent = self._kernel.get_parent()
            self._kernel.session.send(self._kernel.iopub_socket, "stream", content, parent)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Catch what subprocesses and libraries write to the descriptor itself."""
        if sys.platform == "win32":
            yield
            return
        before = os.dup(self._descriptor)
        with tempfile.TemporaryFile(buffering=0) as past:
            self._taken = os.lseek(past.fileno(), _start_of_past(), os.SEEK_SET)
            os.dup2(past.fileno(), self._descriptor)
            self._past = past.fileno()
            try:
                yield
            finally:
                self._past = None
                os.dup2(before, self._descriptor)
                os.close(before)

    def _take_past(self) -> None:
        if self._past is None:
            return
        size = os.fstat(self._past).st_size
        if size > self._taken:
            content = os.pread(self._past, min(size - self._taken, MOST_OUTPUT + 1), self._taken)
            self._taken += len(content)
            self._keep(self._decode(content))

    def _keep(self, text: str) -> int:
        self._kernel.session.put_out.add(_bytes_in(text))
        return self._waiting.write(text)


def _bytes_in(text: str) -> int:
    if text.isascii() or len(text) > MOST_OUTPUT:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def _start_of_past() -> int:
    """Return the offset in its file at which output that bypasses a stream begins.

    From there the file size limit leaves room for one byte too many, so it cannot fill the disk.
    """
    return MOST_FILE - MOST_OUTPUT - 1 if largest_file() == MOST_FILE else 0


class _Kernel(IPythonKernel):
    """ipykernel's kernel without sockets and loops."""

    _execute_sleep = 0
    shell_channel_thread = SimpleNamespace(parent_thread=None)
    iopub_socket: _Channel = Instance(_Channel, ())  # type: ignore[assignment]

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: no requests wait after a cell that failed."""


class _Transformers(TransformerManager):
    """IPython's own, which remember: the kernel asks as the shell does, for every report again."""

    def transform_cell(self, cell: str) -> str:
        """Return a cell as Python."""
        how = (*self.cleanup_transforms, *self.line_transforms, *self.token_transformers)
        if (cell, how) not in _TRANSFORMED:
            _TRANSFORMED[cell, how] = super().transform_cell(cell)
        return _TRANSFORMED[cell, how]


_TRANSFORMED: dict[tuple[str, tuple[Any, ...]], str] = {}


@contextmanager
def kernel(put_out: PutOut) -> Iterator[RunningKernel]:
    """Yield a fresh kernel and shell in this process, and restore the process afterwards."""
    with ExitStack() as stack:
        stack.enter_context(process_as_found())
        stack.enter_context(figures_as_found())
        running: RunningKernel = _Kernel.instance(session=_Session(put_out), config=CONFIG, log=log)
        stack.callback(_Kernel.clear_instance)
        stack.callback(ZMQInteractiveShell.clear_instance)
        stack.callback(_finish, running.shell)
        running.shell.input_transformer_manager = _Transformers()  # type: ignore[no-untyped-call]
        streams = _Stream("stdout", 1, running), _Stream("stderr", 2, running)
        for stream in streams:
            stack.enter_context(stream.watching())
        sys.stdout, sys.stderr = streams
        _import_from_here()
        _draw_inline(running)
        _tell_of_limits(running.shell)
        yield running


def _tell_of_limits(shell: ZMQInteractiveShell) -> None:
    """Let a cell be stopped at a limit: with no byte left, Python might otherwise loop for ever."""
    reserve = [bytes(RESERVE)]  # counted, but no page of it is touched

    def tell(shell: Any, kind: Any, error: Any, trace: Any, **_: Any) -> None:
        reserve.clear()
        if kind is not EnoughError:
            shell.showtraceback((kind, error, trace), running_compiled_code=True)

    shell.set_custom_exc((MemoryError, EnoughError), tell)  # type: ignore[no-untyped-call]


def _import_from_here() -> None:
    """Let cells import modules beside the notebook before installed ones, as a kernel does."""
    if "" not in sys.path:
        installed = (place for place, path in enumerate(sys.path) if "site-packages" in path)
        sys.path.insert(next(installed, len(sys.path)), "")


def _draw_inline(running: RunningKernel) -> None:
    """Let matplotlib's own figures be displayed at the end of their cell, as in a kernel."""
    running.shell.enable_gui = partial(enable_gui, kernel=running)
    os.environ["MPLBACKEND"] = BACKEND
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        # What this process has drawn with before would be kept: on Windows, a window.
        if pyplot.matplotlib.get_backend(auto_select=False) != BACKEND:
            pyplot.switch_backend(BACKEND)
    elif matplotlib := sys.modules.get("matplotlib"):
        matplotlib.rcParams["backend"] = BACKEND
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.InlineBackend.clear_instance()
        inline.configure_inline_support.current_backend = "unset"
        inline.configure_inline_support(running.shell, BACKEND)


def _finish(shell: ZMQInteractiveShell) -> None:
    """Do at once what the shell would do when the process ends.

    It would look for garbage while its own names still hold what the cells have made.
    """
    if serving.goes_on():
        shell.displayhook.do_full_cache = False
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()  # type: ignore[no-untyped-call]
