"""Reading the JSON of notebooks, in whatever state somebody left it.

JSON that is nested too deep, or holds characters that cannot be written again, would break later
steps; it is refused here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

DEEPEST = 100
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""What may encode half a character (a surrogate), as left by a cut through an emoji."""


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises ``OSError``, or ``ValueError`` for what is no JSON, lies more than ``DEEPEST`` deep, or
    holds a letter that no file can be written with.
    """
    content = path.read_bytes()
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("too deep") from None
    _refuse_deep(value)
    if _HALF.search(content):
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def _refuse_deep(value: Any) -> None:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise ValueError("too deep")
