"""Changes that stand beside both their scores, row after row or year after year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.comparisons.told import listed_with
from ita_helpers.checks.finished.passages.speaking import places
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.points import format_score

FEWEST, MOST_WRONG = 3, 4
"""Rows that show what they are; for one that differs there are as many that do not."""
DECIMALS = 9
"""Points of numbers in a text: one with fewer holds no three rows of three numbers."""


def wrong_rows_in_text(report: Report) -> Iterator[Found]:
    """Yield changes in rows of a table within a text that are not those of their two scores."""
    for passage in report.lines:
        if passage.text.count(".") < DECIMALS:
            continue
        wrong, right = [], 0
        for place in said("two_scores_and_change").finditer(passage.text):
            old, new, by = (Decimal(place[each]) for each in ("old", "new", "by"))
            change = abs(new - old)
            if abs(change - by) <= CLOSE:
                right += 1
            elif by < SMALL:
                wrong.append((place, change))
        for place, change in wrong if right >= max(FEWEST, MOST_WRONG * len(wrong) // 2) else ():
            facts = {"old": place["old"], "new": place["new"], "right": format_score(change)}
            yield found_in(passage, place.start(), place.group(), **facts)


def wrong_steps_of_years(report: Report) -> Iterator[Found]:
    """Yield the one of several changes in order that is not that of the scores told before."""
    for spoken, place in places(report, "in_their_order"):
        before = [each for each in spoken.numbers if each.end <= place.start()]
        steps = listed_with(spoken, before[-1]) if before else []
        scores = [e.points for e in before if e.points > SMALL and e.end <= steps[0].start]
        if len(steps) < 2 or steps[0].points > SMALL or len(scores) != len(steps) + 1:
            continue
        changes = [abs(new - old) for old, new in pairwise(scores)]
        pairs = list(zip(steps, changes, strict=True))
        wrong = [(n, change) for n, change in pairs if abs(n.points - change) > CLOSE]
        if len(wrong) == 1:
            number, change = wrong[0]
            at = steps.index(number)
            facts = {"old": format_score(scores[at]), "new": format_score(scores[at + 1])}
            right = format_score(change)
            yield found_in(spoken.passage, number.start, number.text, right=right, **facts)
