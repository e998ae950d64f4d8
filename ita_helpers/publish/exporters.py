"""The nbconvert exporters ``ita-html``, ``ita-pdf`` and ``ita-docx``.

``jupyter nbconvert --to ita-html FILE`` and JupyterLab's export menu find them by entry point.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Enum

from ita_helpers.errors import WorkspaceNotFound
from ita_helpers.files.workspace import MARK, find_workspace
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.letters import check_letters
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.standards import STANDARDS
from ita_helpers.publish.tree import Document


class _ReportExporter(Exporter):
    """Reads the notebook into the document tree; the subclasses write it."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kwargs: Any
    ) -> tuple[str | bytes, Any]:
        """Return the document and the resources with its file ending.

        Raises ``LettersLost`` for a file that lacks any letter of the document.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        resources["output_extension"] = self.file_extension
        metadata = resources.get("metadata", {})
        name, folder = str(metadata.get("name", "")), Path(metadata.get("path") or ".")
        document = read_notebook(nb, name=name, files=_pictures_of(nb, folder.absolute()))
        written = self.write(document)
        content = written.encode("utf-8") if isinstance(written, str) else written
        check_letters(document, content, self.ending[1:])
        return written, resources

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
    """One PDF file by typst: PDF/UA-1, or PDF/A-2b by ``--PdfReportExporter.standard=a-2b``."""

    export_from_notebook = "ITA PDF"
    output_mimetype = "application/pdf"
    ending = ".pdf"
    standard = Enum(STANDARDS, default_value="ua-1", help="ua-1 or a-2b").tag(config=True)

    def write(self, document: Document) -> bytes:
        """Write PDF."""
        from ita_helpers.publish.pdf.writer import write_pdf

        return write_pdf(document, self.standard)


class DocxReportExporter(_ReportExporter):
    """One Word file, in the office's own template where the workspace of the notebook has it."""

    export_from_notebook = "ITA Word"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ending = ".docx"

    def write(self, document: Document) -> bytes:
        """Write Word."""
        from ita_helpers.publish.word.writer import write_docx

        return write_docx(document, *read_template(document.word_template))


def _pictures_of(notebook: NotebookNode, folder: Path) -> PictureFolder:
    """Return where the pictures of a notebook in some folder are linked from.

    A report lies elsewhere than the notebook it was made of, and says where that is.
    """
    root = next((each for each in (folder, *folder.parents) if (each / MARK).is_file()), folder)
    noted = notebook.metadata.get("ita", {}).get("folder", "")
    source = notebook.metadata.get("papermill", {}).get("input_path") or ""
    made_of = [root / str(noted)] if noted else [root / Path(str(source)).parent] if source else []
    first, *others = dict.fromkeys((*made_of, folder))
    return PictureFolder(first, root, tuple(others))


def read_template(name: str) -> tuple[bytes | None, str]:
    """Return the office's own Word template and its name; nothing where it is not to be found."""
    try:
        path = find_workspace().root / name if name else None
    except WorkspaceNotFound:
        path = None
    if path is None or not path.is_file():
        return None, ""
    return path.read_bytes(), name
