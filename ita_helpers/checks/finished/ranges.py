"""Ranges of scores of which one end is that of the scores and the other is not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.scopes import kinds
from ita_helpers.checks.finished.speaking import BEHIND, Number, Spoken, all_spoken
from ita_helpers.language.points import format_score

SMALL = 25
"""Points: no score is as low; a difference is."""


def wrong_ranges(report: Report) -> Iterator[Found]:
    """Yield the end of a range of scores that is not the highest or the lowest."""
    for spoken in all_spoken(report) if report.rules else ():
        for one, other in pairwise(spoken.numbers):
            if _is_range(spoken, one, other) and (wrong := _wrong_end(report, one, other)):
                number, right = wrong
                facts = {"right": format_score(right)}
                yield found_in(spoken.passage, number.start, number.text, **facts).told("range")


def _is_range(spoken: Spoken, one: Number, other: Number) -> bool:
    text = spoken.text
    return bool(
        min(one.points, other.points) > SMALL
        and said("range_between").fullmatch(text, one.end, other.start)
        and said("range_before").search(text, max(0, one.start - BEHIND), one.start)
    )


def _wrong_end(report: Report, one: Number, other: Number) -> tuple[Number, Decimal] | None:
    """Return the end that is wrong and what is right, if the other end is that of a group."""
    low, high = sorted((one, other), key=lambda each: each.points)
    ends = list(_ends(report))
    if any(pair == (low.points, high.points) for pair in ends):
        return None
    for lowest, highest in ends:
        if low.points == lowest:
            return high, highest
        if high.points == highest:
            return low, lowest
    return None


def _ends(report: Report) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the lowest and the highest points of each kind and group, of each year."""
    rules = report.rules
    groups = [*kinds(report)][:3]
    for instrument in rules.instruments.list if rules else ():
        groups.append(tuple(e.code for e in rules.indicators_of(instrument.code)) if rules else ())
    for year in (report.year, report.year - 1):
        points = report.points(year)
        for group in groups:
            known = [points[code] for code in group if code in points]
            if len(known) > 1:
                yield min(known), max(known)
