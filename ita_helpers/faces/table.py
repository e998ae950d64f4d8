"""A table as a value: cells, caption and notes; rendered as HTML, plain text or DataFrame.

Frozen first, rendered last; the exporters read the HTML face, analysts the DataFrame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Self

from markupsafe import escape

from ita_helpers.faces.prose import with_breaks
from ita_helpers.language.thai import Numerals, with_numerals

if TYPE_CHECKING:
    import pandas as pd


Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """One cell; ``scope`` makes it a header of its column, row or group of rows."""

    text: str
    align: Align = "left"
    scope: Literal["", "col", "row", "rowgroup", "colgroup"] = ""
    colspan: int = 1
    rowspan: int = 1
    strong: bool = False
    verbatim: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A captioned table; ``notes`` are set under it."""

    caption: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    numerals: Numerals = "arabic"

    def in_numerals(self, numerals: Numerals) -> Self:
        """Return the table with its HTML and plain faces in these digits."""
        return replace(self, numerals=numerals)

    def frame(self) -> pd.DataFrame:
        """Return the body as a DataFrame of text; a cell over several places fills them all."""
        import pandas as pd

        names = [cell.text for cell in self.head[-1]] if self.head else None
        return pd.DataFrame(_spread(self.body), columns=names)

    def _repr_html_(self) -> str:
        head = f"<thead>{self._rows(self.head)}</thead>" if self.head else ""
        notes = "".join(
            f'<p class="ita-note">{escape(self._digits(note))}</p>' for note in self.notes
        )
        caption = f"<caption>{escape(self._digits(self.caption))}</caption>"
        body = f"<tbody>{self._rows(self.body)}</tbody>"
        return f'<table class="ita-table">{caption}{head}{body}</table>{notes}'

    def __repr__(self) -> str:
        lines = [self.caption]
        lines += [" | ".join(cell.text for cell in row) for row in (*self.head, *self.body)]
        return with_numerals("\n".join([*lines, *self.notes]), self.numerals)

    def _digits(self, text: str) -> str:
        return with_numerals(text, self.numerals)

    def _rows(self, rows: Sequence[Row]) -> str:
        return "".join(
            f"<tr>{''.join([_written(cell, self.numerals) for cell in row])}</tr>" for row in rows
        )


@lru_cache(maxsize=4_000)
def _written(cell: Cell, numerals: Numerals) -> str:
    """Return the HTML of a cell; many tables say the same again."""
    tag = "th" if cell.scope else "td"
    attributes = {
        "scope": cell.scope,
        "colspan": str(cell.colspan) if cell.colspan > 1 else "",
        "rowspan": str(cell.rowspan) if cell.rowspan > 1 else "",
        "style": f"text-align:{cell.align}" if cell.align != "left" else "",
        "translate": "no" if cell.verbatim else "",
    }
    written = "".join(f' {name}="{value}"' for name, value in attributes.items() if value)
    text = with_breaks(cell.text if cell.verbatim else with_numerals(cell.text, numerals))
    body = f"<strong>{text}</strong>" if cell.strong else text
    return f"<{tag}{written}>{body}</{tag}>"


def _spread(rows: Sequence[Row]) -> list[list[str]]:
    """Return the texts of a grid, repeating spanning cells in each of their places."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        place = 0
        for cell in row:
            while place in grid[number]:
                place += 1
            for covered in grid[number : number + cell.rowspan]:
                covered.update(dict.fromkeys(range(place, place + cell.colspan), cell.text))
    return [[line[place] for place in sorted(line)] for line in grid]


def head_row(*texts: str, aligns: Sequence[Align] = ()) -> Row:
    """Return a row of column headers, left-aligned where ``aligns`` ends."""
    rest: list[Align] = ["left"] * (len(texts) - len(aligns))
    padded = [*aligns, *rest]
    return tuple(
        Cell(text, scope="col", align=align) for text, align in zip(texts, padded, strict=True)
    )


def left_then_right(rest: int) -> tuple[Align, ...]:
    """Return the alignment of a row name and so many columns of numbers."""
    numbers: list[Align] = ["right"] * rest
    return ("left", *numbers)


def group_row(text: str, columns: int) -> Row:
    """Return a header row over all columns, for a group of rows."""
    return (Cell(text, scope="rowgroup", colspan=columns),)


def number(text: str, *, strong: bool = False) -> Cell:
    """Return a right-aligned cell."""
    return Cell(text, align="right", strong=strong)
