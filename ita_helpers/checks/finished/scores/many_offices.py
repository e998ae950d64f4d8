"""What a report of many offices tells of them: each one's score, and how many have each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ita_helpers.checks.finished.levels.level_names import with_levels
from ita_helpers.checks.finished.names.agencies import Got, agencies_in, scores_of_agencies
from ita_helpers.checks.finished.passages.contests import office_names, offices
from ita_helpers.checks.finished.passages.side_by_side import is_misprint
from ita_helpers.checks.finished.passages.speaking import Number, spoken_with
from ita_helpers.checks.finished.reading import CLOSE, said
from ita_helpers.checks.finished.report import Report
from ita_helpers.checks.finished.rule import Found, found_at, found_in
from ita_helpers.language.points import format_score

FEWEST = 4
"""Levels that are told one after the other, each with its offices."""


def wrong_scores_of_offices(report: Report) -> Iterator[Found]:
    """Yield scores beside the name of an office that a slip makes of the one in the table."""
    if not offices(report):
        return
    printed = {cell.text.strip() for table in report.tables for row in table.rows for cell in row}
    for passage in report.lines:
        for each in office_names(report, passage.text):
            place = said("score_of_office").match(passage.text, each.end)
            points = [e.points[each.code] for e in offices(report) if each.code in e.points]
            if not place or not points or place["points"] in printed:
                continue
            if any(is_misprint(Decimal(place["points"]), p) for p in points):
                name = passage.text[each.start : each.end]
                facts = {"name": name, "year": report.year, "usual": format_score(points[0])}
                yield found_at(passage, place, "points", **facts)


def scores_told_twice(report: Report) -> Iterator[Found]:
    """Yield scores of an office that sentences tell otherwise in another place."""
    told: dict[tuple[str, int], list[Got]] = {}
    for each in scores_of_agencies(report):
        told.setdefault((each.office, each.year), []).append(each)
    for (_, year), of in told.items():
        counts = Counter(each.number.points for each in of)
        usual = counts.most_common(1)[0][0]
        for each in of if len(counts) > 1 else ():
            if not _is_rounded(each.number, usual):
                facts = {"name": each.name, "year": year, "usual": format_score(usual)}
                number = each.number
                yield found_in(each.spoken.passage, number.start, number.text, **facts)


def wrongly_passed(report: Report) -> Iterator[Found]:
    """Yield that an office has passed, or has not, where the score told of it says the contrary."""
    target = Decimal(str(report.rules.target.overall)) if report.rules else Decimal(0)
    scores: dict[str, set[Decimal]] = {}
    for each in scores_of_agencies(report):
        if each.year == report.year:
            scores.setdefault(each.office, set()).add(each.number.points)
    for spoken in spoken_with(report, said("then_passed")) if target and scores else ():
        places = [
            (got.office, said("then_passed").match(spoken.text, got.number.end))
            for got in scores_of_agencies(report)
            if got.spoken is spoken and got.year == report.year
        ]
        named = agencies_in(report, spoken.text)
        places += [(e.code, said("agency_passed").match(spoken.text, e.end)) for e in named]
        for office, place in places:
            points = scores.get(office, set())
            is_now = place and spoken.year_at(place.start(), report.year) == report.year
            if not place or not is_now or len(points) != 1:
                continue
            score, is_failed = min(points), bool(place["not"]) != bool(place["failed"])
            if (score >= target) == is_failed:
                facts = {"score": format_score(score), "levels": [], "year": report.year}
                yield found_at(spoken.passage, place, "told", **facts).told("passed_beside")


def _is_rounded(number: Number, points: Decimal) -> bool:
    """Whether a number is some points, with as many decimals as it has."""
    places = Decimal(1).scaleb(-number.decimals)
    return abs(points.quantize(places, ROUND_HALF_UP) - number.points) <= CLOSE


def wrong_gaps_to_the_first(report: Report) -> Iterator[Found]:
    """Yield how far an office is said to be behind the first one of a table, if it is not."""
    tables = offices(report)
    for passage, place in report.places(said("behind_the_first"), in_lines=True) if tables else ():
        named = [e for e in office_names(report, passage.text) if e.end <= place.start()]
        of = [each.points for each in tables if named and named[-1].code in each.points]
        pairs = [(max(each.values()), each[named[-1].code]) for each in of]
        if pairs and all(abs(old - new - Decimal(place["by"])) > CLOSE for old, new in pairs):
            old, new = pairs[0]
            facts = {"old": format_score(old), "new": format_score(new)}
            yield found_at(passage, place, "by", right=format_score(old - new), **facts)


def wrong_sums_of_levels(report: Report) -> Iterator[Found]:
    """Yield how many offices have each level, if they are not together as many as are told."""
    rules = report.rules
    if not rules or not report.has(said("all_offices")):
        return
    places = report.places(said("all_offices"))
    totals = {int(place["count"].replace(",", "")) for _, place in places}
    names = tuple(each.name for each in rules.levels.list)
    known = with_levels("said.level_and_offices", names)
    for passage in report.lines:
        told = list(known.finditer(passage.text))
        levels = [each["level"] for each in told]
        if len(levels) < max(FEWEST, len(names)) or set(levels) != {*names}:
            continue
        total = sum(int(each["count"]) for each in told)
        if len(levels) == len(names) and total not in totals:
            found = passage.text[told[0].start() : told[-1].end()]
            whole = str(max(totals))
            facts = {"right": str(total), "whole": whole}
            yield found_in(passage, told[0].start(), found, **facts).told("parts")
