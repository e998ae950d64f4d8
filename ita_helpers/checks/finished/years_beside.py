"""Years beside a score that its subject has in another year."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import BEHIND, Number, Spoken, all_spoken
from ita_helpers.checks.finished.standing import firm
from ita_helpers.documents.naming import OVERALL

NEAR = 60
"""Characters from a year to its score."""


def of_another_year(report: Report) -> Iterator[Found]:
    """Yield years beside a score that its subject has in another year."""
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers:
            told = [(start, year) for start, year in spoken.years if start < number.start]
            near = told and number.start - told[-1][0] < NEAR
            if number.points <= SMALL or not near or spoken.between(told[-1][0], number.start):
                continue
            if len(told) > 1 and said("years_joined").search(
                spoken.text, told[-2][0], number.start
            ):
                continue
            if found := _another(report, spoken, number, *told[-1]):
                yield found


def _another(report: Report, spoken: Spoken, number: Number, start: int, year: int) -> Found | None:
    """Return the year if the score is certainly that of another one."""
    written = spoken.text.find(str(year), start, number.start)
    between = spoken.text[start : number.start]
    before = spoken.plain[max(0, start - BEHIND) : start]
    is_aside = before.rstrip().endswith("(") and ")" in between
    is_aside = is_aside or bool(said("since").search(before))
    if written < 0 or is_aside or _is_limit(between) or said("aimed_before").search(before):
        return None
    named = [each for each in spoken.named if each.end <= number.start]
    code = named[-1].code if named else spoken.passage.under or OVERALL
    if number.points in firm(report, code, year):
        return None
    years = [e for e in (report.year, report.year - 1) if number.points in firm(report, code, e)]
    if len(years) != 1 or years[0] == year:
        return None
    return found_in(spoken.passage, written, str(year), year=years[0])


def _is_limit(between: str) -> bool:
    """Whether words before a number say that it is a limit, or of somebody else."""
    return bool(said("limit_before").search(between) or said("of_others").search(between))
