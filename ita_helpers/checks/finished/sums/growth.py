"""Changes told in per cent, beside both of their scores, and several of them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.checks.finished.comparisons.told import told_of
from ita_helpers.checks.finished.passages.gaps import Gap, of_all_years, of_years, since_last_year
from ita_helpers.checks.finished.passages.listed_names import joined_back
from ita_helpers.checks.finished.passages.speaking import Number, Spoken, places
from ita_helpers.checks.finished.passages.standing import is_slip, values
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.sums.arithmetic import add_up, off_by
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.points import format_score, to_hundredths

FULL, FEWEST, MOST, AHEAD = 100, 2, 4, 60
"""A whole in per cent; changes that are added up; characters before, which say since when."""


def wrong_growth(report: Report) -> Iterator[Found]:
    """Yield rates of change that are neither those of the scores nor their difference."""
    for spoken, place in places(report, "growth"):
        words = [e for e in said("moves").finditer(spoken.text, 0, place.start("value")) if _way(e)]
        if not words or said("not_told").search(spoken.plain, 0, words[-1].start()):
            continue
        if said("share_told_of").search(spoken.text, words[-1].end(), place.start("value")):
            continue
        printed = place["value"]
        number = Number(*place.span("value"), Decimal(printed), printed)
        told = told_of(report, spoken, words[-1], number)
        meant = [gap for pair in told.years for gap in of_years(report, told.code, *pair)]
        gaps = [gap for gap in (*meant, *of_all_years(report, told.code)) if gap.other]
        if not meant or any(_is(gap, printed) for gap in gaps):
            continue
        right = to_hundredths(_rate(meant[0]))
        if is_slip(number.points, right) or _is_told(spoken, meant[0]):
            facts = meant[0].facts | {"right": format_score(right)}
            yield found_in(spoken.passage, number.start, printed, **facts)


def _way(word: re.Match[str]) -> bool:
    return word.lastgroup in ("up", "down")


def _rate(gap: Gap) -> Fraction:
    return abs(Fraction(gap.by)) / Fraction(gap.other) * FULL


def _is(gap: Gap, printed: str) -> bool:
    """Whether a number is a change in per cent, or in points, for which many say per cent."""
    return not off_by(_rate(gap), printed) or abs(abs(gap.by) - Decimal(printed)) <= CLOSE


def _is_told(spoken: Spoken, gap: Gap) -> bool:
    """Whether a sentence tells the same change in points."""
    return any(abs(each.points - abs(gap.by)) <= CLOSE for each in spoken.numbers)


def wrong_with_both(report: Report) -> Iterator[Found]:
    """Yield changes beside both scores of which they are not the difference, or not that way."""
    for key in ("new_old_by", "old_new_by", "old_now_by", "by_old_new"):
        for passage, place in report.places(said(key), in_lines=True):
            old, new, by = (Decimal(place[each]) for each in ("old", "new", "by"))
            change = new - old if place["up"] else old - new
            if abs(change - by) > CLOSE:
                facts = {"old": place["old"], "new": place["new"]}
                facts["right"] = format_score(abs(new - old))
                found = found_at(passage, place, **facts)
                yield found.told("together")


def wrong_signed(report: Report) -> Iterator[Found]:
    """Yield changes with their sign in brackets that what stands before them never had."""
    for spoken, place in places(report, "signed_change"):
        code = _scored_before(report, spoken, place.start())
        by, meant = Decimal(place["by"]), list(since_last_year(report, code)) if code else []
        gaps = [*meant, *of_all_years(report, code)]
        if meant and all(abs(abs(each.by) - by) > CLOSE for each in gaps):
            facts = meant[0].facts | {"right": format_score(abs(meant[0].by))}
            yield found_at(spoken.passage, place, "by", **facts)


def _scored_before(report: Report, spoken: Spoken, end: int) -> str:
    """Return what is named with no more than its score before a place, or the overall score.

    The overall score is not named where its points stand by themselves.
    """
    if subject := spoken.last_named(end):
        return subject.code if said("score_then").fullmatch(spoken.text, subject.end, end) else ""
    told = [each for each in spoken.numbers if each.end <= end]
    is_beside = told and said("score_then").fullmatch(spoken.text, told[-1].start, end)
    is_whole = is_beside and told[-1].points in values(report, OVERALL, report.year)
    return OVERALL if is_whole and spoken.passage.under in ("", OVERALL) else ""


def wrong_sums_of_changes(report: Report) -> Iterator[Found]:
    """Yield what changes told before are said to be together, and are not."""
    for spoken, place in places(report, "changes_together"):
        if said("span_before").search(spoken.text, max(0, place.start() - AHEAD), place.start()):
            continue
        total = Decimal(place["value"])
        if pair := _wrong_of_named(report, spoken, place, total):
            yield pair
            continue
        before = [e.points for e in spoken.numbers if e.end <= place.start() and e.points <= SMALL]
        ends = [e.end for e in spoken.numbers if e.end <= place.start()]
        named = {e.code for e in spoken.named if max(ends, default=0) <= e.start < place.start()}
        if len(named) > 1:
            continue
        told = before[-MOST:]
        is_of_more = said("and_so_many_more").search(spoken.text, 0, place.start())
        if len(told) < FEWEST or max(told[-FEWEST:]) >= total or is_of_more:
            continue
        if add_up(told, total, CLOSE):
            continue
        right = sum(told[-FEWEST:], Decimal(0))
        facts = {"right": format_score(right)}
        yield found_at(spoken.passage, place, "value", **facts)


def _wrong_of_named(
    report: Report, spoken: Spoken, place: re.Match[str], total: Decimal
) -> Found | None:
    """Return what things named right before have changed by together, if it is not that."""
    before = spoken.named_before(place.start())
    codes = list(dict.fromkeys(e.code for e in joined_back(spoken.text, before))) if before else []
    told = [abs(gap.by) for code in codes for gap in since_last_year(report, code)]
    right = sum(told, Decimal(0))
    is_near = before and place.start() - before[-1].end < FEWEST
    if len(codes) < FEWEST or len(told) != len(codes) or abs(right - total) <= CLOSE or not is_near:
        return None
    facts = {"right": format_score(right)}
    return found_at(spoken.passage, place, "value", **facts)


def wrong_aims(report: Report) -> Iterator[Found]:
    """Yield by how much an aim is said to be above the score of the year, if it is not."""
    for spoken, place in places(report, "aim_and_by"):
        before = spoken.last_named(place.start("by"))
        code = before.code if before else spoken.passage.under or OVERALL
        aim, by = Decimal(place["aim"]), Decimal(place["by"])
        own = values(report, code, report.year)
        if own and all(abs(aim - each - by) > CLOSE for each in own):
            facts = {"old": format_score(own[0]), "new": format_score(aim)}
            facts["right"] = format_score(abs(aim - own[0]))
            yield found_at(spoken.passage, place, "by", **facts)
