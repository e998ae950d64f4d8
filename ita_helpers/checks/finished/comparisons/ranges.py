"""Ranges of scores of which one end is that of the scores and the other is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.passages.contests import kinds
from ita_helpers.checks.finished.passages.speaking import BEHIND, Number, Spoken, all_spoken, places
from ita_helpers.checks.finished.passages.standing import explained, values
from ita_helpers.checks.finished.reading import SMALL, Mention, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_in
from ita_helpers.language.points import format_score


def wrong_ranges(report: Report) -> Iterator[Found]:
    """Yield the end of a range of scores that is not the highest or the lowest."""
    for spoken in all_spoken(report) if report.rules else ():
        for one, other in pairwise(spoken.numbers):
            if said("rest_ahead").search(spoken.text, 0, one.start):
                continue
            if _is_range(spoken, one, other) and (wrong := _wrong_end(report, one, other)):
                number, right = wrong
                facts = {"right": format_score(right)}
                yield found_in(spoken.passage, number.start, number.text, **facts).told("range")


def wrong_ends(report: Report) -> Iterator[Found]:
    """Yield points told as the highest or the lowest, of nothing named, that are neither."""
    known = explained(report)
    for spoken, word in places(report, "top") if report.rules else ():
        years = {year for _, year in spoken.years + spoken.years_behind}
        ends = list(_ends(report, spoken))
        number = next((each for each in spoken.numbers if each.start >= word.end()), None)
        if (
            not number
            or number.points <= SMALL
            or not said("top_number").fullmatch(spoken.text, word.end(), number.start)
        ):
            continue
        before = spoken.text[: word.start()]
        is_of_items = said("item_before").search(before)
        if is_of_items or said("no_top").search(before) or number.points not in known:
            continue
        right = [pair[1] if word["high"] else pair[0] for pair in ends]
        named = spoken.named_before(word.start())
        subject = named[-1] if named else None
        if not right or number.points in right:
            continue
        if not (subject and _is_its_own(report, subject, number, years)):
            facts = {"right": format_score(right[0])}
            yield found_in(spoken.passage, number.start, number.text, **facts).told("range")


def _is_its_own(report: Report, subject: Mention, number: Number, years: Iterable[int]) -> bool:
    years = (report.year, report.year - 1, *years)
    return any(number.points in values(report, subject.code, year) for year in years)


def _is_range(spoken: Spoken, one: Number, other: Number) -> bool:
    text = spoken.text
    return bool(
        min(one.points, other.points) > SMALL
        and said("range_between").fullmatch(text, one.end, other.start)
        and said("range_before").search(text, max(0, one.start - BEHIND), one.start)
    )


def _wrong_end(report: Report, one: Number, other: Number) -> tuple[Number, Decimal] | None:
    """Return the end that is wrong and what is right, if the other end is that of a group."""
    low, high = sorted((one, other), key=lambda each: each.points)
    ends = list(_ends(report))
    if any(pair == (low.points, high.points) for pair in ends):
        return None
    for lowest, highest in ends:
        if low.points == lowest:
            return high, highest
        if high.points == highest:
            return low, lowest
    return None


def _ends(report: Report, spoken: Spoken | None = None) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the lowest and the highest points of each kind and group, of each year.

    Groups are those that a sentence speaks of, if it is given.
    """
    rules = report.rules
    groups = [*kinds(report)][:3]
    named = {e.code for e in spoken.named} | {spoken.passage.under} if spoken else set()
    for instrument in rules.instruments.list if rules else ():
        members = tuple(e.code for e in rules.indicators_of(instrument.code)) if rules else ()
        if not spoken or named & {instrument.code, *members}:
            groups.append(members)
    told = {year for _, year in spoken.years + spoken.years_behind} if spoken else set()
    for year in dict.fromkeys((report.year, report.year - 1, *sorted(told))):
        points = report.points(year)
        for group in groups:
            known = [points[code] for code in group if code in points]
            if len(known) > 1:
                yield min(known), max(known)
