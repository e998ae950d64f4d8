"""Checking the words of a notebook: the slots, each against its own facts, and an analyst's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_helpers.errors import ForeignNotebook, UnreadableNotebook
from ita_helpers.paths import Workspace
from ita_helpers.publish.html_reader import read_html
from ita_helpers.publish.notebook_reader import to_html
from ita_helpers.publish.tree import Block, Heading, ListBlock, Paragraph, Slot, Table, plain
from ita_helpers.report_data import ReportData
from ita_helpers.run.edited import HINT, is_edited, slot_of
from ita_helpers.scraps import read_scraps
from ita_helpers.word_check import Contradiction, check_words, collect_facts


@dataclass(frozen=True)
class Finding:
    """A contradiction, and the number of the cell it stands in (from 1)."""

    cell: int
    contradiction: Contradiction


def find_notebook(workspace: Workspace, stem: Path) -> Path | None:
    """Return the notebook that holds a report's words: the edited copy, else the executed one."""
    files = (workspace.edited(stem), (workspace.rendered / stem).with_suffix(".ipynb"))
    return next((file for file in files if file.is_file()), None)


def read_own_notebook(path: Path, shown: str, organisation: str, fiscal_year: int) -> Any:
    """Read the notebook of one report; ``shown`` is its path for the message.

    Raises ``UnreadableNotebook``, or ``ForeignNotebook`` for that of another report.
    """
    notebook = read_notebook_file(path, shown)
    owner = owner_of(notebook)
    if owner not in (None, (organisation, fiscal_year)):
        found = "/".join(map(str, owner or ()))
        raise ForeignNotebook(file=shown, found=found, expected=f"{organisation}/{fiscal_year}")
    return notebook


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
    """Return what contradicts the data in words that people wrote.

    A cell of the template, a hint and a draft nobody touched are not looked at: a run makes them
    anew.
    """
    known = tuple(names)
    own = {"".join(cell["source"]) for cell in template["cells"]}
    found = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "markdown" and _is_written(cell, own):
            facts = collect_facts(data, slot_of(cell), known)
            found += [
                Finding(number, each)
                for line in _lines(cell["source"])
                for each in check_words(line, facts)
            ]
    return found


def _is_written(cell: Mapping[str, Any], own: Collection[str]) -> bool:
    if slot_of(cell):
        return is_edited(cell)
    return cell["source"] not in own and HINT not in (cell["metadata"].get("tags") or [])


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
