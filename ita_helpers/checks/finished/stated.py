"""What is told of one thing by name: above or below a limit, so far from another, in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ita_helpers.checks.finished.called import name_of
from ita_helpers.checks.finished.gaps import of_ends, since_last_year
from ita_helpers.checks.finished.quantified import is_told_of_many
from ita_helpers.checks.finished.reading import CLOSE, SMALL, Mention, said, years_in
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.checks.finished.shared import KINDS, Predicate, Thing, pattern, points_told
from ita_helpers.checks.finished.signs import sign
from ita_helpers.checks.finished.speaking import Spoken, names_another, places, spoken_with
from ita_helpers.checks.finished.standing import values
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.table_heads import PARTS
from ita_helpers.language.points import format_score

BEFORE, NEAR = 40, 26
"""Characters before what is told in which it may be made a wish; from a subject to it."""


def wrong_statements(report: Report) -> Iterator[Found]:
    """Yield what is told of a subject and its scores contradict."""
    for spoken in spoken_with(report, pattern("limit")) if report.rules else ():
        if spoken.named and pattern("limit").search(spoken.text):
            for each in points_told(report, spoken.text, spoken.passage):
                is_bare = spoken.text[each.start].isdigit()
                if not is_bare and not is_told_of_many(report, spoken.passage, each.start, KINDS):
                    yield from _statement(report, spoken, each)


def _statement(report: Report, spoken: Spoken, told: Predicate) -> Iterator[Found]:
    subject = spoken.last_named(told.start)
    if subject and _is_certain(report, spoken, subject, told):
        points = values(report, subject.code, report.year)
        if points and told.holds(Thing(points[0])) is False:
            start, end = min(subject.start, told.start), max(subject.end, told.end)
            facts = {"name": name_of(report, subject.code), "points": format_score(points[0])}
            found = found_in(spoken.passage, start, spoken.text[start:end].strip(), **facts)
            yield found.told("stated")


def _is_certain(report: Report, spoken: Spoken, subject: Mention, told: Predicate) -> bool:
    text = spoken.text
    between = text[subject.end : told.start]
    is_beside = said("stated_of").fullmatch(between)
    around = spoken.plain[max(0, subject.start - BEFORE) : told.start]
    year = spoken.year_at(told.start, report.year)
    same = [each for each in spoken.named if each.start == subject.start]
    if any(year > report.year for year in years_in(text[told.end : told.end + BEFORE])):
        return False
    is_other = said("not_stated").search(around) or names_another(spoken, subject.start)
    is_other = is_other or bool(said("even_if").search(text, max(0, subject.start - BEFORE)))
    return bool(is_beside and not is_other and year == report.year and len(same) == 1)


def wrong_gaps_between(report: Report) -> Iterator[Found]:
    """Yield how far two things are said to be apart, and are not."""
    for spoken, place in places(report, "gap_between") if report.rules else ():
        named = [e for e in spoken.named if place.start() <= e.start < place.start("by")]
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
            if not sign("listed").fullmatch(spoken.text, end, each.start):
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
        told = int(place["more"] or place["total"])
        before = passage.text[max(0, place.start() - BEFORE) : place.start()]
        is_part = place["total"] and said("part_of_all").search(before)
        if told != count and not is_part:
            group = "more" if place["more"] else "total"
            found = passage.text[place.start(group) : place.end()]
            yield found_in(passage, place.start(group), found, right=str(count)).told("rules")
