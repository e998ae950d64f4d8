"""Comparisons and changes in words, against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.comparisons.aims import turned_aims
from ita_helpers.checks.finished.comparisons.ends_compared import (
    wrong_ends_compared,
    wrong_ways_of_whole,
)
from ita_helpers.checks.finished.comparisons.first_years import wrong_first_years
from ita_helpers.checks.finished.comparisons.lacking import wrong_lacks
from ita_helpers.checks.finished.comparisons.limits_beside import wrong_limits_beside
from ita_helpers.checks.finished.comparisons.moved_pairs import (
    names_of_pairs,
    sums_beside,
    wrong_pairs,
    wrong_ways_of_pairs,
)
from ita_helpers.checks.finished.comparisons.moves import wrong_numbers, wrong_ways
from ita_helpers.checks.finished.comparisons.moves_untold import untold_ways
from ita_helpers.checks.finished.comparisons.placed_agencies import wrong_leads
from ita_helpers.checks.finished.comparisons.stated import (
    fallen_or_risen,
    wrong_gaps_between,
    wrong_gaps_of_parts,
    wrong_movers,
    wrong_statements,
    wrongly_full,
    wrongly_left,
)
from ita_helpers.checks.finished.comparisons.wrongly_compared import wrong_others
from ita_helpers.checks.finished.counts.quantities import wrongly_alone
from ita_helpers.checks.finished.levels.level_names import is_of_levels
from ita_helpers.checks.finished.levels.levels_ahead import wrong_floors
from ita_helpers.checks.finished.passages.others import claimed_points, other_side, others_than_own
from ita_helpers.checks.finished.passages.shared import target_told
from ita_helpers.checks.finished.passages.side_by_side import (
    gaps_beside,
    level_trends_beside,
    trends_beside,
)
from ita_helpers.checks.finished.reading import (
    CLOSE,
    SMALL,
    Figure,
    any_of,
    figures,
    pattern,
    said,
    years_in,
)
from ita_helpers.checks.finished.report import Passage, Report, blotted
from ita_helpers.checks.finished.rule import Found, Rule, all_of, found_at, found_in
from ita_helpers.checks.finished.scores.group_scores import wrong_changes_of_means
from ita_helpers.checks.finished.scores.many_offices import wrong_gaps_to_the_first
from ita_helpers.checks.finished.sums.growth import (
    wrong_aims,
    wrong_growth,
    wrong_signed,
    wrong_with_both,
)
from ita_helpers.checks.finished.sums.remarks import wrong_ways_remarked
from ita_helpers.checks.finished.sums.statuses import wrong_statuses
from ita_helpers.checks.finished.sums.steps import wrong_rows_in_text, wrong_steps_of_years
from ita_helpers.checks.finished.trust import of_others
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score

NEAR, FAR = 90, 130
"""Characters in which the other figure of a comparison stands before the word, and behind it."""
CLOSE_BY = 14
"""Characters between points and the words that judge them."""
DIFFERENCES = (
    wrong_numbers,
    wrong_others,
    wrong_pairs,
    names_of_pairs,
    sums_beside,
    wrong_floors,
    wrong_gaps_between,
    wrong_gaps_of_parts,
    wrong_growth,
    wrong_with_both,
    wrong_signed,
    wrong_aims,
    wrong_gaps_to_the_first,
    wrong_leads,
    wrong_changes_of_means,
    wrong_rows_in_text,
    wrong_steps_of_years,
)
"""What finds differences that are none."""


def _subject(report: Report, passage: Passage, place: re.Match[str]) -> str:
    if said("points_of_all").search(passage.text, 0, place.start()):
        return passage.under or OVERALL
    return report.subject_before(passage.text, place.start(), passage.under) or OVERALL


def _end(report: Report, text: str, start: int) -> int:
    """Return where what belongs to a comparison ends: at the next one, or at another name."""
    ends = [start + FAR, len(text)]
    for each in pattern("compared_or_changed").finditer(text, start):
        ends.append(each.start())
        break
    named = [each.start for each in report.mentions(text) if each.start > start + 1]
    return min(ends + [place for place in named[:2] if not _is_joined(text, start, place)])


def _is_joined(text: str, start: int, place: int) -> bool:
    """Whether a name behind a comparison is its other side, and not what is spoken of next."""
    return place - start < 40 and not figures(text[start:place])


def _before(report: Report, text: str, place: int) -> list[Figure]:
    """Return the scores that belong to the subject before a comparison."""
    named = [each.end for each in report.mentions.before(text, place)]
    own = [e.end() for e in said("this_year").finditer(text, 0, place)]
    start = max(named[-1] if named else 0, own[-1] if own else 0, place - NEAR)
    if pattern("compared").search(text, start, place):
        return []
    others = [e.end() for e in pattern("compared_or_changed").finditer(text, start, place)]
    told = [e for e in figures(text) if start <= e.start and e.end <= place]
    found = [
        e
        for e in told
        if not any_of("not_a_score").search(text, max(0, e.start - CLOSE_BY), e.start)
        and not of_others(text[: e.start])
    ]
    return [
        each for each in found if each.points > SMALL and not (others and each.start < others[-1])
    ]


def _differences(report: Report) -> Iterator[Found]:
    """Yield differences that are none, but for those that a comparison already told."""
    told = {(each.spot, each.found) for each in report.once(_all_compared)}
    for each in all_of(*DIFFERENCES)(report):
        if (each.spot, each.found) not in told:
            yield each


def _all_compared(report: Report) -> list[Found]:
    return list(_compared(report))


def _compared(report: Report) -> Iterator[Found]:
    """Yield figures said to be above or below another one that they are not."""
    for passage, place in report.find("compared"):
        before = passage.text[max(0, place.start() - 26) : place.start()]
        is_of_many = said("counted_before").search(passage.text, 0, place.start())
        is_of_many = is_of_many or said("counted_behind").match(passage.text, place.end())
        is_of_many = is_of_many or said("then_would_be").search(passage.text, 0, place.start())
        is_of_change = bool(said("change_right_before").search(before.rstrip()))
        is_other = (
            before.endswith("(") or is_of_change or is_of_many or is_of_levels(passage.text, place)
        )
        if not (any_of("is_condition").search(before) or is_other):
            yield from _against_other(report, passage, place)


def _against_other(report: Report, passage: Passage, place: re.Match[str]) -> Iterator[Found]:
    behind = passage.text[place.end() : _end(report, passage.text, place.end())]
    subject = _subject(report, passage, place)
    others, by, is_result = other_side(report, subject, behind, _year_of(report, passage, place))
    sides = _this_side(report, passage, place, subject, is_result=is_result)
    pairs = [(one, other) for one in sides for other in others]
    if not pairs or any(one == other for one, other in pairs):
        return
    one, other = pairs[0]
    facts = {"points": format_score(one), "other": format_score(other)}
    if all((one > other) != bool(place["up"]) for one, other in pairs):
        yield found_at(passage, place, **facts)
    elif by is not None and all(abs(abs(a - b) - by) > CLOSE for a, b in pairs):
        start = passage.text.find(str(by), place.end())
        if said("and_another").match(passage.text, start + len(str(by))):
            return
        right = format_score(abs(one - other))
        found = found_in(passage, start, str(by), right=right, **facts)
        yield found.told("difference")


def _year_of(report: Report, passage: Passage, place: re.Match[str]) -> int:
    """Return the year (B.E.) of the figure before a comparison, an earlier one if it is told so."""
    before = _before(report, passage.text, place.start())
    subject = _subject(report, passage, place)
    years = [year for year in years_in(passage.text[: place.start()]) if year < report.year]
    of = [e for e in years if before and before[-1].points in claimed_points(report, subject, e)]
    is_own = before and before[-1].points in claimed_points(report, subject, report.year)
    return of[-1] if of and not is_own else report.year


def _this_side(
    report: Report, passage: Passage, place: re.Match[str], subject: str, *, is_result: bool
) -> list[Decimal]:
    """Return what is compared: the figure before, else the scores claimed of what is named."""
    before = _before(report, passage.text, place.start())
    if before:
        between = passage.text[before[-1].end : place.start()]
        between = said("level_of_it").sub("", between) if is_result else between
        keys = (pattern("of_others"), said("some_part"), said("next_level"))
        is_other = any(known.search(between) for known in keys)
        return [] if is_other else [before[-1].points]
    spoken = passage.text[max(0, place.start() - FAR) : place.start()]
    is_past = any(year < report.year for year in years_in(spoken))
    if not is_result or is_past or pattern("of_others").search(spoken):
        return []
    return claimed_points(report, subject, report.year)


def _passed(report: Report) -> Iterator[Found]:
    """Yield points said to reach the target that do not, or the contrary."""
    for passage, place in report.find("target_reached") if report.rules else ():
        target = target_told(report, passage.text[: place.start()])
        plain = said("year_in_brackets").sub(blotted, passage.text)
        before = [e for e in figures(plain) if e.end <= place.start()]
        near = [e.points for e in before if place.start() - e.end < CLOSE_BY and e.points > SMALL]
        if near and target and (near[-1] >= target) == bool(place["not"]):
            facts = {"points": format_score(near[-1]), "target": format_score(target)}
            yield found_at(passage, place, **facts)


RULES = (
    Rule(
        "ITA511",
        "error",
        all_of(
            wrong_ways,
            untold_ways,
            wrong_ways_of_pairs,
            wrong_ends_compared,
            wrong_ways_of_whole,
            wrong_ways_remarked,
            fallen_or_risen,
            wrong_movers,
            trends_beside,
            level_trends_beside,
        ),
    ),
    Rule("ITA512", "error", all_of(_differences, gaps_beside, wrong_lacks)),
    Rule(
        "ITA513",
        "error",
        all_of(
            lambda report: report.once(_all_compared),
            others_than_own,
            wrong_limits_beside,
        ),
    ),
    Rule(
        "ITA514",
        "error",
        all_of(
            _passed,
            wrong_statements,
            wrongly_full,
            wrongly_left,
            wrongly_alone,
            wrong_statuses,
            wrong_first_years,
            turned_aims,
        ),
    ),
)
