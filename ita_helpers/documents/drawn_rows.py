"""Tables that are drawn with lines of letters: bars between the cells, rules between the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FEWEST = 3
"""Lines of a drawn table at least, and rows that rules part where each stands between two."""
_UPRIGHT = "\u2502\u2503\u2506\u2507\u250a\u250b\u254e\u254f\u2551"
_BAR = re.compile(rf"[{_UPRIGHT}|]")
_DRAWN = re.compile(r"[\u2500-\u257f]|\+[-=]{2}")
_RULE = re.compile(r"(?=.*(?:[-=]{2}|[\u2500-\u257f]))[\s\u2500-\u257f+|=:-]+")
_FIGURE = re.compile(r"\d\.\d")
_THAI_END = re.compile(r"[\u0e01-\u0e4e]$")
_THAI = re.compile(r"[\u0e01-\u0e30\u0e40-\u0e46]")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*\w*\s*")


def drawn_tables(lines: Sequence[str]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Yield from where to where drawn tables reach, and the cells of their rows.

    >>> list(drawn_tables(["| ปี | คะแนน |", "+----+-------+", "|2567| 90.00 |"]))
    [(0, 3, [['ปี', 'คะแนน'], ['2567', '90.00']])]
    """
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and (_is_rule(lines[at]) or _BAR.search(lines[at])):
            continue
        if at - start >= FEWEST and any(map(_DRAWN.search, lines[start:at])):
            rows = _rows(lines[start:at])
            if len(rows) > 1 and len(rows[0]) > 1:
                is_fenced = (
                    start > 0 and at < len(lines) and _are_fences(lines[start - 1], lines[at])
                )
                yield start - is_fenced, at + is_fenced, rows
        start = at + 1


def _are_fences(before: str, after: str) -> bool:
    return bool(_FENCE.fullmatch(before) and _FENCE.fullmatch(after))


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of each row, in as many columns as most have."""
    groups: list[list[list[str]]] = [[]]
    for line in lines:
        if not _is_rule(line):
            groups[-1].append(_cells(line))
        elif groups[-1]:
            groups.append([])
    groups = [each for each in groups if each]
    width = max((len(row) for each in groups for row in each), default=0)
    wide = [[_filled(row, width) for row in each] for each in groups]
    is_parted = len(wide) >= FEWEST and all(map(_is_one_row, wide))
    return [
        row
        for at, each in enumerate(wide)
        for row in ([_joined(each)] if is_parted or (not at and len(wide) > 1) else each)
    ]


def _is_one_row(lines: Sequence[Sequence[str]]) -> bool:
    """Whether lines between two rules go on with the cells of the first."""
    return not any(all(line) or any(map(_FIGURE.search, line)) for line in lines[1:])


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    return [_together(list(filter(None, cells))) for cells in zip(*lines, strict=True)]


def _together(pieces: Sequence[str]) -> str:
    """Return the text of a cell that goes on; Thai goes on without a blank."""
    text = ""
    for each in pieces:
        is_thai = _THAI_END.search(text) and _THAI.match(each)
        text += each if is_thai or not text else f" {each}"
    return text


def _cells(line: str) -> list[str]:
    text = _BAR.sub("|", line.strip())
    return [each.strip() for each in text.removeprefix("|").removesuffix("|").split("|")]


def _filled(row: list[str], count: int) -> list[str]:
    """Return a row with so many columns: cells that reach over several leave those behind empty."""
    empty = [""] * (count - len(row))
    return [row[0], *empty, *row[1:]]
