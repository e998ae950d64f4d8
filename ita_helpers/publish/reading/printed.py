"""Showing what cells print as a terminal would: without colours and overwritten lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_]|[ -/]+[0-~])"
)
"""Colours, moves of the cursor, titles and links of a terminal."""
_COLUMN = re.compile(r"[^\n][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]*")
"""What takes one place of a line: a letter with the marks over and under it."""
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{4,16}(?=>)")
_NAMES_ALONE = re.compile(r"[\s\[({]*(?:<[^<>\n]* at 0x[0-9A-Fa-f]{4,16}>[\s,\])}]*)+")


def as_shown(text: str) -> str:
    r"""Return printed text without colours; what a carriage return wrote over is gone.

    >>> as_shown("\x1b[31m10 %\x1b[0m\r20 %\n")
    '20 %\n'
    """
    plain = _ESCAPE.sub("", text).replace("\r\n", "\n")
    return "\n".join(_written_over(line) for line in plain.split("\n")) if "\r" in plain else plain


def _written_over(line: str) -> str:
    shown = ""
    for piece in line.split("\r"):
        shown = piece + "".join(_COLUMN.findall(shown)[len(_COLUMN.findall(piece)) :])
    return shown


def joined_streams(outputs: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return outputs with consecutive prints joined, since a line may continue in the next."""
    joined: list[Mapping[str, Any]] = []
    for name, pieces in groupby(outputs, key=_stream_of):
        first, *others = pieces
        texts = ("".join(each.get("text", "")) for each in (first, *others))
        joined += [{**first, "text": "".join(texts)}] if name else [first, *others]
    return joined


def _stream_of(output: Mapping[str, Any]) -> str:
    return str(output.get("name", "stdout")) if output["output_type"] == "stream" else ""


def is_names_alone(text: str) -> bool:
    """Whether a text only names objects by their memory addresses."""
    return bool(_NAMES_ALONE.fullmatch(text))


def without_addresses(text: str) -> str:
    """Return a text without places in memory: they differ with every run.

    >>> without_addresses("<Chart object at 0x7f0012ab>")
    '<Chart object>'
    """
    return _ADDRESS.sub("", text)
