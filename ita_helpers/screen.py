"""A command's output: Thai on every stream, and one line when it is interrupted.

A stream that nobody reads, or a full disk, does not stop the work. This module imports only the
standard library, so that it works before anything else is loaded.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

INTERRUPTED = 130
"""The exit status of a command that was stopped from the keyboard."""
_SAID = Path(__file__).parent / "language/th/program/interrupted.txt"
UNHEARD = (errno.EPIPE, errno.EINVAL)
"""The errors of writing when the reader has gone away; the second on Windows."""
_ALIKE = {"÷": "/", "×": "x", "−": "-", "≠": "<>", "≤": "<=", "≥": ">=", "→": "->", "·": "."}
_HANDLER, _EITHER = "ita-alike", "ita_either"


class Outlet(io.FileIO):
    """A stream's descriptor. Once writing fails, output is discarded, so that the work goes on."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(stream.fileno(), "wb", closefd=False)
        self.name = stream.name
        self.lost = 0
        """The number of the error that lost output; 0 while none is lost."""

    def write(self, content: Any) -> int:
        """Write to the descriptor, or to nowhere once that has failed."""
        try:
            return super().write(content)
        except OSError as error:
            self.lost = error.errno or errno.EIO
            _lead_nowhere(self.fileno())
            return memoryview(content).nbytes


def _lead_nowhere(descriptor: int) -> None:
    """Redirect a descriptor to the null device, for programs that inherit it too."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere == descriptor:
        os.set_inheritable(descriptor, True)
        return
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def ready_streams() -> None:
    """Make standard output and error accept any text, and standard input read Thai.

    A code page without Thai (redirected output in Windows) becomes UTF-8; any other stays, and a
    character it lacks is replaced by a similar one, or by its number. Input that is not typed is
    UTF-8, or Windows-874 where it is not. The variable that chose the encoding applies to these
    streams and not to programs that own cells start.
    """
    codecs.register_error(_HANDLER, _write_alike)
    codecs.register(_either)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name) or _open_closed(name)
        if isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, _reading(stream) if name == "stdin" else _unfailing(stream))
    os.environ.pop("PYTHONIOENCODING", None)


def _open_closed(name: str) -> io.TextIOWrapper:
    """Open a stream that was closed before the start; a file would else get its number."""
    descriptor = ("stdin", "stdout", "stderr").index(name)
    try:
        os.fstat(descriptor)
    except OSError:
        _lead_nowhere(descriptor)
    return open(descriptor, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)


def _reading(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    if not stream.isatty():
        stream.reconfigure(encoding=_EITHER)
    return stream


def can_ask() -> bool:
    """Whether a person can be asked; Python takes the device ``NUL`` of Windows for a terminal."""
    if not sys.stdin.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    try:
        handle = msvcrt.get_osfhandle(sys.stdin.fileno())
    except OSError:
        return True
    mode = ctypes.c_ulong()
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))


class _LineDecoder(codecs.BufferedIncrementalDecoder):
    """Reads each line as UTF-8, or as Windows-874 where it is not."""

    def _buffer_decode(self, content: Any, _errors: str, final: bool) -> tuple[str, int]:
        end = len(content) if final else bytes(content).rfind(b"\n") + 1
        lines = bytes(content[:end]).split(b"\n")
        return "\n".join(map(_decoded, lines)), end


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp874", "replace")


def _either(name: str) -> codecs.CodecInfo | None:
    """Return what reads either encoding, for the name ``ita_either``."""
    if name != _EITHER:
        return None
    utf8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(
        utf8.encode,
        utf8.decode,
        incrementalencoder=utf8.incrementalencoder,
        incrementaldecoder=_LineDecoder,
        name=name,
    )


def _unfailing(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    encoding = stream.encoding if _bears_thai(stream.encoding) else "utf-8"
    stream.reconfigure(encoding=encoding, errors=_HANDLER)
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if type(raw) is not io.FileIO:
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(Outlet(stream)),
        stream.encoding,
        _HANDLER,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def lost_of_output() -> str:
    """Return the system's name of the error that cut standard output short (``ENOSPC``).

    Empty if everything was written, or nobody was reading.
    """
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if not isinstance(raw, Outlet):
        return ""
    sys.stdout.flush()
    return "" if raw.lost in (0, *UNHEARD) else errno.errorcode.get(raw.lost, str(raw.lost))


def _bears_thai(encoding: str) -> bool:
    try:
        chr(0x0E01).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write_alike(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError) and error.object[error.start] in _ALIKE:
        return _ALIKE[error.object[error.start]], error.start + 1
    return codecs.backslashreplace_errors(error)


def words_of_interrupt() -> str:
    """Return the line printed when a command is stopped from the keyboard."""
    return _SAID.read_text(encoding="utf-8").strip()


@contextmanager
def stopping_quietly() -> Iterator[None]:
    """Let Ctrl-C end the process at once, with one line, while nothing has begun yet."""
    words = f"\n{words_of_interrupt()}\n"

    def leave(_: int, __: FrameType | None) -> None:
        with suppress(OSError):
            os.write(2, words.encode(sys.stderr.encoding, "backslashreplace"))
        os._exit(INTERRUPTED)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
