"""Notebooks as files that JupyterLab trusts."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
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

    nbformat signs each word of a notebook by itself, which gives the same signature.
    """
    from nbformat import sign as signatures

    def signature_of(notebook: Any) -> str:
        words: list[str] = []
        with signatures.signature_removed(notebook):
            _add_words(notebook, words.append)
        return hmac.new(notary.secret, "".join(words).encode(), notary.digestmod).hexdigest()

    notary: Any = signatures.NotebookNotary()  # type: ignore[no-untyped-call]
    notary.compute_signature = signature_of
    with closing(notary.store):
        yield notary


def _add_words(value: Any, add: Callable[[str], None]) -> None:
    """Add all that a value holds, as nbformat orders it."""
    if isinstance(value, dict):
        for name in sorted(value):
            add(name)
            _add_words(value[name], add)
    elif isinstance(value, list | tuple):
        for each in value:
            _add_words(each, add)
    else:
        add(str(value))
