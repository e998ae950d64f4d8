"""Which files are finished reports, by their names alone: no reader of them is loaded."""

from __future__ import annotations

from pathlib import Path

ENDINGS = (".docx", ".docm", ".odt", ".pdf", ".html", ".htm", ".md", ".txt")
"""The files that can be read."""


OTHER_ENDINGS = (".doc", ".rtf", ".pptx", ".ppt", ".pages")
"""Papers of other kinds, which have to be saved anew unless they are of a kind that can be read."""
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".bmp", ".gif")
_DATA = (".yml", ".yaml", ".ipynb", ".json", ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_HIDDEN, _LOCK = ".", "~$"


def is_document(path: Path) -> bool:
    """Whether the ending of a file is that of a finished report."""
    return path.suffix.lower() in ENDINGS


def may_be_paper(path: Path) -> bool:
    """Whether a file that somebody names is a report, if only one that has to be saved anew."""
    return is_document(path) or (path.suffix.lower() not in ("", *_DATA) and path.is_file())


def papers_in(folder: Path) -> list[Path]:
    """Return the reports in a folder, those to be saved anew too, pictures left out.

    What is hidden there, and what an open program keeps beside a report, is nobody's report.
    """
    known = (*ENDINGS, *OTHER_ENDINGS)
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in known
        and not any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)
        and not path.name.startswith(_LOCK)
        and not path.is_dir()
    )
