"""Writing page and workbook into the reports folder, both whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ita_helpers.files.lock import one_writer
from ita_helpers.files.scraps import quick_imports
from ita_helpers.index.page import write_page
from ita_helpers.run.keeping import replace_noted
from ita_helpers.run.manifest import ReportRow

PAGE = "index.html"
WORKBOOK = "index.xlsx"


def write_index(folder: Path, rows: Iterable[ReportRow]) -> int:
    """Write the index of a folder of reports and return how many it has.

    ``rows`` are read while nobody else writes there.

    Raises ``WriteFailed`` for a file that cannot be written; what stood there stays.
    """
    with quick_imports("numpy"):  # openpyxl looks for its kinds of numbers, of which none is here
        from ita_helpers.index.workbook import write_workbook

    with one_writer(folder):
        listed = list(rows)
        page = write_page(listed).encode("utf-8")
        replace_noted(folder, {PAGE: page, WORKBOOK: write_workbook(listed)})
    return len(listed)
