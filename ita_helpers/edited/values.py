"""The values in a copy's parameters cell: those of its own office.

A run uses the parameter file's values all the same: papermill inserts them after this cell.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ita_helpers.language.catalogue import label

PARAMETERS = "parameters"
"""The tag by which papermill knows the cell, and the cell's id in our templates."""


def values_in(source: str) -> dict[str, Any]:
    """Return the values a cell assigns, the last of each name; none if it is not Python."""
    return {name: ast.literal_eval(value) for name, value in _named(source)}


def with_values(source: str, values: Mapping[str, Any]) -> str:
    """Return a cell that assigns these values instead of its own; all else in it stays."""
    lines = source.encode("utf-8").split(b"\n")
    for name, value in reversed(list(_named(source))):
        first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
        if name in values:
            before, after = lines[first][: value.col_offset], lines[last][value.end_col_offset :]
            lines[first : last + 1] = [before + _written(values[name]).encode("utf-8") + after]
    return b"\n".join(lines).decode("utf-8")


def with_note(source: str) -> str:
    """Return an office's cell with the line that says whose values a report uses."""
    return f"{_without_note(source)}\n{label('edit.values_note')}"


def names_the_same(source: str, other: str) -> bool:
    """Whether two cells differ only in the values they assign."""
    return _without_values(source) == _without_values(other)


def _without_values(source: str) -> str:
    return with_values(_without_note(source), dict.fromkeys(values_in(source)))


def _without_note(source: str) -> str:
    note = label("edit.values_note")
    return "\n".join(line for line in source.rstrip().split("\n") if line.strip() != note)


def _named(source: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that is assigned a literal value."""
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for line in lines:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_plain(value):
                yield name, value


def _is_plain(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _written(value: Any) -> str:
    """Return a value as Python, its texts in the quotes that the templates use."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
