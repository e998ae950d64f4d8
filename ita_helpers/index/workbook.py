"""Writing the index as an Excel workbook, for those who sort and count there.

Names and reasons come from files people wrote: no cell is ever taken for a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from ita_helpers.index.entries import Entry, read_entries
from ita_helpers.index.summary import Bin, Summary, summarise
from ita_helpers.language.catalogue import label
from ita_helpers.run.manifest import ReportRow
from ita_helpers.spreadsheets.listing import Value, add_heads, add_sheet, as_cell
from ita_helpers.spreadsheets.workbooks import saved

_LINK = Font(color="1F5A92", underline="single")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: heading, width in characters, and what a report has there."""

    heading: str
    width: int
    read: Callable[[Entry], Value]


def write_workbook(rows: Iterable[ReportRow]) -> bytes:
    """Return the workbook; the same rows give the same bytes."""
    entries = read_entries(rows)
    summary = summarise(entries)
    book = Workbook(write_only=True)
    _add_reports(book, "reports", entries, _columns())
    _add_reports(book, "attention", summary.attention, _columns())
    _add_reports(book, "fell", summary.fell, _columns())
    _add_reports(book, "failed", summary.failed, _failure_columns())
    _add_findings(book, entries)
    _add_summary(book, entries)
    return saved(book)


def _columns() -> list[Column]:
    yes = label("index.cells.yes")
    return [
        Column(label("index.cells.fiscal_year"), 12, lambda each: each.fiscal_year or None),
        Column(label("index.columns.name"), 46, lambda each: each.name),
        Column(label("index.cells.code"), 18, lambda each: each.code),
        Column(label("index.columns.district"), 16, lambda each: each.district),
        Column(label("index.columns.province"), 16, lambda each: each.province),
        Column(label("index.columns.type"), 24, lambda each: each.type),
        Column(label("index.columns.overall"), 12, lambda each: each.overall),
        Column(label("index.columns.level"), 16, lambda each: each.level),
        Column(label("index.columns.change"), 14, lambda each: each.change),
        Column(label("index.cells.rules_changed"), 14, lambda e: yes if e.rules_changed else ""),
        Column(label("index.cells.below_target"), 14, lambda e: yes if e.is_below_target else ""),
        Column(label("index.cells.barred"), 20, lambda each: " ".join(each.barred_by)),
        Column(label("index.cells.drafts"), 14, lambda e: None if e.is_failed else e.drafts),
        Column(label("index.cells.problems"), 12, lambda e: None if e.is_failed else e.problems),
        Column(label("index.cells.made_up"), 12, lambda each: yes if each.is_made_up else ""),
        Column(label("words.edition.public"), 12, lambda each: yes if each.public else ""),
        Column(
            label("index.cells.status"),
            12,
            lambda each: label(f"index.cells.{'failed' if each.is_failed else 'done'}"),
        ),
    ]


def _failure_columns() -> list[Column]:
    year, name, code = _columns()[:3]
    return [
        *(year, name, code),
        Column(label("index.cells.reason"), 80, lambda each: each.reason),
        Column(label("index.cells.params"), 36, lambda each: each.params),
    ]


def _add_reports(book: Any, key: str, entries: Sequence[Entry], columns: list[Column]) -> None:
    sheet = add_sheet(book, _name_of(key), [column.width for column in columns])
    add_heads(sheet, [column.heading for column in columns], len(entries))
    for entry in entries:
        cells = [as_cell(sheet, column.read(entry)) for column in columns]
        if "html" in entry.formats and cells[1] is not None:
            _link(cells[1], f"{entry.fiscal_year}/{quote(entry.code)}.html")
        sheet.append(cells)


def _add_findings(book: Any, entries: Sequence[Entry]) -> None:
    """Add a sheet with a line for each finding, by office."""
    year, name, code = _columns()[:3]
    ends = [(label("index.cells.place"), 20), (label("index.cells.finding"), 110)]
    heads = [*((each.heading, each.width) for each in (year, name, code)), *ends]
    sheet = add_sheet(book, _name_of("findings"), [width for _, width in heads])
    lines = [
        (*(column.read(entry) for column in (year, name, code)), *finding)
        for entry in entries
        for finding in entry.findings
    ]
    add_heads(sheet, [heading for heading, _ in heads], len(lines))
    for line in lines:
        sheet.append([as_cell(sheet, value) for value in line])


def _add_summary(book: Any, entries: Sequence[Entry]) -> None:
    headings = [label(f"index.{key}") for key in ("cells.fiscal_year", "cells.figure")]
    sheet = add_sheet(book, _name_of("summary"), [14, 44, 14])
    lines = [
        (year or label("index.no_year"), name, value)
        for year in dict.fromkeys(each.fiscal_year for each in entries)
        for name, value in _figures(summarise([e for e in entries if e.fiscal_year == year]))
    ]
    add_heads(sheet, [*headings, label("index.cells.value")], len(lines))
    for line in lines:
        sheet.append([as_cell(sheet, value) for value in line])


def _figures(summary: Summary) -> list[tuple[str, Value]]:
    counts: list[tuple[str, Value]] = [
        (label("index.figures.count"), summary.reports),
        (label("index.figures.failed"), len(summary.failed)),
        (label("index.figures.scored"), summary.scored),
        (label("index.figures.levelled"), summary.levelled),
        (label("index.cells.made_up"), summary.made_up),
        (label("index.cells.mean"), summary.mean),
        (label("index.cells.median"), summary.median),
        (label("index.lists.attention"), len(summary.attention)),
        (label("index.lists.fell"), len(summary.fell)),
    ]
    levels = [(f"{label('index.levels.head')} {name}", count) for name, count in summary.levels]
    bins = [(f"{label('index.bins.head')} {name_bin(each)}", each.count) for each in summary.bins]
    return [*counts, *levels, *bins[::-1]]


def name_bin(each: Bin) -> str:
    """Return the scores of a bin with two decimals: ``85.00–89.99``."""
    if each.low == 0:
        return label("index.bins.below").format(high=f"{each.high}.00")
    high = "100.00" if each.high == 100 else f"{each.high - 1}.99"
    return label("index.bins.from_to").format(low=f"{each.low}.00", high=high)


def _name_of(key: str) -> str:
    return label(f"index.sheets.{key}")


def _link(cell: Any, target: str) -> None:
    cell.hyperlink = Hyperlink(ref="", target=target)
    cell.font = _LINK
