"""Numbers and levels side by side that answer each other, whosever they are.

A sentence of another office, or of all, has no score in the report to be held against; but what it
says beside a number is right or wrong by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from ita_helpers.checks.finished.levels.level_names import with_levels
from ita_helpers.checks.finished.passages.shared import limits_of
from ita_helpers.checks.finished.passages.speaking import Number, spoken_with
from ita_helpers.checks.finished.passages.standing import is_slip
from ita_helpers.checks.finished.reading import CLOSE, SMALL, said
from ita_helpers.checks.finished.report import Passage, Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.language.catalogue import label
from ita_helpers.language.points import format_score

BEFORE, BEHIND = 24, 120
"""Characters before points in which words make them a limit, and behind a difference."""
FULL, MOST = Decimal(100), 45
"""Full marks. Nothing changes by more than the other points: a larger number behind a word for a
change is a score.
"""
LAST = 3
"""Scores before a difference of which it may be told."""


def gaps_beside(report: Report) -> Iterator[Found]:
    """Yield differences that are nearly, and not quite, that of two scores told before them."""
    own = [*report.scores.values(), *limits_of(report)]
    overall = report.scores.get((OVERALL, report.year))
    for spoken in spoken_with(report, said("difference_beside")):
        told_as = [
            Number(place.start("points"), place.end("points"), points, place["points"])
            for place in said("difference_beside").finditer(spoken.text)
            if (points := Decimal(place["points"])) < MOST
        ]
        starts = [each.start for each in told_as]
        large = [e for e in spoken.numbers if e.points > SMALL and e.start not in starts]
        for number in told_as:
            before = [e.points for e in large if e.end <= number.start][-LAST:]
            behind = [e.points for e in large if number.end <= e.start < number.end + BEHIND][:1]
            told = [*([overall] if overall else []), *before, *behind]
            told += [*_means_beside(report, told)]
            told_first = [*before, *([] if before or not overall else [overall])]
            if pair := _nearly(number.points, told, told_first, own, large):
                new, old = pair
                facts = {"old": format_score(old), "new": format_score(new)}
                facts["right"] = format_score(abs(new - old))
                yield found_in(spoken.passage, number.start, number.text, **facts)


def _means_beside(report: Report, told: Sequence[Decimal]) -> Iterator[Decimal]:
    """Yield the mean of all offices a year before the one whose mean is told."""
    for year, points in report.means.items():
        if points in told and year - 1 in report.means:
            yield report.means[year - 1]


def _nearly(
    by: Decimal,
    told: Sequence[Decimal],
    first: Sequence[Decimal],
    own: Sequence[Decimal],
    large: Sequence[Number],
) -> tuple[Decimal, Decimal] | None:
    """Return the two scores that a difference is nearly that of, nothing if it is that of any.

    One of them is one of the ``first``, which are those that it is told of.
    """
    every = sorted({*told, *own, *(each.points for each in large)})
    if any(
        _has_between(every[at + 1 :], low + by - CLOSE, low + by + CLOSE)
        for at, low in enumerate(every)
    ):
        return None
    pairs = [
        (new, old)
        for new, old in combinations(told, 2)
        if new != old and (not first or {new, old} & {*first})
    ]
    near = [pair for pair in pairs if is_misprint(by, abs(pair[0] - pair[1]))]
    return near[-1] if near else None


def _has_between(ordered: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    """Whether one of some numbers in order is between two others, or is one of them."""
    at = bisect_left(ordered, low)
    return at < len(ordered) and ordered[at] <= high


def is_misprint(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with a digit changed, or its digits in another order.

    >>> known = Decimal("90.19")
    >>> is_misprint(Decimal("91.90"), known), is_misprint(Decimal("91.98"), known)
    (True, False)
    """
    digits = (sorted(f"{each:05.2f}") for each in (one, other))
    return one != other and (is_slip(one, other) or len({tuple(each) for each in digits}) == 1)


def orders_beside(report: Report) -> Iterator[Found]:
    """Yield scores beside ranks, or of the next one, that are in another order than these."""
    last: tuple[int, Decimal] | None = None
    for passage in report.that_hold(said("rank_beside")):
        for place in said("rank_beside").finditer(passage.text):
            rank, points = int(place["rank"]), Decimal(place["points"])
            if last and rank == last[0] + 1 and points > last[1]:
                yield _order(passage, place, (last[0], rank), (last[1], points))
            last = (rank, points)
    for key in ("next_beside", "next_to_first", "most_and_least", "most_and_least_of"):
        for passage, place in report.places(said(key)):
            more, less = Decimal(place["first"]), Decimal(place["points"])
            between = place.groupdict().get("between") or ""
            is_other = said("turns_to_others").search(between)
            if less > more and not is_other and not _names_own(report, place.group()):
                yield _order(passage, place, (1, 2), (more, less))


