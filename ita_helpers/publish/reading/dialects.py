"""Rewriting Markdown that JupyterLab accepts so that our parser accepts it too.

LaTeX environments are formulas, and a row of a table may have more or fewer cells than its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

_FORMULA = re.compile(
    r"(?P<fence>^ {0,3}(?:`{3,}|~{3,}).*?(?:^ {0,3}(?:`{3,}|~{3,})[ \t]*$|\Z))"
    r"|(?P<known>\$\$.*?\$\$|(?<!\\)\$[^$\n]+\$|`[^`\n]+`)"
    r"|^ {0,3}\\begin\{(?P<name>[A-Za-z]+\*?)\}(?P<body>.*?)\\end\{(?P=name)\}",
    re.DOTALL | re.MULTILINE,
)
_LINES = frozenset({"align", "aligned", "gather", "eqnarray", "split", "multline"})
_PLAIN = frozenset({"equation", "displaymath", "math"})
_NO_FORMULA = re.compile(r"\\(?:label\{[^{}]*\}|nonumber|notag)|(?<!\\)&")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"[ >]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_ROW = re.compile(r"(?P<before>[ >]*)\|?(?P<cells>.*?)(?<!\\)\|?[ \t]*", re.DOTALL)


def as_jupyter_reads(source: str) -> str:
    """Return Markdown with its environments as formulas and its tables even."""
    if "\\begin{" in source:
        source = _FORMULA.sub(_displayed, source)
    return "\n".join(_even_rows(source.split("\n"))) if "|" in source else source


def _displayed(found: re.Match[str]) -> str:
    """Return an environment as formulas of a line each, which can be drawn."""
    name, body = found["name"], found["body"]
    if name is None:
        return found.group()
    kind = name.rstrip("*")
    if kind in _PLAIN:
        lines = [body]
    elif kind in _LINES:
        lines = body.split("\\\\")
    else:
        return _shown([found.group()])
    return _shown([_NO_FORMULA.sub("", line) for line in lines])


def _shown(lines: list[str]) -> str:
    texts = (" ".join(line.split()) for line in lines)
    return "".join(f"\n\n$$\n{text}\n$$\n\n" for text in texts if text)


def _even_rows(lines: list[str]) -> Iterator[str]:
    """Yield lines, those of a table with as many cells each as the longest has."""
    fence, at = "", 0
    while at < len(lines):
        line = lines[at]
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        rows = 0 if fence else _rows_of_table(lines, at)
        yield from _evened(lines[at : at + rows]) if rows else [line]
        at += rows or 1


def _rows_of_table(lines: list[str], first: int) -> int:
    """Return how many lines from the first on are a table; 0 for none."""
    head, rule, *_ = (*lines[first : first + 2], "")
    is_table = _BAR.search(head) and _RULE.fullmatch(rule)
    if not is_table or len(_cells(head)) != len(_cells(rule)):
        return 0
    return 2 + sum(1 for _ in takewhile(_BAR.search, islice(lines, first + 2, None)))


def _evened(rows: list[str]) -> list[str]:
    counts = [len(_cells(row)) for row in rows]
    if len(set(counts)) == 1:
        return rows
    widest = max(counts)
    empty = ["", "--", *[""] * len(rows)]
    return [
        f"{_before(row)}| {' | '.join([*_cells(row), *[no] * (widest - count)])} |"
        for row, count, no in zip(rows, counts, empty, strict=False)
    ]


def _before(row: str) -> str:
    found = _ROW.fullmatch(row)
    return found["before"] if found else ""


def _cells(row: str) -> list[str]:
    found = _ROW.fullmatch(row)
    return [each.strip() for each in _BAR.split(found["cells"])] if found else []
