"""Writing ``data/``: tables as Excel opens them, several files at once or none.

Everything is written under temporary names first and then moved, so that a full disk or a file that
is open elsewhere leaves all as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from ita_helpers import store
from ita_helpers.data_dictionary import columns_of
from ita_helpers.errors import write_error
from ita_helpers.paths import Workspace

Cells = dict[str, str]


def read_cells(workspace: Workspace, path: Path, table: str) -> list[Cells]:
    """Read the rows of a table as they are written; none where the file is not there.

    Raises what ``store.read_table`` raises.
    """
    if not path.exists():
        return []
    columns = columns_of(table)
    return [{c: row[c] for c in columns} for row in store.read_table(path, table, workspace)]


def render_table(table: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a table as UTF-8 with BOM, its columns in the order of the data dictionary."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns_of(table), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write_together(workspace: Workspace, contents: Mapping[Path, bytes]) -> None:
    """Write files so that all are whole: each under a temporary name, then all moved.

    Raises ``WriteFailed`` with the file, before anything was moved if at all possible.
    """
    waiting: dict[Path, Path] = {}
    path = workspace.root
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = new = path.with_name(f".{path.name}.new")
            new.write_bytes(content)
        for path, new in waiting.items():
            new.replace(path)
    except OSError as error:
        raise write_error(error, workspace.shown(path)) from error
    finally:
        for new in waiting.values():
            new.unlink(missing_ok=True)
