"""Rows of means below all that an instrument or an indicator consists of: the score of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.documents.document import Cell
from ita_helpers.documents.naming import Naming
from ita_helpers.documents.table_heads import PARTS, Head, is_total
from ita_helpers.documents.table_values import points_of


class MeanRows:
    """Keeps the rows of a table since the last mean, to tell of what the next one is the mean."""

    def __init__(self, naming: Naming, heads: Sequence[Head]) -> None:
        self._framework, self._heads = naming.framework, heads
        self._rows: list[tuple[str, Sequence[Cell]]] = []

    def codes(self, row: Sequence[Cell], label: Head) -> Iterator[tuple[Cell, str]]:
        """Yield the cells of a row that hold the score of an instrument or a part, and its code."""
        is_item = label.code in self._framework.item_codes
        if (is_item or self._framework.find_indicator(label.code)) and not label.of:
            self._rows.append((label.code, row))
            return
        rows, self._rows = self._rows, []
        words = " ".join(e.text for e in row[:-1] if points_of(e.text) is None).strip()
        if label.code or label.of or label.year or not (label.is_mean or is_total(words)):
            return
        instrument = self._of_all({code for code, _ in rows})
        for at, cell in enumerate(row) if instrument else ():
            points, above = points_of(cell.text), list(_points(rows, at))
            head = self._heads[at] if at < len(self._heads) else Head("")
            if points is None or not at or head.is_none or len(above) != len(rows):
                continue
            if head.is_value and min(above) <= points <= max(above):
                code = head.code if head.code in PARTS else instrument
                if head.code in ("", instrument) or code.startswith(instrument):
                    yield cell, code

    def _of_all(self, codes: set[str]) -> str:
        """Return that of which these are all indicators or all items, if there are several."""
        if codes and codes <= set(self._framework.item_codes):
            indicators = (each.code for each in self._framework.indicators.list)
            of = ((code, {e.code for e in self._framework.items_of(code)}) for code in indicators)
            return next((code for code, own in of if own == codes and len(own) > 1), "")
        found = {self._framework.indicator(each).instrument for each in codes}
        code = found.pop() if len(found) == 1 else ""
        own = {each.code for each in self._framework.indicators_of(code)} if code else set()
        return code if own == codes and len(own) > 1 else ""


def _points(rows: Sequence[tuple[str, Sequence[Cell]]], at: int) -> Iterator[Decimal]:
    """Yield the points of a column in some rows."""
    for _, row in rows:
        points = points_of(row[at].text) if at < len(row) else None
        if points is not None:
            yield points
