"""Years told to be the first in which scores reach a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, places
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score


def wrong_first_years(report: Report) -> Iterator[Found]:
    """Yield years told to be the first to reach a limit that do not, or that others did before."""
    for key in ("first_year_to", "to_for_the_first_time"):
        for spoken, place in places(report, key) if report.rules else ():
            if said("to_be_first").search(spoken.plain, 0, place.start("way")):
                continue
            if not names_another(spoken, place.start()):
                yield from _judge(report, spoken, place)


def _judge(report: Report, spoken: Spoken, place: re.Match[str]) -> Iterator[Found]:
    year = spoken.year_at(place.end("year") if place["year"] else place.start(), report.year)
    limit, code, is_of_all = Decimal(place["points"]), _subject(spoken, place), place["all"]
    years = sorted({of for _, of in report.scores if of <= max(year, report.year)})
    told = {
        each: _least(report, code, each) if is_of_all else _own(report, code, each)
        for each in years
    }
    if not is_of_all and _is_of_another(spoken, place, told.get(year)):
        return
    is_above = said("only_above").search(place["way"])
    reached = {
        each: points > limit if is_above else points >= limit
        for each, points in told.items()
        if points is not None
    }
    before = [each for each, has in reached.items() if has and each < year]
    is_now = (
        not place["year"]
        and reached.get(report.year)
        and not any(has for each, has in reached.items() if each < report.year)
    )
    if is_now:
        return
    if reached.get(year) is False or before:
        at = year if reached.get(year) is False else before[0]
        points = format_score(told[at] or Decimal(0))
        found = spoken.text[place.start() : place.end()]
        facts = {"year": at, "points": points}
        yield found_in(spoken.passage, place.start(), found, **facts).told("first_year")


def _is_of_another(spoken: Spoken, place: re.Match[str], own: Decimal | None) -> bool:
    """Whether the score told right before is not that of the subject: another one is meant."""
    before = [e for e in spoken.numbers if e.end <= place.start() and e.points > SMALL]
    return bool(before) and own is not None and before[-1].points != own


def _subject(spoken: Spoken, place: re.Match[str]) -> str:
    inside = [e for e in spoken.named if place.start() <= e.start and e.end <= place.end()]
    if inside:
        return inside[-1].code
    named = spoken.last_named(place.start())
    return spoken.passage.under or (named.code if named else OVERALL)


def _own(report: Report, code: str, year: int) -> Decimal | None:
    return next(iter(values(report, code, year)), None)


def _least(report: Report, code: str, year: int) -> Decimal | None:
    """Return the lowest of a year's indicators, or of those of an instrument, if all are known."""
    rules = report.rules_of(year)
    listed = rules.indicators.list if rules else ()
    codes = [e.code for e in listed if code in (OVERALL, e.instrument)]
    points = [each for of in codes for each in values(report, of, year)[:1]]
    return min(points) if points and len(points) == len(codes) else None
