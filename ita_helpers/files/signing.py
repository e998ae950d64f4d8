"""Notebooks as files that JupyterLab trusts."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from ita_helpers.files.json_writing import write_json


def to_bytes(notebook: Any) -> bytes:
    """Return a notebook as the bytes of its file, which nbformat checks and divides into lines.

    It would copy all of the notebook first; here only what it changes is copied.
    """
    import nbformat
    from nbformat.v4 import rwbase

    try:
        nbformat.validate(notebook)
        divided: Any = rwbase.split_lines(_copied(notebook))  # type: ignore[no-untyped-call]
        written = write_json(rwbase.strip_transient(divided))  # type: ignore[no-untyped-call]
    except (nbformat.ValidationError, TypeError):
        written = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return written.encode("utf-8") + b"\n"


def _copied(notebook: Any) -> Any:
    """Return a notebook whose cells, outputs and their data can be changed."""
    copied = _new(notebook, metadata=_new(notebook["metadata"]))
    copied["cells"] = [_copied_cell(each) for each in notebook["cells"]]
    return copied


def _copied_cell(cell: Any) -> Any:
    copied = _new(cell, metadata=_new(cell["metadata"]))
    if "attachments" in cell:
        files = {name: _new(each) for name, each in cell["attachments"].items()}
        copied["attachments"] = _new(files)
    if "outputs" in cell:
        copied["outputs"] = [_copied_output(each) for each in cell["outputs"]]
    return copied


def _copied_output(output: Any) -> Any:
    return _new(output, data=_new(output["data"])) if "data" in output else _new(output)


def _new(node: Any, **changed: Any) -> Any:
    """Return a node with the same members, but for some."""
    from nbformat import NotebookNode

    return NotebookNode(node, **changed)  # type: ignore[no-untyped-call]


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
    """Yield what signs notebooks, and close its database.

    nbformat hands the code of a signature each word of a notebook by itself.
    """
    from nbformat import sign as signatures

    def signature_of(notebook: Any) -> str:
        with signatures.signature_removed(notebook):
            words = b"".join(signatures.yield_everything(notebook))  # type: ignore[no-untyped-call]
        return hmac.new(notary.secret, words, notary.digestmod).hexdigest()

    notary: Any = signatures.NotebookNotary()  # type: ignore[no-untyped-call]
    notary.compute_signature = signature_of
    with closing(notary.store):
        yield notary
