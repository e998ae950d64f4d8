"""What a report of many offices tells of them together: means, changes, highest and lowest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.names.agencies import agencies_in, scores_of_agencies
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, all_spoken, places
from ita_helpers.checks.finished.passages.standing import is_slip, is_swap
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score

BEFORE = 80
"""Characters before a number in which it is told as a mean."""


def wrong_group_scores(report: Report) -> Iterator[Found]:
    """Yield means of offices, and highest and lowest scores, that are a slip of those told."""
    if (OVERALL, report.year) in report.scores:
        return
    told: list[tuple[int, Decimal]] = []
    for spoken, number in report.once(_means):
        year = spoken.year_at(number.start, report.year)
        right = next((p for of, p in told if of == year and is_swap(p, number.points)), None)
        told.append((year, number.points))
        if right is not None:
            facts = {"name": label("said.mean_named"), "year": year, "usual": format_score(right)}
            yield found_in(spoken.passage, number.start, number.text, **facts)
    points = [e.number.points for e in scores_of_agencies(report) if e.year == report.year]
    for spoken, place in places(report, "end_of_offices") if len(set(points)) > 1 else ():
        printed, end = Decimal(place["points"]), max(points) if place["high"] else min(points)
        is_named = spoken.named or agencies_in(report, place.group())
        if not is_named and printed not in points and is_slip(printed, end):
            facts = {"name": place["end"].strip(), "year": report.year}
            yield found_at(spoken.passage, place, "points", usual=format_score(end), **facts)


def wrong_changes_of_means(report: Report) -> Iterator[Found]:
    """Yield by how much a mean of offices is said to have changed, if a slip makes it of that."""
    if (OVERALL, report.year) in report.scores:
        return
    known: dict[int, set[Decimal]] = {}
    for spoken, number in report.once(_means):
        year = spoken.year_at(number.start, report.year)
        known.setdefault(year, set()).add(number.points)
    new, old = (known.get(year, set()) for year in (report.year, report.year - 1))
    if len(new) != 1 or len(old) != 1:
        return
    by = abs(min(new) - min(old))
    for spoken, place in places(report, "change_of_mean"):
        told = Decimal(place["by"])
        if not spoken.named and abs(told - by) > CLOSE and is_slip(told, by):
            facts = {"old": format_score(min(old)), "new": format_score(min(new))}
            yield found_at(spoken.passage, place, "by", right=format_score(by), **facts)


def _means(report: Report) -> list[tuple[Spoken, Number]]:
    """Return the numbers that sentences tell as the mean of offices."""
    return [
        (spoken, number)
        for spoken in all_spoken(report)
        if spoken.numbers and not spoken.named and not spoken.passage.row
        for number in spoken.numbers
        if number.points > SMALL
        and said("mean_before").search(spoken.text[max(0, number.start - BEFORE) : number.start])
    ]
