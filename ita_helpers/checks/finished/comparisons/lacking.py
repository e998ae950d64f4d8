"""How many points something is told to lack, where its sentence names no limit beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ita_helpers.checks.finished.comparisons.told import limit_of
from ita_helpers.checks.finished.levels.levelled import WISHES, levelled
from ita_helpers.checks.finished.passages.gaps import ROUND, rises_needed, shares_of
from ita_helpers.checks.finished.passages.shared import limits_of
from ita_helpers.checks.finished.passages.speaking import Spoken, places
from ita_helpers.checks.finished.passages.standing import (
    NARROW,
    is_slip,
    left_by_others,
    may_be,
    values,
)
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.language.points import format_score

_FIGURE = re.compile(r"(?<![\d.])\d{2,3}(?:\.\d{1,2})?(?![\d.]?\d)")


def wrong_lacks(report: Report) -> Iterator[Found]:
    """Yield points told to be lacking that no limit leaves, but for a slip in one that is meant."""
    for spoken, place in places(report, "lacks_so_many") if report.rules else ():
        named = spoken.last_named(place.start())
        number = next((e for e in spoken.numbers if e.start == place.start("by")), None)
        if not named or not number or limit_of(spoken, number) is not None:
            continue
        if not said("then_lacks").fullmatch(spoken.text, named.end, place.start()):
            continue
        years = {report.year, spoken.year_at(place.start(), report.year)}
        points = [e for year in sorted(years) for e in values(report, named.code, year)]
        large = map(Decimal, _FIGURE.findall(spoken.text))
        lacked = _lacking(report, points, *large)
        if not points or any(_comes_to(report, named.code, e, number.points) for e in lacked):
            continue
        if number.points in rises_needed(report, named.code):
            continue
        told = _limits_told(spoken.text, place.start())
        meant = [*told, *(e for e in sorted(limits_of(report)) if e not in told)]
        wished = _asked_for(report, spoken, place, named.code)
        slips = [e for e in meant if is_slip(number.points, e - points[0])]
        if not slips and not _is_in_doubt(report, named.code, wished, number.points):
            slips = [e for e in wished if e > points[0]]
        if slips:
            facts = {"old": format_score(slips[0]), "new": format_score(points[0])}
            right = format_score(slips[0] - points[0])
            yield found_at(spoken.passage, place, "by", **facts, right=right)


def _asked_for(report: Report, spoken: Spoken, place: re.Match[str], code: str) -> list[Decimal]:
    """Return what the level asks of a code that a sentence tells before as one to be reached."""
    levels = report.rules.levels.list if report.rules else ()
    told = [e for e in levelled(report) if e.spoken is spoken and e.level.end <= place.start()]
    if not told or told[-1].how not in WISHES or not told[-1].is_own:
        return []
    asked = (e.conditions.get(code) for e in levels if e.name == told[-1].level.name)
    return [Decimal(str(float(each))) for each in asked if each]


def _is_in_doubt(report: Report, code: str, limits: Sequence[Decimal], told: Decimal) -> bool:
    """Whether the score itself may be the slip, since those beside it bear out the number."""
    scores = [*may_be(report, code, report.year), *left_by_others(report, code, report.year)]
    return any(abs(limit - each - told) <= NARROW for limit in limits for each in scores)


def rises_of_others(report: Report) -> Iterator[Found]:
    """Yield by how much an instrument would have to rise, where that is what another one lacks."""
    rules = report.rules
    for passage, place in report.places(said("if_risen")) if rules else ():
        by = Decimal(place["by"])
        codes = [each.code for each in rules.instruments.list] if rules else []
        known = {each: _lacking(report, values(report, each, report.year)) for each in codes}
        right = [code for code, lacked in known.items() if by in lacked]
        if known.get(place["code"]) and len(right) == 1 and right != [place["code"]]:
            yield found_at(passage, place, right=right[0])


def _lacking(report: Report, points: Sequence[Decimal], *limits: Decimal) -> set[Decimal]:
    """Return what points lack to what a limit of the year asks, to rounded and to further ones."""
    return {limit - each for limit in {*limits_of(report), *ROUND, *limits} for each in points}


def _comes_to(report: Report, code: str, by: Decimal, told: Decimal) -> bool:
    """Whether points are those told, by themselves, in their instrument or in the overall score."""
    return by == told or any(abs(by * e - told) <= CLOSE for e in shares_of(report, code))


def _limits_told(text: str, end: int) -> list[Decimal]:
    """Return the points that a text tells as limits before a place, the last first."""
    large = reversed(list(_FIGURE.finditer(text, 0, end)))
    return [Decimal(e.group()) for e in large if said("limit_before").search(text, 0, e.start())]
