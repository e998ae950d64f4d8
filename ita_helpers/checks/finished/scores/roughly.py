"""Scores told roughly or without decimals: about so many, nearly, so many and a bit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, places
from ita_helpers.checks.finished.passages.standing import may_be
from ita_helpers.checks.finished.reading import SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.scores.scored import is_of_office, is_other, own_subject
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

TEN, FULL = 10, 100


def wrong_rough_scores(report: Report) -> Iterator[Found]:
    """Yield scores told roughly that are none of those their subject has, rounded or not."""
    for spoken, place in places(report, "rough_points") if report.rules else ():
        points = Decimal(place["points"])
        is_wished = said("aim_ahead").search(spoken.text, 0, place.start())
        is_told = place["about"] or place["more"] or (place["unit"] and not is_wished)
        if not is_told or not SMALL < points <= FULL:
            continue
        number = Number(*place.span(), points, place["points"])
        code = _subject(spoken, number)
        right = [e for year in _years(report, code) for e in may_be(report, code, year)]
        if right and not any(_is_roughly(place, each) for each in right):
            facts = {"name": name_of(report, code), "year": report.year}
            found = place.group().strip()
            usual = format_score(right[0])
            yield found_in(spoken.passage, place.start(), found, usual=usual, **facts)


def _years(report: Report, code: str) -> list[int]:
    return sorted({year for of, year in report.scores if of == code}, reverse=True)


def _subject(spoken: Spoken, number: Number) -> str:
    """Return what a number surely is the score of, empty if that is not sure."""
    if is_other(spoken, number):
        return ""
    if is_of_office(spoken, number):
        return OVERALL
    if mention := own_subject(spoken, number):
        return mention.code
    before = [each for each in spoken.described if each.end <= number.start]
    is_beside = before and said("own_score").fullmatch(spoken.text, before[-1].end, number.start)
    return before[-1].code if is_beside else ""


def _is_roughly(place: re.Match[str], points: Decimal) -> bool:
    """Whether points are what is told roughly."""
    about, more, told = place["about"] or "", place["more"] or "", Decimal(place["points"])
    over = points - told
    if said("rather_more").match(more) or said("rather_more").match(about):
        return 0 <= over < (TEN if told % TEN == 0 else 1)
    if said("rather_high").match(more):
        return TEN / 2 <= over < TEN
    if said("rather_low").match(more):
        return 0 <= over < TEN / 2
    if said("nearly").match(about):
        return -2 <= over <= 0
    if about:
        return abs(over) <= 1
    return points.quantize(Decimal(1), ROUND_HALF_UP) == told
