"""A plan of measures on a sheet: its cells by the meaning of their columns, and its other rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ita_helpers.documents.plan_heads import column_of, head_of, is_named, is_row_of
from ita_helpers.documents.plan_time import period_of
from ita_helpers.language.thai import to_arabic
from ita_helpers.spreadsheets.grids import Grid

FEWEST = 2
"""Known columns, the measure among them, that make a heading."""
_DASHES = "-\u2013\u2014 "


@dataclass(frozen=True)
class PlanTable:
    """A plan on a sheet: first and last row of its heading, the column of each heading.

    ``others`` are further columns of the same meaning, ``calendar`` the months or quarters that
    columns stand for. Rows and columns count from 0.
    """

    grid: Grid
    head: int
    columns: Mapping[str, int]
    last: int
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    calendar: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def above(self) -> Mapping[tuple[int, int], int]:
        """The row whose text holds for each cell of an area merged downwards."""
        return {
            (row, first): top
            for top, first, bottom, _ in self.grid.merged
            for row in range(top + 1, bottom + 1)
        }

    @cached_property
    def _texts(self) -> dict[tuple[int, str], str]:
        """The cells that were asked for: each is asked for often."""
        return {}

    def text(self, row: int, column: str) -> str:
        """Return a cell; a cell merged downwards holds for each of its rows, a dash is nothing."""
        if (known := self._texts.get((row, column))) is None:
            known = self._texts[row, column] = self._text(row, column)
        return known

    def _text(self, row: int, column: str) -> str:
        at = self.columns.get(column)
        written = [] if at is None else [self._cell(row, at)]
        written += [self._cell(row, each) for each in self.others.get(column, ())]
        if column == "start" and self.calendar and not any(written):
            return period_of(self.calendar, self._marked(row))
        return "\n".join(filter(None, written))

    def _cell(self, row: int, at: int) -> str:
        text = self.grid.cell(self.above.get((row, at), row), at)
        return text if text.strip(_DASHES) else ""

    def _marked(self, row: int) -> set[int]:
        """Return the columns of the calendar in which a row has anything."""
        marked = {at for at in self.calendar if self._cell(row, at)}
        for top, left, _, right in self.grid.merged:
            if top == row and left in marked:
                marked |= set(range(left, right + 1)) & set(self.calendar)
        return marked

    def is_empty(self, row: int) -> bool:
        """Whether a row has nothing of its own under the headings."""
        return not any(self.grid.cell(row, at).strip(_DASHES) for at in self.used)

    def continues(self, row: int, column: str) -> bool:
        """Whether a cell belongs to the one above."""
        return (row, self.columns.get(column)) in self.above

    def heading(self, column: str) -> str:
        """Return the heading of a column in the file, else the usual one."""
        at = self.columns.get(column)
        if at is None:
            return head_of(column)
        return self.grid.cell(self.head, at) or self.grid.cell(self.last, at)

    def section(self, row: int) -> str:
        """Return the text of a row that only names what the measures below are grouped by.

        It stands alone in its row: across merged cells, beside the columns of the plan, or where
        its words say that it is no measure.
        """
        texts = {at: text for at, text in enumerate(self._row(row)) if text.strip(_DASHES)}
        if len(set(texts.values())) != 1:
            return ""
        at, text = next(iter(texts.items()))
        is_wide = len(texts) > 1 or any(
            (top, left, bottom) == (row, at, row) and right > left
            for top, left, bottom, right in self.grid.merged
        )
        is_alone = at not in self.used or is_row_of("section", text)
        return text if (is_wide or is_alone) and not text.strip("().").isdigit() else ""

    def is_below(self, row: int) -> bool:
        """Whether a row says who signs, or is a note to the table."""
        first = next((text for text in self._row(row) if text), "")
        return is_row_of("below", first)

    def is_total(self, row: int) -> bool:
        """Whether a row adds up the rows above it, or numbers the columns."""
        texts = [text for text in self._row(row) if text.strip(_DASHES)]
        return is_row_of("total", texts[0]) or all(each.strip("().").isdigit() for each in texts)

    def heads_again(self, row: int) -> str:
        """Return what a row is if it is a heading: ``same`` as this one, ``other``, or nothing."""
        cells = self._row(row)
        if all(self.grid.cell(row, at) == self.grid.cell(self.head, at) for at in self.used):
            return "same"
        if not has_names(cells):
            return ""
        places = places_of(self.grid, row)
        if not {"measure", "guideline"} & set(places):
            return ""
        own = {at: column for column, at in self.columns.items()}
        is_same = all(own.get(each[0], column) == column for column, each in places.items())
        return "same" if is_same else "other"

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The columns that the program reads."""
        others = [at for each in self.others.values() for at in each]
        return (*self.columns.values(), *others, *self.calendar)

    @property
    def has_start(self) -> bool:
        """Whether first days have a column, or months do."""
        return "start" in self.columns or bool(self.calendar)

    @cached_property
    def read_columns(self) -> tuple[str, ...]:
        """The columns of a measure that the table has."""
        start = ("start",) if self.calendar and "start" not in self.columns else ()
        return (*self.columns, *start)

    @property
    def extra(self) -> tuple[str, ...]:
        """The headings that the program does not use, without that of the rows' numbers."""
        known = set(self.used)
        cells = enumerate(self.grid.rows[self.head])
        return tuple(
            text for at, text in cells if text and at not in known and not self._is_count(at)
        )

    def _is_count(self, column: int) -> bool:
        """Whether a column holds nothing but the numbers of rows."""
        cells = (self.grid.cell(row, column) for row in range(self.last + 1, len(self.grid.rows)))
        numbers = [cell.strip().rstrip(".") for cell in cells if cell.strip()]
        in_order = list(map(str, range(1, len(numbers) + 1)))
        return bool(numbers) and [to_arabic(each) for each in numbers] == in_order

    @property
    def has_measures(self) -> bool:
        """Whether any row below the heading names a measure."""
        rows = range(self.last + 1, len(self.grid.rows))
        return any(self.text(row, "measure") and not self.section(row) for row in rows)

    @property
    def is_certain(self) -> bool:
        """Whether its heading has names of columns and not only words like them."""
        return has_names(self._row(self.head))

    def _row(self, row: int) -> tuple[str, ...]:
        return self.grid.rows[row] if row < len(self.grid.rows) else ()


def has_names(cells: Iterable[str]) -> bool:
    """Whether cells are called exactly as columns of a plan are."""
    return len({column_of(text) for text in cells if is_named(text)}) >= FEWEST


def places_of(grid: Grid, row: int) -> dict[str, list[int]]:
    """Return the columns that the headings of a row mean, each with where it may be."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(grid.rows[row]):
        if column := column_of(text):
            places.setdefault(column, []).append(at)
    return places
