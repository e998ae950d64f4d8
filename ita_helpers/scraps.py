"""The numbers a report leaves in its notebook for others to read.

The one module that touches scrapbook, whose format is good and whose code is asleep: it needs
``six`` without saying so, and importing it costs more than a report's own work.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

DRAFTS = "ita-drafts"
"""The scrap that holds the drafted sentences of each slot."""
MIME = "application/scrapbook.scrap.json+json"


def glue_all(scraps: Mapping[str, Any]) -> None:
    """Record JSON values in the running notebook under their names."""
    with quick_imports():
        import scrapbook

    for name, value in scraps.items():
        scrapbook.glue(name, value)


def read_scraps(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON scraps of an executed notebook, by name; the last of a name counts."""
    found: dict[str, Any] = {}
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            scrap = output.get("data", {}).get(MIME)
            if scrap:
                found[scrap["name"]] = scrap["data"]
    return found


@contextmanager
def quick_imports() -> Iterator[None]:
    """Import papermill or scrapbook without the grammar of internet addresses.

    jsonschema, which both bring, builds that grammar on import (1.3 s) for a check of address
    formats that no notebook needs; without the module it leaves the check out.
    """
    name = "rfc3987_syntax"
    hidden = name not in sys.modules
    if hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[name]
