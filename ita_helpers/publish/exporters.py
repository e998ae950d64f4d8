"""The nbconvert exporters ``ita-html`` and ``ita-pdf``.

``jupyter nbconvert --to ita-html FILE`` and JupyterLab's export menu find them by entry point.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from ita_helpers.publish.html_writer import write_html
from ita_helpers.publish.notebook_reader import read_notebook
from ita_helpers.publish.tree import Document


class _ReportExporter(Exporter):
    """Reads the notebook into the document tree; the subclasses write it."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kwargs: Any
    ) -> tuple[str | bytes, Any]:
        """Return the document and the resources with its file ending."""
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        resources["output_extension"] = self.file_extension
        name = str(resources.get("metadata", {}).get("name", ""))
        return self.write(read_notebook(nb, name=name)), resources

    def write(self, document: Document) -> str | bytes:
        """Write the document in the format of the exporter."""
        raise NotImplementedError

    def _file_extension_default(self) -> str:
        return self.ending

    ending = ""


class HtmlReportExporter(_ReportExporter):
    """One HTML file that opens offline and runs no script."""

    export_from_notebook = "ITA HTML"
    output_mimetype = "text/html"
    ending = ".html"

    def write(self, document: Document) -> str:
        """Write HTML."""
        return write_html(document)


class PdfReportExporter(_ReportExporter):
    """One PDF/UA file by typst."""

    export_from_notebook = "ITA PDF"
    output_mimetype = "application/pdf"
    ending = ".pdf"

    def write(self, document: Document) -> bytes:
        """Write PDF."""
        from ita_helpers.publish.pdf_writer import write_pdf

        return write_pdf(document)
