"""The nbconvert exporters: one for each format, ``ita-html``, ``ita-pdf`` and so on.

``jupyter nbconvert --to ita-html FILE`` and JupyterLab's export menu find them by entry point,
``HtmlReportExporter`` and so on; ``--PdfReportExporter.standard=a-2b`` chooses the kind of PDF.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Enum

from ita_helpers.errors import WorkspaceNotFound
from ita_helpers.files.workspace import MARK, find_workspace
from ita_helpers.publish.formats import Format, Given, all_formats
from ita_helpers.publish.letters import check_letters
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.reading.picture_files import PictureFolder
from ita_helpers.publish.standards import STANDARDS


class _ReportExporter(Exporter):
    """Reads the notebook into the document tree and writes it in its ``format``."""

    format: Format
    standard: Any = STANDARDS[0]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kwargs: Any
    ) -> tuple[str | bytes, Any]:
        """Return the document, text as such, and the resources with its file ending.

        Raises ``LettersLost`` for a file that lacks any letter of the document.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        resources["output_extension"] = self.file_extension
        metadata = resources.get("metadata", {})
        name, folder = str(metadata.get("name", "")), Path(metadata.get("path") or ".")
        document = read_notebook(nb, name=name, files=_pictures_of(nb, folder.absolute()))
        content = self.format.write(document, Given(self.standard, _root()))
        check_letters(document, content, self.format.name)
        is_text = self.format.mimetype.startswith("text/")
        return content.decode("utf-8") if is_text else content, resources

    def _file_extension_default(self) -> str:
        return self.format.ending


def exporter_name(format_: Format) -> str:
    """Return what the exporter of a format is called here."""
    return f"{format_.name.capitalize()}ReportExporter"


def __getattr__(name: str) -> type[_ReportExporter]:
    for each in all_formats():
        if name == exporter_name(each):
            return _exporter_of(each)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _exporter_of(format_: Format) -> type[_ReportExporter]:
    members: dict[str, Any] = {
        "__doc__": f"A report as {format_.title}.",
        "__module__": __name__,
        "format": format_,
        "export_from_notebook": f"ITA {format_.title}",
        "output_mimetype": format_.mimetype,
    }
    if kinds := format_.variants:
        standard = Enum(kinds, default_value=kinds[0], help=" or ".join(kinds))
        members["standard"] = standard.tag(config=True)
    return type(exporter_name(format_), (_ReportExporter,), members)


def _root() -> Path | None:
    """Return the workspace's folder, which has the office's Word template; ``None`` without one."""
    try:
        return find_workspace().root
    except WorkspaceNotFound:
        return None


def _pictures_of(notebook: NotebookNode, folder: Path) -> PictureFolder:
    """Return where the pictures of a notebook in some folder are linked from.

    A report is in another folder than the notebook it was made from, and records that folder.
    """
    root = next((each for each in (folder, *folder.parents) if (each / MARK).is_file()), folder)
    noted = notebook.metadata.get("ita", {}).get("folder", "")
    source = notebook.metadata.get("papermill", {}).get("input_path") or ""
    made_of = [root / str(noted)] if noted else [root / Path(str(source)).parent] if source else []
    first, *others = dict.fromkeys((*made_of, folder))
    return PictureFolder(first, root, tuple(others))
