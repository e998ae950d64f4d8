"""Reading plain text: a line is a line, tabs part the cells of a table."""

from __future__ import annotations

import re

from ita_helpers.documents.building import Builder
from ita_helpers.documents.headings import is_listed

LONGEST_HEAD = 25
"""Characters: a longer line set in is a paragraph."""
FEWEST_ROWS = 3
"""Lines with as many columns that are a table."""
_COLUMNS = re.compile(r" {3,}| {2,}(?=[\d\u0e50-\u0e59-])")


def read_plain(builder: Builder, text: str) -> None:
    """Add the lines and tables of a text; a blank line ends a table."""
    lines = _with_tabs(text.splitlines())
    rows: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        if is_row(line) or (rows and _is_set_in(line)) or _is_head(line, lines[number:]):
            rows.append(line.split("\t"))
            continue
        builder.table(rows)
        rows = []
        is_alone = (
            not line[:1].isspace() and _is_blank(lines, number - 2) and _is_blank(lines, number)
        )
        builder.line(line.replace("\t", " "), number=number, is_alone=is_alone)
    builder.table(rows)


def is_row(line: str) -> bool:
    r"""Whether a line is a row of a table: it has tabs, and no mark of a list before them.

    >>> is_row("1\tการใช้อำนาจ"), is_row("- ตัวชี้วัดที่ 1\tได้ 92.86 คะแนน"), is_row("ก")
    (True, False, False)
    """
    bare = line.rstrip(" ")
    is_indented = bare.startswith("\t") and "\t" not in bare.lstrip("\t")
    return "\t" in bare and not is_indented and not is_listed(line)


def _is_set_in(line: str) -> bool:
    return line.startswith("\t") and bool(line.strip())


def _is_head(line: str, following: list[str]) -> bool:
    """Whether a line set in is the head of a table whose first column has none."""
    is_short = len(line.strip()) < LONGEST_HEAD
    return is_short and _is_set_in(line) and bool(following) and is_row(following[0])


def _with_tabs(lines: list[str]) -> list[str]:
    r"""Return lines with tabs between the columns of tables that are set with blanks.

    >>> _with_tabs(["ก   ปี 2567   ปี 2568", "ข   90.00   91.00", "ค   80.00   81.00"])[1]
    'ข\t90.00\t91.00'
    """
    parts = [[line] if "\t" in line else _COLUMNS.split(line.strip()) for line in lines]
    made = list(lines)
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and len(parts[at]) == len(parts[start]) > 1:
            continue
        if at - start >= FEWEST_ROWS:
            made[start:at] = ["\t".join(row) for row in parts[start:at]]
        start = at
    return made


def _is_blank(lines: list[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip()
