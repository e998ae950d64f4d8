"""Checking the words of a notebook: the slots, each against its own facts, and an analyst's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.errors import UnreadableNotebook
from ita_helpers.paths import Workspace
from ita_helpers.publish.html_reader import read_html
from ita_helpers.publish.notebook_reader import SLOT, to_html
from ita_helpers.publish.tree import Block, Heading, ListBlock, Paragraph, Slot, Table, plain
from ita_helpers.report_data import ReportData
from ita_helpers.scraps import read_scraps
from ita_helpers.word_check import Contradiction, check_words, collect_facts


@dataclass(frozen=True)
class Finding:
    """A contradiction, and the number of the cell it stands in (from 1)."""

    cell: int
    contradiction: Contradiction


def find_notebook(workspace: Workspace, stem: Path) -> Path | None:
    """Return the notebook that holds a report's words: the edited copy, else the executed one."""
    places = (workspace.root / "notebooks/edited" / stem, workspace.rendered / stem)
    files = (place.with_suffix(".ipynb") for place in places)
    return next((file for file in files if file.is_file()), None)


def read_notebook_file(path: Path, shown: str) -> Mapping[str, Any]:
    """Read a notebook file; ``shown`` is its path for the message.

    Raises ``UnreadableNotebook`` for a file that is none.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError(notebook["nbformat"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableNotebook(file=shown) from error
    return {**notebook, "cells": [_joined(cell) for cell in notebook["cells"]]}


def _joined(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {**cell, "source": "".join(cell.get("source", ""))}


def owner_of(notebook: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return organisation and fiscal year (B.E.) of an executed notebook; nothing before a run."""
    page = read_scraps(notebook).get("ita-document")
    return (page["organisation"], page["fiscal_year"]) if isinstance(page, dict) else None


def check_notebook(
    notebook: Mapping[str, Any],
    template: Mapping[str, Any],
    data: ReportData,
    names: Iterable[str],
) -> list[Finding]:
    """Return what contradicts the data; a cell that is the template's own is not looked at."""
    known = tuple(names)
    own = {"".join(cell["source"]) for cell in template["cells"]}
    found = []
    for number, cell in enumerate(notebook["cells"], start=1):
        slot = _slot_of(cell)
        if cell["cell_type"] == "markdown" and (slot or cell["source"] not in own):
            facts = collect_facts(data, slot, known)
            found += [
                Finding(number, each)
                for line in _lines(cell["source"])
                for each in check_words(line, facts)
            ]
    return found


def _slot_of(cell: Mapping[str, Any]) -> str:
    tags = cell.get("metadata", {}).get("tags") or []
    return next((tag.removeprefix(SLOT) for tag in sorted(tags) if tag.startswith(SLOT)), "")


def _lines(source: str) -> Iterator[str]:
    """Yield the texts a reader would see, one a block or cell."""
    for block in read_html(to_html(source), "check").blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield plain(block.inlines)
        case ListBlock():
            yield from (text for item in block.items for each in item for text in _texts(each))
        case Table():
            rows = (*block.head, *block.body)
            yield from (plain(cell.inlines) for row in rows for cell in row)
        case Slot():
            yield from (text for each in block.blocks for text in _texts(each))
