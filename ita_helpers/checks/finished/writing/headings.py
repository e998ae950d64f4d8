"""Headings with nothing under them, or that stand twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.reading import bare, pattern
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, Rule, all_of
from ita_helpers.checks.finished.writing.structure import (
    captions_twice,
    counted_twice,
    entries_of_other_parts,
    missing_tables,
    rows_counted_wrong,
    unfilled,
    unfilled_names,
    without_table,
)
from ita_helpers.documents.document import Line
from ita_helpers.records.spot import Spot

Heading = tuple[int, str, str, Spot]
"""Its place among the blocks, its number, its words, its spot."""


def _headings(report: Report) -> Iterator[Heading]:
    """Yield each numbered heading."""
    for place, block in enumerate(report.document.blocks):
        if isinstance(block, Line):
            found = pattern("section_heading").fullmatch(squeezed(block.text))
            if found:
                yield place, found["number"].rstrip("."), found["words"], block.spot


def _of_parts(report: Report) -> list[Heading]:
    """Return the headings, without those of a list of contents, which come again."""
    listed = list(_headings(report))
    last = {(number, bare(words)): place for place, number, words, _ in listed}
    return [each for each in listed if last[each[1], bare(each[2])] == each[0]]


def _empty(report: Report) -> Iterator[Found]:
    """Yield headings that are followed at once by one of their own depth."""
    listed = report.once(_of_parts)
    for (place, number, words, spot), (following, next_number, _, _) in pairwise(listed):
        between = report.document.blocks[place + 1 : following]
        is_empty = not any(not isinstance(each, Line) or each.text.strip() for each in between)
        if is_empty and 0 < number.count(".") >= next_number.count("."):
            yield Found(spot, f"{number} {words}", f"{number} {words}")


def _twice(report: Report) -> Iterator[Found]:
    """Yield headings with the words of an earlier one of the same part."""
    first: dict[tuple[str, str], str] = {}
    for _, number, words, spot in report.once(_of_parts):
        part = number.rpartition(".")[0]
        known = first.setdefault((part, bare(words)), number)
        if known != number and part:
            yield Found(spot, f"{number} {words}", f"{number} {words}", {"first": known})


RULES = (
    Rule("ITA831", "hint", all_of(_empty, unfilled, unfilled_names)),
    Rule("ITA832", "warning", _twice),
    Rule("ITA833", "warning", all_of(without_table, missing_tables)),
    Rule(
        "ITA834",
        "warning",
        all_of(counted_twice, rows_counted_wrong, captions_twice, entries_of_other_parts),
    ),
)
