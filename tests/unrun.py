"""The papers of a report without a kernel: each cell of the template is called in this process."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import nbformat
from conftest import ROOT

from ita_helpers.files.scraps import DRAFTS, MIME
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.tree import Document
from ita_helpers.reports.record import paper_facts, result_facts
from ita_helpers.reports.report import Report
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.slots import draft_all

TEMPLATE = ROOT / "notebooks/ita_report.ipynb"


def paper_of(data: ReportData, parts: Collection[str] = ()) -> Document:
    """Return the report of some data; of its ``parts`` only those named, where any are."""
    notebook = nbformat.read(TEMPLATE, as_version=4)
    report, wanted, part = Report(data), parts or data.layout.notebook_parts, ""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        part = next((tag.removeprefix("part-") for tag in tags if tag.startswith("part-")), part)
        if cell.cell_type == "code" and "remove-cell" not in tags and part in wanted:
            shown = eval(cell.source, {"report": report})
            cell.outputs = [_output({"text/html": shown._repr_html_()})]
    facts = paper_facts(data).as_scrap()
    facts["parts"] = [each for each in facts["parts"] if not parts or each in parts]
    scraps = {"ita-document": facts, "result": result_facts(data).as_scrap()}
    scraps[DRAFTS] = draft_all(data)
    notebook.cells[-1].outputs = [
        _output({MIME: {"name": name, "data": each, "encoder": "json", "version": 1}})
        for name, each in scraps.items()
    ]
    return read_papers(notebook)[""]


def _output(data: dict[str, Any]) -> Any:
    return nbformat.v4.new_output("display_data", data)
