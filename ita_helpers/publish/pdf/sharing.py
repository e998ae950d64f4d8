"""The document as the compiler gets it: each cell of a table once, however often it stands there.

The compiler evaluates a cell for each time it is told; in a long plan most cells say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
Row = Sequence[Node]
Marks = tuple[str, int, str]
"""What the first cell of a row begins with, the place of the one that ends lowest, and its end."""
TOLD = ("scope", "align", "colspan", "rowspan", "tall")


def written(described: Node) -> str:
    """Return a described document as JSON; what marks its rows is put into their cells."""
    parts = [
        {**part, "blocks": [_block(each) for each in part["blocks"]]} for part in described["parts"]
    ]
    return json.dumps({**described, "parts": parts}, ensure_ascii=False)


def _block(node: Node) -> Node:
    match node["kind"]:
        case "table":
            return _table(node)
        case "panel":
            return {**node, "blocks": [_block(each) for each in node["blocks"]]}
        case "list":
            return {**node, "items": [[_block(each) for each in item] for item in node["items"]]}
        case "together":
            rows = [[[_block(each) for each in side] for side in row] for row in node["rows"]]
            return {**node, "rows": rows}
    return node


def _table(table: Node) -> Node:
    """Return a table with its different cells, and rows of their numbers."""
    cells = _Cells()
    marks = iter(table.get("marks", ()))
    head = [[cells.number(each) for each in row] for row in table["head"]]
    body = [cells.row(row, next(marks, None) if row else None) for row in table["body"]]
    told = {name: value for name, value in table.items() if name != "marks"}
    return {**told, "cells": cells.different, "head": head, "body": body}


class _Cells:
    """The different cells of a table in the order of their numbers."""

    def __init__(self) -> None:
        self.different: list[Node] = []
        self._numbers: dict[tuple[int, str, str], int] = {}

    def row(self, row: Row, marks: Marks | None) -> list[int]:
        """Return the numbers of a row's cells."""
        begins, lowest, ends = marks or ("", -1, "")
        return [
            self.number(each, "" if place else begins, ends if place == lowest else "")
            for place, each in enumerate(row)
        ]

    def number(self, cell: Node, begins: str = "", ends: str = "") -> int:
        """Return the number of a cell with these marks."""
        number = self._numbers.setdefault((id(cell), begins, ends), len(self.different))
        if number == len(self.different):
            inlines = [*_mark(begins), *cell["inlines"], *_mark(ends)]
            self.different.append({"inlines": inlines, **{name: cell[name] for name in TOLD}})
        return number


def _mark(name: str) -> Iterable[Node]:
    return ({"mark": name},) if name else ()
