"""What the tables over several years share: headings, scores and marks of change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ita_helpers.faces.table import (
    Row,
    head_row,
    left_then_right,
)
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.scoring.history import Comparability, HistoryYear

YEARS_SHOWN = 5
"""Indicators and components are shown over at most this many fiscal years."""


def change_mark(verdict: Comparability) -> str:
    """Return the mark after a change that needs care in comparing, else nothing."""
    is_marked = verdict in ("changed", "assumed")
    return label("report.history.change_mark") if is_marked else ""


def change_notes(years: Sequence[HistoryYear]) -> Iterator[str]:
    """Yield what the mark after a change means for these years."""
    if any(year.since_previous == "changed" for year in years):
        yield label("report.history.change_note")
    for year in years:
        if year.since_previous == "assumed":
            yield say("report.history.assumed_note", year=year.fiscal_year)


def year_heads(first: str, years: Sequence[HistoryYear]) -> Row:
    """Return the head of a table with a column a year."""
    return head_row(
        first,
        *(str(year.fiscal_year) for year in years),
        aligns=left_then_right(len(years)),
    )


def score_text(value: Fraction | Decimal | None) -> str:
    """Return a score, or the text for a missing one."""
    return label("words.no_data") if value is None else format_score(value)


def join_years(years: Sequence[int]) -> str:
    """Return fiscal years as a range where none is missing, else one by one."""
    if len(years) > 1 and list(years) == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return join_names(map(str, years))
