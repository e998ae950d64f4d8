"""Writing a workspace's files: tables as Excel opens them, several files as one change."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ita_helpers.files.change import write_all
from ita_helpers.files.inert import as_csv_cell
from ita_helpers.files.presence import is_there
from ita_helpers.files.workspace import Workspace
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.tables import read_table

Cells = dict[str, str]
_LINE_END = re.compile(r"\r\n?")


def read_cells(workspace: Workspace, path: Path, table: str) -> list[Cells]:
    """Read the rows of a table as stored; none if the file does not exist.

    Raises what ``store.read_table`` raises.
    """
    if not is_there(path):
        return []
    columns = columns_of(table)
    return [{c: row[c] for c in columns} for row in read_table(path, table, workspace)]


def render_table(table: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a table as UTF-8 with BOM, its columns in the order of the data dictionary.

    No cell becomes a formula in a spreadsheet program.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns_of(table), lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        # The csv module quotes no lone carriage return, and reads it as the end of a row.
        lines = {column: _LINE_END.sub("\n", cell) for column, cell in row.items()}
        writer.writerow({column: as_csv_cell(cell) for column, cell in lines.items()})
    return text.getvalue().encode("utf-8-sig")


def write_together(workspace: Workspace, contents: Mapping[Path, bytes]) -> None:
    """Write files as one change: all of them, or none.

    Raises ``WriteFailed`` with the file, or ``ChangedMeanwhile``; then nothing has changed.
    """
    if all(path.absolute().is_relative_to(workspace.root) for path in contents):
        write_all(workspace.root, contents)
    else:
        write_all(Path(os.path.commonpath([path.absolute().parent for path in contents])), contents)
