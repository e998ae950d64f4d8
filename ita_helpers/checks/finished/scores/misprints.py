"""Scores that are no numbers as they are printed: with letters, or without their point."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.standing import explained
from ita_helpers.checks.finished.reading import pattern, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_at, found_in, found_in_cell
from ita_helpers.language.points import format_score

FEWEST = 3
"""Scores in a column that make it one of scores."""
_DIGITS = str.maketrans("OoIl", "0011")


def lost_points(report: Report) -> Iterator[Found]:
    """Yield whole numbers in a column of scores that have lost their decimal point."""
    for table in report.tables:
        width = max((len(row) for row in table.rows), default=0)
        for column in range(1, width):
            cells = [row[column] for row in table.rows if len(row) > column]
            scores = [e for e in cells if said("score_cell").fullmatch(squeezed(e.text))]
            for cell in cells if len(scores) >= FEWEST else ():
                text = squeezed(cell.text)
                if said("lost_point").fullmatch(text):
                    right = format_score(Decimal(text) / 100)
                    yield found_in_cell(cell, right=right).told("lost")


def lost_in_sentences(report: Report) -> Iterator[Found]:
    """Yield whole numbers of points that are a score of the report without its decimal point."""
    for passage, place in report.find("points_without_point"):
        points = Decimal(place["points"]) / 100
        if points in explained(report):
            right = format_score(points)
            yield found_in(passage, place.start(), place["points"], right=right).told("lost")


def letters_for_digits(report: Report) -> Iterator[Found]:
    """Yield scores and years in which a letter stands for a digit that looks like it."""
    for passage, place in report.places(pattern("letters_in_year")):
        right = place["year"].translate(_DIGITS)
        found = found_at(passage, place, "year", right=right)
        yield found.told("letters")
    for passage, place in report.places(pattern("letters_in_score")):
        right = place.group().translate(_DIGITS)
        yield found_at(passage, place, right=right).told("letters")
