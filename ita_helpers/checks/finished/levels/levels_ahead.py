"""Levels of scores that are only supposed, and how far a score is above the least of a level."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.levels.level_bounds import band_of
from ita_helpers.checks.finished.levels.level_limits import rules_naming
from ita_helpers.checks.finished.levels.level_names import with_levels
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import CLOSE
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

FULL = Decimal(100)


def supposed_levels(report: Report) -> Iterator[Found]:
    """Yield levels of overall scores told as what would be, which such a score cannot have."""
    known = with_levels("said.supposed_level", report.level_names)
    for passage in report.whole.that_hold(known) if report.rules else ():
        for place in known.finditer(passage.text):
            rules, points = rules_naming(report, place["level"]), Decimal(place["points"])
            levels = band_of(rules, points) if rules and points <= FULL else []
            if rules and levels and place["level"] not in levels:
                facts = {"score": format_score(points), "year": rules.fiscal_year}
                yield found_at(passage, place, "level", levels=levels, **facts)


def wrong_floors(report: Report) -> Iterator[Found]:
    """Yield by how much the overall score is told to be above the least of a level, if it is not.

    The level is at fault where the number is the distance from that of another one.
    """
    known = with_levels("said.above_the_least", report.level_names)
    for passage in report.whole.that_hold(known) if report.rules else ():
        for place in known.finditer(passage.text):
            rules, by = rules_naming(report, place["level"]), Decimal(place["by"])
            least = {e.name: Decimal(str(e.overall)) for e in rules.levels.list} if rules else {}
            for own in values(report, OVERALL, report.year) if place["level"] in least else ():
                gap = own - least[place["level"]]
                if abs(gap - by) > CLOSE:
                    is_other = any(abs(own - each - by) <= CLOSE for each in least.values())
                    facts = {"old": format_score(least[place["level"]]), "new": format_score(own)}
                    facts["right"] = format_score(abs(gap))
                    found = found_at(passage, place, "level" if is_other else "by", **facts)
                    yield found.told("least")
