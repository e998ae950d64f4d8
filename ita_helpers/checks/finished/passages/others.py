"""What a figure is compared with: a target, another year, the mean of others, or a figure told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.shared import limits_of, own_targets
from ita_helpers.checks.finished.passages.speaking import names_another, places
from ita_helpers.checks.finished.reading import SMALL, any_of, figures, pattern, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.trust import of_others
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.sentences import full_year
from ita_helpers.language.points import format_score, parse_number

CLOSE, NEAR, FAR = 4, 25, 70
"""Characters behind a comparison in which its other side is named at once, or at all; and before
a score in which stands whose it is.
"""


def other_side(
    report: Report, subject: str, behind: str, own_year: int
) -> tuple[list[Decimal], Decimal | None, bool]:
    """Return the other side of a comparison, the difference told, and whether it is a result.

    A result is another year's of the same, or that of others; then this side may be left unsaid.
    ``own_year`` (B.E.) is that of this side.
    """
    if target := pattern("target_and_difference").match(behind):
        if not target["first"] and said("target_of_own").search(target.group()):
            return sorted(own_targets(report)), None, False
        is_told = "(" in target.group()
        return *_target(report, target["first"], target["second"], is_told=is_told), False
    listed = [each.points for each in figures(behind)]
    by = next((each for each in listed if each <= SMALL), None)
    if (named := report.mentions(behind)) and named[0].start < CLOSE and not _starts(behind):
        is_of_last = said("last_year_behind").match(behind, named[0].end)
        year = report.year - 1 if is_of_last else own_year
        return claimed_points(report, named[0].code, year), by, False
    if said("year_before_alone").match(behind):
        return _of_year_before(report, subject, behind), None, True
    told = figures(behind)
    if by is not None and listed[0] == by and len(told) > 1:
        between = behind[told[0].end : told[1].start]
        listed = listed if said("other_of_gap").fullmatch(between) else listed[:1]
    if large := [each for each in listed if each > SMALL]:
        is_known = large[0] in _of_year_before(report, subject, behind)
        return large[:1], by, is_known or bool(pattern("of_others").match(behind))
    if pattern("this_result").match(behind):
        return claimed_points(report, OVERALL, report.year), by, False
    if pattern("of_others").match(behind):
        return list(_means_of_others(report, behind, subject)), by, True
    if pattern("year_before").match(behind.lstrip()):
        return _of_year_before(report, subject, behind), by, True
    near = [each for each in named if each.start < NEAR]
    others = claimed_points(report, near[0].code, report.year) if near and not listed else []
    return others, None, False


def _of_year_before(report: Report, subject: str, behind: str) -> list[Decimal]:
    """Return the points of a subject in the year before that words begin with, if they do."""
    if not pattern("year_before").match(behind.lstrip()):
        return []
    return claimed_points(report, subject, year_of_words(report, behind[:40]) or report.year - 1)


def _starts(behind: str) -> bool:
    """Whether words begin with a figure."""
    return behind.lstrip()[:1].isdigit()


def others_than_own(report: Report) -> Iterator[Found]:
    """Yield words that put a mean or another office on the wrong side of the report's own score."""
    for spoken, place in places(report, "than_own") if report.rules else ():
        before = spoken.text[max(0, place.start() - FAR) : place.start()]
        if not of_others(before) and not names_another(spoken, place.start()):
            continue
        subject = report.subject_before(spoken.text, place.start()) or OVERALL
        own = claimed_points(report, subject, report.year)
        points, is_up = Decimal(place["points"]), bool(place["up"])
        if own and all(points != each and (points > each) != is_up for each in own):
            facts = {"points": format_score(points), "other": format_score(own[0])}
            found = spoken.text[place.start("way") : place.end()]
            yield found_in(spoken.passage, place.start("way"), found, **facts)


def year_of_words(report: Report, words: str) -> int:
    """Return the fiscal year (B.E.) that words begin with, 0 if they say none."""
    found = pattern("any_year").search(words)
    year = full_year(found["year"]) if found else 0
    return year if year <= report.year else 0


def claimed_points(report: Report, code: str, year: int) -> list[Decimal]:
    """Return all points that a report claims for a code in a year (B.E.), the usual ones first."""
    usual = report.scores.get((code, year))
    claimed = [e.points for e in report.claimed(code, year) if e.points is not None]
    return list(dict.fromkeys((usual, *claimed))) if usual is not None else []


def _target(
    report: Report, first: str | None, second: str | None, *, is_told: bool
) -> tuple[list[Decimal], Decimal | None]:
    """Return the target behind a comparison, or the year's, and the difference if it is told."""
    usual = [Decimal(str(report.rules.target.overall))] if report.rules else []
    points, by = (Decimal(each) if each else None for each in (first, second))
    if points is None:
        return usual, by
    if is_told or points > SMALL:
        is_whole = points == points.to_integral_value()
        return [points], None if is_whole and not is_told else by
    return [*usual, *(own_targets(report) or limits_of(report))], points


def _means_of_others(report: Report, behind: str, subject: str) -> Iterator[Decimal]:
    """Yield the means of a group that the report gives for a code, or in a row of a table."""
    group = pattern("of_others").match(behind)
    words = squeezed(group["group"] or "") if group else ""
    for claim in report.claims.claims:
        is_same = claim.code == subject and claim.fiscal_year == report.year
        is_group = (
            claim.of == "all"
            if any_of("whole_country").search(words)
            else (claim.of != "own" and words and (claim.of in words or words in claim.of))
        )
        if is_same and is_group and claim.points is not None and claim.points > SMALL:
            yield claim.points
    for table in report.tables:
        for row in table.rows if subject == OVERALL else ():
            cells = [squeezed(each.text) for each in row]
            name = next(filter(None, cells), "")
            if pattern("mean_row").match(name) and (not words or words in name or len(name) < 10):
                yield from _last_number(cells)


def _last_number(cells: list[str]) -> Iterator[Decimal]:
    for cell in reversed(cells):
        try:
            yield parse_number(cell)
            return
        except ValueError:
            continue
