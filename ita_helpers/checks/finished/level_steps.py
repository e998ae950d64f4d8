"""Levels told of this year and the year before: from which to which, kept, or unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_helpers.checks.finished.levels import possible_of
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import Spoken, names_another
from ita_helpers.checks.finished.standing import values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score

BEFORE = 24
"""Characters before such words in which others make them a wish or a condition."""
_STEPS = ("level_from_to", "level_now", "level_kept", "level_before")


def wrong_steps(report: Report) -> Iterator[Found]:
    """Yield levels of this year and of the one before that the scores exclude."""
    longest = "|".join(map(re.escape, report.level_names))
    for key in _STEPS if report.rules else ():
        known = compiled(label(f"said.{key}").replace("LEVELS", longest))
        for passage, place in report.places(known, in_lines=True):
            if not _is_wished(report, passage, place):
                for group in place.groupdict():
                    year = report.year - (group == "old")
                    yield from _step(report, passage, place, group, year)
    yield from _unchanged(report)


def _is_wished(report: Report, passage: Passage, place: re.Match[str]) -> bool:
    before = passage.text[max(0, place.start() - BEFORE) : place.start()]
    is_other = names_another(Spoken(report, passage), place.start())
    return bool(said("step_wished").search(before)) or is_other


def _levels(report: Report, year: int) -> list[str]:
    """Return the levels that the result of a year (B.E.) may have, if its score is known."""
    points = values(report, OVERALL, year) if report.rules_of(year) else []
    return report.once_of(possible_of, (year, points[0])) if points else []


def _step(
    report: Report, passage: Passage, place: re.Match[str], group: str, year: int
) -> Iterator[Found]:
    possible, rules = _levels(report, year), report.rules_of(year)
    names = [each.name for each in rules.levels.list] if rules else []
    if possible and place[group] in names and place[group] not in possible:
        score = format_score(values(report, OVERALL, year)[0])
        facts = {"score": score, "levels": possible, "year": year}
        found = found_in(passage, place.start(group), place[group], **facts)
        yield found.told("row")


def _unchanged(report: Report) -> Iterator[Found]:
    """Yield words for an unchanged level where the scores of two years exclude that."""
    new, old = _levels(report, report.year), _levels(report, report.year - 1)
    rules, before = report.rules, report.rules_of(report.year - 1)
    if not (new and old and rules and before) or set(new) & set(old):
        return
    names = [[each.name for each in e.levels.list] for e in (rules, before)]
    for passage, place in report.places(said("level_same"), in_lines=True):
        if names[0] == names[1] and not _is_wished(report, passage, place):
            score = format_score(values(report, OVERALL, report.year)[0])
            facts = {"score": score, "levels": new, "year": report.year}
            yield found_in(passage, place.start(), place.group(), **facts).told("row")
