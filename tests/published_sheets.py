"""What a workbook must be for everyone who reads it: by eye, by screen reader or by a program."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from ita_helpers.language.catalogue import label
from ita_helpers.spreadsheets.book_writer import HEAD


def assert_for_everyone(content: bytes) -> None:
    """Check cover, contents, notes, and of every table its place, marks, heads and cells."""
    book = load_workbook(io.BytesIO(content))
    cover, *sheets = book.worksheets
    own = [label(f"sheets.{key}") for key in ("cover", "contents", "notes", "meanings")]
    assert book.sheetnames[: len(own)] == own and book.active is cover
    assert book.properties.title == cover["A1"].value and book.properties.language == "th-TH"
    assert cover.max_column == 1 and all(row[0] for row in cover.iter_rows(values_only=True))
    names = [name for sheet in sheets for name in sheet.tables]
    assert len({*names}) == len(names) == len(sheets)
    explained = {row[0] for row in book[own[3]].iter_rows(min_row=HEAD + 1, values_only=True)}
    linked = {cell.hyperlink.location for cell in book[own[1]]["A"][HEAD:] if cell.hyperlink}
    for sheet in sheets:
        ((table,),) = ([*sheet.tables.values()],)
        _assert_table(sheet, table)
        if sheet.title not in own:
            assert explained >= {each.name for each in table.tableColumns}, sheet.title
        if sheet.title != own[1]:
            assert f"'{sheet.title}'!A1" in linked, sheet.title


def _assert_table(sheet, table) -> None:
    across, first, width, last = range_boundaries(table.ref)
    assert (across, first, last, width) == (1, HEAD, sheet.max_row, sheet.max_column), sheet.title
    assert all(sheet.cell(row, 1).value for row in range(1, HEAD)) and not sheet.merged_cells
    heads, *rows = sheet.iter_rows(min_row=HEAD, values_only=True)
    assert [each.name for each in table.tableColumns] == [*heads]
    assert len({each.casefold() for each in heads}) == len(heads) and rows
    assert not [row for row in rows if None in row or "" in row], sheet.title
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}" and sheet.freeze_panes.endswith(
        str(HEAD + 1)
    )
