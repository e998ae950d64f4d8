"""Removing characters that no output format can hold."""

from __future__ import annotations

import re

_BYTE_ORDER = "\ufeff"
"""Begins a file, and is seen nowhere."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return text without characters no format can hold."""
    return CONTROL.sub("\ufffd", text.replace(_BYTE_ORDER, ""))
