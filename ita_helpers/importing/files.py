"""Reading a file of whatever kind: the first reader that finds something in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ita_helpers.documents.document import Document, Line
from ita_helpers.documents.reading import is_web_page, read_document
from ita_helpers.documents.whose import whose
from ita_helpers.errors import BadReport, InputError, NothingToImport, YearNotSaid
from ita_helpers.importing.cell_reader import tell_asides
from ita_helpers.importing.commas_in_figures import with_points
from ita_helpers.importing.document_grids import grid_of
from ita_helpers.importing.down import DownReader
from ita_helpers.importing.form_reader import FormReader
from ita_helpers.importing.found import Asked, Found, Reader
from ita_helpers.importing.letters_in_figures import with_zeros
from ita_helpers.importing.long import LongReader
from ita_helpers.importing.printed import PrintedReader
from ita_helpers.importing.report_reader import (
    is_report,
    is_table,
    read_report,
    refuse_english,
    refuse_other_kinds,
)
from ita_helpers.importing.sheet_sentences import with_sentences
from ita_helpers.importing.weighted_points import tell_points_from_scores
from ita_helpers.importing.wide import WideReader
from ita_helpers.language.catalogue import section
from ita_helpers.spreadsheets.grids import Grid, read_grids

LISTS: tuple[Reader, ...] = (LongReader(), WideReader())
"""The readers that find many offices in one table of a document."""
READERS: tuple[Reader, ...] = (
    FormReader(),
    LongReader(),
    WideReader(),
    PrintedReader(),
    DownReader(),
)
"""The readers, the most specific first; the last goes by the names of indicators alone."""
FEWEST = 2
"""Offices that make a table a list of them."""
_FIGURE = re.compile(r"\d\d\.\d\d")
OF_SEVERAL = ("two_offices", "empty")
"""The problems of reading a document as the report of one office that its being a list explains."""


def read_file(path: Path, orders: Asked, shown: str = "") -> Found:
    """Return what a file says; ``shown`` is its name for people, else its path.

    It is a spreadsheet, or a finished report: its ending decides, and of a text its content.

    Raises ``NothingToImport`` for one that is empty or that no reader recognises, or what its
    reader raises.
    """
    shown = shown or orders.workspace.shown(path)
    if is_report(path, shown):
        document, remarks = with_zeros(read_document(path, shown))
        document, more = with_points(document)
        read_so = _read_document(document, orders)
        read_so = replace(read_so, remarks=(*read_so.remarks, *remarks, *more))
        return tell_points_from_scores(orders.workspace, read_so)
    is_page = is_web_page(path)
    read = [grid_of(read_document(path, shown))] if is_page else read_grids(path, shown)
    asides = [told for each in read if not each.is_hidden for told in tell_asides(each)]
    sheets = [each.without_asides() for each in read]
    found = _first(READERS, sheets, orders)
    if found is None:
        raise NothingToImport(file=shown, layouts=[*section("cli.import.layouts").values()])
    found = replace(found, remarks=(*found.remarks, *asides))
    return tell_points_from_scores(orders.workspace, found)


def _read_document(document: Document, orders: Asked) -> Found:
    """Return what a document says of its office, or the offices that a list says it of.

    A report names its office outside its tables; a document that holds hardly more than tables is
    read as a sheet. Raises what ``read_report`` raises.
    """
    found = _as_sheet(document, orders) if is_table(document) else None
    if found and not _contradicts_sentence(document, found.mistakes):
        return with_sentences(found, document, orders)
    lines = tuple(each for each in document.blocks if isinstance(each, Line))
    listed = _listed(document, orders)
    if listed and not whose(replace(document, blocks=lines)).name:
        return listed
    try:
        return read_report(document, orders)
    except BadReport as refused:
        if listed is None or refused.facts["problem"] not in OF_SEVERAL:
            raise
        return listed


def _contradicts_sentence(document: Document, mistakes: Sequence[InputError]) -> bool:
    """Whether all that is wrong with tables are second values, of which a sentence may say one.

    Of those a report proposes one, as it does wherever it contradicts itself.
    """
    lines = (each.text for each in document.blocks if isinstance(each, Line))
    are_second = all(each.facts.get("problem") == "twice" for each in mistakes)
    return bool(mistakes) and are_second and any(_FIGURE.search(each) for each in lines)


def _as_sheet(document: Document, orders: Asked) -> Found | None:
    """Return what the tables of a document say of any offices and years."""
    refuse_english(document)
    try:
        found = _first(READERS, [grid_of(document)], orders)
    except YearNotSaid:
        return None
    if found is None or any(isinstance(each, YearNotSaid) for each in found.mistakes):
        return None
    return replace(found, remarks=(*found.remarks, *document.losses))


def _listed(document: Document, orders: Asked) -> Found | None:
    """Return the scores of several offices that a table of a document lists."""
    try:
        found = _first(LISTS, [grid_of(document)], orders)
    except YearNotSaid:
        return None
    offices = {each.office for each in found.years} if found else set()
    if found is None or len(offices) < (1 if orders.organisation else FEWEST):
        return None
    refuse_other_kinds(document)
    return replace(found, remarks=(*found.remarks, *document.losses))


def _first(readers: Iterable[Reader], sheets: Sequence[Grid], orders: Asked) -> Found | None:
    """Return what the first reader finds that has no doubts, or the first doubts as mistakes."""
    doubted = None
    for reader in readers:
        found = reader.read(sheets, orders) if reader.recognises(sheets) else Found(())
        if found.doubts and not found.years and not found.mistakes:
            doubted = doubted or Found((), mistakes=found.doubts)
        elif found.years or found.mistakes or found.hidden_mistakes:
            found = replace(found, mistakes=(*found.mistakes, *found.doubts), doubts=())
            return found if found.years or not doubted else doubted
    return doubted
