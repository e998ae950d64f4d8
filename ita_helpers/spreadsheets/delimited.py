"""Reading .csv and .tsv files, whatever their separator."""

from __future__ import annotations

import csv
import io

from ita_helpers.errors import UnreadableFile
from ita_helpers.files.inert import of_csv_cell
from ita_helpers.files.text import find_separator
from ita_helpers.language.thai import tidy_text
from ita_helpers.spreadsheets.sheets import Allowance, Sheet


def read_delimited(text: str, shown: str, allowance: Allowance) -> Sheet:
    """Read the rows. Raises ``UnreadableFile`` with the line where a quote is left open."""
    sheet = Sheet("", allowance)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text), strict=True)
    try:
        for row, cells in enumerate(reader):
            for column, cell in enumerate(cells):
                sheet.put(row, column, of_csv_cell(tidy_text(cell)))
    except csv.Error as error:
        line = reader.line_num
        raise UnreadableFile(file=shown, problem="not_csv", line=line) from error
    return sheet
