"""Putting page and workbook into the folder of the reports, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from ita_helpers.errors import write_error
from ita_helpers.index.page import write_page
from ita_helpers.run.manifest import Row

PAGE = "index.html"
WORKBOOK = "index.xlsx"


def write_index(folder: Path, rows: Iterable[Row]) -> None:
    """Write the index of a folder of reports.

    Raises ``WriteFailed`` for a file that cannot be written; the one that stood there stays.
    """
    from ita_helpers.index.workbook import write_workbook

    listed = list(rows)
    page = write_page(listed).encode("utf-8")
    _replace(folder / PAGE, lambda new: new.write_bytes(page))
    _replace(folder / WORKBOOK, lambda new: write_workbook(listed, new))


def _replace(file: Path, write: Callable[[Path], object]) -> None:
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        write(new)
        new.replace(file)
    except OSError as error:
        raise write_error(error, file) from error
    finally:
        new.unlink(missing_ok=True)
