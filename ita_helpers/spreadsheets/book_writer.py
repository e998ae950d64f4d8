"""Writing a workbook for readers: cover, contents, notes, what columns mean, a table a sheet.

After what statistical offices ask of workbooks that are heard or read by programs: a sheet has its
title in A1, what it shows in A2 and one table from the fourth row on, marked as one, with a single
row of heads, without merged and without empty cells. Names come from files people wrote: no cell is
ever taken for a formula.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from ita_helpers.files.inert import put_text, without_controls
from ita_helpers.language.catalogue import label, say
from ita_helpers.spreadsheets import house_style as style
from ita_helpers.spreadsheets.cells import column_letters
from ita_helpers.spreadsheets.published_book import (
    BLANKS,
    Book,
    Column,
    Kind,
    Link,
    Sheet,
    Value,
    mark,
)
from ita_helpers.spreadsheets.workbooks import saved

HEAD = 4
"""The row of the heads of every table."""
COVER, PAGE = 96, 160
"""Characters of a line of the cover, and of what one printed page takes of a table's width."""
FORMATS = {"count": "#,##0", "points": "0.00", "change": '+0.00;"−"0.00;0.00', "year": "0"}
STRIPES = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)


def write_book(book: Book) -> bytes:
    """Return the workbook; the same book gives the same bytes.

    A table without a row has no sheet.
    """
    written = Workbook(write_only=True)
    style.set_default_font(written)
    sheets = [each for each in book.sheets if each.rows]
    _add_cover(written, book)
    own = (_notes(book), _meanings(sheets))
    for each in (_contents([*own, *book.sheets]), *own, *sheets):
        _add_sheet(written, each)
    return saved(written, book.title)


def _add_cover(written: Any, book: Book) -> None:
    """Write the cover: all of it in the first column, where screen readers begin."""
    sheet = written.create_sheet(label("sheets.cover"))
    style.set_line(sheet)
    sheet.column_dimensions["A"].width = COVER
    style.fit_on_pages(sheet)
    lines = [(book.title, style.TITLE)]
    for heading, text in book.cover:
        lines += [(heading, style.BOLD), (text, style.FONT)]
    for number, (text, font) in enumerate(lines, start=1):
        style.make_room(sheet, number, style.lines_of(text, COVER, font), font)
        sheet.append([_dressed(sheet, text, font=font, alignment=style.WRAPPED)])
    sheet.append(
        [_linked(sheet, Link(label("sheets.to_contents"), sheet=label("sheets.contents")))]
    )


def _contents(sheets: Iterable[Sheet]) -> Sheet:
    """Return the sheet that leads to the others, and says which are left out."""
    rows: list[list[Value]] = []
    for each in sheets:
        name = Link(each.name, sheet=each.name) if each.rows else each.name
        rows.append([name, each.about, len(each.rows)])
    return _sheet("contents", (34, 100, 14), rows, kinds=("text", "text", "count"))


def _notes(book: Book) -> Sheet:
    marks = [
        (say("sheets.mark", mark=mark(each)), label(f"sheets.blank.{each}.meaning"))
        for each in BLANKS
    ]
    return _sheet("notes", (34, 116), [*map(list, book.notes), *map(list, marks)])


def _meanings(sheets: Iterable[Sheet]) -> Sheet:
    """Return the sheet of what columns mean, each once for all sheets that have it."""
    found: dict[Column, list[str]] = {}
    for each in sheets:
        for column in each.columns:
            found.setdefault(column, []).append(each.name)
    rows: list[list[Value]] = [
        [column.head, column.meaning, label(f"sheets.units.{column.kind}"), ", ".join(names)]
        for column, names in found.items()
    ]
    return _sheet("meanings", (32, 66, 20, 42), rows)


def _sheet(
    key: str, widths: Sequence[int], rows: Sequence[Sequence[Value]], kinds: Any = ()
) -> Sheet:
    """Return one of the sheets that every workbook has."""
    names = ("first", "second", "third", "fourth")
    heads = [label(f"sheets.heads.{key}.{name}") for _, name in zip(widths, names, strict=False)]
    given = [*kinds, *["text"] * (len(widths) - len(kinds))]
    columns = [
        Column(head, width, "", kind, "other")
        for head, width, kind in zip(heads, widths, given, strict=True)
    ]
    name = label(f"sheets.{key}")
    return Sheet(f"workbook_{key}", name, name, label(f"sheets.about.{key}"), columns, rows)


def _placed(cells: Iterable[Any], row: int) -> Iterator[Any]:
    """Yield the cells of a row with their places.

    openpyxl does so itself, but first takes each cell for a value, which costs a quarter of all.
    """
    for column, cell in enumerate(cells, start=1):
        cell.column, cell.row = column, row
        if cell.hyperlink:
            cell.hyperlink.ref = cell.coordinate
        yield cell


