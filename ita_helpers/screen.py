"""What a command says on the screen: Thai on every stream, and one line where it is stopped.

Loads nothing but the standard library, so that it holds before anything else is loaded.
"""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

INTERRUPTED = 130
"""The exit status of a command that was stopped from the keyboard."""
_SAID = Path(__file__).parent / "catalogue/interrupted.txt"
_ALIKE = {"÷": "/", "×": "x", "−": "-", "≠": "<>", "≤": "<=", "≥": ">=", "→": "->", "·": "."}
_HANDLER = "ita-alike"


def ready_streams() -> None:
    """Let standard output and error bear whatever is said.

    A code page without Thai (redirected output in Windows) becomes UTF-8; another one stays, and
    a sign it lacks is written by one like it, or by its number.
    """
    codecs.register_error(_HANDLER, _write_alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if _bears_thai(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors=_HANDLER)


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
    """Return what is said where a command is stopped from the keyboard."""
    return _SAID.read_text(encoding="utf-8").strip()


@contextmanager
def stopping_quietly() -> Iterator[None]:
    """Let Ctrl-C end the process at once, with a word: while nothing has been begun."""
    words = f"\n{words_of_interrupt()}\n"

    def leave(_: int, __: FrameType | None) -> None:
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
