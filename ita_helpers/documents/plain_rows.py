"""Tables that a text file has lost the columns of: one blank between cells, or a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_helpers.documents.drawn_rows import drawn_tables
from ita_helpers.documents.patterns import pattern
from ita_helpers.language.thai import to_arabic

FEWEST = 3
"""Rows of one kind one below the other that are a table."""
MOST_COLUMNS, LONGEST = 8, 60
"""Columns of a table at most, and characters of a cell."""
FEWEST_FIGURES = 2
"""A name with one figure is a sentence; with so many it is a row."""
_FIGURE = r"[+\-\u2212]?\d{1,3}\.\d{1,2}"
_ENDS_WITH_FIGURES = re.compile(
    rf"(?P<words>.*?[^\d\s.].*?)(?P<figures>(?:\s+(?:{_FIGURE}|-))+)\s*"
)
_IS_FIGURE = re.compile(rf"{_FIGURE}|-")
_LEAD = re.compile(r"(?P<number>\d{1,2})[.)]?\s+(?=\D)")
_LAST_NUMBER = re.compile(r"\s(\d{1,3})$")
_KINDS = {
    "f": re.compile(rf"{_FIGURE}|-|\u2013"),
    "n": re.compile(r"\d{1,3}[.)]?"),
    "r": re.compile(r"\d{1,3}(?:\.\d\d)?\s?[-\u2013]\s?\d{1,3}(?:\.\d\d)?"),
}
"""What a line can be but text: a figure, a number, a range."""


def with_bars(lines: Sequence[str]) -> list[str]:
    r"""Return lines with tabs where bars part the cells of at least three lines alike.

    >>> with_bars(["ปี | คะแนน |", "2567 | 90.00 |", "2568 | 91.00 |"])[1]
    '2567\t90.00'
    """
    made = list(lines)
    for start, end, drawn in drawn_tables(lines):
        tabbed = ["\t".join(row) for row in drawn]
        made[start:end] = [*tabbed, *[""] * (end - start - len(tabbed))]
    for start, rows in _rows_with_bars(made):
        made[start : start + len(rows)] = ["\t".join(row) for row in rows]
    return made


def with_rules(text: str) -> str:
    r"""Return a Markdown text in which tables stand apart, dashes below the head of each.

    >>> with_rules("ผล\nปี | คะแนน\n2567 | 90.00\n2568 | 91.00").split("\n")[1:4]
    ['', '| ปี | คะแนน |', '|---|---|']
    """
    lines = text.split("\n")
    for start, end, drawn in reversed(list(drawn_tables(lines))):
        lines[start:end] = ["", *_ruled(drawn), ""]
    for start, rows in reversed(list(_rows_with_bars(lines))):
        if all(any(row) for row in rows):
            lines[start : start + len(rows)] = _ruled(rows)
        if start and lines[start - 1].strip():
            lines.insert(start, "")
    return "\n".join(lines)


def _ruled(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as Markdown has them, with dashes below the head."""
    head, *others = (f"| {' | '.join(row)} |" for row in rows)
    return [head, "|---" * len(rows[0]) + "|", *others]


def _rows_with_bars(lines: Sequence[str]) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield where rows begin whose cells bars part, with these; those of a rule are empty."""
    counts = [line.strip().strip("|").count("|") for line in lines]
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and counts[at] and counts[at] == counts[start]:
            continue
        if at - start >= FEWEST and counts[start]:
            yield start, [_barred(line) for line in lines[start:at]]
        start = at


def _barred(line: str) -> list[str]:
    cells = [each.strip() for each in line.strip().strip("|").split("|")]
    return cells if "".join(cells).strip("-: ") else [""] * len(cells)


def with_columns(lines: Sequence[str]) -> list[str]:
    r"""Return lines with tabs between the cells of tables whose columns are lost.

    >>> rows = ["ที่ เรื่อง ปี 2567 ปี 2568", *(f"{n} ก 9{n}.00 8{n}.00" for n in (1, 2, 3))]
    >>> with_columns(rows)[0], with_columns(rows)[1]
    ('ที่\tเรื่อง\tปี 2567\tปี 2568', '1\tก\t91.00\t81.00')
    >>> with_columns(["ก", "90.00", "AA", "ข", "80.00", "B", "ค", "70.00", "C", ""])[:3]
    ['ก\t90.00\tAA', 'ข\t80.00\tB', 'ค\t70.00\tC']
    """
    made = list(lines)
    for start, rows in (*_rows_with_blanks(lines), *_cells_in_lines(lines)):
        made[start : start + len(rows)] = rows
    return made


def _rows_with_blanks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield where rows begin whose cells one blank parts, with the head above, and these."""
    parted = [_parted(line) for line in lines]
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and parted[at] and len(parted[at]) == len(parted[start]):
            continue
        head = _head(lines[start - 1], len(parted[start])) if start and at - start >= FEWEST else ()
        if head:
            yield start - 1, ["\t".join(row) for row in (head, *parted[start:at])]
        start = at