def _add_sheet(written: Any, table: Sheet) -> None:
    sheet, columns = written.create_sheet(table.name), table.columns
    sheet._values_to_row = _placed
    end, kept = column_letters(len(columns)), column_letters(table.kept)
    sheet.freeze_panes = f"{column_letters(table.kept + 1)}{HEAD + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEAD}:{HEAD}", f"A:{kept}"
    sheet.oddFooter.center.text = "&P / &N"
    style.set_line(sheet)
    style.fit_on_pages(sheet, -(-sum(each.width for each in columns) // PAGE))
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[column_letters(number)].width = column.width
    style.make_room(sheet, 1, 1, style.TITLE)
    sheet.append([_dressed(sheet, table.title, font=style.TITLE)])
    sheet.append([_dressed(sheet, table.about)])
    sheet.append([_linked(sheet, _way_back(table))])
    highest = max(style.lines_of(each.head, each.width, style.BOLD) for each in columns)
    style.make_room(sheet, HEAD, highest, style.BOLD)
    sheet.append([_head(sheet, each) for each in columns])
    rows = _Rows(sheet, columns)
    for number, row in enumerate(table.rows, start=HEAD + 1):
        style.make_room(sheet, number, rows.lines_of(row), style.FONT)
        sheet.append(rows.written(row))
    _mark_table(sheet, table, f"A{HEAD}:{end}{HEAD + len(table.rows)}")


def _way_back(table: Sheet) -> Link:
    contents = label("sheets.contents")
    if table.name == contents:
        return Link(label("sheets.to_cover"), sheet=label("sheets.cover"))
    return Link(label("sheets.back"), sheet=contents)


def _mark_table(sheet: Any, table: Sheet, place: str) -> None:
    marked = Table(displayName=f"ita_{table.key}", ref=place, tableStyleInfo=STRIPES)
    marked.autoFilter = AutoFilter(ref=place)
    for number, column in enumerate(table.columns, start=1):
        marked.tableColumns.append(TableColumn(id=number, name=column.head))
    with warnings.catch_warnings():  # it always says that columns must be added, as they are here
        warnings.simplefilter("ignore")
        sheet.add_table(marked)


class _Rows:
    """Writes rows with one cell a column, used again for every row: each is written at once."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        self.widths = [each.width for each in columns]
        self.link = _link_cell(sheet)
        self.marks = [mark(each.blank) for each in columns]
        self.cells = [_dressed(sheet, None, **_look(each.kind)) for each in columns]
        points = _dressed(sheet, None, **_look("points"))
        self.exact = [
            points if each.kind == "count" else cell
            for each, cell in zip(columns, self.cells, strict=True)
        ]

    def lines_of(self, row: Sequence[Value]) -> int:
        """Return how many lines the longest cell of a row needs."""
        texts = (each.text if isinstance(each, Link) else each for each in row)
        return max(
            style.lines_of(text, width, style.FONT) if isinstance(text, str) else 1
            for text, width in zip(texts, self.widths, strict=True)
        )

    def written(self, row: Sequence[Value]) -> Iterator[Any]:
        """Yield the cells of a row."""
        cells = zip(row, self.cells, self.exact, self.marks, strict=True)
        for value, cell, exact, blank in cells:
            if isinstance(value, Link):
                yield _led(self.link, value)
            elif value is None or isinstance(value, str):
                put_text(cell, without_controls(value or "") or blank)
                yield cell
            else:
                shown = exact if isinstance(value, Decimal) else cell
                shown.quotePrefix, shown.value = False, value
                yield shown


def _look(kind: Kind) -> dict[str, Any]:
    """Return how cells of a kind look: numbers at the right, words broken into lines."""
    if kind in FORMATS:
        return {"number_format": FORMATS[kind], "alignment": style.RIGHT}
    return {"alignment": style.TOP if kind == "code" else style.WRAPPED}


def _head(sheet: Any, column: Column) -> Any:
    place = style.HEAD_RIGHT if column.kind in FORMATS else style.WRAPPED
    return _dressed(sheet, column.head, font=style.BOLD, fill=style.BAND, alignment=place)


def _linked(sheet: Any, link: Link) -> Any:
    return _led(_link_cell(sheet), link)


def _link_cell(sheet: Any) -> Any:
    return _dressed(sheet, None, font=style.LINK, alignment=style.WRAPPED)


def _led(cell: Any, link: Link) -> Any:
    """Give a cell the words of a link, and where it leads."""
    put_text(cell, link.text)
    place = f"'{link.sheet}'!A1" if link.sheet else None
    if link.target or place:
        cell.hyperlink = Hyperlink(ref="", target=link.target or None, location=place)
    return cell


def _dressed(sheet: Any, text: str | None, **look: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    for name, each in look.items():
        setattr(cell, name, each)
    if text:
        put_text(cell, text)
    return cell
