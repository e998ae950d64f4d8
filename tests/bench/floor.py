"""The floor: the cells' own Python and the writers, in one warm process and nothing around them."""

from __future__ import annotations

import ast
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import nbformat
import yaml
from IPython.core.formatters import DisplayFormatter

from ita_helpers.files import scraps
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.papers import read_papers
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.reports import report

TEMPLATE = Path(__file__).parent.parent.parent / "notebooks/ita_report.ipynb"


class Floor:
    """Makes reports one after the other and adds up where the CPU time goes (seconds)."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._formatter = DisplayFormatter()
        self._template = nbformat.read(TEMPLATE, as_version=4)

    def make(self, file: Path) -> None:
        """Make one report."""
        notebook = self.run(yaml.safe_load(file.read_text(encoding="utf-8")))
        papers = self._timed("reading", read_papers, notebook)
        for paper in papers.values():
            self._timed("html", write_html, paper)
            self._timed("pdf", write_pdf, paper)

    def run(self, parameters: dict[str, Any]) -> nbformat.NotebookNode:
        """Run the cells as plain Python, with what they show as outputs."""
        notebook = nbformat.from_dict(self._template)
        scope: dict[str, Any] = {"__name__": "__main__"}
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            if "parameters" in cell.metadata.get("tags", ()):
                exec(cell.source, scope)
                scope.update(parameters)
                continue
            kind = _kind_of(cell.source)
            cell.outputs = self._timed(kind, self._show, cell.source, scope)
        return notebook

    def _show(self, source: str, scope: dict[str, Any]) -> list[nbformat.NotebookNode]:
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        glued: list[nbformat.NotebookNode] = []
        report.glue_all = lambda values: glued.extend(_as_outputs(values))
        exec(compile(tree, "cell", "exec"), scope)
        if last is None:
            return glued
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
        if value is None:
            return glued
        data, metadata = self._formatter.format(value)
        return [nbformat.v4.new_output("execute_result", data, metadata=metadata)]

    def _timed(self, kind: str, work: Any, *given: Any) -> Any:
        started = time.process_time()
        made = work(*given)
        self.spent[kind] += time.process_time() - started
        return made


def _as_outputs(values: dict[str, Any]) -> list[nbformat.NotebookNode]:
    return [
        nbformat.v4.new_output(
            "display_data", {scraps.MIME: {"name": name, "data": value, "encoder": "json"}}
        )
        for name, value in values.items()
    ]


def _kind_of(source: str) -> str:
    if "load_report" in source:
        return "data"
    return "charts" if "chart" in source else "tables and words"


def measure(files: list[Path]) -> dict[str, float]:
    """Return the CPU seconds a report, by what they go into; the first report is not counted."""
    floor = Floor()
    floor.make(files[0])
    floor.spent.clear()
    for file in files:
        floor.make(file)
    return {kind: seconds / len(files) for kind, seconds in floor.spent.items()}
