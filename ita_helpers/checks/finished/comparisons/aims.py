"""Aims and conditions that would have scores fall."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in


def turned_aims(report: Report) -> Iterator[Found]:
    """Yield the words by which points are not to be passed, or are to fall to reach something."""
    for key in ("aim_not_above", "fall_to_reach", "to_fall_for"):
        for passage, place in report.places(said(key)):
            start = place.start("turned")
            found = passage.text[start : place.end("points")]
            yield found_in(passage, start, found).told("aim")
