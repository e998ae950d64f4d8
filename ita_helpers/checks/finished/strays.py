"""Scores in sentences that nothing explains, and that are nearly those of what stands beside them.

No wording is looked for: a number that the report has no reason to print, one digit away from the
points of what the sentence names, is a slip of the hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import (
    BEFORE,
    BEHIND,
    Number,
    Spoken,
    all_spoken,
    names_another,
)
from ita_helpers.checks.finished.standing import (
    explained,
    indicators,
    is_slip,
    plain_mean,
    values,
)
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score


def strays(report: Report) -> Iterator[Found]:
    """Yield points that nothing explains and that are nearly those of what they are said of."""
    known = explained(report)
    for spoken in all_spoken(report) if known else ():
        for number in spoken.numbers:
            points = number.points.quantize(Decimal("0.01"))
            if not SMALL < points <= 100 or points in known or _is_other(spoken, number):
                continue
            if found := _nearly(report, spoken, number):
                yield found


def _is_other(spoken: Spoken, number: Number) -> bool:
    """Whether words around a number say that it is a limit, or of something else."""
    text = spoken.plain
    before = text[max(0, number.start - BEFORE) : number.start]
    near = before[-BEHIND:]
    return bool(
        said("another_survey").search(before)
        or said("of_others").search(before)
        or said("limit_before").search(near)
        or (said("aim_ahead").search(before) and not said("mean_of_all").search(before))
        or names_another(spoken, number.start)
        or said("limit_behind").match(text, number.end)
    )


def _nearly(report: Report, spoken: Spoken, number: Number) -> Found | None:
    if said("mean_of_all").search(spoken.text, max(0, number.start - BEFORE), number.start):
        return _mean(report, spoken, number)
    year = spoken.year_at(number.start, spoken.passage.year or report.year)
    for code in _subjects(spoken, number):
        for of in dict.fromkeys((min(year, report.year), report.year, report.year - 1)):
            for right in values(report, code, of):
                if is_slip(number.points, right):
                    return _found(report, spoken.passage, number, code, of, right)
    return None


def _mean(report: Report, spoken: Spoken, number: Number) -> Found | None:
    points = indicators(report, report.year)
    right = plain_mean(points.values()) if len(points) > 1 else None
    if right is None or not is_slip(number.points, right):
        return None
    return _found(report, spoken.passage, number, OVERALL, report.year, right)


def _found(
    report: Report, passage: Passage, number: Number, code: str, year: int, right: Decimal
) -> Found:
    facts = {"name": name_of(report, code), "year": year, "usual": format_score(right)}
    return found_in(passage, number.start, number.text, **facts)


def _subjects(spoken: Spoken, number: Number) -> list[str]:
    """Return what a number may be of, the nearest first."""
    before = spoken.last_named(number.start)
    behind = spoken.next_named(number.end)
    found = [before.code] if before else []
    if behind and not spoken.between(number.end, behind.start):
        is_told = said("of_what_follows").match(spoken.text[number.end : behind.start] or " ")
        found = [behind.code, *found] if is_told else [*found, behind.code]
    is_under = spoken.passage.under.isdigit()
    near = [e for e in spoken.described if abs(number.start - e.start) < BEFORE]
    described = near if before or not is_under else []
    found += [each.code for each in reversed(described)]
    if not before:
        found.append(spoken.passage.under or OVERALL)
    return list(dict.fromkeys(found))
