"""Writing the plan as an Excel workbook: lists to choose from, an explanation, no formula.

An existing workbook gets new rows below its own; everything else in it stays.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from ita_helpers.documents.plan_heads import head_of, ticks_of
from ita_helpers.files.inert import as_csv_cell, put_text
from ita_helpers.files.text import find_separator, read_text
from ita_helpers.language.catalogue import label, say
from ita_helpers.records.framework import Framework
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.plan import Measure
from ita_helpers.spreadsheets.cells import column_letters
from ita_helpers.spreadsheets.grids import read_grids
from ita_helpers.spreadsheets.house_style import (
    BAND,
    BOLD,
    FONT,
    FRAME,
    TITLE,
    WRAPPED,
    dress,
    fit_on_pages,
)
from ita_helpers.spreadsheets.ods_rows import add_ods_rows
from ita_helpers.spreadsheets.rows import Extended, add_rows
from ita_helpers.spreadsheets.workbooks import saved
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.plan_finding import find_plan
from ita_helpers.store.plan_table import PlanTable

WIDTHS = {
    "indicators": 30,
    "items": 16,
    "aim": 14,
    "kind": 13,
    "status": 22,
    "start": 26,
    "end": 14,
    "owners": 24,
    "measure": 40,
}
USUAL_WIDTH = 36
LAST_ROW = 500
"""Lists to choose from are offered down to this row."""


def cells_of(measure: Measure, framework: Framework) -> dict[str, str]:
    """Return a measure as the columns of the plan, as a person would type them."""
    names = {each.code: each.name for each in framework.indicators.list}
    codes = measure.indicators
    one = len(codes) == 1 and codes[0] in names
    named = f"{codes[0]} {names[codes[0]]}" if one else ", ".join(codes)
    return {
        "indicators": measure.aimed_at or named,
        "items": ", ".join(measure.items),
        "aim": measure.aim,
        "kind": measure.kind,
        "finding": measure.finding,
        "guideline": measure.guideline,
        "measure": measure.name,
        "steps": "\n".join(measure.steps),
        "start": measure.time,
        "end": "",
        "owners": "\n".join(measure.owners),
        "expected": measure.expected,
        "follow_up": measure.follow_up,
        "status": measure.shown_status,
        "result": measure.result,
        "obstacles": measure.obstacles,
        "evidence": measure.evidence,
        **ticks_of(measure.status),
    }


def render_book(
    organisation: Organisation,
    framework: Framework,
    measures: Sequence[Measure],
    owners: Sequence[str],
) -> bytes:
    """Return a new workbook with these measures; ``owners`` are offered as a list."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = label("plan.book.sheet")
    year = framework.fiscal_year
    title = say("plan.book.title", year=year + 1, name=organisation.name)
    _put(sheet, 1, 1, title, TITLE)
    code = say("plan.book.subtitle", year=year, code=organisation.code)
    _put(sheet, 2, 1, code, FONT)
    columns = columns_of("plans")
    for place, column in enumerate(columns, start=1):
        _put(sheet, 3, place, head_of(column), BOLD).fill = BAND
        width = WIDTHS.get(column, USUAL_WIDTH)
        sheet.column_dimensions[column_letters(place)].width = width
    for row, each in enumerate(measures, start=4):
        _write_row(sheet, row, cells_of(each, framework), {c: columns.index(c) for c in columns})
    _offer(book, sheet, framework, owners, columns)
    sheet.freeze_panes = "A4"
    fit_on_pages(sheet)
    _explain(book.create_sheet(label("plan.book.guide_sheet")))
    return saved(book, title)


def extend_book(
    path: Path, shown: str, framework: Framework, measures: Iterable[Measure]
) -> Extended:
    """Return an existing workbook with further rows below its table; all else stays as it is.

    Raises ``UnreadableSheet`` for a formula without a saved value, or what ``read_grids`` raises.
    """
    content = path.read_bytes()
    table = find_plan(read_grids(path, shown))
    if table is None:
        return Extended(content)
    grid = table.grid
    last = max(len(grid.rows), *(bottom + 1 for _, _, bottom, _ in grid.merged), 0)
    texts = (cells_of(each, framework) for each in measures)
    rows = [{at + 1: each[key] for key, at in table.columns.items()} for each in texts]
    add = add_ods_rows if path.suffix == ".ods" else add_rows
    return add(content, shown, grid.sheet, last + 1, rows, _last_measure(table) + 1)


def _last_measure(table: PlanTable) -> int:
    """Return the last row that holds a measure; counted from 0, and -1 for none."""
    rows = range(table.last + 1, len(table.grid.rows))
    return max((row for row in rows if table.text(row, "measure")), default=-1)


def extend_text(
    path: Path, shown: str, framework: Framework, measures: Iterable[Measure]
) -> Extended:
    """Return an existing CSV file with further rows, in the order of its own columns."""
    text = read_text(path, shown)
    table = find_plan(read_grids(path, shown))
    assert table is not None
    grid = table.grid
    places = {place: column for column, place in table.columns.items()}
    separator = find_separator(text)
    added = io.StringIO(newline="")
    writer = csv.writer(added, delimiter=separator, lineterminator="\n")
    for each in measures:
        cells = cells_of(each, framework)
        width = len(grid.rows[table.head])
        texts = [cells.get(places.get(place, ""), "") for place in range(width)]
        writer.writerow(map(as_csv_cell, texts))
    return Extended(f"{text.rstrip()}\n{added.getvalue()}".encode("utf-8-sig"))


def _write_row(sheet: Any, row: int, cells: Mapping[str, str], columns: Mapping[str, int]) -> None:
    for column, place in columns.items():
        cell = _put(sheet, row, place + 1, cells[column], FONT)
        dress(cell, border=FRAME)


def _put(sheet: Any, row: int, column: int, text: str, font: Font) -> Any:
    """Put text into a cell; it stays text whatever it begins with."""
    cell = sheet.cell(row, column)
    put_text(cell, text)
    dress(cell, font=font, alignment=WRAPPED)
    return cell


def _offer(
    book: Any, sheet: Any, framework: Framework, owners: Sequence[str], columns: Sequence[str]
) -> None:
    """Offer lists for indicator, aim, kind, status and owner; some also allow other text."""
    lists = {
        "indicators": [f"{each.code} {each.name}" for each in framework.indicators.list],
        "aim": label("plan.aims").split(),
        "kind": label("plan.kinds").split(),
        "owners": list(owners),
        "status": label("plan.statuses").split(),
    }
    choices = book.create_sheet(label("plan.book.list_sheet"))
    choices.sheet_state = "hidden"
    for place, (column, words) in enumerate(lists.items(), start=1):
        if not words:
            continue
        for row, word in enumerate(words, start=1):
            put_text(choices.cell(row, place), word)
        letter = column_letters(place)
        source = f"'{choices.title}'!${letter}$1:${letter}${len(words)}"
        rule = DataValidation("list", formula1=source, allow_blank=True)
        rule.showErrorMessage = column == "status"
        rule.error = label("plan.book.choose")
        where = column_letters(1 + columns.index(column))
        rule.add(f"{where}4:{where}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _explain(sheet: Any) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 90
    _put(sheet, 1, 1, label("plan.book.guide"), TITLE)
    for row, column in enumerate(columns_of("plans"), start=2):
        _put(sheet, row, 1, head_of(column), BOLD)
        _put(sheet, row, 2, label(f"plan.book.explain.{column}"), FONT)
