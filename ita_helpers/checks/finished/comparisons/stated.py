"""What is told of one thing by name: above or below a limit, so far from another, in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.counts.quantified import is_told_of_many
from ita_helpers.checks.finished.passages.called import name_of
from ita_helpers.checks.finished.passages.gaps import of_ends, since_last_year
from ita_helpers.checks.finished.passages.listed_names import is_told_on
from ita_helpers.checks.finished.passages.shared import (
    KINDS,
    Predicate,
    Thing,
    pattern,
    points_told,
)
from ita_helpers.checks.finished.passages.signs import sign
from ita_helpers.checks.finished.passages.speaking import Spoken, names_another, places, spoken_with
from ita_helpers.checks.finished.passages.standing import values
from ita_helpers.checks.finished.reading import CLOSE, SMALL, Mention, said, years_in
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.number_words import number_of
from ita_helpers.language.points import format_score
from ita_helpers.values import replace

BEFORE, FULL = 40, 100
"""Characters before what is told in which it may be made a wish; full points."""


def wrong_statements(report: Report) -> Iterator[Found]:
    """Yield what is told of a subject and its scores contradict."""
    for spoken in spoken_with(report, pattern("limit")) if report.rules else ():
        is_of_something = spoken.named or spoken.passage.under.isdigit()
        is_told = is_of_something and not spoken.passage.is_aim
        if is_told and pattern("limit").search(spoken.text):
            for each in points_told(report, spoken.text, spoken.passage):
                is_bare = spoken.text[each.start].isdigit()
                if not is_bare and not is_told_of_many(report, spoken.passage, each.start, KINDS):
                    yield from _statement(report, spoken, each)


def _statement(report: Report, spoken: Spoken, told: Predicate) -> Iterator[Found]:
    subject = spoken.last_named(told.start) or _under(spoken, told)
    year = _year_of(report, spoken, subject, told) if subject else 0
    points = values(report, subject.code, year) if subject and year else []
    if subject and points and told.holds(Thing(points[0])) is False:
        start, end = min(subject.start, told.start), max(subject.end, told.end)
        found = found_in(spoken.passage, start, spoken.text[start:end].strip())
        yield _stated(report, found, subject.code, points[0])


def _under(spoken: Spoken, told: Predicate) -> Mention | None:
    """Return the indicator of the heading, if what is told is surely told of it as a whole."""
    under = spoken.under_before(told.start)
    is_of_parts = said("of_its_parts").match(spoken.text, told.end)
    return Mention(told.start, told.start, under) if under and not is_of_parts else None


def _stated(report: Report, found: Found, code: str, points: Decimal) -> Found:
    facts = {"name": name_of(report, code), "points": format_score(points)}
    return replace(found, facts=facts, way="stated")


def _year_of(report: Report, spoken: Spoken, subject: Mention, told: Predicate) -> int:
    """Return the year (B.E.) of which something is surely told of a subject, 0 if it is not."""
    text = spoken.text
    is_beside = said("stated_of").fullmatch(text, subject.end, told.start)
    same = [each for each in spoken.named if each.start == subject.start]
    if not is_beside or len(same) > 1 or names_another(spoken, subject.start):
        return 0
    if any(each > report.year for each in years_in(text[told.end : told.end + BEFORE])):
        return 0
    reasons = [each.end() for each in said("reason").finditer(text, 0, subject.start)]
    label = said("under_label").match(text)
    start = max(0, subject.start - BEFORE, label.end() if label else 0)
    around = spoken.plain[max([start, *reasons]) : told.start]
    if said("not_stated").search(around) or said("even_if").search(text, max([start, *reasons])):
        return 0
    year = spoken.year_at(told.start, report.year)
    if year == report.year - 1:
        return year if said("last_year_before").search(text, 0, subject.start) else 0
    is_other = said("of_last_year").search(around) or said("one_of_years").search(
        text, start, told.start
    )
    return 0 if is_other or year != report.year else year


def wrongly_full(report: Report) -> Iterator[Found]:
    """Yield what is told to have full points and has fewer."""
    for spoken, place in places(report, "full_in") if report.rules else ():
        named = spoken.next_named(place.end())
        around = spoken.plain[max(0, place.start() - BEFORE) : place.start()]
        is_now = spoken.year_at(place.start(), report.year) == report.year
        is_wish = said("not_stated").search(around) or said("of_last_year").search(around)
        points = values(report, named.code, report.year) if named and is_now else []
        if named and named.start == place.end() and points and not is_wish and points[0] != FULL:
            found = spoken.text[place.start() : named.end]
            yield _stated(
                report, found_in(spoken.passage, place.start(), found), named.code, points[0]
            )


def wrongly_left(report: Report) -> Iterator[Found]:
    """Yield an instrument said to be left to mend that has its points, where another has not."""
    rules = report.rules
    for passage, place in report.places(said("left_to_mend")) if rules else ():
        limit = Decimal(str(rules.target.overall)) if rules else FULL
        known = (
            {e.code: values(report, e.code, report.year) for e in rules.instruments.list}
            if rules
            else {}
        )
        low = [code for code, points in known.items() if points and points[0] < limit]
        own = known.get(place["code"], [])
        if own and low and own[0] >= limit:
            facts = {"right": [name_of(report, each) for each in low]}
            yield found_at(passage, place, **facts).told("only")


def wrong_gaps_between(report: Report) -> Iterator[Found]:
    """Yield how far two things are said to be apart, and are not."""
    told_apart = [*places(report, "gap_between"), *places(report, "apart")]
    for spoken, place in told_apart if report.rules else ():
        named = [e for e in spoken.named if place.start() <= e.start < place.start("by")]
        named = named or _apart(report, spoken, place.start())
        codes = list(dict.fromkeys(each.code for each in named))
        scores = [values(report, code, report.year) for code in codes]
        is_of_items = said("ends_of_items").search(place.group())
        if not (codes or is_of_items) and said("highest_and_lowest").search(place.group()):
            yield from _wrong_span(report, spoken, place)
        if len(codes) != 2 or not all(scores):
            continue
        right = abs(scores[0][0] - scores[1][0])
        told = next((e for e in spoken.numbers if e.start == place.start("by")), None)
        if told and abs(told.points - right) > CLOSE:
            facts = dict(zip(("old", "new"), (format_score(e[0]) for e in scores), strict=True))
            facts["right"] = format_score(right)
            yield found_in(spoken.passage, told.start, told.text, **facts)


def _apart(report: Report, spoken: Spoken, start: int) -> list[Mention]:
    """Return the two things that are named right before they are said to be apart."""
    pair = spoken.named_before(start)[-2:]
    if len(pair) < 2 or spoken.year_at(start, report.year) != report.year:
        return []
    text, (one, other) = spoken.text, pair
    is_pair = said("apart_named").fullmatch(text, one.end, other.start)
    return pair if is_pair and said("apart_from").fullmatch(text, other.end, start) else []


def wrong_gaps_of_parts(report: Report) -> Iterator[Found]:
    """Yield how far the two parts of an instrument are said to be apart, and are not."""
    for spoken, place in places(report, "parts_apart"):
        year = spoken.year_at(place.start("by"), report.year)
        scores = [points for each in PARTS for points in values(report, each, year)[:1]]
        right = abs(scores[0] - scores[-1])
        if len(scores) == len(PARTS) and abs(Decimal(place["by"]) - right) > CLOSE:
            facts = dict(zip(("old", "new"), map(format_score, scores), strict=True))
            yield found_at(spoken.passage, place, "by", **facts, right=format_score(right))


def wrong_movers(report: Report) -> Iterator[Found]:
    """Yield what a list of those that rose, or fell, names and that moved the other way."""
    for spoken, place in places(report, "movers") if report.rules else ():
        end, word = place.end(), place.start("up" if place["up"] else "down")
        is_counted = is_told_of_many(report, spoken.passage, word, KINDS)
        for each in (e for e in spoken.named if e.start >= end and not is_counted):
            is_listed = sign("listed").fullmatch(spoken.text, end, each.start)
            if not is_listed or is_told_on(spoken, each, ("rise" if place["up"] else "fall",)):
                break
            end = max(end, each.end)
            moved = list(since_last_year(report, each.code))
            way = 1 if place["up"] else -1
            is_now = all(year in (report.year, report.year - 1) for _, year in spoken.years)
            if moved and is_now and all(gap.by * way < 0 for gap in moved):
                found = spoken.text[each.start : each.end]
                yield found_in(spoken.passage, each.start, found, **moved[0].facts).told("mover")


def _wrong_span(report: Report, spoken: Spoken, place: re.Match[str]) -> Iterator[Found]:
    """Yield how far the highest and the lowest are said to be apart, if it is that of no kind."""
    told, gaps = Decimal(place["by"]), list(of_ends(report, OVERALL))
    if gaps and all(abs(told - each.by) > CLOSE for each in gaps):
        facts = gaps[0].facts | {"right": format_score(gaps[0].by)}
        yield found_at(spoken.passage, place, "by", **facts)


def fallen_or_risen(report: Report) -> Iterator[Found]:
    """Yield a first and a second score whose order contradicts the word between them."""
    for passage, place in report.places(said("old_then_new")):
        old, new = float(place["old"]), float(place["new"])
        if old <= SMALL:
            continue
        if (place["down"] and new > old) or (place["up"] and new < old):
            found = passage.text[place.start("old") : place.end("new")]
            facts = {"old": place["old"], "new": place["new"]}
            yield found_in(passage, place.start("old"), found, **facts)


def wrong_totals_of_rules(report: Report) -> Iterator[Found]:
    """Yield numbers of all indicators that the year does not have."""
    rules = report.rules
    count = len(rules.indicators.list) if rules else 0
    for passage, place in report.places(said("all_of_rules")) if rules else ():
        told = number_of(place["more"] or place["total"])
        before = passage.text[max(0, place.start() - BEFORE) : place.start()]
        is_part = place["total"] and said("part_of_all").search(before)
        if told != count and not is_part:
            group = "more" if place["more"] else "total"
            found = passage.text[place.start(group) : place.end()]
            yield found_in(passage, place.start(group), found, right=str(count)).told("rules")
