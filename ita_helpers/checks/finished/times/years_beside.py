"""Years beside a score that its subject has in another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.speaking import (
    BEHIND,
    YEAR_BEHIND,
    Number,
    Spoken,
    all_spoken,
    places,
)
from ita_helpers.checks.finished.passages.standing import firm
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import FULL, Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.checks.finished.scores.scored import is_former
from ita_helpers.checks.finished.times.times_read import time_words
from ita_helpers.documents.asides import may_have_ended
from ita_helpers.documents.naming import OVERALL

FEWEST = 3
"""Years of which one is said to have the highest or the lowest score."""
_DIGITS = re.compile(r"\d")
CLOSE, NEAR = 40, 100
"""Characters from a year to its score."""


def of_another_year(report: Report) -> Iterator[Found]:
    """Yield years beside a score that its subject has in another year."""
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers:
            told = _year_of(spoken, number) if SMALL < number.points < FULL else None
            if told and (found := _another(report, spoken, number, *told)):
                yield found


def wrong_years_of_ends(report: Report) -> Iterator[Found]:
    """Yield years that are said to have the highest or the lowest score and have not."""
    for spoken, place in places(report, "year_of_end") if report.rules else ():
        named = [each.code for each in spoken.named if each.end <= place.start("year")]
        code = named[-1] if named else spoken.passage.under or OVERALL
        points = {year: each for (of, year), each in report.scores.items() if of == code}
        if len(points) < FEWEST or int(place["year"]) not in points:
            continue
        end = max(points.values()) if place["high"] else min(points.values())
        if points[int(place["year"])] != end:
            right = next(year for year, each in points.items() if each == end)
            yield found_at(spoken.passage, place, "year", year=right)


def of_two_years(report: Report) -> Iterator[Found]:
    """Yield years of a score that sentences tell of two, where tables and results know neither.

    Sentences that differ in their numbers alone are a list of years, of which two may be alike.
    """
    known = set(report.scores.values())
    told: dict[Decimal, tuple[int, str]] = {}
    for spoken in all_spoken(report) if report.rules else ():
        for number in spoken.numbers if not spoken.passage.row else ():
            is_score = SMALL < number.points < FULL and number.points not in known
            place = _year_of(spoken, number) if is_score and number.decimals > 1 else None
            if not place or not 0 < number.start - place[0] < CLOSE:
                continue
            start, year = place
            is_now = said("this_year").match(spoken.text, start)
            form = _DIGITS.sub("", spoken.text)
            right, first = told.setdefault(number.points, (year, form))
            written = re.compile(str(year)).search(spoken.text, start, number.start)
            if right != year and written and not is_now and form != first:
                yield found_at(spoken.passage, written, year=right)


def _year_of(spoken: Spoken, number: Number) -> tuple[int, int] | None:
    """Return the year that a number is told to be of, with its place: behind it, or before."""
    leads = time_words("leads_to_plan")
    behind = [
        (start, year)
        for start, year in spoken.years_behind
        if 0 <= start - number.end < YEAR_BEHIND and not leads.match(spoken.text, start)
    ]
    told = [e for e in spoken.years if e[0] < number.start]
    if behind:
        return behind[0]
    if not told or number.start - told[-1][0] >= NEAR:
        return None
    start = told[-1][0]
    is_since = said("changed_since").search(spoken.text, max(0, start - CLOSE), start)
    if is_since and any(start < each.start < number.start for each in spoken.named):
        return None
    is_far = number.start - start > CLOSE and time_words("other_clause").search(
        spoken.text, max(0, start - CLOSE // 2), number.start
    )
    is_other = (
        is_far
        or may_have_ended(spoken.text, start, number.start)
        or said("comes_from").search(spoken.text, 0, number.start)
        or spoken.between(start, number.start)
        or (len(told) > 1 and said("years_joined").search(spoken.text, told[-2][0], number.start))
    )
    return None if is_other else told[-1]


def _another(report: Report, spoken: Spoken, number: Number, start: int, year: int) -> Found | None:
    """Return the year if the score is certainly that of another one."""
    first, last = sorted((start, number.start))
    end = number.start if start < number.start else len(spoken.text)
    written = re.compile(f"{year}|(?<!\\d){year % 100}(?!\\d)").search(spoken.text, start, end)
    before = spoken.plain[max(0, start - BEHIND) : start]
    between = spoken.text[first:last]
    is_aside = start == first and before.rstrip().endswith("(") and ")" in between
    is_aside = is_aside and not time_words("told_behind").match(between)
    is_aside = is_aside and not time_words("of_a_round").search(before)
    is_alike = said("alike_before").search(before) and not said("got_behind").match(between)
    is_aside = is_aside or (start == first and bool(said("since").search(before) or is_alike))
    if not written or written.start() - start > NEAR or is_aside or _is_limit(between):
        return None
    named = spoken.named_before(number.start)
    code = named[-1].code if named else spoken.passage.under or OVERALL
    if said("aimed_before").search(before) or number.points in firm(report, code, year):
        return None
    known = {of for name, of in report.scores if name == code}
    is_whole = start < number.start and not (report.rules and report.rules.find_indicator(code))
    is_other = is_whole and report.scores.get((code, year), number.points) != number.points
    usual = {of for of in known if is_other and report.scores[code, of] == number.points}
    years = [each for each in known if each in usual or number.points in firm(report, code, each)]
    is_old = start < number.start and is_former(spoken, number) and [year] > years
    if len(years) != 1 or is_old:
        return None
    return found_at(spoken.passage, written, year=years[0])


def _is_limit(between: str) -> bool:
    """Whether words before a number say that it is a limit, or of somebody else."""
    return bool(said("limit_before").search(between) or said("of_others").search(between))
