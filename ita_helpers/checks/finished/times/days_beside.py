"""Days of the week beside their date, and years that stand alone among others of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ita_helpers.checks.finished.reading import said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.catalogue import label
from ita_helpers.language.dates import BadDate, parse_date

USUAL, LONGEST_TITLE, NEAR = 3, 160, 60
"""Times that a report names its year at least, characters of a title at most, and around a year."""
_SCORE = re.compile(r"\d\.\d")


def days_of_week(report: Report) -> Iterator[Found]:
    """Yield days of the week that a date does not fall on."""
    names = label("said.days_of_week").split()
    for passage, place in report.places(said("day_of_week")):
        try:
            right = names[parse_date(place["date"]).weekday()]
        except BadDate:
            continue
        if not right.startswith(place["name"]):
            facts = {"right": right, "date": place["date"]}
            yield found_at(passage, place, **facts).told("weekday")


def lonely_years(report: Report) -> Iterator[Found]:
    """Yield the one place of a year behind words that stand before the report's year elsewhere."""
    counts = Counter(place["year"] for _, place in report.places(said("fiscal_year_told")))
    if counts[str(report.year)] < USUAL:
        return
    for passage, place in _title_years(report):
        year, text = int(place["year"]), place.string
        is_other = year not in (report.year, report.year + 1) and counts[place["year"]] == 1
        is_title = place.end() >= len(text.rstrip(" )”")) and len(text) < LONGEST_TITLE
        around = text[max(0, place.start() - NEAR) : place.end() + NEAR]
        is_told = _SCORE.search(around) or said("year_of_others").search(around)
        if is_other and not is_told and (is_title or abs(year - report.year) > 1):
            yield found_in(
                passage, passage.text.find(place["year"]), place["year"], year=report.year
            )


def _title_years(report: Report) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield years behind words of a title, those alone in the line below these too."""
    yield from report.places(said("lonely_year"), in_lines=True)
    for above, line in pairwise(report.lines):
        is_alone = said("year_alone").fullmatch(line.text)
        place = said("lonely_year").search(f"{above.text} {line.text}") if is_alone else None
        if place:
            yield line, place
