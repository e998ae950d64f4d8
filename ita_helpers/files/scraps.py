"""The numbers a report leaves in its notebook for others to read.

The only module that touches scrapbook, whose format is good but whose code is unmaintained: it
needs ``six`` without declaring it, and importing it costs more than a report's own work.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

DRAFTS = "ita-drafts"
"""The scrap that holds the drafted sentences of each slot."""
PAPERS = "ita-papers"
"""The scrap that names the papers of a notebook that holds several."""
MIME = "application/scrapbook.scrap.json+json"


def glue_all(scraps: Mapping[str, Any]) -> None:
    """Record JSON values in the running notebook under their names."""
    with quick_imports():
        import scrapbook

    for name, value in scraps.items():
        scrapbook.glue(name, value)


def read_scraps(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON scraps of an executed notebook, by name; the last of a name counts.

    Scraps that are not ours, or were changed by hand, are skipped.
    """
    found: dict[str, Any] = {}
    for cell in _entries(notebook, "cells"):
        for output in _entries(cell, "outputs"):
            data = output.get("data")
            scrap = data.get(MIME) if isinstance(data, Mapping) else None
            if isinstance(scrap, Mapping) and isinstance(scrap.get("name"), str):
                found[scrap["name"]] = scrap.get("data")
    return found


def _entries(holder: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    listed = holder.get(key)
    if isinstance(listed, Sequence):
        yield from (each for each in listed if isinstance(each, Mapping))


SLOW = ("rfc3987_syntax", "debugpy")


@contextmanager
def quick_imports() -> Iterator[None]:
    """Import papermill, scrapbook, JupyterLab or a kernel without parts that no notebook needs.

    jsonschema builds the grammar of internet addresses on import (1.3 s) for a check of address
    formats; without the module it leaves the check out. A kernel brings a debugger.
    """
    hidden = [name for name in SLOW if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
