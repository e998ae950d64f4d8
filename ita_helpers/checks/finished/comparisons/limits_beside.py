"""Limits of which a score is said to be so many points above or below, and is so of another one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.passages.shared import limits_of, own_targets
from ita_helpers.checks.finished.passages.speaking import places
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import SMALL
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score


def wrong_limits_beside(report: Report) -> Iterator[Found]:
    """Yield limits from which a score is not so far as is told, if it is so far from others."""
    known = limits_of(report) | own_targets(report)
    for spoken, place in places(report, "limit_passed_by"):
        limit, by = Decimal(place["limit"]), Decimal(place["by"])
        code = report.subject_before(spoken.text, place.start(), spoken.passage.under) or OVERALL
        near = [e.points for e in spoken.numbers if e.end <= place.start() and e.points > SMALL]
        own = values(report, code, spoken.year_at(place.start(), report.year))
        if not own or any(abs(each - limit) == by for each in (*own, *near)):
            continue
        far = [each for each in known - {limit} if any(abs(e - each) == by for e in own)]
        if far:
            facts = {"points": format_score(own[0]), "other": format_score(limit)}
            facts["right"] = format_score(abs(own[0] - limit))
            found = found_in(spoken.passage, place.start("limit"), place["limit"], **facts)
            yield found.told("difference")
