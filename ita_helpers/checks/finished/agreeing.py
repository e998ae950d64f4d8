"""Counts that must agree: with a numbered list, and parts with a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in

FEWEST = 2


def numbered_lists(report: Report) -> Iterator[Found]:
    """Yield totals behind a list in one line that are not its last number."""
    for passage, place in report.places(said("listed_in_all"), in_lines=True):
        numbers = [int(e["number"]) for e in said("numbered").finditer(place["list"])]
        is_list = len(numbers) >= FEWEST and numbers == list(range(1, len(numbers) + 1))
        if is_list and int(place["count"]) != len(numbers):
            found = passage.text[place.start("count") : place.end("unit")]
            right = str(len(numbers))
            yield found_in(passage, place.start("count"), found, right=right).told("rows")


def parts_of_cases(report: Report) -> Iterator[Found]:
    """Yield cases left that do not make all that came in with those that are done."""
    for passage, place in report.places(said("cases")):
        whole, done, left = (_number(place, each) for each in ("whole", "done", "left"))
        if done + left != whole:
            found = passage.text[place.start("left") : place.end()]
            right = str(whole - done) if whole >= done else str(done + left)
            yield found_in(passage, place.start("left"), found, right=right).told("cases")


def _number(place: re.Match[str], group: str) -> int:
    return int(place[group].replace(",", ""))
