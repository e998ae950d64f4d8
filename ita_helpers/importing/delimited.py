"""Reading .csv and .tsv files, whatever stands between their cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from ita_helpers.errors import UnreadableFile
from ita_helpers.importing.sheets import Allowance, Sheet
from ita_helpers.inert import of_csv_cell
from ita_helpers.thai import tidy_text

SEPARATORS = ",;\t"
_LOOKED_AT = 200


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


def find_separator(text: str) -> str:
    r"""Return the separator by which most rows have as many cells, and the more cells the better.

    >>> find_separator("a;b\n1,5;2\n3;4\n"), find_separator("one column\n")
    (';', ',')
    """
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for row in islice(rows, _LOOKED_AT) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
