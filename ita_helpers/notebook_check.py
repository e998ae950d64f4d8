"""Checking the words of a notebook: the slots, each against its own facts, and an analyst's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ita_helpers.edited.cells import OURS, slot_of
from ita_helpers.edited.join import STALE
from ita_helpers.edited.make import VERSION
from ita_helpers.edited.tidy import sound
from ita_helpers.errors import ForeignNotebook, NewerNotebook, UnreadableFile, UnreadableNotebook
from ita_helpers.json_files import read_json
from ita_helpers.office_names import OfficeNames
from ita_helpers.paths import Workspace
from ita_helpers.publish.hiding import is_left_out
from ita_helpers.publish.notebook_reader import read_words
from ita_helpers.publish.tree import Block, Heading, ListBlock, Paragraph, Slot, Table, plain
from ita_helpers.report_data import ReportData
from ita_helpers.scraps import read_scraps
from ita_helpers.word_check import Contradiction, Facts, check_words, collect_facts


@dataclass(frozen=True)
class Finding:
    """A contradiction, and the id of the cell it stands in."""

    cell: str
    problem: Contradiction


def find_notebook(workspace: Workspace, stem: Path) -> Path | None:
    """Return the notebook that holds a report's words: the edited copy, else the executed one."""
    files = (workspace.edited(stem), (workspace.rendered / stem).with_suffix(".ipynb"))
    return next((file for file in files if file.is_file()), None)


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


def check_notebook(
    notebook: Mapping[str, Any],
    template: Mapping[str, Any],
    data: ReportData,
    offices: OfficeNames,
) -> list[Finding]:
    """Return what contradicts the data in words that people wrote.

    ``notebook`` is one to be run or one that ran: its drafts are code, and its Markdown is
    somebody's, but for the template's own and what is not printed.
    """
    facts_of = cache(lambda slot: collect_facts(data, slot, offices))
    return [
        Finding(cell["id"], each)
        for cell in own_cells(notebook["cells"], template)
        if cell["cell_type"] != "code"
        for each in _check_cell(cell, facts_of(slot_of(cell)))
    ]


def own_cells(
    cells: Iterable[Mapping[str, Any]], template: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """Return the cells that are somebody's: not the template's own, nor any that is not printed."""
    known = {"".join(cell["source"]) for cell in template["cells"]}
    return [cell for cell in cells if _is_written(cell, known)]


def _check_cell(cell: Mapping[str, Any], facts: Facts) -> Iterator[Contradiction]:
    """Yield what contradicts the facts, and the words that no paper will show."""
    read = read_words(cell, "check")
    for line in (text for block in read.blocks for text in _texts(block)):
        yield from check_words(line, facts)
    for loss in read.losses:
        if loss.reason == "words":
            yield Contradiction("vanished", loss.name, "", loss.name)


def _is_written(cell: Mapping[str, Any], own: Collection[str]) -> bool:
    if is_left_out(cell) or cell["id"].startswith(STALE):
        return False
    return "".join(cell["source"]) not in own


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
