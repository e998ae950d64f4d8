"""The numbers a report leaves in its notebook for others to read.

The only module that touches scrapbook, whose format is good but whose code is unmaintained: it
needs ``six`` without declaring it, and importing it costs more than a report's own work.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

DRAFTS = "ita-drafts"
"""The scrap that holds the drafted sentences of each slot."""
PAPERS = "ita-papers"
"""The scrap that names the papers of a notebook that holds several."""
SHEETS = "ita-sheets"
"""The scrap with the lists that go with a paper as a workbook."""
MIME = "application/scrapbook.scrap.json+json"


def glue_all(scraps: Mapping[str, Any]) -> None:
    """Record JSON values in the running notebook under their names.

    scrapbook judges each by a schema, and that before, which takes 5 ms a report. All that the
    schema asks of ours is a name and a value that JSON knows.
    """
    with quick_imports():
        import scrapbook
        from scrapbook import scraps as library

    judge, library.json_validate = library.json_validate, _take
    try:
        for name, value in scraps.items():
            scrapbook.glue(name, value)
    finally:
        library.json_validate = judge


def _take(payload: Mapping[str, Any], schema: object) -> None:
    """Take a scrap of ours as it is."""


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


SLOW = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "debugpy", "pyarrow")
LATER = ("pandas", "requests")


class _Later(ModuleType):
    """Stands for a library until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


@contextmanager
def quick_imports(*others: str) -> Iterator[None]:
    """Import papermill, scrapbook, JupyterLab or a kernel without parts that no notebook needs.

    And without ``others``, which what is imported can do without.

    jsonschema builds the grammars of internet addresses and durations on import (1.4 s) for checks
    of formats; without the modules it leaves these out. A kernel brings a debugger, papermill
    reaches for files of clusters, and gets what fetches those of the internet when it asks for one;
    so does scrapbook get pandas.
    """
    stand_ins = {**dict.fromkeys((*SLOW, *others)), **{name: _Later(name) for name in LATER}}
    hidden = {name: each for name, each in stand_ins.items() if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
