"""Reading text as offices write it: UTF-8, UTF-16, UTF-32 or Windows-874.

It is one place because any file a person edits may come in any of these encodings, and a table with
whichever separator the last spreadsheet program used.
"""

from __future__ import annotations

import codecs
import csv
import io
import logging
from collections import Counter
from itertools import islice
from pathlib import Path

from ita_helpers.errors import FileMissing, UnreadableFile
from ita_helpers.files.presence import once_there
from ita_helpers.language.catalogue import say

log = logging.getLogger(__name__)
SEPARATORS = ",;\t"
_LOOKED_AT = 200
_SCRIPTS = (b"\0", b"\x0e", b"\x20")
"""The first bytes of Latin letters, of Thai ones, and of dashes and quotes, in UTF-16."""
_MOSTLY = 0.9
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, shown: str) -> str:
    """Read a text file; ``shown`` is its path for the message.

    Raises ``FileMissing``, or ``UnreadableFile`` for what is no text.
    """
    if path.is_dir():
        raise UnreadableFile(file=shown, problem="folder", line="")
    try:
        content = once_there(path, lambda: _content(path))
    except FileNotFoundError as error:
        raise FileMissing(file=shown) from error
    except OSError as error:
        raise UnreadableFile(file=shown, problem="denied", line="") from error
    wide = _wide_encoding(content)
    if b"\0" in content and not wide:
        raise UnreadableFile(file=shown, problem="binary", line="")
    try:
        return content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=shown, problem="binary", line="") from error
    log.info(say("messages.read_as_windows_874", file=shown))
    return text


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def _wide_encoding(content: bytes) -> str:
    """Return the kind of UTF-16 or UTF-32 of a text, or nothing if it is none.

    Without a mark it is told by its bytes: one of each pair says the script, Latin or Thai.

    >>> _wide_encoding("\u0e01 1".encode("utf-16-be")), _wide_encoding("\u0e01 1".encode())
    ('utf-16-be', '')
    """
    if content.startswith(codecs.BOM_UTF32_LE):
        return "utf-32"
    if content.startswith(_UTF_16) and b"\0" in content:
        return "utf-16"
    if len(content) % 2 or not any(each in content for each in _SCRIPTS[:2]):
        return ""
    for first, name in enumerate(("utf-16-be", "utf-16-le")):
        scripts = Counter(content[first::2])
        is_text = "\0" not in content.decode(name, "replace")
        if is_text and sum(scripts[each[0]] for each in _SCRIPTS) > _MOSTLY * len(content) / 2:
            return name
    return ""


def find_separator(text: str) -> str:
    r"""Return the separator by which most rows have as many cells, and the more cells the better.

    >>> find_separator("a;b\n1,5;2\n3;4\n"), find_separator("one column\n")
    (';', ',')
    """
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def is_delimited(text: str) -> bool:
    """Whether a text is a table: at least two of its rows have as many cells, and several."""
    return max(_fit(text, each) for each in SEPARATORS) >= (2, 2)


def _fit(text: str, separator: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for row in islice(rows, _LOOKED_AT) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
