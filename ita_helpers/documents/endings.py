"""Which files are finished reports, by their names alone: no reader of them is loaded."""

from __future__ import annotations

from pathlib import Path

ENDINGS = (".docx", ".docm", ".odt", ".pdf", ".html", ".htm", ".md", ".txt")
"""The files that can be read."""


def is_document(path: Path) -> bool:
    """Whether the ending of a file is that of a finished report."""
    return path.suffix.lower() in ENDINGS