def _parted(line: str) -> list[str]:
    """Return the cells of a line that ends with figures, or nothing."""
    text = line.strip()
    if "\t" in line or "  " in text:
        return []
    last = text.rsplit(maxsplit=FEWEST_FIGURES)[-FEWEST_FIGURES:]
    is_row = all(_IS_FIGURE.fullmatch(to_arabic(each)) for each in reversed(last))
    found = _ENDS_WITH_FIGURES.fullmatch(to_arabic(text)) if is_row else None
    figures = found["figures"].split() if found else []
    if not found or len(figures) < FEWEST_FIGURES or len(found["words"]) > LONGEST:
        return []
    words = found["words"].strip()
    if number := _LAST_NUMBER.search(words):
        words, figures = words[: number.start()], [number[1], *figures]
    lead = _LEAD.match(words)
    cells = [lead["number"], words[lead.end() :]] if lead else [words]
    return [*cells, *figures]


def _head(line: str, columns: int) -> Sequence[str]:
    """Return the heads that a line consists of, nothing if they are not so many."""
    text = to_arabic(line.strip())
    heads = [each.group() for each in pattern("lost_columns.heads").finditer(text)]
    is_whole = "".join(heads).replace(" ", "") == text.replace(" ", "")
    return heads if len(heads) == columns and is_whole else ()


def _cells_in_lines(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield where tables begin that have each cell in a line of its own, and their rows.

    As many empty lines follow as there were more lines than rows.
    """
    kinds = "".join(_kind(line) for line in lines)
    at = 0
    while at < len(kinds):
        if not _rows_at(kinds, at)[1]:
            at += 1
            continue
        at = max(range(at, at + MOST_COLUMNS), key=lambda start: _fit(kinds, start))
        width, count = _rows_at(kinds, at)
        first, end = at - width * _is_headed(kinds, at, width), at + width * count
        cells = [" ".join(line.split()) for line in lines[first:end]]
        rows = ["\t".join(cells[n : n + width]) for n in range(0, len(cells), width)]
        yield first, [*rows, *[""] * (len(cells) - len(rows))]
        at = end


def _rows_at(kinds: str, at: int) -> tuple[int, int]:
    """Return how many columns and rows of one kind begin at a line, the most; none if too few."""
    found = [(0, 0)]
    for width in range(2, MOST_COLUMNS + 1):
        row = kinds[at : at + width]
        if "t" in row and " " not in row and ("f" in row or "r" in row):
            count = 1
            while kinds.startswith(row, at + count * width):
                count += 1
            found.append((width, count) if count >= FEWEST else (0, 0))
    return max(found, key=lambda each: each[0] * each[1])


def _fit(kinds: str, at: int) -> tuple[int, bool]:
    """Return how many lines are rows from one on, and whether heads stand above them."""
    width, count = _rows_at(kinds, at)
    return width * count, bool(count) and _is_headed(kinds, at, width)


def _is_headed(kinds: str, at: int, width: int) -> bool:
    return at >= width and set(kinds[at - width : at]) == {"t"}


def _kind(line: str) -> str:
    """Return what a line is: a figure, a number, a range, text, or nothing that a cell is."""
    text = line.strip()
    if not text or "\t" in line or len(text) > LONGEST:
        return " "
    text = to_arabic(text)
    return next((kind for kind, known in _KINDS.items() if known.fullmatch(text)), "t")
