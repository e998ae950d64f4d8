"""A score told beside a difference that it has only with two of its digits swapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.passages.gaps import Gap
from ita_helpers.checks.finished.passages.speaking import Number, Spoken
from ita_helpers.checks.finished.reading import SMALL
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.sums.arithmetic import with_swaps
from ita_helpers.language.points import format_score

AHEAD, BEHIND = 170, 60
"""Characters before a difference and behind it in which the score at fault stands."""


def swapped_score(
    report: Report, spoken: Spoken, number: Number, gaps: Sequence[Gap]
) -> Found | None:
    """Return the one score beside a difference with which, two digits swapped, it would be right.

    A score that stands elsewhere too is no slip of the pen.
    """
    found = {
        (place, right): gap
        for gap in gaps
        for told, other in ((gap.one, gap.other), (gap.other, gap.one))
        for place in _places(report, spoken, number, told)
        for right in with_swaps(format_score(told), is_any=True)
        if abs(right - other) == number.points
    }
    if len(found) != 1:
        return None
    ((place, right), gap), *_ = found.items()
    facts = gap.facts | {"by": number.text, "right": format_score(right)}
    return found_in(spoken.passage, place.start, place.text, **facts).told("swapped")


def _places(report: Report, spoken: Spoken, number: Number, points: Decimal) -> Iterator[Number]:
    """Yield where points stand beside a difference, if they stand nowhere else."""
    if points <= SMALL or any(
        each.points == points and (each.is_of_table or each.spot != spoken.passage.spot)
        for each in report.claims.claims
    ):
        return
    start, end = number.start - AHEAD, number.end + BEHIND
    told = [each for each in spoken.numbers if each.points == points]
    if len(told) == 1 and start <= told[0].start < end:
        yield told[0]
