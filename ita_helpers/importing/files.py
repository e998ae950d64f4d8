"""Reading a file of whatever kind: the first reader that finds something in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ita_helpers.documents import reading
from ita_helpers.errors import NothingToImport
from ita_helpers.importing.cell_reader import tell_asides
from ita_helpers.importing.down import DownReader
from ita_helpers.importing.form_reader import FormReader
from ita_helpers.importing.found import Asked, Found, Reader
from ita_helpers.importing.long import LongReader
from ita_helpers.importing.printed import PrintedReader
from ita_helpers.importing.report_reader import is_report, read_report
from ita_helpers.importing.weighted_points import tell_points_from_scores
from ita_helpers.importing.wide import WideReader
from ita_helpers.spreadsheets import grids
from ita_helpers.spreadsheets.grids import Grid, read_grids

READERS: tuple[Reader, ...] = (
    FormReader(),
    LongReader(),
    WideReader(),
    DownReader(),
    PrintedReader(),
)
"""The readers, the most specific first."""
ENDINGS = tuple(dict.fromkeys((*grids.ENDINGS, *reading.ENDINGS)))
"""The files that can be read: spreadsheets, and finished reports."""


def read_file(path: Path, orders: Asked, shown: str = "") -> Found:
    """Return what a file says; ``shown`` is its name for people, else its path.

    It is a spreadsheet, or a finished report: its ending decides, and of a text its content.

    Raises ``NothingToImport`` for one that is empty or that no reader recognises, or what its
    reader raises.
    """
    shown = shown or orders.workspace.shown(path)
    if is_report(path, shown):
        return read_report(path, orders, shown)
    read = read_grids(path, shown)
    asides = [told for each in read if not each.is_hidden for told in tell_asides(each)]
    sheets = [each.without_asides() for each in read]
    found = _first(sheets, orders)
    if found is None:
        raise NothingToImport(file=shown)
    found = replace(found, remarks=(*found.remarks, *asides))
    return tell_points_from_scores(orders.workspace, found)


def _first(sheets: Sequence[Grid], orders: Asked) -> Found | None:
    """Return what the first reader finds that has no doubts, or the first doubts as mistakes."""
    doubted = None
    for reader in READERS:
        found = reader.read(sheets, orders) if reader.recognises(sheets) else Found(())
        if found.doubts and not found.years and not found.mistakes:
            doubted = doubted or Found((), mistakes=found.doubts)
        elif found.years or found.mistakes or found.hidden_mistakes:
            found = replace(found, mistakes=(*found.mistakes, *found.doubts), doubts=())
            return found if found.years or not doubted else doubted
    return doubted
