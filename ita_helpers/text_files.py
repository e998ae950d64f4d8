"""Reading text as offices write it: UTF-8, with or without BOM, or Windows-874.

One place, because every file a person edits may come in any of the three.
"""

from __future__ import annotations

import logging
from pathlib import Path

from ita_helpers.catalogue import say
from ita_helpers.errors import FileMissing, UnreadableFile

log = logging.getLogger(__name__)


def read_text(path: Path, shown: str) -> str:
    """Read a text file; ``shown`` is its path for the message.

    Raises ``FileMissing``, or ``UnreadableFile`` for what is no text.
    """
    if path.is_dir():
        raise UnreadableFile(file=shown, problem="folder", line="")
    if not path.is_file():
        raise FileMissing(file=shown)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file=shown, problem="denied", line="") from error
    if b"\0" in content:
        raise UnreadableFile(file=shown, problem="binary", line="")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=shown, problem="binary", line="") from error
    log.info(say("messages.read_as_windows_874", file=shown))
    return text
