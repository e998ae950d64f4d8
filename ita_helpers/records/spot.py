"""Where something stands in a document, so that a reader finds it again."""

from __future__ import annotations

from ita_helpers.values import value


@value(frozen=True, order=True)
class Spot:
    """Where something stands in a document; counted from 1, and 0 where it does not apply.

    ``line`` counts the lines of text outside tables, ``table`` the tables; ``row`` and ``column``
    are those of the table. ``page`` is known of PDFs only, ``sheet`` and ``cell`` (``C8``) of
    spreadsheets, whose rows and columns are those of the sheet.
    """

    file: str
    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
