"""Keeping this machine's folders, and so people's names, out of files that are passed on."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ita_helpers.files.workspace import ROOT_VARIABLE

Folders = Sequence[tuple[str, str]]
"""Folders of this machine, each with what stands for it."""
WRITTEN_BY_PAPERMILL = ("input_path", "output_path")


def without_places(text: str, root: Path | None = None) -> str:
    """Return a text with paths relative to the workspace or the home folder, not absolute.

    The workspace is the one notebooks find, unless ``root`` is given.
    """
    return _shortened(text, _folders(root))


def _shortened(text: str, folders: Folders) -> str:
    for folder, short in folders:
        if folder in text:
            text = text.replace(folder + os.sep, short).replace(folder, short.rstrip("/") or ".")
    return text


def _folders(root: Path | None = None) -> Folders:
    known = root or Path(os.environ.get(ROOT_VARIABLE) or Path.cwd())
    listed = [
        *((str(each), "") for each in (known.absolute(), known.resolve())),
        *((str(Path(each)), "~python/") for each in dict.fromkeys((sys.prefix, sys.base_prefix))),
        (str(Path.home()), "~/"),
        (tempfile.gettempdir(), "~tmp/"),
    ]
    return [(folder, short) for folder, short in listed if len(Path(folder).parts) > 1]


def forget_places(notebook: Any) -> None:
    """Remove this machine's folders from what a run left in a notebook: outputs and notes.

    What people wrote stays as it is.
    """
    folders, noted = _folders(), notebook.metadata.get("papermill", {})
    for key in WRITTEN_BY_PAPERMILL:
        if noted.get(key):
            noted[key] = Path(noted[key]).name
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            for key in ("text", "traceback", "evalue", "data"):
                if key in output:
                    output[key] = _forgotten(output[key], folders)


def _forgotten(value: Any, folders: Folders) -> Any:
    if isinstance(value, str):
        return _shortened(value, folders)
    if isinstance(value, list):
        return [_forgotten(each, folders) for each in value]
    if isinstance(value, Mapping):
        for key, each in value.items():
            value[key] = _forgotten(each, folders)  # type: ignore[index]
    return value
