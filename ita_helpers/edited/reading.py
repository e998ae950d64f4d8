"""Reading notebooks from disk: whose they are, and whether they can be used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ita_helpers.edited.cells import OURS
from ita_helpers.edited.make import VERSION
from ita_helpers.edited.tidy import sound
from ita_helpers.errors import ForeignNotebook, NewerNotebook, UnreadableFile, UnreadableNotebook
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.scraps import read_scraps


def read_own_notebook(
    path: Path, shown: str, organisation: str, fiscal_year: int
) -> Mapping[str, Any]:
    """Read the notebook of one report; ``shown`` is its path for the message.

    Raises ``UnreadableNotebook``, ``ForeignNotebook`` for that of another report, or
    ``NewerNotebook`` for one of a newer version of this program.
    """
    notebook = read_notebook_file(path, shown)
    if _version(notebook) > VERSION:
        raise NewerNotebook(file=shown)
    owner = owner_of(notebook)
    if owner not in (None, (organisation, fiscal_year)):
        found = "/".join(map(str, owner or ()))
        raise ForeignNotebook(file=shown, found=found, expected=f"{organisation}/{fiscal_year}")
    return notebook


def read_notebook_file(path: Path, shown: str) -> Mapping[str, Any]:
    """Read a notebook file; ``shown`` is its path for the message.

    Raises ``UnreadableNotebook`` for a file that is none, ``UnreadableFile`` for one that may not
    be opened.
    """
    try:
        notebook = read_json(path)
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError(notebook["nbformat"])
    except OSError as error:
        raise UnreadableFile(file=shown, problem="denied", line="") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableNotebook(file=shown, cell="") from error
    try:
        return sound(notebook)
    except ValueError as error:
        raise UnreadableNotebook(file=shown, cell=str(error)) from error


def _version(notebook: Mapping[str, Any]) -> int:
    version = _noted(notebook).get("copy", 0)
    return version if isinstance(version, int) else VERSION + 1


def _noted(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = notebook.get("metadata")
    noted = metadata.get(OURS) if isinstance(metadata, dict) else {}
    return noted if isinstance(noted, dict) else {}


def owner_of(notebook: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return organisation and fiscal year (B.E.) of a copy or an executed notebook."""
    for noted in (_noted(notebook), read_scraps(notebook).get("ita-document")):
        if isinstance(noted, dict) and "organisation" in noted:
            return (noted["organisation"], noted.get("fiscal_year", 0))
    return None
