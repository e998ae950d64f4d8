"""Writing JSON as notebooks have it: the bytes of ``json``, which sets no line ends in C."""

from __future__ import annotations

from collections.abc import Callable
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

quoted: Callable[[str], str] = encode_basestring


def write_json(value: Any) -> str:
    """Return a value as ``json.dumps`` writes it with sorted keys, an indent of one, all letters.

    Raises ``TypeError`` for what is not of plain texts, numbers, lists and mappings of names.

    >>> print(write_json({"b": [1, "ก"], "a": {}}))
    {
     "a": {},
     "b": [
      1,
      "ก"
     ]
    }
    """
    parts: list[str] = []
    _add(value, "\n", parts.append)
    return "".join(parts)


def _add(value: Any, line: str, add: Callable[[str], None]) -> None:
    """Add the parts of a value that stands in a line of that beginning."""
    if isinstance(value, str):
        add(quoted(value))
    elif not isinstance(value, dict | list | tuple):
        add(_plain(value))
    elif not value:
        add("{}" if isinstance(value, dict) else "[]")
    elif isinstance(value, dict):
        inner, before = f"{line} ", "{"
        for name in sorted(value):
            add(f"{before}{inner}{quoted(name)}: ")
            _add(value[name], inner, add)
            before = ","
        add(f"{line}}}")
    else:
        inner, before = f"{line} ", "["
        for each in value:
            add(f"{before}{inner}")
            _add(each, inner, add)
            before = ","
        add(f"{line}]")


def _plain(value: object) -> str:
    """Return a value that has no parts."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float) and isfinite(value):
        return float.__repr__(value)
    raise TypeError(value)
