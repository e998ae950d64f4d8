"""Reading plain text: a line is a line, tabs part the cells of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ita_helpers.documents.building import Builder
from ita_helpers.documents.headings import is_listed
from ita_helpers.documents.letters import put_right
from ita_helpers.documents.patterns import pattern
from ita_helpers.documents.plain_rows import with_bars, with_columns
from ita_helpers.documents.web import WRITTEN_TABLE, read_web
from ita_helpers.language.thai import to_arabic

LONGEST_HEAD = 25
"""Characters: a longer line set in is a paragraph."""
FEWEST_ROWS = 3
"""Lines with as many columns that are a table."""
SHORTEST_BROKEN, FEWEST_BROKEN = 60, 2
"""Characters that a line has at least which was broken; lines that go on in a file of such."""
HEAD, SHORTEST_HEAD = 5, 8
"""Lines below the number of a page among which its head stands, and the least letters of one."""
_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
"""The mark of a heading as Markdown has it, which many write in a text too."""
_PAGE = re.compile(r"\s*[-\u2013]\s?[\d\u0e50-\u0e59]{1,3}\s?[-\u2013]\s*")
_WIDE = re.compile(r" {2,}")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,2})?|-|–")
_RULED = re.compile(r"\s*[-=_\u2500\u2501\u2550]{5}[-=_+\s\u2500\u2501\u2550]*")
"""A line that is drawn between rows."""
_BETWEEN_ROWS = "\t"
_COLUMNS = re.compile(r" {3,}| {2,}(?=[\d\u0e50-\u0e59-])")


def read_plain(builder: Builder, text: str) -> None:
    """Add the lines and tables of a text; a blank line ends a table, and tags may write one."""
    start, above = 0, 0
    for table in WRITTEN_TABLE.finditer(text):
        _read_lines(builder, text[start : table.start()], above)
        read_web(builder, table.group())
        start = table.end()
        above = text.count("\n", 0, start)
    _read_lines(builder, text[start:], above)


def _read_lines(builder: Builder, text: str, above: int) -> None:
    """Add the lines and tables of a part of a text; so many lines stand above it."""
    barred = with_bars(_without_page_heads(text.splitlines()))
    lines = _unwrapped(with_columns(_with_tabs(barred)))
    rows: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else ""
        if is_row(line) or (rows and _is_set_in(line)) or _is_head(line, following):
            rows.append(line.split("\t"))
            continue
        if rows and set(line) == {"\t"}:
            continue
        builder.table(rows)
        rows = []
        is_alone = (
            not line[:1].isspace() and _is_blank(lines, number - 2) and _is_blank(lines, number)
        )
        level = _MARKED.match(line)
        builder.line(
            line[level.end() if level else 0 :].replace("\t", " "),
            level=len(level[1]) if level else 0,
            number=above + number,
            is_alone=is_alone,
        )
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


def _is_head(line: str, following: str) -> bool:
    """Whether a line set in is the head of a table whose first column has none."""
    is_short = len(line.strip()) < LONGEST_HEAD
    return is_short and _is_set_in(line) and is_row(following)


def _with_tabs(lines: list[str]) -> list[str]:
    r"""Return lines with tabs between the columns of tables that are set with blanks.

    >>> _with_tabs(["ก   ปี 2567   ปี 2568", "ข   90.00   91.00", "ค   80.00   81.00"])[1]
    'ข\t90.00\t91.00'
    """
    kept = [at for at, line in enumerate(lines) if not _RULED.fullmatch(line)]
    made = list(lines)
    for at, line in zip(kept, _parted([lines[at] for at in kept]), strict=True):
        made[at] = line
    for at in {*range(1, len(lines) - 1)}.difference(kept):
        if "\t" in made[at - 1] and "\t" in made[at + 1]:
            made[at] = _BETWEEN_ROWS
    return made


def _parted(lines: list[str]) -> list[str]:
    """Return lines without rules, as ``_with_tabs`` has them."""
    parts = [_columns(line) for line in lines]
    made = list(lines)
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and len(parts[at]) == len(parts[start]) > 1:
            continue
        if at - start >= FEWEST_ROWS:
            made[start:at] = ["\t".join(row) for row in parts[start:at]]
        start = at
    for start, end in _blocks(lines):
        if rows := _scored_rows(lines[start:end]):
            made[start:end] = rows
    return made


def _without_page_heads(lines: list[str]) -> list[str]:
    """Return lines without numbers of pages and without what stands again below these.

    Their places are empty.
    """
    marks = [at for at, line in enumerate(lines) if _PAGE.fullmatch(line)]
    below = [at + n for at in marks for n in range(1, HEAD + 1) if at + n < len(lines)]
    heads = Counter(lines[at].strip() for at in below if len(lines[at].strip()) > SHORTEST_HEAD)
    repeated = {at for at in below if heads[lines[at].strip()] > 1}
    gone = {*marks, *repeated} if repeated else set(marks)
    return ["" if at in gone else line for at, line in enumerate(lines)]


def _columns(line: str) -> list[str]:
    if "\t" in line:
        return [line]
    if "  " not in (bare := line.strip()):
        return [bare]
    wide = _WIDE.split(bare)
    return wide if len(wide) >= FEWEST_ROWS else _COLUMNS.split(bare)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where lines with columns reach between two empty lines."""
    for is_filled, run in groupby(range(len(lines)), key=lambda at: bool(lines[at].strip())):
        wide = [at for at in run if is_filled and "  " in lines[at].strip()]
        if len(wide) >= FEWEST_ROWS:
            yield wide[0], wide[-1] + 1


