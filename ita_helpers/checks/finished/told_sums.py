"""Weighted points and means over years in sentences, told in figures or in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.checks.finished.arithmetic import off_by
from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.checks.finished.speaking import places
from ita_helpers.checks.finished.standing import values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score
from ita_helpers.scoring.weighted import weights_of

FEWEST = 2
"""Years of which there can be a mean."""


def wrong_weighted(report: Report) -> Iterator[Found]:
    """Yield weighted points of an instrument that are not its weight times its score."""
    rules = report.rules
    weights = weights_of(rules) if rules else {}
    for spoken, place in places(report, "weighted_told") if rules else ():
        before = [each for each in spoken.named if each.end <= place.start()]
        codes = [each.code for each in before if each.code in weights]
        right = [
            Fraction(points) * weights[codes[-1]] / 100
            for points in (values(report, codes[-1], report.year) if codes else ())
        ]
        if right and all(off_by(each, place["points"]) for each in right):
            facts = {"right": format_score(right[0])}
            yield found_in(spoken.passage, place.start("points"), place["points"], **facts)


def wrong_means_of_years(report: Report) -> Iterator[Found]:
    """Yield means over some years that are not those of the scores of these years."""
    for spoken, place in places(report, "mean_of_years_told"):
        before = spoken.last_named(place.start("points"))
        codes = dict.fromkeys([before.code if before else spoken.passage.under or OVERALL, OVERALL])
        count = _counted(place["count"])
        ways = [way for code in codes for way in _means(report, code, count)]
        if ways and all(off_by(each, place["points"]) for each in ways):
            facts = {"right": format_score(ways[0])}
            yield found_in(spoken.passage, place.start("points"), place["points"], **facts)


def _counted(written: str) -> int:
    if written.isdigit():
        return int(written)
    return said("counting_words").pattern.split().index(written) + 1


def _means(report: Report, code: str, count: int) -> Iterator[Fraction]:
    years = sorted((y for of, y in report.scores if of == code and y <= report.year), reverse=True)
    if FEWEST <= count <= len(years):
        points = [Fraction(report.scores[code, year]) for year in years[:count]]
        yield sum(points, Fraction(0)) / count