def _names_own(report: Report, text: str) -> bool:
    """Whether indicators or instruments are spoken of, which are judged elsewhere."""
    return any(each.code != OVERALL for each in report.mentions(text))


def _order(
    passage: Passage, place: re.Match[str], ranks: tuple[int, int], scores: tuple[Decimal, Decimal]
) -> Found:
    codes = [label("said.named_rank").replace("N", str(each)) for each in ranks]
    facts = {"codes": codes, "scores": [format_score(each) for each in scores]}
    return found_at(passage, place, "points", **facts).told("order")


def trends_beside(report: Report) -> Iterator[Found]:
    """Yield words for a rise or fall that the scores beside them contradict."""
    for passage, place in report.places(said("rise_or_fall")):
        old, new = Decimal(place["old"]), Decimal(place["new"])
        if (new - old) * (1 if place["up"] else -1) < 0:
            facts = {"old": format_score(old), "new": format_score(new)}
            word = passage.text[place.start() : place.start("old")].strip()
            yield found_in(passage, place.start(), word, **facts)
    yield from _unsteady(report)


def _unsteady(report: Report) -> Iterator[Found]:
    """Yield words for a rise or fall without a break that scores of years beside them break."""
    for spoken in spoken_with(report, said("steadily")):
        for word in said("steadily").finditer(spoken.text):
            told = list(said("year_and_points").finditer(spoken.text, 0, word.start()))
            pairs = [(int(each["year"]), Decimal(each["points"])) for each in told]
            years = [year for year, _ in pairs]
            if len(pairs) < 2 or years != sorted(set(years)):
                continue
            between = spoken.text[told[-1].end() : word.start()]
            if said("another_subject").search(between) or _names_own(report, between):
                continue
            way = 1 if word["up"] else -1
            for (_, old), (_, new) in pairwise(pairs):
                if (new - old) * way < 0:
                    facts = {"old": format_score(old), "new": format_score(new)}
                    yield found_at(spoken.passage, word, **facts)
                    break


def level_trends_beside(report: Report) -> Iterator[Found]:
    """Yield words for a rise or fall that the levels beside them contradict."""
    orders = {tuple(e.name for e in rules.levels.list) for rules in report.all_rules.values()}
    known = with_levels("said.way_of_levels", report.level_names)
    for passage, place in report.places(known, in_lines=True):
        old, new, is_rise = place["old"], place["new"], bool(place["up"])
        if is_rise and place["left"]:
            continue
        for order in orders:
            if {old, new} <= {*order} and (order.index(new) < order.index(old)) != is_rise:
                word = passage.text[place.start() : place.start("old")].strip(' “"')
                yield found_in(passage, place.start(), word, old=old, new=new).told("steps")


def over_full_marks(report: Report) -> Iterator[Found]:
    """Yield scores above the full marks told right before them."""
    for passage, place in report.places(said("out_of_full")):
        if Decimal(place["points"]) > Decimal(place["full"]):
            full = format_score(Decimal(place["full"]))
            yield found_at(passage, place, "points", full=full).told("full")


def shares_beside(report: Report) -> Iterator[Found]:
    """Yield shares that a change is neither of the score before nor of the one after."""
    for passage, place in report.places(said("share_of_change")):
        points, by = Decimal(place["points"]), Decimal(place["by"])
        told = Decimal(place["share"])
        ways = [FULL * by / each for each in (points - by, points) if each > 0]
        if ways and all(abs(each - told) > 1 for each in ways):
            right = format_score(ways[0])
            yield found_at(passage, place, "share", right=right)


def means_beside(report: Report) -> Iterator[Found]:
    """Yield means of all offices that are nearly, and not quite, the one that is known."""
    for claim in report.claims.claims:
        known = report.means.get(claim.fiscal_year)
        if claim.of != "all" or claim.code != OVERALL or claim.points is None or known is None:
            continue
        if is_misprint(claim.points, known):
            facts = {"name": label("said.named_mean"), "year": claim.fiscal_year}
            facts["usual"] = format_score(known)
            yield Found(claim.spot, format_score(claim.points), claim.words, facts)