def _scored_rows(lines: list[str]) -> list[str]:
    """Return lines as rows if most of them end with points, each of them in the last column."""
    rows = [_WIDE.split(line.strip()) for line in lines]
    scored = [row for row in rows if len(row) > 1 and _POINTS.fullmatch(to_arabic(row[-1]))]
    is_long = any(len(row) == 1 and len(row[0]) > SHORTEST_BROKEN for row in rows)
    is_set = any("\t" in line for line in lines)
    if is_long or is_set or len(scored) < FEWEST_ROWS or 2 * len(scored) < len(rows):
        return []
    most = max(map(len, rows))
    return ["\t".join(_filled(row, most)) for row in rows]


def _filled(row: list[str], count: int) -> list[str]:
    """Return a row with so many columns: its first cell in the first, its last in the last."""
    empty = [""] * (count - len(row))
    return [*row[:-1], *empty, row[-1]] if len(row) > 1 else [*row, *empty]


def _unwrapped(lines: list[str]) -> list[str]:
    """Return lines with those joined that were broken in the middle of a sentence.

    Only where lines of the file begin in the middle of one. The place of a line that was joined to
    the one before it is empty.
    """
    near = range(1, len(lines))
    if sum(_is_long(lines[at - 1]) and _goes_on(lines[at]) for at in near) < FEWEST_BROKEN:
        return lines
    made = list(lines)
    first = 0
    for at in near:
        line, before = lines[at], lines[at - 1]
        is_apart = "\t" in line + before or not (line.strip() and before.strip())
        if not is_apart and (_goes_on(line) or (_is_long(before) and not _begins(line))):
            made[first] = f"{made[first].rstrip()} {line.strip()}"
            made[at] = ""
        else:
            first = at
    return made


def _is_long(line: str) -> bool:
    return len(line.rstrip()) > SHORTEST_BROKEN


def _goes_on(line: str) -> bool:
    """Whether a line begins as no sentence does."""
    return not line[:1].isspace() and bool(pattern("wrapped.goes_on").match(put_right(line)))


def _begins(line: str) -> bool:
    """Whether a line begins a sentence, a heading or an entry of a list."""
    is_new = line[:1].isspace() or is_listed(line)
    return is_new or bool(pattern("wrapped.begins").match(put_right(line)))


def _is_blank(lines: list[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip()
