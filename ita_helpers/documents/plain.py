"""Reading plain text: a line is a line, tabs part the cells of a table."""

from __future__ import annotations

from ita_helpers.documents.building import Builder
from ita_helpers.documents.headings import is_listed


def read_plain(builder: Builder, text: str) -> None:
    """Add the lines and tables of a text; a blank line ends a table."""
    lines = text.splitlines()
    rows: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        if is_row(line):
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
    return "\t" in line.rstrip(" ") and bool(line.strip()) and not is_listed(line)


def _is_blank(lines: list[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip()
