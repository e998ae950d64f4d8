"""Checking a notebook's words: each slot against its own facts, and the analyst's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from ita_helpers.checks.words import Facts, check_words, collect_facts, problem_of
from ita_helpers.edited.cells import slot_of
from ita_helpers.edited.join import STALE
from ita_helpers.publish.reading.hiding import is_left_out
from ita_helpers.publish.reading.notebook import read_words
from ita_helpers.publish.tree import (
    Block,
    Heading,
    ListBlock,
    Panel,
    Paragraph,
    Slot,
    Table,
    plain,
)
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.problem import Problem
from ita_helpers.scoring.report_data import ReportData


def check_notebook(
    notebook: Mapping[str, Any],
    template: Mapping[str, Any],
    data: ReportData,
    offices: OfficeNames,
) -> list[Problem]:
    """Return what contradicts the data in words that people wrote, each with its cell.

    ``notebook`` may be executed or not: its drafts are code, and its Markdown was written by
    somebody, except for the template's own and what is not printed.
    """
    facts_of = cache(lambda slot: collect_facts(data, slot, offices))
    return [
        replace(each, cell=cell["id"])
        for cell in own_cells(notebook["cells"], template)
        if cell["cell_type"] != "code"
        for each in _check_cell(cell, facts_of(slot_of(cell)))
    ]


def own_cells(
    cells: Iterable[Mapping[str, Any]], template: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """Return the cells somebody wrote: not the template's own, and none that is not printed."""
    known = {"".join(cell["source"]) for cell in template["cells"]}
    return [cell for cell in cells if _is_written(cell, known)]


def _check_cell(cell: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:
    """Yield what contradicts the facts, and the words that no paper will show."""
    read = read_words(cell, "check")
    for line in (text for block in read.blocks for text in _texts(block)):
        yield from check_words(line, facts)
    for loss in read.losses:
        if loss.reason == "words":
            yield problem_of("vanished", loss.name)


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
        case Slot() | Panel():
            yield from (text for each in block.blocks for text in _texts(each))
