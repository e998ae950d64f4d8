"""What a sentence calls the highest or the lowest, the second, or puts in order, and is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ita_helpers.checks.finished.comparisons.order_reading import (
    Placed,
    equals,
    ordered_lists,
    placed,
)
from ita_helpers.checks.finished.comparisons.placed_by_figure import placed_by_figure
from ita_helpers.checks.finished.comparisons.ranges import wrong_ends, wrong_ranges
from ita_helpers.checks.finished.comparisons.runners_up import wrong_first_ones
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.contests import (
    OFFICE,
    Offices,
    Points,
    changes,
    groups,
    has_place,
    kinds,
    offices,
)
from ita_helpers.checks.finished.passages.side_by_side import orders_beside
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Finder, Found, Rule, all_of, found_in
from ita_helpers.checks.finished.sums.remarks import wrong_ends_remarked
from ita_helpers.language.points import format_change, format_score
from ita_helpers.values import replace

FEWEST, FAR, NEAR = 2, 40, 15
"""Codes with points among which one can be the highest; of an indicator's items, one may be all
that a report tells of, and then it is not doubted. Characters beyond which a year is of something
else, if nothing is known of it, and before a year in which stands that it is compared with.
"""


CHANGES: Mapping[str, Callable[[Decimal], Decimal]] = {
    "rise": lambda by: by,
    "fall": lambda by: -by,
    "change": abs,
}
WAYS = {"rank_told": "place", "half_told": "place", "top_list": "list"}
"""Sentences of a rule by the words for a place; the others have the usual one."""


def _told_of(*ways: str) -> Finder:
    def find(report: Report) -> Iterator[Found]:
        for each in placed(report):
            if (
                each.way in ways
                and each.scope.among != "offices"
                and (found := _wrong(report, each))
            ):
                yield found

    return find


def _told_by_figures(report: Report) -> Iterator[Found]:
    """Yield what is placed wrongly by the figure beside its place, and not found by its name."""
    by_name = {(each.spoken.passage.spot, each.word.start()): each for each in placed(report)}
    for told, compared in placed_by_figure(report):
        named = by_name.get((told.spoken.passage.spot, told.word.start()))
        groups_told = (group for scores in compared for group in _contests(report, told, scores))
        tried = [each for each in groups_told if len(each) >= FEWEST]
        is_wrong = tried and not any(
            _holds(each, told) or _holds_if_repaired(report, each, told) for each in tried
        )
        if is_wrong and not (named and _wrong(report, named)):
            yield _found(report, told, tried[0])


def _holds_if_repaired(report: Report, scores: Points, told: Placed) -> bool:
    """Whether what is told has its place if one score were what the mean of its group needs."""
    of, old = CHANGES.get(told.measures[0]), report.points(report.year - 1)
    others = {
        code: of(points - old[code]) if of else points
        for code, points in _repaired(report)
        if code in scores and (not of or code in old)
    }
    return any(_holds({**scores, code: each}, told) for code, each in others.items())


def _repaired(report: Report) -> Iterator[tuple[str, Decimal]]:
    """Yield the scores of this year with which a mean that is off would be what is told."""
    points, rules = report.points(), report.rules
    for instrument in rules.instruments.list if rules else ():
        group = [each.code for each in rules.indicators_of(instrument.code)] if rules else []
        told = values(report, instrument.code, report.year)
        if told and all(each in points for each in group):
            off = told[0] * len(group) - sum(points[each] for each in group)
            if abs(off) > len(group) * CLOSE:
                yield from ((each, points[each] + off) for each in group)


def wrong_office_places(report: Report) -> Iterator[Found]:
    """Yield places of offices that are not theirs in the table of offices."""
    for each in placed(report):
        if each.scope.among == "offices":
            yield from _office(report, each)


def _wrong(report: Report, told: Placed) -> Found | None:
    codes = told.codes
    if told.measures[0] in CHANGES and len(told.measures) > 1 and codes[0] not in changes(report):
        return None
    kind = next((each for each in kinds(report) if codes[0] in each), ())
    tried: list[Points] = []
    for known in _measured(report, told):
        scores = {code: points for code, points in known.items() if code in kind}
        if any(code not in scores for code in codes):
            continue
        for group in _contests(report, told, scores):
            if len(group) >= max(_fewest(report, codes), told.place.first):
                tried.append(group)
    if not tried or any(_holds(each, told) for each in tried):
        return None
    return _found(report, told, tried[0])


def _contests(report: Report, told: Placed, scores: Points) -> Iterator[Points]:
    """Yield the groups with these codes among which they may be meant to have their places."""
    only = told.scope.among.replace("all", "")
    if not only:
        yield scores
    if told.scope.among == "all" or not report.rules:
        return
    if only in ("group", "own"):
        listed = (report.rules.indicators_of(e.code) for e in report.rules.instruments.list)
        known = [{e.code for e in each} for each in listed]
        among = [each for each in known if only == "own" or len(each) == told.scope.count]
    else:
        among = list(groups(told.spoken, report.rules, only))
    for group in among:
        if {*told.codes, *told.place.after.split()} <= group:
            yield {code: points for code, points in scores.items() if code in group}


def _fewest(report: Report, codes: Sequence[str]) -> int:
    items = {each.code for each in report.rules.all_items} if report.rules else set()
    return 1 if codes[0] in items else FEWEST


def _holds(scores: Points, told: Placed) -> bool:
    place, codes = told.place, told.codes
    if place.after:
        return any(_is_next(scores, told, is_low=each) for each in (False, True))
    last = place.last if place.last > 0 else (len(scores) + 1) // -place.last
    for is_low in (place.is_low, not place.is_low) if place.is_either else (place.is_low,):
        if place.is_strict:
            each_has = [
                has_place(scores, [code], place.first + at, place.first + at, is_low=is_low)
                for at, code in enumerate(codes)
            ]
            if all(each_has):
                return True
        elif has_place(scores, codes, place.first, last, is_low=is_low):
            return True
    return False


def _is_next(scores: Points, told: Placed, *, is_low: bool) -> bool:
    """Whether one stands next to another, which of scores has to be the first or the last."""
    if told.place.after not in scores:
        return True
    points = scores[told.place.after]
    ahead = sum((p < points) if is_low else (p > points) for p in scores.values())
    same = sum(each == points for each in scores.values())
    if ahead and told.way == "second":
        return not is_low and scores[told.codes[0]] != max(scores.values())
    return has_place(scores, told.codes, ahead + 1, ahead + same + 1, is_low=is_low)


def _measured(report: Report, told: Placed) -> Iterator[Points]:
    """Yield what may be compared: the points of the year spoken of, or their changes."""
    for measure in told.measures:
        if measure in CHANGES:
            by_code = {code: CHANGES[measure](by) for code, by in changes(report).items()}
            yield from (by_code, {code: by for code, by in by_code.items() if by > 0})
            for earlier in _since(report):
                yield {code: CHANGES[measure](by) for code, by in earlier.items()}
            continue
        for year in _years(report, told):
            yield report.points(min(year, report.year))


def _since(report: Report) -> Iterator[Points]:
    """Yield the changes from each year before the last one that the report gives scores of."""
    own = report.points()
    for year in sorted({year for _, year in report.scores if year < report.year - 1}):
        before = report.points(year)
        yield {code: points - before[code] for code, points in own.items() if code in before}


def _years(report: Report, told: Placed) -> list[int]:
    """Return the years (B.E.) of which an order may be told: not only one that is compared with."""
    start = max(told.word.start(), told.named[0].start)
    if said("this_year_instead").search(told.spoken.text, 0, start):
        return [report.year]
    if of_end := _years_of_end(report, told):
        return of_end
    if of_score := _years_of_score(report, told):
        return of_score
    year = told.spoken.year_at(start, 0)
    at = max((place for place, _ in told.spoken.years if place < start), default=0)
    text = told.spoken.text
    if year and said("had_once").search(text, at, start):
        return [year]
    is_against = said("against").search(text, max(0, at - NEAR), at)
    if is_against or said("turns_from_year").search(text, at, start):
        return list(dict.fromkeys((year, report.year)))
    is_far = not any(start - FAR < place < start + FAR for place, _ in told.spoken.years)
    is_known = all((code, year) in report.scores for code in told.codes)
    if year and (is_known or not is_far):
        return [year]
    return list(dict.fromkeys((report.year, told.spoken.passage.year or report.year)))


def _years_of_end(report: Report, told: Placed) -> list[int]:
    """Return the years (B.E.) right behind the words for a place, or in brackets behind it."""
    text, end = told.spoken.text, max(told.word.end(), told.scope.end)
    found = said("in_that_year").match(text, end)
    found = found or said("year_behind_name").match(text, told.named[-1].end)
    if not found:
        return []
    years = [int(each) for each in re.findall(r"\d{4}", found["years"] or "")]
    return years or [report.year - bool(found["last"])]


def _years_of_score(report: Report, told: Placed) -> list[int]:
    """Return the earlier years (B.E.) whose score stands between what is placed and its place."""
    first, last = sorted((told.named[-1].end, told.word.start()))
    text, numbers = told.spoken.text, told.spoken.numbers
    inside = [each for each in numbers if first <= each.start and each.end <= last]
    is_former = inside and said("from_before").search(text, first, inside[0].start)
    between = [each.points for each in inside] if not is_former else []
    scores = {year: p for (code, year), p in report.scores.items() if code == told.codes[-1]}
    years = [year for year, points in scores.items() if between[:1] == [points]]
    return [] if report.year in years or len(told.codes) > 1 else years


def _found(report: Report, told: Placed, scores: Points) -> Found:
    measure = told.measures[0]
    written = _writing(measure)
    codes, place = told.codes, told.place
    ordered = sorted(scores, key=lambda each: scores[each], reverse=not place.is_low)
    wrong = next((e for e in codes if not _holds(scores, _alone(told, e))), codes[0])
    at = min(max(place.first, 1), len(ordered)) - 1
    if place.after in ordered:
        at = min(ordered.index(place.after) + 1, len(ordered) - 1)
    right = [each for each in ordered if scores[each] == scores[ordered[at]]]
    facts: dict[str, object] = {
        "is_highest": not place.is_low,
        "measure": measure,
        "is_low": place.is_low,
        "codes": [name_of(report, code) for code in codes],
        "scores": [written(scores[code]) for code in codes],
        "right": [name_of(report, code) for code in right][:3],
        "best": written(scores[right[0]]),
        "code": name_of(report, wrong),
        "score": written(scores[right[0] if told.way == "top" else wrong]),
        "place": sorted(scores, key=lambda each: -scores[each]).index(wrong) + 1,
        "count": place.last,
    }
    first, last = told.span
    if told.way in ("second", "next_to", "top_list"):
        first, last = next((e.start, e.end) for e in told.named if e.code == wrong)
    found = found_in(told.spoken.passage, first, told.spoken.text[first:last], **facts)
    return found.told(WAYS.get(told.way, "says"))


def _writing(measure: str) -> Callable[[Decimal], str]:
    """Return how what is compared is written: a fall, which is compared as it is large, as less."""
    if measure == "fall":
        return lambda by: format_change(-by)
    return format_change if measure == "rise" else format_score


def _alone(told: Placed, code: str) -> Placed:
    return replace(told, named=tuple(each for each in told.named if each.code == code))


def _office(report: Report, told: Placed) -> Iterator[Found]:
    tables = [e for e in offices(report) if all(code in e.points for code in told.codes)]
    tables = [e for e in tables if told.scope.count in (0, len(e.points))]
    year = told.spoken.year_at(told.word.start(), report.year)
    is_other = year != report.year or told.measures != ("points",)
    if not tables or is_other or any(_holds(e.points, told) for e in tables):
        return
    first, last = told.span
    right = _rank(tables[0], told.codes[0])
    facts = {"right": right, "table": tables[0].table, "name": told.codes[0].removeprefix(OFFICE)}
    found = told.spoken.text[first:last]
    yield found_in(told.spoken.passage, first, found, **facts).told("named")


def _rank(among: Offices, key: str) -> int:
    return sum(each > among.points[key] for each in among.points.values()) + 1


def _wrong_orders(report: Report) -> Iterator[Found]:
    """Yield lists said to be in the order of their points that are not."""
    points = report.points()
    for spoken, listed, is_down in ordered_lists(report):
        for one, other in pairwise(each for each in listed if each.code in points):
            scores = points[one.code], points[other.code]
            if scores[0] != scores[1] and (scores[0] > scores[1]) != is_down:
                found = spoken.text[one.start : other.end]
                facts = {"codes": [name_of(report, each.code) for each in (one, other)]}
                facts["scores"] = [format_score(each) for each in scores]
                yield found_in(spoken.passage, one.start, found, **facts).told("order")
                break


def _wrong_equals(report: Report) -> Iterator[Found]:
    """Yield things said to have the same points that have different ones."""
    for spoken, word, named in equals(report) if report.rules else ():
        year = min(spoken.year_at(word.start(), report.year), report.year)
        codes = list(dict.fromkeys(each.code for each in named))
        scores = [values(report, code, year) for code in codes]
        if all(scores) and not set.intersection(*map(set, scores)):
            found = spoken.text[named[0].start : word.end()]
            facts = {"codes": [name_of(report, code) for code in codes]}
            facts["scores"] = [format_score(each[0]) for each in scores]
            yield found_in(spoken.passage, named[0].start, found, **facts).told("equal")


RULES = (
    Rule(
        "ITA501",
        "error",
        all_of(
            _told_of("top"),
            _told_by_figures,
            _wrong_orders,
            _wrong_equals,
            wrong_ranges,
            wrong_ends,
            wrong_ends_remarked,
            orders_beside,
        ),
    ),
    Rule(
        "ITA502",
        "error",
        all_of(
            _told_of("second", "next_to", "rank_told", "top_list", "half_told"), wrong_first_ones
        ),
    ),
)
