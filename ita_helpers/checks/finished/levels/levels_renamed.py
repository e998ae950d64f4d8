"""Years in which levels are told to have got other names, or to have had old or new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.levels.level_bounds import names_of
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at

BEFORE = 70
"""Characters before words for a change in a year, in which stands what was changed."""


def years_of_level_names(report: Report) -> Iterator[Found]:
    """Yield years in which levels cannot have changed their names, or had the names told."""
    right = report.once(_renamed)
    for passage in report.that_hold(said("level_names_told")) if right else ():
        for place in said("year_of_level_names").finditer(passage.text):
            if _is_wrong(place, int(place["year"]), right):
                yield found_at(passage, place, "year", right=right).told("levels")


def _renamed(report: Report) -> int:
    """Return the one year (B.E.) with other names of levels than the one before, else 0."""
    years = sorted(report.all_rules)
    names = {year: names_of(report.all_rules[year]) for year in years}
    changed = [new for old, new in pairwise(years) if names[old] != names[new]]
    return changed[0] if len(changed) == 1 else 0


def _is_wrong(place: re.Match[str], year: int, right: int) -> bool:
    """Whether a year cannot be that of what is told of the names of levels behind it."""
    rest, before = place["rest"], place.string[max(0, place.start() - BEFORE) : place.start()]
    if said("levels_supposed").search(before):
        return False
    around = f"{before}{place['since']}{rest}" if place["changed"] else rest
    is_told = bool(said("level_names_told").search(around))
    uses_old = bool(said("uses_old_names").search(rest))
    is_change = bool(said("names_changed").search(rest))
    if (place["until"] or place["ahead_of"]) and uses_old and not is_change:
        return year != (right - 1 if place["until"] else right)
    uses_new = bool(said("uses_new_names").search(rest))
    if is_told and (place["changed"] or is_change or (place["since"] and uses_new)):
        return year != right
    return year >= right if uses_old else uses_new and year < right
