"""What the columns of a table are headed, in one row or two, and the years that heads name."""

from __future__ import annotations

import re

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import heads_of, squeezed
from ita_helpers.checks.finished.sums.arithmetic import number_in
from ita_helpers.documents.document import Table

FIRST, LAST = "0", "9999"
YEAR = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_DIGIT = re.compile(r"\d")


def joined_heads(table: Table) -> list[str]:
    """Return the head of each column: of the first row, or of the first two."""
    first = heads_of(table)
    if not has_two_rows(table):
        return first
    second = [squeezed(each.text) for each in table.rows[1]]
    return [f"{one} {two}".strip() for one, two in zip(first, second, strict=True)]


def has_two_rows(table: Table) -> bool:
    """Whether the second row of a table is of heads too: it holds years and words alone."""
    if len(table.rows) < 2 or len(table.rows[0]) != len(table.rows[1]):
        return False
    if all(number_in(each) is not None for each in table.rows[1][1:]):
        return False
    texts = [squeezed(each.text) for each in table.rows[1]]
    return all(YEAR.search(text) or not _DIGIT.search(text) for text in texts)


def years_of(head: str) -> list[str]:
    """Return the years that a head names; last year and this one without a number as ends."""
    is_last, is_this = said("last_year").search(head), said("this_year").search(head)
    return YEAR.findall(head) or [FIRST] * bool(is_last) or [LAST] * bool(is_this)


def year_of(head: str) -> int:
    """Return the only year (B.E.) that a head names, or 0."""
    years = {int(each) for each in YEAR.findall(head)}
    return years.pop() if len(years) == 1 else 0
