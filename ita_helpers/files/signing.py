"""Notebooks as files that JupyterLab trusts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any


def to_bytes(notebook: Any) -> bytes:
    """Return a notebook as the bytes of its file."""
    import nbformat

    written: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return written.encode("utf-8") + b"\n"


def is_signed(content: bytes) -> bool:
    """Whether JupyterLab shows a notebook's charts: it was signed as ours, or ran here."""
    import sqlite3

    import nbformat

    try:
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        with _notary() as notary:
            return bool(notary.check_signature(notebook))
    except (OSError, sqlite3.Error):
        return False


def sign(notebook: Any) -> None:
    """Sign the notebook as ours, so that JupyterLab shows its charts; failing is harmless."""
    import sqlite3

    try:
        with _notary() as notary:
            notary.sign(notebook)
    except (OSError, sqlite3.Error):
        return


@contextmanager
def _notary() -> Iterator[Any]:
    """Yield what signs notebooks, and close its database."""
    from nbformat.sign import NotebookNotary

    notary: Any = NotebookNotary()  # type: ignore[no-untyped-call]
    with closing(notary.store):
        yield notary
