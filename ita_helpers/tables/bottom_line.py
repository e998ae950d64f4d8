"""The bottom line: the whole result as one table, readable in a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ita_helpers.faces.table import Cell, Table, head_row
from ita_helpers.language.catalogue import label
from ita_helpers.scoring.findings import (
    find_highest,
    find_lowest,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import (
    all_equal,
    describe_change,
    describe_check,
    describe_components,
    describe_level,
    describe_lost,
    describe_missing,
    describe_next_level,
    describe_overall,
    describe_target,
    known_extreme,
)

KEYS = (
    "overall",
    "level",
    "change",
    "target",
    "components",
    "each_indicator",
    "highest",
    "lowest",
    "lost",
    "next",
    "check",
    "missing",
)


BEYOND_THE_RESULT = tuple(
    key for key in KEYS if key not in ("overall", "level", "target", "components", "lost", "next")
)
"""The rows without what the sentence on the result says, or a section of its own shows."""


def tabulate_bottom_line(data: ReportData) -> Table:
    """Return the whole result as one table, with the rows that the data allow.

    Score, level and reason, target, highest and lowest, change, discrepancies, what is missing.
    """
    return Table(
        caption=label("report.bottom_line.caption"),
        head=(head_row(label("report.head.topic"), label("report.head.result")),),
        body=tuple(
            (Cell(name, scope="row"), Cell(text)) for name, text in bottom_line_rows(data, KEYS)
        ),
    )


def bottom_line_rows(data: ReportData, keys: Sequence[str]) -> list[tuple[str, str]]:
    """Return some of the rows as name and text, without those that have nothing to say."""
    says: dict[str, Callable[[ReportData], str]] = {
        "overall": describe_overall,
        "level": describe_level,
        "target": describe_target,
        "components": describe_components,
        "each_indicator": all_equal,
        "highest": lambda each: known_extreme(each, find_highest(each.assessment)),
        "lowest": lambda each: known_extreme(each, find_lowest(each.assessment)),
        "lost": describe_lost,
        "change": describe_change,
        "next": describe_next_level,
        "check": describe_check,
        "missing": describe_missing,
    }
    return [(label(f"report.bottom_line.{key}"), text) for key in keys if (text := says[key](data))]
