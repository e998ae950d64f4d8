"""Levels of two years: higher, lower or the same, and by how many steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.levels.level_bounds import names_of, possible_of
from ita_helpers.checks.finished.levels.level_names import after, pattern
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, spoken_with
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score

BEFORE, BEHIND = 26, 45
"""Characters before such words in which others make them a wish, and behind them in which stands
the year they are compared with.
"""


def wrong_steps(report: Report) -> Iterator[Found]:
    """Yield words for a higher, lower or unchanged level that the scores of two years exclude."""
    for key in ("steps", "way_of_level"):
        known = pattern(key)
        for spoken in spoken_with(report, known) if report.rules else ():
            for place in known.finditer(spoken.text):
                if not _is_wished(spoken, place):
                    yield from _step(report, spoken, place)


def _is_wished(spoken: Spoken, place: re.Match[str]) -> bool:
    before = after(spoken.text, place.start(), "breaks")[-BEFORE:]
    is_wish = pattern("wished").search(before) or pattern("once").search(before)
    named = spoken.last_named(place.start())
    is_other = named is not None and named.code != OVERALL
    is_denied = said("not_made").search(before)
    return bool(is_wish) or bool(is_denied) or is_other or names_another(spoken, place.start())


def _years(report: Report, spoken: Spoken, place: re.Match[str]) -> tuple[int, int]:
    """Return the later and the earlier year (B.E.) of a step; zeros where they are not known."""
    told = sorted((*spoken.years, *spoken.years_behind))
    ahead = [year for start, year in told if start < place.start()]
    turn = pattern("breaks").search(spoken.text, place.end())
    end = min(place.end() + BEHIND, turn.start() if turn else len(spoken.text))
    behind = [year for start, year in told if place.end() <= start < end]
    compared = behind[0] if behind else 0
    inside = [year for start, year in told if place.start() <= start < place.end()]
    compared = inside[0] if inside else compared
    if ahead and pattern("year_compared").search(spoken.text, 0, told[len(ahead) - 1][0]):
        return report.year, ahead[-1]
    new = ahead[-1] if ahead else report.year
    if len(set(ahead)) > 2:
        return 0, 0
    if ahead and not behind and len(set(ahead)) == 2:
        return max(ahead), min(ahead)
    old = compared if compared and compared < new else new - 1
    if ahead and ahead[-1] == report.year - 1 and not compared:
        return report.year, report.year - 1
    return new, old


def _rank(report: Report, year: int) -> int | None:
    """Return how far down the only possible level of a year (B.E.) stands among its levels."""
    points = values(report, OVERALL, year) if report.rules_of(year) else []
    possible = report.once_of(possible_of, (year, points[0])) if points else []
    return names_of(report.rules_of(year)).index(possible[0]) if len(possible) == 1 else None


def _step(report: Report, spoken: Spoken, place: re.Match[str]) -> Iterator[Found]:
    new, old = _years(report, spoken, place)
    listed = names_of(report.rules_of(new))
    if not listed or listed != names_of(report.rules_of(old)):
        return
    one, other = _rank(report, new), _rank(report, old)
    if one is None or other is None:
        return
    by, way = other - one, _way(place)
    count = place.groupdict().get("count")
    is_right = (by > 0) - (by < 0) == way and (not count or number_of(count) == abs(by))
    if not is_right:
        score = format_score(values(report, OVERALL, new)[0])
        facts = {"score": score, "levels": [listed[one]], "year": new}
        yield found_in(spoken.passage, place.start(), place.group().strip(), **facts).told("row")


def _way(place: re.Match[str]) -> int:
    return 1 if place["up"] else -1 if place["down"] else 0
