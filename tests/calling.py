"""The template's notebook with what its calls show, made without a kernel; for papers and laws."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ROOT

from ita_helpers.edited.cells import PART
from ita_helpers.files.scraps import DRAFTS, MIME
from ita_helpers.reports.record import paper_facts
from ita_helpers.reports.report import Report
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.slots import draft_all

CALL = re.compile(r'report\.(\w+)\((?:"([\w-]*)")?\)')
ANALYSIS = ("analysis", "lowest", "closing")


@cache
def _template() -> dict[str, Any]:
    return json.loads(Path(ROOT, "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))


def called(data: ReportData, parts: tuple[str, ...] = ANALYSIS) -> dict[str, Any]:
    """Return the cells of some parts with their outputs, and the scraps an exporter reads."""
    report, made, part = Report(data), copy.deepcopy(_template()), ""
    cells = []
    for cell in made["cells"]:
        begun = [tag for tag in cell["metadata"].get("tags", ()) if tag.startswith(PART)]
        part = begun[0].removeprefix(PART) if begun else part
        if part in parts and cell["id"] != "record":
            _call(cell, report)
            cells.append(cell)
    scraps = {"ita-document": paper_facts(data).as_scrap(), DRAFTS: draft_all(data)}
    outputs = [
        {"output_type": "display_data", "data": {MIME: {"name": name, "data": value}}}
        for name, value in scraps.items()
    ]
    record = {"id": "record", "cell_type": "code", "source": "report.record()"}
    cells.append({**record, "metadata": {"tags": ["remove-cell"]}, "outputs": outputs})
    return {**made, "cells": cells}


def cell_of(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the cell of an id."""
    return next(each for each in notebook["cells"] if each["id"] == name)


def write_in(notebook: dict[str, Any], slot: str, words: str) -> None:
    """Put somebody's words in place of a slot's draft."""
    cell = cell_of(notebook, f"narrative-{slot}")
    cell |= {"cell_type": "markdown", "source": words}
    cell.pop("outputs", None)


def _call(cell: dict[str, Any], report: Report) -> None:
    found = CALL.fullmatch("".join(cell["source"]).strip()) if cell["cell_type"] == "code" else None
    if found:
        shown = getattr(report, found[1])(*filter(None, [found[2]]))
        bundle = {"text/html": shown._repr_html_(), "text/plain": ""}
        cell["outputs"] = [{"output_type": "execute_result", "data": bundle}]
